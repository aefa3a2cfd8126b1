"""Holds a query's names to what the stores keep (``storage/schema.py``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from storage.schema import MEASUREMENTS
from tests.grafana.influxql import (
    Binary,
    Call,
    Column,
    Leaf,
    Node,
    NotInfluxql,
    Select,
    ShowTagValues,
    leaves,
)

# what 1.6 to 3.x all have
_ON_NUMBERS: Final = frozenset({"sum", "mean", "median", "min", "max", "percentile", "top"})
_MATHS: Final = frozenset({"abs", "ceil", "floor", "round"})  # since 1.6
_ON_ALL: Final = frozenset({"count", "first", "last", "distinct"})  # of text too
_COMPARED: Final = {
    "tag": {"=": "string", "!=": "string", "=~": "regex", "!~": "regex"},
    "string": {"=": "string", "!=": "string", "=~": "regex", "!~": "regex"},
    "float": dict.fromkeys(("=", "!=", "<>", "<", "<=", ">", ">="), "float"),
}

Scope = Mapping[str, str]  # name -> tag, float or string


class Result(NamedTuple):
    measurement: str
    scope: Scope  # columns and tags that come out


def check(statement: Select | ShowTagValues) -> Result:
    """Raises ``NotInfluxql`` for a name that is not there, or of another kind than it should be."""
    if isinstance(statement, ShowTagValues):
        scope = _of_measurement(statement.source)
        _tag(scope, statement.key)
        _where(scope, statement.where)
        return Result(statement.source, {"value": "string"})
    measurement, scope = _joined([_of_source(source) for source in statement.sources])
    _where(scope, statement.where)
    for tag in statement.tags:
        _tag(scope, tag)
    if statement.fill and statement.every is None:
        raise NotInfluxql("fill() without GROUP BY time()")
    out = dict(_columns(scope, statement.columns))
    if set(out.values()) == {"tag"}:
        raise NotInfluxql("only tags are selected: InfluxQL then returns nothing")
    if not any(_aggregates(column.node) for column in statement.columns):
        tags = {name: kind for name, kind in scope.items() if kind == "tag"}
        out = tags | out  # each row is still one point's
    return Result(measurement, out | dict.fromkeys(statement.tags, "tag"))


def _aggregates(node: Node) -> bool:
    match node:
        case Call(function, arguments):
            return function not in _MATHS or any(map(_aggregates, arguments))
        case Binary(_, left, right):
            return _aggregates(left) or _aggregates(right)
    return False


def _of_source(source: str | Select) -> Result:
    if isinstance(source, Select):
        return check(source)
    return Result(source, _of_measurement(source))


def _joined(sources: list[Result]) -> Result:
    """Rows of one after rows of the other: they must be of one form."""
    first, *others = sources
    if any(other != first for other in others):
        raise NotInfluxql(f"sources of different forms: {sources}")
    return first


def _of_measurement(name: str) -> Scope:
    declared = MEASUREMENTS.get(name)
    if declared is None:
        raise NotInfluxql(f"no measurement {name}")
    return {**declared.fields, **dict.fromkeys(declared.tags, "tag")}


def _tag(scope: Scope, name: str) -> None:
    if scope.get(name) != "tag":
        raise NotInfluxql(f"{name} is no tag, but {scope.get(name, 'nothing')}")


def _columns(scope: Scope, columns: tuple[Column, ...]) -> Iterator[tuple[str, str]]:
    for column in columns:
        kind = _kind(scope, column.node)
        yield column.alias or _name(column.node), kind


def _name(node: Node) -> str:
    """As InfluxDB names a column without an alias."""
    match node:
        case Leaf("name", text):
            return text
        case Call(function, _):
            return function
        case Binary(_, left, right):
            return "_".join(name for name in (_name(left), _name(right)) if name)
    return ""


def _kind(scope: Scope, node: Node) -> str:
    match node:
        case Leaf("name", text):
            if text not in scope:
                raise NotInfluxql(f"no field {text}")
            return scope[text]
        case Leaf("number" | "macro"):
            return "float"
        case Call(function, (first, *_)) if function in _ON_NUMBERS | _MATHS | _ON_ALL:
            kind = _kind(scope, first)
            if kind == "tag" or (kind == "string" and function not in _ON_ALL):
                raise NotInfluxql(f"{function}() of a {kind}")
            return "float" if function == "count" else kind
        case Binary("+" | "-" | "*" | "/" | "%", left, right):
            for side in (left, right):
                if _kind(scope, side) != "float":
                    raise NotInfluxql(f"arithmetic with a {_kind(scope, side)}")
            return "float"
    raise NotInfluxql(f"not to be selected: {node}")


def _where(scope: Scope, node: Node | None) -> None:
    match node:
        case None | Leaf("macro", "$timeFilter"):
            return
        case Binary("AND" | "OR", left, right):
            _where(scope, left)
            _where(scope, right)
        case Binary(_, Leaf("word", "time"), right):
            if any(leaf.kind not in ("number", "macro", "string") for leaf in leaves(right)):
                raise NotInfluxql(f"time is compared with {right}")
        case Binary(operator, left, right) if operator in _COMPARED["tag"] | _COMPARED["float"]:
            kind = _kind(scope, left)
            against = right.kind if isinstance(right, Leaf) else ""
            if against not in ("string", "regex"):
                against = _kind(scope, right)
            if _COMPARED[kind].get(operator) != against:
                raise NotInfluxql(f"{kind} {operator} {against}: {left}")
        case _:
            raise NotInfluxql(f"no condition: {node}")
