"""Found, missed, late and false: by hand."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from rumskoll.evaluation.faults_expected import Expected, Explained, Truth
from rumskoll.evaluation.faults_judging import FoundFault, judge
from rumskoll.evaluation.faults_report import amiss, as_json, markdown, rows
from rumskoll.evaluation.faults_run import Month

MIN = 60_000
CODE = "device_silent"


def expected(start: int = 100, stop: int = 200, **more: Any) -> Expected:
    """Of "pir"; the rule waits for 25 min, and it speaks every 10."""
    whole = {"code": CODE, "subject": "pir", "detail": "", "delay": 25, "every": 10} | more
    onsets = tuple(MIN * at for at in whole.pop("onsets", (start,)))
    for name in ("delay", "every"):
        whole[name] *= MIN
    return Expected(onsets=onsets, stop=stop * MIN, **whole)


def found(opened: int, closed: int = 1000, **more: Any) -> FoundFault:
    whole = {"code": CODE, "subject": "pir", "detail": ""} | more
    return FoundFault(opened=opened * MIN, closed=closed * MIN, **whole)


def judged(
    wanted: list[Expected], faults: list[FoundFault], explained: list[Explained] | None = None
) -> tuple[list[float | None], int]:
    """Minutes that each took, and how many are false."""
    (score,) = judge([CODE], Truth(wanted, explained or []), faults)
    times = [None if one.took is None else one.took / MIN for one in score.detections]
    return times, len(score.false)


@pytest.mark.parametrize(
    ("fault", "took", "false"),
    [
        (found(125), 25, 0),
        (found(209), 109, 0),  # its last message may have been under way
        (found(216), None, 1),
        (found(99), 0, 1),  # there when it came, but for no reason
        (found(50, 100), None, 1),  # over before
        (found(125, subject="radar"), None, 1),
        (found(125, detail="call"), None, 1),
    ],
)
def test_one_fault_and_what_was_found(fault: FoundFault, took: float | None, false: int) -> None:
    assert judged([expected()], [fault]) == ([took], false)


def test_any_detail_will_do() -> None:
    assert judged([expected(detail=None)], [found(125, detail="call")]) == ([25], 0)


def test_it_counts_from_the_last_time_that_it_showed() -> None:
    wanted = expected(onsets=(100, 130, 180))
    assert judged([wanted], [found(150)]) == ([20], 0)


def test_the_first_of_several_counts() -> None:
    assert judged([expected()], [found(150, 160), found(126, 130)]) == ([26], 0)


def test_a_consequence_is_no_false_alarm() -> None:
    under = Explained(CODE, "radar", 100 * MIN, 200 * MIN)
    assert judged([], [found(150, subject="radar")], [under]) == ([], 0)
    assert judged([], [found(206, subject="radar")], [under]) == ([], 1)
    assert judged([], [found(150, subject="pir")], [under]) == ([], 1)


def test_a_code_that_nobody_made_is_false_all_the_same() -> None:
    scores = judge([CODE], Truth([], []), [found(5, code="flapping")])
    assert [(score.code, len(score.false)) for score in scores] == [(CODE, 0), ("flapping", 1)]


@pytest.mark.parametrize(
    ("took", "in_time"), [([25, 35, 99], True), ([36, 36, 1], False), ([], True)]
)
def test_in_time_is_the_median_within_an_interval(took: list[int], in_time: bool) -> None:
    wanted = [expected(1000 * n, 1000 * n + 500) for n in range(1, len(took) + 1)]
    faults = [found(1000 * n + t, 1000 * n + 600) for n, t in enumerate(took, 1)]
    (score,) = judge([CODE], Truth(wanted, []), faults)
    assert score.in_time is in_time
    assert score.met is in_time


def test_missing_one_misses_the_aim() -> None:
    (score,) = judge([CODE], Truth([expected(), expected(2000, 2500)], []), [found(125, 300)])
    assert (score.rate, score.met) == (0.5, False)


# ---- how it is told


def month(*faults: FoundFault) -> Month:
    """Of ten devices and 15 days: half a device-month each."""
    scores = judge([CODE, "flapping"], Truth([expected(), expected(2000, 2500)], []), faults)
    return Month(15, 10, scores, Counter({"faults": 4, "digest": 2}), 3)


def test_the_rows() -> None:
    one = month(found(125, 300), found(2030, 2600), found(700, 710, subject="radar"))
    assert rows(one, "en") == [
        [CODE, "2", "2", "100.00 %", "28 min", "30 min", "25 min + 10 min", "1", "0.20"],
        ["flapping", "0", "0", "–", "–", "–", "", "0", "0.00"],
        ["All", "2", "2", "100.00 %", "", "", "", "1", "0.20"],
    ]
    assert rows(one, "sv")[0][-1] == "0,20"
    assert amiss(one, "en") == ["False alarm: device_silent, radar, 1970-01-01 11:40 UTC."]


def test_what_was_not_found_is_named() -> None:
    lines = amiss(month(found(125, 300)), "sv")
    assert lines == ["Inte funnet: device_silent, pir, från 1970-01-02 09:20 UTC."]


def test_markdown_and_json_say_the_same() -> None:
    one = month(found(125, 300), found(2030, 2600))
    page = markdown(one, "en")
    assert "| `device_silent` | 2 | 2 | 100.00 % |" in page
    assert "got 6 messages in 15 days: 4 when something happened, 2 morning digests" in page
    told = as_json(one)
    assert told["met"] is True
    assert told["messages"] == {
        "in_all": 6,
        "faults": 4,
        "digest": 2,
        "room_check": 0,
        "busiest_day": 3,
    }
    assert (told["codes"][0]["median_min"], told["codes"][1]["median_min"]) == (27.5, None)
