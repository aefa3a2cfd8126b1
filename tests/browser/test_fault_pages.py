"""Faults, maintenance and the page behind an alert's link, in a real browser without scripts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from rooms.alerts.links import AlertLink, alert_path
from rooms.alerts.message import Alert, Entry
from rooms.faults import Fault
from storage.state import ServiceState
from tests.browser.served import free_port, served
from tests.unit.api.house import HOUR, NOW

pytestmark = pytest.mark.servers


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("faults")


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    port = free_port()
    with served(folder, port, "faults"):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def state(folder: Path, address: str) -> Iterator[ServiceState]:
    """Another process's view of the same file."""
    state = ServiceState(folder / "service.db")
    yield state
    state.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A phone on which no script runs; whatever it complains about fails the test."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, java_script_enabled=False, locale="sv-SE"
    )
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    # an icon that the next page overtook is no complaint
    page.on(
        "requestfailed",
        lambda request: request.failure == "net::ERR_ABORTED" or complaints.append(request.url),
    )
    yield page
    context.close()
    assert complaints == []


def the(state: ServiceState, code: str) -> Fault:
    return next(fault for fault in state.faults.open() if fault.code == code)


def linked(state: ServiceState, *codes: str) -> str:
    entries = tuple(Entry(the(state, code).id, "opened", NOW) for code in codes)
    alert = Alert(0, "anna", "faults", "lycksele", NOW, NOW, False, entries, "sent", NOW)
    link = AlertLink(state.alerts.put(alert), "anna", NOW + HOUR)
    return alert_path("s" * 40, link)


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_nothing_sticks_out(
    browser: Browser, address: str, state: ServiceState, width: int
) -> None:
    paths = ["/faults", "/maintenance", linked(state, "source_silent", "battery_low")]
    paths += [f"/faults/{fault.id}" for fault in state.faults.open()]
    context = browser.new_context(viewport={"width": width, "height": 844})
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    for path in paths:
        page.goto(f"{address}{path}?lang=sv")
        page.evaluate("for (const d of document.querySelectorAll('details')) d.open = true")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    assert complaints == []
    context.close()


def test_from_the_board_to_an_answer(page: Page, address: str, state: ServiceState) -> None:
    page.goto(f"{address}/?lang=sv")
    page.get_by_role("link", name="Kameran (Quad) saknas sedan 08.55").click()
    expect(page.locator(".first")).to_contain_text("Kontrollera USB-kabeln.")
    page.get_by_label("Anteckning").fill("Hämtar en kabel")
    page.get_by_role("button", name="Jag tar hand om det").click()
    expect(page.get_by_role("status")).to_have_text("Tack! Du tar hand om felet.")
    expect(page.locator(".events")).to_contain_text("demo tog hand om det")
    page.get_by_role("button", name="Till i morgon 07.00").click()
    expect(page.get_by_role("status")).to_have_text("Felet väntar.")
    fault = the(state, "peripheral_missing")
    assert (fault.acknowledged_by, fault.snoozed_until) == ("demo", NOW + 21 * HOUR)


def test_choosing_faults(page: Page, address: str) -> None:
    page.goto(f"{address}/faults?lang=sv")
    page.locator("summary", has_text="Filtrera").click()
    page.locator("select[name=room]").select_option("tallen")
    page.get_by_role("button", name="Visa").click()
    expect(page.locator("main")).to_contain_text("Ljudet eller mikrofonen krånglar")
    expect(page.locator("main")).not_to_contain_text("Kameran")


def test_a_window_is_made_and_removed(page: Page, address: str, state: ServiceState) -> None:
    page.goto(f"{address}/maintenance?lang=sv")
    page.get_by_label("Anledning").fill("Målning")
    page.locator("select[name=room]").select_option("renen")
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_role("status")).to_have_text("Underhållsfönstret är sparat.")
    expect(page.locator("tbody")).to_contain_text("Pågår till 12.00")
    assert len(state.windows.all()) == 1
    page.get_by_role("button", name="Ta bort Målning").click()
    expect(page.get_by_role("status")).to_have_text("Underhållsfönstret är borttaget.")
    assert state.windows.all() == []


def test_the_link_of_an_alert(page: Page, address: str, state: ServiceState) -> None:
    page.goto(f"{address}{linked(state, 'reported')}?lang=sv")
    assert the(state, "reported").acknowledged is None
    page.get_by_role("button", name="Jag tar hand om det").click()
    expect(page.get_by_role("status")).to_have_text("Tack! Du tar hand om det.")
    assert the(state, "reported").acknowledged_by == "anna"
    expect(page.get_by_role("button", name="Jag tar hand om det")).to_have_count(0)


def test_the_focus_is_seen_on_the_date(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}/maintenance?lang=sv")
    page.get_by_label("Anledning").focus()
    page.keyboard.press("Tab")
    style = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert page.evaluate("document.activeElement.name") == "from"
    assert style == "solid"
    context.close()


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_words_of_strangers_without_spaces_stay_on_the_page(
    browser: Browser, address: str, state: ServiceState, width: int
) -> None:
    said = "<script>" + "x" * 72
    body = json.dumps({"id": "m-1", "from": "2026-11-23 09:00", "lasts": "2h", "reason": said})
    with state.transaction() as db:
        db.execute("INSERT OR REPLACE INTO maintenance VALUES (?, ?, ?, ?, ?, NULL)",
                   ("m-1", "lycksele", body, NOW, said))  # fmt: skip
        db.execute("UPDATE fault SET detail = ? WHERE code = 'peripheral_missing'", (said,))
    context = browser.new_context(viewport={"width": width, "height": 844})
    page = context.new_page()
    for path in ("/faults", "/maintenance", f"/faults/{the(state, 'peripheral_missing').id}"):
        page.goto(f"{address}{path}?lang=sv")
        assert said in page.content().replace("&lt;", "<").replace("&gt;", ">"), path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    context.close()
