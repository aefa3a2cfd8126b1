"""``make bench-report``: what the API's reports and the roll-up cost, by rooms and months.

Builds a year of roll-ups for several numbers of rooms, then times the month and year reports,
cold and warm, and the roll-up of one day. What is counted how: docs/performance.md.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Annotated, Literal

import msgspec
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from bench.influx import ADMIN, influxd
from bench.report_ask import PERIODS, REPORTS, timed
from bench.report_build import build, fine_months
from bench.report_rollup import rolled
from bench.report_site import Place
from bench.report_table import Answer, Report, Size, markdown

errors = Console(stderr=True)


def main(
    store: Annotated[Literal["both", "sqlite", "influx"], typer.Option()] = "both",
    rooms: Annotated[
        list[int] | None, typer.Option(min=1, max=9999, help="default: 10, 100 and 1,000")
    ] = None,
    reuse: Annotated[
        Path | None, typer.Option(help="keep what is built in this folder, and use it again")
    ] = None,
    quick: Annotated[bool, typer.Option("--quick", help="a short run that shows it works")] = False,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    sizes, load = [], [os.getloadavg()[0]]
    numbers = sorted(set(rooms or ([1, 2] if quick else [10, 100, 1000])))
    with ExitStack() as stack:
        made = stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-"))
        folder = (reuse or Path(made)).absolute()
        folder.mkdir(parents=True, exist_ok=True)
        for kind in ["sqlite", "influx"] if store == "both" else [store]:
            for number in numbers:
                sizes.append(_size(kind, number, folder / f"{kind}-{number}"))
                load.append(os.getloadavg()[0])
    report = Report(sizes, load)
    if as_json:
        print(msgspec.json.format(msgspec.json.encode(report)).decode())
    else:
        print(markdown(report))


def _size(store: str, rooms: int, folder: Path) -> Size:
    folder.mkdir(exist_ok=True)
    name = f"{store}, {rooms:,} rooms"
    with _serving(store, rooms, folder) as place:
        built_s = _build(place, name)
    # the server starts anew, so that it remembers nothing of having been filled
    with _serving(store, rooms, folder) as place, _progress() as progress:
        task = progress.add_task(name, total=len(PERIODS) * len(REPORTS) + 1)
        answers = []
        for period in PERIODS:
            for report in REPORTS:
                found = timed(place, report, period)
                answers.append(Answer(report, period, found))
                errors.print(
                    f"{name}: {period}, {report}: cold {found.cold.wall_ms:.0f} ms,"
                    f" warm {found.warm.wall_ms:.0f} ms"
                )
                progress.advance(task)
        made = rolled(place)
        errors.print(f"{name}: roll-up {made.first.wall_s:.1f} s, {made.again.wall_s:.1f} s")
    return Size(store, rooms, fine_months(rooms), built_s, answers, made)


@contextmanager
def _serving(store: str, rooms: int, folder: Path) -> Iterator[Place]:
    if store == "sqlite":
        yield Place(rooms, f"sqlite:{folder / 'store.db'}", str(folder))
        return
    with influxd(folder / "influxd", None) as (server, _):
        yield Place(rooms, server.url, str(folder), *ADMIN, server.pid)


def _build(place: Place, name: str) -> float | None:
    """Seconds, or ``None`` where all was there."""
    began, told = time.monotonic(), False
    with _progress() as progress:
        task = progress.add_task(f"{name}: points", total=None)

        def tell(done: int, total: int) -> None:
            nonlocal told
            told = True
            progress.update(task, completed=done, total=total)

        build(place, tell)
    return time.monotonic() - began if told else None


def _progress() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=errors,
        transient=True,
    )


if __name__ == "__main__":
    typer.run(main)
