"""The rules: one file per family, one line registers a rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from rooms.faults.case import Case, Held
from rooms.faults.disagreement import sensor_disagreement
from rooms.faults.equipment import equipment_error, equipment_warning, peripheral_missing
from rooms.faults.sensor import battery_low, clock_skew, decode_failing
from rooms.faults.silence import silence
from rooms.faults.stuck import sensor_stuck

Rule = Callable[[Case], list[Held]]

RULES: Final[Mapping[str, Rule]] = {
    "device_silent": silence,
    "equipment_error": equipment_error,
    "equipment_warning": equipment_warning,
    "peripheral_missing": peripheral_missing,
    "battery_low": battery_low,
    "sensor_stuck": sensor_stuck,
    "sensor_disagreement": sensor_disagreement,
    "clock_skew": clock_skew,
    "decode_failing": decode_failing,
}
# Those of rooms and sources are asked by the engine itself
CODES: Final = (*RULES, "air_quality", "source_silent")

# What tells of people: not asked where that is nobody's business
OF_PEOPLE: Final = frozenset({"sensor_stuck", "sensor_disagreement"})
# Over when gone for ``clear`` seconds; the others have levels, or end with a word
CLEARS_LATE: Final = frozenset(
    {
        "device_silent",
        "equipment_error",
        "equipment_warning",
        "peripheral_missing",
        "sensor_disagreement",
    }
)
