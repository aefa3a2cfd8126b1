"""Runs a comparison: of the standard scenarios, or of one CSV file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from rooms.registry.models import Site
from rooms.registry.parse import parse_site
from rumskoll.evaluation.comparison import Case, Comparison, Score, compare
from rumskoll.evaluation.playing import play
from rumskoll.evaluation.scenarios import SHOWN_ROOM, Scenario
from rumskoll.evaluation.table import Columns, Table, read_table
from rumskoll.wiring import example_rooms


class Outcome(NamedTuple):
    """One scenario: the scores of all rooms together, of the whole week and of its opening
    hours, and the room that stands for it in the plot."""

    scenario: Scenario
    whole: Score
    open: Score
    shown: Comparison

    @property
    def met(self) -> bool:
        """Did it come as near to the truth as it should?"""
        score, aim = self.whole, self.scenario
        if score.accuracy is None or score.occupied_share is None or score.true_share is None:
            return False
        apart = abs(score.occupied_share - score.true_share)
        return score.accuracy >= aim.least and (aim.nearest is None or apart <= aim.nearest)


def example() -> Site:
    """The house whose people the scenarios are about."""
    path = example_rooms()
    return parse_site(path.read_text("utf-8"), path.name)


def run_scenario(scenario: Scenario, seed: int, step: Callable[[float], None]) -> Outcome:
    """``step`` is told how far it is, 0 to 1."""
    found = [compare(case) for case in play(scenario, example(), seed, step)]
    return Outcome(
        scenario,
        sum((one.score for one in found), Score()),
        sum((one.open_score for one in found), Score()),
        next(one for one in found if one.case.name == SHOWN_ROOM),
    )


def compare_file(
    file: Path, columns: Columns, every: int, zone: ZoneInfo
) -> tuple[Table, Comparison | None]:
    """What of a CSV file was read, and how its devices' room comes out; ``None`` where no row
    could be used. Raises ``Unusable`` and ``OSError``."""
    table = read_table(file, columns, zone)
    if not table.truth:
        return table, None
    true, told = table.truth_over_time(every)
    case = Case(file.name, table.devices(every), *table.span(every), true, told)
    return table, compare(case)
