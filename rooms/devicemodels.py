"""What a device's model tells about it, so that rooms.yaml need not (design 2).

``expect_every`` is the longest silence a healthy device leaves, in seconds;
``hold`` how long its hardware keeps "occupied" after the last movement;
``evidence`` as in metrics.md 1. One line registers a model.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Evidence = Literal["motion", "presence", "count", "line", "call"]
Family = Literal["sensor", "vc", "display", "panel"]

# A room is known to be vacant by these only (metrics.md 1).
SHOWS_VACANCY: Final[frozenset[Evidence]] = frozenset({"motion", "presence", "count"})


@dataclass(frozen=True, slots=True)
class DeviceModel:
    """Defaults of one model; ``codec`` names the decoder of raw LoRaWAN bytes."""

    name: str
    evidence: tuple[Evidence, ...] = ()
    expect_every: int = 600
    hold: int = 0
    family: Family = "sensor"
    codec: Literal["elsys"] | None = None

    @property
    def lorawan(self) -> bool:
        return self.codec is not None

    @property
    def silence_factor(self) -> float:
        """Known for so many intervals: on LoRaWAN two lost frames are normal."""
        return 4.5 if self.lorawan else 2.5


def _elsys(name: str, *evidence: Evidence) -> DeviceModel:
    return DeviceModel(f"ELSYS {name}", evidence, expect_every=600, codec="elsys")


MODELS: Final[dict[str, DeviceModel]] = {
    "generic": DeviceModel("unknown model"),
    "generic-motion": DeviceModel("motion sensor (PIR)", ("motion",)),
    "generic-presence": DeviceModel("presence sensor", ("presence",)),
    "generic-count": DeviceModel("people counter", ("count",)),
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
    # 60 s to 90 s hold, then silence until the next movement; battery reports within the hour
    "aqara-rtcgq11lm": DeviceModel("Aqara RTCGQ11LM (PIR)", ("motion",), 3600, hold=90),
    "philips-sml001": DeviceModel("Philips Hue SML001 (PIR)", ("motion",), 3600, hold=0),
    "aqara-fp1": DeviceModel("Aqara FP1 (radar)", ("presence",), 3600),
    "cisco-roomos": DeviceModel("Cisco RoomOS", ("presence", "call"), 300, family="vc"),
    "poly-videoos": DeviceModel("Poly VideoOS", ("call",), 300, family="vc"),
    "logitech-collabos": DeviceModel("Logitech CollabOS", ("call",), 300, family="vc"),
    "pjlink-display": DeviceModel("PJLink display or projector", (), 300, family="display"),
    "checkin-panel": DeviceModel("check-in panel", (), 600, family="panel"),
}
