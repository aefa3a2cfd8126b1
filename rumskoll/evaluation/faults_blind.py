"""What the rules should find of sensors that see people all the time, or never."""

from __future__ import annotations

from typing import Final

from devices.simulator.mishaps import Mishap
from rooms.devicemodels import Evidence
from rooms.intervals import Interval
from rumskoll.evaluation.faults_expected import (
    DISAGREEING,
    Explained,
    Found,
    House,
    expected,
)

_S: Final = 1000
_MINUTE: Final = 60_000
_SEEING: Final[frozenset[Evidence]] = frozenset({"motion", "presence", "count"})
_STILL: Final = 5 * _MINUTE  # people may sit so still between two movements


def stuck(house: House, mishap: Mishap) -> Found:
    limit = house.limits(mishap.target).sensor_stuck
    assert limit is not None
    yield expected(house, mishap, "sensor_stuck", limit.occupied * _S, "occupied")
    for other in house.together(mishap.target, mishap.start):
        if other.device.id != mishap.target:
            yield Explained(DISAGREEING, other.device.id, mishap.start, mishap.stop)


def blind(house: House, mishap: Mishap) -> Found:
    limit = house.limits(mishap.target).sensor_stuck
    assert limit is not None
    if mishap.stop - mishap.start > limit.never * _S:
        yield expected(house, mishap, "sensor_stuck", limit.never * _S, "never")
    yield Explained(DISAGREEING, mishap.target, mishap.start, mishap.stop)
    onsets, certain = _stays_seen(house, mishap)
    if certain:
        after = house.limits(mishap.target).sensor_disagreement
        assert after is not None
        one = expected(house, mishap, DISAGREEING, after.after * _S, onsets=onsets)
        yield one._replace(detail=None)


def _stays_seen(house: House, mishap: Mishap) -> tuple[list[int], bool]:
    """When the stays of the time begin, and whether one is so long that another device must
    have seen people for as long as the rule waits, and be heard about it."""
    limit = house.limits(mishap.target).sensor_disagreement
    room = house.registry.room_of(mishap.target, mishap.start)
    assert limit is not None
    assert room is not None
    after = limit.after * _S
    own = house.every(mishap.target) if house.every(mishap.target) <= after else 0
    others = [
        2 * house.every(o.device.id) if o.model.lorawan else _STILL
        for o in house.together(mishap.target, mishap.start)
        if o.device.id != mishap.target and _SEEING & {*o.evidence}
    ]
    spans = [span for span in house.stays[room] if _within(span, mishap)]
    longest = max((stop - start for start, stop in spans), default=0)
    certain = bool(others) and longest > after + own + min(others)
    return [start for start, _ in spans], certain


def _within(span: Interval, mishap: Mishap) -> bool:
    return mishap.start + 10 * _MINUTE <= span[0] and span[1] <= mishap.stop
