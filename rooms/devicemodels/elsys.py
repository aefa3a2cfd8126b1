"""ELSYS sensors; their PIRs count movements since the last message."""

from __future__ import annotations

from typing import Final

from rooms.devicemodels.model import DeviceModel, Evidence


def _elsys(name: str, *evidence: Evidence) -> DeviceModel:
    counts = "motion" in evidence
    return DeviceModel(
        f"ELSYS {name}", evidence, 600, codec="elsys", counts=counts, measures=_measures(name)
    )


def _measures(name: str) -> tuple[str, ...]:
    """By its name, as ELSYS gives them: all have air, "Lite", "Display" and "EMS" no light."""
    if name in ("EMS Desk", "EMS Door"):
        return ()
    light = name != "sensor" and not any(word in name for word in ("Lite", "Display", "EMS"))
    return (
        "temperature_c",
        "humidity_pct",
        *(("illuminance_lx",) if light else ()),
        *(("co2_ppm",) if "CO2" in name else ()),
        *(("sound_db",) if "Sound" in name else ()),
    )


MODELS: Final[dict[str, DeviceModel]] = {
    "elsys-generic": _elsys("sensor"),
    "elsys-ers": _elsys("ERS", "motion"),
    "elsys-ers-co2": _elsys("ERS CO2", "motion"),
    "elsys-ers-co2-lite": _elsys("ERS CO2 Lite"),
    "elsys-ers-lite": _elsys("ERS Lite"),
    "elsys-ers-eye": _elsys("ERS Eye", "presence"),
    "elsys-ers-desk": _elsys("ERS Desk", "presence"),
    "elsys-ers-sound": _elsys("ERS Sound", "motion"),
    "elsys-ers-voc": _elsys("ERS VOC", "motion"),
    # no movement sensor is documented for these: they say nothing of presence
    "elsys-ers-display": _elsys("ERS Display"),
    "elsys-ers-display-co2": _elsys("ERS Display CO2"),
    "elsys-ers-eco": _elsys("ERS Eco"),
    "elsys-ers-eco-co2": _elsys("ERS Eco CO2"),
    "elsys-ers-interact-lite": _elsys("ERS Interact Lite"),
    "elsys-ers2": _elsys("ERS2", "motion"),
    "elsys-ers2-co2": _elsys("ERS2 CO2", "motion"),
    "elsys-ers2-co2-lite": _elsys("ERS2 CO2 Lite"),
    "elsys-ers2-lite": _elsys("ERS2 Lite"),
    "elsys-ers2-eye": _elsys("ERS2 Eye", "presence"),
    "elsys-ers2-sound": _elsys("ERS2 Sound", "motion"),
    "elsys-ers2-voc": _elsys("ERS2 VOC", "motion"),
    "elsys-ems": _elsys("EMS"),
    "elsys-ems-desk": _elsys("EMS Desk", "presence"),
    "elsys-ems-door": _elsys("EMS Door"),
    "elsys-ems-lite": _elsys("EMS Lite"),
}
