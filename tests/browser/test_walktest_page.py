"""The walk test in a real browser: on a phone, live, and without scripts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from storage.state import ServiceState
from tests.browser.served import free_port, served
from tests.browser.test_board_live import opened
from tests.unit.api.house import DEVICES, NOW

pytestmark = pytest.mark.servers

PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "color_scheme": "dark"}


@pytest.fixture
def collector(tmp_path: Path) -> Iterator[ServiceState]:
    """Another process's view of the same file."""
    state = ServiceState(tmp_path / "service.db")
    yield state
    state.close()


def react(state: ServiceState, device: str, at: int, what: str = "motion") -> None:
    body = DEVICES.get(device, {"site": "lycksele", "room": None, "heard": at, "latest": {}})
    told = {"at": at, "what": [[what, 1]]}
    state.live.put("device", {device: body | {"reacted": told}}, at)


def test_a_reaction_shows_and_sounds(
    browser: Browser, tmp_path: Path, collector: ServiceState
) -> None:
    port = free_port()
    with served(tmp_path, port):
        home = f"http://127.0.0.1:{port}/"
        page, complaints = opened(browser, f"{home}walktest", **PHONE)
        page.evaluate(
            "() => { window.tones = [];"
            "const start = OscillatorNode.prototype.start;"
            "OscillatorNode.prototype.start = function (at) {"
            " tones.push(Math.round(this.frequency.value)); return start.call(this, at); } }"
        )
        expect(page.locator(".count")).to_have_text("0 av 5 enheter har reagerat")
        expect(page.get_by_role("link", name="Uppdatera")).to_be_hidden()
        page.get_by_role("button", name="Slå på ljud").click()
        expect(page.get_by_role("button", name="Slå av ljud")).to_be_visible()
        page.evaluate("() => { tones.length = 0 }")
        react(collector, "tallen-radar", NOW, "presence")
        expect(page.locator(".latest li").first).to_contain_text("Tallen")
        expect(page.locator(".count")).to_have_text("1 av 5 enheter har reagerat")
        expect(page.locator("#said")).to_have_text("Tallen: tallen-radar, närvaro")
        assert page.evaluate("tones") == [494]  # the second room: two half tones over 440 Hz
        react(collector, "granen-pir", NOW + 1000)
        expect(page.locator(".latest li").first).to_contain_text("Granen")
        assert page.evaluate("tones") == [494, 440]
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert f"since={NOW}" in page.url  # the walk goes on when the page is loaded again
        page.reload()
        expect(page.locator(".count")).to_have_text("2 av 5 enheter har reagerat")
        assert [one for one in complaints if not one.startswith(f"asked {home}")] == []
        page.context.close()


def test_without_scripts(browser: Browser, tmp_path: Path, collector: ServiceState) -> None:
    port = free_port()
    with served(tmp_path, port):
        url = f"http://127.0.0.1:{port}/walktest"
        page, _ = opened(browser, url, java_script_enabled=False)
        expect(page.get_by_role("button", name="Slå på ljud")).to_be_hidden()
        react(collector, "granen-pir", NOW)
        page.get_by_role("link", name="Uppdatera").click()
        expect(page.locator(".latest li").first).to_contain_text("Granen")
        page.get_by_role("link", name="In English").click()
        expect(page.locator(".count")).to_have_text("1 of 5 devices have reacted")
        page.context.close()
