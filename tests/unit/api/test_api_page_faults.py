"""The pages on faults: the list, one fault with its buttons, hostile text."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from api.sessions import COOKIE
from rooms.faults import Finding
from rooms.faults.lifecycle import escalate
from rooms.readings import Point
from rooms.registry import Registry, Site
from storage.state import StoredWindow
from tests.unit.api.fault_house import (
    CAMERA,
    FAN,
    HELD,
    REPORT,
    SILENT,
    SOURCE,
    fault_house,
    opened,
    the,
)
from tests.unit.api.house import HOUR, MIN, NOW, House
from tests.unit.api.test_api_access import OURS, call
from tests.unit.api.test_api_page_use import rows, words
from tests.unit.api.usage_house import WHOLE

HOSTILE = '<script>alert(1)</script>"\x1b[31m\r\nBcc: x\u202egnp' + "x" * 10_000


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = fault_house(tmp_path)
    yield house
    house.close()


def get(house: House, path: str, role: str = "maintainer", lang: str = "sv") -> str:
    headers = house.key(role) | {"Accept": "text/html", "Accept-Language": lang}
    answer = call(house, "GET", path, headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.text


def fault_page(house: House, finding: Finding, role: str = "maintainer", lang: str = "sv") -> str:
    return get(house, f"/faults/{the(house, finding).id}", role, lang)


def press(house: House, finding: Finding, do: str, **form: str) -> httpx.Response:
    headers = house.key("maintainer") | {"Accept": "text/html", "Accept-Language": "sv"}
    path = f"/faults/{the(house, finding).id}/{do}"
    return call(house, "POST", path, headers=headers, data=form)


# ---- the list


def test_worst_first_and_held_ones_apart(house: House) -> None:
    page = get(house, "/faults", "viewer")
    assert rows(page, "Just nu") == [
        "Fel: Kameran (Quad) saknas sedan 08.55 Granen, granen-vc 08.55 i 1 tim 5 min"
        " 1 tim 5 min Ingen än Möte 11.00",
        "Fel: Inget har hörts från någon av dess enheter sedan 09.30 Källan ”av” 09.30 i 30 min"
        " Ingen än",
        "Varning: Svagt batteri sedan i går 08.00 Granen, granen-pir i går 08.00 i 26 tim"
        " anna tog hand om det i går 09.00 Möte 11.00",
        "Varning: Har inte hörts av sedan 08.12 Björken, bjorken-pir 08.12 i 1 tim 48 min Ingen än",
        "Varning: Ljudet eller mikrofonen krånglar (anmält 09.40) Tallen 09.40 i 20 min Ingen än",
    ]
    (held,) = rows(page, "1 fel hålls tillbaka och larmas inte")
    assert held.startswith("Varning: Har inte hörts av sedan 09.30 Tallen, tallen-radar")
    assert held.endswith("Hör till: Källan ”av”: Inget har hörts från någon av dess enheter"
                         " sedan 09.30")  # fmt: skip
    (over,) = rows(page, "Avslutade de senaste 30 dygnen")
    assert "(sedan 20 nov. 12.30) Tallen, tallen-vc 20 nov. 13.00 efter 30 min" in over  # again
    assert "4 tim 30 min" in over


@pytest.mark.parametrize(
    ("query", "found", "over"),
    [
        ("?room=granen", 2, 0),
        ("?severity=warning", 3, 0),
        ("?code=equipment_error", 0, 1),
        ("?device=tallen-vc", 0, 1),
        ("?device=renen-antal", 1, 0),  # a member of the source
        ("?site=lycksele&room=&severity=&code=", 5, 1),
    ],
)
def test_filter(house: House, query: str, found: int, over: int) -> None:
    page = get(house, f"/faults{query}", "viewer", "en")
    there = rows(page, "Right now") if '<caption class="hidden">Right now' in page else []
    past = "Ended in the last 30 days"
    gone = rows(page, past) if f'<caption class="hidden">{past}' in page else []
    assert (len(there), len(gone)) == (found, over)


def test_the_filter_says_what_is_chosen(house: House) -> None:
    page = get(house, "/faults?room=granen&code=battery_low")
    assert re.findall(r'value="([^"]+)" selected', page) == ["granen", "battery_low"]
    assert "Fel på tallen-vc" in get(house, "/faults?device=tallen-vc")
    headers = house.key() | {"Accept": "text/html"}
    for wrong in ("site=x", "room=x", "severity=x", "code=x"):
        assert call(house, "GET", f"/faults?{wrong}", headers=headers).status_code == 422


def test_a_healthy_house(house: House) -> None:
    house.state.db.execute("DELETE FROM fault")
    assert "Inget är fel just nu." in get(house, "/faults")


def test_held_by_a_window(house: House) -> None:
    body = '{"id": "m-1", "from": "2026-11-23 09:00", "lasts": "2h", "reason": "Målning"}'
    house.state.windows.put(StoredWindow("m-1", "lycksele", body, NOW, "anna"))
    fault = the(house, HELD)
    for held, said in (("window:m-1", "Underhåll: Målning"), ("flapping", "Kommer och går")):
        house.state.db.execute("UPDATE fault SET held = ? WHERE id = ?", (held, fault.id))
        assert said in words(get(house, "/faults"))
        assert said in words(fault_page(house, HELD))


def test_the_way_to_a_fault(house: House) -> None:
    link = f'href="/faults/{the(house, CAMERA).id}"'
    for path in ("/", "/tiles/granen", "/devices", "/faults"):
        assert link in get(house, path)
    assert f'href="/faults/{the(house, SOURCE).id}"' in get(house, "/summary")
    assert 'href="/faults?device=granen-vc"' in get(house, "/devices")


# ---- one fault


def test_one_fault(house: House) -> None:
    told = words(fault_page(house, CAMERA, "viewer"))
    assert "Granen, granen-vc Fel: Kameran (Quad) saknas sedan 08.55" in told
    assert "Gör så här först Kontrollera USB-kabeln." in told
    assert "Sedan 08.55 Upptäckt 08.57 Har varat 1 tim 5 min" in told
    assert "Förlorad rumstid 1 tim 5 min Tas om hand Ingen än Nästa möte Möte 11.00" in told
    assert "Åtgärda" not in told  # a viewer looks on
    assert "<form" not in fault_page(house, CAMERA, "viewer").split("</header>")[1]


def test_one_that_is_over(house: House) -> None:
    told = words(fault_page(house, FAN))
    assert "Det här är över." in told
    assert "Sedan 20 nov. 12.30 Över 20 nov. 13.00 Varade 30 min" in told  # its last time
    assert "Gör så här först" not in told
    history = told[told.index("Vad som har hänt") :]
    assert history.startswith(
        "Vad som har hänt 20 nov. 08.00 Felet upptäcktes 20 nov. 12.00 Felet är över"
        " 20 nov. 12.30 Felet kom tillbaka 20 nov. 13.00 Felet är över"
    )
    assert "Spara kommentaren" in told
    assert "Jag tar hand om det" not in told


def test_buttons(house: House) -> None:
    assert "Det är lagat" not in fault_page(house, CAMERA)
    assert "Det är lagat" in fault_page(house, REPORT)
    answer = press(house, CAMERA, "acknowledge", note="Hämtar en kabel")
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/faults/{the(house, CAMERA).id}?done=acknowledge"
    page = get(house, answer.headers["location"])
    assert "Tack! Du tar hand om felet." in page
    assert "10.00 maintainer key tog hand om det Hämtar en kabel" in words(page)
    assert "Jag tar hand om det" not in page
    assert press(house, CAMERA, "acknowledge").status_code == 409
    assert press(house, REPORT, "resolve").status_code == 303
    assert the(house, REPORT).resolved == NOW
    assert press(house, FAN, "comment", note="Låter").status_code == 303
    assert press(house, FAN, "comment", note=" ").status_code == 422
    assert press(house, FAN, "explode").status_code == 404


@pytest.mark.parametrize(
    ("choice", "until"),
    [
        ("hour", NOW + HOUR),
        ("morning", NOW + 21 * HOUR),  # Tuesday 07:00
        ("week", NOW + 7 * 24 * HOUR),
    ],
)
def test_not_now(house: House, choice: str, until: int) -> None:
    assert press(house, CAMERA, "snooze", until=choice).status_code == 303
    assert the(house, CAMERA).snoozed_until == until
    assert press(house, CAMERA, "snooze", until="never").status_code == 422


def test_until_the_morning_after_the_clocks_change(house: House) -> None:
    house.now = 1_774_706_400_000  # Saturday 2026-03-28 15:00; the night has an hour less
    house.state.db.execute("UPDATE fault SET since = 0, opened = 0")
    assert press(house, CAMERA, "snooze", until="morning").status_code == 303
    assert the(house, CAMERA).snoozed_until == house.now + 15 * HOUR


def test_another_site_cannot_press(house: House) -> None:
    path = f"/faults/{the(house, CAMERA).id}/acknowledge"
    link = house.state.access.create_link("maintainer", "anna", NOW, NOW + HOUR)
    login = call(house, "POST", f"/login/{link}", headers=OURS)
    jar = {COOKIE: login.cookies[COOKIE]}
    theirs = {"Sec-Fetch-Site": "cross-site"}
    assert call(house, "POST", path, headers=theirs, cookies=jar).status_code == 403
    assert the(house, CAMERA).acknowledged is None
    assert call(house, "POST", path, headers=OURS, cookies=jar).status_code == 303
    assert the(house, CAMERA).acknowledged_by == "anna"


def test_escalations_in_words(house: House) -> None:
    fault = the(house, SILENT)
    house.state.faults.put([escalate(fault, NOW, "night")], NOW)
    opened(house, SILENT._replace(severity="error"), NOW)
    told = words(fault_page(house, SILENT))
    assert "10.00 Ingen hade svarat, så fler larmades (vägen night)" in told
    assert "10.00 Felet blev allvarligare" in told


# ---- hostile text


def test_hostile_text_stands_as_text(house: House) -> None:
    devices = [
        d | ({"name": "<b>VC</b>\u202e"} if d["id"] == "granen-vc" else {})
        for d in WHOLE["devices"]
    ]
    house.site = Site.model_validate(WHOLE | {"devices": devices})
    house.registry = Registry([house.site])
    said = Finding("equipment_error", "granen-vc", HOSTILE, "error", NOW - 10 * MIN)
    opened(house, said, NOW - 10 * MIN)
    tags = {"site": "lycksele", "device": "granen-vc"}
    parts = json.dumps([{"name": HOSTILE}, 1, None, {"name": ["x"], "connected": "no"}])
    house.store.write([Point("equipment", tags, NOW - 20 * MIN, {"peripherals": parts})])
    house.store.write([Point("equipment", tags, NOW - 19 * MIN, {"peripherals": "[{"})])
    assert press(house, said, "comment", note="<img src=x onerror=alert(1)>").status_code == 303
    for page in (
        get(house, "/faults"),
        get(house, "/"),
        fault_page(house, said),
        fault_page(house, CAMERA),
    ):
        assert "<script>alert" not in page
        assert "<b>VC" not in page
        assert "<img" not in page
    assert html.escape("<img src=x onerror=alert(1)>") in fault_page(house, said)


def test_partners_see_none_of_it(house: House) -> None:
    headers = house.key("partner") | {"Accept": "text/html"}
    assert 'href="/faults"' not in call(house, "GET", "/", headers=headers).text
