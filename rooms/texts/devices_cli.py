"""Texts of ``rumskoll devices``, ``record`` and ``replay``: key -> (Swedish, English)."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "help.devices": (
        "Enheterna: senast hörda, batteri, signal, källa och rum.",
        "The devices: last heard, battery, signal, source and room.",
    ),
    "help.devices_room": ("Bara de som står i rummet (id).", "Only those in this room (id)."),
    "help.devices_source": ("Bara en källas (id).", "Only those of one source (id)."),
    "help.devices_silent": ("Bara de som inte hörs.", "Only those that are not heard."),
    "help.devices_json": ("Som JSON, för skript.", "As JSON, for scripts."),
    "help.devices_unknown": (
        "De som hörs men inte står i rooms.yaml, med rader att klistra in.",
        "Those that speak but are not in rooms.yaml, with lines to paste.",
    ),
    "devices.device": ("Enhet", "Device"),
    "devices.room": ("Rum", "Room"),
    "devices.model": ("Modell", "Model"),
    "devices.source": ("Källa", "Source"),
    "devices.heard": ("Senast hörd", "Last heard"),
    "devices.battery": ("Batteri", "Battery"),
    "devices.signal": ("Signal", "Signal"),
    "devices.state": ("Läge", "State"),
    "devices.state.heard": ("hörs", "heard"),
    "devices.state.silent": ("tyst", "silent"),
    "devices.state.offline": ("borta", "offline"),
    "devices.state.never": ("aldrig", "never"),
    "devices.just_now": ("nyss", "just now"),
    "devices.heard_ago": ("{time} sedan", "{time} ago"),  # in a narrow column
    "devices.ago": ("för {time} sedan", "{time} ago"),
    "devices.none": ("Inga enheter att visa.", "No devices to show."),
    "devices.no_room": (
        "Rummet {room} finns inte. Rummen är: {known}.",
        "There is no room {room}. The rooms are: {known}.",
    ),
    "devices.no_source": (
        "Källan {source} finns inte. Källorna är: {known}.",
        "There is no source {source}. The sources are: {known}.",
    ),
    "devices.not_running": (
        "Tjänsten går inte: det här är vad den visste {since}.",
        "The service is not running: this is what it knew at {since}.",
    ),
    "devices.never_ran": (
        "Tjänsten har inte gått än med den här datamappen.",
        "The service has not run with this data folder yet.",
    ),
    "devices.none_unknown": (
        "Inga okända enheter: allt som hörs står i rooms.yaml.",
        "No unknown devices: all that speaks is in rooms.yaml.",
    ),
    "devices.unknown.one": (
        "{address} (källa {source}): ett meddelande, {last}",
        "{address} (source {source}): one message, {last}",
    ),
    "devices.unknown.many": (
        "{address} (källa {source}): {count} meddelanden, senast {last}",
        "{address} (source {source}): {count} messages, last {last}",
    ),
    "devices.hint": ('Källan kallar den "{hint}".', 'Its source calls it "{hint}".'),
    "devices.paste": (
        "Klistra in raderna under devices: och placements: i rooms.yaml och rätta modell och rum.",
        "Paste the lines below devices: and placements: in rooms.yaml, and correct model and room.",
    ),
    "help.record": (
        "Spela in MQTT-trafik i en fil, ett meddelande per rad (JSON).",
        "Record MQTT traffic in a file, one message per line (JSON).",
    ),
    "help.record_file": ("Filen att skriva; den får inte finnas.", "The file to write; a new one."),
    "help.record_topic": (
        "Ämne att lyssna på, kan ges flera gånger. Annars alla källors ämnen.",
        "Topic to listen to, may be given several times. Else those of all sources.",
    ),
    "help.record_for": ("Hur länge, t.ex. 10min eller 2h.", "For how long, e.g. 10min or 2h."),
    "help.record_messages": ("Högst så många meddelanden.", "At most so many messages."),
    "help.replay": (
        "Spela upp en inspelning mot MQTT-servern, med samma mellanrum eller fortare.",
        "Play a recording back to the broker, with its spacing or faster.",
    ),
    "help.replay_file": ("Inspelningen.", "The recording."),
    "help.replay_speed": ("Så många gånger fortare.", "So many times faster."),
    "help.replay_fast": ("Så fort MQTT-servern hinner.", "As fast as the broker can take it."),
    "record.started": (
        "Spelar in från {host}:{port} till {file}. Avsluta med Ctrl-C.",
        "Recording from {host}:{port} to {file}. Stop with Ctrl-C.",
    ),
    "record.exists": (
        "Filen {file} finns redan. En inspelning skriver aldrig över: välj ett annat namn.",
        "The file {file} exists already. A recording never overwrites: choose another name.",
    ),
    "record.bar": ("Spelar in", "Recording"),
    "record.done": ("Meddelanden i {file}: {count}.", "Messages in {file}: {count}."),
    "record.withheld": (
        "Utelämnat: {count} (incheckningar, som bär en nyckel, och meddelanden från eget kontor).",
        "Left out: {count} (check-ins, which carry a token, and messages from somebody's own"
        " office).",
    ),
    "record.bad_for": (
        "{given} är ingen tid. Skriv t.ex. 90s, 10min eller 2h.",
        "{given} is no length of time. Write 90s, 10min or 2h, for example.",
    ),
    "record.bad_topic": (
        "{topic} är inget ämne att lyssna på.",
        "{topic} is no topic to listen to.",
    ),
    "replay.bar": ("Spelar upp", "Playing back"),
    "replay.done": (
        "Skickade till {host}:{port}: {count} meddelanden.",
        "Sent to {host}:{port}: {count} messages.",
    ),
    "replay.stopped": ("Avbrutet efter {count} meddelanden.", "Stopped after {count} messages."),
    "replay.empty": ("{file} har inga meddelanden.", "{file} holds no messages."),
    "replay.line": ("{file}:{line}: {reason}", "{file}:{line}: {reason}"),
    "replay.no_object": (
        "raden är inget JSON-objekt. Är filen avklippt?",
        "the line is no JSON object. Is the file cut off?",
    ),
    "replay.bad_topic": (
        "topic saknas eller är inget ämne att skicka till.",
        "topic is missing, or nothing that can be sent to.",
    ),
    "replay.bad_payload": (
        "det ska finnas antingen payload (text) eller payload_hex (hexadecimalt).",
        "there must be either payload (text) or payload_hex (hexadecimal).",
    ),
    "replay.bad_time": (
        "time ska vara hela millisekunder sedan 1970.",
        "time must be whole milliseconds since 1970.",
    ),
    "replay.bad_flags": (
        "qos ska vara 0, 1 eller 2, och retain true eller false.",
        "qos must be 0, 1 or 2, and retain true or false.",
    ),
    "listen.again": ("Kontakten är tillbaka.", "The connection is back."),
}
