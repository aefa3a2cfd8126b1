"""What the dashboards show is what the service itself says."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Any, Final

import httpx
import pytest

from api.app import create_app
from api.parts import Parts
from api.statements.service import Statements
from rooms.units import DAY_MS, HOUR_MS
from storage.ledger import Ledger
from tests.grafana.asking import Series
from tests.grafana.committed import Query, dashboard_queries
from tests.integration.dashboards.conftest import Asked
from tests.integration.dashboards.played import NOW, SITE

pytestmark = pytest.mark.servers

DAYS: Final = "start=2026-10-18&end=2026-11-17"  # whole ones: of today not all is there yet
HERE: Final = {"site": [SITE]}


def query(dashboard: str, title: str, ref: str = "A") -> Query:
    place = f"sv/{dashboard}: {title}, {ref}"
    (found,) = (one for one in dashboard_queries("sv", dashboard) if one.place == place)
    return found


def of_whole_days(found: Query) -> Query:
    assert found.start == "now-30d/d"
    return found._replace(stop="now-1d/d")


def rows(answer: list[Series]) -> list[dict[str, Any]]:
    """As a table: tags and columns."""
    return [
        dict(zip(one.columns, row, strict=True)) | one.tags for one in answer for row in one.values
    ]


def api(asked: Asked, path: str) -> Any:
    played = asked.played
    parts = Parts(
        state=played.state,
        store=played.store,
        registry=lambda: played.registry,
        quarantine=None,
        accounts=None,
        clock=lambda: NOW,
        demo=False,
        public_url="http://testserver",
        signing_secret="s" * 40,
        language="sv",
        version="0",
        statements=Statements(
            played.state,
            played.store,
            lambda: played.registry,
            Ledger(asked.folder / "statements", played.state),
            clock=lambda: NOW,
            retention_ms=90 * DAY_MS,
            program="Rumskoll 0",
        ),
    )

    _, secret = played.state.access.create_key("manager", "test", NOW)

    async def ask() -> Any:
        transport = httpx.ASGITransport(create_app(parts))
        async with httpx.AsyncClient(
            transport=transport,
            base_url="http://testserver",
            headers={"Authorization": f"Bearer {secret}"},
        ) as client:
            reply = await client.get(path)
            assert reply.status_code == 200, reply.text
            return reply.json()

    return asyncio.run(ask())


def test_time_in_use_of_each_room_is_what_the_api_says(asked: Asked) -> None:
    """And a room of which too little is known has none."""
    told = api(asked, f"/api/v1/utilisation?by=room&{DAYS}")["rows"]
    title = "Vilka rum används mest, och minst?"
    shown = rows(asked.ask(of_whole_days(query("utilisation", title, "B")), HERE))
    assert {row["room"]: row["frequency"] for row in shown} == pytest.approx(
        {row["key"]: row["figures"]["frequency"]["value"] for row in told if row["sufficient"]}
    )
    assert [row["key"] for row in told if not row["sufficient"]] == ["ripan"]
    others = rows(asked.ask(of_whole_days(query("utilisation", title)), HERE))
    for name in ("coverage", "lowest", "highest", "booking_rate"):
        assert {row["room"]: row[name] for row in others} == pytest.approx(
            {row["key"]: row["figures"][name]["value"] for row in told}
        )


@pytest.mark.parametrize(
    ("title", "figure", "column"),
    [
        ("Hur stor del av tiden är rummen i bruk?", "frequency", "frequency"),
        ("Hur mycket är känt?", "coverage", "coverage"),
        ("Hur fulla är rummen?", "seat_fill", "seat_fill"),
        ("Nyttjande", "utilisation", "utilisation"),
        ("Bokad tid", "booking_rate", "booking_rate"),
        ("Bokat men tomt", "no_show", "no_show"),
        ("Lägst och högst tänkbara tid i bruk", "lowest", "lowest"),
        ("Lägst och högst tänkbara tid i bruk", "highest", "highest"),
    ],
)
def test_the_houses_figures_are_what_the_api_says(
    asked: Asked, title: str, figure: str, column: str
) -> None:
    told = api(asked, f"/api/v1/utilisation?by=day&{DAYS}")["total"]["figures"]
    (shown,) = rows(asked.ask(of_whole_days(query("utilisation", title)), HERE))
    assert shown[column] == pytest.approx(told[figure]["value"])
    assert 0 < shown[column] < 1


def test_the_heat_maps_cells_are_what_the_api_says(asked: Asked) -> None:
    told = api(asked, f"/api/v1/utilisation?by=hour-of-week&{DAYS}")["rows"]
    title = "När på veckan används rummen?"
    shown = rows(asked.ask(of_whole_days(query("utilisation", title)), HERE))
    assert {f"{row['weekday']}-{row['hour']}": row["share"] for row in shown} == pytest.approx(
        {row["key"]: row["figures"]["frequency"]["value"] for row in told if row["sufficient"]}
    )


def test_peaks_are_what_the_api_says(asked: Asked) -> None:
    told = api(asked, f"/api/v1/peaks?{DAYS}")
    title = "Räcker rummen när det är som mest?"
    (shown,) = rows(asked.ask(of_whole_days(query("utilisation", title)), HERE))
    assert shown["peak"] == pytest.approx(told["highest"]["share"]["value"])
    # InfluxQL rounds the rank to the nearest, the API up: they may take neighbours
    assert shown["high"] == pytest.approx(told["percentile_95"]["share"]["value"], abs=0.01)
    fullest = rows(
        asked.ask(of_whole_days(query("utilisation", "Vilka timmar var fullast?")), HERE)
    )
    assert len(fullest) == 10
    assert max(row["share"] for row in fullest) == shown["peak"]


def test_partners_hours_are_what_the_api_says(asked: Asked) -> None:
    told = api(asked, f"/api/v1/utilisation?by=partner&{DAYS}")["rows"]
    title = "Hur mycket har varje partner använt?"
    shown = rows(asked.ask(of_whole_days(query("utilisation", title)), HERE))
    assert {row["partner"]: row["used"] for row in shown} == pytest.approx(
        {row["key"]: row["sums"]["used_s"] / 3600 for row in told}
    )


def test_rooms_are_counted_as_the_watch_sees_them(asked: Asked) -> None:
    live = Counter(row.body["state"] for row in asked.played.state.live.all("room").values())
    for title, state in (
        ("Hur många rum är upptagna?", "occupied"),
        ("Hur många rum är lediga?", "vacant"),
        ("Hur många rum är okända?", "unknown"),
    ):
        (shown,) = rows(asked.ask(query("overview", title), HERE))
        assert shown["rooms"] == live[state]
    assert live["occupied"] > 1
    assert live["vacant"] > 1
    assert live["private"] == 1


def test_open_faults_are_those_of_the_service(asked: Asked) -> None:
    told = {fault.id: fault for fault in asked.played.state.faults.open()}
    shown = {
        row["fault"]: row for row in rows(asked.ask(query("overview", "Vad är fel just nu?"), HERE))
    }
    assert shown.keys() == told.keys() != set()
    for id_, row in shown.items():
        assert (row["code"], row["room"], row["since"]) == (
            told[id_].code,
            told[id_].room,
            told[id_].since,
        )


def test_what_is_not_known_is_a_gap_and_never_vacant(asked: Asked) -> None:
    """The telephone booth's radar was silent for a week; then nobody saw whether it was empty."""
    timeline = query("overview", "När har rummen använts i dag?")
    quiet = timeline._replace(start="now-10d/d", stop="now-10d/d")
    states = {row["state"] for row in rows(asked.ask(quiet, HERE)) if row["room"] == "ripan"}
    assert states <= {2, None}
    today = {row["state"] for row in rows(asked.ask(timeline, HERE)) if row["room"] == "ripan"}
    assert {0, 1} <= today


