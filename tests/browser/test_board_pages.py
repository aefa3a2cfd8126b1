"""Utilisation, the day and checking in, in a real browser: on a phone, without scripts, printed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from rooms.attribution import CheckIn
from storage.state import ServiceState
from tests.browser.served import free_port, served
from tests.unit.api.house import NOW

pytestmark = pytest.mark.servers

PAGES = ("/utilisation?lang=sv", "/day?lang=sv", "/rooms/renen/day?lang=sv")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pages")


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    port = free_port()
    with served(folder, port):
        yield f"http://127.0.0.1:{port}"


def opened(browser: Browser, width: int) -> tuple[Page, list[str]]:
    context = browser.new_context(
        viewport={"width": width, "height": 844}, java_script_enabled=False
    )
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    # an icon that the next page overtook is no complaint
    page.on(
        "requestfailed",
        lambda request: request.failure == "net::ERR_ABORTED" or complaints.append(request.url),
    )
    return page, complaints


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_nothing_sticks_out(browser: Browser, address: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 844})
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    for path in PAGES:
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    assert complaints == []
    context.close()


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_frame_is_one_row_on_a_laptop(browser: Browser, address: str, language: str) -> None:
    page, _ = opened(browser, 1280)
    page.goto(f"{address}/utilisation?lang={language}")
    tops = [page.locator(one).bounding_box() for one in (".brand", ".top nav", ".language")]
    middles = [box["y"] + box["height"] / 2 for box in tops if box]
    assert len(middles) == 3
    assert max(middles) - min(middles) < 5
    page.context.close()


def test_a_printed_page_fits_the_paper(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 718, "height": 1040}, color_scheme="dark")
    page = context.new_page()
    page.emulate_media(media="print", color_scheme="dark")  # A4 is 718 wide between its margins
    for path in PAGES:
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 718, path
        assert not page.locator("nav").first.is_visible()
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        ink = page.evaluate("getComputedStyle(document.body).color")
        assert (ground, ink) == ("rgb(255, 255, 255)", "rgb(0, 0, 0)")
    context.close()


def test_choosing_a_period_without_scripts(browser: Browser, address: str) -> None:
    page, complaints = opened(browser, 1280)
    page.goto(f"{address}/utilisation?lang=sv")
    expect(page.locator(".figure.main")).to_contain_text("40")
    page.get_by_role("link", name="Förra månaden").click()
    expect(page.locator("h2")).to_contain_text("oktober 2026")
    page.locator("details.chooser summary").click()
    page.get_by_label("Hel månad").select_option("2026-11")
    page.locator("select[name=room]").select_option("tallen")
    page.get_by_role("button", name="Visa").click()
    expect(page.locator("h2")).to_contain_text("Tallen, 1–23 nov. 2026")
    assert complaints == []


def test_from_the_day_to_a_check_in(browser: Browser, address: str, folder: Path) -> None:
    page, complaints = opened(browser, 390)
    page.goto(f"{address}/day?lang=sv")
    page.get_by_role("link", name="Renen").click()
    page.get_by_role("link", name="Checka in i rummet").click()
    page.get_by_role("button", name="Norrsken Digital").click()
    expect(page.get_by_role("status")).to_have_text("Klart! Norrsken Digital är incheckat i Renen.")
    expect(page.get_by_role("button", name="Checka ut")).to_be_visible()
    assert complaints == []
    state = ServiceState(folder / "service.db")
    assert state.claims.checkins("renen", 0, NOW + 1) == [CheckIn(NOW, "norrsken")]
    state.close()


def test_from_the_check_in_to_a_report(browser: Browser, address: str, folder: Path) -> None:
    page, complaints = opened(browser, 390)
    page.goto(f"{address}/day?lang=sv")
    page.get_by_role("link", name="Tallen").click()
    page.get_by_role("link", name="Checka in i rummet").click()
    page.get_by_role("link", name="Anmäl fel").click()
    page.get_by_role("button", name="Skicka").click()  # the browser asks for a choice
    page.get_by_label("Ljud eller mikrofon").check()
    page.get_by_label("Berätta mer").fill("Det ekar")
    page.get_by_role("button", name="Skicka").click()
    expect(page.get_by_role("status")).to_contain_text("fått din anmälan")
    expect(page.get_by_text("Ljud eller mikrofon: anmält 10.00")).to_be_visible()
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 390
    assert complaints == []
    state = ServiceState(folder / "service.db")
    (fault,) = (f for f in state.faults.open() if f.code == "reported")
    assert (fault.key, fault.room) == (("reported", "tallen", "sound"), "tallen")
    state.close()
