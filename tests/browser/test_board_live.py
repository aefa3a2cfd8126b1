"""The board in a real browser: live, in both languages, on a phone, without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from rooms.faults import Finding
from storage.state import ServiceState
from tests.browser.served import free_port, served
from tests.servers.waiting import until
from tests.unit.api.house import NOW, room

pytestmark = pytest.mark.servers


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def collector(tmp_path: Path) -> Iterator[ServiceState]:
    """Another process's view of the same file."""
    state = ServiceState(tmp_path / "service.db")
    yield state
    state.close()


def opened(browser: Browser, url: str, **more: object) -> tuple[Page, list[str]]:
    """A page, and all that it complained about or asked of other hosts."""
    context = browser.new_context(locale="sv-SE", **more)  # type: ignore[arg-type]
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "request",
        lambda request: (
            None if request.url.startswith(url) else complaints.append(f"asked {request.url}")
        ),
    )
    page.goto(url)
    return page, complaints


def test_a_change_shows_without_reloading(
    browser: Browser, tmp_path: Path, port: int, collector: ServiceState
) -> None:
    with served(tmp_path, port):
        page, complaints = opened(browser, f"http://127.0.0.1:{port}/")
        page.evaluate("window.same = true")
        tallen = page.locator("#room-tallen")
        expect(tallen).to_contain_text("Ledigt")
        expect(page.locator("#summary")).to_contain_text("2 av 4 rum är upptagna.")
        collector.live.put("room", {"tallen": room("occupied", since=NOW, people=4)}, NOW)
        expect(tallen).to_contain_text("Upptaget")
        expect(tallen).to_contain_text("4 personer av 12")
        expect(page.locator("#summary")).to_contain_text("3 av 4 rum är upptagna.")
        missing = Finding("peripheral_missing", "tallen-vc", "microphone", "error", NOW)
        others = [p for p in collector.faults.open() if p.code == "peripheral_missing"]
        collector.faults.settle({"peripheral_missing"}, [*others, missing], NOW)
        expect(tallen).to_contain_text("Mikrofonen saknas sedan 10.00")
        expect(page.locator("#summary")).to_contain_text("4 fel.")
        assert page.evaluate("window.same") is True
        page.get_by_role("link", name="In English").click()
        expect(page.locator("html")).to_have_attribute("lang", "en")
        expect(page.locator("#room-tallen")).to_contain_text("The microphone has been missing")
        assert complaints == []
        page.context.close()


def test_a_lost_connection_is_said_and_mended(
    browser: Browser, tmp_path: Path, port: int, collector: ServiceState
) -> None:
    with served(tmp_path, port) as process:
        page, _ = opened(browser, f"http://127.0.0.1:{port}/")
        # not wait_for_function: what is not true at once it evaluates in the page, whose policy
        # forbids that
        until(lambda: page.evaluate("source.readyState === EventSource.OPEN"))
        process.terminate()
        expect(page.get_by_role("alert")).to_contain_text("Ingen kontakt med Rumskoll.")
        assert process.wait(timeout=20) == 0
        collector.live.put("room", {"tallen": room("occupied", since=NOW)}, NOW)
    with served(tmp_path, port):
        expect(page.locator("#lost")).to_be_empty(timeout=30_000)
        expect(page.locator("#room-granen")).to_contain_text("Upptaget")
        page.context.close()


@pytest.mark.parametrize("width", [320, 390, 800, 1280, 1920])
def test_nothing_is_cut_off_at_any_width(
    browser: Browser, tmp_path: Path, port: int, width: int
) -> None:
    """WCAG 2.2, 1.4.10: no scrolling sideways, down to 320 px."""
    with served(tmp_path, port):
        url = f"http://127.0.0.1:{port}"
        page, complaints = opened(browser, url, viewport={"width": width, "height": 844})
        for path in ("/", "/devices", "/unknown", "/?display=1"):
            page.goto(url + path)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
            cut = page.eval_on_selector_all(
                ".state *, .facts *",
                "all => all.filter(e => e.scrollWidth > e.clientWidth + 1"
                " && getComputedStyle(e).display === 'block').map(e => e.textContent)",
            )
            assert cut == [], path
        assert complaints == []
        page.context.close()


def test_without_javascript(browser: Browser, tmp_path: Path, port: int) -> None:
    with served(tmp_path, port):
        page, _ = opened(browser, f"http://127.0.0.1:{port}/", java_script_enabled=False)
        expect(page.locator("#room-tallen")).to_contain_text("Ledigt")
        page.get_by_role("link", name="Enheter", exact=True).click()
        assert urlsplit(page.url).path == "/devices"
        expect(page.get_by_role("table")).to_contain_text("granen-pir")
        page.context.close()


def test_the_keyboard_reaches_everything(browser: Browser, tmp_path: Path, port: int) -> None:
    with served(tmp_path, port):
        page, _ = opened(browser, f"http://127.0.0.1:{port}/")
        reached = []
        for _ in range(9):
            page.keyboard.press("Tab")
            reached.append(page.evaluate("document.activeElement.textContent"))
        assert reached == [
            "Till innehållet",
            "Rum",
            "Dagen",
            "Nyttjande",
            "Avräkningar",
            "Fel",
            "Enheter",
            "Okända enheter",
            "In English",
        ]
        page.context.close()
