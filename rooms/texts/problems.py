"""Texts of problems: key -> (Swedish, English). ``{since}`` is a time, formatted by the caller."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "problem.other": ("{code} {detail} sedan {since}", "{code} {detail} since {since}"),
    "problem.device_silent": (
        "Har inte hörts av sedan {since}",
        "Not heard from since {since}",
    ),
    "problem.equipment_error": (
        "Fel sedan {since}: {detail}",
        "Error since {since}: {detail}",
    ),
    "problem.equipment_warning": (
        "Varning sedan {since}: {detail}",
        "Warning since {since}: {detail}",
    ),
    "problem.equipment_error.fan": (
        "Fläkten är trasig (sedan {since})",
        "The fan has failed (since {since})",
    ),
    "problem.equipment_warning.fan": (
        "Fläkten behöver ses över (sedan {since})",
        "The fan needs attention (since {since})",
    ),
    "problem.equipment_error.lamp": (
        "Lampan är trasig (sedan {since})",
        "The lamp has failed (since {since})",
    ),
    "problem.equipment_warning.lamp": (
        "Lampan behöver snart bytas (sedan {since})",
        "The lamp needs replacing soon (since {since})",
    ),
    "problem.equipment_error.temperature": (
        "Överhettad (sedan {since})",
        "Overheated (since {since})",
    ),
    "problem.equipment_warning.temperature": (
        "Håller på att bli för varm (sedan {since})",
        "Getting too hot (since {since})",
    ),
    "problem.equipment_error.cover": (
        "Luckan står öppen (sedan {since})",
        "The cover is open (since {since})",
    ),
    "problem.equipment_warning.cover": (
        "Luckan är inte riktigt stängd (sedan {since})",
        "The cover is not quite closed (since {since})",
    ),
    "problem.equipment_error.filter": (
        "Filtret är igensatt (sedan {since})",
        "The filter is clogged (since {since})",
    ),
    "problem.equipment_warning.filter": (
        "Filtret behöver rengöras (sedan {since})",
        "The filter needs cleaning (since {since})",
    ),
    "problem.equipment_error.other": (
        "Utrustningen rapporterar ett fel (sedan {since})",
        "The equipment reports an error (since {since})",
    ),
    "problem.equipment_warning.other": (
        "Utrustningen rapporterar en varning (sedan {since})",
        "The equipment reports a warning (since {since})",
    ),
    "problem.peripheral_missing": (
        "{detail} saknas sedan {since}",
        "{detail} has been missing since {since}",
    ),
    "problem.peripheral_missing.camera": (
        "Kameran saknas sedan {since}",
        "The camera has been missing since {since}",
    ),
    "problem.peripheral_missing.camera.named": (
        "Kameran ({name}) saknas sedan {since}",
        "The camera ({name}) has been missing since {since}",
    ),
    "problem.peripheral_missing.microphone": (
        "Mikrofonen saknas sedan {since}",
        "The microphone has been missing since {since}",
    ),
    "problem.peripheral_missing.microphone.named": (
        "Mikrofonen ({name}) saknas sedan {since}",
        "The microphone ({name}) has been missing since {since}",
    ),
    "problem.peripheral_missing.touch_panel": (
        "Pekpanelen saknas sedan {since}",
        "The touch panel has been missing since {since}",
    ),
    "problem.peripheral_missing.touch_panel.named": (
        "Pekpanelen ({name}) saknas sedan {since}",
        "The touch panel ({name}) has been missing since {since}",
    ),
    "problem.peripheral_missing.speaker": (
        "Högtalaren saknas sedan {since}",
        "The loudspeaker has been missing since {since}",
    ),
    "problem.peripheral_missing.speaker.named": (
        "Högtalaren ({name}) saknas sedan {since}",
        "The loudspeaker ({name}) has been missing since {since}",
    ),
    "problem.peripheral_missing.part.named": (
        "{name} saknas sedan {since}",
        "{name} has been missing since {since}",
    ),
    "problem.calendar_failing": (
        "Rummets kalender har inte kunnat läsas sedan {since}. Kör rumskoll doctor.",
        "The room's calendar could not be read since {since}. Run rumskoll doctor.",
    ),
    "problem.reported.picture": (
        "Bilden eller kameran krånglar (anmält {since})",
        "Trouble with the picture or the camera (reported {since})",
    ),
    "problem.reported.sound": (
        "Ljudet eller mikrofonen krånglar (anmält {since})",
        "Trouble with the sound or the microphone (reported {since})",
    ),
    "problem.reported.screen": (
        "Skärmen eller projektorn krånglar (anmält {since})",
        "Trouble with the screen or the projector (reported {since})",
    ),
    "problem.reported.cables": (
        "Sladdar eller anslutningar krånglar (anmält {since})",
        "Trouble with the cables or connections (reported {since})",
    ),
    "problem.reported.air": (
        "Värmen eller luften är dålig (anmält {since})",
        "Trouble with the heating or the air (reported {since})",
    ),
    "problem.reported.other": (
        "Något i rummet är trasigt eller fel (anmält {since})",
        "Something in the room is broken or wrong (reported {since})",
    ),
    "problem.battery_low": ("Svagt batteri sedan {since}", "Low battery since {since}"),
    "problem.source_silent": (
        "Inget har hörts från någon av dess enheter sedan {since}",
        "Nothing heard from any of its devices since {since}",
    ),
    "problem.source_silent.told": (
        "Inget har hörts genom mottagaren {detail} sedan {since}",
        "Nothing heard through the gateway {detail} since {since}",
    ),
    "problem.sensor_stuck": (
        "Fast i ett läge sedan {since}",
        "Stuck in one state since {since}",
    ),
    "problem.sensor_stuck.occupied": (
        "Visar upptaget utan avbrott sedan {since}",
        "Showing occupied without a break since {since}",
    ),
    "problem.sensor_stuck.never": (
        "Har inte märkt någon sedan {since}, fast andra sensorer har",
        "Has noticed nobody since {since}, though other sensors have",
    ),
    "problem.sensor_disagreement": (
        "Visar ledigt fast andra sensorer visar upptaget, sedan {since}",
        "Showing vacant while other sensors show occupied, since {since}",
    ),
    "problem.sensor_disagreement.told": (
        "Visar ledigt fast {detail} visar upptaget, sedan {since}",
        "Showing vacant while {detail} shows occupied, since {since}",
    ),
    "problem.sensor_disagreement.call": (
        "Visar ledigt fast ett samtal pågår, sedan {since}",
        "Showing vacant during a call, since {since}",
    ),
    "problem.air_quality": ("Dålig luft sedan {since}", "Stale air since {since}"),
    "problem.clock_skew": ("Klockan går fel sedan {since}", "Its clock has been off since {since}"),
    "problem.decode_failing": (
        "Det den skickar går inte att läsa sedan {since}",
        "What it sends cannot be read since {since}",
    ),
    "problem.flapping": (
        "Ett fel kommer och går sedan {since}",
        "A fault has been coming and going since {since}",
    ),
    "problem.reported": ("Anmält fel sedan {since}", "Fault reported since {since}"),
    "problem.alert_undeliverable": (
        "Larm når inte fram sedan {since}",
        "Alerts have not been getting through since {since}",
    ),
    "problem.alert_undeliverable.email": (
        "Larm med e-post når inte fram sedan {since}",
        "Alerts by e-mail have not been getting through since {since}",
    ),
    "problem.alert_undeliverable.told": (
        "Larm till {who} ({channel}) når inte fram sedan {since}",
        "Alerts to {who} ({channel}) have not been getting through since {since}",
    ),
    "problem.coverage_low": (
        "För få mätvärden från rummet sedan {since}",
        "Too few readings from the room since {since}",
    ),
}
