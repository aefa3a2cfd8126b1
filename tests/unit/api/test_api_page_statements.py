"""The pages on statements: plain words, a partner's own only, issuing and disputing by forms."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.unit.api.statement_house import OCTOBER, StatementHouse
from tests.unit.api.test_api_access import call
from tests.unit.api.test_api_page_use import rows, words
from tests.unit.api.test_api_statements import OTHERS
from tests.unit.statement import examples


@pytest.fixture
def house(tmp_path: Path) -> Iterator[StatementHouse]:
    house = StatementHouse(tmp_path)
    yield house
    house.close()


def send(
    house: StatementHouse, path: str, who: str = "manager", lang: str = "sv", **form: str
) -> httpx.Response:
    role: Any = "manager" if who == "manager" else "partner"
    more = {} if who == "manager" else {"partner": who}
    headers = house.key(role, **more) | {"Accept": "text/html", "Accept-Language": lang}
    if form:
        return call(house, "POST", path, headers=headers, data=form)
    return call(house, "GET", path, headers=headers)


def shown(house: StatementHouse, path: str, who: str = "manager", lang: str = "sv") -> str:
    answer = send(house, path, who, lang)
    assert answer.status_code == 200, answer.text
    return answer.text


def test_page_one_says_one_thing(house: StatementHouse) -> None:
    house.issue()
    told = words(shown(house, "/statements/1", "alfa"))
    assert "Att betala: 20 986,29 kr exkl. moms." in told
    english = words(shown(house, "/statements/1", "alfa", "en"))
    assert "To pay: SEK 20,986.29 excl. VAT." in english


def test_a_partners_pages_name_no_other(house: StatementHouse) -> None:
    house.issue()
    house.late()
    pages = ["/statements", "/statements/1", f"/statements/draft/{OCTOBER}"]
    pages += [f"/statements/1?room={room.id}" for room in examples.ROOMS]
    for path in pages:
        for lang in ("sv", "en"):
            page = words(shown(house, path, "alfa", lang))
            assert OTHERS.search(page) is None, path


def test_issued_by_the_form_once(house: StatementHouse) -> None:
    assert "Fastställ oktober 2026" in words(shown(house, f"/statements/draft/{OCTOBER}"))
    form = {"reason": ""}
    made = send(house, f"/statements/draft/{OCTOBER}/issue", **form)
    assert (made.status_code, made.headers["location"]) == (303, "/statements/1?done=issued")
    again = send(house, f"/statements/draft/{OCTOBER}/issue", **form)
    assert again.status_code == 409
    assert "Ingenting har ändrats" in words(again.text)
    assert len(house.told.issued()) == 1
    assert "Avräkningen är fastställd." in words(shown(house, made.headers["location"]))
    assert rows(shown(house, "/statements"), "Fastställda")[0].startswith("oktober 2026 1 ")


def test_a_room_of_which_too_little_is_known_needs_words(house: StatementHouse) -> None:
    blind = dict.fromkeys(examples.UNKNOWN_S, 36000)
    blind |= {("granen", date(2026, 10, d)): 36_000 for d in (1, 2, 5, 8, 9, 12)}
    use = examples.days_of_partners(
        examples.STAYS, examples.EMPTY, examples.BOOKED_S, examples.LOST_S
    )
    house.change(OCTOBER, room_days=examples.days_of_rooms(examples.ROOMS, use, blind))
    page = shown(house, f"/statements/draft/{OCTOBER}")
    assert "Granen: mindre än 90 % är känt." in words(page)
    path = f"/statements/draft/{OCTOBER}/issue"
    assert send(house, path, reason="").status_code == 409
    made = send(house, path, **{"override:granen": "Sensorn var borta"})
    assert made.status_code == 303
    assert "Sensorn var borta" in shown(house, "/statements/1")


def test_disputed_and_answered(house: StatementHouse) -> None:
    house.issue()
    page = shown(house, "/statements/1?room=bjorken", "alfa")
    assert page.count('value="2026-10-01T08:00:00+02:00"') == 1  # its own stay, by form
    given = {
        "room": "bjorken",
        "start": "2026-10-01T08:00:00+02:00",
        "end": "2026-10-01T10:00:00+02:00",
        "back": "/statements/1",
        "reason": "Vi var inte <b>där",
    }
    made = send(house, "/statements/disputes", "alfa", **given)
    assert made.headers["location"] == "/statements/1?room=bjorken&done=disputed"
    assert "Obesvarad" in words(shown(house, "/statements/1?room=bjorken", "alfa"))
    assert "Vi var inte" not in shown(house, "/statements", "beta")
    told = shown(house, "/statements")
    assert "Vi var inte &lt;b&gt;där" in told
    answer = {"do": "correct", "partner": "beta", "reason": "Stämmer", "back": "/statements"}
    done = send(house, "/statements/disputes/1", **answer)
    assert done.headers["location"] == "/statements?done=dispute_corrected"
    (correction,) = house.state.claims.corrections("bjorken", 0, house.now)
    assert correction.partner == "beta"
    page = words(shown(house, "/statements", "alfa"))
    assert "Rättad" in page
    assert "Svar: Stämmer" in page


def test_an_empty_booking_of_its_own_can_be_disputed(house: StatementHouse) -> None:
    """With a factor it costs money; nobody's is not its own."""
    house.issue()
    assert 'value="2026-10-08T13:00:00+02:00"' in shown(house, "/statements/1?room=bjorken", "beta")
    page = shown(house, "/statements/1?room=granen", "beta")
    assert 'value="2026-10-21T08:00:00+02:00"' not in page


@pytest.mark.parametrize("back", ["//evil.example", "https://evil.example/", "/logout", "x" * 500])
def test_a_form_leads_nowhere_else(house: StatementHouse, back: str) -> None:
    given = {
        "room": "bjorken",
        "start": "2026-10-01T08:00:00+02:00",
        "end": "2026-10-01T10:00:00+02:00",
        "reason": "x",
    }
    made = send(house, "/statements/disputes", "alfa", back=back, **given)
    assert made.headers["location"] == "/statements?done=disputed"


def test_late_results_and_months_side_by_side(house: StatementHouse) -> None:
    house.change("2026-09")
    house.issue("2026-09")
    house.issue()
    assert rows(shown(house, "/statements"), "Månad för månad")[-1].startswith("Alla 52 950,01 kr")
    house.late()
    told = words(shown(house, "/statements"))
    assert "Senare resultat" in told
    assert "Skillnaden är stor nog för en ny version." in told
    own = shown(house, "/statements", "alfa")
    assert len(rows(own, "Månad för månad")) == 1


def test_hostile_addresses(house: StatementHouse) -> None:
    house.issue()
    for path, status in (
        ("/statements/0", 422),
        ("/statements/99", 404),
        ("/statements/x", 422),
        ("/statements/1?room=nowhere", 404),
        ("/statements/draft/2026-13", 422),
    ):
        assert send(house, path).status_code == status, path