@pytest.mark.parametrize(
    ("title", "field", "scale"),
    [
        ("Hur är luften?", "co2_ppm", 1),
        ("Hur varmt är det?", "temperature_c", 1),
        ("Hur många var här, och hur många får plats?", "people_max", 1),
        ("Hur länge pågick videosamtal?", "in_call_s", 60),
    ],
)
def test_a_rooms_curves_are_its_slots(asked: Asked, title: str, field: str, scale: float) -> None:
    """Drawn at the slots' own five minutes, so that nothing is averaged."""
    found = query("room", title)._replace(start="now-4h", floor="5m")
    shown = rows(asked.ask(found, HERE | {"room": ["vindelalven"]}))
    column = next(name for name in shown[0] if name != "time")
    drawn = {row["time"]: row[column] for row in shown if row[column] is not None}
    tags = {"room": ["vindelalven"]}
    slots = asked.played.store.read("room_slot", tags, NOW - 4 * HOUR_MS, NOW + 1)
    told = {p.time: p.fields[field] / scale for p in slots if field in p.fields}
    assert drawn == pytest.approx(told)
    assert len(told) > 20


def test_the_services_minutes_add_up_to_its_accounts(asked: Asked) -> None:
    """A day's messages, however they are asked for."""
    minutes = query("service", "Hur många meddelanden tas emot?")
    today = minutes._replace(start="now/d", floor="1m")
    shown = rows(asked.ask(today, {"service": [SITE], "site": [SITE]}))
    received = sum(row["received"] for row in shown if row["received"])
    accounts = asked.played.outbox.accounts("2026-11-17")
    outcomes = ("stored", "duplicate", "ignored", "quarantined")
    assert received == sum(n for one, n in accounts.items() if one.outcome in outcomes)
    assert received > 1000


def test_no_point_tells_of_the_private_office(asked: Asked) -> None:
    (office,) = (
        row
        for row in rows(asked.ask(query("overview", "Hur är det i rummen nu?"), HERE))
        if row["room"] == "gammplatsen"
    )
    assert office["state"] == 3
    assert {office[name] for name in ("people", "co2_ppm", "temperature_c", "in_call")} == {None}
