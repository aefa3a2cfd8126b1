"""Every query of every panel, variable, annotation and alert rule, asked of a real InfluxDB."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import pytest

from tests.grafana.asking import Series, Values
from tests.grafana.committed import PLACES, Query, alert_queries, dashboard_queries
from tests.grafana.influxql import Select, read
from tests.grafana.names import check
from tests.integration.dashboards.conftest import Asked

pytestmark = pytest.mark.servers

SWEDISH: Final = [name for language, name in PLACES if language == "sv"]  # English asks the same
# What a reader chooses where only one can be chosen: a room in which much happens
CHOSEN: Final = {"room": "vindelalven"}
NOT_IN_THIS_HOUSE: Final = {
    # its LoRaWAN sensors tell their batteries' voltage only
    "sv/equipment: Vilka batterier behöver bytas?, A": {"rssi_dbm", "snr_db"},
}
QUERIES: Final = [
    query for name in SWEDISH for query in dashboard_queries("sv", name) if query.kind != "variable"
]


@pytest.fixture(scope="session")
def chosen(asked: Asked) -> Mapping[str, Values]:
    """By dashboard: every variable's values as its query gives them, one after the other."""
    found: dict[str, Values] = {}
    for name in SWEDISH:
        values: dict[str, Sequence[str]] = {"board": ["http://localhost:8080"]}
        for query in dashboard_queries("sv", name):
            if query.kind == "variable":
                own = query.place.rpartition("$")[2]
                said = [str(row[1]) for one in asked.ask(query, values) for row in one.values]
                values[own] = [CHOSEN[own]] if CHOSEN.get(own) in said else sorted(set(said))
        found[name] = values
    return found


def values_of(query: Query, chosen: Mapping[str, Values]) -> Values:
    return chosen[query.place.partition("/")[2].partition(":")[0]]


@pytest.mark.parametrize("name", SWEDISH)
def test_every_variable_has_values(name: str, chosen: Mapping[str, Values]) -> None:
    assert all(chosen[name].values()), chosen[name]


@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_every_query_returns_what_it_names(
    query: Query, asked: Asked, chosen: Mapping[str, Values]
) -> None:
    answer = asked.ask(query, values_of(query, chosen))
    assert answer, "nothing was found"
    hold_to_the_form(query, answer)
    told = {
        column
        for one in answer
        for row in one.values
        for column, value in zip(one.columns, row, strict=True)
        if value is not None
    }
    named = {column for one in answer for column in one.columns}
    assert named - told <= NOT_IN_THIS_HOUSE.get(query.place, set()), "a column is empty"


@pytest.mark.parametrize("query", alert_queries(), ids=str)
def test_every_alert_rule_gets_an_answer_and_none_alerts_of_a_well_house(
    query: Query, asked: Asked
) -> None:
    answer = asked.ask(query, {})
    if 'WHERE "store_up" < 1' in query.text:
        assert not answer  # counts the minutes without InfluxDB: there were none
        return
    hold_to_the_form(query, answer)
    assert answer[0].values


def hold_to_the_form(query: Query, answer: Sequence[Series]) -> None:
    """As the query says: a time and then its columns; a series for each group."""
    statement = read(query.text)
    assert isinstance(statement, Select)
    scope = check(statement).scope
    for one in answer:
        first, *columns = one.columns
        assert first == "time"
        assert set(columns) <= {*scope}
        assert len(set(columns)) == len(columns) >= 1
        assert set(one.tags) == set(statement.tags)
        assert all(len(row) == len(one.columns) for row in one.values)
        if not query.table and query.kind != "annotation":
            times = [row[0] for row in one.values]
            assert times == sorted(set(times), reverse="ORDER" in statement.rest)
            numbers = [value for row in one.values for value in row[1:] if value is not None]
            assert all(isinstance(value, int | float) for value in numbers), "no number to draw"
    groups = [tuple(one.tags.items()) for one in answer]
    assert len(set(groups)) == len(groups)
