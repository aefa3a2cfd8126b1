"""Readings and truth out of anyone's CSV file: every named column is a device in one room."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from rooms.devicemodels import Evidence
from rooms.hearing import DeviceHistory, Sample
from rooms.intervals import Intervals, union
from rooms.readings import DecodeError, Value
from rooms.registry.registry import FOREVER
from rooms.values import checked
from rumskoll.evaluation.cells import BadCell, Numbers, TimeReader

FIELDS: Final[Mapping[Evidence, str]] = {
    "motion": "motion",
    "presence": "occupied",
    "count": "people",
}
"""What a column of each evidence tells: motion and presence where above 0, people as they are."""

KNOWN_FOR: Final = 2.5  # intervals, as for any device that is not on LoRaWAN (metrics.md 1)
_DELIMITERS: Final = ",;\t"


class Unusable(Exception):
    """The file cannot be used at all; ``key`` and ``values`` name the text that says why."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key, self.values = key, values


class Refused(NamedTuple):
    """A row that was left out, and why (a text and its values)."""

    line: int
    key: str
    values: Mapping[str, object]


class Columns(NamedTuple):
    """Which columns to read; several ``time`` columns are joined by a space."""

    time: Sequence[str]
    truth: str
    sensors: Sequence[tuple[Evidence, str]]

    @property
    def names(self) -> list[str]:
        return [*self.time, self.truth, *(name for _, name in self.sensors)]

    def one_by_one(self, header: Sequence[str]) -> Columns:
        """With ``A,B`` as two columns, unless one is called so."""
        return Columns(
            [name for given in self.time for name in _names(given, header)],
            self.truth,
            [(kind, name) for kind, given in self.sensors for name in _names(given, header)],
        )


def _names(given: str, header: Sequence[str]) -> list[str]:
    return [given] if given in header else [name.strip() for name in given.split(",")]


@dataclass(slots=True)
class Table:
    """``truth`` is None where the file does not tell; times ascend, in ms of UTC."""

    columns: Columns
    truth: list[tuple[int, bool | None]] = field(default_factory=list)
    samples: list[list[Sample]] = field(default_factory=list)  # by sensor
    refused: list[Refused] = field(default_factory=list)

    def span(self, every: int) -> tuple[int, int]:
        """From the first row to one interval (seconds) after the last."""
        return self.truth[0][0], self.truth[-1][0] + every * 1000

    def truth_over_time(self, every: int) -> tuple[Intervals, Intervals]:
        """When somebody was there, and when the truth is known: a row holds until the next,
        but not longer than a device is known."""
        _, end = self.span(every)
        longest = round(KNOWN_FOR * every * 1000)
        nexts = [time for time, _ in self.truth[1:]] + [end]
        told = [
            (time, min(following, time + longest), there)
            for (time, there), following in zip(self.truth, nexts, strict=True)
            if there is not None
        ]
        true = union((start, stop) for start, stop, there in told if there)
        return true, union((start, stop) for start, stop, _ in told)

    def devices(self, every: int) -> list[DeviceHistory]:
        return [
            DeviceHistory(
                device=f"{kind}:{name}",
                evidence=(kind,),
                expect_every=every,
                known_for_ms=round(KNOWN_FOR * every * 1000),
                hold=0,
                zone=None,
                samples=samples,
                placed=[(-FOREVER, FOREVER)],
            )
            for (kind, name), samples in zip(self.columns.sensors, self.samples, strict=True)
        ]


def read_table(path: Path, columns: Columns, zone: ZoneInfo) -> Table:
    """Read the rows; those that cannot be used are listed with line and reason.

    ``zone`` is for times without an offset. Raises ``Unusable`` and ``OSError``.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return _read(file, columns, zone)
    except UnicodeDecodeError:
        raise Unusable("evaluate.not_text", file=path) from None
    except csv.Error as error:
        raise Unusable("evaluate.not_csv", file=path, reason=error) from None


def _read(lines: Iterable[str], columns: Columns, zone: ZoneInfo) -> Table:
    rows = iter(lines)
    first = next(rows, "")
    header, delimiter = _header(first, columns)
    columns = columns.one_by_one(header)
    at = {name: _place(name, header) for name in columns.names}
    table = Table(columns, samples=[[] for _ in columns.sensors])
    reader = _Rows(at, TimeReader(zone), table)
    body = csv.reader(rows, delimiter=delimiter)
    for cells in body:
        if any(cell.strip() for cell in cells):
            reader.take(body.line_num + 1, cells, len(header))
    table.truth.sort(key=lambda row: row[0])
    for samples in table.samples:
        samples.sort(key=lambda sample: sample.time)
    return table


def _header(line: str, columns: Columns) -> tuple[list[str], str]:
    """The names in the first line, and the delimiter under which most wanted ones stand there."""

    def fit(read: tuple[list[str], str]) -> tuple[int, int]:
        header = read[0]
        return len({*columns.one_by_one(header).names} & {*header}), len(header)

    readings = [
        ([name.strip() for name in next(csv.reader([line], delimiter=mark), [])], mark)
        for mark in _DELIMITERS
    ]
    return max(readings, key=fit)


def _place(name: str, header: Sequence[str]) -> int:
    if name not in header:
        known = ", ".join(filter(None, header)) or "-"
        raise Unusable("evaluate.no_column", name=name, known=known[:500])
    if header.count(name) > 1:
        raise Unusable("evaluate.column_twice", name=name)
    return header.index(name)


@dataclass(slots=True)
class _Rows:
    at: Mapping[str, int]
    clock: TimeReader
    table: Table
    numbers: Numbers = field(default_factory=Numbers)
    lines: dict[int, int] = field(default_factory=dict)  # time -> its line

    def take(self, line: int, cells: Sequence[str], wanted: int) -> None:
        try:
            if len(cells) != wanted:
                raise BadCell("evaluate.row.cells", count=len(cells), wanted=wanted)
            time = self.clock.read(
                " ".join(cells[self.at[name]] for name in self.table.columns.time)
            )
            if (before := self.lines.setdefault(time, line)) != line:
                raise BadCell("evaluate.row.same_time", line=before)
            there = self.numbers.read(cells[self.at[self.table.columns.truth]])
            told = [*self._told(cells)]
        except BadCell as bad:
            self.table.refused.append(Refused(line, bad.key, bad.values))
            return
        self.table.truth.append((time, None if there is None else there > 0))
        for samples, fields in zip(self.table.samples, told, strict=True):
            if fields:
                samples.append(Sample(time, fields))

    def _told(self, cells: Sequence[str]) -> Iterator[Mapping[str, Value]]:
        """What each sensor says in this row: nothing where its cell is empty."""
        for kind, name in self.table.columns.sensors:
            value = self.numbers.read(cells[self.at[name]])
            if value is None:
                yield {}
                continue
            given = value if kind == "count" else value > 0
            try:
                yield checked("presence", {FIELDS[kind]: given})
            except DecodeError:
                raise BadCell("evaluate.row.people", cell=cells[self.at[name]]) from None
