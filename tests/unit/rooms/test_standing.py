"""Who is checked in right now: the same as what the numbers will say of this second."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooms.attribution import LOOKBACK, MINUTE, Booking, CheckIn, Claims, standing
from rooms.intervals import Intervals, clip
from tests.unit.rooms.test_attribution_properties import TICK, Case, cases

NOW = 1_795_424_400_000


def ago(minutes: int) -> int:
    return NOW - minutes * MINUTE


@pytest.mark.parametrize(
    ("occupied", "unknown", "stands"),
    [
        ([], [], False),  # vacant since the check-in an hour ago
        ([(ago(60), ago(14))], [], True),
        ([(ago(60), ago(15))], [], False),
        ([(ago(60), ago(40)), (ago(20), NOW)], [], False),  # somebody else has come since
        ([(ago(60), ago(40)), (ago(26), NOW)], [], True),
        ([(ago(60), ago(40))], [(ago(30), ago(10))], True),  # unknown is not vacant
        ([], [(ago(60), NOW)], True),
    ],
)
def test_fifteen_vacant_minutes_end_it(
    occupied: Intervals, unknown: Intervals, stands: bool
) -> None:
    claims = Claims(checkins=[CheckIn(ago(60), "a")])
    assert (standing(occupied, unknown, claims, NOW) is not None) == stands


def test_what_else_ends_it() -> None:
    here = [(ago(60), NOW)]

    def held(*checkins: CheckIn, **claims: Any) -> CheckIn | None:
        return standing(here, [], Claims(checkins=checkins, **claims), NOW)

    mine = CheckIn(ago(60), "a", None)
    assert held(mine) == mine
    assert held(mine, CheckIn(ago(5), None)) is None
    assert held(CheckIn(ago(5), "b"), mine) == CheckIn(ago(5), "b")
    assert held(mine, CheckIn(NOW + 1, "b")) == mine
    assert held(mine, bookings=[Booking("x", NOW, NOW + 1000, "b")]) is None
    assert held(mine, bookings=[Booking("x", NOW, NOW + 1000, "a")]) == mine
    # an end that was told holds as soon as the room is left, as in the numbers
    assert held(mine._replace(until=ago(30))) is not None
    gone = standing([(ago(60), ago(20))], [], Claims(checkins=[mine._replace(until=ago(30))]), NOW)
    assert gone is None


@given(cases(), st.data())
def test_it_agrees_with_the_numbers(case: Case, data: st.DataObject) -> None:
    ticks = [n for n, state in enumerate(case.states) if state == "occupied"]
    if not ticks:
        return
    now = data.draw(st.sampled_from(ticks)) * TICK
    begin = now - LOOKBACK
    claims = Claims(
        [b for b in case.claims.bookings if b.stop > begin and b.start <= now],
        [c for c in case.claims.checkins if begin < c.time <= now],
    )
    told = case.shares(now, now + 1000, replace(claims, host="host"))
    whose = next((s.partner for s in told if s.by == "checkin"), None)
    seen = (clip(case.during("occupied"), begin, now), clip(case.during("unknown"), begin, now))
    found = standing(*seen, claims, now)
    assert (found and found.partner) == whose
