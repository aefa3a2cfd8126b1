"""Faults over the API: lists page by page, one in full, what people do, sums of a period."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.unit.api.fault_house import (
    BATTERY,
    CAMERA,
    FAN,
    HELD,
    REPORT,
    SILENT,
    SOURCE,
    fault_house,
    opened,
    settle,
    the,
)
from tests.unit.api.house import HOUR, MIN, NOW, House
from tests.unit.api.test_api_access import call

FAULTS = "/api/v1/faults"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = fault_house(tmp_path)
    yield house
    house.close()


def ask(house: House, path: str, role: str = "viewer", lang: str = "en", **query: str) -> Any:
    headers = house.key(role) | {"Accept-Language": lang}
    answer = call(house, "GET", path, headers=headers, params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def post(house: House, path: str, body: Any = None, role: str = "maintainer") -> httpx.Response:
    headers = house.key(role) | {"Accept-Language": "en"}
    return call(house, "POST", path, headers=headers, json=body)


def of(told: Any) -> list[tuple[str, str]]:
    return [(one["code"], one["subject"]) for one in told["faults"]]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, [REPORT, HELD, SOURCE, CAMERA, SILENT, BATTERY]),
        ({"state": "resolved"}, [FAN]),
        ({"state": "all", "severity": "error"}, [SOURCE, CAMERA, FAN]),
        ({"room": "granen"}, [CAMERA, BATTERY]),
        ({"device": "granen-vc"}, [CAMERA]),
        ({"source": "av"}, [SOURCE]),
        ({"code": "device_silent"}, [HELD, SILENT]),
        ({"held": "true"}, [HELD]),
        ({"held": "false", "code": "device_silent"}, [SILENT]),
        ({"site": "lycksele", "code": "reported"}, [REPORT]),
        ({"code": "clock_skew"}, []),
        # the fan was broken from Friday 08 to 13
        ({"state": "all", "to": "2026-11-20T08:00:00+01:00"}, []),
        ({"state": "all", "to": "2026-11-20T08:00:01+01:00"}, [FAN]),
        ({"state": "resolved", "from": "2026-11-20T12:59:59+01:00"}, [FAN]),
        ({"state": "resolved", "from": "2026-11-20T13:00:00+01:00"}, []),
    ],
)
def test_choosing(house: House, query: dict[str, str], found: list[Any]) -> None:
    told = of(ask(house, FAULTS, **query))
    # two of the same moment stand in any order
    assert sorted(told) == sorted((one.code, one.subject) for one in found)
    assert told[-1:] == [(one.code, one.subject) for one in found][-1:]


def test_page_by_page(house: House) -> None:
    whole = of(ask(house, FAULTS))
    pages, cursor = [], {}
    while True:
        told = ask(house, FAULTS, limit="2", **cursor)
        pages.append(of(told))
        if told["cursor"] is None:
            break
        cursor = {"cursor": told["cursor"]}
    assert [len(page) for page in pages] == [2, 2, 2]
    assert [one for page in pages for one in page] == whole


@pytest.mark.parametrize(
    ("query", "field", "message"),
    [
        ({"room": "x"}, "room", "There is no “x” in rooms.yaml."),
        ({"device": "x"}, "device", "There is no “x” in rooms.yaml."),
        ({"device": "granen-pir", "source": "av"}, "source", "Give device or source, not both."),
        ({"from": "yesterday"}, "from", "“yesterday” is not a time"),
        (
            {"from": "2026-11-20T13:00:00Z", "to": "2026-11-20T13:00:00Z"},
            "from",
            "from must lie before to.",
        ),
        ({"cursor": "x"}, "cursor", "Use the cursor of the page before"),
        ({"limit": "0"}, "limit", "cannot be used"),
        ({"state": "closed"}, "state", "choose one of 'open', 'resolved', 'all'"),
        ({"code": "x"}, "code", "choose one of"),
        ({"start": "2026-11-20T13:00:00Z"}, "start", "There is no such parameter"),
    ],
)
def test_wrong_questions(house: House, query: dict[str, str], field: str, message: str) -> None:
    headers = house.key() | {"Accept-Language": "en"}
    answer = call(house, "GET", FAULTS, headers=headers, params=query)
    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert error["field"] == f"query.{field}"
    assert message in error["message"]


def test_a_device_that_was_removed_keeps_its_faults(house: House) -> None:
    devices = [d for d in house.site.devices if d.id != "granen-vc"]
    placed = [p for p in house.site.placements if p.device != "granen-vc"]
    site = house.site.model_copy(update={"devices": devices, "placements": placed})
    house.registry = type(house.registry)([site])
    assert of(ask(house, FAULTS, device="granen-vc")) == [("peripheral_missing", "granen-vc")]
    assert len(ask(house, "/api/v1/devices/granen-vc/history")["faults"]) == 1


def test_one_in_full(house: House) -> None:
    """Broken 08 to 12 and 12:30 to 13 on a Friday: all of it while the house was open."""
    told = ask(house, f"{FAULTS}/{the(house, FAN).id}")
    assert told["fault"] == {
        "id": the(house, FAN).id,
        "code": "equipment_error",
        "subject": "tallen-vc",
        "name": "tallen-vc",
        "site": "lycksele",
        "room": "tallen",
        "severity": "error",
        "detail": "fan",
        "text": "The fan has failed (since 20 Nov 12:30)",
        "since": "2026-11-20T08:00:00+01:00",
        "opened": "2026-11-20T08:00:00+01:00",
        "resolved": "2026-11-20T13:00:00+01:00",
        "acknowledged": None,
        "acknowledged_by": None,
        "snoozed_until": None,
        "held": None,
        "escalations": 0,
        "reopened": 1,
        "members": [],
    }
    assert told["lost_minutes"] == 270
    assert [(s["start"][11:16], s["end"][11:16]) for s in told["spells"]] == [
        ("08:00", "12:00"),
        ("12:30", "13:00"),
    ]
    kinds = ["opened", "resolved", "reopened", "resolved"]
    assert [one["kind"] for one in told["transitions"]] == kinds


def test_one_that_costs_no_room_time(house: House) -> None:
    told = ask(house, f"{FAULTS}/{the(house, BATTERY).id}", lang="sv")
    assert told["lost_minutes"] == 0
    assert told["spells"] == [{"start": "2026-11-22T08:00:00+01:00", "end": None}]
    assert told["fault"]["text"] == "Svagt batteri sedan i går 08.00"
    assert told["transitions"][-1] == {
        "fault": the(house, BATTERY).id,
        "at": "2026-11-22T09:00:00+01:00",
        "kind": "acknowledged",
        "severity": "warning",
        "who": "anna",
        "note": "Nytt batteri köpt",
        "until": None,
        "held": None,
    }


def test_the_history_of_a_device(house: House) -> None:
    low = BATTERY._replace(since=NOW - 10 * MIN)
    settle(house, BATTERY, NOW - 3 * HOUR, there=False)
    opened(house, low, NOW - 10 * MIN)
    told = ask(house, "/api/v1/devices/granen-pir/history")
    assert [one["resolved"] is None for one in told["faults"]] == [True, False]
    kinds = ["opened", "resolved", "acknowledged", "opened"]
    assert [one["kind"] for one in told["transitions"]] == kinds
    assert len(ask(house, "/api/v1/devices/granen-pir/history", limit="1")["faults"]) == 1
    missing = call(house, "GET", "/api/v1/devices/x/history", headers=house.key())
    assert missing.status_code == 404
