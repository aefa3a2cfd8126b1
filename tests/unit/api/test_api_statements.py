"""Statements over HTTP: who sees what, issuing once, files, hostile addresses."""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.statements.recent import Recent
from rooms.statement.inputs import Inputs
from tests.unit.api.statement_house import OCTOBER, StatementHouse
from tests.unit.api.test_api_access import call

PATH = "/api/v1/statements"
# all that tells of Beta and Gamma: ids, names, what they owe
OTHERS = re.compile(r"\b(beta|gamma|Betula|Västerbotten|17.?910.?20|14.?053.?52)\b", re.IGNORECASE)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[StatementHouse]:
    house = StatementHouse(tmp_path)
    yield house
    house.close()


def send(
    house: StatementHouse, path: str, who: str = "manager", body: Any = None, method: str = "GET"
) -> httpx.Response:
    role: Any = who if who in ("manager", "maintainer", "viewer") else "partner"
    more = {} if role == who else {"partner": who or None}
    headers = house.key(role, **more) | {"Accept-Language": "en"}
    return call(house, method, path, headers=headers, json=body)


def issue(house: StatementHouse, who: str = "manager", **body: Any) -> httpx.Response:
    return send(house, f"{PATH}/{OCTOBER}/issue", who, body, "POST")


def test_issued(house: StatementHouse) -> None:
    made = issue(house)
    assert made.status_code == 201, made.text
    told = made.json()
    assert (told["number"], told["version"], told["holds"]) == (1, 1, True)
    assert told["author"] == "manager key"
    amounts = {one["partner"]: one["amount"] for one in told["amounts"]}
    assert amounts == {"alfa": 2_098_629, "beta": 1_791_020, "gamma": 1_405_352}
    assert told["total"] == sum(amounts.values()) == 4_150_000 + 800_001 + 300_000 + 45_000
    assert send(house, PATH).json()["issued"] == [told]
    statement = send(house, f"{PATH}/1").json()
    assert statement["head"]["number"] == 1
    assert [one["amount"] for one in statement["totals"]] == [*amounts.values()]


def test_the_second_click_is_told_and_issues_nothing(house: StatementHouse) -> None:
    issue(house)
    again = issue(house)
    assert (again.status_code, again.json()["code"]) == (409, "cannot_issue")
    assert [error["message"] for error in again.json()["errors"]] == [
        "Nothing has changed since the month was issued."
    ]
    assert len(house.told.issued()) == 1


def test_a_running_month_is_not_issued(house: StatementHouse) -> None:
    answer = send(house, f"{PATH}/2026-11/issue", body={}, method="POST")
    assert answer.status_code == 409
    assert "not over yet" in answer.text


def test_a_new_version_needs_a_reason(house: StatementHouse) -> None:
    issue(house)
    house.late()
    (newer,) = send(house, PATH).json()["newer"]
    assert (newer["month"], newer["number"], newer["reaches"]) == (OCTOBER, 1, True)
    differences = {one["partner"]: one["difference"] for one in newer["changes"]}
    assert differences["alfa"] < 0 < differences["beta"]
    assert sum(differences.values()) == 0
    assert "Write why" in issue(house).text
    made = issue(house, reason="Corrected  at Alfa's wish")
    assert (made.json()["number"], made.json()["version"]) == (2, 2)
    assert made.json()["reason"] == "Corrected at Alfa's wish"
    diff = send(house, f"{PATH}/2/diff").json()
    assert diff["replaces"] == 1
    assert {
        one["partner"]: one["difference"] for one in diff["changes"] if one["difference"]
    } == differences
    assert [one["holds"] for one in send(house, PATH).json()["issued"]] == [True, False]


def test_a_partner_sees_its_own_and_no_other(house: StatementHouse) -> None:
    issue(house)
    house.late()
    paths = [
        PATH,
        f"{PATH}/1",
        f"{PATH}/1/diff",
        f"{PATH}/{OCTOBER}/draft",
        f"{PATH}/2026-11/draft",
    ]
    paths += [f"{PATH}/1/files/{one}" for one in house.told.files(1, "alfa") if "csv" in one]
    for path in paths:
        answer = send(house, path, "alfa")
        assert answer.status_code == 200, path
        assert OTHERS.search(answer.text) is None, path
    listed = send(house, PATH, "alfa").json()
    (one,) = listed["issued"]
    assert (one["total"], one["author"]) == (2_098_629, None)
    assert [change["partner"] for change in listed["newer"][0]["changes"]] == ["alfa"]
    assert listed["running"]["blocks"] == []


@pytest.mark.parametrize(
    "path",
    ["inputs.json", "voucher.si", "partners/beta/lines.csv", "../beta/lines.csv", "SHA256SUMS",
     "..%2fbeta%2flines.csv", "%00", "x" * 150],
)  # fmt: skip
def test_files_that_a_partner_does_not_get(house: StatementHouse, path: str) -> None:
    issue(house)
    assert send(house, f"{PATH}/1/files/{path}", "alfa").status_code in (404, 422)


