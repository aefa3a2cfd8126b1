"""Puts in what Grafana puts into a query before it is sent (documented under "Template variables",
"Global variables" and, for InfluxDB, "Query macros"), and sends it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import httpx
import msgspec
from dateutil.relativedelta import relativedelta

from dashboards.influxql import HISTORY, ROOMS
from tests.grafana.committed import Query

ZONE: Final = ZoneInfo("Europe/Stockholm")
MINIMAL: Final = {ROOMS.uid: "5m", HISTORY.uid: "1m"}  # intervals of the data sources
WIDE: Final = 1000  # points that a panel has room for
_UNITS: Final = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 7 * 86_400}
# the steps that Grafana rounds an interval to, s
_STEPS: Final = (1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 900, 1200, 1800, 3600, 7200, 10_800,
                 21_600, 43_200, 86_400, 604_800)  # fmt: skip
_SPECIAL: Final = re.compile(r"[\\^$*+?.()|\[\]{}/]")

Values = Mapping[str, Sequence[str]]  # of variables


class Series(msgspec.Struct):
    columns: list[str]
    tags: dict[str, str] = {}
    values: list[list[str | float | bool | None]] = []


class _Result(msgspec.Struct):
    series: list[Series] = []
    error: str | None = None


class _Reply(msgspec.Struct):
    results: list[_Result] = []
    error: str | None = None


def seconds(text: str) -> int:
    """Of ``5m``."""
    return int(text[:-1]) * _UNITS[text[-1]]


def moment(text: str, now: int, *, end: bool) -> int:
    """``now-7d/d`` in ms: a slash rounds down to the start of the day, week or month, and at a
    range's end up to its last ms."""
    found = re.fullmatch(r"now(?:-(\d+)([smhdwM]))?(?:/([dwM]))?", text)
    assert found, text
    at = datetime.fromtimestamp(now / 1000, ZONE)
    if found[2] == "M":
        at -= relativedelta(months=int(found[1]))
    elif found[2]:
        at -= timedelta(seconds=int(found[1]) * _UNITS[found[2]])
    if found[3]:
        at, after = _rounded(at, found[3])
        if end:
            return round(after.timestamp() * 1000) - 1
    return round(at.timestamp() * 1000)


def _rounded(at: datetime, unit: str) -> tuple[datetime, datetime]:
    """What holds it, from Monday or the first on, and what comes next."""
    day = at.replace(hour=0, minute=0, second=0, microsecond=0)
    if unit == "d":
        return day, day + timedelta(days=1)
    if unit == "w":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=7)
    first = day.replace(day=1)
    return first, first + relativedelta(months=1)


def interval(start: int, stop: int, least: str) -> int:
    """Of the panel, s."""
    exact = max((stop - start) / 1000 / WIDE, seconds(least))
    return next((step for step in _STEPS if step >= exact), _STEPS[-1])


def regex(values: Sequence[str]) -> str:
    escaped = [_SPECIAL.sub(r"\\\g<0>", value) for value in values]
    return escaped[0] if len(escaped) == 1 else f"({'|'.join(escaped)})"


def filled(query: Query, values: Values, now: int) -> str:
    """The query as it is sent. The server's ``now()`` is given as well, so that what is asked
    does not depend on when the tests run."""
    start = moment(query.start, now, end=False)
    stop = moment(query.stop, now, end=True)
    every = interval(start, stop, query.floor or MINIMAL[query.source])
    given = {
        "timeFilter": f"time >= {start}ms and time <= {stop}ms",
        "__interval_ms": str(every * 1000),
        "__interval": f"{every}s",
        "__from": str(start),
        "__to": str(stop),
    }

    def put(found: re.Match[str]) -> str:
        name, form = found[1] or found[2], found[3]
        if name in given:
            return given[name]
        return regex(values[name]) if form == "regex" else "".join(values[name])

    text = re.sub(r"\$(\w+)|\$\{(\w+)(?::(\w+))?\}", put, query.text)
    # where time has no end, a server ends it at its own now
    text = re.sub(r"time > now\(\) - (\w+)", rf"time > {now}ms - \1 AND time <= {now}ms", text)
    return text.replace("now()", f"{now}ms")


def ask(client: httpx.Client, database: str, query: str) -> list[Series]:
    """Raises ``AssertionError`` with what the server says of a query that it does not take."""
    reply = client.post("/query", params={"db": database, "epoch": "ms"}, data={"q": query})
    whole = msgspec.json.decode(reply.content, type=_Reply)
    trouble = [whole.error, *(result.error for result in whole.results)]
    assert not any(trouble), f"{trouble}: {query}"
    return [series for result in whole.results for series in result.series]
