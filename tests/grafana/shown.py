"""The fields that a panel has to show, by name: what its queries return, then each transformation.

Grafana says nothing of a name that is not there: a column then keeps its raw name, or is lost.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from tests.grafana.committed import Json
from tests.grafana.influxql import Select, read
from tests.grafana.names import check

TIME: Final = "Time"


class Shown(NamedTuple):
    names: frozenset[str]
    more: bool = False  # and others that values give, such as a matrix's columns

    def need(self, *names: str) -> None:
        for name in names:
            assert self.more or name in self.names, f"no field {name}: {sorted(self.names)}"

    def need_match(self, pattern: str) -> None:
        assert self.more or any(re.search(pattern, name) for name in self.names), pattern


def shown(panel: Json) -> Shown:
    """Raises ``AssertionError`` where a transformation names what is not there."""
    names: set[str] = set()
    more = False
    for target in panel["targets"]:
        statement = read(target["query"])
        assert isinstance(statement, Select)
        scope = check(statement).scope
        if target["resultFormat"] == "table":
            # tags come out where they are grouped by or chosen
            chosen = {getattr(column.node, "text", "") for column in statement.columns}
            names |= {TIME, *statement.tags}
            names |= {name for name, kind in scope.items() if kind != "tag" or name in chosen}
        else:
            alias = target.get("alias", "$col")
            more |= alias != "$col" and "$tag_" in alias
            drawn = {name for name, kind in scope.items() if kind != "tag"}
            names |= {TIME, *(alias.replace("$col", name) for name in drawn)}
    found = Shown(frozenset(names), more)
    for one in panel.get("transformations", []):
        found = _AFTER[one["id"]](found, one["options"])
    return found


def _organize(before: Shown, options: Json) -> Shown:
    left_out = {name for name, out in options["excludeByName"].items() if out}
    renamed: Mapping[str, str] = options["renameByName"]
    before.need(*left_out - {TIME}, *options["indexByName"], *renamed)  # it may be gone already
    assert not left_out & {*options["indexByName"]}
    kept = before.names - left_out
    return before._replace(names=frozenset(renamed.get(name, name) for name in kept))


def _sort(before: Shown, options: Json) -> Shown:
    before.need(*(one["field"] for one in options["sort"]))
    return before


def _format_time(before: Shown, options: Json) -> Shown:
    before.need(options["timeField"])
    return before


def _group(before: Shown, options: Json) -> Shown:
    before.need(*options["fields"])
    names = set()
    for name, how in options["fields"].items():
        if how["operation"] == "groupby":
            names.add(name)
        else:
            names |= {f"{name} ({calculation})" for calculation in how["aggregations"]}
    return Shown(frozenset(names))


def _calculate(before: Shown, options: Json) -> Shown:
    assert options["mode"] == "binary"
    sides = options["binary"]["left"], options["binary"]["right"]
    before.need(*(side for side in sides if not re.fullmatch(r"[\d.]+", side)))
    return before._replace(names=before.names | {options["alias"]})


def _matrix(before: Shown, options: Json) -> Shown:
    row, column = options["rowField"], options["columnField"]
    before.need(row, column, options["valueField"])
    return Shown(frozenset({f"{row}\\{column}"}), more=True)


def _filter(before: Shown, options: Json) -> Shown:
    left_out = options["exclude"]["names"]
    before.need(*left_out)
    return before._replace(names=before.names - {*left_out})


def _join(before: Shown, options: Json) -> Shown:
    before.need(options["byField"])
    return before


def _as_before(before: Shown, _: Json) -> Shown:
    return before


_AFTER: Final[Mapping[str, Callable[[Shown, Any], Shown]]] = {
    "organize": _organize,
    "sortBy": _sort,
    "formatTime": _format_time,
    "groupBy": _group,
    "calculateField": _calculate,
    "groupingToMatrix": _matrix,
    "filterFieldsByName": _filter,
    "joinByField": _join,
    "merge": _as_before,
}
