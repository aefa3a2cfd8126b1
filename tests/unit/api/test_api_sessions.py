"""Login links, sessions, their cookies, and displays."""

from __future__ import annotations

import asyncio
from pathlib import Path

from api.sessions import SESSION_S, Session, Sessions
from tests.unit.api.house import MIN, NOW, House
from tests.unit.api.test_api_access import OURS, call


def link(house: House, role: str = "maintainer", minutes: int = 60) -> str:
    expires = house.now + minutes * MIN
    secret = house.state.access.create_link(role, "Åsa", house.now, expires)  # type: ignore[arg-type]
    return f"/login/{secret}"


def test_opening_a_login_link_does_not_use_it_up(house: House) -> None:
    path = link(house)
    for _ in range(3):
        page = call(house, "GET", path)
        assert page.status_code == 200
        assert "Åsa" in page.text
        assert "set-cookie" not in page.headers
    entered = call(house, "POST", path, headers=OURS)
    assert entered.status_code == 303
    assert entered.headers["location"] == "/"
    cookie = entered.headers["set-cookie"]
    assert all(part in cookie for part in ("HttpOnly", "SameSite=lax", "Max-Age=2592000"))
    assert "Secure" not in cookie
    again = call(house, "POST", path, headers=OURS)
    assert again.status_code == 410
    assert "set-cookie" not in again.headers
    assert call(house, "GET", path).status_code == 410


def test_the_session_carries_its_role_until_it_expires(house: House) -> None:
    cookies = dict(call(house, "POST", link(house), headers=OURS).cookies)
    assert call(house, "GET", "/devices", cookies=cookies).status_code == 200
    house.now += SESSION_S * 1000
    assert call(house, "GET", "/devices", cookies=cookies).status_code == 401


def test_an_expired_link(house: House) -> None:
    path = link(house, minutes=15)
    house.now += 15 * MIN
    assert call(house, "GET", path).status_code == 410
    assert call(house, "POST", path, headers=OURS).status_code == 410


def test_two_use_one_link_at_once(house: House) -> None:
    path = link(house)

    async def both() -> list[int]:
        async with house.client() as one, house.client() as two:
            answers = await asyncio.gather(
                *(client.post(path, headers=OURS) for client in (one, two))
            )
            return sorted(answer.status_code for answer in answers)

    assert asyncio.run(both()) == [303, 410]


def test_another_site_cannot_send_with_our_cookie(house: House) -> None:
    path = link(house)
    for headers in (
        {},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
    ):
        assert call(house, "POST", path, headers=headers).status_code == 403, headers
    entered = call(house, "POST", path, headers={"Origin": "http://rum.example"})
    assert entered.status_code == 303
    cookies = dict(entered.cookies)
    assert call(house, "POST", "/logout", cookies=cookies).status_code == 403
    left = call(house, "POST", "/logout", cookies=cookies, headers=OURS)
    assert left.status_code == 303
    assert 'rumskoll=""' in left.headers["set-cookie"]


def test_the_cookie_is_secure_over_https_and_cannot_be_forged(tmp_path: Path) -> None:
    house = House(tmp_path, public_url="https://rum.example")
    assert "Secure" in call(house, "POST", link(house), headers=OURS).headers["set-cookie"]
    house.close()
    theirs, ours = Sessions("a" * 32, https=False), Sessions("b" * 32, https=False)
    value = theirs._signer.dumps([*Session("manager", None, "x", None), NOW * 2])
    assert theirs.read(str(value), NOW) is not None
    assert ours.read(str(value), NOW) is None
    assert ours.read("", NOW) is None


def test_a_display_is_read_only_and_revoked_at_once(house: House) -> None:
    id_, secret = house.state.access.create_key("viewer", "Entrén", NOW, kind="display")
    entered = call(house, "GET", f"/display/{secret}")
    assert entered.status_code == 303
    assert secret not in entered.headers["location"]
    assert secret not in entered.headers["set-cookie"]
    cookies = dict(entered.cookies)
    page = call(house, "GET", "/", cookies=cookies)
    assert page.status_code == 200
    assert 'class="display"' in page.text
    assert call(house, "GET", "/devices", cookies=cookies).status_code == 403
    assert call(house, "POST", "/logout", cookies=cookies, headers=OURS).status_code == 403
    house.state.access.revoke(id_, house.now)
    assert call(house, "GET", "/", cookies=cookies).status_code == 401
    assert call(house, "GET", f"/display/{secret}").status_code == 410
