"""Who may do what: the matrix of routes and roles, keys, and what is open."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import APIRouter
from structlog.testing import capture_logs

from api.access import Allow, Open
from api.app import ROUTERS, gate_of, require_roles
from api.limits import MOST, WINDOW_MS, Limit
from api.sessions import COOKIE
from rooms.faults import fault_id
from tests.unit.api.house import NOW, PROBLEMS, House

OURS = {"Sec-Fetch-Site": "same-origin"}
FAULT = fault_id("", PROBLEMS[0].key, PROBLEMS[0].since)  # the camera's, as the house has it

#         route                             none  viewer partner maintainer manager
MATRIX = [
    ("/healthz", 200, 200, 200, 200, 200),
    ("/readyz", 200, 200, 200, 200, 200),
    ("/static/style.css", 200, 200, 200, 200, 200),
    ("/metrics", 401, 200, 403, 200, 200),
    ("/", 401, 200, 200, 200, 200),
    ("/summary", 401, 200, 200, 200, 200),
    ("/tiles/granen", 401, 200, 200, 200, 200),
    ("/utilisation", 401, 200, 200, 200, 200),
    ("/day", 401, 200, 200, 200, 200),
    ("/rooms/granen/day", 401, 200, 200, 200, 200),
    ("/faults", 401, 200, 403, 200, 200),
    (f"/faults/{FAULT}", 401, 200, 403, 200, 200),
    ("/statements/whatif", 401, 403, 403, 403, 200),
    ("/maintenance", 401, 200, 403, 200, 200),
    ("/devices", 401, 403, 403, 200, 200),
    ("/unknown", 401, 403, 403, 200, 200),
    ("/walktest", 401, 403, 403, 200, 200),
    ("/walktest/now", 401, 403, 403, 200, 200),
    ("/statements", 401, 403, 403, 403, 200),  # a partner's key must name the partner
    ("/statements/{number}", 401, 403, 422, 403, 422),
    ("/statements/draft/{month}", 401, 403, 422, 403, 422),
    ("/api/v1/statements", 401, 403, 403, 403, 200),
    ("/api/v1/statements/verify", 401, 403, 403, 403, 200),
    ("/api/v1/statements/{number}", 401, 403, 422, 403, 422),
    ("/api/v1/statements/{number}/diff", 401, 403, 422, 403, 422),
    ("/api/v1/statements/{number}/files/{path:path}", 401, 403, 422, 403, 422),
    ("/api/v1/statements/{month}/draft", 401, 403, 422, 403, 422),
    ("/api/v1/disputes", 401, 403, 200, 403, 200),
    ("/api/v1/rooms", 401, 200, 200, 200, 200),
    ("/api/v1/rooms/granen", 401, 200, 200, 200, 200),
    ("/api/v1/rooms/granen/occupancy", 401, 200, 200, 200, 200),
    ("/api/v1/rooms/granen/timeline", 401, 200, 200, 200, 200),
    ("/api/v1/rooms/granen/corrections", 401, 403, 403, 403, 200),
    ("/api/v1/utilisation", 401, 200, 200, 200, 200),
    ("/api/v1/utilisation?by=partner", 401, 200, 200, 200, 200),
    ("/api/v1/peaks", 401, 200, 200, 200, 200),
    ("/api/v1/devices", 401, 403, 403, 200, 200),
    ("/api/v1/devices/granen-pir", 401, 403, 403, 200, 200),
    ("/api/v1/devices/granen-pir/history", 401, 200, 403, 200, 200),
    ("/api/v1/faults", 401, 200, 403, 200, 200),
    ("/api/v1/faults/summary", 401, 200, 403, 200, 200),
    (f"/api/v1/faults/{FAULT}", 401, 200, 403, 200, 200),
    ("/api/v1/maintenance", 401, 200, 403, 200, 200),
    ("/api/v1/alerts", 401, 403, 403, 200, 200),
    ("/api/v1/accounts", 401, 403, 403, 200, 200),
    ("/api/v1/stream?devices=true", 401, 403, 403, None, None),
    ("/api/v1/openapi.json", 401, 200, 200, 200, 200),
]
ROLES = (None, "viewer", "partner", "maintainer", "manager")
# what is not asked for by GET: each has tests of its own
CHANGING = {
    "/logout",
    "/api/v1/rooms/granen/checkin",
    "/api/v1/rooms/granen/corrections/{correction}",
    "/rooms/granen/corrections",
    "/rooms/granen/corrections/{correction}/withdraw",
    *(f"/api/v1/faults/{FAULT}/{do}" for do in ("acknowledge", "snooze", "comment", "resolve")),
    f"/faults/{FAULT}/{{what}}",
    "/api/v1/maintenance/{window}",
    "/maintenance/{window}/remove",
    "/api/v1/disputes/{dispute}/answer",
    "/api/v1/statements/{month}/issue",
    "/statements/draft/{month}/issue",
    "/statements/disputes",
    "/statements/disputes/{dispute}",
}
OPEN = {
    "/healthz",
    "/readyz",
    "/static/{name}",
    "/login/{secret}",
    "/display/{secret}",
    "/checkin/{room}",
    "/answer/{token}",
    "/report/{room}",
}


def call(house: House, method: str, path: str, **more: Any) -> httpx.Response:
    """One request from another computer, or as ``address`` and ``host`` say."""
    where = {name: more.pop(name) for name in ("address", "host") if name in more}

    async def send() -> httpx.Response:
        async with house.client(**where) as client:
            client.cookies.update(more.pop("cookies", {}))
            return await client.request(method, path, **more)

    return asyncio.run(send())


@pytest.mark.parametrize(("path", "statuses"), [(row[0], row[1:]) for row in MATRIX])
def test_matrix(house: House, path: str, statuses: tuple[int | None, ...]) -> None:
    for role, status in zip(ROLES, statuses, strict=True):
        if status is None:
            continue  # an endless answer: tested with the stream
        headers = {} if role is None else house.key(role)
        assert call(house, "GET", path, headers=headers).status_code == status, role


def test_every_route_names_its_roles() -> None:
    routes = [route for router in ROUTERS for route in router.routes]
    assert len(routes) >= len(MATRIX)
    gates = {route.path: gate_of(route) for route in routes}  # type: ignore[attr-defined, arg-type]
    assert None not in gates.values()
    assert {path for path, gate in gates.items() if isinstance(gate, Open)} == OPEN
    asked = {path for path, gate in gates.items() if isinstance(gate, Allow)}
    covered = {row[0].partition("?")[0] for row in MATRIX}
    places = {"{room}": "granen", "{device}": "granen-pir", "{fault}": FAULT}
    patterns = set(asked)
    for place, id_ in places.items():
        patterns = {path.replace(place, id_) for path in patterns}
    assert patterns - covered == CHANGING


def test_a_route_without_roles_does_not_start() -> None:
    router = APIRouter()
    router.add_api_route("/hole", lambda: None)
    with pytest.raises(RuntimeError, match="/hole"):
        require_roles([router])


def test_a_weak_signing_secret_is_refused_outside_demo(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="32"):
        House(tmp_path, signing_secret="secret")
    House(tmp_path, signing_secret="", demo=True).close()


def test_keys(house: House) -> None:
    id_, secret = house.state.access.create_key("viewer", "k", NOW)
    good = {"Authorization": f"Bearer {secret}"}
    assert call(house, "GET", "/api/v1/rooms", headers=good).status_code == 200
    for wrong in (f"Bearer {secret}x", f"Basic {secret}", "Bearer", "x" * 5000):
        answer = call(house, "GET", "/api/v1/rooms", headers={"Authorization": wrong})
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"].startswith("Bearer")
    _, display = house.state.access.create_key("viewer", "wall", NOW, kind="display")
    as_key = {"Authorization": f"Bearer {display}"}
    assert call(house, "GET", "/api/v1/rooms", headers=as_key).status_code == 401
    house.state.access.revoke(id_, NOW)
    assert call(house, "GET", "/api/v1/rooms", headers=good).status_code == 401


def test_a_secret_in_an_address_is_never_logged(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(house.state.access, "link", broken)
    with capture_logs() as logs:
        assert call(house, "GET", "/login/top-secret").status_code == 500
    assert logs
    assert "top-secret" not in str([{**log, "exc_info": None} for log in logs])


def test_too_many_wrong_keys_but_a_right_one_still_passes(house: House) -> None:
    wrong = {"Authorization": "Bearer wrong"}
    answers = [call(house, "GET", "/api/v1/rooms", headers=wrong) for _ in range(MOST + 1)]
    assert [answer.status_code for answer in answers] == [401] * MOST + [429]
    assert answers[-1].headers["retry-after"] == "60"
    assert call(house, "GET", "/api/v1/rooms", headers=house.key()).status_code == 200
    assert (
        call(house, "GET", "/api/v1/rooms", headers=wrong, address="192.0.2.8").status_code == 401
    )
    house.now += WINDOW_MS
    assert call(house, "GET", "/api/v1/rooms", headers=wrong).status_code == 401


def test_the_limit_forgets_old_addresses() -> None:
    limit = Limit()
    for n in range(10_050):
        assert limit.count(str(n), 0) is None
    assert len(limit._counts) == 10_000


@pytest.mark.parametrize(
    ("address", "host", "headers", "status"),
    [
        ("127.0.0.1", "localhost:8080", {}, 200),
        ("127.8.9.1", "127.0.0.1", {}, 200),
        ("::1", "[::1]:8080", {}, 200),
        ("::ffff:127.0.0.1", "localhost", {}, 200),
        ("192.0.2.7", "localhost", {}, 401),  # another computer
        ("127.0.0.1", "evil.example", {}, 401),  # DNS rebinding
        ("127.0.0.1", "localhost.evil.example", {}, 401),
        ("127.0.0.1", "192.0.2.1", {}, 401),
        ("127.0.0.1", "localhost", {"X-Forwarded-For": "192.0.2.7"}, 401),  # a proxy
        ("127.0.0.1", "localhost", {"Via": "1.1 proxy"}, 401),
    ],
)
def test_demo_is_open_on_this_computer_only(
    tmp_path: Path, address: str, host: str, headers: dict[str, str], status: int
) -> None:
    house = House(tmp_path, demo=True)
    house.fill()
    for path in ("/devices", "/api/v1/statements"):  # its guest is a manager
        got = call(house, "GET", path, address=address, host=host, headers=headers)
        assert got.status_code == status, path
    house.close()


def test_without_demo_this_computer_needs_a_key_too(house: House) -> None:
    got = call(house, "GET", "/", address="127.0.0.1", host="localhost")
    assert got.status_code == 401


def test_a_wrong_key_is_refused_in_demo_too(tmp_path: Path) -> None:
    house = House(tmp_path, demo=True)
    headers = {"Authorization": "Bearer wrong"}
    got = call(house, "GET", "/", address="127.0.0.1", host="localhost", headers=headers)
    assert got.status_code == 401
    house.close()


def test_garbage_cookies_and_hosts_do_no_harm(house: House) -> None:
    for cookie in ("x", "x.y.z", "é".encode().hex(), "." * 4000):
        headers = {"Cookie": f"{COOKIE}={cookie}"}
        assert call(house, "GET", "/", headers=headers).status_code == 401
