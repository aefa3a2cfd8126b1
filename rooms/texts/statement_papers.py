"""Words of a statement's PDF and workbook."""

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    # page one
    "paper.title": ("Avräkning {month}", "Statement {month}"),
    "paper.draft": ("Utkast", "Draft"),
    "paper.numbered": ("Nr {number}, version {version}", "No. {number}, version {version}"),
    "paper.footer": (
        "{program} · definitioner {metrics} · alla belopp exklusive moms",
        "{program} · definitions {metrics} · all amounts excluding VAT",
    ),
    "paper.page": ("Sida {{page}} av {{pages}}", "Page {{page}} of {{pages}}"),
    "paper.used": ("Ni använde {own} av {all}.", "You used {own} of {all}."),
    "paper.due": ("Att betala: {amount} exkl. moms.", "To pay: {amount} excl. VAT."),
    "paper.refund": ("Att få tillbaka: {amount} exkl. moms.", "To get back: {amount} excl. VAT."),
    "paper.used_by_all": ("Rummen användes {all}.", "The rooms were used for {all}."),
    "paper.shared": ("Att fördela: {amount} exkl. moms.", "To share: {amount} excl. VAT."),
    "paper.for_manager": ("Alla partner", "All partners"),
    "paper.reference": ("Er referens", "Your reference"),
    "paper.cost_centre": ("Kostnadsställe", "Cost centre"),
    "paper.number": ("Avräkning", "Statement"),
    "paper.month": ("Månad", "Month"),
    "paper.issued": ("Fastställd", "Issued"),
    "paper.author": ("Av", "By"),
    "paper.replaces": ("Ersätter", "Replaces"),
    # columns
    "paper.pool": ("Pool", "Pool"),
    "paper.partner": ("Partner", "Partner"),
    "paper.time": ("Tid", "Time"),
    "paper.your_time": ("Er tid", "Your time"),
    "paper.all_time": ("Allas tid", "All time"),
    "paper.your_share": ("Er andel", "Your share"),
    "paper.share": ("Andel", "Share"),
    "paper.to_share": ("Att dela", "To share"),
    "paper.your_part": ("Er del", "Your part"),
    "paper.pools": ("Pooler", "Pools"),
    "paper.direct": ("Egna kostnader", "Own costs"),
    "paper.carried": ("Från tidigare månader", "From earlier months"),
    "paper.carried_from": ("Från {month}", "From {month}"),
    "paper.carried_why": (
        "Skillnader i tidigare månader som var för små för en ny version av månaden.",
        "Differences of earlier months that were too small for a new version of the month.",
    ),
    "paper.amount": ("Belopp", "Amount"),
    "paper.sum": ("Summa", "Sum"),
    "paper.vat": ("Momskod", "VAT code"),
    "paper.account": ("Konto", "Account"),
    "paper.cost": ("Kostnad", "Cost"),
    "paper.room": ("Rum", "Room"),
    "paper.empty": ("Bokat men tomt", "No-show"),
    "paper.outside": ("Utanför öppettid", "Outside hours"),
    "paper.weighted": ("Viktade timmar", "Weighted hours"),
    "paper.weighted_short": ("Viktade tim", "Weighted h"),
    "paper.price_short": ("Kr per viktad timme", "SEK per weighted hour"),
    "paper.kronor": ("Kronor", "SEK"),
    "paper.line": ("Rad", "Line"),
    "paper.how": ("Så räknas den", "How it is computed"),
    "paper.nobody": ("Ofördelat", "Unattributed"),
    "paper.all_others": ("Alla andra", "All others"),
    # lines
    "paper.lines": ("Så blir beloppet", "How the amount comes about"),
    "paper.agreement": ("Avtal {id} från {since}.", "Agreement {id} from {since}."),
    "paper.agreement_until": (
        "Avtal {id} från {since}, till {until}.",
        "Agreement {id} from {since}, until {until}.",
    ),
    "paper.agreement_capacity": (
        "{part} av kostnaden delas efter andelarna, resten efter användning.",
        "{part} of the cost is split by the shares, the rest by use.",
    ),
    "paper.agreement_no_show": (
        "Bokat men tomt räknas {factor} gånger använd tid.",
        "No-shows count {factor} times used time.",
    ),
    "paper.agreement_outside": (
        "Användning utanför öppettid räknas.",
        "Use outside opening hours counts.",
    ),
    "paper.agreement_inside": (
        "Användning utanför öppettid räknas inte.",
        "Use outside opening hours does not count.",
    ),
    "paper.agreement_credit": (
        "Varje timme med trasig utrustning ger tillbaka {amount}.",
        "Each hour with broken equipment gives back {amount}.",
    ),
    "paper.price": (
        "Efter användning delas {usage} kr på {units} viktade timmar: {price} kr per timme.",
        "SEK {usage} is shared by use over {units} weighted hours: SEK {price} an hour.",
    ),
    "paper.part_capacity": ("Fast del", "Fixed part"),
    "paper.part_usage": ("Användning", "Use"),
    "paper.part_unattributed": ("Ofördelat", "Unattributed"),
    "paper.part_fixed": ("I stället för mätning", "In place of measuring"),
    "paper.part_credit": ("Avdrag", "Credit"),
    "paper.how_capacity": (
        "{share} i medeltal av {amount} kr",
        "{share} on average of SEK {amount}",
    ),
    "paper.how_usage": (
        "{units} viktade timmar × {price} kr",
        "{units} weighted hours × SEK {price}",
    ),
    "paper.how_unattributed": (
        "er andel av {units} viktade timmar som ingen står för",
        "your share of {units} weighted hours that are nobody's",
    ),
    "paper.how_fixed": (
        "er andel av {amount} kr för rum som inte mäts",
        "your share of SEK {amount} for rooms that are not measured",
    ),
    "paper.how_credit": (
        "för {lost} med trasig utrustning, mindre er andel av allas avdrag",
        "for {lost} with broken equipment, less your share of all credits",
    ),
    "paper.how_credit_others": (
        "er andel av andras avdrag för trasig utrustning",
        "your share of others' credits for broken equipment",
    ),
    "paper.grain": (
        "Sensorn berättar om rörelser i steg om {step}, och tiden räknas i sådana steg: {rooms}.",
        "The sensor tells of movement in steps of {step}, and time is counted in them: {rooms}.",
    ),
    "paper.settled": (
        "Tidigare fastställt (nr {number}): {before}. Skillnad att reglera: {difference}.",
        "Issued before (no. {number}): {before}. Difference to settle: {difference}.",
    ),
    "paper.booked_too": (
        "I rum utan egen mätning räknas bokad tid; den ingår i tabellen men inte i meningen ovan.",
        "In rooms that are not measured booked time counts; it is in the table, but not in the"
        " sentence above.",
    ),
    "paper.periods": ("Avtalen i månaden", "The month's agreements"),
    "paper.days": ("Dagar", "Days"),
    "paper.unattributed_units": ("Ofördelade viktade tim", "Unattributed weighted h"),
    "paper.other_lines": ("{count} rader till", "{count} more lines"),
    "paper.other_rooms": ("{count} rum till", "{count} more rooms"),
    "paper.rooms_elsewhere": (
        "{count} rum som använts mindre står i arbetsboken.",
        "{count} rooms that were used less stand in the workbook.",
    ),
    "paper.unattributed_elsewhere": (
        "Rum för rum; alla {count} intervall står i intervals.csv.",
        "Room by room; all {count} intervals stand in intervals.csv.",
    ),
    "paper.how_rounding": (
        "så att allas delar blir hela kostnaden",
        "so that all parts make the whole cost",
    ),
    "paper.exact": ("Före avrundning", "Before rounding"),
    "paper.rounding": ("Avrundning", "Rounding"),
    # use, coverage, evidence
    "paper.use": ("Användning och täckning", "Use and coverage"),
    "paper.use_by_room": ("Använd tid per rum", "Used time by room"),
    "paper.use_by_partner": ("Använd tid per partner", "Used time by partner"),
    "paper.legend_own": ("Er tid", "Your time"),
    "paper.legend_partners": ("Partnernas tid", "The partners' time"),
    "paper.legend_others": ("Andra partner", "Other partners"),
    "paper.coverage_by_room": ("Täckning per rum", "Coverage by room"),
    "paper.coverage_how": (
        "Känd är den del av den bokningsbara tiden då sensorerna visade om rummet användes. Okänd"
        " tid räknas aldrig som tom.",
        "Known is the part of the bookable time in which the sensors told whether the room was in"
        " use. Unknown time never counts as empty.",
    ),
    "paper.bookable": ("Bokningsbar", "Bookable"),
    "paper.known": ("Känd", "Known"),
    "paper.coverage": ("Täckning", "Coverage"),
    "paper.lost": ("Trasigt", "Broken"),
    "paper.counted_by": ("Räknas efter", "Counted by"),
    "paper.treatment_measured": ("mätning", "measuring"),
    "paper.treatment_bookings": ("bokningar", "bookings"),
    "paper.treatment_shares": ("andelarna", "the shares"),
    "paper.treatment_private": ("privat, ej användning", "private, not by use"),
    "paper.gate_fallback": (
        "{room} i {pool}: bara {known} är känt. Rummet räknas i stället efter {how}.",
        "{room} in {pool}: only {known} is known. The room is counted by {how} instead.",
    ),
    "paper.gate_reason": (
        "{room} i {pool}: bara {known} är känt. Det räknas ändå: {reason}",
        "{room} in {pool}: only {known} is known. It is counted all the same: {reason}",
    ),
    "paper.gate_open": (
        "{room} i {pool}: bara {known} är känt, och inget skäl är skrivet.",
        "{room} in {pool}: only {known} is known, and no reason is written.",
    ),
    "paper.evidence": ("Underlag", "Evidence"),
    "paper.evidence_elsewhere": (
        "Varje intervall med sitt underlag står i arbetsboken och i CSV-filerna.",
        "Every interval with its evidence stands in the workbook and in the CSV files.",
    ),
    "paper.evidence_how": (
        "Er tid, rum för rum och dag för dag, och hur den blev er. Summorna gäller öppettid;"
        " det som ligger utanför är märkt.",
        "Your time, room by room and day by day, and how it became yours. Sums are of opening"
        " hours; what lies outside them is marked.",
    ),
    "paper.outside_mark": (" (utanför öppettid)", " (outside hours)"),
    "paper.by.correction": ("rättelse", "correction"),
    "paper.by.checkin": ("incheckning", "check-in"),
    "paper.by.booking": ("bokning", "booking"),
    "paper.by.host": ("rummets värd", "the room's host"),
    "paper.by.unattributed": ("–", "–"),
    "paper.day": ("Dag", "Day"),
    "paper.intervals": ("Intervall", "Intervals"),
    "paper.interval": ("Tid på dagen", "Time of day"),
    "paper.length": ("Längd", "Length"),
    "paper.no_shows": ("Bokat men tomt", "Booked but empty"),
    "paper.no_shows_how": (
        "Den del av bokningen då rummet säkert var tomt.",
        "The part of the booking in which the room was empty for certain.",
    ),
    "paper.clashes": ("Krockande bokningar", "Clashing bookings"),
    "paper.clashes_how": (
        "Två bokningar av samma tid: den första gäller.",
        "Two bookings of one time: the first holds.",
    ),
    "paper.held": ("Gällde", "Held"),
    "paper.held_own": ("er bokning", "your booking"),
    "paper.held_other": ("en annan bokning", "another booking"),
    "paper.unattributed": ("Ofördelad tid", "Unattributed time"),
    "paper.unattributed_how": (
        "Tid då ett rum användes utan bokning eller incheckning. Den delas efter andelarna.",
        "Time in which a room was used without a booking or check-in. It is split by the shares.",
    ),
}
