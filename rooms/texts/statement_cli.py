"""The command ``rumskoll statement``."""

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "help.statement": (
        "Avräkningar: vem som betalar vad för en månad.",
        "Statements: who owes what for a month.",
    ),
    "help.statement_draft": (
        "Visa vad månaden blir som det ser ut nu; inget fastställs.",
        "Show what the month comes to as things stand; nothing is issued.",
    ),
    "help.statement_draft_month": (
        "Månad, t.ex. 2026-10; den som pågår om inget anges.",
        "Month, e.g. 2026-10; the running one if left out.",
    ),
    "help.statement_language": ("Språk: sv eller en.", "Language: sv or en."),
    "help.statement_json": ("Hela utkastet som JSON.", "The whole draft as JSON."),
    "help.statement_issue": (
        "Fastställ en månads avräkning; den får ett nummer och kan sedan inte ändras.",
        "Issue a month's statement; it gets a number and cannot be changed after that.",
    ),
    "help.statement_month": ("Månad, t.ex. 2026-10.", "Month, e.g. 2026-10."),
    "help.statement_reason": (
        "Varför månaden fastställs på nytt; behövs från version 2.",
        "Why the month is issued anew; needed from version 2 on.",
    ),
    "help.statement_override": (
        "Varför ett rum räknas med fast för lite är känt, t.ex. granen=Sensorn var på lagning."
        " Kan anges flera gånger.",
        "Why a room counts although too little is known of it, e.g. granen=The sensor was away."
        " May be given several times.",
    ),
    "help.statement_author": (
        "Vem som fastställer; den inloggade om inget anges.",
        "Who issues it; whoever is logged in if left out.",
    ),
    "help.statement_yes": ("Fråga inte.", "Do not ask."),
    "help.statement_list": (
        "Lista fastställda avräkningar, nyare resultat, invändningar och post som inte kom fram.",
        "List issued statements, newer results, disputes and mail that did not arrive.",
    ),
    "help.statement_diff": (
        "Visa vad som skiljer per partner: ett nummer mot versionen före, en månad mot nu.",
        "Show what differs for each partner: a number against the version before, a month"
        " against now.",
    ),
    "help.statement_which": (
        "Nummer (t.ex. 7) eller månad (t.ex. 2026-10).",
        "Number (e.g. 7) or month (e.g. 2026-10).",
    ),
    "help.statement_verify": (
        "Kontrollera att varje fastställd avräkning är som den fastställdes.",
        "Check that every issued statement is as it was issued.",
    ),
    "help.statement_mail": (
        "Skicka på nytt den post om en avräkning som inte kom fram.",
        "Send again what mail about a statement did not arrive.",
    ),
    "help.statement_number": ("Avräkningens nummer.", "The statement's number."),
    # headings of tables
    "statement.cli.partner": ("Partner", "Partner"),
    "statement.cli.used": ("Använt", "Used"),
    "statement.cli.no_show": ("Bokat men tomt", "Booked but empty"),
    "statement.cli.amount": ("Belopp", "Amount"),
    "statement.cli.low": ("Minst", "Lowest"),
    "statement.cli.high": ("Högst", "Highest"),
    "statement.cli.before": ("Före", "Before"),
    "statement.cli.now": ("Nu", "Now"),
    "statement.cli.difference": ("Skillnad", "Difference"),
    "statement.cli.month_heading": ("Månad", "Month"),
    "statement.cli.number": ("Nr", "No."),
    "statement.cli.version": ("Version", "Version"),
    "statement.cli.at": ("Fastställd", "Issued"),
    "statement.cli.author": ("Av", "By"),
    "statement.cli.total": ("Summa", "Total"),
    # what is said
    "statement.cli.draft": (
        "Utkast för {month}: {total} exkl. moms, {used} använt.",
        "Draft for {month}: {total} excl. VAT, {used} used.",
    ),
    "statement.cli.room": (
        "{room}: {known} % av tiden är känd; minst 90 % behövs.",
        "{room}: {known} % of the time is known; at least 90 % are needed.",
    ),
    "statement.cli.blocked": (
        "Avräkningen kan inte fastställas nu:",
        "The statement cannot be issued now:",
    ),
    "statement.cli.sure": (
        "Fastställ {month} med dessa belopp? Det går inte att ändra efteråt.",
        "Issue {month} with these amounts? They cannot be changed afterwards.",
    ),
    "statement.cli.not_issued": ("Inget har fastställts.", "Nothing was issued."),
    "statement.cli.issued": (
        "Avräkning nr {number} är fastställd och ligger i {folder}.\nKedjans kontrollsumma: {head}",
        "Statement no. {number} has been issued and lies in {folder}.\nHead of the chain: {head}",
    ),
    "statement.cli.empty": ("Inga fastställda avräkningar än.", "No issued statements yet."),
    "statement.cli.newer_version": (
        "{month}: det finns ett nyare resultat än nr {number}. Fastställ månaden på nytt:"
        " rumskoll statement issue {month} --reason …",
        "{month}: there is a newer result than no. {number}. Issue the month anew:"
        " rumskoll statement issue {month} --reason …",
    ),
    "statement.cli.newer_carried": (
        "{month}: det finns ett nyare resultat än nr {number}, men skillnaden är liten. Den förs"
        " över till nästa månad som fastställs.",
        "{month}: there is a newer result than no. {number}, but the difference is small. It is"
        " carried into the next month that is issued.",
    ),
    "statement.cli.no_newer": (
        "{month}: nr {number} gäller; inget har ändrats sedan dess.",
        "{month}: no. {number} holds; nothing has changed since.",
    ),
    "statement.cli.against_before": (
        "Nr {number} mot nr {before}, som det ersätter:",
        "No. {number} against no. {before}, which it replaces:",
    ),
    "statement.cli.first_version": (
        "Nr {number} är månadens första version och ersätter ingen.",
        "No. {number} is its month's first version and replaces none.",
    ),
    "statement.cli.disputes": (
        "Obesvarade invändningar: {count}. Besvara dem på tavlan, under Avräkningar.",
        "Disputes without an answer: {count}. Answer them on the board, under Statements.",
    ),
    "statement.cli.no_mail_server": (
        "Ingen post skickas: RUMSKOLL_SMTP_HOST saknas.",
        "No mail is sent: RUMSKOLL_SMTP_HOST is missing.",
    ),
    "statement.cli.mail_tries": (
        "Nr {number} har inte nått {person}: försök {tries} gick inte: {why}. Nästa {until}.",
        "No. {number} has not reached {person}: try {tries} failed: {why}. The next at {until}.",
    ),
    "statement.cli.mail_failed": (
        "Nr {number} nådde inte {person}: {why}. Rätta det och kör"
        " rumskoll statement mail {number}.",
        "No. {number} did not reach {person}: {why}. Mend it and run"
        " rumskoll statement mail {number}.",
    ),
    "statement.cli.nobody": (
        "Nr {number} har ingen mottagare hos {partner}: ange en person med partner: {partner} och"
        " email i contacts.yaml.",
        "No. {number} has nobody to go to at {partner}: name a person with partner: {partner} and"
        " email in contacts.yaml.",
    ),
    "statement.cli.mail_again": (
        "{count} meddelanden om nr {number} skickas på nytt.",
        "{count} messages about no. {number} are sent again.",
    ),
    "statement.cli.mail_none": (
        "Det finns ingen post om nr {number} att skicka på nytt.",
        "There is no mail about no. {number} to send again.",
    ),
    "statement.cli.verifying": ("Kontrollerar", "Verifying"),
    "statement.cli.verified": (
        "Allt är som det fastställdes. Avräkningar: {count}. Kedjans kontrollsummor:",
        "All is as it was issued. Statements: {count}. Heads of the chain:",
    ),
    "statement.cli.head": ("nr {number}, {month}: {head}", "no. {number}, {month}: {head}"),
    # mistakes
    "statement.cli.month": (
        "{month} är ingen månad. Skriv den som 2026-10.",
        "{month} is not a month. Write it like 2026-10.",
    ),
    "statement.cli.override": (
        "--override {given}: skriv ROOM=REASON, t.ex. granen=Sensorn var på lagning.",
        "--override {given}: write ROOM=REASON, e.g. granen=The sensor was away.",
    ),
    "statement.cli.words": (
        "{option}: skriv på en rad, med högst {most} synliga tecken.",
        "{option}: write one line, in at most {most} visible characters.",
    ),
    "statement.cli.who": (
        "Det går inte att se vem som är inloggad. Ange --author NAMN.",
        "It cannot be seen who is logged in. Give --author NAME.",
    ),
    "statement.cli.unknown": (
        "Det finns ingen avräkning nr {number}. Fastställda: {known}.",
        "There is no statement no. {number}. Issued: {known}.",
    ),
    "statement.cli.none": (
        "Det finns ingen avräkning nr {number}: inga är fastställda än.",
        "There is no statement no. {number}: none have been issued yet.",
    ),
    "statement.cli.none_issued": (
        "{month} är inte fastställd än. Visa utkastet med rumskoll statement draft {month}.",
        "{month} has not been issued yet. See the draft with rumskoll statement draft {month}.",
    ),
    "statement.cli.broken": ("ändrad på disken", "changed on the disk"),
}
