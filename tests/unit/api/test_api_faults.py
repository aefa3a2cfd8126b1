"""Faults over the API: lists page by page, one in full, what people do, sums of a period."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from rooms.alerts.message import Alert, Delivery, Entry
from tests.unit.api.fault_house import (
    BATTERY,
    CAMERA,
    FAN,
    HELD,
    REPORT,
    SILENT,
    SOURCE,
    alert,
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
        "text": "The fan has failed (since 20 Nov 08:00)",
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


# ---- what people do


def test_acknowledging(house: House) -> None:
    path = f"{FAULTS}/{the(house, CAMERA).id}/acknowledge"
    told = post(house, path, {"note": "  Ny kabel\r\n\x1b[31m\u202e på väg "})
    assert told.status_code == 200, told.text
    assert told.json()["acknowledged"] == "2026-11-23T10:00:00+01:00"
    assert told.json()["acknowledged_by"] == "maintainer key"
    fault = the(house, CAMERA)
    assert (fault.acknowledged, fault.acknowledged_by) == (NOW, "maintainer key")
    last = house.state.faults.transitions(fault.id)[-1]
    assert (last.kind, last.who, last.note) == (
        "acknowledged",
        "maintainer key",
        "Ny kabel [31m på väg",
    )
    (row,) = house.state.db.execute(
        "SELECT actor, action, subject FROM audit ORDER BY rowid DESC LIMIT 1"
    )
    assert row == ("maintainer key", "fault acknowledged", fault.id)
    again = post(house, path)
    assert again.status_code == 409
    assert again.headers["content-type"] == "application/problem+json"
    assert again.json()["detail"] == "Somebody has taken on the fault already."


@pytest.mark.parametrize(
    ("body", "until"),
    [
        ({"for": "2h"}, NOW + 2 * HOUR),
        ({"until": "2026-11-23T12:30:00+01:00", "note": "lunch"}, NOW + 150 * MIN),
        ({"for": "31d"}, NOW + 31 * 24 * HOUR),
    ],
)
def test_snoozing(house: House, body: dict[str, str], until: int) -> None:
    told = post(house, f"{FAULTS}/{the(house, CAMERA).id}/snooze", body)
    assert told.status_code == 200, told.text
    assert the(house, CAMERA).snoozed_until == until


@pytest.mark.parametrize(
    ("do", "body", "field"),
    [
        ("snooze", {}, "body.until"),
        ("snooze", {"for": "1h", "until": "2026-11-23T12:30:00+01:00"}, "body.until"),
        ("snooze", {"for": "soon"}, "body.for"),
        ("snooze", {"for": "0s"}, "body.for"),
        ("snooze", {"for": "32d"}, "body.for"),
        ("snooze", {"until": "2026-11-23T10:00:00+01:00"}, "body.until"),
        ("snooze", {"until": "12:30"}, "body.until"),
        ("comment", {"note": " \n "}, "body.note"),
        ("comment", {}, "body.note"),
        ("comment", {"note": "x" * 501}, "body.note"),
        ("acknowledge", {"note": "x" * 501}, "body.note"),
        ("acknowledge", {"who": "anna"}, "body.who"),
    ],
)
def test_refused(house: House, do: str, body: dict[str, str], field: str) -> None:
    answer = post(house, f"{FAULTS}/{the(house, CAMERA).id}/{do}", body)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]
    assert len(house.state.faults.transitions(the(house, CAMERA).id)) == 1


def test_commenting_and_resolving(house: House) -> None:
    camera, report, fan = (the(house, one).id for one in (CAMERA, REPORT, FAN))
    assert post(house, f"{FAULTS}/{fan}/comment", {"note": "Den bullrar"}).status_code == 200
    assert post(house, f"{FAULTS}/{fan}/acknowledge").status_code == 409  # it is over
    by_itself = post(house, f"{FAULTS}/{camera}/resolve")
    assert by_itself.status_code == 409
    assert "resolved by itself" in by_itself.json()["detail"]
    assert post(house, f"{FAULTS}/{report}/resolve", {"note": "Bytt sladd"}).status_code == 200
    assert the(house, REPORT).resolved == NOW
    assert post(house, f"{FAULTS}/0123456789ab/comment", {"note": "x"}).status_code == 404


@pytest.mark.parametrize("role", ["viewer", "partner"])
def test_who_may_not(house: House, role: str) -> None:
    for do, body in (("acknowledge", None), ("snooze", {"for": "1h"}), ("comment", {"note": "x"})):
        answer = post(house, f"{FAULTS}/{the(house, CAMERA).id}/{do}", body, role)
        assert answer.status_code == 403


def test_a_partner_cannot_look_faults_up(house: House) -> None:
    told = ask(house, "/api/v1/rooms/granen", "partner")
    assert [problem["fault"] for problem in told["problems"]] == ["", ""]
    page = call(house, "GET", "/", headers=house.key("partner") | {"Accept": "text/html"}).text
    assert "Kameran" in page
    assert "/faults" not in page
    told = ask(house, "/api/v1/rooms/granen")
    assert told["problems"][0]["fault"] == the(house, CAMERA).id


# ---- sums of a period


def test_the_summary(house: House) -> None:
    """30 days: the battery was answered after an hour; the fan mended after 4 h, and 30 min."""
    told = ask(house, f"{FAULTS}/summary")
    assert (told["start"], told["end"]) == (
        "2026-10-24T11:00:00+02:00",
        "2026-11-23T10:00:00+01:00",
    )
    counts = [(one["code"], one["severity"], one["opened"], one["open"]) for one in told["counts"]]
    assert counts == [
        ("equipment_error", "error", 2, 0),
        ("peripheral_missing", "error", 1, 1),
        ("source_silent", "error", 1, 1),
        ("battery_low", "warning", 1, 1),
        ("device_silent", "warning", 2, 2),
        ("reported", "warning", 1, 1),
    ]
    assert (told["acknowledged"], told["mean_minutes_to_acknowledge"]) == (1, 60.0)
    assert (told["repaired"], told["mean_minutes_to_repair"]) == (2, 135.0)
    assert told["lost"] == [
        {"room": "granen", "code": "peripheral_missing", "minutes": 65},
        {"room": "tallen", "code": "equipment_error", "minutes": 270},
    ]


def test_the_summary_of_a_morning(house: House) -> None:
    within = {"from": "2026-11-20T11:00:00+01:00", "to": "2026-11-20T12:15:00+01:00"}
    told = ask(house, f"{FAULTS}/summary", **within)
    assert told["lost"] == [{"room": "tallen", "code": "equipment_error", "minutes": 60}]
    assert (told["repaired"], told["mean_minutes_to_repair"]) == (0, None)
    wrong = {"from": "2025-10-01T00:00:00Z", "to": "2026-11-20T12:00:00Z"}
    answer = call(house, "GET", f"{FAULTS}/summary", headers=house.key(), params=wrong)
    assert answer.status_code == 422


# ---- alerts


def test_what_was_told_to_whom(house: House) -> None:
    first = alert(house, CAMERA)
    refused = "550 5.1.1 <bo@example.se>: unknown; see https://hooks.example/secret?x=1"
    waiting = Alert(0, "bo", "digest", "", NOW, NOW, False, (Entry("x", "opened", NOW),), "sent")
    second = house.state.alerts.put(waiting)
    house.state.alerts.put_deliveries(
        [
            Delivery(second, "email", "failed", 1, NOW, refused, NOW),
            Delivery(second, "url:01234567", "waiting", 3, NOW + 4 * MIN),
        ]
    )
    told = ask(house, "/api/v1/alerts", "maintainer")
    assert [one["id"] for one in told["alerts"]] == [second, first]
    assert "example" not in str(told)
    assert "secret" not in str(told)
    email, url = told["alerts"][0]["deliveries"]
    assert email["error"] == "550 5.1.1 … unknown; see …"
    assert (url["state"], url["attempts"]) == ("waiting", 3)
    assert url["next_try"] == "2026-11-23T10:04:00+01:00"
    assert told["alerts"][1]["entries"] == [{"fault": the(house, CAMERA).id, "event": "opened"}]
    page = ask(house, "/api/v1/alerts", "maintainer", limit="1")
    assert page["cursor"] == second
    rest = ask(house, "/api/v1/alerts", "maintainer", limit="1", cursor=str(second))
    assert ([one["id"] for one in rest["alerts"]], rest["cursor"]) == ([first], None)
