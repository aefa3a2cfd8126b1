"""The questions asked of InfluxDB, in the InfluxQL that versions 1 to 3 share.

Names come from the schema; every value from outside is a bound parameter. Bound
times are nanoseconds, those of replies milliseconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from rooms.readings import Point, Value
from storage.influx_http import Series
from storage.schema import MAX_TIME, MEASUREMENTS, FieldType


class Query(NamedTuple):
    text: str
    params: dict[str, str | int]


def page(
    measurement: str, tags: Mapping[str, Sequence[str]], start: int, stop: int, limit: int
) -> Query:
    """The first ``limit`` points of ``[start, stop)`` ms over all series, ascending by time."""
    declared = MEASUREMENTS[measurement]
    where, params = _where(tags)
    columns = _names([*declared.fields, *declared.tags])
    return Query(
        f'SELECT {columns} FROM "{measurement}"'  # noqa: S608 - names of the schema only
        f" WHERE time >= $start AND time < $stop{where} ORDER BY time LIMIT {limit}",
        {"start": _ns(start), "stop": _ns(stop), **params},
    )


def newest(measurement: str, tags: Mapping[str, Sequence[str]], before: int) -> Query:
    """The newest point of each series before a time (ms)."""
    return _one_each(measurement, tags, "time < $at", before, " DESC")


def oldest(measurement: str, tags: Mapping[str, Sequence[str]], after: int) -> Query:
    """The oldest point of each series at or after a time (ms)."""
    return _one_each(measurement, tags, "time >= $at", after, "")


def _one_each(
    measurement: str, tags: Mapping[str, Sequence[str]], when: str, at: int, order: str
) -> Query:
    declared = MEASUREMENTS[measurement]
    where, params = _where(tags)
    return Query(
        f'SELECT {_names(declared.fields)} FROM "{measurement}"'  # noqa: S608 - as above
        f" WHERE {when}{where} GROUP BY {_names(declared.tags)} ORDER BY time{order} LIMIT 1",
        {"at": _ns(at), **params},
    )


def points(measurement: str, series: Series) -> Iterator[Point]:
    """A reply's rows as points; a column that is a tag may stand in rows or head."""
    declared = MEASUREMENTS[measurement]
    at = {name: i for i, name in enumerate(series.columns)}
    fields = [(name, at[name], type_) for name, type_ in declared.fields.items() if name in at]
    tags = [(name, at[name]) for name in declared.tags if name in at]
    for row in series.values:
        yield Point(
            measurement,
            {name: row[i] or "" for name, i in tags} or dict(series.tags),
            row[at["time"]],
            {name: _value(row[i], type_) for name, i, type_ in fields if row[i] is not None},
        )


def _value(given: float | str, type_: FieldType) -> Value:
    return float(given) if type_ == "float" else str(given)


def _where(tags: Mapping[str, Sequence[str]]) -> tuple[str, dict[str, str | int]]:
    text = ""
    params: dict[str, str | int] = {}
    for name, values in tags.items():
        bound = {f"{name}{i}": value for i, value in enumerate(values)}
        either = " OR ".join([f'"{name}" = ${key}' for key in bound])
        text += f" AND ({either})"
        params |= bound
    return text, params


def _names(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _ns(time: int) -> int:
    return max(-MAX_TIME, min(time, MAX_TIME)) * 1_000_000
