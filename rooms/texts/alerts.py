"""The words of alerts: key -> (Swedish, English). Faults' own words are in ``alert_faults``."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "time.tomorrow": ("i morgon {time}", "tomorrow {time}"),
    "time.minutes": ("{minutes} min", "{minutes} min"),
    "time.hours": ("{hours} tim", "{hours} h"),
    "time.days": ("{days} dygn", "{days} days"),
    # the one sentence that says it all, piece by piece
    "alert.open": ("{where}: {what} sedan {since}", "{where}: {what} since {since}"),
    "alert.open.reported": ("{where}: {what} {since}", "{where}: {what} {since}"),
    "alert.closed": ("{where}: {what} efter {lasted}", "{where}: {what} after {lasted}"),
    "alert.still": ("fortfarande ", "still "),
    "alert.again": (" igen", " again"),
    "alert.which": (" ({name})", " ({name})"),
    "alert.nobody": ("Ingen har svarat", "Nobody has answered"),
    "alert.worse": ("Det har blivit värre", "It has got worse"),
    "alert.meeting": ("Möte {time}", "Meeting {time}"),
    "alert.meeting_now": ("Möte pågår till {time}", "Meeting running until {time}"),
    "alert.free": ("{room} är ledig till {time}", "{room} is free until {time}"),
    # what a fault is on, where its device has no name of its own
    "alert.device.sensor": ("sensorn", "sensor"),
    "alert.device.vc": ("videosystemet", "video system"),
    "alert.device.display": ("skärmen", "display"),
    "alert.device.panel": ("panelen", "panel"),
    "alert.device.room": ("rummet", "room"),
    "alert.device.source": ("källan {name}", "source {name}"),
    "alert.device.service": ("tjänsten", "service"),
    "alert.service": ("Rumskoll", "Rumskoll"),
    # several at once
    "alert.count.open.one": ("1 fel: {places}", "1 fault: {places}"),
    "alert.count.open.many": ("{count} fel: {places}", "{count} faults: {places}"),
    "alert.count.new.one": ("1 nytt fel: {places}", "1 new fault: {places}"),
    "alert.count.new.many": ("{count} nya fel: {places}", "{count} new faults: {places}"),
    "alert.count.still.one": ("1 fel kvarstår: {places}", "1 fault remains: {places}"),
    "alert.count.still.many": ("{count} fel kvarstår: {places}", "{count} faults remain: {places}"),
    "alert.count.over.one": ("1 fel avhjälpt: {places}", "1 fault mended: {places}"),
    "alert.count.over.many": (
        "{count} fel avhjälpta: {places}",
        "{count} faults mended: {places}",
    ),
    "alert.places_more": ("{places} med flera", "{places} and others"),
    "alert.items_more": ("… och {count} till", "… and {count} more"),
    "alert.gone": (
        "Felen finns inte kvar i Rumskoll",
        "The faults are no longer kept in Rumskoll",
    ),
    # morning
    "alert.digest": ("Morgonrapport", "Morning report"),
    "alert.check": ("Rumskoll inför dagen", "Room check"),
    "alert.check_rooms": (
        "fel i bokade rum: {places}",
        "faults in rooms booked today: {places}",
    ),
    "alert.check_at": ("{room} (möte {time})", "{room} (meeting {time})"),
    "alert.check_now": ("{room} (möte nu)", "{room} (meeting now)"),
    # the facts below it
    "alert.label.where": ("Plats", "Where"),
    "alert.label.thing": ("Vad", "What"),
    "alert.label.since": ("Sedan", "Since"),
    "alert.label.time": ("Tid", "When"),
    "alert.label.first": ("Gör först", "Do first"),
    "alert.label.meeting": ("Nästa möte", "Next meeting"),
    "alert.label.free": ("Ersättare", "Instead"),
    "alert.label.cost": ("Kostar", "Costs"),
    "alert.label.cost_over": ("Kostade", "Cost"),
    "alert.label.members": ("Gäller", "Concerns"),
    "alert.label.rooms": ("Rum", "Rooms"),
    "alert.label.words": ("Anmälarens ord", "In their words"),
    "alert.since": ("{since} ({lasted})", "{since} ({lasted})"),
    "alert.from_until": ("{start}–{stop} ({lasted})", "{start}–{stop} ({lasted})"),
    "alert.span": ("{start}–{stop}", "{start}–{stop}"),
    "alert.running": ("pågår till {stop}", "running until {stop}"),
    "alert.no_meeting": ("ingen bokad i dag eller i morgon", "none booked today or tomorrow"),
    "alert.today.one": ("{meeting}, 1 möte i rummet i dag", "{meeting}, 1 meeting here today"),
    "alert.today.many": (
        "{meeting}, {count} möten i rummet i dag",
        "{meeting}, {count} meetings here today",
    ),
    "alert.cost": ("{lost} av öppettiden hittills", "{lost} of opening hours so far"),
    "alert.cost_over": ("{lost} av öppettiden", "{lost} of opening hours"),
    "alert.members_more": ("{names} och {count} till", "{names} and {count} more"),
    # buttons and the end
    "alert.answer": ("Jag tar hand om det", "I will see to it"),
    "alert.show": ("Visa i Rumskoll", "Show in Rumskoll"),
    "alert.answer_note": (
        "Knappen gäller i sju dagar och för dig. Den tystar påminnelserna tills felet är borta.",
        "The button works for seven days and for you. It ends the reminders for as long as the"
        " fault lasts.",
    ),
    "alert.why": (
        "Du får det här för att du sköter rummen i {house}. Vem som får vad står i rooms.yaml.",
        "You get this because you look after the rooms of {house}. Who gets what is set in"
        " rooms.yaml.",
    ),
    # a test
    "alert.test": ("Test: {line}", "Test: {line}"),
    "alert.test_note": (
        "Det här är ett test, så att du vet hur ett larm ser ut. Inget är trasigt.",
        "This is a test, so that you know what an alert looks like. Nothing is broken.",
    ),
}
