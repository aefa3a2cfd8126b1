"""The first pass: reads all, writes nothing, and tells whether the file is fit to be imported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

from collector.rollup_plan import Bounds
from rooms.registry import Registry
from rumskoll.importing.csv_rows import CsvFile, Progress, Unusable, in_silence
from rumskoll.importing.map import ImportMap
from rumskoll.importing.reach import Reach
from rumskoll.importing.rows import REFUSED, STORED, Fate, Rows

EXAMPLES: Final = 3  # of each reason
MOST_REFUSED: Final = 0.1  # more says that the map is wrong, not the rows
_MOST_NAMES: Final = 1_000  # of unknown devices


class Example(NamedTuple):
    line: int
    column: str
    value: str


@dataclass(slots=True)
class Survey:
    rows: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[Example]] = field(default_factory=dict)
    unknown: Counter[str] = field(default_factory=Counter)  # devices, and their rows
    first: int | None = None  # the oldest reading, ms
    last: int | None = None
    repeated: int = 0
    digest: str = ""
    mixed: tuple[str, tuple[int, str], tuple[int, str]] | None = None

    def count(self, line: int, fate: Fate) -> None:
        self.rows += 1
        self.outcomes[fate.outcome] += 1
        if fate.outcome == REFUSED:
            self._refused(line, fate)
        for point in fate.points:
            self.first = point.time if self.first is None else min(self.first, point.time)
            self.last = point.time if self.last is None else max(self.last, point.time)

    def _refused(self, line: int, fate: Fate) -> None:
        self.reasons[fate.reason] += 1
        examples = self.examples.setdefault(fate.reason, [])
        if len(examples) < EXAMPLES:
            examples.append(Example(line, fate.column, fate.value))
        known = fate.value in self.unknown or len(self.unknown) < _MOST_NAMES
        if fate.reason == "unknown_device" and known:
            self.unknown[fate.value] += 1

    def objection(self, *, accept_refused: bool) -> Unusable | None:
        """Why nothing should be written, if so."""
        if self.mixed is not None:
            column, *both = self.mixed
            (line, value), (other_line, other) = both
            values: Mapping[str, object] = {
                "column": column,
                "line": line,
                "value": value,
                "other_line": other_line,
                "other": other,
            }
            return Unusable("import.mixed", **values)
        if not self.outcomes[STORED]:
            return Unusable("import.nothing")
        if accept_refused:
            return None
        if self.unknown:
            names = ", ".join(f'"{name}" ({n})' for name, n in self.unknown.most_common(10))
            return Unusable("import.unknown", names=names)
        refused = self.outcomes[REFUSED]
        if refused > MOST_REFUSED * self.rows:
            share = f"{100 * refused / self.rows:.0f}"
            return Unusable("import.too_many", count=refused, rows=self.rows, share=share)
        return None


def _nobody(_line: int, _fate: Fate) -> None:
    pass


def survey(
    path: Path,
    given: ImportMap,
    registry: Registry,
    bounds: Bounds,
    now: int,
    progress: Progress = in_silence,
    refused: Callable[[int, Fate], None] = _nobody,
) -> tuple[Survey, Reach]:
    """``refused`` is told of every row that is, with its line. Raises ``Unusable`` and
    ``OSError``."""
    file = CsvFile(path, given, progress)
    found, reach = Survey(), Reach(registry, bounds, now)
    rows: Rows | None = None
    for row in file.rows():
        rows = rows or Rows(given, registry, file.header, now)
        fate = rows.take(row)
        found.count(row.line, fate)
        reach.note(fate.points)
        if fate.outcome == REFUSED:
            refused(row.line, fate)
    if rows is not None:
        found.repeated = rows.repeated
        found.mixed = rows.mixed()
    found.digest = file.digest
    return found, reach
