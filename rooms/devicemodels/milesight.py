"""Milesight sensors: what each senses, and how often it speaks by default.

Intervals: Milesight's user guides. Occupancy sensors and PIRs speak at each change as well. A
line counter in whose view regions are drawn counts people too: give it ``evidence: [count, line]``
in rooms.yaml.
"""

from __future__ import annotations

from typing import Final

from rooms.devicemodels.model import DeviceModel, Evidence

_10_MIN: Final = 600
_20_MIN: Final = 1200
_1_H: Final = 3600


_AIR: Final = ("temperature_c", "humidity_pct")
_CO2: Final = (*_AIR, "co2_ppm")
_TVOC: Final = (*_CO2, "tvoc_ugm3")
_WARM: Final = ("temperature_c",)


def _milesight(
    name: str,
    every: int,
    *evidence: Evidence,
    measures: tuple[str, ...] = (),
    counts: bool = False,
) -> dict[str, DeviceModel]:
    model = DeviceModel(
        f"Milesight {name}",
        evidence,
        every,
        codec="milesight",
        counts=counts,
        measures=measures,
    )
    return {f"milesight-{name.lower()}": model}


MODELS: Final[dict[str, DeviceModel]] = {
    # people counters
    **_milesight("VS121", _10_MIN, "count"),
    **_milesight("VS132", _10_MIN, "line"),
    **_milesight("VS133", _10_MIN, "line"),
    **_milesight("VS135", _10_MIN, "line"),
    **_milesight("VS321", _10_MIN, "presence", "count", measures=_AIR),
    **_milesight("VS350", _10_MIN, "line", measures=_WARM),
    **_milesight("VS351", _10_MIN, "line", measures=_WARM),
    **_milesight("VS360", _10_MIN, "line"),
    # occupancy
    **_milesight("VS330", _1_H, "presence"),
    **_milesight("VS340", _1_H, "presence"),
    **_milesight("VS341", _1_H, "presence"),
    **_milesight("VS34x", _1_H, "presence"),
    **_milesight("VS370", _1_H, "presence"),
    **_milesight("WS202", _1_H, "motion"),
    **_milesight("WS203", _1_H, "motion", measures=_AIR),
    # air; those with a PIR that counts tell how often it moved since the last report
    **_milesight("AM102", _10_MIN, measures=_AIR),
    **_milesight("AM102L", _10_MIN, measures=_AIR),
    **_milesight("AM103", _10_MIN, measures=_CO2),
    **_milesight("AM103L", _10_MIN, measures=_CO2),
    **_milesight("AM104", _10_MIN, "motion", measures=(*_AIR, "illuminance_lx"), counts=True),
    **_milesight("AM107", _10_MIN, "motion", measures=(*_CO2, "illuminance_lx"), counts=True),
    **_milesight("AM307", _10_MIN, "motion", measures=_TVOC),
    **_milesight("AM307L", _10_MIN, "motion", measures=_TVOC),
    **_milesight("AM308", _10_MIN, "motion", measures=_TVOC),
    **_milesight("AM308L", _10_MIN, "motion", measures=_TVOC),
    **_milesight("AM319", _10_MIN, "motion", measures=_TVOC),
    **_milesight("AM319L", _10_MIN, "motion", measures=_TVOC),
    **_milesight("EM300-TH", _10_MIN, measures=_AIR),
    **_milesight("EM300-MCS", _10_MIN, measures=_AIR),
    **_milesight("EM300-SLD", _10_MIN, measures=_AIR),
    **_milesight("EM300-ZLD", _10_MIN, measures=_AIR),
    **_milesight("EM300-MLD", _10_MIN),
    **_milesight("EM300-CL", _1_H),
    **_milesight("EM300-DI", _10_MIN, measures=_AIR),
    **_milesight("EM320-TH", _20_MIN, measures=_AIR),
    **_milesight("EM500-CO2", _10_MIN, measures=_CO2),
    # others of the maker that rooms have: their battery and signal are watched
    **_milesight("WS136", 6 * _1_H),
    **_milesight("WS201", 6 * _1_H),
}
