"""The page behind a room's QR code: no login, no script, one room."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.checkin_links import checkin_path, is_signature, signature
from rooms.attribution import Booking, CheckIn
from rooms.readings import Point
from rooms.registry import Registry, Site
from storage.store import StoreUnavailable
from tests.unit.api.house import HOUR, MIN, NOW, SITE, House
from tests.unit.api.test_api_access import call

SECRET = "s" * 40
PARTNERS = [
    {"id": "norrsken", "name": "Norrsken Digital AB"},
    {"id": "vindel", "name": "Vindel <Energi>"},
]
PAGE = {"Accept": "text/html", "Accept-Language": "sv"}


@pytest.fixture
def house(house: House) -> House:
    house.site = Site.model_validate(SITE | {"partners": PARTNERS})
    house.registry = Registry([house.site])
    return house


def shown(house: House, id_: str = "tallen", query: str = "", **headers: str) -> str:
    answer = call(house, "GET", checkin_path(SECRET, id_) + query, headers=PAGE | headers)
    assert answer.status_code == 200
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", answer.text).split()))


def sent(house: House, id_: str = "tallen", **form: str) -> httpx.Response:
    data = {"k": signature(SECRET, id_)} | form
    return call(house, "POST", f"/checkin/{id_}", data=data, headers=PAGE)


def said(house: House, id_: str = "tallen") -> list[CheckIn]:
    return house.state.claims.checkins(id_, 0, NOW + HOUR)


def test_from_an_empty_room_to_checked_out(house: House) -> None:
    page = shown(house)
    assert "Tallen Ledigt sedan 09.12 Ingen är incheckad." in page
    assert "Norrsken Digital AB Vindel <Energi>" in page
    assert "Checka ut" not in page

    answer = sent(house, partner="norrsken")
    assert answer.status_code == 303
    assert answer.headers["location"] == checkin_path(SECRET, "tallen") + "&done=in"
    assert said(house) == [CheckIn(NOW, "norrsken")]
    (hour,) = house.state.dirty.ready(NOW + HOUR, 0)
    assert hour[:2] == ("tallen", NOW)  # 10:00 is a whole hour

    house.now += 2 * MIN
    page = shown(house, query="&done=in")
    assert "Klart! Norrsken Digital AB är incheckat i Tallen." in page
    assert "Incheckat: Norrsken Digital AB, sedan 10.00" in page
    assert "Norrsken Digital AB incheckat Vindel <Energi> Checka ut" in page

    assert sent(house, partner="").headers["location"].endswith("&done=out")
    assert said(house)[1:] == [CheckIn(NOW + 2 * MIN, None)]
    page = shown(house, query="&done=out")
    assert "Klart! Tallen är utcheckat." in page
    assert "Ingen är incheckad." in page


def test_in_english(house: House) -> None:
    sent(house, id_="granen", partner="vindel")
    page = shown(house, "granen", "&lang=en&done=in")
    assert "Done! Vindel <Energi> is checked in to The Spruce." in page
    assert "Occupied since 08:55" in page
    assert "granen-pir" not in page  # whoever stands in the room is told of no devices


def test_the_other_language_keeps_the_signature(house: House) -> None:
    answer = call(house, "GET", checkin_path(SECRET, "tallen"), headers=PAGE)
    link = re.search(r'class="language" href="\?([^"]+)"', answer.text)
    assert link is not None
    assert html.unescape(link[1]) == f"k={signature(SECRET, 'tallen')}&lang=en"


@pytest.mark.parametrize(
    ("bookings", "told"),
    [
        ([("a", -60, 60, "norrsken")], "Bokat: Norrsken Digital AB 09.00–11.00"),
        ([("a", -60, 60, None)], "Bokat 09.00–11.00"),
        ([("a", -60, 60, "gone")], "Bokat 09.00–11.00"),
        # the earlier start wins
        ([("a", -30, 60, "vindel"), ("b", -60, 30, "norrsken")], "Norrsken Digital AB 09.00–10.30"),
        ([("a", -60, 0, "vindel"), ("b", 1, 30, "norrsken")], None),
    ],
)
def test_what_is_booked_now(house: House, bookings: list[Any], told: str | None) -> None:
    events = [Booking(id_, NOW + a * MIN, NOW + b * MIN, p) for id_, a, b, p in bookings]
    house.state.claims.put_bookings("tallen", events, NOW - HOUR, NOW + HOUR, NOW - HOUR)
    page = shown(house)
    assert ("Bokat" in page) == (told is not None)
    assert told is None or told in page
    assert ("Norrsken Digital AB har bokat nu" in page) == bool(told and "Norrsken" in told)


def reported(house: House, *states: tuple[int, bool]) -> None:
    """What Tallen's radar said, from so many minutes ago on, every minute."""
    tags = {"site": "lycksele", "device": "tallen-radar"}
    for start, occupied in states:  # what is said later of the same minute holds
        for ago in range(start, -1, -1):
            point = Point("presence", tags, NOW - ago * MIN, {"occupied": float(occupied)})
            house.store.points = [p for p in house.store.points if p.time != point.time] + [point]


