"""``make bench-dashboards``: what Grafana's dashboards cost InfluxDB 1.x, query by query.

A made-up site's derived series are written; then the server starts anew and is asked every query
as Grafana asks it, all rooms chosen, one query after the other. Docs: docs/performance.md.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Annotated, Final

import httpx
import msgspec
import typer
from rich.console import Console

from bench.dashboards_fill import NOW, live_points
from bench.influx import ADMIN, influxd
from bench.report_year import room_points, site_points
from dashboards.influxql import HISTORY, ROOMS
from rooms.readings import Point
from storage.influx import InfluxStore
from tests.grafana.asking import Values, ask, filled
from tests.grafana.committed import DASHBOARDS, Query, dashboard_queries

AIM_MS: Final = 1000  # for the overview, all its queries together
FINE_MONTHS: Final = 2  # of hours: the last 30 days lie in them
AGAIN: Final = 5
WIDE: Final = "now-30d"
BATCH: Final = 20_000
DATABASES: Final = {ROOMS.uid: "rooms", HISTORY.uid: "rooms_history"}
errors = Console(stderr=True)


class Timed(msgspec.Struct, frozen=True):
    """ms. ``first``: since the server started; ``again``: the median of later ones; ``wide``: the
    same where the dashboard shows 30 days, if the query follows what it shows."""

    dashboard: str
    query: str
    first: float
    again: float
    wide: float
    rows: int


class Report(msgspec.Struct, frozen=True):
    rooms: int
    days: int
    points: int
    built_s: float
    timed: list[Timed]
    load: list[float]


def main(
    rooms: Annotated[int, typer.Option(min=1, max=9999)] = 100,
    days: Annotated[int, typer.Option(min=1, max=31, help="of slots and snapshots")] = 30,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    report = measure(rooms, days)
    print(msgspec.json.encode(report).decode() if as_json else markdown(report))


def measure(rooms: int, days: int) -> Report:
    load = [os.getloadavg()[0]]
    with tempfile.TemporaryDirectory(prefix="bench-") as made:
        folder, began = Path(made) / "influxd", time.monotonic()
        with influxd(folder, None) as (server, _):
            points = _fill(server.url, rooms, days)
        built = time.monotonic() - began
        errors.print(f"{points:,} points written in {built:.0f} s")
        with influxd(folder, None) as (server, _), _client(server.url) as client:
            timed = [one for name in DASHBOARDS for one in _timed(client, name)]
    return Report(rooms, days, points, built, timed, [*load, os.getloadavg()[0]])


def _fill(url: str, rooms: int, days: int) -> int:
    user, token = ADMIN
    store = InfluxStore(url, user=user, token=token, retention_s=None, clock=lambda: NOW)
    points, count = _points(rooms, days), 0
    while batch := list(islice(points, BATCH)):
        refused = store.write(batch)
        if refused:
            raise SystemExit(f"the store refuses a point: {refused[0]}")
        count += len(batch)
    store.close()
    return count


def _points(rooms: int, days: int) -> Iterator[Point]:
    yield from site_points(rooms)
    for room in range(rooms):
        yield from room_points(room, FINE_MONTHS)
    yield from live_points(rooms, days)


def _client(url: str) -> httpx.Client:
    return httpx.Client(base_url=url, auth=ADMIN, trust_env=False, timeout=300)


def _timed(client: httpx.Client, name: str) -> Iterator[Timed]:
    """The variables' queries first, as Grafana does; one that takes one value gets the first."""
    values: dict[str, Sequence[str]] = {}
    for query in dashboard_queries("en", name):
        if query.kind == "variable":
            own = query.place.rpartition("$")[2]
            found = ask(client, DATABASES[query.source], filled(query, values, NOW))
            said = sorted({str(row[1]) for one in found for row in one.values})
            values[own] = said[:1] if own in ("room", "service") else said
        yield _asked(client, name, query, values)


def _asked(client: httpx.Client, name: str, query: Query, values: Values) -> Timed:
    took, rows = _took(client, query, values)
    again = wide = median(took[1:])
    if query.follows:
        wide = median(_took(client, query._replace(start=WIDE, stop="now"), values)[0][1:])
    title = query.place.partition(": ")[2].removesuffix(", A")
    return Timed(name, title, took[0], again, wide, rows)


def _took(client: httpx.Client, query: Query, values: Values) -> tuple[list[float], int]:
    """ms of each answer, and the rows of one."""
    text, took, rows = filled(query, values, NOW), [], 0
    for _ in range(1 + AGAIN):
        began = time.perf_counter()
        answer = ask(client, DATABASES[query.source], text)
        took.append((time.perf_counter() - began) * 1000)
        rows = sum(len(one.values) for one in answer)
    return took, rows


def markdown(report: Report) -> str:
    whole = [
        f"{report.points:,} points of {report.rooms:,} rooms, {report.days} days of slots and"
        f" snapshots, written in {report.built_s:.0f} s.",
        _table(
            ["dashboard", "queries", "first ms", "again ms", "30 days ms", "aim / again"],
            [_summed(report, name) for name in DASHBOARDS],
        ),
        _table(
            ["query", "first ms", "again ms", "30 days ms", "rows"],
            [
                [
                    f"{one.dashboard}: {one.query}",
                    f"{one.first:,.0f}",
                    f"{one.again:,.0f}",
                    f"{one.wide:,.0f}",
                    f"{one.rows:,}",
                ]
                for one in report.timed
            ],
        ),
        "Load average: " + ", ".join(f"{load:.1f}" for load in report.load),
    ]
    return "\n\n".join(whole)


def _summed(report: Report, name: str) -> list[str]:
    own = [one for one in report.timed if one.dashboard == name]
    again = sum(one.again for one in own)
    return [
        name,
        str(len(own)),
        f"{sum(one.first for one in own):,.0f}",
        f"{again:,.0f}",
        f"{sum(one.wide for one in own):,.0f}",
        f"{AIM_MS / again:.1f}x" if name == "overview" else "",
    ]


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


if __name__ == "__main__":
    typer.run(main)
