"""Grafana's alert rules, asked of a real InfluxDB: each holds when it should, for the site that it
should, and for no other reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

import httpx
import pytest

from dashboards.alert_rules import RULES, Rule
from storage.schema import MEASUREMENTS
from tests.servers.influxd import ADMIN, Influxd

pytestmark = pytest.mark.servers

NOW: Final = datetime(2026, 9, 10, 10, 2, 30, tzinfo=UTC)  # the last five minutes began at 10.00
HEALTHY: Final = {
    "received": 40.0,
    "refused": 0.0,
    "store_up": 1.0,
    "broker_up": 1.0,
    "outbox_bytes": 4e5,
    "outbox_limit": 1e6,
    "alerts_failed": 0.0,
}
Minute = Callable[[int], dict[str, float] | None]  # whole minutes ago -> fields, None: no point


def always(**changed: float) -> Minute:
    return lambda _ago: HEALTHY | changed


def within(minutes: int, **changed: float) -> Minute:
    return lambda ago: HEALTHY | (changed if ago < minutes else {})


def silent(minutes: int) -> Minute:
    return lambda ago: None if ago < minutes else HEALTHY


@pytest.fixture
def database(shared_influxd: Influxd) -> Iterator[tuple[Influxd, str]]:
    shared_influxd.ask('CREATE DATABASE "alert_rules"')
    yield shared_influxd, "alert_rules"
    shared_influxd.ask('DROP DATABASE "alert_rules"')


def write(influxd: Influxd, database: str, site: str, minute: Minute) -> None:
    lines = []
    for ago in range(180):
        fields = minute(ago)
        at = int((NOW - timedelta(minutes=ago)).replace(second=0).timestamp() * 1000)
        if fields is not None:
            text = ",".join(f"{name}={value}" for name, value in fields.items())
            lines.append(f"service,site={site} {text} {at}")
    params = {"db": database, "precision": "ms"}
    body = "\n".join(lines)
    url = f"{influxd.url}/write"
    assert httpx.post(url, params=params, content=body, auth=ADMIN).status_code == 204


def sites_that_hold(influxd: Influxd, database: str, rule: Rule) -> set[str]:
    """As Grafana does it: the last value of each series, held against the limit."""
    at = f"'{NOW:%Y-%m-%dT%H:%M:%SZ}'"
    assert rule.query.count("now()") == 1
    head, _, tail = rule.query.partition(" GROUP BY")
    query = f"{head.replace('now()', at)} AND time <= {at} GROUP BY{tail}"
    body = {"q": query, "db": database}
    reply = httpx.post(f"{influxd.url}/query", data=body, auth=ADMIN).json()
    (result,) = reply["results"]
    assert "error" not in result, result
    held = set()
    for series in result.get("series", ()):
        value = [row[1] for row in series["values"] if row[1] is not None][-1]
        if value > rule.limit if rule.when == "gt" else value < rule.limit:
            held.add(series["tags"]["site"])
    return held


@pytest.mark.parametrize(
    ("minute", "expected"),
    [
        (always(), set()),
        (silent(3), {"collector-silent"}),  # nothing since 10.00; the rule waits 3 min more
        (silent(2), set()),
        (lambda ago: HEALTHY | ({"refused": 3.0} if ago == 12 else {}), {"refused"}),
        (lambda ago: HEALTHY | ({"refused": 3.0} if ago == 16 else {}), set()),
        (within(5, store_up=0.0), {"store-away"}),
        (within(4, store_up=0.0), set()),
        (always(outbox_bytes=5.1e5), {"outbox-filling"}),
        (always(outbox_bytes=5.0e5), set()),
        (within(10, received=0.0), {"no-data"}),
        (within(9, received=0.0), set()),
        (within(1, broker_up=0.0), {"broker-away"}),
        (lambda ago: HEALTHY | ({"broker_up": 0.0} if ago > 0 else {}), set()),
        (
            lambda ago: HEALTHY | ({"alerts_failed": 1.0} if ago in {1, 3, 119} else {}),
            {"alerts-stuck"},
        ),
        (lambda ago: HEALTHY | ({"alerts_failed": 1.0} if ago in {1, 3, 121} else {}), set()),
    ],
)
def test_a_rule_holds_for_its_own_site(
    database: tuple[Influxd, str], minute: Minute, expected: set[str]
) -> None:
    write(*database, "umea", always())
    write(*database, "lycksele", minute)
    held = {rule.name: sites_that_hold(*database, rule) for rule in RULES}
    assert held == {rule.name: {"lycksele"} if rule.name in expected else set() for rule in RULES}


def test_no_service_at_all_is_no_data(database: tuple[Influxd, str]) -> None:
    """Which the first rule alone takes for an alarm."""
    assert [sites_that_hold(*database, rule) for rule in RULES] == [set()] * len(RULES)
    assert [rule.name for rule in RULES if rule.no_data == "Alerting"] == ["collector-silent"]


def test_the_fields_are_those_of_the_schema() -> None:
    declared = MEASUREMENTS["service"]
    assert declared.tags == ("site",)
    assert HEALTHY.keys() <= declared.fields.keys()
