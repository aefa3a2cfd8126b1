"""What is mailed about statements (``collector.statement_mail``)."""

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    # to a partner
    "statement.mail.owed": (
        "Ni använde {used} av {all}. Att betala: {amount} exkl. moms.",
        "You used {used} of {all}. To pay: {amount} excl. VAT.",
    ),
    "statement.mail.refund": (
        "Ni använde {used} av {all}. Ni får tillbaka: {amount} exkl. moms.",
        "You used {used} of {all}. You get back: {amount} excl. VAT.",
    ),
    "statement.mail.subject": (
        "Avräkning för {month}, nr {number}: {amount}",
        "Statement for {month}, no. {number}: {amount}",
    ),
    "statement.mail.subject_again": (
        "Ny avräkning för {month}, nr {number} (version {version}): {amount}",
        "New statement for {month}, no. {number} (version {version}): {amount}",
    ),
    "statement.mail.not_right": (
        "Hela underlaget ligger bifogat som PDF och Excel. Stämmer en tid inte? Öppna"
        " avräkningen på tavlan och välj Bestrid vid den.",
        "Attached is all of it, as PDF and Excel. Is one of the times not yours? Open the"
        " statement on the board and choose Dispute beside it.",
    ),
    # to managers
    "statement.mail.issued": (
        "Avräkningen för {month} är fastställd: {amount} exkl. moms fördelas.",
        "The statement for {month} has been issued: {amount} excl. VAT are shared.",
    ),
    "statement.mail.each_got": (
        "Varje partner med e-postadress får sin egen. Hela avräkningen ligger bifogad som PDF"
        " och Excel.",
        "Each partner with an e-mail address gets its own. The whole statement is attached, as"
        " PDF and Excel.",
    ),
    "statement.mail.draft": (
        "Utkastet till avräkning för {month} är klart att granskas.",
        "The draft of the statement for {month} is ready to be looked through.",
    ),
    "statement.mail.reminder": (
        "Avräkningen för {month} är inte fastställd än.",
        "The statement for {month} has not been issued yet.",
    ),
    "statement.mail.shared": (
        "{amount} exkl. moms fördelas så här, som det ser ut nu:",
        "{amount} excl. VAT are shared like this, as things stand now:",
    ),
    "statement.mail.pending": (
        "{hours} rumstimmar återstår att räkna; vänta med att fastställa den.",
        "{hours} room-hours are still to be computed; wait before you issue it.",
    ),
    "statement.mail.gate": (
        "{room}: {known} % av tiden är känd. Ange ett skäl när du fastställer avräkningen.",
        "{room}: {known} % of the time is known. Give a reason when you issue the statement.",
    ),
    "statement.mail.cannot": (
        "Utkastet går inte att räkna fram: {why}",
        "The draft cannot be computed: {why}",
    ),
    "statement.mail.how": (
        "Granska och fastställ den på tavlan, eller med: rumskoll statement issue {month}",
        "Look it through and issue it on the board, or with: rumskoll statement issue {month}",
    ),
    # rows and buttons
    "statement.mail.month": ("Månad", "Month"),
    "statement.mail.number": ("Nummer", "Number"),
    "statement.mail.version": ("Version", "Version"),
    "statement.mail.replaces": ("Ersätter nr", "Replaces no."),
    "statement.mail.reason": ("Skäl", "Reason"),
    "statement.mail.before": ("Tidigare fastställt", "Issued before"),
    "statement.mail.difference": ("Skillnad att reglera", "Difference to settle"),
    "statement.mail.reference": ("Er referens", "Your reference"),
    "statement.mail.cost_centre": ("Kostnadsställe", "Cost centre"),
    "statement.mail.head": ("Kedjans kontrollsumma", "Head of the chain"),
    "statement.mail.show": ("Öppna avräkningen", "Open the statement"),
    "statement.mail.show_draft": ("Öppna utkastet", "Open the draft"),
    "statement.mail.file": (
        "Avräkning {month} nr {number}.{kind}",
        "Statement {month} no {number}.{kind}",
    ),
    "statement.mail.why": (
        "Du får detta från {issuer}, för att du står i contacts.yaml.",
        "You get this from {issuer}, because contacts.yaml names you.",
    ),
}
