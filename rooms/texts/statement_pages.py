"""Texts of the pages on statements and disputes: key -> (Swedish, English)."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "statement.title": ("Avräkningar", "Statements"),
    "statement.of": ("Avräkning för {month}", "Statement for {month}"),
    "statement.intro": (
        "Vad varje partner betalar för en månad, och varför.",
        "What each partner owes for a month, and why.",
    ),
    "statement.intro.own": (
        "Vad ni betalar för en månad, och varför. Stämmer något inte i underlaget: öppna"
        " månaden och välj Bestrid.",
        "What you owe for a month, and why. If something in the evidence is wrong: open the month"
        " and choose Dispute.",
    ),
    # what page one says
    "statement.says.own": (
        "Ni använde {own} av {used}. Att betala: {amount} exkl. moms.",
        "You used {own} of {used}. To pay: {amount} excl. VAT.",
    ),
    "statement.says.own.draft": (
        "Ni har använt {own} av {used}. Som det ser ut nu: {amount} exkl. moms.",
        "You have used {own} of {used}. As it stands now: {amount} excl. VAT.",
    ),
    "statement.says.all": (
        "Partnerna använde {used}. Tillsammans betalar de {amount} exkl. moms.",
        "The partners used {used}. Together they owe {amount} excl. VAT.",
    ),
    "statement.says.all.draft": (
        "Rummen har använts {used}. Att fördela, som det ser ut nu: {amount} exkl. moms.",
        "The rooms have been used for {used}. To be shared, as it stands now: {amount} excl. VAT.",
    ),
    "statement.bounds": ("mellan {low} och {high}", "between {low} and {high}"),
    # months
    "statement.running": ("{month}, hittills", "{month} so far"),
    "statement.waiting": ("{month}, att fastställa", "{month}, to be issued"),
    "statement.ready": ("Granska och fastställ", "Check and issue"),
    "statement.older": ("Äldre månader som inte är fastställda:", "Older months not issued:"),
    "statement.weak": (
        "För lite är känt om: {rooms}.",
        "Too little is known of: {rooms}.",
    ),
    "statement.blocked": ("Kan inte fastställas än:", "Cannot be issued yet:"),
    "statement.cannot": (
        "Månaden går inte att räkna ut.",
        "The month cannot be computed.",
    ),
    "statement.late": ("Senare resultat", "Later results"),
    "statement.late.how": (
        "Sena mätvärden eller rättelser har kommit efter att månaden fastställdes. Det som är"
        " fastställt ändras inte.",
        "Late readings or corrections have come since the month was issued. What is issued does"
        " not change.",
    ),
    "statement.late.reaches": (
        "Skillnaden är stor nog för en ny version.",
        "The difference is large enough for a new version.",
    ),
    "statement.late.carried": (
        "Skillnaden är liten och förs över till nästa månad.",
        "The difference is small and is carried into the next month.",
    ),
    "statement.issued": ("Fastställda", "Issued"),
    "statement.issued_at": ("Fastställd", "Issued"),
    "statement.none": ("Ingen avräkning är fastställd än.", "No statement has been issued yet."),
    "statement.month": ("Månad", "Month"),
    "statement.number": ("Nummer", "Number"),
    "statement.version": ("version {version}", "version {version}"),
    "statement.replaced": ("ersatt av en senare version", "replaced by a later version"),
    "statement.compared": ("Månad för månad", "Month by month"),
    "statement.all": ("Alla", "All"),
    "statement.total": ("Summa", "Total"),
    "statement.files": ("Filer", "Files"),
    "statement.files.partners": ("Varje partners filer", "Each partner's files"),
    "statement.to_all": ("Alla avräkningar", "All statements"),
    # one statement
    "statement.numbered": (
        "Nr {number}, version {version}, fastställd {at}",
        "No. {number}, version {version}, issued {at}",
    ),
    "statement.is_draft": ("Utkast, inte fastställt", "Draft, not issued"),
    "statement.later": (
        "En senare version har ersatt den här: nr {number}.",
        "A later version has replaced this one: no. {number}.",
    ),
    "statement.newer": (
        "Sena mätvärden eller rättelser ger ett annat resultat nu. Se skillnaden.",
        "Late readings or corrections give another result now. See the difference.",
    ),
    "statement.reason": ("Skäl", "Reason"),
    "statement.seal": ("Kedjans kontrollsumma:", "The chain's head:"),
    "statement.changes": ("Skillnad mot nr {number}", "Difference to no. {number}"),
    "statement.changes.none": ("Skillnad", "Difference"),
    "statement.before": ("Förut", "Before"),
    "statement.now": ("Nu", "Now"),
    "statement.difference": ("Skillnad", "Difference"),
    "statement.partner": ("Partner", "Partner"),
    "statement.totals": ("Att betala, exkl. moms", "To pay, excl. VAT"),
    "statement.totals.own": ("Ert belopp, exkl. moms", "Your amount, excl. VAT"),
    "statement.used": ("Använt", "Used"),
    "statement.pools": ("Delade kostnader", "Shared costs"),
    "statement.direct": ("Egna kostnader", "Own costs"),
    "statement.direct.title": ("Kostnader som inte delas", "Costs that are not shared"),
    "statement.carried": ("Överfört", "Carried"),
    "statement.to_pay": ("Att betala", "To pay"),
    "statement.graph": ("Stapel", "Bar"),
    "statement.lines": ("Så blir det", "How it comes about"),
    "statement.pool.how": (
        "Av {total} delas {capacity} kr efter andelar och {usage} kr efter användning.",
        "Of {total}, SEK {capacity} are split by shares and SEK {usage} by use.",
    ),
    "statement.pool.price": (
        "{hours} viktade timmar ger {price} kr per timme.",
        "{hours} weighted hours give SEK {price} an hour.",
    ),
    "statement.share": ("Andel", "Share"),
    "statement.no_show": ("Bokat men tomt", "Booked but empty"),
    "statement.weighted": ("Viktade timmar", "Weighted hours"),
    "statement.part.capacity": ("Efter andelar, kr", "By shares, SEK"),
    "statement.part.usage": ("Efter användning, kr", "By use, SEK"),
    "statement.part.unattributed": ("Ofördelad tid, kr", "Unattributed, SEK"),
    "statement.part.fixed": ("Rum som inte mäts, kr", "Rooms not measured, SEK"),
    "statement.part.credit": ("Trasig utrustning, kr", "Broken equipment, SEK"),
    "statement.part.amount": ("Belopp", "Amount"),
    "statement.notes": ("Att veta", "Worth knowing"),
    # rooms and evidence
    "statement.rooms": ("Rummen", "The rooms"),
    "statement.room": ("Rum", "Room"),
    "statement.in_use": ("I bruk", "In use"),
    "statement.bookable": ("Bokningsbart", "Bookable"),
    "statement.lost": ("Trasig utrustning", "Broken equipment"),
    "statement.treated": ("Räknas efter", "Counted by"),
    "statement.room.measured": ("mätning", "measurement"),
    "statement.room.bookings": ("bokningar", "bookings"),
    "statement.room.shares": ("andelar", "shares"),
    "statement.room.private": ("privat, mäts inte", "private, not measured"),
    "statement.evidence": ("{room}, stund för stund", "{room}, bit by bit"),
    "statement.evidence.how": (
        "Vems tiden var, och hur det är känt. Välj ett annat rum i tabellen ovanför.",
        "Whose the time was, and how that is known. Choose another room in the table above.",
    ),
    "statement.evidence.own": (
        "Er tid och den som inte är någons, och hur det är känt. Välj ett annat rum i tabellen"
        " ovanför. Stämmer något inte: välj Bestrid.",
        "Your time and that which is nobody's, and how that is known. Choose another room in the"
        " table above. If something is wrong: choose Dispute.",
    ),
    "statement.evidence.none": ("Ingenting i det här rummet.", "Nothing in this room."),
    "statement.day": ("Dag", "Day"),
    "statement.by.correction": ("rättelse", "correction"),
    "statement.by.checkin": ("incheckning", "check-in"),
    "statement.by.booking": ("bokning", "booking"),
    "statement.by.host": ("rummets värd", "the room's host"),
    "statement.by.unattributed": ("delas efter andelar", "split by shares"),
    "statement.empty": ("bokat men tomt", "booked but empty"),
    "statement.clash": (
        "krock: {first} hade bokat före {second}",
        "clash: {first} had booked before {second}",
    ),
    # issuing
    "statement.issue": ("Fastställ", "Issue"),
    "statement.issue.how": (
        "Avräkningen får ett nummer och ändras aldrig mer. Varje partner får sin med e-post.",
        "The statement gets a number and never changes again. Each partner gets its own by e-mail.",
    ),
    "statement.issue.override": (
        "{room}: mindre än 90 % är känt. Varför räknas rummet ändå? Trycks i avräkningen.",
        "{room}: less than 90 % is known. Why is the room counted all the same? Printed in the"
        " statement.",
    ),
    "statement.issue.reason": (
        "Varför en ny version? Trycks i avräkningen.",
        "Why a new version? Printed in the statement.",
    ),
    "statement.issue.do": ("Fastställ {month}", "Issue {month}"),
    "statement.field.words": (
        "Skriv på en rad, med högst {most} synliga tecken.",
        "Write one line, in at most {most} visible characters.",
    ),
    "statement.done.issued": (
        "Avräkningen är fastställd. Partnerna får den med e-post.",
        "The statement is issued. The partners get it by e-mail.",
    ),
    "statement.done.disputed": (
        "Tack, det är skickat. Den som ansvarar för avräkningarna svarar.",
        "Thank you, it is sent. Whoever is responsible for the statements will answer.",
    ),
    "statement.done.dispute_corrected": (
        "Tiden är rättad. Summorna räknas om inom några minuter.",
        "The time is corrected. The sums are computed again within a few minutes.",
    ),
    "statement.done.dispute_rejected": (
        "Invändningen är avslagen.",
        "The dispute is rejected.",
    ),
    "statement.done.dispute_withdrawn": (
        "Invändningen är återtagen.",
        "The dispute is withdrawn.",
    ),
    "api.no_statement": (
        "Det finns ingen avräkning {number} med den filen för dig.",
        "There is no statement {number} with that file for you.",
    ),
    "api.no_draft": (
        "Ni har inget att betala för {month}.",
        "You have nothing to pay for {month}.",
    ),
    "api.cannot_issue": (
        "Avräkningen för {month} kan inte fastställas nu.",
        "The statement for {month} cannot be issued now.",
    ),
    # disputes
    "dispute.state.open": ("Obesvarad", "Open"),
    "dispute.state.corrected": ("Rättad", "Corrected"),
    "dispute.state.rejected": ("Avslagen", "Rejected"),
    "dispute.state.withdrawn": ("Återtagen", "Withdrawn"),
    "dispute.title": ("Invändningar", "Disputes"),
    "dispute.title.own": ("Era invändningar", "Your disputes"),
    "dispute.closed": ("Besvarade invändningar ({count})", "Answered disputes ({count})"),
    "dispute.file": ("Bestrid", "Dispute"),
    "dispute.file.title": ("Bestrid {span}", "Dispute {span}"),
    "dispute.what": ("Vad är fel? Inga personnamn.", "What is wrong? No names of people."),
    "dispute.send": ("Skicka", "Send"),
    "dispute.withdraw": ("Återta", "Withdraw"),
    "dispute.answer": ("Svar", "Answer"),
    "dispute.answer.to": ("Svara om {what}", "Answer about {what}"),
    "dispute.why": ("Svar till partnern. Inga personnamn.", "Answer to the partner. No names."),
    "dispute.correct": ("Rätta tiden", "Correct the time"),
    "dispute.reject": ("Avslå", "Reject"),
    "dispute.frozen": (
        "Mätvärdena är raderade, så tiden kan inte längre rättas.",
        "The readings are deleted, so the time can no longer be corrected.",
    ),
    "dispute.field.do": (
        "Välj att rätta tiden, avslå eller återta.",
        "Choose to correct the time, to reject or to withdraw.",
    ),
    "dispute.field.not_counted": (
        "Bara tid som räknas som er, och inte samtidigt som någon annans, kan bestridas. Välj ett"
        " intervall i avräkningen eller på rummets dag. De senaste minuterna är inte räknade än.",
        "Only time that is counted as yours, and none of it as another's, can be disputed. Choose"
        " an interval in the statement or on the room's day. The last minutes are not counted yet.",
    ),
    "api.too_many_disputes": (
        "Ni har bestridit {most} intervall det senaste dygnet. Vänta, eller hör av er till den"
        " som fastställer avräkningen.",
        "You have disputed {most} intervals in the last day. Wait, or ask whoever issues the"
        " statement.",
    ),
    "dispute.field.not_yours": (
        "Ni är inte partner i huset där rummet finns.",
        "You are no partner of the house that the room is in.",
    ),
    "api.no_own_partner": (
        "Inloggningen hör inte till någon partner. Be den som sköter Rumskoll om en ny"
        " (rumskoll keys).",
        "The login belongs to no partner. Ask whoever looks after Rumskoll for a new one"
        " (rumskoll keys).",
    ),
    "api.no_dispute": ("Det finns ingen invändning {id}.", "There is no dispute {id}."),
    "api.dispute_closed": (
        "Invändning {id} är redan avslutad: {state}.",
        "Dispute {id} is closed already: {state}.",
    ),
    "api.dispute_no_room": (
        "Rummet ”{room}” finns inte längre i rooms.yaml, så tiden kan inte rättas. Avslå och skriv"
        " varför.",
        "The room “{room}” is no longer in rooms.yaml, so its time cannot be corrected. Reject and"
        " say why.",
    ),
}
