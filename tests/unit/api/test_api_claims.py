"""Check-ins and corrections: who may, what is refused, what is kept and computed again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from rooms.attribution import CheckIn
from tests.unit.api.house import HOUR, MIN, NOW, House
from tests.unit.api.test_api_access import call
from tests.unit.api.usage_house import at, usage_house

CHECKIN = "/api/v1/rooms/granen/checkin"
CORRECTIONS = "/api/v1/rooms/granen/corrections"
DAY = 24 * HOUR
GOOD = {
    "start": "2026-11-20T09:00:00+01:00",
    "end": "2026-11-20T10:30:00+01:00",
    "partner": "vindel",
    "reason": "Disputed by Norrsken",
}


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = usage_house(tmp_path)
    yield house
    house.close()


def send(
    house: House, method: str, path: str, body: Any = None, role: str = "manager", **more: Any
) -> httpx.Response:
    headers = house.key(role, **more) | {"Accept-Language": "en"}
    return call(house, method, path, headers=headers, json=body)


def wrong(answer: httpx.Response) -> dict[str, str]:
    assert answer.status_code == 422, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    return {error["field"]: error["message"] for error in answer.json()["errors"]}


def dirty(house: House) -> list[tuple[str, int]]:
    return [(row.room, row.hour) for row in house.state.dirty.ready(2**62, 2**62)]


# ---- check-ins


def test_checking_in_and_out(house: House) -> None:
    told = send(house, "POST", CHECKIN, {"partner": "vindel"}, "maintainer")
    assert told.status_code == 200
    assert told.json() == {
        "room": "granen",
        "partner": "vindel",
        "time": "2026-11-23T10:00:00+01:00",
        "until": None,
    }
    assert dirty(house) == [("granen", NOW)]
    house.now += 20 * MIN
    until = {"partner": "norrsken", "until": "2026-11-23T12:00:00+01:00"}
    assert send(house, "POST", CHECKIN, until).json()["until"] == "2026-11-23T12:00:00+01:00"
    house.now += 20 * MIN
    assert send(house, "POST", CHECKIN, {"partner": None}).status_code == 200
    assert house.state.claims.checkins("granen", 0, NOW + HOUR) == [
        CheckIn(NOW, "vindel"),
        CheckIn(NOW + 20 * MIN, "norrsken", NOW + 2 * HOUR),
        CheckIn(NOW + 40 * MIN, None),
    ]


def test_who_may_check_in(house: House) -> None:
    for role, status in (("viewer", 403), ("maintainer", 200), ("manager", 200)):
        answer = send(house, "POST", CHECKIN, {"partner": "norrsken"}, role)
        assert answer.status_code == status, role
    assert call(house, "POST", CHECKIN, json={"partner": "vindel"}).status_code == 401


def test_a_partner_speaks_for_itself_only(house: House) -> None:
    def vindel(partner: str | None) -> httpx.Response:
        house.now += MIN
        return send(house, "POST", CHECKIN, {"partner": partner}, "partner", partner="vindel")

    assert vindel("vindel").status_code == 200
    assert vindel(None).status_code == 200
    refused = vindel("norrsken")
    assert (refused.status_code, refused.json()["code"]) == (403, "other_partner")
    house.state.claims.check_in("granen", CheckIn(house.now, "norrsken"), "panel", house.now)
    assert vindel(None).status_code == 403  # it is another one's
    assert vindel("vindel").status_code == 200  # but the next meeting may be ours


@pytest.mark.parametrize(
    ("body", "field", "words"),
    [
        ({"partner": "nobody"}, "body.partner", "There are: vindel, norrsken"),
        ({}, "body.partner", "missing"),
        ({"partner": 7}, "body.partner", "cannot be used"),
        ({"partner": "vindel", "until": "soon"}, "body.until", "is not a time"),
        ({"partner": "vindel", "until": "2026-11-23T10:00:00+01:00"}, "body.until", "after now"),
        ({"partner": "vindel", "until": "2026-11-24T10:00:01+01:00"}, "body.until", "a day ahead"),
        ({"partner": "vindel", "name": "Åsa"}, "body.name", "There is no such field"),
        ([], "body", "Send a JSON object"),
    ],
)
def test_check_ins_that_are_refused(house: House, body: Any, field: str, words: str) -> None:
    assert words in wrong(send(house, "POST", CHECKIN, body))[field]
    assert house.state.claims.checkins("granen", 0, NOW + DAY) == []
    assert dirty(house) == []


def test_no_check_in_where_nothing_is_kept(house: House) -> None:
    private = send(house, "POST", CHECKIN.replace("granen", "kontoret"), {"partner": "vindel"})
    assert (private.status_code, private.json()["code"]) == (422, "room_private")
    nowhere = send(house, "POST", CHECKIN.replace("granen", "x"), {"partner": "vindel"})
    assert (nowhere.status_code, nowhere.json()["code"]) == (404, "no_room")


def test_a_body_beyond_all_measure_is_refused(house: House) -> None:
    huge = {"partner": "x" * 100_000}
    assert send(house, "POST", CHECKIN, huge).status_code == 413


# ---- corrections


def test_a_correction_and_its_end(house: House) -> None:
    made = send(house, "POST", CORRECTIONS, GOOD)
    assert made.status_code == 201
    assert made.json() == {
        "id": 1,
        "room": "granen",
        **GOOD,
        "actor": "manager key",
        "made": "2026-11-23T10:00:00+01:00",
        "withdrawn": None,
    }
    nine = at(house, "2026-11-20", 9)
    assert dirty(house) == [("granen", nine), ("granen", nine + HOUR)]
    assert house.state.access.audit_trail()[0][1:4] == (
        "manager key",
        "time corrected",
        "correction 1",
    )
    listed = f"{CORRECTIONS}?start=2026-11-20T00:00:00%2B01:00"
    assert send(house, "GET", listed).json() == {"corrections": [made.json()]}
    assert send(house, "GET", CORRECTIONS).json() == {"corrections": []}  # none today

    house.state.dirty.clean(house.state.dirty.ready(2**62, 2**62))
    house.now += HOUR
    gone = send(house, "DELETE", f"{CORRECTIONS}/1")
    assert gone.json() == made.json() | {"withdrawn": "2026-11-23T11:00:00+01:00"}
    assert dirty(house) == [("granen", nine), ("granen", nine + HOUR)]
    assert send(house, "GET", listed).json()["corrections"] == [gone.json()]
    again = send(house, "DELETE", f"{CORRECTIONS}/1")
    assert (again.status_code, again.json()["code"]) == (404, "no_correction")


def test_only_a_manager_corrects(house: House) -> None:
    for role in ("viewer", "partner", "maintainer"):
        for method, path in (
            ("POST", CORRECTIONS),
            ("GET", CORRECTIONS),
            ("DELETE", f"{CORRECTIONS}/1"),
        ):
            assert send(house, method, path, GOOD, role).status_code == 403, (role, method)


def test_a_correction_belongs_to_its_room(house: House) -> None:
    send(house, "POST", CORRECTIONS, GOOD)
    other = f"{CORRECTIONS.replace('granen', 'tallen')}/1"
    assert send(house, "DELETE", other).status_code == 404
    (stored,) = house.state.claims.corrections("granen", 0, NOW)
    assert stored.withdrawn is None


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"start": "2026-11-20"}, "body.start", "is not a time"),
        ({"end": "2026-11-20T09:00:00+01:00"}, "body.start", "before end"),
        ({"end": "2026-11-20T09:00:00.900+01:00"}, "body.start", "before end"),  # no whole second
        ({"end": "2026-11-20T08:00:00+01:00"}, "body.start", "before end"),
        ({"end": "2026-11-23T10:00:01+01:00"}, "body.end", "has not passed"),
        ({"start": "2026-10-01T00:00:00+02:00"}, "body.start", "At most 31 days"),
        (
            {"start": "2026-08-01T00:00:00+02:00", "end": "2026-08-01T01:00:00+02:00"},
            "body.start",
            "frozen",
        ),
        ({"partner": "nobody"}, "body.partner", "no partner “nobody”"),
        ({"reason": " \n"}, "body.reason", "Say why"),
        ({"reason": "x" * 501}, "body.reason", "at most 500"),
    ],
)
def test_corrections_that_are_refused(
    house: House, change: dict[str, str], field: str, words: str
) -> None:
    assert words in wrong(send(house, "POST", CORRECTIONS, GOOD | change))[field]
    assert house.state.claims.corrections("granen", 0, NOW) == []
    assert dirty(house) == []


def test_frozen_days(house: House) -> None:
    """Readings of 22 November from 10:00 on are kept. A day needs those of a day and 15 min
    before it, and of another day before that: so long the VC system's word is remembered."""
    send(house, "POST", CORRECTIONS, GOOD)
    house.now += 89 * DAY
    answer = send(house, "DELETE", f"{CORRECTIONS}/1")
    assert (answer.status_code, answer.json()["code"]) == (422, "correction_frozen")
    assert "before 2026-11-25" in answer.json()["detail"]
    (stored,) = house.state.claims.corrections("granen", 0, NOW)
    assert stored.withdrawn is None
    first = GOOD | {"start": "2026-11-25T00:00:00+01:00", "end": "2026-11-25T01:00:00+01:00"}
    assert send(house, "POST", CORRECTIONS, first).status_code == 201
    before = first | {"start": "2026-11-24T23:59:59+01:00"}
    assert "2026-11-25" in wrong(send(house, "POST", CORRECTIONS, before))["body.start"]
