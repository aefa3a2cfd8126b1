"""``rumskoll evaluate faults`` as a user or a script calls it, on a month made by hand."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from rumskoll.commands.common import say
from rumskoll.evaluation import faults_run
from rumskoll.evaluation.faults_expected import Expected, Truth
from rumskoll.evaluation.faults_judging import FoundFault, judge
from rumskoll.evaluation.faults_run import Month
from tests.unit.rumskoll.telling import rumskoll, told

MIN = 60_000
CODE = "battery_low"


@pytest.fixture
def played(monkeypatch: pytest.MonkeyPatch) -> Callable[[bool], list[tuple[int, int]]]:
    """``played(found)``: whether the one fault of the month is found. What was asked for."""
    monkeypatch.setenv("COLUMNS", "200")

    def prepare(found: bool) -> list[tuple[int, int]]:
        asked: list[tuple[int, int]] = []

        def run(_: Any, seed: int, days: int, step: Callable[[float], None]) -> Month:
            asked.append((seed, days))
            step(1.0)
            truth = Truth([Expected(CODE, "pir", "", (0,), 100 * MIN, 0, 60 * MIN)], [])
            faults = [FoundFault(CODE, "pir", "", 5 * MIN, 200 * MIN)] if found else []
            return Month(days, 32, judge([CODE], truth, faults), Counter({"digest": 1}), 1)

        monkeypatch.setattr(faults_run, "run_month", run)
        return asked

    return prepare


def test_a_month_that_meets_its_aims(played: Callable[[bool], Any]) -> None:
    asked = played(True)
    page = told("evaluate", "faults", "--seed", "7", "--days", "14")
    assert asked == [(7, 14)]
    assert CODE in page
    assert say("evaluate_faults.column.found") in page


def test_json_for_scripts(played: Callable[[bool], Any]) -> None:
    played(True)
    found = json.loads(told("evaluate", "faults", "--json"))
    assert (found["days"], found["met"]) == (30, True)
    assert found["codes"][0]["median_min"] == 5.0


def test_one_that_misses_them_says_why_and_fails(played: Callable[[bool], Any]) -> None:
    played(False)
    result = rumskoll("evaluate", "faults", "--markdown")
    assert result.exit_code == 1
    assert "`battery_low`" in result.stdout
    assert "pir" in result.stderr
    assert say("evaluate_faults.aim_missed") in result.stderr


def test_the_weeks_of_occupancy_are_not_played_as_well(
    played: Callable[[bool], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    played(True)
    monkeypatch.setattr("rumskoll.commands.evaluate._scenarios", pytest.fail)
    told("evaluate", "faults")