def test_files(house: StatementHouse) -> None:
    issue(house)
    for path, type_ in (
        ("statement.sv.pdf", "application/pdf"),
        ("lines.csv", "text/csv; charset=utf-8"),
        ("voucher.si", "application/octet-stream"),
        ("partners/beta/statement.json", "application/json"),
    ):
        answer = send(house, f"{PATH}/1/files/{path}")
        assert answer.status_code == 200
        assert answer.content == house.told.file(1, path)
        assert answer.headers["content-type"] == type_
        name = path.replace("/", "-")
        assert answer.headers["content-disposition"] == f'attachment; filename="2026-10-v1-{name}"'
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_verified(house: StatementHouse) -> None:
    issue(house)
    whole = send(house, f"{PATH}/verify").json()
    assert whole == {"intact": True, "statements": 1, "findings": []}
    file = next(house.told.ledger.folder.glob("*/lines.csv"))
    file.write_bytes(file.read_bytes().replace(b"2026-10", b"2026-11", 1))
    changed = send(house, f"{PATH}/verify").json()
    assert not changed["intact"]
    assert {(one["number"], one["file"]) for one in changed["findings"]} == {(1, "lines.csv")}


def test_one_without_a_part_sees_nothing(house: StatementHouse) -> None:
    issue(house)
    assert send(house, PATH, "stranger").json()["issued"] == []
    for path in (f"{PATH}/1", f"{PATH}/1/diff", f"{PATH}/{OCTOBER}/draft"):
        assert send(house, path, "stranger").status_code == 404
        assert send(house, path, "").status_code == 403


def test_who_may(house: StatementHouse) -> None:
    for who in ("viewer", "maintainer"):
        for path in (PATH, f"{PATH}/1", f"{PATH}/{OCTOBER}/draft", f"{PATH}/1/files/lines.csv"):
            assert send(house, path, who).status_code == 403
    for who in ("viewer", "maintainer", "alfa"):
        assert issue(house, who).status_code == 403
    assert house.told.issued() == []


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/0", 422), ("/-1", 422), ("/x", 422), ("/" + "9" * 40, 422), ("/7", 404),
        ("/7/diff", 404), ("/7/files/lines.csv", 404), ("/7/files/", 404),
        ("/2026-13/draft", 422), ("/1999-01/draft", 422), ("/2026-1/draft", 422),
        ("/２０２６-01/draft", 422), ("/20٢٦-10/draft", 422),
        ("/2026-10%0a/draft", 422), ("?page=2", 422),
    ],
)  # fmt: skip
def test_hostile_addresses(house: StatementHouse, path: str, status: int) -> None:
    answer = send(house, PATH + path)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_partner_is_not_worked_for_where_there_is_nothing(
    house: StatementHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(house.told, "_gathered", lambda _: pytest.fail("gathered"))
    for month in ("2000-01", "2099-12"):
        assert send(house, f"{PATH}/{month}/draft", "alfa").status_code == 404


def test_whoever_waits_for_a_month_leaves_threads_to_the_others(
    house: StatementHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each month is made anew by a request of its own; the board is answered meanwhile."""
    free, begun, inside = threading.Event(), threading.Event(), []

    def slow(month: str) -> Inputs:
        inside.append(month)
        begun.set()
        assert free.wait(30)
        return gathered(month)

    gathered = house.told._gathered
    monkeypatch.setattr(house.told, "_gathered", slow)
    key = house.key("manager")

    async def all_at_once() -> list[int]:
        async with house.client() as client:
            months = [f"{year}-01" for year in range(2000, 2060)]
            asked = [
                asyncio.create_task(client.get(f"{PATH}/{month}/draft", headers=key))
                for month in months
            ]
            await asyncio.to_thread(begun.wait, 30)
            board = await asyncio.wait_for(client.get("/api/v1/rooms", headers=key), 30)
            assert not any(task.done() for task in asked)
            free.set()
            return [board.status_code, *(answer.status_code for answer in await _all(asked))]

    assert set(asyncio.run(all_at_once())) == {200}
    assert len(inside) == 60


async def _all(tasks: list[asyncio.Task[httpx.Response]]) -> list[httpx.Response]:
    return await asyncio.gather(*tasks)


def test_what_is_kept_is_told_while_another_is_made(house: StatementHouse) -> None:
    kept: Recent[str] = Recent(lambda: 0, 1000)
    kept.get("a", lambda: "made")
    with ThreadPoolExecutor(1) as pool:

        def slow() -> str:
            told = pool.submit(kept.get, "a", lambda: pytest.fail("made again"))
            return f"slow, and {told.result(30)}"

        assert kept.get("b", slow) == "slow, and made"


@pytest.mark.parametrize(
    "body",
    [
        {"reason": "gnp\u202e.exe"},
        {"reason": "x" * 501},
        {"reason": "\x07"},
        {"overrides": {"granen": "y" * 501}},
        {"by": "x"},
    ],
)
def test_hostile_words(house: StatementHouse, body: dict[str, Any]) -> None:
    assert issue(house, **body).status_code == 422
    assert house.told.issued() == []


def test_a_month_that_cannot_be_computed_says_why(house: StatementHouse) -> None:
    house.change(OCTOBER, agreements=())
    told = send(house, f"{PATH}/{OCTOBER}/draft").json()
    assert told["statement"] is None
    assert told["blocks"]
    own = send(house, f"{PATH}/{OCTOBER}/draft", "alfa").json()
    assert (own["statement"], own["blocks"]) == (None, [])
