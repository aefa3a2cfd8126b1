"""Every name in every query is one that the stores keep, and is asked of where it is kept."""

from __future__ import annotations

import json
import re
from typing import Final

import pytest

from dashboards.influxql import HISTORY, ROOMS
from storage.schema import MEASUREMENTS
from tests.grafana.committed import (
    PLACES,
    Query,
    dashboard,
    dashboard_queries,
    every_query,
    panels,
    variables,
)
from tests.grafana.influxql import Call, NotInfluxql, Select, ShowTagValues, leaves, read
from tests.grafana.names import Result, check

SOURCES: Final = {"rooms": ROOMS.uid, "rooms_history": HISTORY.uid}
TAGS: Final = dict.fromkeys(MEASUREMENTS["fault"].tags, "tag")
GRAFANAS: Final = {"timeFilter", "__interval", "__interval_ms", "__from", "__to"}
QUERIES: Final = every_query()


def checked(query: str) -> Result:
    return check(read(query))


@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_the_names_are_those_of_the_stores_schema(query: Query) -> None:
    result = checked(query.text)
    assert query.source == SOURCES[MEASUREMENTS[result.measurement].database]


@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_series_are_named_after_tags_that_they_are_grouped_by(query: Query) -> None:
    statement = read(query.text)
    tags = statement.tags if isinstance(statement, Select) else ()
    named = re.findall(r"\$(\w+)|\[\[(\w+)\]\]", query.alias)
    wanted = {one or other for one, other in named} - {"col", "measurement", "m"}
    assert wanted <= {f"tag_{tag}" for tag in tags}


@pytest.mark.parametrize(("language", "name"), PLACES)
def test_series_of_several_tags_can_be_told_apart(language: str, name: str) -> None:
    """By their alias, or by a name that says the tag."""
    board = dashboard(language, name)
    single = {key for key, one in variables(board).items() if not one.get("multi")}
    for panel in panels(board):
        said = json.dumps(panel["fieldConfig"])
        for target in panel["targets"]:
            statement = read(target["query"])
            if target["resultFormat"] == "table" or not isinstance(statement, Select):
                continue
            for tag in statement.tags:
                chosen = re.search(rf'"{tag}" =~ /\^\$\{{(\w+):regex\}}\$/', target["query"])
                alone = chosen is not None and chosen[1] in single
                named = f"$tag_{tag}" in target.get("alias", "")
                assert alone or named or f"__field.labels.{tag}" in said, panel["title"]


@pytest.mark.parametrize("query", [q for q in QUERIES if q.kind == "panel"], ids=str)
def test_each_panels_query_is_bounded_in_time(query: Query) -> None:
    """Else it reads all that there is."""
    assert bounded(read(query.text))


def bounded(statement: Select | ShowTagValues | str) -> bool:
    """In time, or a last value, which a server finds without reading the others."""
    if not isinstance(statement, Select):
        return False
    if {"time", "$timeFilter"} & {leaf.text for leaf in leaves(statement.where)}:
        return True
    if all(isinstance(c.node, Call) and c.node.function == "last" for c in statement.columns):
        return True
    return all(bounded(source) for source in statement.sources)


@pytest.mark.parametrize(("language", "name"), PLACES)
def test_the_variables_of_queries_exist_and_depend_only_on_earlier_ones(
    language: str, name: str
) -> None:
    own = variables(dashboard(language, name))
    for query in dashboard_queries(language, name):
        known = set(own)
        if query.kind == "variable":
            place = query.place.rpartition("$")[2]
            known = set([*own][: [*own].index(place)])
        used = {a or b for a, b in re.findall(r"\$\{(\w+)[^}]*\}|\$(\w+)", query.text)}
        assert used <= known | GRAFANAS, query.place


@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_several_values_of_a_variable_fit_where_it_stands(query: Query) -> None:
    """``/^${room:regex}$/``: Grafana then writes ``a`` or ``(a|b)``, escaped."""
    for name in re.findall(r"\$\{(\w+)(?!\w|:regex)[^}]*\}", query.text):
        assert name in GRAFANAS, query.text


