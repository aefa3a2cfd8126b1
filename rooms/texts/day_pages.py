"""Texts of the pages on a day, of all rooms and of one: key -> (Swedish, English)."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "day.title": ("Dagen", "The day"),
    "day.before": ("Dagen före", "The day before"),
    "day.after": ("Dagen efter", "The day after"),
    "day.today": ("I dag", "Today"),
    "day.date": ("Datum", "Date"),
    "day.choose": ("Välj dag", "Choose day"),
    "day.house_closed": ("Stängt: {reason}.", "Closed: {reason}."),
    "day.gone": (
        "Mätvärdena från den här dagen är raderade. Bara summorna finns kvar.",
        "The readings of this day are deleted. Only the sums are left.",
    ),
    "day.hint": (
        "Ramarna överst är bokningar, fälten under dem är tid i bruk. Streckat är okänt, grått är"
        " inte bokningsbart.",
        "The outlines on top are bookings, the blocks below them time in use. Hatched is unknown,"
        " grey is not bookable.",
    ),
    "day.legend": ("Färger", "Colours"),
    "day.unknown": ("Okänt", "Unknown"),
    "day.booked": ("Bokat", "Booked"),
    "day.closed": ("Inte bokningsbart", "Not bookable"),
    "day.another": ("en annan partner", "another partner"),
    "day.others": ("Andra partner eller ofördelat", "Other partners or unattributed"),
    "day.nothing": ("Inget i bruk och inget bokat.", "Not in use, and nothing booked."),
    "day.in_use": ("{share} i bruk", "{share} in use"),
    "day.no_time": ("ingen bokningsbar tid", "no bookable time"),
    # one room
    "day.all_rooms": ("Alla rum den här dagen", "All rooms on this day"),
    "day.use": ("Rummets nyttjande", "The room's utilisation"),
    "day.check_in": ("Checka in i rummet", "Check in to the room"),
    "day.intervals": ("Dagen, stund för stund", "The day, bit by bit"),
    "day.time": ("Tid", "Time"),
    "day.length": ("Längd", "Length"),
    "day.state": ("Läge", "State"),
    "day.shown_by": ("Underlag", "Evidence"),
    "day.whose": ("Vems", "Whose"),
    "day.by": ("Genom", "By"),
    "day.by.correction": ("rättelse", "correction"),
    "day.by.checkin": ("incheckning", "check-in"),
    "day.by.booking": ("bokning", "booking"),
    "day.by.host": ("rummets värd", "the room's host"),
    "day.by.unattributed": ("–", "–"),
    "day.evidence.motion": ("rörelse", "movement"),
    "day.evidence.presence": ("närvaro", "presence"),
    "day.evidence.count": ("personräknare", "people counter"),
    "day.evidence.line": ("någon gick in eller ut", "somebody walked in or out"),
    "day.evidence.call": ("videosamtal", "video call"),
    "day.provisional": ("preliminärt", "provisional"),
    "day.not_bookable": ("utanför bokningsbar tid", "outside bookable time"),
    "day.nobody_came": ("ingen kom i tid", "nobody came in time"),
    "day.conflict": ("krockar med en tidigare bokning", "overlaps an earlier booking"),
    "day.bookings": ("Bokningar", "Bookings"),
    "day.no_bookings": ("Inga bokningar.", "No bookings."),
    "day.distrusted": ("Sensorer som inte gick att lita på", "Sensors not to be trusted"),
    # corrections
    "day.correct": ("Rätta", "Correct"),
    "day.correct.title": ("Rätta {span}", "Correct {span}"),
    "day.correct.partner": ("Tiden tillhör", "The time belongs to"),
    "day.correct.nobody": ("Ingen (ofördelat)", "Nobody (unattributed)"),
    "day.correct.reason": ("Varför? Inga personnamn.", "Why? No names of people."),
    "day.correct.save": ("Spara rättelsen", "Save the correction"),
    "day.corrections": ("Rättelser", "Corrections"),
    "day.correction": (
        "{span}: {partner}. Rättat av {actor}.",
        "{span}: {partner}. Corrected by {actor}.",
    ),
    "day.correction.withdrawn": (
        "{span}: {partner}. Rättat av {actor}, återtaget.",
        "{span}: {partner}. Corrected by {actor}, withdrawn.",
    ),
    "day.withdraw": ("Återta", "Withdraw"),
    "day.done.corrected": (
        "Rättelsen är sparad. Summorna räknas om inom några minuter.",
        "The correction is saved. The sums are computed again within a few minutes.",
    ),
    "day.done.withdrawn": (
        "Rättelsen är återtagen. Summorna räknas om inom några minuter.",
        "The correction is withdrawn. The sums are computed again within a few minutes.",
    ),
}
