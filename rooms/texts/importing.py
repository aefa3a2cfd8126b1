"""Texts of ``rumskoll import``: key -> (Swedish, English)."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "help.import": (
        "Ta in historik från ett annat system ur en CSV-fil.",
        "Bring in history from another system, out of a CSV file.",
    ),
    "help.import_file": ("CSV-fil med rubrikrad.", "CSV file with a header line."),
    "help.import_map": (
        "Vad kolumnerna betyder; utan den skrivs ett förslag att börja från.",
        "What the columns mean; without it, a map to start from is printed.",
    ),
    "help.import_check": (
        "Läs och kontrollera allt, men skriv ingenting.",
        "Read and check all, but write nothing.",
    ),
    "help.import_accept": (
        "Ta in resten fast många rader inte går att använda.",
        "Bring in the rest although many rows cannot be used.",
    ),
    "help.import_replace": (
        "Räkna om också gamla dagar som redan har siffror, enbart ur filen.",
        "Compute old days that have numbers already as well, from the file alone.",
    ),
    "help.import_refused": (
        "Skriv raderna som inte gick att använda till en CSV-fil: rad, orsak, kolumn, värde.",
        "Write the rows that could not be used to a CSV file: line, reason, column, value.",
    ),
    # ---- the proposed map
    "import.guessed": (
        "Förslag för {file}. Gå igenom det, spara det som MAP.yaml och ange det med --map.",
        "Proposed for {file}. Look it through, save it as MAP.yaml and name it with --map.",
    ),
    "import.guessed_format": (
        "eller epoch, eller ett mönster som %d/%m/%Y %H:%M",
        "or epoch, or a pattern such as %d/%m/%Y %H:%M",
    ),
    "import.guessed_zone": (
        "för tider utan tidsskillnad",
        "of times without an offset",
    ),
    "import.guessed_source": (
        "källan i rooms.yaml som kallar enheterna så; eller ta bort båda raderna och skriv"
        " device: och ett id",
        "the source in rooms.yaml that calls the devices so; or remove both lines and write"
        " device: and an id",
    ),
    "import.guessed_device": (
        "id i rooms.yaml på enheten som alla rader gäller",
        "id in rooms.yaml of the device that all rows are about",
    ),
    "import.guessed_fields": (
        "ta bort # framför det som ska läsas, och fyll i fältet",
        "remove the # of what is to be read, and fill in the field",
    ),
    # ---- the file as a whole
    "import.not_csv": (
        "{file}, rad {line}: går inte att läsa som CSV ({reason}). Rätta citattecknen, eller"
        " delimiter i kartan.",
        "{file}, line {line}: cannot be read as CSV ({reason}). Correct the quotes, or delimiter"
        " in the map.",
    ),
    "import.no_header": (
        "{file} har ingen rubrikrad med flera kolumner, åtskilda av komma, semikolon, | eller"
        " tabb.",
        "{file} has no header line with several columns, separated by commas, semicolons, | or"
        " tabs.",
    ),
    "import.no_column": (
        '{file}: rubrikraden har ingen kolumn "{name}" som kartan nämner. Den har: {known}.'
        " Rätta namnet, eller delimiter i kartan.",
        '{file}: the header has no column "{name}", which the map names. It has: {known}.'
        " Correct the name, or delimiter in the map.",
    ),
    "import.column_twice": (
        '{file}: två kolumner heter "{name}". Döp om den ena.',
        '{file}: two columns are called "{name}". Rename one of them.',
    ),
    "import.long_line": (
        "{file}, rad {line}: över 1 MB på en rad. Det är ingen tabell.",
        "{file}, line {line}: over 1 MB on one line. This is no table.",
    ),
    "import.encoding": (
        "{file}, rad {line}: inte {encoding}. Sätt encoding i kartan till utf-8, cp1252 eller"
        " latin-1, eller spara filen som UTF-8.",
        "{file}, line {line}: not {encoding}. Set encoding in the map to utf-8, cp1252 or latin-1,"
        " or save the file as UTF-8.",
    ),
    "import.mixed": (
        'Kolumnen "{column}" har både decimalpunkt och decimalkomma: "{value}" på rad {line},'
        ' "{other}" på rad {other_line}. Rätta filen; inget har skrivits.',
        'The column "{column}" has both decimal points and decimal commas: "{value}" on line'
        ' {line}, "{other}" on line {other_line}. Correct the file; nothing has been written.',
    ),
    "import.nothing": (
        "Ingen rad går att använda. Inget har skrivits.",
        "No row can be used. Nothing has been written.",
    ),
    "import.unknown": (
        "Det finns rader för enheter som inte står i rooms.yaml: {names}. Lägg till dem där,"
        " eller hoppa över raderna med --accept-refused. Inget har skrivits.",
        "There are rows of devices that are not in rooms.yaml: {names}. Add them there, or leave"
        " the rows out with --accept-refused. Nothing has been written.",
    ),
    "import.too_many": (
        "{count} av {rows} rader ({share} %) går inte att använda. Rätta kartan eller filen, eller"
        " ta in resten med --accept-refused. Inget har skrivits.",
        "{count} of {rows} rows ({share} %) cannot be used. Correct the map or the file, or bring"
        " in the rest with --accept-refused. Nothing has been written.",
    ),
    "import.changed": (
        "{file} ändrades under tiden. Kör samma kommando igen.",
        "{file} changed meanwhile. Run the same command again.",
    ),
    "import.busy": (
        "En annan import pågår med mappen {folder} (process {process}). Vänta tills den är klar.",
        "Another import is under way with the folder {folder} (process {process}). Wait until it is"
        " done.",
    ),
    "import.no_such_file": ("Filen {file} finns inte.", "There is no file {file}."),
    # ---- refused rows
    "import.row.cells": (
        "raden har fel antal kolumner. Rätta raden; kanske saknas citattecken",
        "the row has the wrong number of columns. Correct it; perhaps quotes are missing",
    ),
    "import.row.unknown_device": (
        "enheten står inte i rooms.yaml. Lägg till den",
        "the device is not in rooms.yaml. Add it",
    ),
    "import.row.nowhere": (
        "enheten stod inte i något rum då. Rätta placements i rooms.yaml",
        "the device stood in no room at that time. Correct placements in rooms.yaml",
    ),
    "import.row.time": (
        "tiden går inte att läsa. Rätta time.format i kartan",
        "the time cannot be read. Correct time.format in the map",
    ),
    "import.row.no_such_time": (
        "klockan ställdes fram förbi denna tid. Rätta time.zone i kartan",
        "clocks were set past this time. Correct time.zone in the map",
    ),
    "import.row.too_early": (
        "tiden ligger före år 2000: en klocka som inte var ställd",
        "the time lies before the year 2000: a clock that was not set",
    ),
    "import.row.future": (
        "tiden ligger i framtiden. Rätta time.zone eller time.format i kartan",
        "the time lies in the future. Correct time.zone or time.format in the map",
    ),
    "import.row.number": (
        "inget tal. Använd values i kartan för ord, och inga mellanrum i tal",
        "not a number. Use values in the map for words, and no spaces in numbers",
    ),
    "import.row.decimal": (
        "inte kartans decimaltecken. Rätta decimal i kartan; tusental skrivs utan tecken",
        "not the map's decimal mark. Correct decimal in the map; thousands have no mark",
    ),
    "import.row.wrong_type": (
        "passar inte fältet. Sant eller falskt skrivs true, false, 1 eller 0; använd annars"
        " values i kartan",
        "does not suit the field. Write true, false, 1 or 0 where it is one of two; else use"
        " values in the map",
    ),
    "import.row.out_of_range": (
        "utanför det rimliga, eller inte bland values i kartan. Rätta scale, offset eller values",
        "beyond what is sane, or not among values in the map. Correct scale, offset or values",
    ),
    "import.row.too_large": (
        "raden är för lång. Läs färre kolumner",
        "the row is too long. Read fewer columns",
    ),
    # ---- the report
    "import.reading": ("Läser och kontrollerar", "Reading and checking"),
    "import.writing": ("Skriver", "Writing"),
    "import.computing": ("Räknar gamla dagar", "Computing old days"),
    "import.rows": (
        "Rader: {rows}. Att spara: {stored}, dubbletter: {duplicate}, tomma: {empty}, från privata"
        " rum (sparas inte): {private}, går inte att använda: {refused}.",
        "Rows: {rows}. To be stored: {stored}, duplicates: {duplicate}, empty: {empty}, of private"
        " rooms (not kept): {private}, cannot be used: {refused}.",
    ),
    "import.span": (
        "Mätvärden från {first} till {last}.",
        "Readings from {first} to {last}.",
    ),
    "import.repeated": (
        "Placerade efter sin ordning, i timmen som kommer två gånger på hösten: {count} rader.",
        "Placed by their order, in the hour that comes twice in autumn: {count} rows.",
    ),
    "import.reason": (
        "  {why}: {count}",
        "  {why}: {count}",
    ),
    "import.example": (
        '    rad {line}, kolumn "{column}": "{value}"',
        '    line {line}, column "{column}": "{value}"',
    ),
    "import.example_line": ("    rad {line}", "    line {line}"),
    "import.days": (
        "{room}: dagar som räknas: {count}, {first} till {last}.",
        "{room}: days that are computed: {count}, {first} to {last}.",
    ),
    "import.straight": (
        "  Av dem äldre än mätvärden sparas ({kept} dagar): {count}. De räknas direkt, och"
        " mätvärdena sparas inte.",
        "  Of them older than readings are kept ({kept} days): {count}. They are computed at"
        " once, and their readings not kept.",
    ),
    "import.frozen": (
        "{room}: gamla dagar som redan har siffror och står kvar: {count}, {first} till {last}."
        " --replace räknar om dem, enbart ur filen.",
        "{room}: old days that have numbers already and stay: {count}, {first} to {last}. --replace"
        " computes them again, from the file alone.",
    ),
    "import.checked": ("Kontrollerat; inget har skrivits.", "Checked; nothing has been written."),
    "import.resumed": (
        "Fortsätter efter {rows} rader, där en tidigare körning slutade.",
        "Going on after {rows} rows, where an earlier run stopped.",
    ),
    "import.left": (
        "Avbrutet. Kör samma kommando igen, så fortsätter det där det slutade.",
        "Interrupted. Run the same command again, and it goes on where it stopped.",
    ),
    "import.store": (
        "Databasen tog inte emot {count} mätvärden: {reason}",
        "The database did not take {count} readings: {reason}",
    ),
    "import.done": ("Allt är infört.", "All has been brought in."),
}
