"""The page on utilisation: the same sums as the API's, in words, with coverage beside them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from rooms.utilisation import PartnerUse
from storage.state import FeedState
from tests.unit.api.house import HOUR, NOW, House
from tests.unit.api.test_api_access import call
from tests.unit.api.test_api_board import Reader
from tests.unit.api.usage_house import (
    GRANEN,
    H,
    at,
    november,
    put,
    put_partner,
    put_partners,
)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = november(tmp_path)
    yield house
    house.close()


def shown(
    house: House, query: str = "", role: str = "viewer", lang: str = "sv", **more: str
) -> str:
    headers = house.key(role, **more) | {"Accept": "text/html", "Accept-Language": lang}
    answer = call(house, "GET", f"/utilisation{query}", headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.text


def words(page: str) -> str:
    plain = re.sub(r"<(style|script).*?</\1>|<[^>]+>", " ", page, flags=re.S)
    return html.unescape(" ".join(plain.replace("\N{NO-BREAK SPACE}", " ").split()))


def rows(page: str, caption: str) -> list[str]:
    """A table's rows as words."""
    found = re.search(rf"<caption[^>]*>{caption}</caption>(.*?)</table>", page, re.S)
    assert found is not None
    return [words(row) for row in re.findall(r"<tr.*?</tr>", found[1], re.S)][1:]


def test_the_headline_with_bounds_and_coverage(house: House) -> None:
    told = words(shown(house))
    # 78 h of 175 h; had the unknown 25 h been vacant 78 of 200, occupied 103 of 200
    assert "Tid i bruk 45 % otillräckliga data , mellan 39 och 52 %, täckning 87 %" in told
    assert "78 tim av 175 tim känd bokningsbar tid" in told
    assert "Bokad tid 35 % 70 tim av 200 tim bokningsbar tid" in told
    assert "Bokat men tomt 15 % 6 av 40 bokningar 2 till gick inte att bedöma" in told
    assert "Spontant 5 % av använd tid 4 tim utanför bokningar täckning 87 %" in told
    assert (
        "Topp 100 % av rummen i bruk samtidigt mån 9 nov. kl. 09.15 95 % av kvartarna: högst 100 %"
        in told
    )
    assert "Utanför öppettid 1 tim 30 min" in told
    assert "Preliminärt: perioden pågår. Beräknat 23 nov. 2026 kl. 09.00." in told


def test_in_english(house: House) -> None:
    told = words(shown(house, lang="en"))
    assert "Utilisation 1–23 Nov 2026" in told
    assert "45 % insufficient data , between 39 and 52 %, coverage 87 %" in told
    assert "Peak 100 % of the rooms in use at once Mon 9 Nov at 09:15" in told


def test_rooms_most_used_first(house: House) -> None:
    table = rows(shown(house), "Rummen, mest använda först")
    assert table[:2] == [
        "Tallen 50 % mellan 40 och 60 % 80 % otillräckliga data 40:00 100:00",
        "Granen 40 % mellan 38 och 43 % 95 % 38:00 100:00",
    ]
    assert table[2:] == ["Björken – – 0:00 0:00", "Renen – – 0:00 0:00"]  # nothing known of them


def test_booked_against_used(house: House) -> None:
    page = shown(house)
    assert rows(page, "Bokat mot använt")[:2] == [
        "Tallen 20:00 40:00 – 0:00 80 % otillräckliga data",
        "Granen 50:00 38:00 6/40 4:00 95 %",
    ]
    assert '<rect class="fill" y="3" width="38.000%"' in page
    assert '<rect class="frame" x="1" y="1" width="50.000%"' in page


def test_the_week(house: House) -> None:
    page = shown(house)
    table = rows(page, "Tid i bruk per veckodag och timme")
    assert table == [
        "Måndag 75 stängt stängt",
        "Tisdag stängt stängt 25 otillräckliga data",
        *(f"{day} stängt stängt stängt" for day in ("Onsdag", "Torsdag", "Fredag")),
    ]
    cell = 'class="heat-6" title="måndag 09–10: 75\N{NO-BREAK SPACE}% i bruk, täckning 100'
    assert cell in page
    assert 'class="weak" title="tisdag 11–12: 25' in page


def test_whose_time(house: House) -> None:
    page = shown(house)
    assert rows(page, "Vems tid") == [
        "Vindel AB 75 % 30:00 0:00 0:00 30:00 0:00 0:01",
        "Norrsken Digital 8 % 3:00 2:00 1:00 0:00 0:30 0:00",
        "Ofördelat 18 % 7:00 0:00 0:00 0:00 0:00 0:00",
        "Summa 100 % 40:00 2:00 1:00 30:00 0:30 0:01",
    ]  # no column for the hosts, that nobody is
    told = words(page)
    assert "82 % av den använda tiden är fördelad på partner, och 66 % av bokningarna har" in told


def test_a_partner_sees_its_own_time_only(house: House) -> None:
    page = shown(house, role="partner", partner="norrsken")
    assert rows(page, "Vems tid")[0] == "Norrsken Digital 8 % 3:00 2:00 1:00 0:00 0:30 0:00"
    assert "Vindel" not in page
    mine = "Er tid 3 tim Norrsken Digital: 8 % av all använd tid, täckning 87 %"
    assert mine in words(page)
    assert "Er tid" not in words(shown(house))


