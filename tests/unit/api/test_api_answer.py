"""The page behind an alert's link: opening changes nothing, the button acts, once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from api.limits import MOST
from rooms.alerts.links import AlertLink, alert_path
from tests.unit.api.fault_house import (
    BATTERY,
    CAMERA,
    FAN,
    REPORT,
    alert,
    fault_house,
    settle,
    the,
)
from tests.unit.api.house import HOUR, MIN, NOW, House
from tests.unit.api.test_api_access import call
from tests.unit.api.test_api_page_use import words

SECRET = "s" * 40
DAY = 24 * HOUR


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = fault_house(tmp_path)
    yield house
    house.close()


def link(id_: int, person: str = "anna", expires: int = NOW + 7 * DAY) -> str:
    return alert_path(SECRET, AlertLink(id_, person, expires))


def ask(house: House, path: str, method: str = "GET", **headers: str) -> httpx.Response:
    wanted = {"Accept": "text/html", "Accept-Language": "sv"} | headers
    return call(house, method, path, headers=wanted)


def told(house: House, path: str) -> str:
    answer = ask(house, path)
    assert answer.status_code == 200, answer.text
    return words(answer.text)


def transitions(house: House) -> int:
    return len(house.state.faults.between(0, 2**62))


def test_opening_changes_nothing(house: House) -> None:
    path = link(alert(house, CAMERA, REPORT))
    before, audited = transitions(house), house.state.db.total_changes
    for method in ("GET", "HEAD", "GET"):
        answer = ask(house, path, method, Purpose="prefetch")
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "no-store"
    assert ask(house, path, "HEAD").text == ""
    assert (transitions(house), house.state.db.total_changes) == (before, audited)
    page = told(house, path)
    assert "Granen, granen-vc Fel: Kameran (Quad) saknas sedan 08.55 Möte 11.00" in page
    assert "Tallen Varning: Ljudet eller mikrofonen krånglar (anmält 09.40)" in page
    assert page.count("Jag tar hand om det") == 1


def test_the_button_acknowledges_all_that_is_open(house: House) -> None:
    id_ = alert(house, CAMERA, REPORT, FAN, BATTERY)
    path = link(id_)
    # a browser says that the form is another site's: the token is the credential, not a cookie
    answer = ask(house, path, "POST", **{"Sec-Fetch-Site": "cross-site"})
    assert (answer.status_code, answer.headers["location"]) == (303, f"{path}?done=1")
    for finding in (CAMERA, REPORT):
        assert the(house, finding).acknowledged_by == "anna"
        assert the(house, finding).acknowledged == NOW
    assert the(house, FAN).acknowledged is None  # it was over
    assert the(house, BATTERY).acknowledged == NOW - 25 * HOUR  # it had been seen to
    stored = house.state.alerts.get(id_)
    assert stored is not None
    assert stored.answered == NOW
    page = told(house, f"{path}?done=1")
    assert "Tack! Du tar hand om det." in page
    assert "anna tog hand om det 10.00" in page
    assert "Jag tar hand om det" not in page
    actors = house.state.db.execute(
        "SELECT actor, action FROM audit ORDER BY rowid DESC LIMIT 2"
    ).fetchall()
    assert [tuple(row) for row in actors] == [("anna", "fault acknowledged")] * 2


def test_it_works_once(house: House) -> None:
    path = link(alert(house, CAMERA))
    ask(house, path, "POST")
    house.now += 20 * MIN
    settle(house, CAMERA, house.now, there=False)
    house.now += MIN
    settle(house, CAMERA._replace(since=house.now), house.now, there=True)  # it is back
    answer = ask(house, path, "POST")
    assert (answer.status_code, answer.headers["location"]) == (303, path)
    assert the(house, CAMERA).acknowledged is None
    page = told(house, path)
    assert "Länken användes 10.00. Den fungerar en gång." in page
    assert "Jag tar hand om det" not in page


def test_when_nobody_is_needed(house: House) -> None:
    over = link(alert(house, FAN))
    page = told(house, over)
    assert "Allt som larmet gällde är över. Du behöver inte göra något." in page
    assert "Över sedan 20 nov. 13.00" in page
    taken = link(alert(house, BATTERY, FAN))
    assert "Någon har redan tagit hand om det." in told(house, taken)
    before = transitions(house)
    for path in (over, taken):
        assert "Jag tar hand om det" not in told(house, path)
        assert ask(house, path, "POST").headers["location"] == path
    assert transitions(house) == before


def test_too_old_and_forgotten(house: House) -> None:
    id_ = alert(house, CAMERA)
    old = link(id_, expires=NOW)
    gone = link(id_ + 100)
    another = link(id_, person="bo")  # signed, but not for this alert: the number was used again
    for path in (old, gone, another):
        for method in ("GET", "POST"):
            answer = ask(house, path, method)
            assert answer.status_code == 410
            assert "Länken är för gammal. Logga in i Rumskoll" in words(answer.text)
    assert the(house, CAMERA).acknowledged is None
    assert told(house, link(id_, expires=NOW + 1))


def test_forged_links_are_slowed_down(house: House) -> None:
    good = link(alert(house, CAMERA))
    forged = good[:-1] + ("A" if good[-1] != "A" else "B")
    wrong = [forged, good.replace("anna", "bo"), "/answer/x", "/answer/%C3%A5.%00"]
    wrong += [forged] * (MOST - len(wrong))
    for path in wrong:
        answer = ask(house, path)
        assert answer.status_code == 403, path
        assert "Länken är felskriven eller ofullständig." in words(answer.text)
    late = ask(house, forged, "POST")
    assert (late.status_code, late.headers["retry-after"]) == (429, "60")
    assert ask(house, good).status_code == 200  # a right one always passes


def test_in_english_and_without_a_session(house: House) -> None:
    path = link(alert(house, CAMERA))
    page = ask(house, f"{path}?lang=en")
    assert "The camera (Quad) has been missing since 08:55" in words(page.text)
    assert "/logout" not in page.text
    assert "<nav" not in page.text
