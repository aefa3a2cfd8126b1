"""Texts of backup, restore and adoption: key -> (Swedish, English)."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "help.backup": (
        "Säkerhetskopiera allt till en fil, medan tjänsten är igång.",
        "Back everything up into one file, while the service runs.",
    ),
    "help.backup_to": (
        "Mappen att lägga filen i; RUMSKOLL_BACKUP om den utelämnas.",
        "The folder to put the file in; RUMSKOLL_BACKUP if left out.",
    ),
    "help.backup_light": (
        "Utan mätvärden: inställningar, nycklar, avräkningar och tjänstens tillstånd.",
        "Without readings: settings, keys, statements and the service's state.",
    ),
    "help.restore": (
        "Fyll en tom installation från en säkerhetskopia.",
        "Fill an empty installation from a backup.",
    ),
    "help.restore_file": ("Säkerhetskopian, rumskoll-….tar.", "The backup, rumskoll-….tar."),
    "help.restore_config": (
        "Mappen för rooms.yaml, contacts.yaml, secrets och broker; den här om den utelämnas.",
        "The folder for rooms.yaml, contacts.yaml, secrets and broker; this one if left out.",
    ),
    "help.restore_check": (
        "Kontrollera bara att kopian är hel; inget skrivs.",
        "Only check that the backup is whole; nothing is written.",
    ),
    "help.statement_adopt": (
        "Ta in utfärdade avräkningar som är nyare än en återläst säkerhetskopia.",
        "Take in issued statements that are newer than a restored backup.",
    ),
    "help.statement_adopt_file": (
        "En säkerhetskopia, en zip- eller tar-fil, eller en mapp med avräkningar.",
        "A backup, a zip or tar file, or a folder with statements.",
    ),
    # making one
    "backup.verifying": ("Kontrollerar", "Checking"),
    "backup.series": ("Kopierar tidsserier", "Copying series"),
    "backup.made": (
        "Säkerhetskopian är klar: {file} ({mib} MiB).",
        "Backup made: {file} ({mib} MiB).",
    ),
    "backup.no_place": (
        "Ange vart säkerhetskopian ska: --to MAPP, eller sätt RUMSKOLL_BACKUP.",
        "Say where the backup is to go: --to FOLDER, or set RUMSKOLL_BACKUP.",
    ),
    "backup.inside": (
        "{folder} ligger i datamappen {data} och skulle försvinna med den. Välj en annan plats,"
        " helst en annan disk eller dator.",
        "{folder} lies in the data folder {data} and would be lost with it. Choose another place,"
        " best another disk or computer.",
    ),
    "backup.cannot_write": (
        "Det går inte att skriva säkerhetskopian i {folder}: {reason}. Kontrollera att mappen"
        " är ansluten, har plats och får skrivas i.",
        "The backup cannot be written in {folder}: {reason}. Check that the folder is connected,"
        " has room and may be written to.",
    ),
    "backup.unsound": (
        "{member}: kopian av databasen är inte felfri, så originalet är skadat. Behåll äldre"
        " säkerhetskopior och kontrollera disken.",
        "{member}: the copy of the database is not sound, so the original is damaged. Keep older"
        " backups and check the disk.",
    ),
    # reading one
    "backup.no_backup": (
        "{file} är ingen säkerhetskopia från Rumskoll.",
        "{file} is no backup of Rumskoll's.",
    ),
    "backup.cut": (
        "{file} är inte hel: efter {member} är den avkortad eller skadad. Ta en annan"
        " säkerhetskopia.",
        "{file} is not whole: after {member} it is cut short or damaged. Take another backup.",
    ),
    "backup.damaged": (
        "{file} är skadad: {member} är inte som den skrevs. Ta en annan säkerhetskopia.",
        "{file} is damaged: {member} is not as it was written. Take another backup.",
    ),
    "backup.strange": (
        "{file}: {member} är ingen vanlig fil eller finns två gånger. Så skriver inte Rumskoll;"
        " ta en annan säkerhetskopia.",
        "{file}: {member} is no plain file or is there twice. Rumskoll does not write so; take"
        " another backup.",
    ),
    "backup.newer": (
        "{file} är gjord av en nyare version av Rumskoll ({what}). Installera minst den versionen"
        " och försök igen.",
        "{file} was made by a newer version of Rumskoll ({what}). Install that version or a later"
        " one and try again.",
    ),
    # restoring
    "restore.series": ("Läser in tidsserier", "Reading in series"),
    "restore.data_filled": (
        "Datamappen {folder} är inte tom. Återläsning skriver aldrig över: stoppa tjänsten och"
        " flytta undan mappen, eller välj en annan med --data.",
        "The data folder {folder} is not empty. A restore never overwrites: stop the service and"
        " move the folder away, or choose another with --data.",
    ),
    "restore.config_there": (
        "{file} finns redan. Återläsning skriver aldrig över: flytta undan filen, eller välj en"
        " annan mapp med --config.",
        "{file} is there already. A restore never overwrites: move the file away, or choose"
        " another folder with --config.",
    ),
    "restore.store_filled": (
        "Databasen {store} innehåller redan mätvärden. Återläsning blandar inte: välj en tom"
        " databas med --store.",
        "The store {store} has series already. A restore does not mix: choose an empty one with"
        " --store.",
    ),
    "restore.other_store": (
        "Enligt .env i kopian låg mätvärdena i {before}; nu skulle de återläsas till {now}. Ange"
        " med --store vart de ska.",
        "By the .env in the backup its readings were in {before}; they would now be restored into"
        " {now}. Say with --store where they are to go.",
    ),
    "restore.what_full": (
        "Fullständig säkerhetskopia från {made} av {program}, hel och oskadd: {points} punkter.",
        "Full backup of {made} by {program}, whole and undamaged: {points} points.",
    ),
    "restore.what_light": (
        "Lätt säkerhetskopia från {made} av {program}, hel och oskadd: inga mätvärden.",
        "Light backup of {made} by {program}, whole and undamaged: no readings.",
    ),
    "restore.refused": (
        "{count} punkter togs inte emot av databasen: {reason}.",
        "{count} points were not taken by the store: {reason}.",
    ),
    "restore.dropped": (
        "Det som väntade på att skickas när kopian gjordes skickas inte: {alerts} larm,"
        " {deliveries} utskick på väg och {mails} brev med avräkningar.",
        "What waited to be sent when the backup was made is not sent: {alerts} alerts,"
        " {deliveries} deliveries under way and {mails} mails with statements.",
    ),
    "restore.registry_wrong": (
        "rooms.yaml i säkerhetskopian har fel. Rätta dem och kör sedan rumskoll rollup --from"
        " med dagen en vecka före kopian:",
        "rooms.yaml in the backup has mistakes. Mend them, then run rumskoll rollup --from with"
        " the day a week before the backup:",
    ),
    "restore.done": (
        "Återläst till {data}; inställningarna ligger i {config}. Kör rumskoll doctor och rumskoll"
        " statement verify, och starta sedan tjänsten.",
        "Restored into {data}; the configuration lies in {config}. Run rumskoll doctor and"
        " rumskoll statement verify, then start the service.",
    ),
    "delivery.failed.restored": (
        "från tiden före en återläst säkerhetskopia",
        "from before a restored backup",
    ),
    # statements
    "statement.adopt.no_archive": (
        "{file} går inte att läsa som säkerhetskopia, zip- eller tar-fil, eller är skadad.",
        "{file} cannot be read as a backup, a zip or a tar file, or is damaged.",
    ),
    "statement.adopt.none": (
        "Det finns inga utfärdade avräkningar i {file}. En avräkning ligger i en mapp som heter"
        " till exempel 0007-2026-10-v1.",
        "There are no issued statements in {file}. A statement lies in a folder called for"
        " example 0007-2026-10-v1.",
    ),
    "statement.adopt.large": (
        "{folder} i {file} är orimligt stor för en avräkning. Inget togs in.",
        "{folder} in {file} is far too large for a statement. Nothing was adopted.",
    ),
    "statement.adopt.unreadable": (
        "{folder} är ingen hel avräkning. Inget togs in; ta den från en annan kopia.",
        "{folder} is no whole statement. Nothing was adopted; take it from another copy.",
    ),
    "statement.adopt.changed": (
        "{folder}: {file} är inte som den utfärdades. Inget togs in; ta den från en annan kopia.",
        "{folder}: {file} is not as it was issued. Nothing was adopted; take it from another copy.",
    ),
    "statement.adopt.other": (
        "{folder} är en annan avräkning än den som redan har numret här. Inget togs in; två"
        " installationer har utfärdat under samma nummer, och ni måste välja vilken som gäller.",
        "{folder} is another statement than the one that has its number here. Nothing was"
        " adopted; two installations issued under one number, and you must choose which holds.",
    ),
    "statement.adopt.gap": (
        "{folder} kan inte tas in: nummer {missing} fattas. Inget togs in; ta med den också.",
        "{folder} cannot be adopted: number {missing} is missing. Nothing was adopted; bring"
        " that one too.",
    ),
    "statement.adopt.chain": (
        "{folder} följer inte på den senaste avräkningen här. Inget togs in; den hör till en"
        " annan kedja.",
        "{folder} does not follow the last statement here. Nothing was adopted; it belongs to"
        " another chain.",
    ),
    "statement.adopt.done": (
        "Avräkning {number} för {month} är intagen. Kedjans huvud: {head}",
        "Statement {number} for {month} is adopted. The chain's head: {head}",
    ),
    "statement.adopt.nothing_new": (
        "Alla avräkningar i {file} finns redan.",
        "All statements in {file} are here already.",
    ),
    "statement.adopt.mail": (
        "De skickas till mottagarna igen, för här syns inte om det redan är gjort. Kör rumskoll"
        " statement verify.",
        "They are sent to their recipients again, for it cannot be seen here whether that was"
        " done. Run rumskoll statement verify.",
    ),
    # doctor
    "doctor.name.backup": ("Säkerhetskopia", "Backup"),
    "doctor.backup_none": (
        "ingen görs. Sätt RUMSKOLL_BACKUP till en mapp på en annan disk eller dator.",
        "none is made. Set RUMSKOLL_BACKUP to a folder on another disk or computer.",
    ),
    "doctor.backup_unwritable": (
        "det går inte att skriva i {folder} ({detail}). Kontrollera att den är ansluten och får"
        " skrivas i.",
        "{folder} is not writable ({detail}). Check that it is connected and may be written to.",
    ),
    "doctor.backup_same_disk": (
        "{folder} ligger på samma disk som datamappen och går förlorad med den. Välj en annan disk"
        " eller dator.",
        "{folder} is on the same disk as the data folder and would be lost with it. Choose another"
        " disk or computer.",
    ),
    "doctor.backup_old": (
        "den senaste är från {made}. Tjänsten gör en varje natt: se efter i loggen varför inte.",
        "the last one is of {made}. The service makes one each night: look in the log why not.",
    ),
    "doctor.backup_first": (
        "ingen är gjord ännu. Tjänsten gör en strax efter start; kör annars rumskoll backup.",
        "none has been made yet. The service makes one soon after it starts; or run rumskoll"
        " backup.",
    ),
    "doctor.backup_ok": (
        "den senaste är från {made}, i {folder}.",
        "the last one is of {made}, in {folder}.",
    ),
}
