"""``rumskoll qr``: a sheet that opens anywhere, with a code for each room."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from telling import refused, told

from api.checkin_links import checkin_path
from rumskoll.commands.common import say
from tests.unit.registry.broken import SITE

SECRET = "correct horse battery staple, and more"


@pytest.fixture
def _settled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUMSKOLL_PUBLIC_URL", "https://rum.example/")
    monkeypatch.setenv("RUMSKOLL_SIGNING_SECRET", SECRET)
    private = "  - {id: kontoret, name: Kontoret, capacity: 1, private: true}\n"
    Path("rooms.yaml").write_text(SITE.replace("devices:\n", private + "devices:\n"))


def addresses(file: str) -> list[str]:
    found = re.findall(r'class="address">([^<]+)<', Path(file).read_text())
    return [html.unescape(address) for address in found]


@pytest.mark.usefixtures("_settled")
def test_a_card_for_each_shared_room() -> None:
    assert told("qr").strip() == say("qr.written", file="qr.html", count=2)
    assert addresses("qr.html") == [
        "https://rum.example" + checkin_path(SECRET, room) for room in ("granen", "tallen")
    ]
    sheet = Path("qr.html").read_text()
    assert sheet.count("<svg ") == 2
    for sentence in ("Skanna koden och välj ert företag.", "Scan the code and choose your company"):
        assert sheet.count(sentence) == 2
    plain = sheet.replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r'(src|href)="|url\(|<script|@import', plain)  # needs nothing else


@pytest.mark.usefixtures("_settled")
def test_one_room_in_english() -> None:
    told("qr", "--room", "tallen", "--out", "sheet.html", "--language", "en")
    assert addresses("sheet.html") == ["https://rum.example" + checkin_path(SECRET, "tallen")]
    assert '<html lang="en">' in Path("sheet.html").read_text()


@pytest.mark.usefixtures("_settled")
def test_refusals() -> None:
    known = "granen, tallen"
    assert refused("qr", "--room", "x") == say("qr.unknown_room", room="x", known=known)
    assert refused("qr", "--room", "kontoret") == say("qr.private_room", room="kontoret")
    assert "nowhere" in refused("qr", "--out", "nowhere/qr.html")
    assert refused("qr", "--out", "./rooms.yaml") == say("cli.own_input", file="rooms.yaml")
    assert "kontoret" in Path("rooms.yaml").read_text()
    assert not Path("qr.html").exists()


def test_without_an_address_or_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    assert refused("qr") == say("qr.no_address")
    monkeypatch.setenv("RUMSKOLL_DEMO", "true")
    monkeypatch.setenv("RUMSKOLL_PORT", "8099")
    assert refused("qr") == say("qr.no_secret")
    monkeypatch.setenv("RUMSKOLL_SIGNING_SECRET", "short")
    assert refused("qr") == say("qr.no_secret")
    monkeypatch.setenv("RUMSKOLL_SIGNING_SECRET", SECRET)
    told("qr")
    assert addresses("qr.html")[0].startswith("http://127.0.0.1:8099/checkin/")
