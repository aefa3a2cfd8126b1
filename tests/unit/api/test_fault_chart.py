"""Readings as something to draw: stretches, thinning, states, the time axis."""

from __future__ import annotations

from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.board.fault_chart import MOST_SAMPLES, Frame, chart, runs, thinned
from api.board.fault_readings import Samples, Series, window_of
from rooms.faults import Fault
from rooms.registry import Registry, Site
from tests.unit.api.house import HOUR, MIN, NOW, SITE

ZONE = ZoneInfo("Europe/Stockholm")
DAY = 24 * HOUR
REGISTRY = Registry([Site.model_validate(SITE)])
samples = st.lists(st.integers(0, 10_000), max_size=60, unique=True).map(
    lambda times: [(time, 1.0) for time in sorted(times)]
)


@given(samples, st.integers(1, 2_000))
def test_stretches_hold_all_and_break_where_nothing_was_heard(told: Samples, gap: int) -> None:
    found = runs(told, gap)
    assert sorted({sample for run in found for sample in run}) == told
    assert all(b[0] - a[0] <= gap for run in found for a, b in pairwise(run))
    assert all(later[0][0] - run[-1][0] > gap for run, later in pairwise(found))


@given(st.integers(0, 2_000))
def test_no_more_than_can_be_told_apart(count: int) -> None:
    told = [(n, float(n)) for n in range(count)]
    kept = thinned(told)
    assert len(kept) <= MOST_SAMPLES
    assert kept[-1:] == told[-1:]
    assert set(kept) <= set(told)
    assert count > MOST_SAMPLES or kept == told


def frame(start: int, stop: int) -> Frame:
    return Frame(start, stop, NOW, ZONE, "sv")


def test_a_state_holds_as_long_as_it_was_known() -> None:
    """An unknown minute is a gap: the sensor is known for 2.5 intervals after a message."""
    known = REGISTRY.devices["tallen-radar"].known_for_ms
    start = NOW - 10 * known
    told = [(start, 0.0), (start + known, 1.0), (start + 2 * known, 1.0), (start + 8 * known, 0.0)]
    one = Series("tallen-radar", "presence.occupied", "state", told)
    made = chart([one], frame(start, NOW), REGISTRY, NOW, start)
    assert made is not None
    (row,) = made.rows
    # between readings three times as far apart as usual something is still known
    assert [(p.look, p.x, p.width) for p in row.pieces] == [
        ("off", "0.000%", "10.000%"),
        ("on", "10.000%", "40.000%"),
        ("off", "80.000%", "20.000%"),
    ]
    assert row.words.startswith("Sist nej, ")


@pytest.mark.parametrize(
    ("start", "stop", "labels"),
    [
        (NOW - 3 * HOUR, NOW, ["07.00", "07.30", "08.00", "08.30", "09.00", "09.30"]),
        (NOW - 25 * MIN, NOW, ["09.45"]),
        (
            NOW - 14 * DAY,
            NOW,
            ["10 nov.", "12 nov.", "14 nov.", "16 nov.", "18 nov.", "20 nov.", "22 nov."],
        ),
    ],
)
def test_marks_stand_at_whole_local_times(start: int, stop: int, labels: list[str]) -> None:
    one = Series("granen-pir", "heard", "heard", [(NOW - MIN, 1.0)])
    made = chart([one], frame(start, stop), REGISTRY, NOW, start)
    assert made is not None
    assert [mark.label for mark in made.marks] == labels


def test_nothing_heard_is_no_picture() -> None:
    assert chart([], frame(0, NOW), REGISTRY, NOW, 0) is None
    empty = Series("granen-pir", "heard", "heard", [])
    assert chart([empty], frame(0, NOW), REGISTRY, NOW, 0) is None


@pytest.mark.parametrize(
    ("code", "since", "opened", "window"),
    [
        ("equipment_error", -10 * MIN, -10 * MIN, (-130 * MIN, 0)),
        ("equipment_error", -3 * HOUR, -3 * HOUR, (-5 * HOUR, -2 * HOUR)),
        ("device_silent", -6 * HOUR, -10 * MIN, (-7 * HOUR, 0)),  # the onset is in it
        ("sensor_stuck", -9 * DAY, -2 * HOUR, (-26 * HOUR, -HOUR)),  # but not for more than a day
        ("battery_low", -DAY, -DAY, (-15 * DAY, -23 * HOUR)),
    ],
)
def test_the_time_shown(code: str, since: int, opened: int, window: tuple[int, int]) -> None:
    fault = Fault("x", code, "granen-pir", "", "warning", NOW + since, opened=NOW + opened)
    assert window_of(fault, NOW) == (NOW + window[0], NOW + window[1])
