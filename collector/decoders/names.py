"""What a value that people named themselves is: ``living_room_temperature`` -> temperature.

For sources whose devices are put together by hand and have no fixed names (ESPHome, Homie).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Final

from rooms.readings import FIELDS, DecodeError, Kind

# the first row of which a word stands in the name decides
_WORDS: Final[tuple[tuple[str, Kind, str], ...]] = (
    ("co2 dioxide", "climate", "co2_ppm"),
    ("humidity fuktighet luftfuktighet", "climate", "humidity_pct"),
    ("temperature temp temperatur", "climate", "temperature_c"),
    ("illuminance lux illumination belysningsstyrka", "climate", "illuminance_lx"),
    ("people persons person personer", "presence", "people"),
    ("motion pir movement rorelse", "presence", "motion"),
    ("presence occupancy occupied radar mmwave narvaro", "presence", "occupied"),
    ("battery batteri", "health", "battery_pct"),
    ("rssi signal", "health", "rssi_dbm"),
    ("uptime", "health", "uptime_s"),
)
# of the board itself, an estimate, or a setting of the sensor: nothing about the room
_NOT: Final = (
    "internal cpu esp esp32 chip board core eco2 voltage target distance timeout delay threshold"
    " sensitivity moving still energy calibration offset gate set"
)
_YES: Final = frozenset({"on", "true", "1"})
_NO: Final = frozenset({"off", "false", "0"})
_NONE: Final = frozenset({"nan", "unknown", "unavailable", "none", "null", ""})
_NUMBER: Final = re.compile(r"[+-]?\d{1,12}(\.\d{1,12})?")


@lru_cache(1024)
def field_named(name: str) -> tuple[Kind, str] | None:
    """The field that a name tells of; ``None`` for anything else."""
    words = frozenset(re.findall("[a-z]+[0-9]*", _plain(name)))
    if words.intersection(_NOT.split()):
        return None
    rows = ((kind, field) for known, kind, field in _WORDS if words.intersection(known.split()))
    return next(rows, None)


def value_of(kind: Kind, field: str, word: str, address: str) -> Any:
    """Text as such devices send it; ``None`` where they have no value. Raises ``DecodeError``."""
    plain = word.strip().lower()
    if plain in _NONE:
        return None
    if FIELDS[kind][field].type == "bool":
        if plain in _YES or plain in _NO:
            return plain in _YES
    elif _NUMBER.fullmatch(plain) and plain.isascii():
        return float(plain)
    raise DecodeError(
        "wrong_type", f"{kind}.{field} = {word[:40]!r}, expected a value of that kind", address
    )


def _plain(name: str) -> str:
    """``carbonDioxide`` -> ``carbon dioxide``; å, ä and ö as in names that have none."""
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name[:128])
    return apart.lower().translate(str.maketrans("åäöé", "aaoe"))
