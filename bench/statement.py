"""``make bench-statement``: what a big statement costs, from stored sums to files on the disk.

One process issues a statement of a whole month, as ``rumskoll statement issue`` does, and
tells its time and its largest memory. Docs: docs/performance.md.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from statistics import median
from typing import Annotated, Final

import msgspec
import psutil
import typer
from rich.console import Console

from api.statements import files
from api.statements.pdf import PRESS
from api.statements.service import Statements
from bench.statement_site import MONTH, clock, fill, registry_of
from storage.ledger import Ledger
from storage.sqlite import SqliteStore
from storage.state import ServiceState

KEY: Final = f"{MONTH:%Y-%m}"
AIM_S: Final = 5.0
AIM_MB: Final = 300
errors = Console(stderr=True)


class Run(msgspec.Struct, frozen=True):
    """One process."""

    draft_s: float  # gather and compute
    issue_s: float  # with all files, synced to the disk
    cpu_s: float
    memory_mb: float  # the most that it, and the one that typesets, ever had, libraries included
    files: int
    bytes: int


class Report(msgspec.Struct, frozen=True):
    rooms: int
    partners: int
    stays: int
    runs: list[Run]
    kinds: dict[str, float]  # seconds by kind of file: ``_timed``
    load: float


def main(
    rooms: Annotated[int, typer.Option(min=1)] = 100,
    partners: Annotated[int, typer.Option(min=1)] = 20,
    rounds: Annotated[int, typer.Option(min=1)] = 3,
    as_json: Annotated[bool, typer.Option("--json")] = False,
    folder: Annotated[Path | None, typer.Option(hidden=True)] = None,
) -> None:
    if folder is not None:  # we are the process that is measured
        print(msgspec.json.encode(issue(folder, rooms, partners)).decode())
        return
    report = measure(rooms, partners, rounds)
    print(msgspec.json.encode(report).decode() if as_json else markdown(report))


def measure(rooms: int, partners: int, rounds: int) -> Report:
    load = os.getloadavg()[0]
    runs: list[Run] = []
    kinds: dict[str, float] = {}
    stays = 0
    with errors.status("measuring"):
        for _ in range(rounds):
            with tempfile.TemporaryDirectory(prefix="bench-") as name:
                stays = build(Path(name), rooms, partners)
                size = ["--rooms", str(rooms), "--partners", str(partners)]
                command = [sys.executable, "-m", "bench.statement", "--folder", name, *size]
                told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
                run, kinds = msgspec.json.decode(told, type=tuple[Run, dict[str, float]])
                runs.append(run)
    return Report(rooms, partners, stays, runs, kinds, load)


def build(folder: Path, rooms: int, partners: int) -> int:
    with (
        closing(SqliteStore(folder / "store.db", retention_s=None, clock=clock)) as store,
        closing(ServiceState(folder / "service.db")) as state,
    ):
        return fill(registry_of(rooms, partners), store, state)


def issue(folder: Path, rooms: int, partners: int) -> tuple[Run, dict[str, float]]:
    aside = [0.0]  # MB of the process that typesets, each time when it has
    kinds = _timed(aside)
    registry = registry_of(rooms, partners)
    with (
        closing(SqliteStore(folder / "store.db", retention_s=None, clock=clock)) as store,
        closing(ServiceState(folder / "service.db")) as state,
    ):
        desk = Statements(
            state,
            store,
            lambda: registry,
            Ledger(folder / "statements", state),
            clock=clock,
            retention_ms=90 * 86_400_000,
            program="Rumskoll",
        )
        began, cpu = time.perf_counter(), time.process_time()
        draft = desk.draft(KEY)
        drafted = time.perf_counter()
        if draft.blocks:
            raise SystemExit("\n".join(block.text("en") for block in draft.blocks))
        desk.issue(KEY, "bench")
        done = time.perf_counter()
        written = [path for path in (folder / "statements").glob("0*/**/*") if path.is_file()]
    run = Run(
        drafted - began,
        done - drafted,
        time.process_time() - cpu,
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 + max(aside),
        len(written),
        sum(path.stat().st_size for path in written),
    )
    return run, kinds


def _timed(aside: list[float]) -> dict[str, float]:
    """Seconds of CPU spent in each kind of writer, filled as they run; of what another process
    makes meanwhile, seconds until it is there."""
    spent: dict[str, float] = {}

    def timed(file: files.File) -> files.File:
        kind = file.name.rpartition(".")[2]
        clock_ = time.perf_counter if file.aside else time.thread_time

        def write(statement: files.Statement) -> bytes:
            began = clock_()
            made = file.write(statement)
            spent[kind] = spent.get(kind, 0.0) + clock_() - began
            if file.aside and (pid := PRESS.pid) is not None:
                aside.append(psutil.Process(pid).memory_info().rss / 2**20)
            return made

        return file._replace(write=write)

    files.FILES = tuple(timed(file) for file in files.FILES)  # type: ignore[misc]
    return spent


def markdown(report: Report) -> str:
    def middle(name: str) -> float:
        return median(getattr(run, name) for run in report.runs)

    last = report.runs[-1]
    rows = [
        ("rooms, partners, stays", f"{report.rooms}, {report.partners}, {report.stays:,}"),
        ("draft: gather and compute (s)", f"{middle('draft_s'):.2f}"),
        (f"issue, of an aim of {AIM_S:.0f} s (s)", f"{middle('issue_s'):.2f}"),
        *(
            (f"&nbsp; {kind}{' (aside)' * (kind == 'pdf')}", f"{spent:.2f}")
            for kind, spent in report.kinds.items()
        ),
        ("CPU of both (s)", f"{middle('cpu_s'):.2f}"),
        (f"most memory, of {AIM_MB} MB (MB)", f"{middle('memory_mb'):.0f}"),
        ("files", f"{last.files}, {last.bytes / 1e6:.1f} MB"),
    ]
    table = "\n".join(f"| {name} | {value} |" for name, value in rows)
    return f"| what | value |\n| --- | ---: |\n{table}\n\nLoad before: {report.load:.1f}."


if __name__ == "__main__":
    typer.run(main)
