"""What faults cost in a period, over the API, and what was told of them to whom."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rooms.alerts.message import Alert, Delivery, Entry
from tests.unit.api.fault_house import CAMERA, alert, fault_house, the
from tests.unit.api.house import MIN, NOW, House
from tests.unit.api.test_api_access import call
from tests.unit.api.test_api_faults import FAULTS, ask


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = fault_house(tmp_path)
    yield house
    house.close()


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