# ---- the reader itself: what it lets through, and what it must not


@pytest.mark.parametrize(
    ("query", "columns"),
    [
        (
            'SELECT sum("occupied_s") / sum("known_s") AS "share" FROM "use_day"'
            ' WHERE $timeFilter AND "room" =~ /^${room:regex}$/ GROUP BY time(1d), "room"'
            " fill(none) ORDER BY time DESC LIMIT 3 TZ('Europe/Stockholm')",
            {"share": "float", "room": "tag"},
        ),
        (
            'SELECT max("all") FROM (SELECT sum("occupied_q1_s") AS "all" FROM "use_hour"'
            ' WHERE $timeFilter GROUP BY time(1h), "site") GROUP BY "site"',
            {"max": "float", "site": "tag"},
        ),
        (
            'SELECT last("state"), "name" FROM "room_state" WHERE time > now() - 15m',
            {"last": "float", "name": "string"},
        ),
        (
            'SELECT max("x") FROM (SELECT "state" / 2 AS "x" FROM "room_state"),'
            ' (SELECT "state" * 2 AS "x" FROM "room_state") GROUP BY "room"',
            {"max": "float", "room": "tag"},
        ),
        (
            'SELECT 100 * (1 - "open") AS "x" FROM "fault"'
            ' WHERE "kind" = \'resolved\' OR "open" < 1',
            {"x": "float"} | TAGS,
        ),
        (
            'SHOW TAG VALUES FROM "fault" WITH KEY = "code" WHERE "site" = \'a\'',
            {"value": "string"},
        ),
    ],
)
def test_what_comes_out_of_a_query(query: str, columns: dict[str, str]) -> None:
    assert checked(query).scope == columns


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ('SELECT "stat" FROM "room_state"', "no field stat"),
        ('SELECT "state" FROM "rooms_state"', "no measurement rooms_state"),
        ('SELECT "room" FROM "room_state"', "only tags"),
        ('SELECT sum("room") FROM "room_state"', r"sum\(\) of a tag"),
        ('SELECT mean("name") FROM "room_state"', r"mean\(\) of a string"),
        ('SELECT "state" + "name" FROM "room_state"', "arithmetic with a string"),
        ('SELECT "state" FROM "room_state" GROUP BY "name"', "name is no tag"),
        ('SELECT "state" FROM "room_state" WHERE "room" > 3', "tag > float"),
        ('SELECT "state" FROM "room_state" WHERE "state" = \'1\'', "float = string"),
        ('SELECT "state" FROM "room_state" WHERE "state" =~ /1/', "float =~ regex"),
        ('SELECT "state" FROM "room_state" WHERE "name" > 3', "string > float"),
        ('SELECT "x" FROM (SELECT last("state") AS "y" FROM "room_state")', "no field x"),
        (
            'SELECT "x" FROM (SELECT max("state") AS "x" FROM "room_state") GROUP BY "room"',
            "no tag",
        ),
        ('SELECT state FROM "room_state"', "no double quotes"),
        ('SELECT "state" FROM "room_state" fill(0)', "without GROUP BY"),
        ('SELECT "state" FROM "room_state" WHERE time > "state"', "time is compared"),
        ('SELECT histogram("state") FROM "room_state"', "not to be selected"),
        ('SELECT "state" INTO "x" FROM "room_state"', "expected FROM"),
        ('SELECT "state" FROM "room_state"; DROP DATABASE "rooms"', "cannot read"),
        ('SELECT "state" FROM "rooms"."autogen"."room_state"', "cannot read"),
        ('SELECT * FROM "room_state"', "expected string"),
        ('SHOW TAG VALUES FROM "room_state" WITH KEY = "name"', "name is no tag"),
        ('SHOW SERIES CARDINALITY ON "rooms"', "expected TAG"),
        ('DELETE FROM "room_state"', "expected SHOW"),
    ],
)
def test_what_no_store_would_answer_is_found(query: str, why: str) -> None:
    with pytest.raises(NotInfluxql, match=why):
        checked(query)
