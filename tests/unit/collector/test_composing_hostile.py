"""Text from devices and people arrives harmless: in the subject, as plain text, as HTML."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import SMTP
from html.parser import HTMLParser

import pytest
from composed import URL, Words, at
from hypothesis import given
from hypothesis import strategies as st

from rooms.faults import Fault
from rooms.registry import Registry
from rooms.registry.fields import Text

HOSTILE = {
    "markup": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "attribute": "\" onmouseover=\"alert(1)' style='x",
    "entity": "&lt;b&gt; &amp; &#x3c;script&#x3e;",
    "template": "{{ 7 * 7 }} {% raw %} {since} {0} %s",
    "header": "x\r\nBcc: victim@example.org\r\n\r\nhello",
    "control": "\x00\x07\x1b[2J\x1b]0;title\x07\x7f",
    "direction": "abc\u202egpj.exe\u2066\u2069\u200f",
    "lines": "a\u2028b\u2029c\x0bd\x85e",
    "surrogate": "\ud83d alone \udc00",
    "emoji": "📷🎥👩‍💻",
    "long": "kamera " * 1500,
    "wide": "x" * 10_000,
    "nothing": "",
    "dots": "...",
}
PLACES = ("diagnostics", "peripheral", "partner sensor", "report", "device", "room", "house")


class Tags(HTMLParser):
    """The elements and the addresses of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.links: list[str] = []
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Words]:
    words = Words(tmp_path_factory.mktemp("hostile"), URL)
    words.vacant("tallen", "umealven")
    words.book("granen", ("09.00", "10.00"))
    yield words
    words.state.close()


def broken(words: Words, place: str, said: str) -> Fault:
    """Something is wrong, and what it is called is ``said``."""
    if place == "diagnostics":
        return words.find("equipment_error", "granen-vc", said)
    if place == "peripheral":
        return words.find("peripheral_missing", "granen-vc", f"camera: {said}")
    if place == "partner sensor":
        return words.find("sensor_disagreement", "granen-pir", said)
    if place == "report":
        found = words.registry.place_of("granen", at("08.50"))
        return words.state.faults.report("granen", "other", said, at("08.50"), lambda _: found)
    called = Text.model_construct(sv=said, en=said)
    site = words.registry.sites["lycksele"]
    if place == "house":
        site = site.model_copy(update={"name": called})
    things = {"device": "devices", "room": "rooms"}
    if place in things:
        renamed = tuple(
            one.model_copy(update={"name": called}) for one in getattr(site, things[place])
        )
        site = site.model_copy(update={things[place]: renamed})
    words.registry = Registry([site])
    return words.find("device_silent", "granen-vc")


def check(words: Words, place: str, said: str) -> None:
    registry = words.registry
    try:
        fault = broken(words, place, said)
        other = words.find("store_down", "service")
        for told in (words.tell(fault), words.tell(fault, other, language="en")):
            for one, longest in ((told.subject, 120), (told.line, 300)):
                assert one.isprintable()
                assert 0 < len(one) <= longest
            assert all(line.isprintable() for line in told.text.split("\n"))
            assert len(told.text) < 6_000
            assert len(told.html) < 20_000
            letter = EmailMessage(policy=SMTP)
            letter["Subject"] = told.subject
            letter.set_content(told.text)
            letter.add_alternative(told.html, subtype="html")
            assert b"\nBcc:" not in bytes(letter)
            harmless(told.html)
    finally:
        words.registry = registry
        for code in ("store_down", "device_silent", "reported", "equipment_error"):
            words.state.faults.settle([code], [], at("09.30"))
        for code in ("peripheral_missing", "sensor_disagreement"):
            words.state.faults.settle([code], [], at("09.30"))


def harmless(html: str) -> None:
    page = Tags()
    page.feed(html)
    page.close()
    assert {*page.found} <= {
        *("html", "head", "meta", "title", "style", "body", "table", "tr", "td"),
        *("h1", "p", "ul", "li", "a"),
    }
    assert not {name for name in page.attributes if name.startswith("on")}
    assert all(link.startswith(f"{URL}/") for link in page.links)
    printed = html.replace("\n", "")
    assert printed.isprintable()


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("said", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text(words: Words, place: str, said: str) -> None:
    storable = said.encode(errors="ignore").decode()
    from_registry = place in ("device", "room", "house")  # never stored, nor cut at the door
    check(words, place, said if from_registry else storable)


@given(st.sampled_from(PLACES), st.text(max_size=300))
def test_any_text(words: Words, place: str, said: str) -> None:
    check(words, place, said)


def test_markup_is_shown_as_it_was_written(words: Words) -> None:
    fault = broken(words, "diagnostics", "<b>HDMI</b> & co")
    told = words.tell(fault)
    assert "(<b>HDMI</b> & co)" in told.subject
    assert "(&lt;b&gt;HDMI&lt;/b&gt; &amp; co)" in told.html
    words.end(fault, "09.30")
