"""Statements in a real browser: issued by a manager, disputed by a partner."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from storage.state import ServiceState
from storage.state.access import Role
from tests.browser.served import free_port, served
from tests.unit.api.house import NOW

pytestmark = pytest.mark.servers


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    folder, port = tmp_path_factory.mktemp("statements"), free_port()
    with served(folder, port, "statements"):
        yield f"http://127.0.0.1:{port}", folder


def entered(
    browser: Browser, address: tuple[str, Path], role: Role, width: int, **more: Any
) -> Page:
    state = ServiceState(address[1] / "service.db")
    secret = state.access.create_link(role, role, NOW, NOW + 10**9, **more)
    state.close()
    context = browser.new_context(viewport={"width": width, "height": 844}, locale="sv-SE")
    page = context.new_page()
    page.goto(f"{address[0]}/login/{secret}")
    page.locator("main button").click()
    return page


def test_from_a_draft_to_an_answer(browser: Browser, address: tuple[str, Path]) -> None:
    manager = entered(browser, address, "manager", 1280)
    manager.goto(f"{address[0]}/statements")
    manager.get_by_role("link", name="Granska och fastställ").click()
    manager.get_by_role("button", name="Fastställ oktober 2026").click()
    expect(manager.get_by_role("status")).to_contain_text("Avräkningen är fastställd.")
    partner = entered(browser, address, "partner", 390, partner="alfa")
    partner.goto(f"{address[0]}/statements/1?room=bjorken")
    partner.locator("details.correct summary").first.click()
    partner.get_by_label("Vad är fel?").first.fill("Vi var inte där")
    partner.get_by_role("button", name="Skicka").first.click()
    expect(partner.get_by_role("status")).to_contain_text("Tack")
    manager.goto(f"{address[0]}/statements")
    manager.get_by_label("Svar till partnern.").fill("Stämmer")
    manager.get_by_role("button", name="Avslå").click()
    partner.goto(f"{address[0]}/statements")
    expect(partner.locator("main")).to_contain_text("Besvarade invändningar (1)")
    for page in (manager, partner):
        for width in (320, 390, 768, 1280):
            page.set_viewport_size({"width": width, "height": 844})
            for path in ("/statements", "/statements/1", "/statements/draft/2026-11"):
                page.goto(address[0] + path)
                wide = page.evaluate("document.documentElement.scrollWidth")
                assert wide <= width, (path, width)
        page.context.close()
