"""Disputes: a partner says that time was not its own; a manager answers, once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.disputes import MOST_A_DAY
from rooms.dayevidence import DayEvidence, Vacancy
from rooms.registry import Registry, Site
from storage.state import StoredCorrection
from tests.unit.api.house import NOW, House
from tests.unit.api.test_api_access import OURS, call
from tests.unit.api.test_api_claims import dirty
from tests.unit.api.usage_house import WHOLE, at, usage_house

PATH = "/api/v1/disputes"
ASKED = {
    "room": "granen",
    "start": "2026-11-20T09:00:00+01:00",
    "end": "2026-11-20T10:30:00+01:00",
    "reason": "We were not  there",
}
OTHER = {"id": "skogstek", "name": "Skogstek Lycksele AB"}


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = usage_house(tmp_path)
    house.site = Site.model_validate(WHOLE | {"partners": [*WHOLE["partners"], OTHER]})
    house.registry = Registry([house.site])
    nine, hour = at(house, "2026-11-20", 9), 3_600_000
    house.counted(
        ("granen", nine - hour, nine, "skogstek"),
        ("granen", nine, nine + 2 * hour, "vindel"),
        ("granen", nine + 2 * hour, nine + 3 * hour, None),
        ("tallen", nine, nine + 2 * hour, "vindel"),
    )
    yield house
    house.close()


def send(
    house: House, path: str = PATH, body: Any = None, who: str = "vindel", method: str = "POST"
) -> httpx.Response:
    """As a manager, another role, or the partner of that name."""
    role: Any = who if who in ("manager", "maintainer", "viewer") else "partner"
    more = {} if role == who else {"partner": who or None}
    headers = house.key(role, **more) | {"Accept-Language": "en"}
    return call(house, method, path, headers=headers, json=body)


def get(house: House, who: str, query: str = "") -> list[Any]:
    found: list[Any] = send(house, PATH + query, who=who, method="GET").json()["disputes"]
    return found


def corrections(house: House) -> list[StoredCorrection]:
    return house.state.claims.corrections("granen", 0, NOW)


def test_filed_and_corrected(house: House) -> None:
    made = send(house, body=ASKED)
    assert made.status_code == 201, made.text
    told = {
        "id": 1,
        "room": "granen",
        "start": "2026-11-20T09:00:00+01:00",
        "end": "2026-11-20T10:30:00+01:00",
        "partner": "vindel",
        "reason": "We were not there",
        "made": "2026-11-23T10:00:00+01:00",
        "state": "open",
        "answer": "",
        "closed": None,
    }
    hidden = {"actor": None, "closer": None, "correction": None}
    assert made.json() == told | hidden
    assert get(house, "manager") == [told | hidden | {"actor": "partner key"}]
    assert dirty(house) == []  # nothing is computed before somebody answered

    answer = {"do": "correct", "partner": "skogstek", "reason": "The door log says so"}
    closed = send(house, f"{PATH}/1/answer", answer, "manager")
    assert closed.status_code == 200, closed.text
    over = {"state": "corrected", "answer": "The door log says so"}
    told |= over | {"closed": "2026-11-23T10:00:00+01:00"}
    ids = {"actor": "partner key", "closer": "manager key", "correction": 1}
    assert closed.json() == told | ids
    nine = at(house, "2026-11-20", 9)
    (correction,) = corrections(house)
    assert correction[:5] == (1, "granen", nine, nine + 5_400_000, "skogstek")
    assert correction.reason == "The door log says so"
    assert ("granen", nine) in dirty(house)
    assert get(house, "vindel") == [told | hidden]  # not to whom the time went
    actions = [row[2] for row in house.state.access.audit_trail() if "key" not in row[2]]
    assert actions == ["dispute corrected", "time corrected", "time disputed"]


def test_rejected_and_withdrawn(house: House) -> None:
    send(house, body=ASKED)
    send(house, body=ASKED | {"room": "tallen"})
    rejected = send(house, f"{PATH}/1/answer", {"do": "reject", "reason": " So it was "}, "manager")
    assert (rejected.json()["state"], rejected.json()["answer"]) == ("rejected", "So it was")
    withdrawn = send(house, f"{PATH}/2/answer", {"do": "withdraw"})
    assert (withdrawn.json()["state"], withdrawn.json()["closer"]) == ("withdrawn", None)
    assert corrections(house) == []
    assert [one["id"] for one in get(house, "vindel", "?state=rejected")] == [1]
    assert get(house, "vindel", "?state=open") == []


def test_answered_once(house: House) -> None:
    send(house, body=ASKED)
    correct = {"do": "correct", "partner": None, "reason": "Nobody's"}
    assert send(house, f"{PATH}/1/answer", correct, "manager").status_code == 200
    again = send(house, f"{PATH}/1/answer", correct, "manager")
    assert (again.status_code, again.json()["code"]) == (409, "dispute_closed")
    assert "Corrected" in again.json()["detail"]
    assert send(house, f"{PATH}/1/answer", {"do": "withdraw"}).status_code == 409
    assert [one.partner for one in corrections(house)] == [None]


def test_a_correction_and_the_end_of_the_dispute_are_one(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(house, body=ASKED)
    # two managers at once: the other one was first, after we had looked
    monkeypatch.setattr(type(house.state.disputes), "close", lambda *_: False)
    correct = {"do": "correct", "partner": None, "reason": "Nobody's"}
    assert send(house, f"{PATH}/1/answer", correct, "manager").status_code == 409
    assert corrections(house) == []
    assert dirty(house) == []


def test_the_same_one_twice_is_one(house: House) -> None:
    assert [send(house, body=ASKED).json()["id"] for _ in range(2)] == [1, 1]


def test_a_partner_sees_no_other(house: House) -> None:
    send(house, body=ASKED)
    assert get(house, "skogstek") == []
    for do in ("withdraw", "reject"):
        answer = send(house, f"{PATH}/1/answer", {"do": do, "reason": "x"}, "skogstek")
        assert answer.status_code == 404
        missing = send(house, f"{PATH}/77/answer", {"do": do, "reason": "x"}, "skogstek")
        assert answer.json()["detail"].replace("1", "77") == missing.json()["detail"]
    assert house.state.disputes.get(1).state == "open"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("who", "do", "status"),
    [
        ("vindel", "correct", 403),
        ("vindel", "reject", 403),
        ("manager", "withdraw", 403),
        ("maintainer", "reject", 403),
        ("viewer", "reject", 403),
    ],
)
def test_who_may_answer(house: House, who: str, do: str, status: int) -> None:
    send(house, body=ASKED)
    body = {"do": do, "partner": None, "reason": "x"}
    assert send(house, f"{PATH}/1/answer", body, who).status_code == status
    assert house.state.disputes.get(1).state == "open"  # type: ignore[union-attr]


def test_who_may_file(house: House) -> None:
    for who in ("manager", "maintainer", "viewer"):
        assert send(house, body=ASKED, who=who).status_code == 403
    nobodys = send(house, body=ASKED, who="")
    assert (nobodys.status_code, nobodys.json()["code"]) == (403, "no_own_partner")
    for who in ("maintainer", "viewer"):
        assert send(house, who=who, method="GET").status_code == 403


@pytest.mark.parametrize(
    ("wrong", "status", "field"),
    [
        ({"room": "nowhere" * 50}, 404, ""),
        ({"room": "kontoret"}, 422, ""),  # private
        ({"start": "yesterday"}, 422, "body.start"),
        ({"start": ASKED["end"]}, 422, "body.start"),
        ({"end": "2026-11-24T10:00:00+01:00"}, 422, "body.end"),  # has not happened
        ({"start": "2026-10-01T10:00:00+02:00"}, 422, "body.start"),  # too long
        ({"start": "2026-05-01T10:00:00Z", "end": "2026-05-01T11:00:00Z"}, 422, "body.start"),
        ({"reason": " "}, 422, "body.reason"),
        ({"reason": "x" * 501}, 422, "body.reason"),
        ({"reason": "\ud800"}, 422, "body.reason"),
        ({"partner": "skogstek"}, 422, "body.partner"),  # nobody speaks for another
    ],
)
def test_refused(house: House, wrong: dict[str, str], status: int, field: str) -> None:
    headers = house.key("partner", partner="vindel") | {"Accept-Language": "en"}
    body = json.dumps(ASKED | wrong)
    sent = headers | {"Content-Type": "application/json"}
    answer = call(house, "POST", PATH, headers=sent, content=body)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert {error["field"] for error in answer.json().get("errors", [])} == ({field} - {""})
    assert house.state.disputes.touching(0, 2**62) == []
    told = answer.text.replace("skogstek", "", str(wrong).count("skogstek"))
    assert "skogstek" not in told.lower()


def test_one_who_is_no_partner_of_the_house_is_not_told_who_is(house: House) -> None:
    answer = send(house, body=ASKED, who="stranger")
    assert answer.status_code == 422
    assert "no partner of the house" in answer.text
    assert not any(one.id in answer.text for one in house.site.partners)


def test_an_answer_needs_words_and_a_partner_that_there_is(house: House) -> None:
    send(house, body=ASKED)
    for body, field in (
        ({"do": "correct", "partner": "x", "reason": "y"}, "body.partner"),
        ({"do": "correct", "reason": "y"}, "body.partner"),
        ({"do": "correct", "partner": None, "reason": " "}, "body.reason"),
        ({"do": "reject"}, "body.reason"),
        ({"do": "reject", "reason": "x" * 501}, "body.reason"),
        ({"do": "forget"}, "body.do"),
    ):
        answer = send(house, f"{PATH}/1/answer", body, "manager")
        assert answer.status_code == 422, body
        assert [error["field"] for error in answer.json()["errors"]] == [field]
    for id_ in ("0", "-1", "x", "9" * 30):
        assert send(house, f"{PATH}/{id_}/answer", {"do": "reject"}, "manager").status_code == 422
    assert send(house, f"{PATH}/9/answer", {"do": "reject"}, "manager").status_code == 404


def test_one_about_a_room_that_is_gone_can_still_be_rejected(house: House) -> None:
    send(house, body=ASKED)
    site = WHOLE | {
        "rooms": [room for room in WHOLE["rooms"] if room["id"] != "granen"],
        "devices": [one for one in WHOLE["devices"] if "granen" not in one["id"]],
        "placements": [one for one in WHOLE["placements"] if one["room"] != "granen"],
    }
    house.registry = Registry([Site.model_validate(site)])
    assert [one["room"] for one in get(house, "vindel")] == ["granen"]
    correct = {"do": "correct", "partner": None, "reason": "x"}
    assert send(house, f"{PATH}/1/answer", correct, "manager").status_code == 409
    reject = {"do": "reject", "reason": "x"}
    assert send(house, f"{PATH}/1/answer", reject, "manager").status_code == 200


@pytest.mark.parametrize(
    ("start", "end", "status"),
    [
        ("09:00", "11:00", 201),  # its own
        ("09:00", "12:00", 201),  # and some that is nobody's
        ("10:59", "12:00", 201),
        ("08:00", "09:00", 422),  # another's
        ("08:59", "10:00", 422),  # its own, and a minute of another's: it would be corrected too
        ("11:00", "12:00", 422),  # nobody's
        ("13:00", "14:00", 422),  # nobody was there
    ],
)
def test_only_what_was_counted_as_ones_own(house: House, start: str, end: str, status: int) -> None:
    times = {"start": f"2026-11-20T{start}:00+01:00", "end": f"2026-11-20T{end}:00+01:00"}
    answer = send(house, body=ASKED | times)
    assert answer.status_code == status, answer.text
    assert len(house.state.disputes.touching(0, 2**62)) == (status == 201)
    assert "skogstek" not in answer.text.lower()


@pytest.mark.parametrize(("other", "status"), [(None, 201), ("skogstek", 422)])
def test_an_empty_booking_too(house: House, other: str | None, status: int) -> None:
    """It may cost money, and a correction takes it away; but no other's with it."""
    two, half = at(house, "2026-11-20", 14), 1_800_000
    empty = [Vacancy(two, two + half, "vindel"), Vacancy(two + half, two + 2 * half, other)]
    told = DayEvidence(vacancies=tuple(empty))
    house.state.evidence.put([("granen", date(2026, 11, 20), told)])
    times = {"start": "2026-11-20T14:00:00+01:00", "end": "2026-11-20T15:00:00+01:00"}
    assert send(house, body=ASKED | times).status_code == status


