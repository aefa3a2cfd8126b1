"""More of the page on utilisation: days, seats, the busiest hour, and what is not known."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from rooms.utilisation import Use
from storage.state import FeedState
from tests.unit.api.house import NOW, House
from tests.unit.api.test_api_page_use import rows, shown, words
from tests.unit.api.usage_house import (
    TALLEN,
    H,
    november,
    put,
)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = november(tmp_path)
    yield house
    house.close()


def test_day_by_day(house: House) -> None:
    for day, use in (
        ("2026-11-02", Use(bookable_s=8 * H, known_s=8 * H, occupied_s=2 * H)),
        ("2026-11-03", Use(bookable_s=8 * H, known_s=4 * H, occupied_s=4 * H)),
        ("2026-11-07", Use(outside_s=H)),  # closed
    ):
        put(house, "site_day", day, use)
    page = html.unescape(shown(house, "?from=2026-11-01&to=2026-11-20"))
    chart = re.search(r'<svg class="bar days-bar".*?</svg>', page, re.S)
    assert chart is not None
    assert re.findall(r'<a href="(\S+)" aria-label="([^"]+)"', chart[0].replace("\xa0", " ")) == [
        ("/day?date=2026-11-02", "mån 2 nov.: 25 % i bruk, täckning 100 %"),
        (
            "/day?date=2026-11-03",
            "tis 3 nov.: 100 % i bruk, täckning 50 % (otillräckliga data)",
        ),
    ]
    # 25 of 100 high, two columns
    assert '<rect class="fill" x="0.000%" width="40.000%" y="75.0" height="25.0"/>' in chart[0]
    # of the second 4 of 8 h are known: half to all of it
    assert '<rect class="fill" x="50.000%" width="40.000%" y="50.0" height="50.0"/>' in chart[0]
    assert '<rect class="unknown" x="50.000%" width="40.000%" y="0.0" height="50.0"' in chart[0]
    assert chart[0].count('class="unknown"') == 1
    assert "days-bar" not in shown(house, "?from=2026-11-02&to=2026-11-02")
    assert "days-bar" not in shown(house, "?from=2026-08-01&to=2026-11-20")


def test_seats_where_people_are_counted(house: House) -> None:
    assert "Platsbeläggning" not in words(shown(house)).partition("Så räknas det")[0]
    counted = Use(H, H, H, 0, person_s=3 * H, counted_s=H, seat_s=12 * H, people_max=4)
    put(house, "use_month", "2026-11-01", counted, room="renen")
    page = shown(house)
    assert "Platsbeläggning 25 % av platserna, när rummen används högst 4 personer" in words(page)
    assert "räknat 1 tim av 79 tim använd tid" in words(page)
    table = rows(page, "Rummen, mest använda först")
    assert table[0] == "Renen 100 % 100 % 1:00 1:00 25 % (högst 4 personer)"
    assert table[2].endswith("100:00 –")


def test_without_a_calendar_nothing_is_said_of_bookings(house: House) -> None:
    house.store.points = [p for p in house.store.points if p.measurement != "use_month"]
    put(house, "use_month", "2026-11-01", TALLEN, room="tallen")
    none = "– ingen kalender är ansluten"
    told = words(shown(house))
    assert f"Bokad tid {none} Bokat men tomt {none} Spontant {none}" in told
    house.state.claims.put_feed("granen", FeedState(good=NOW), NOW)
    assert "Bokat men tomt – Inga bokningar" in words(shown(house))  # it is known to be so
    assert none in words(shown(house, "?room=tallen"))


def test_the_busiest_hour(house: House) -> None:
    # Tuesday 11 to 12 is known too little of
    assert "Mest i bruk: måndag 09–10, 75 %." in words(shown(house))
    house.store.points = [p for p in house.store.points if p.measurement != "site_hour"]
    assert "Mest i bruk" not in words(shown(house))


def test_one_room_leads_on(house: House) -> None:
    page = html.unescape(shown(house, "?room=granen&from=2026-11-01&to=2026-11-20"))
    assert 'href="/utilisation?from=2026-11-01&to=2026-11-20">Alla rum</a>' in page
    assert 'href="/rooms/granen/day?date=2026-11-20">Granen, stund för stund</a>' in page
    assert "Rummen, mest använda först" not in page  # there is one
    assert "Bokat mot använt" not in page
