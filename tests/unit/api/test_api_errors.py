"""Every error is problem+json in the caller's language, or a page for a browser."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from rooms.texts import TEXTS
from storage.store import StoreMisconfigured, StoreUnavailable
from tests.unit.api.house import NOW, House, collector
from tests.unit.api.test_api_access import call

OCCUPANCY = "/api/v1/rooms/granen/occupancy"


def problem(
    house: House, path: str, status: int, *, lang: str = "en", **more: Any
) -> dict[str, Any]:
    more.setdefault("headers", house.key("maintainer"))
    more["headers"] |= {"Accept-Language": lang}
    answer = call(house, more.pop("method", "GET"), path, **more)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["content-language"] == lang
    body: dict[str, Any] = answer.json()
    assert answer.status_code == status == body["status"]
    assert body["type"] == "about:blank"
    return body | {"headers": answer.headers}


@pytest.mark.parametrize(
    ("path", "status", "code", "english", "swedish"),
    [
        ("/api/v1/rooms/x", 404, "no_room", "There is no room “x”", "Rummet ”x” finns inte"),
        (f"{OCCUPANCY.replace('granen', 'x')}", 404, "no_room", "no room “x”", "”x” finns inte"),
        ("/api/v1/devices/x", 404, "no_device", "no device “x”", "Enheten ”x” finns inte"),
        ("/nowhere", 404, "not_found", "nothing here", "Här finns ingenting"),
        (
            "/api/v1/stream?after=x",
            422,
            "invalid",
            "Check: query.after",
            "Kontrollera: query.after",
        ),
    ],
)
def test_problems_in_both_languages(
    house: House, path: str, status: int, code: str, english: str, swedish: str
) -> None:
    for lang, words in (("en", english), ("sv", swedish)):
        body = problem(house, path, status, lang=lang)
        assert body["code"] == code
        assert words in body["detail"]


def test_method_not_allowed(house: House) -> None:
    body = problem(house, "/api/v1/rooms", 405, method="DELETE")
    assert body["code"] == "method"
    assert body["headers"]["allow"] == "GET"


def test_no_key_and_too_small_a_role(house: House) -> None:
    assert problem(house, "/api/v1/rooms", 401, headers={})["code"] == "no_access"
    body = problem(house, "/api/v1/devices", 403, headers=house.key("viewer"))
    assert "viewer" in body["detail"]


@pytest.mark.parametrize(
    ("query", "field", "message"),
    [
        ("start=yesterday", "query.start", "“yesterday” is not a time"),
        ("start=2026-11-23T08:00:00", "query.start", "is not a time"),  # no offset
        ("start=2026-11-23", "query.start", "is not a time"),
        ("start=2026-02-30T08:00:00Z", "query.start", "is not a time"),
        ("start=0001-01-01T00:00:00Z", "query.start", "is not a time"),
        ("end=2026-11-23T08:00:00%2B99:00", "query.end", "is not a time"),
        ("start=2026-11-23T10:00:00Z", "query.start", "in the future"),
        ("start=2026-11-23T08:00:00Z&end=2026-11-23T08:00:00Z", "query.start", "before end"),
        ("start=2026-11-23T08:00:00Z&end=2026-11-23T07:00:00Z", "query.start", "before end"),
        ("start=2026-10-01T00:00:00Z", "query.start", "At most 31 days"),
    ],
)
def test_windows_that_make_no_sense(house: House, query: str, field: str, message: str) -> None:
    body = problem(house, f"{OCCUPANCY}?{query}", 422)
    assert body["errors"][0]["field"] == field
    assert message in body["errors"][0]["message"]


def test_a_store_that_does_not_answer(house: House) -> None:
    house.store.fails = StoreUnavailable("connection refused", retry_after=7.0)
    body = problem(house, OCCUPANCY, 503)
    assert body["headers"]["retry-after"] == "7"
    assert "connection refused" in body["detail"]
    house.store.fails = StoreMisconfigured("wrong password")
    body = problem(house, OCCUPANCY, 503)
    assert "retry-after" not in body["headers"]
    assert body["code"] == "store_misconfigured"


def test_a_mistake_of_ours_shows_no_traceback(house: House) -> None:
    house.store.fails = ZeroDivisionError("secret detail")
    with capture_logs() as logs:
        body = problem(house, OCCUPANCY, 500)
    assert [log["log_level"] for log in logs] == ["error"]
    assert logs[0]["route"] == "/api/v1/rooms/{room}/occupancy"
    assert body["code"] == "internal"
    assert "secret" not in body["detail"]


def test_service_db_that_cannot_be_read(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    headers = house.key()

    def broken(*_: object) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(house.state.live, "all", broken)
    assert problem(house, "/api/v1/rooms", 503, headers=headers)["code"] == "state"
    assert "service.db" in problem(house, "/readyz", 503, headers={})["detail"]
    assert call(house, "GET", "/healthz").status_code == 200


@pytest.mark.parametrize(
    ("role", "words"),
    [
        (None, "the collector is not running"),
        (collector(heartbeat=NOW - 30_000), "the collector is not running"),
        (collector(connected=False), "no contact with the MQTT broker"),
        (collector(steps={"watch": NOW - 65_001, "alerts": NOW}), "nothing watches for faults"),
        (collector(steps={"watch": NOW, "alerts": 0}), "alerts are not being sent"),
        (collector(steps={"watch": NOW, "queue": 0}), "faults do not become alerts"),
        (collector(disk_full=True), "the disk is full"),
    ],
)
def test_not_ready(tmp_path: Path, role: dict[str, Any] | None, words: str) -> None:
    house = House(tmp_path)
    if role is not None:
        house.state.live.put("role", {"collector": role}, NOW)
    assert words in problem(house, "/readyz", 503, headers={})["detail"]
    house.close()


@pytest.mark.parametrize(("path", "status"), [("/nowhere", 404), ("/", 401), ("/tiles/x", 404)])
def test_a_browser_gets_a_page(house: House, path: str, status: int) -> None:
    headers = {"Accept": "text/html,*/*", "Accept-Language": "en-GB,sv;q=0.3"}
    if status != 401:
        headers |= house.key()
    answer = call(house, "GET", path, headers=headers)
    assert answer.status_code == status
    assert answer.headers["content-type"].startswith("text/html")
    assert '<html lang="en">' in answer.text
    assert answer.text.count("<h1>") == 1


def test_the_api_answers_a_browser_too_as_json(house: House) -> None:
    for path in ("/api/v1/rooms/x", "/metrics"):
        answer = call(house, "GET", path, headers={"Accept": "text/html"})
        assert answer.headers["content-type"] == "application/problem+json"


def test_security_headers_stand_on_every_answer(house: House) -> None:
    for path in ("/", "/healthz", "/nowhere", "/api/v1/rooms", "/static/board.js"):
        headers = call(house, "GET", path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert "cache-control" in headers


def test_every_code_has_its_texts() -> None:
    assert all(sv and en and sv != "" for sv, en in TEXTS.values())
    for key, (sv, en) in TEXTS.items():
        if key.startswith("api."):
            assert sv.count("{") == en.count("{"), key


UTILISATION = "/api/v1/utilisation"


@pytest.mark.parametrize(
    ("query", "field", "words"),
    [
        ("from=2026-11-01", "query.from", "There is no such parameter; there is by, end, format,"),
        ("room=granen&strat=2026-11-01", "query.strat", "there is by,"),
        ("start=2026-11-01&start=2026-11-20", "query.start", "Is given 2 times"),
        ("&".join(["room=granen"] * 1001), "query.room", "At most 1000 at a time."),
        ("room=granen&room=renen&lang=en", "", ""),
    ],
)
def test_no_parameter_is_passed_over(house: House, query: str, field: str, words: str) -> None:
    if not field:
        path = f"{UTILISATION}?{query}"
        assert call(house, "GET", path, headers=house.key("viewer")).status_code == 200
        return
    body = problem(house, f"{UTILISATION}?{query}", 422)
    assert [error["field"] for error in body["errors"]] == [field]
    assert words in body["errors"][0]["message"]


@pytest.mark.parametrize(
    ("content", "type_", "words"),
    [
        (b'{"partner": ', "application/json", "is not valid JSON"),
        (b"\xff\xfe", "application/json", "is not valid JSON"),
        (b"[]", "application/json", "Send a JSON object"),
        (b'{"partner": null}', "text/plain", "with Content-Type: application/json"),
        (b'{"partner": "\\ud800"}', "application/json", "cannot be used"),
        (b'{"partner": null, "\\ud800": 1}', "application/json", "cannot be used"),
    ],
)
def test_bodies_that_are_none(house: House, content: bytes, type_: str, words: str) -> None:
    headers = house.key("maintainer") | {"Content-Type": type_}
    path = "/api/v1/rooms/granen/checkin"
    body = problem(house, path, 422, method="POST", content=content, headers=headers)
    assert words in body["errors"][0]["message"]
