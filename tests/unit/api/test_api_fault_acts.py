"""What people do to faults over the API, and who may not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.api.fault_house import CAMERA, FAN, REPORT, fault_house, the
from tests.unit.api.house import HOUR, MIN, NOW, House
from tests.unit.api.test_api_access import call
from tests.unit.api.test_api_faults import FAULTS, ask, post


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = fault_house(tmp_path)
    yield house
    house.close()


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
