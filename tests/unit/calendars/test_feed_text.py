"""The text of a calendar: what is no whole one, how much of it is read, lines, letters."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from collector.calendars import reader
from collector.calendars.fetch import fetch
from collector.calendars.protocol import FeedError, PartnerWords
from collector.calendars.reader import read_feed
from tests.unit.calendars.feeds import calendar, event, read, request, times

NINE = ("DTSTART;TZID=Europe/Stockholm:20261103T090000", "DURATION:PT1H")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("<!DOCTYPE html><html>BEGIN:VCALENDAR</html>", "html"),
        ("", "not_a_calendar"),
        ('{"error": "no"}', "not_a_calendar"),
        (calendar(event(*NINE)).removesuffix("END:VCALENDAR\r\n"), "cut_off"),
        (calendar(event(*NINE))[:60], "cut_off"),
    ],
)
def test_what_is_no_whole_calendar(text: str, key: str) -> None:
    with pytest.raises(FeedError) as caught:
        read_feed(text, request())
    assert caught.value.key == key


def test_too_many_events(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MOST_EVENTS", 2)
    with pytest.raises(FeedError) as caught:
        read(*(event(*NINE, uid=str(n)) for n in range(3)))
    assert (caught.value.key, caught.value.values) == ("too_many", {"most": 2})


def test_warnings_are_bounded_and_counted() -> None:
    found = read(*(event("DTSTART:x", uid=str(n)) for n in range(50)))
    assert len(found.cautions) == 20
    assert found.caution_count == 50


def test_line_ends_folding_and_a_byte_order_mark() -> None:
    text = calendar(
        event("DTSTART;TZID=Europe/Stock", " holm:20261103T090000", "DURATION:", "\tPT1H")
    )
    for ending in ("\r\n", "\n", "\r"):
        found = read_feed("\n" + text.replace("\r\n", ending), request())
        assert times(found) == ["11-03 08:00 09:00"]


def test_letters_that_are_cut_by_a_fold_or_written_in_latin_1(tmp_path: Path) -> None:
    text = calendar(event(*NINE, "CATEGORIES:Älvdalen"))
    whole, asked = text.encode(), request()
    partners = (PartnerWords("alvdalen", (), ("Älvdalen",)),)
    cut = whole.replace("Ä".encode(), b"\xc3\r\n \x84")
    for content in (whole, cut, text.encode("latin-1")):
        file = tmp_path / "granen.ics"
        file.write_bytes(content)
        read = fetch(file.as_uri()).text
        assert read is not None
        found = read_feed(read, msgspec.structs.replace(asked, partners=partners))
        assert [booking.partner for booking in found.events] == ["alvdalen"]
