"""The pages on a day: strips to look at, the same in words, and a manager's corrections."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
import pytest

from rooms.attribution import Booking
from rooms.faults import Finding
from rooms.readings import Point
from rooms.utilisation import Use
from tests.unit.api.house import HOUR, MIN, NOW, House
from tests.unit.api.test_api_access import OURS, call
from tests.unit.api.test_api_page_use import rows, words
from tests.unit.api.usage_house import put, usage_house

EIGHT = NOW - 2 * HOUR
ZONE = ZoneInfo("Europe/Stockholm")


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A counter in Renen, every 10 min from 02 until now, 10: 3 people from 08:20 to 09:00 and
    2 from 09:20 to 09:40. Norrsken has booked 08:30 to 09:00 and 11 to 12, somebody 09:20."""
    house = usage_house(tmp_path)
    tags = {"site": "lycksele", "device": "renen-antal"}
    for minute in range(-6 * 60, 121, 10):
        people = 3.0 if 20 <= minute < 60 else 2.0 if 80 <= minute < 100 else 0.0
        house.store.points.append(Point("presence", tags, EIGHT + minute * MIN, {"people": people}))
    bookings = [
        Booking("a", EIGHT + 30 * MIN, EIGHT + HOUR, "norrsken"),
        Booking("b", EIGHT + 80 * MIN, EIGHT + 90 * MIN, None),
        Booking("c", NOW + HOUR, NOW + 2 * HOUR, "vindel"),
    ]
    house.state.claims.put_bookings("renen", bookings, EIGHT, NOW + 9 * HOUR, NOW)
    put(house, "use_day", "2026-11-23", Use(7200, 7200, 3600), room="renen")
    put(house, "use_day", "2026-11-23", Use(7200, 3600, 900), room="granen")
    yield house
    house.close()


