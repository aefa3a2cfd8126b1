"""statements"""

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    # why a statement cannot be issued
    "statement.block.no_costs": (
        "Det finns inga kostnader för {month} i rooms.yaml: det finns inget att fördela.",
        "rooms.yaml has no costs for {month}: there is nothing to share.",
    ),
    "statement.block.running": (
        "{month} är inte slut än.",
        "{month} is not over yet.",
    ),
    "statement.block.pending": (
        "Alla timmar är inte färdigräknade ({hours} kvar). Vänta några minuter och försök igen.",
        "Not all hours are computed yet ({hours} left). Wait a few minutes and try again.",
    ),
    "statement.block.gate": (
        "{room}: mindre än 90 % av tiden är känd. Skriv varför rummet ska räknas med ändå,"
        " eller ange low_coverage i avtalet.",
        "{room}: less than 90 % of the time is known. Write why the room is to be counted all the"
        " same, or set low_coverage in the agreement.",
    ),
    "statement.block.unknown_room": (
        "Det finns inget rum {room} att ge skäl för.",
        "There is no room {room} to give a reason for.",
    ),
    "statement.block.unchanged": (
        "Ingenting har ändrats sedan månaden fastställdes.",
        "Nothing has changed since the month was issued.",
    ),
    "statement.block.reason": (
        "Skriv varför månaden fastställs på nytt.",
        "Write why the month is issued anew.",
    ),
    # the folder of issued statements
    "statement.ledger.busy": (
        "En annan avräkning håller på att fastställas. Försök igen om en minut.",
        "Another statement is being issued. Try again in a minute.",
    ),
    "statement.ledger.folder": (
        "Kan inte använda mappen {folder}: {detail}. Inget har fastställts.",
        "Cannot use the folder {folder}: {detail}. Nothing was issued.",
    ),
    "statement.ledger.changed": (
        "Avräkning {number} är inte som den fastställdes: {file} saknas eller är ändrad. Kör"
        " ”rumskoll statement verify” och återställ filen från en säkerhetskopia.",
        "Statement {number} is not as it was issued: {file} is missing or was changed. Run"
        " “rumskoll statement verify” and restore the file from a backup.",
    ),
    "statement.ledger.strange": (
        "{folder} är inte en hel avräkning, och service.db känner inte till den. Återställ mappen"
        " från en säkerhetskopia, eller flytta bort den om den inte är en avräkning. Inget har"
        " fastställts.",
        "{folder} is not a whole statement, and service.db does not know it. Restore the folder"
        " from a backup, or move it away if it is no statement. Nothing was issued.",
    ),
    # what verify finds
    "statement.finding.changed": (
        "är ändrad efter att den fastställdes",
        "was changed after it was issued",
    ),
    "statement.finding.missing": ("saknas", "is missing"),
    "statement.finding.extra": ("hör inte hit", "does not belong here"),
    "statement.finding.differs": (
        "följer inte av inputs.json och manifest.json (skriven av {program})",
        "does not follow from inputs.json and manifest.json (written by {program})",
    ),
    "statement.finding.chain": (
        "hänvisar inte till den föregående avräkningen som den nu är",
        "does not refer to the statement before as that is now",
    ),
    "statement.finding.row": (
        "säger något annat om avräkningen än dess mapp",
        "says something else about the statement than its folder",
    ),
    "statement.finding.number": (
        "numret saknas i serien",
        "the number is missing in the series",
    ),
    "statement.finding.line": ("Nr {number}, {file}: {what}.", "No. {number}, {file}: {what}."),
    # what a reader must know; said by rooms.statement.notes.say
    "statement.note.no_use": (
        "{pool}: ingen användning under månaden. {value}.",
        "{pool}: no use in the month. {value}.",
    ),
    "statement.note.no_sensor": (
        "{pool}: {room} har ingen sensor. {value}.",
        "{pool}: {room} has no sensor. {value}.",
    ),
    "statement.note.low_coverage": (
        "{pool}: mindre än 90 % av tiden i {room} är känd. {value}.",
        "{pool}: less than 90 % of the time in {room} is known. {value}.",
    ),
    "statement.note.override": (
        "{pool}: mindre än 90 % av tiden i {room} är känd. Rummet räknas med ändå: {value}",
        "{pool}: less than 90 % of the time in {room} is known. It counts all the same: {value}",
    ),
    "statement.note.no_party": (
        "{pool}: {partner} har använt rummen {value} utan att då ingå i avtalet."
        " Tiden räknas som ingens.",
        "{pool}: {partner} used the rooms for {value} without being in the agreement then."
        " The time counts as nobody's.",
    ),
    "statement.note.no_party_other": (
        "{pool}: någon som då inte ingick i avtalet har använt rummen {value}."
        " Tiden räknas som ingens.",
        "{pool}: somebody who was not in the agreement then used the rooms for {value}."
        " The time counts as nobody's.",
    ),
    "statement.note.nobody_booked": (
        "{pool}: inte heller några bokningar. Den rörliga delen fördelas efter de fasta andelarna.",
        "{pool}: no bookings either. The usage part is split by the fixed shares.",
    ),
    "statement.note.no_detail": (
        "Alla tider under månaden finns inte kvar en för en; summorna är fullständiga.",
        "Not all times of the month are still kept one by one; the sums are complete.",
    ),
    "statement.note.running": (
        "Månaden är inte slut eller inte färdigräknad: beloppen kan ändras.",
        "The month is not over, or not all of it is computed: the amounts may change.",
    ),
    "statement.note.grain": (
        "{room}: sensorn berättar om rörelser i steg om {value}.",
        "{room}: the sensor tells of movement in steps of {value}.",
    ),
    "statement.instead.bookings": (
        "Bokad tid räknas i stället",
        "Booked time counts instead",
    ),
    "statement.instead.shares": (
        "De fasta andelarna gäller i stället",
        "The fixed shares hold instead",
    ),
    "statement.treatment.measured": ("uppmätt tid", "measured time"),
    "statement.treatment.bookings": ("bokad tid", "booked time"),
    "statement.treatment.shares": ("fasta andelar", "fixed shares"),
    "statement.treatment.private": ("eget rum", "private room"),
    # why there is no statement
    "statement.cannot.no_agreement": (
        "{pool} har kostnader men inget avtal gäller {day}. Lägg till ett avtal i rooms.yaml.",
        "{pool} has costs but no agreement holds on {day}. Add an agreement to rooms.yaml.",
    ),
    "statement.cannot.two_agreements": (
        "{pool}: två avtal gäller {day} ({ids}). Låt det första sluta innan det andra börjar.",
        "{pool}: two agreements hold on {day} ({ids}). Let the first end before the second begins.",
    ),
    "statement.cannot.mixed_vat": (
        "{pool}: kostnader med olika momskoder ({codes}) i samma pool. Dela upp poolen.",
        "{pool}: costs with different VAT codes ({codes}) in one pool. Split the pool.",
    ),
    "statement.cannot.unknown_pool": (
        "Kostnaden {cost} hör till {pool}, som inte finns. Rätta rooms.yaml.",
        "The cost {cost} belongs to {pool}, which is not there. Correct rooms.yaml.",
    ),
}
