"""Texts of ``rumskoll decode``: key -> (Swedish, English)."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "help.decode": (
        "Vad betyder ett meddelande eller en LoRaWAN-ram? Klistra in och se.",
        "What does a message or a LoRaWAN frame mean? Paste it and see.",
    ),
    "help.decode_hex": (
        "Ramens byte: hexadecimalt (mellanslag, kolon och 0x går bra) eller base64.",
        "The frame's bytes: hexadecimal (spaces, colons and 0x are fine) or base64.",
    ),
    "help.decode_model": (
        "Enhetens modell, t.ex. milesight-vs121.",
        "The device's model, e.g. milesight-vs121.",
    ),
    "help.decode_port": (
        "LoRaWAN-port. Betyder inget för de tillverkare som stöds.",
        "LoRaWAN port. Makes no difference for the supported makers.",
    ),
    "help.decode_source": (
        "Avkodare, t.ex. chirpstack; med --rooms en källas id. Meddelandet läses från standard in.",
        "Decoder, e.g. chirpstack; with --rooms a source's id. The message is read from standard"
        " input.",
    ),
    "help.decode_topic": ("Ämnet som meddelandet kom på.", "The topic on which it came."),
    "help.decode_base": (
        "Källans basämne, om det inte är det vanliga.",
        "The source's base topic, where it is not the usual one.",
    ),
    "help.decode_mapping": (
        "Fil med det som ska stå under mapping: för en mapped_json-källa.",
        "File with what is to stand below mapping: for a mapped_json source.",
    ),
    "help.decode_rooms": (
        "Läs som tjänsten skulle göra, med källor och enheter ur den här filen.",
        "Read it as the service would, with the sources and devices of this file.",
    ),
    "help.decode_bridge": (
        "Brygga, t.ex. roomos. Utrustningens svar läses från standard in.",
        "Bridge, e.g. roomos. The equipment's answer is read from standard input.",
    ),
    "help.decode_request": (
        "Frågan som utrustningen svarade på, där svaret inte visar det.",
        "What the equipment was asked, where the answer does not show it.",
    ),
    "help.decode_json": (
        "Bara en JSON-lista med avläsningar, för skript.",
        "Nothing but a JSON list of readings, for scripts.",
    ),
    "decode.paste": (
        "Klistra in meddelandet och avsluta med Ctrl-D:",
        "Paste the message and end with Ctrl-D:",
    ),
    "decode.empty": (
        "Det finns inget att avkoda: ge byten på raden, eller meddelandet på standard in.",
        "There is nothing to decode: give bytes on the line, or the message on standard input.",
    ),
    "decode.too_large": (
        "Meddelandet är större än {most} byte.",
        "The message is larger than {most} bytes.",
    ),
    "decode.no_source": (
        "Säg vilken avkodare meddelandet är till för, med --source: {known}.",
        "Say which decoder the message is for, with --source: {known}.",
    ),
    "decode.no_topic": (
        "Säg vilket ämne meddelandet kom på, med --topic.",
        "Say on which topic the message came, with --topic.",
    ),
    "decode.no_bytes": ("Det finns inga byte att avkoda.", "There are no bytes to decode."),
    "decode.odd_hex": (
        "{count} hexadecimala siffror är ett udda antal: en byte har två. Fattas en, eller är en"
        " för mycket?",
        "{count} hexadecimal digits are an odd number: a byte has two. Is one missing, or one too"
        " many?",
    ),
    "decode.not_hex": (
        "{character!r} är ingen hexadecimal siffra (0–9, a–f).",
        "{character!r} is no hexadecimal digit (0–9, a–f).",
    ),
    "decode.not_bytes": (
        "Det är varken hexadecimala siffror (0–9, a–f) eller base64.",
        "This is neither hexadecimal digits (0–9, a–f) nor base64.",
    ),
    "decode.long_frame": (
        "{size} byte är ingen LoRaWAN-ram: högst {most} läses.",
        "{size} bytes are no LoRaWAN frame: {most} are read at the most.",
    ),
    "decode.unknown_model": (
        "Modellen {model} är okänd. Menade du {near}?",
        "The model {model} is not known. Did you mean {near}?",
    ),
    "decode.unknown_model.far": (
        "Modellen {model} är okänd. Alla modeller står i docs/sv/devices-supported.md.",
        "The model {model} is not known. All models are listed in docs/en/devices-supported.md.",
    ),
    "decode.unknown_decoder": (
        "{name} är ingen avkodare. De är: {known}.",
        "{name} is no decoder. They are: {known}.",
    ),
    "decode.unknown_decoder.near": (
        "{name} är ingen avkodare. Menade du {near}? De är: {known}.",
        "{name} is no decoder. Did you mean {near}? They are: {known}.",
    ),
    "decode.unknown_bridge": (
        "{name} är ingen brygga. De är: {known}.",
        "{name} is no bridge. They are: {known}.",
    ),
    "decode.unknown_bridge.near": (
        "{name} är ingen brygga. Menade du {near}? De är: {known}.",
        "{name} is no bridge. Did you mean {near}? They are: {known}.",
    ),
    "decode.unknown_source": (
        "Källan {source} finns inte i filen. Den har: {known}.",
        "The source {source} is not in the file. It has: {known}.",
    ),
    "decode.bad_source": (
        "En sådan källa kan inte finnas: {reason}",
        "There can be no such source: {reason}",
    ),
    "decode.no_mapping": (
        "En mapped_json-källa behöver sin tabell: ge den med --mapping FIL, eller din rooms.yaml"
        " med --rooms FIL och källans id med --source.",
        "A mapped_json source needs its mapping: give it with --mapping FILE, or your rooms.yaml"
        " with --rooms FILE and the source's id with --source.",
    ),
    "decode.needs_object": (
        "{model} läses ur det objekt som nätservern har avkodat, inte ur råa byte. Ge hela"
        " meddelandet med --source chirpstack eller --source tts.",
        "{model} is read from the object that the network server has decoded, not from raw bytes."
        " Give the whole message with --source chirpstack or --source tts.",
    ),
    "decode.no_codec": (
        "{model} skickar inga LoRaWAN-ramar: ge hela meddelandet med --source och --topic.",
        "{model} sends no LoRaWAN frames: give the whole message with --source and --topic.",
    ),
    "decode.which_model": (
        "Utan modell går byten inte att tyda: säg vilken enheten har, med --model.",
        "Without a model the bytes mean nothing: say which one the device is, with --model.",
    ),
    "decode.readers": (
        "Den kan läsas som {models}.",
        "It can be read as {models}.",
    ),
    "decode.readers.more": (
        "Den kan läsas som {models} och {more} till.",
        "It can be read as {models} and {more} more.",
    ),
    "decode.address": ("Enhetens adress: {address}", "Device address: {address}"),
    "decode.device": (
        "I rooms.yaml: {device}, rum: {room}",
        "In rooms.yaml: {device}, room: {room}",
    ),
    "decode.no_room": ("inget", "none"),
    "decode.not_registered": (
        "Enheten finns inte i rooms.yaml.",
        "The device is not in rooms.yaml.",
    ),
    "decode.model": ("Läst som: {name} ({model})", "Read as: {name} ({model})"),
    "decode.by_hint": (
        'Modellen är gissad av vad källan kallar den: "{hint}". Ange annars --model.',
        'The model is guessed from what its source calls it: "{hint}". Say --model otherwise.',
    ),
    "decode.then": ("Sparat i enheten sedan {time}:", "Kept by the device since {time}:"),
    "decode.yes": ("ja", "yes"),
    "decode.no": ("nej", "no"),
    "decode.level.ok": ("i ordning", "in order"),
    "decode.level.warning": ("varning", "warning"),
    "decode.level.error": ("fel", "error"),
    "decode.says.motion": (
        "För rummet: någon rör sig. Det är upptaget, preliminärt i 10 minuter.",
        "For the room: somebody moves. It is occupied, provisionally for 10 minutes.",
    ),
    "decode.says.no_motion": (
        "För rummet: ingen har rört sig. Det är ledigt 10 minuter efter den senaste rörelsen, om"
        " inget annat visar att någon är där.",
        "For the room: nobody moved. It is vacant 10 minutes after the last movement, unless"
        " something else shows that somebody is there.",
    ),
    "decode.says.presence": (
        "För rummet: upptaget tills enheten säger något annat.",
        "For the room: occupied until the device says otherwise.",
    ),
    "decode.says.absence": (
        "För rummet: ledigt, om inget annat visar att någon är där.",
        "For the room: vacant, unless something else shows that somebody is there.",
    ),
    "decode.says.line": (
        "För rummet: skillnaden mot förra meddelandet säger om någon har gått in eller ut. Att det"
        " är tomt visar räkneverket aldrig.",
        "For the room: the difference from the last message tells whether somebody came or went."
        " The counter never shows that it is vacant.",
    ),
    "decode.says.call": (
        "För rummet: upptaget så länge samtalet pågår.",
        "For the room: occupied as long as the call lasts.",
    ),
    "decode.says.no_call": (
        "För rummet: inget samtal. Det säger inte att rummet är tomt.",
        "For the room: no call. That does not say that the room is empty.",
    ),
    "decode.says.generic": (
        "För rummet: ingenting än. Först med en modell, eller evidence i rooms.yaml, är det känt"
        " vad enheten kan visa.",
        "For the room: nothing yet. Only with a model, or evidence in rooms.yaml, is it known what"
        " the device can show.",
    ),
    "decode.says.nothing": (
        "För rummet: säger inget om huruvida någon är där.",
        "For the room: says nothing of whether somebody is there.",
    ),
    "decode.note": ("Observera: {note}", "Note: {note}"),
    "decode.note.truncated": (
        "Observera: ramen är avklippt. Det som är helt har lästs.",
        "Note: the frame is cut off. What is whole has been read.",
    ),
    "decode.note.unknown_channel": (
        "Observera: ramen har en kanal som inte är känd för modellen. Det som står före har lästs."
        " Är modellen den rätta?",
        "Note: the frame has a channel that is not known for the model. What stands before it has"
        " been read. Is this the right model?",
    ),
    "decode.note.implausible": (
        "Observera: ett värde är omöjligt och har lämnats utanför.",
        "Note: a value is impossible and has been left out.",
    ),
    "decode.note.read": (
        "Läst: {read} av {size} byte.",
        "Read: {read} of {size} bytes.",
    ),
    "decode.ignored": (
        "Ingen avläsning: meddelandet är av slaget {reason}.",
        "No reading: the message is of the kind {reason}.",
    ),
    "decode.ignored.join": (
        "Ingen avläsning: enheten anslöt sig till nätet. Det visar att den lever.",
        "No reading: the device joined the network. That shows that it is alive.",
    ),
    "decode.ignored.settings": (
        "Ingen avläsning: enheten svarar på en inställning eller presenterar sig.",
        "No reading: the device answers a setting, or introduces itself.",
    ),
    "decode.ignored.no_fields": (
        "Ingen avläsning: meddelandet är rätt, men inget i det används.",
        "No reading: the message is right, but nothing in it is used.",
    ),
    "decode.ignored.empty": (
        "Ingen avläsning: meddelandet är tomt.",
        "No reading: the message is empty.",
    ),
}
