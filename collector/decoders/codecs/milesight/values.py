"""How single values stand in Milesight's frames, little-endian, as functions made once.

Each takes (frame, offset, what is told so far), adds to the last, and returns whether the value
was impossible and left out.
"""

from __future__ import annotations

from collections.abc import Callable

from collector.decoders.codecs.base import Given
from rooms.readings import FIELDS, Kind, Value

Read = Callable[[bytes, int, Given], bool]


def tell(given: Given, kind: Kind, field: str, value: Value) -> None:
    known = given.get(kind)
    if known is None:
        given[kind] = {field: value}
    else:
        known[field] = value


def number(
    kind: Kind, field: str, size: int, *, per: int = 1, signed: bool = False, none_from: int = 0
) -> Read:
    """A number of ``size`` bytes, divided by ``per``; raw values from ``none_from`` on say that
    the sensor has none just now (not calibrated yet, broken)."""
    low, high = FIELDS[kind][field].low, FIELDS[kind][field].high
    most = none_from or 1 << 8 * size

    def read(frame: bytes, at: int, given: Given) -> bool:
        raw = int.from_bytes(frame[at : at + size], "little")
        if raw >= most:
            return False
        if signed and raw >> 8 * size - 1:
            raw -= 1 << 8 * size
        value = raw / per
        if not low <= value <= high:
            return True
        tell(given, kind, field, value)
        return False

    return read


def flag(field: str) -> Read:
    """``presence.<field>``: 0 no, 1 yes."""

    def read(frame: bytes, at: int, given: Given) -> bool:
        value = frame[at]
        if value > 1:
            return True
        tell(given, "presence", field, float(value))
        return False

    return read


def people(size: int) -> Read:
    """How many there are now, and so whether anybody is."""

    def read(frame: bytes, at: int, given: Given) -> bool:
        return people_are(int.from_bytes(frame[at : at + size], "little"), given)

    return read


def people_are(count: int, given: Given) -> bool:
    if count > FIELDS["presence"]["people"].high:
        return True
    tell(given, "presence", "people", float(count))
    tell(given, "presence", "occupied", float(count > 0))
    return False


def people_in_regions(frame: bytes, at: int, given: Given) -> bool:
    """A byte for each of four regions, which are drawn so that they do not overlap."""
    return people_are(sum(frame[at : at + 4]), given)


def desks(frame: bytes, at: int, given: Given) -> bool:
    """Which of ten regions are watched, and which of these are occupied, a bit each."""
    watched, occupied = frame[at] | frame[at + 1] << 8, frame[at + 2] | frame[at + 3] << 8
    if not watched:
        return False
    tell(given, "presence", "occupied", float(bool(watched & occupied)))
    return False


def battery(frame: bytes, at: int, given: Given) -> bool:
    """Percent; of two batteries the emptier counts. 255: it cannot tell."""
    value = frame[at]
    if value == 0xFF:
        return False
    if value > 100:
        return True
    known = given.get("health", {}).get("battery_pct")
    tell(given, "health", "battery_pct", min(float(value), float(known or value)))
    return False


def totals(size: int) -> Read:
    """How many ever went in, and how many out: ``size`` bytes each."""
    went_in = number("presence", "in_total", size)
    went_out = number("presence", "out_total", size)

    def read(frame: bytes, at: int, given: Given) -> bool:
        return went_in(frame, at, given) | went_out(frame, at + size, given)

    return read


def version(parts: int) -> Read:
    """A firmware's version, a byte for each part."""

    def read(frame: bytes, at: int, given: Given) -> bool:
        tell(given, "health", "firmware", ".".join(str(part) for part in frame[at : at + parts]))
        return False

    return read


TEMPERATURE = number("climate", "temperature_c", 2, per=10, signed=True)
HUMIDITY = number("climate", "humidity_pct", 1, per=2, none_from=0xFF)
CO2 = number("climate", "co2_ppm", 2, none_from=0xFFFD)
