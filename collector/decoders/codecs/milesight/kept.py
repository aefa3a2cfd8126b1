"""What Milesight's sensors kept while nobody heard them (channels 0x20 and 0x21, type 0xCE).

Each entry begins with its own time, seconds since 1970; what follows depends on the model, and
for some on a byte that says what kind of entry it is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from collector.decoders.codecs.base import Given
from collector.decoders.codecs.milesight.values import (
    CO2,
    HUMIDITY,
    TEMPERATURE,
    Read,
    desks,
    flag,
    number,
    people,
    people_in_regions,
    totals,
)

Part = tuple[int, Read]  # offset from the entry's begin, and what stands there
Layout = tuple[int, tuple[Part, ...]]  # length with the time, parts
LayoutOf = Callable[[int], Layout | None]  # by the byte after the time; None: not known

_WIDE_HUMIDITY: Final = number("climate", "humidity_pct", 2, per=2, none_from=0xFFFF)
_TVOC: Final = number("climate", "tvoc_ugm3", 2, none_from=0xFFFD)
_IN: Final = number("presence", "in_total", 4)
_OUT: Final = number("presence", "out_total", 4)


def entry(frame: bytes, at: int, layout_of: LayoutOf) -> tuple[int, int, Given, bool] | None:
    """The entry at ``at``: its end, its time (ms), what it says, whether some of it is
    impossible; ``None`` if it is cut off. Raises ``LookupError`` for an unknown kind."""
    if len(frame) < at + 5:
        return None
    layout = layout_of(frame[at + 4])
    if layout is None:
        raise LookupError
    length, parts = layout
    if len(frame) < at + length:
        return None
    given: Given = {}
    odd = False
    for offset, read in parts:
        odd |= read(frame, at + offset, given)
    return at + length, int.from_bytes(frame[at : at + 4], "little") * 1000, given, odd


def always(length: int, *parts: Part) -> LayoutOf:
    layout = (length, parts)
    return lambda _: layout


def by_kind(layouts: dict[int, Layout]) -> LayoutOf:
    return layouts.get


CLIMATE: Final = always(7, (4, TEMPERATURE), (6, HUMIDITY))
CLIMATE_CO2: Final = always(9, (4, TEMPERATURE), (6, HUMIDITY), (7, CO2))
CLIMATE_STATUS: Final = always(8, (4, TEMPERATURE), (6, HUMIDITY))
STATUS: Final = always(8)
CLIMATE_PULSES: Final = always(13, (4, TEMPERATURE), (6, HUMIDITY))
CLIMATE_WATER: Final = always(18, (4, TEMPERATURE), (6, HUMIDITY))
CO2_CLIMATE: Final = always(11, (4, CO2), (8, TEMPERATURE), (10, HUMIDITY))
DESK: Final = always(9, (5, flag("occupied")), (6, TEMPERATURE), (8, HUMIDITY))


def air(length: int, *, tvoc: bool) -> LayoutOf:
    """AM300: ``tvoc`` where it is told in µg/m³ and not as an index."""
    parts = [(4, TEMPERATURE), (6, _WIDE_HUMIDITY), (8, flag("motion")), (10, CO2)]
    return always(length, *parts, *([(12, _TVOC)] if tvoc else []))


# in and out of the period, then, for the second kind, those of all time
FLOW: Final = by_kind({0: (9, ()), 1: (13, ((9, totals(2)),))})
DESKS: Final = by_kind({0: (7, ((5, people(2)),)), 1: (9, ((5, desks),))})
# by the channel that the value has when it is new; line 1 only, as there
LINES: Final = by_kind(
    dict.fromkeys(range(0x03, 0x1E), (9, ()))
    | dict.fromkeys((0x10, 0x1E, 0x20, 0x3C), (8, ()))  # how long people stay
    | {0x03: (9, ((5, _IN),)), 0x04: (9, ((5, _OUT),)), 0x0F: (9, ((5, people_in_regions),))}
)
CROWD: Final = by_kind(
    dict.fromkeys(range(0x02, 0x13), (9, ()))
    | {0x01: (9, ((5, people(1)),)), 0x03: (6, ()), 0x10: (9, ((5, totals(2)),)), 0x11: (10, ())}
)
