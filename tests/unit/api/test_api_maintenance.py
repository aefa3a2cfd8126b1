"""Maintenance windows: those of rooms.yaml, those made over the API, the page on both."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from rooms.faults.windows import holding, windows_of
from rooms.registry import Registry, Site
from storage.state import StoredWindow
from tests.unit.api.fault_house import CAMERA, FAN, fault_house, the
from tests.unit.api.house import HOUR, NOW, House
from tests.unit.api.test_api_access import call
from tests.unit.api.test_api_page_use import rows, words
from tests.unit.api.usage_house import WHOLE

PATH = "/api/v1/maintenance"
SUNDAYS = {
    "id": "restart",
    "from": "2026-11-22 22:00",
    "lasts": "2h",
    "repeat": "FREQ=WEEKLY;BYDAY=SU",
    "reason": {"sv": "Omstart", "en": "Restart"},
}
ASKED = {"from": "2026-11-23 09:30", "lasts": "2h", "rooms": ["granen"], "reason": "New carpets"}


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = fault_house(tmp_path)
    house.site = Site.model_validate(WHOLE | {"maintenance": [SUNDAYS]})
    house.registry = Registry([house.site])
    yield house
    house.close()


def send(
    house: House, method: str, path: str = PATH, body: Any = None, role: str = "maintainer"
) -> httpx.Response:
    headers = house.key(role) | {"Accept-Language": "en"}
    return call(house, method, path, headers=headers, json=body)


def held(house: House, finding: Any, at: int) -> str | None:
    made = [(one.site, one.body) for one in house.state.windows.all()]
    windows = windows_of(house.registry, made)
    return holding(windows, the(house, finding), house.registry, at)


def test_made_and_removed(house: House) -> None:
    assert held(house, CAMERA, NOW) is None
    made = send(house, "POST", body=ASKED)
    assert made.status_code == 201, made.text
    told = made.json()
    id_ = told.pop("id")
    assert told == {
        "site": "lycksele",
        "from": "2026-11-23 09:30",
        "lasts_s": 7200,
        "repeat": None,
        "rooms": ["granen"],
        "devices": None,
        "codes": None,
        "reason": "New carpets",
        "origin": "api",
        "made": "2026-11-23T10:00:00+01:00",
        "made_by": "maintainer key",
        "active": True,
    }
    assert held(house, CAMERA, NOW) == id_
    assert held(house, CAMERA, NOW + 90 * 60_000) is None  # from 09:30 to 11:30
    assert held(house, FAN, NOW) is None  # another room's
    listed = send(house, "GET", role="viewer").json()["windows"]
    assert [(one["id"], one["origin"]) for one in listed] == [
        ("restart", "rooms.yaml"),
        (id_, "api"),
    ]
    gone = send(house, "DELETE", f"{PATH}/{id_}")
    assert (gone.status_code, gone.json()["id"]) == (200, id_)
    assert held(house, CAMERA, NOW) is None
    actions = house.state.db.execute(
        "SELECT actor, action, subject FROM audit WHERE action LIKE 'maintenance%'"
    ).fetchall()
    assert [tuple(row) for row in actions] == [
        ("maintainer key", "maintenance window made", id_),
        ("maintainer key", "maintenance window removed", id_),
    ]
    assert send(house, "DELETE", f"{PATH}/{id_}").status_code == 404


def test_what_stands_in_the_file_stays(house: House) -> None:
    answer = send(house, "DELETE", f"{PATH}/restart")
    assert answer.status_code == 409
    assert "stands in rooms.yaml. Remove it there." in answer.json()["detail"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"from": "soon"}, "body.from"),
        ({"from": "2026-02-30 10:00"}, "body.from"),
        ({"lasts": "a while"}, "body.lasts"),
        ({"lasts": "32d"}, "body.lasts"),
        ({"lasts": 0}, "body.lasts"),
        ({"lasts": "9" * 5000}, "body.lasts"),  # more than Python reads as a number
        ({"lasts": 10**100}, "body.lasts"),
        ({"lasts": True}, "body.lasts"),
        ({"lasts": 1.5}, "body.lasts"),
        ({"from": "9999-12-31 23:00"}, "body.from"),
        ({"repeat": "FREQ=YEARLY;BYDAY=99MO"}, "body.repeat"),
        ({"repeat": "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"}, "body.repeat"),
        ({"repeat": "FREQ=HOURLY"}, "body.repeat"),
        ({"repeat": "every now and then"}, "body.repeat"),
        ({"rooms": ["x"]}, "body.rooms"),
        ({"devices": ["x"]}, "body.devices"),
        ({"codes": ["x"]}, "body.codes.0"),
        ({"codes": []}, "body.codes"),
        ({"site": "x"}, "body.site"),
        ({"reason": ""}, "body.reason"),
        ({"reason": "\x00"}, "body.reason"),
        ({"reason": "x" * 81}, "body.reason"),
        ({"id": "mine"}, "body.id"),
    ],
)
def test_refused(house: House, wrong: dict[str, Any], field: str) -> None:
    answer = send(house, "POST", body=ASKED | wrong)
    assert answer.status_code == 422, answer.text
    errors = answer.json()["errors"]
    assert {error["field"].removesuffix(".sv").removesuffix(".en") for error in errors} == {field}
    assert all("{" not in error["message"] for error in errors)
    assert house.state.windows.all() == []


def test_only_maintainers_change_them(house: House) -> None:
    for role in ("viewer", "partner"):
        assert send(house, "POST", body=ASKED, role=role).status_code == 403
        assert send(house, "DELETE", f"{PATH}/restart", role=role).status_code == 403


def test_one_of_a_site_that_is_gone_is_not_told(house: House) -> None:
    send(house, "POST", body=ASKED)
    house.registry = Registry([house.site.model_copy(update={"id": "umea"})])
    assert len(send(house, "GET").json()["windows"]) == 1


# ---- the page


def page(house: House, role: str = "maintainer", lang: str = "sv", query: str = "") -> str:
    headers = house.key(role) | {"Accept": "text/html", "Accept-Language": lang}
    answer = call(house, "GET", f"/maintenance{query}", headers=headers)
    assert answer.status_code == 200
    return answer.text


def press(house: House, path: str, **form: str) -> httpx.Response:
    headers = house.key("maintainer") | {"Accept": "text/html", "Accept-Language": "sv"}
    return call(house, "POST", path, headers=headers, data=form)


def test_the_form(house: House) -> None:
    form = {
        "reason": "Målning <b>",
        "from": "2026-11-23T09:30",
        "lasts": "2h",
        "repeat": "FREQ=DAILY",
        "room": "granen",
        "device": "",
        "code": "peripheral_missing",
    }
    answer = press(house, "/maintenance", **form)
    assert (answer.status_code, answer.headers["location"]) == (303, "/maintenance?done=made")
    (stored,) = house.state.windows.all()
    assert held(house, CAMERA, NOW) == held(house, CAMERA, NOW + 24 * HOUR) == stored.id
    assert "Underhållsfönstret är sparat." in page(house, query="?done=made")
    assert rows(page(house), "Underhållsfönster") == [
        "Målning <b> Pågår till 11.30 Varje dag Granen: Saknat tillbehör maintainer key"
        " Ta bort Målning <b>",
        "Omstart 29 nov. 22.00 till 30 nov. 00.00 Varje vecka (sön)"
        " Hela Innovationsarena Inland rooms.yaml",
    ]
    assert "<b>" not in page(house)
    answer = press(house, f"/maintenance/{stored.id}/remove")
    assert answer.headers["location"] == "/maintenance?done=removed"
    assert house.state.windows.all() == []
    wrong = press(house, "/maintenance", **(form | {"lasts": "x", "reason": ""}))
    assert wrong.status_code == 422


def test_one_that_is_over_stands_last(house: House) -> None:
    send(house, "POST", body=ASKED | {"from": "2026-11-20 09:30", "reason": "Past"})
    told = rows(page(house, lang="en"), "Maintenance windows")
    assert [row.split()[0] for row in told] == ["Restart", "Past"]
    assert told[1].startswith("Past Over Once The Spruce maintainer key")


def test_a_viewer_looks_on(house: House) -> None:
    assert "Nytt underhållsfönster" in words(page(house))
    assert "Nytt underhållsfönster" not in words(page(house, "viewer"))


def test_a_window_that_cannot_be_read_is_left_out(house: House) -> None:
    house.state.windows.put(StoredWindow("w", house.site.id, '{"id": "w"}', NOW, "bo"))
    assert send(house, "GET").status_code == 200
    assert "Underhållsfönster" in page(house)