def test_so_many_a_day(house: House) -> None:
    def file(second: int) -> int:
        return send(house, body=ASKED | {"end": f"2026-11-20T09:59:{second:02}+01:00"}).status_code

    nine = at(house, "2026-11-20", 9)
    for n in range(MOST_A_DAY - 1):
        house.state.disputes.file("granen", nine, nine + n + 1, "vindel", "x", "x", house.now)
    assert [file(1), file(2)] == [201, 429]
    house.now += 24 * 3_600_000 + 1
    assert file(2) == 201


@pytest.mark.parametrize("hidden", ["a\x00b", "a\x1b[31mb", "gnp\u202e.exe", "\u2066x", "\u200b"])
def test_words_hide_nothing(house: House, hidden: str) -> None:
    asked = send(house, body=ASKED | {"reason": hidden})
    assert [error["field"] for error in asked.json()["errors"]] == ["body.reason"]
    send(house, body=ASKED)
    for body in ({"do": "reject"}, {"do": "correct", "partner": None}):
        answer = send(house, f"{PATH}/1/answer", body | {"reason": hidden}, "manager")
        assert [error["field"] for error in answer.json()["errors"]] == ["body.reason"]


def test_another_web_site_cannot_file_one(house: House) -> None:
    create = house.state.access.create_link
    secret = create("partner", "browser", NOW, NOW + 1, partner="vindel")
    cookie = call(house, "POST", f"/login/{secret}", headers=OURS).cookies
    for headers, status in (({}, 403), ({"Sec-Fetch-Site": "cross-site"}, 403), (OURS, 201)):
        answer = call(house, "POST", PATH, headers=headers, cookies=cookie, json=ASKED)
        assert answer.status_code == status