def test_one_room(house: House) -> None:
    put(house, "use_hour", "2026-11-09", GRANEN, hour=9, room="granen")
    page = shown(house, "?room=granen")
    told = words(page)
    assert "Nyttjande Granen, 1–23 nov. 2026" in told
    assert "Tid i bruk 40 %" in told
    assert "Topp" not in told.partition("Så räknas det")[0]  # a room is in use or not
    assert [row[:9] for row in rows(page, "Vems tid")] == ["Vindel AB", "Summa 100"]


def test_what_is_just_over_is_not_worth_a_word(house: House) -> None:
    house.state.dirty.mark([("granen", at(house, "2026-11-23", 8))])
    assert "räknas om" not in words(shown(house))


def test_a_refusal_says_what_to_do(house: House) -> None:
    headers = house.key() | {"Accept": "text/html", "Accept-Language": "sv"}
    for query, status, message in (
        ("from=2026-11-02", 422, "Ange både från och med och till och med."),
        ("room=kontoret", 404, "Rummet ”kontoret” är privat"),
    ):
        answer = call(house, "GET", f"/utilisation?{query}", headers=headers)
        assert answer.status_code == status
        assert message in words(answer.text)


def test_nothing_stored(house: House) -> None:
    house.store.points.clear()
    house.state.live.set_cursor("rollup_at", 0)
    told = words(shown(house))
    assert "Inget är beräknat än." in told
    assert "Ingen bokningsbar tid i perioden" in told
    assert "Tid i bruk –" in told


def test_what_waits_is_told(house: House) -> None:
    house.state.dirty.mark([("granen", at(house, "2026-11-20", 9))])
    assert "1 timme väntar på att räknas om." in words(shown(house))
    house.state.dirty.mark([("tallen", at(house, "2026-11-20", 9))])
    assert "2 timmar väntar på att räknas om." in words(shown(house))


def test_how_others_count_and_where_it_comes_from(house: House) -> None:
    told = words(shown(house))
    # 70 h of 15 weekdays (the 19th is closed) x 2 rooms x 8 h = 240 h
    assert "Bokad tid / 8 tim per dag (Teams Rooms) 29 %" in told
    assert "Använd tid / öppettid (VergeSense, ROOMZ) 39 %" in told
    assert "Använda minuter / giltiga minuter (Planon) 45 %" in told
    assert "serierna site_hour, site_partner_day, use_month" in told
    assert "Definitionernas version 1." in told


def test_the_files_tell_the_same(house: House) -> None:
    links = [html.unescape(link) for link in re.findall(r'href="(/api/[^"]+)"', shown(house))]
    assert len(links) == 4
    for link in links:
        answer = call(house, "GET", link, headers=house.key())
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/csv")
    assert (
        "\r\ngranen;Granen;"
        in call(house, "GET", links[0], headers=house.key() | {"Accept-Language": "sv"}).text
    )
    past = re.findall(r'href="(/api/[^"]+by=partner[^"]*)"', shown(house, "?period=last-month"))
    assert "end=2026-11-01" in html.unescape(past[0])


def test_tables_and_forms_are_accessible(house: House) -> None:
    page = shown(house)
    read = Reader(page)
    assert all("scope" in th for th in read.all("th"))
    assert page.count("<caption") == len(read.all("table"))
    for control in ("select", "input"):  # each stands in its label
        count = len([c for c in read.all(control) if c.get("type") != "hidden"])
        assert len(re.findall(rf"<label>[^<]*<{control}", page)) == count


def test_the_front_page_says_when_little_is_attributed(house: House) -> None:
    def front(role: str) -> str:
        headers = house.key(role) | {"Accept-Language": "sv"}
        return words(call(house, "GET", "/", headers=headers).text)

    note = "Bara 82 % av den använda tiden de senaste 28 dagarna är fördelad på partner."
    assert note in front("maintainer")
    assert note in front("manager")
    assert note not in front("viewer")
    broken = FeedState(error="calendars.x")
    house.state.claims.put_feed("granen", broken, NOW)
    house.state.claims.put_feed("tallen", FeedState(good=NOW), NOW)
    assert "Kalendrar som inte går att läsa: Granen. Se vems tiden är" in front("manager")
    put_partner(house, "2026-11-10", "tallen", "vindel", PartnerUse(booking_s=30 * H))
    house.store.points = [p for p in house.store.points if p.measurement != "site_partner_day"]
    put_partners(house)
    assert note in front("manager")  # remembered
    house.now += 600_000
    assert "är fördelad på partner" not in front("manager")  # 63 of 70 h: 90 %


def test_the_front_page_waits_until_history_has_been_computed(house: House) -> None:
    def front() -> str:
        headers = house.key("manager") | {"Accept-Language": "en"}
        return words(call(house, "GET", "/", headers=headers).text)

    house.state.dirty.mark_time("tallen", [(NOW - 25 * 24 * HOUR, NOW)])
    assert "attributed" not in front()
    house.state.dirty.clean(house.state.dirty.ready(NOW, 0))
    assert "Only 82 %" in front()
