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
    "problem.battery_low": ("Svagt batteri sedan {since}", "Low battery since {since}"),
}