@pytest.mark.parametrize(
    ("checkin", "states", "stands"),
    [
        (CheckIn(NOW - 14 * MIN, "vindel"), [(60, False)], True),
        (CheckIn(NOW - 15 * MIN, "vindel"), [(60, False)], False),  # 15 vacant minutes
        (CheckIn(NOW - HOUR, "vindel"), [(60, True), (14, False)], True),
        # it was empty for 20 minutes: whoever is there now has not checked in
        (CheckIn(NOW - HOUR, "vindel"), [(60, True), (40, False), (20, True)], False),
        (CheckIn(NOW - HOUR, "vindel"), [(60, True)], True),
        (CheckIn(NOW - HOUR, "vindel"), [], True),  # unknown is not vacant
        (CheckIn(NOW - HOUR, "vindel", NOW - MIN), [(60, True), (2, False)], False),
        (CheckIn(NOW - HOUR, "vindel", NOW - MIN), [(60, True)], True),  # they are still there
        (CheckIn(NOW - 24 * HOUR, "vindel"), [], False),
        (CheckIn(NOW - 24 * HOUR + 1000, "vindel"), [], True),
        (CheckIn(NOW + 1, "vindel"), [(60, True)], False),
    ],
)
def test_who_is_checked_in(house: House, checkin: CheckIn, states: Any, stands: bool) -> None:
    reported(house, *states)
    house.state.claims.check_in("tallen", checkin, "panel", NOW)
    assert ("Ingen är incheckad." not in shown(house)) == stands


def test_the_page_works_without_the_database(house: House) -> None:
    house.state.claims.check_in("tallen", CheckIn(NOW - HOUR, "vindel"), "panel", NOW)
    house.store.fails = StoreUnavailable("away")
    assert "Incheckat: Vindel <Energi>" in shown(house)
    assert sent(house, partner="norrsken").status_code == 303


@pytest.mark.parametrize(("partner", "stands"), [("norrsken", False), ("vindel", True)])
def test_another_ones_booking_ends_a_checkin(house: House, partner: str, stands: bool) -> None:
    house.state.claims.check_in("tallen", CheckIn(NOW - HOUR, "vindel"), "page", NOW)
    event = Booking("a", NOW - MIN, NOW + HOUR, partner)
    house.state.claims.put_bookings("tallen", [event], NOW - HOUR, NOW + HOUR, NOW)
    assert ("Incheckat: Vindel <Energi>" in shown(house)) == stands


def test_a_wrong_signature_is_told_clearly_and_slowed_down(house: House) -> None:
    other = signature(SECRET, "granen")
    for path in ("/checkin/tallen", f"/checkin/tallen?k={other}", "/checkin/nowhere?k=å"):
        answer = call(house, "GET", path, headers=PAGE)
        assert answer.status_code == 403
        assert "Skanna QR-koden i rummet igen." in answer.text
    assert sent(house, k=other, partner="vindel").status_code == 403
    for _ in range(16):
        assert call(house, "GET", "/checkin/tallen?k=x").status_code == 403
    assert call(house, "GET", "/checkin/tallen?k=x").status_code == 429
    shown(house)  # a right one passes all the same
    assert not said(house)


def test_no_such_room(house: House) -> None:
    for id_ in ("nowhere", "kontoret"):  # the private room is not there either
        answer = call(house, "GET", checkin_path(SECRET, id_), headers=PAGE)
        assert answer.status_code == 404
        assert "Kontoret" not in answer.text
        assert sent(house, id_, partner="vindel").status_code == 404
        assert not said(house, id_)


def test_wrong_forms(house: House) -> None:
    for form in ({}, {"partner": "nobody"}):
        answer = sent(house, **form)
        assert answer.status_code == 422
        assert "Gå tillbaka" in answer.text
    assert sent(house, partner="v" * 9000).status_code == 413
    broken = call(house, "POST", "/checkin/tallen", content=b"k=\xff", headers=PAGE)
    assert broken.status_code == 400
    many = call(house, "POST", "/checkin/tallen", content=b"&".join([b"k=1"] * 21), headers=PAGE)
    assert many.status_code == 400
    assert not said(house)


def test_too_often(house: House) -> None:
    for n in range(20):
        house.now = NOW + n
        assert sent(house, partner=("vindel", "norrsken")[n % 2]).status_code == 303
    answer = sent(house, partner="vindel")
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) == 60
    assert len(said(house)) == 20
    assert sent(house, "granen", partner="vindel").status_code == 303  # another room may
    house.now = NOW + MIN
    assert sent(house, partner="vindel").status_code == 303


def test_it_needs_no_cookie_and_sets_none(house: House) -> None:
    assert "set-cookie" not in sent(house, partner="vindel").headers
    answer = call(house, "GET", checkin_path(SECRET, "tallen"), headers=PAGE)
    assert "set-cookie" not in answer.headers
    assert "<script" not in answer.text


def test_demo_makes_up_its_secret(tmp_path: Path) -> None:
    house = House(tmp_path, demo=True, signing_secret="")
    house.fill()
    made_up = house.app.state.signing_secret
    assert call(house, "GET", checkin_path(made_up, "tallen")).status_code == 200
    assert call(house, "GET", checkin_path("", "tallen")).status_code == 403
    house.close()


def test_signatures_hang_on_room_and_secret() -> None:
    mine = signature(SECRET, "tallen")
    assert len(mine) == 20
    assert is_signature(SECRET, "tallen", mine)
    assert not is_signature(SECRET, "granen", mine)
    assert not is_signature(SECRET + "x", "tallen", mine)
    assert not is_signature(SECRET, "tallen", "")
    assert not is_signature(SECRET, "tallen", mine + "å")


def test_a_site_without_partners(house: House) -> None:
    house.registry = Registry([replace_partners(house.site)])
    assert "det finns ingen att checka in" in shown(house)


def replace_partners(site: Site) -> Site:
    return site.model_copy(update={"partners": ()})