def get(house: House, path: str, role: str = "viewer", lang: str = "sv", **more: str) -> str:
    headers = house.key(role, **more) | {"Accept": "text/html", "Accept-Language": lang}
    answer = call(house, "GET", path, headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.text


def section(page: str, room: str) -> str:
    found = re.search(
        rf'<section class="room-day" aria-labelledby="room-{room}">.*?</section>', page, re.S
    )
    assert found is not None
    return found[0]


def test_all_rooms(house: House) -> None:
    page = get(house, "/day")
    assert "måndag 23 november 2026" in page
    renen = words(re.sub(r"<title>.*?</title>", "", section(page, "renen")))
    assert renen == (
        "Renen 50 % i bruk, täckning 100 % 00.00–02.00 Okänt"
        " 08.20–09.00 Upptaget, Norrsken Digital 09.20–09.40 Upptaget, Ofördelat"
        " 08.30–09.00 Bokat, Norrsken Digital 09.20–09.30 Bokat 11.00–12.00 Bokat, Vindel AB"
    )
    assert "25 % i bruk, täckning 50 % otillräckliga data" in words(section(page, "granen"))
    assert "ingen bokningsbar tid" in words(section(page, "tallen"))  # nothing stored of it
    assert words(section(page, "kontoret")) == "Kontoret Privat"


def test_places_on_the_strip(house: House) -> None:
    """Shown are the hours in which the house is open, 08 to 17: nine hours."""
    strip = section(get(house, "/day"), "renen")
    assert f'class="p1" x="{2000 / 54:.3f}%"' not in strip
    # 08:20 lies 20 of 540 minutes in, 40 minutes long; the second partner's colour
    assert f'class="p1" x="{20 / 5.4:.3f}%" width="{40 / 5.4:.3f}%"' in strip
    assert f'class="nobody" x="{80 / 5.4:.3f}%" width="{20 / 5.4:.3f}%"' in strip
    assert f'class="booking" x="{180 / 5.4:.3f}%" width="{60 / 5.4:.3f}%"' in strip
    assert f'class="now" x1="{120 / 5.4:.3f}%"' in strip
    # cleaned on Mondays from 16 to 16.30
    assert f'class="closed" x="{480 / 5.4:.3f}%" width="{30 / 5.4:.3f}%"' in strip


def test_partners_do_not_see_each_other(house: House) -> None:
    for path in ("/day", "/rooms/renen/day"):
        page = get(house, path, "partner", partner="vindel")
        assert "Norrsken" not in page
        assert "Upptaget, en annan partner" in page
        assert "Vindel AB" in page
        assert "renen-antal" not in page
    assert "Andra partner eller ofördelat" in get(house, "/day", "partner", partner="vindel")


def test_a_closed_day_says_why(house: House) -> None:
    assert "Stängt: Inventering." in get(house, "/day?date=2026-11-19")
    assert "Closed: Stocktaking." in get(house, "/rooms/renen/day?date=2026-11-19", lang="en")


def test_to_other_days(house: House) -> None:
    page = get(house, "/day?date=2026-11-22")
    assert 'href="/day?date=2026-11-21" rel="prev"' in page
    assert 'href="/day?date=2026-11-23" rel="next"' in page
    assert 'rel="next"' not in get(house, "/day")  # nothing is known of tomorrow


def test_old_days_have_sums_only(house: House) -> None:
    page = get(house, "/day?date=2026-08-01")
    assert "Mätvärdena från den här dagen är raderade." in page
    assert "00.00–24.00 Okänt" not in page


@pytest.mark.parametrize(
    ("path", "status", "message"),
    [
        ("/day?date=2026-11-24", 422, "Perioden ligger i framtiden"),
        ("/day?date=20261101", 422, "är inget datum"),
        ("/day?date=1999-01-01", 422, "är inget datum"),
        ("/day?site=x", 404, "Huset ”x” finns inte"),
        ("/rooms/x/day", 404, "Rummet ”x” finns inte"),
        ("/rooms/kontoret/day", 404, "Rummet ”kontoret” är privat"),
    ],
)
def test_refusals(house: House, path: str, status: int, message: str) -> None:
    headers = house.key() | {"Accept": "text/html", "Accept-Language": "sv"}
    answer = call(house, "GET", path, headers=headers)
    assert answer.status_code == status
    assert message in words(answer.text)


def test_one_room_bit_by_bit(house: House) -> None:
    house.state.faults.settle(
        {"sensor_stuck"},
        [Finding("sensor_stuck", "renen-antal", "", "warning", NOW - MIN)],
        NOW,
    )
    page = get(house, "/rooms/renen/day")
    assert rows(page, "Dagen, stund för stund") == [
        "00.00–02.00 2 tim Okänt, utanför bokningsbar tid",
        "02.00–08.20 6 tim 20 min Ledigt",
        "08.20–09.00 40 min Upptaget personräknare (renen-antal) Norrsken Digital bokning",
        "09.00–09.20 20 min Ledigt",
        "09.20–09.40 20 min Upptaget, preliminärt personräknare (renen-antal) Ofördelat –",
        "09.40–09.59 19 min Ledigt, preliminärt",
        "09.59–10.00 1 min Okänt, preliminärt",
    ]
    told = words(page)
    assert "50 % i bruk , täckning 100 %" in told
    assert "Bokningar 08.30–09.00 Bokat, Norrsken Digital" in told
    assert "Sensorer som inte gick att lita på" in told
    assert "Rätta" not in told  # a viewer changes nothing
    assert "/checkin/" not in page
    assert "/checkin/renen?k=" in get(house, "/rooms/renen/day", "maintainer")


def test_bookings_to_which_nobody_came(house: House) -> None:
    events = [
        Booking("a", EIGHT, EIGHT + 20 * MIN, "vindel"),  # they came at 08:20
        Booking("b", EIGHT + 45 * MIN, EIGHT + HOUR + 5 * MIN, "norrsken"),
        Booking("c", EIGHT + 62 * MIN, EIGHT + 80 * MIN, "norrsken"),  # still there at 08:57
        Booking("d", EIGHT + 100 * MIN, EIGHT + 115 * MIN, "vindel"),  # not over
        Booking("e", EIGHT - 7 * HOUR, EIGHT - 6 * HOUR, "vindel"),  # not known
    ]
    events.append(Booking("f", EIGHT - HOUR, EIGHT - 50 * MIN, None))
    house.state.claims.put_bookings("renen", events, 0, NOW + 9 * HOUR, NOW)
    page = get(house, "/rooms/renen/day")
    told = words(page[page.index('id="bookings"') :]).replace("Bokat, ", "")
    for said in (
        "07.00–07.10 Bokat, ingen kom i tid",
        "08.00–08.20 Vindel AB, ingen kom i tid",
        "08.45–09.05 Norrsken Digital 09.02",
        "09.02–09.20 Norrsken Digital, krockar med en tidigare bokning 09.40",
        "09.40–09.55 Vindel AB",
    ):
        assert said in told.replace("07.10 ingen", "07.10 Bokat, ingen"), said
    assert told.count("ingen kom i tid") == 2
    assert page.count('class="booking empty"') == 2


def test_the_way_on(house: House) -> None:
    page = get(house, "/rooms/renen/day?date=2026-11-22")
    assert 'href="/utilisation?month=2026-11&amp;room=renen"' in page
    assert 'href="/day?date=2026-11-22&amp;site=lycksele"' in page
    assert 'href="/day" aria-current="true"' in page
    assert "Bestrid" not in page
    mine = get(house, "/rooms/renen/day", "partner", partner="vindel")
    own = mine.count("Vindel AB</td>")
    assert own == mine.count('action="/statements/disputes"')


def form(house: House, path: str, role: str = "manager", **data: str) -> httpx.Response:
    headers = house.key(role) | {"Accept": "text/html", "Accept-Language": "sv"}
    return call(house, "POST", path, data=data, headers=headers)


def test_a_manager_corrects_and_takes_it_back(house: House) -> None:
    page = get(house, "/rooms/renen/day", "manager")
    assert page.count('action="/rooms/renen/corrections"') == 2  # only what is occupied
    hidden = dict(re.findall(r'name="(date|start|end)" value="([^"]+)"', page.split("<form")[2]))
    assert hidden == {
        "date": "2026-11-23",
        "start": "2026-11-23T08:20:00+01:00",
        "end": "2026-11-23T09:00:00+01:00",
    }
    answer = form(house, "/rooms/renen/corrections", partner="vindel", reason="Bytte", **hidden)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/rooms/renen/day?date=2026-11-23&done=corrected"
    (stored,) = house.state.claims.corrections("renen", 0, NOW)
    assert stored[1:7] == (
        "renen",
        EIGHT + 20 * MIN,
        EIGHT + HOUR,
        "vindel",
        "Bytte",
        "manager key",
    )
    page = get(house, answer.headers["location"], "manager")
    assert "Rättelsen är sparad." in page
    assert "40 min Upptaget personräknare (renen-antal) Vindel AB rättelse" in words(page)
    assert "08.20–09.00: Vindel AB. Rättat av manager key. Bytte Återta" in words(page)

    path = f"/rooms/renen/corrections/{stored.id}/withdraw"
    answer = form(house, path, date="2026-11-23")
    assert answer.headers["location"].endswith("done=withdrawn")
    page = get(house, answer.headers["location"], "manager")
    assert "Rättat av manager key, återtaget. Bytte" in words(page)
    assert "Norrsken Digital bokning" in words(page)
    assert form(house, path).status_code == 404


def test_refused_corrections(house: House) -> None:
    good = {
        "start": "2026-11-23T08:20:00+01:00",
        "end": "2026-11-23T09:00:00+01:00",
        "partner": "",
        "reason": "Städning",
    }
    path = "/rooms/renen/corrections"
    for role in ("viewer", "maintainer"):
        assert form(house, path, role, **good).status_code == 403
    for wrong in ({"reason": " "}, {"partner": "x"}, {"start": ""}, {"end": good["start"]}):
        assert form(house, path, **(good | wrong)).status_code == 422
    assert "Skriv varför" in form(house, path, **(good | {"reason": ""})).text
    for room, status in (("x", 404), ("kontoret", 404)):
        assert form(house, f"/rooms/{room}/corrections", **good).status_code == status
    assert not house.state.claims.corrections("renen", 0, NOW)
    assert form(house, path, **good).status_code == 303  # to nobody
    assert house.state.claims.corrections("renen", 0, NOW)[0].partner is None


def test_another_web_site_cannot_correct(house: House) -> None:
    link = house.state.access.create_link("manager", "Eva", NOW, NOW + HOUR)
    entered = call(house, "POST", f"/login/{link}", headers=OURS)
    cookies = dict(entered.cookies)
    data = {"start": "2026-11-23T08:20:00+01:00", "end": "2026-11-23T09:00:00+01:00"}
    data |= {"partner": "vindel", "reason": "x"}
    path = "/rooms/renen/corrections"
    cross = {"Sec-Fetch-Site": "cross-site"}
    assert call(house, "POST", path, data=data, cookies=cookies, headers=cross).status_code == 403
    assert call(house, "POST", path, data=data, cookies=cookies, headers=OURS).status_code == 303
