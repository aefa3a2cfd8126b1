"""The results of ``bench.report`` as Markdown, to paste into docs/performance.md."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import msgspec

from bench.report_ask import PERIODS, REPORTS, Timed, Took
from bench.report_rollup import Rolled


class Answer(msgspec.Struct, frozen=True):
    report: str
    period: str
    timed: Timed


class Size(msgspec.Struct, frozen=True):
    """One size of the site on one store."""

    store: str
    rooms: int
    fine_months: int
    built_s: float | None  # None: it was there
    answers: list[Answer]
    rolled: Rolled


class Report(msgspec.Struct, frozen=True):
    sizes: list[Size]
    load: list[float]  # average of a minute, at the start and after each size


def markdown(report: Report) -> str:
    stores = list(dict.fromkeys(size.store for size in report.sizes))
    parts = [part for store in stores for part in _of_store(store, report.sizes)]
    parts.append(_rollups(report.sizes))
    parts.append("Load average: " + ", ".join(f"{load:.1f}" for load in report.load))
    return "\n\n".join(parts)


def _of_store(store: str, sizes: Sequence[Size]) -> Iterator[str]:
    own = [size for size in sizes if size.store == store]
    built = ", ".join(
        f"{size.rooms:,} rooms with {size.fine_months} months of hours"
        + ("" if size.built_s is None else f" in {size.built_s:.0f} s")
        for size in own
    )
    yield f"Store: {store}. Built: {built}."
    heads = [f"{size.rooms:,} rooms, {way}" for size in own for way in ("cold", "warm")]
    rows = [
        [
            f"{period}, {report}",
            *(_ms(took) for size in own for took in _both(size, report, period)),
        ]
        for period in PERIODS
        for report in REPORTS
    ]
    yield _table(["ms (of which CPU)", *heads], rows)
    yield _growth(own)


def _growth(own: Sequence[Size]) -> str:
    """Ratios of warm answers' CPU time: by ten times as many rooms, and twelve as many months."""
    steps = [*pairwise(own)]
    heads = [
        *(f"year, {a.rooms:,} to {b.rooms:,} rooms" for a, b in steps),
        *(f"{size.rooms:,} rooms, month to year" for size in own),
    ]
    rows = []
    for report in REPORTS:
        years, months = (
            [_both(size, report, period)[1].cpu_ms for size in own] for period in ("year", "month")
        )
        pairs = [*pairwise(years), *zip(months, years, strict=True)]
        rows.append([report, *(f"{after / before:.1f}" for before, after in pairs)])
    return _table(["times as long", *heads], rows)


def _rollups(sizes: Iterable[Size]) -> str:
    heads = ["roll-up of a day", "readings", "first s", "CPU s", "server s", "again s", "CPU s"]
    rows = []
    for size in sizes:
        made = size.rolled
        first, again = made.first, made.again
        rows.append(
            [
                f"{size.rooms:,} rooms, {size.store}",
                f"{made.readings:,}",
                f"{first.wall_s:.1f}",
                f"{first.cpu_s:.1f}",
                f"{first.server_s:.1f}",
                f"{again.wall_s:.1f}",
                f"{again.cpu_s:.1f}",
                f"{made.changed}",
                f"{made.peak_mb:.0f}",
            ]
        )
    return _table([*heads, "changed points", "peak MB"], rows)


def _both(size: Size, report: str, period: str) -> tuple[Took, Took]:
    found = next(a.timed for a in size.answers if (a.report, a.period) == (report, period))
    return found.cold, found.warm


def _ms(took: Took) -> str:
    return f"{took.wall_ms:,.0f} ({took.cpu_ms:,.0f})"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
