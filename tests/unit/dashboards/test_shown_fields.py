"""What transformations and overrides name is there to be shown."""

from __future__ import annotations

import pytest

from tests.grafana.committed import PLACES, Json, dashboard, panels
from tests.grafana.shown import shown

PANELS = [
    pytest.param(panel, id=f"{language}/{name}: {panel['title']}")
    for language, name in PLACES
    for panel in panels(dashboard(language, name))
]


@pytest.mark.parametrize("panel", PANELS)
def test_each_named_field_comes_out_of_queries_and_transformations(panel: Json) -> None:
    found = shown(panel)
    refs = {target["refId"] for target in panel["targets"]}
    for override in panel["fieldConfig"].get("overrides", []):
        match override["matcher"]:
            case {"id": "byName", "options": str(name)}:
                # a matrix's corner is known, its columns are not
                found.need(name)
            case {"id": "byRegexp", "options": str(pattern)}:
                found.need_match(pattern.strip("/"))
            case {"id": "byFrameRefID", "options": str(ref)}:
                assert ref in refs
            case other:
                pytest.fail(f"a matcher that nobody checks: {other}")


TABLE: Json = {
    "targets": [
        {
            "query": 'SELECT last("state") AS "now" FROM "room_state" WHERE $timeFilter'
            ' GROUP BY "room"',
            "resultFormat": "table",
        }
    ]
}


def transformed(id_: str, **options: object) -> Json:
    return TABLE | {"transformations": [{"id": id_, "options": options}]}


def test_a_table_has_its_time_its_groups_and_its_columns() -> None:
    assert shown(TABLE).names == {"Time", "room", "now"}


def test_names_follow_the_transformations() -> None:
    group = transformed(
        "groupBy",
        fields={
            "room": {"operation": "groupby", "aggregations": []},
            "now": {"operation": "aggregate", "aggregations": ["sum"]},
        },
    )
    assert shown(group).names == {"room", "now (sum)"}
    organized = transformed(
        "organize", excludeByName={"Time": True}, indexByName={"room": 0}, renameByName={"now": "x"}
    )
    assert shown(organized).names == {"room", "x"}


@pytest.mark.parametrize(
    "panel",
    [
        transformed("sortBy", sort=[{"field": "state", "desc": True}]),
        transformed("organize", excludeByName={"time": True}, indexByName={}, renameByName={}),
        transformed("organize", excludeByName={}, indexByName={"site": 0}, renameByName={}),
        transformed("groupingToMatrix", rowField="room", columnField="hour", valueField="now"),
        transformed("joinByField", byField="site"),
        transformed("filterFieldsByName", exclude={"names": ["site"]}),
        transformed("calculateField", mode="binary", alias="x", binary={"left": "y", "right": "1"}),
    ],
)
def test_a_name_that_is_not_there_is_found(panel: Json) -> None:
    with pytest.raises(AssertionError, match="no field"):
        shown(panel)
