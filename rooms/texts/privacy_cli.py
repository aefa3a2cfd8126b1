"""The command ``rumskoll privacy``: what is kept about a room, why, how long, who sees it."""

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "help.privacy": (
        "Säg vad som sparas om ett rum, varför, hur länge och vem som ser det.",
        "Say what is kept about a room, why, how long, and who sees it.",
    ),
    "help.privacy_room": ("Rummets id.", "The room's id."),
    "privacy.no_room": (
        "{room} är inget rum här. Rummen är: {rooms}",
        "{room} is no room here. The rooms are: {rooms}",
    ),
    "privacy.title": ("Vad Rumskoll sparar om {name}", "What Rumskoll keeps about {name}"),
    "privacy.open": (
        "Rumskoll mäter rummet, aldrig vem som är där.",
        "Rumskoll measures the room, never who is there.",
    ),
    "privacy.private": (
        "En persons eget kontor: närvaro, luft, samtal och incheckningar kastas när de kommer in"
        " och skrivs ingenstans.",
        "One person's own office: presence, air, calls and check-ins are discarded as they come"
        " in and written nowhere.",
    ),
    "privacy.was_private": (
        "Rummet har varit en persons eget kontor: från de dagarna finns ingen närvaro sparad.",
        "The room was one person's own office: of those days no presence is kept.",
    ),
    "privacy.will_be_private": (
        "Från {day} är rummet en persons eget kontor.",
        "From {day} the room is one person's own office.",
    ),
    "privacy.devices": ("Enheter här nu: {devices}", "Devices here now: {devices}"),
    "privacy.no_devices": ("Inga enheter står här nu.", "No devices stand here now."),
    "privacy.what": ("Vad", "What"),
    "privacy.why": ("Varför", "Why"),
    "privacy.long": ("Hur länge", "How long"),
    "privacy.who": ("Vem ser det", "Who sees it"),
    "privacy.days": ("{days} dagar", "{days} days"),
    "privacy.kept": ("tills vidare", "until further notice"),
    "privacy.calendar": (
        "så länge de kommer i kalendern eller behövs för siffrorna",
        "as long as they are in the calendar or needed for the figures",
    ),
    "privacy.statement": (
        "{days} dagar; fastställda avräkningar så länge ni sparar dem",
        "{days} days; issued statements for as long as you keep them",
    ),
    "privacy.all": ("alla som får logga in", "all who may log in"),
    "privacy.maintainers": ("underhåll", "maintainers"),
    "privacy.managers": (
        "ansvarig; en partner bara sin egen",
        "managers; a partner its own only",
    ),
    "privacy.server": ("den som sköter servern", "whoever runs the server"),
    "privacy.presence.what": (
        "om någon är där, och hur många där det räknas, med tid",
        "whether somebody is there, and how many where that is counted, with the time",
    ),
    "privacy.presence.why": (
        "visa lediga rum, räkna nyttjande",
        "to show free rooms and count use",
    ),
    "privacy.climate.what": ("luft, ljus och ljudnivå", "air, light and sound level"),
    "privacy.climate.why": ("dålig luft ska märkas", "so that bad air is noticed"),
    "privacy.calls.what": (
        "om videoutrustningen är i samtal, aldrig med vem",
        "whether the video equipment is in a call, never with whom",
    ),
    "privacy.calls.why": ("visa att rummet används", "to show that the room is used"),
    "privacy.equipment.what": (
        "om utrustningen fungerar, batteri och signal",
        "whether the equipment works, battery and signal",
    ),
    "privacy.equipment.why": ("hitta fel innan mötet", "to find faults before the meeting"),
    "privacy.grafana": ("den som får logga in i Grafana", "who may log in to Grafana"),
    "privacy.snapshots.what": (
        "med InfluxDB: rum och enheter som tavlan visar dem (room_state, device_state)",
        "with InfluxDB: room and devices as the board shows them (room_state, device_state)",
    ),
    "privacy.snapshots.why": ("visa dagen i Grafana", "to show the day in Grafana"),
    "privacy.accounts.what": (
        "med InfluxDB: antal meddelanden per enhet och dag, för privata rum bara som summa"
        " (account), och för hela tjänsten varje minut (service)",
        "with InfluxDB: how many messages by device and day, of private rooms only as a sum"
        " (account), and of the whole service each minute (service)",
    ),
    "privacy.accounts.why": ("märka det som går förlorat", "to notice what gets lost"),
    "privacy.sums.what": (
        "använd och bokad tid per timme, dag och månad",
        "used and booked time by hour, day and month",
    ),
    "privacy.sums.why": ("se hur rummen används", "to see how the rooms are used"),
    "privacy.bookings.what": (
        "bokningars tider och partner; ingen organisatör, inget ämne",
        "times and partner of bookings; no organiser, no subject",
    ),
    "privacy.bookings.why": (
        "visa ledigt till, och vems tiden var",
        "to show free until, and whose the time was",
    ),
    "privacy.whose.what": (
        "vilken partner tiden räknas till, aldrig vilken person",
        "which partner the time counts to, never which person",
    ),
    "privacy.whose.why": ("dela kostnaden rättvist", "to share the cost fairly"),
    "privacy.faults.what": (
        "fel på utrustningen, och vad den som anmälde skrev",
        "faults of the equipment, and what those who reported wrote",
    ),
    "privacy.faults.why": ("laga, och följa upp", "to mend, and to follow up"),
    "privacy.more": (
        "Mer: docs/sv/privacy.md. Sparat i säkerhetskopior försvinner när kopiorna gallras.",
        "More: docs/en/privacy.md. What is in backups goes when the backups are thinned out.",
    ),
}
