"""Computed against true occupancy: shares, coverage and causes, by hand."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooms.devicemodels import Evidence
from rooms.hearing import DeviceHistory, Sample
from rooms.registry.registry import FOREVER
from rumskoll.evaluation.comparison import Case, Score, compare
from tests.examples import costly

MINUTE = 60_000
HOUR = 60 * MINUTE
Spans = list[tuple[int, int]]


def radar(reports: dict[int, bool], name: str = "radar") -> DeviceHistory:
    """Reports by minute, and a sign of life every ten minutes of three hours."""
    samples: dict[int, Any] = {n * MINUTE: {} for n in range(0, 180, 10)}
    samples |= {n * MINUTE: {"occupied": float(there)} for n, there in reports.items()}
    return device("presence", samples, name)


def device(evidence: Evidence, samples: dict[int, Any], name: str = "d") -> DeviceHistory:
    told = [Sample(time, samples[time]) for time in sorted(samples)]
    return DeviceHistory(name, (evidence,), 600, 1_500_000, 0, None, told, [(-FOREVER, FOREVER)])


def scored(devices: list[DeviceHistory], true: Spans, **more: Any) -> Score:
    """Three hours, the truth given in minutes."""
    truth = [(a * MINUTE, b * MINUTE) for a, b in true]
    told = [(0, 3 * HOUR)]
    return compare(Case("x", devices, 0, 3 * HOUR, truth, told, **more)).score


def minutes(wrong: Any) -> dict[str, float]:
    return {cause: seconds / 60 for cause, seconds in wrong.items() if seconds}


def test_all_right() -> None:
    score = scored([radar({0: False, 60: True, 90: False})], [(60, 90)])
    assert (score.accuracy, score.coverage) == (1, 1)
    assert score.occupied_share == score.true_share == pytest.approx(30 / 180)
    assert score.wrong == 0


def test_late_at_both_ends_is_hold() -> None:
    score = scored([radar({0: False, 62: True, 95: False})], [(60, 90)])
    assert minutes(score.missed) == {"hold": 2}
    assert minutes(score.invented) == {"hold": 5}
    assert score.accuracy == pytest.approx(173 / 180)
    assert score.occupied_share == pytest.approx(33 / 180)


def test_a_break_that_is_bridged_is_a_gap() -> None:
    score = scored([radar({0: False, 60: True, 90: False})], [(60, 70), (78, 90)])
    assert minutes(score.invented) == {"gap": 8}
    assert minutes(score.missed) == {}


def test_sitting_still_is_a_gap_too() -> None:
    reports = {0: False, 60: True, 70: False, 85: True, 90: False}
    score = scored([radar(reports)], [(60, 90)])
    assert minutes(score.missed) == {"gap": 15}


def test_a_whole_stay() -> None:
    score = scored([radar({0: False, 60: True, 65: False})], [(100, 107)])
    assert minutes(score.invented) == {"stay": 5}
    assert minutes(score.missed) == {"stay": 7}


def test_silence_is_unknown_and_before_that_the_devices_fault() -> None:
    """Heard last at 60 min: late from 75 on, unknown from 85 on."""
    samples = {n * MINUTE: {"occupied": 0.0} for n in range(0, 70, 10)}
    score = scored([device("presence", samples)], [(50, 55), (70, 180)])
    assert minutes(score.missed) == {"stay": 5 + 5, "silence": 10}
    assert score.coverage == pytest.approx(85 / 180)
    assert score.accuracy == pytest.approx(65 / 85)  # what is unknown is not wrong
    assert score.true_share == pytest.approx(20 / 85)


def test_disagreement_is_when_one_was_right() -> None:
    right = radar({0: False, 60: True, 90: False})
    late = radar({0: False, 60: True, 97: False}, "late")
    score = scored([right, late], [(60, 90)])
    assert minutes(score.invented) == {"disagreement": 7}
    assert minutes(scored([late, late], [(60, 90)]).invented) == {"hold": 7}


def test_only_time_with_a_truth_is_judged() -> None:
    case = Case(
        "x",
        [radar({0: False, 60: True, 90: False})],
        0,
        3 * HOUR,
        [(30 * MINUTE, 60 * MINUTE)],
        [(0, HOUR)],
    )
    score = compare(case).score
    assert (score.asked, score.known, score.judged) == (3 * 3600, 3 * 3600, 3600)
    assert (score.accuracy, score.occupied_share, score.true_share) == (0.5, 0, 0.5)


def test_opening_hours_apart() -> None:
    case = Case(
        "x",
        [radar({0: False, 60: True, 95: False})],
        0,
        3 * HOUR,
        [(HOUR, 90 * MINUTE)],
        [(0, 3 * HOUR)],
        open=[(HOUR, 2 * HOUR)],
    )
    found = compare(case)
    assert found.open_score.asked == 3600
    assert found.open_score.accuracy == pytest.approx(55 / 60)
    assert found.score.accuracy == pytest.approx(175 / 180)


def test_nothing_known_gives_no_shares() -> None:
    score = scored([device("presence", {})], [(0, 10)])
    assert (score.accuracy, score.occupied_share, score.true_share) == (None, None, None)
    assert score.coverage == 0


def test_rooms_add_up() -> None:
    one = scored([radar({0: False, 60: True, 95: False})], [(60, 90)])
    other = scored([radar({0: False})], [(60, 90)])
    both = one + other
    assert both.judged == 6 * 3600
    assert minutes(both.invented) == {"hold": 5}
    assert minutes(both.missed) == {"stay": 30}
    assert both.accuracy == pytest.approx(1 - 35 / 360)


spans = st.lists(
    st.tuples(st.integers(0, 170), st.integers(1, 30)).map(lambda t: (t[0], min(t[0] + t[1], 180))),
    max_size=4,
)
reports = st.dictionaries(st.integers(0, 179), st.booleans(), max_size=12)


@costly(2)
@given(st.lists(reports, min_size=1, max_size=2), spans)
def test_every_second_is_right_or_wrong_once(told: list[dict[int, bool]], true: Spans) -> None:
    """Against second-by-second counting."""
    devices = [radar(one, f"d{n}") for n, one in enumerate(told)]
    case = Case(
        "x",
        devices,
        0,
        3 * HOUR,
        sorted((a * MINUTE, b * MINUTE) for a, b in _merged(true)),
        [(0, 3 * HOUR)],
    )
    found = compare(case)
    bits = [
        [any(a <= t < b for a, b in spans) for t in range(0, 3 * HOUR, 1000)]
        for spans in (found.timeline.occupied, case.true, found.timeline.unknown)
    ]
    cells = [(o, t) for o, t, unknown in zip(*bits, strict=True) if not unknown]
    assert found.score.judged == len(cells)
    assert sum(found.score.invented.values()) == cells.count((True, False))
    assert sum(found.score.missed.values()) == cells.count((False, True))


def _merged(these: Spans) -> Spans:
    out: Spans = []
    for start, stop in sorted(these):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(stop, out[-1][1]))
        else:
            out.append((start, stop))
    return out
