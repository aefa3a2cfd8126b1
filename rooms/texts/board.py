"""Texts of board: key -> (Swedish, English)."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "time.yesterday": ("i går {time}", "yesterday {time}"),
    # the frame around every page
    "board.title": ("Rum", "Rooms"),
    "board.skip": ("Till innehållet", "Skip to content"),
    "board.nav": ("Sidor", "Pages"),
    "board.rooms": ("Rum", "Rooms"),
    "board.devices": ("Enheter", "Devices"),
    "board.unknown_devices": ("Okända enheter", "Unknown devices"),
    "board.other_language": ("In English", "På svenska"),
    "board.log_out": ("Logga ut", "Log out"),
    "board.lost": (
        "Ingen kontakt med Rumskoll. Det som visas kan vara gammalt.",
        "No contact with Rumskoll. What is shown may be old.",
    ),
    "board.no_script": (
        "Sidan hämtas på nytt varje minut.",
        "The page is fetched again every minute.",
    ),
    "board.demo": (
        "Demo: öppet utan inloggning på den här datorn.",
        "Demo: open without logging in on this computer.",
    ),
    # the summary
    "board.sum.occupied.one": (
        "{occupied} av {total} rum är upptaget.",
        "{occupied} of {total} rooms is occupied.",
    ),
    "board.sum.occupied.many": (
        "{occupied} av {total} rum är upptagna.",
        "{occupied} of {total} rooms are occupied.",
    ),
    "board.sum.occupied.none": ("Inget rum är upptaget.", "No room is occupied."),
    "board.sum.vacant.all": ("Alla {total} rum är lediga.", "All {total} rooms are free."),
    "board.sum.unknown.all": (
        "Inget är känt om rummen just nu.",
        "Nothing is known of the rooms right now.",
    ),
    "board.sum.unknown.one": ("{count} är okänt.", "{count} is unknown."),
    "board.sum.unknown.many": ("{count} är okända.", "{count} are unknown."),
    "board.sum.problems.none": ("Inga fel.", "No problems."),
    "board.sum.problems.one": ("{count} fel.", "{count} problem."),
    "board.sum.problems.many": ("{count} fel.", "{count} problems."),
    # a room's tile
    "state.occupied": ("Upptaget", "Occupied"),
    "state.vacant": ("Ledigt", "Free"),
    "board.vacant.until": ("Ledigt till {time}", "Free until {time}"),
    "board.vacant.booked": ("Ledigt, bokat till {time}", "Free, booked until {time}"),
    "state.unknown": ("Okänt", "Unknown"),
    "state.private": ("Privat", "Private"),
    "board.since_provisional": (
        "(preliminärt) sedan {since}",
        "(provisional) since {since}",
    ),
    "board.since": ("sedan {since}", "since {since}"),
    "board.private": (
        "Eget kontor. Närvaro visas inte och sparas inte.",
        "Someone's own office. Presence is neither shown nor kept.",
    ),
    "board.people.one": ("{count} person av {capacity}", "{count} person of {capacity}"),
    "board.people.many": ("{count} personer av {capacity}", "{count} people of {capacity}"),
    "board.seats.one": ("{capacity} plats", "{capacity} seat"),
    "board.seats.many": ("{capacity} platser", "{capacity} seats"),
    "board.call": ("I samtal", "In a call"),
    "board.air.good": ("Bra luft: {ppm} ppm CO₂", "Good air: {ppm} ppm CO₂"),
    "board.air.fair": ("Okej luft: {ppm} ppm CO₂", "Fair air: {ppm} ppm CO₂"),
    "board.air.bad": ("Vädra: {ppm} ppm CO₂", "Open a window: {ppm} ppm CO₂"),
    "board.temperature": ("{degrees} °C", "{degrees} °C"),
    "board.camera_unwatched": ("Kamera övervakas inte", "Camera is not watched"),
    "board.severity.error": ("Fel:", "Error:"),
    "board.severity.warning": ("Varning:", "Warning:"),
    "board.severity.info": ("Att veta:", "Note:"),
    # why a state is unknown
    "board.stopped": (
        "Insamlingen har stått stilla sedan {since}.",
        "Nothing has been collected since {since}.",
    ),
    "board.never_collected": (
        "Insamlingen har inte startat än.",
        "Collecting has not started yet.",
    ),
    "board.no_sensor": (
        "Ingen sensor här kan se om rummet är tomt.",
        "No sensor here can see whether the room is empty.",
    ),
    "board.never_heard.one": ("Sensorn har inte hörts än.", "The sensor has not been heard yet."),
    "board.never_heard.many": (
        "Ingen av sensorerna har hörts än.",
        "None of the sensors has been heard yet.",
    ),
    "board.not_heard.one": (
        "Sensorn har inte hörts sedan {since}.",
        "The sensor has not been heard since {since}.",
    ),
    "board.not_heard.many": (
        "Ingen av sensorerna har hörts sedan {since}.",
        "None of the sensors has been heard since {since}.",
    ),
    "board.unclear.one": (
        "Sensorn hörs, men ger inget säkert besked just nu.",
        "The sensor is heard, but does not tell for certain right now.",
    ),
    "board.unclear.many": (
        "Sensorerna hörs, men ger inget säkert besked just nu.",
        "The sensors are heard, but do not tell for certain right now.",
    ),
    # devices
    "board.devices.intro": (
        "{heard} av {total} enheter har hörts i tid. Rum för rum, i bokstavsordning.",
        "{heard} of {total} devices were heard in time. Room by room, in alphabetical order.",
    ),
    "board.device": ("Enhet", "Device"),
    "board.room": ("Rum", "Room"),
    "board.heard": ("Senast hörd", "Last heard"),
    "board.battery": ("Batteri", "Battery"),
    "board.signal": ("Signal", "Signal"),
    "board.problems": ("Fel", "Problems"),
    "board.no_problem": ("Inget", "None"),
    "board.history": ("Historik", "History"),
    "board.no_room": ("Inget rum", "No room"),
    "board.never": ("Aldrig", "Never"),
    "board.not_told": ("–", "–"),
    # devices that the registry does not know
    "board.unknown.none": (
        "Alla enheter som hörs finns i rooms.yaml.",
        "Every device that is heard stands in rooms.yaml.",
    ),
    "board.unknown.intro": (
        "De här enheterna hörs men finns inte i rooms.yaml. Klistra in raderna där, ändra rum"
        " och modell, och spara: då läses filen in på nytt. Det de har sänt ligger kvar i"
        " karantän och kan spelas upp igen.",
        "These devices are heard but do not stand in rooms.yaml. Paste the lines there, change"
        " room and model, and save: the file is then read again. What they sent is kept in"
        " quarantine and can be replayed.",
    ),
    "board.unknown.source": ("Källa", "Source"),
    "board.unknown.model": ("Modell enligt källan", "Model, as the source says"),
    "board.unknown.first": ("Först hörd", "First heard"),
    "board.unknown.messages": ("Meddelanden", "Messages"),
    "board.unknown.paste": ("Rader till rooms.yaml", "Lines for rooms.yaml"),
    # logging in, errors
    "board.login.title": ("Logga in i Rumskoll", "Log in to Rumskoll"),
    "board.login.text": (
        "Länken är för {label} och fungerar en gång, till {expires}. Inloggningen gäller sedan"
        " i 30 dagar i den här webbläsaren.",
        "The link is for {label} and works once, until {expires}. You then stay logged in for"
        " 30 days in this browser.",
    ),
    "board.login.button": ("Logga in", "Log in"),
    "board.to_board": ("Till rummen", "To the rooms"),
    # what is wrong with the service itself
    "board.model.generic": ("okänd modell", "unknown model"),
    "board.model.generic-motion": ("rörelsesensor (PIR)", "motion sensor (PIR)"),
    "board.model.generic-presence": ("närvarosensor", "presence sensor"),
    "board.model.generic-count": ("personräknare", "people counter"),
    "board.model.pjlink-display": (
        "skärm eller projektor (PJLink)",
        "display or projector (PJLink)",
    ),
    "board.model.checkin-panel": ("incheckningspanel", "check-in panel"),
    "problem.broker_down": (
        "Ingen kontakt med MQTT-servern sedan {since}. ”rumskoll doctor” säger vad som är fel.",
        "No contact with the MQTT broker since {since}. “rumskoll doctor” tells what is wrong.",
    ),
    "problem.store_down": (
        "Databasen har inte tagit emot något sedan {since}. Det som kommer in sparas lokalt"
        " så länge. ”rumskoll doctor” säger vad som är fel.",
        "The database has taken nothing since {since}. What comes in is kept locally"
        " meanwhile. “rumskoll doctor” tells what is wrong.",
    ),
    "problem.outbox_filling": (
        "Det som väntar på databasen är för mycket sedan {since}. Se till att databasen svarar"
        " och att disken har plats.",
        "Too much has been waiting for the database since {since}. See that the database answers"
        " and the disk has room.",
    ),
    "problem.outbox_filling.disk": (
        "Disken är nästan full sedan {since}. Frigör plats där Rumskoll har sina data: är disken"
        " full tas inget mer emot.",
        "The disk has been nearly full since {since}. Make room where Rumskoll keeps its data:"
        " once it is full, nothing more is taken in.",
    ),
    "problem.registry_invalid.contacts": (
        "contacts.yaml har ett fel sedan {since}; de förra inställningarna gäller."
        " ”rumskoll doctor” visar raden.",
        "contacts.yaml has had a mistake since {since}; the earlier settings hold."
        " “rumskoll doctor” shows the line.",
    ),
    "problem.backup_failed": (
        "Ingen säkerhetskopia har gått att göra sedan {since}. Kontrollera platsen för"
        " kopiorna; ”rumskoll backup” visar vad som är fel.",
        "No backup could be made since {since}. Check the place where they go;"
        " “rumskoll backup” shows what is wrong.",
    ),
    "problem.registry_invalid": (
        "rooms.yaml har ett fel sedan {since}; de förra inställningarna gäller."
        " ”rumskoll doctor” visar raden.",
        "rooms.yaml has had a mistake since {since}; the earlier settings hold."
        " “rumskoll doctor” shows the line.",
    ),
}
