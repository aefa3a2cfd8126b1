"""Feeds to read, and what was read in a form to compare."""

from __future__ import annotations

from datetime import UTC, datetime

from collector.calendars.protocol import PartnerWords, Reply, Request
from collector.calendars.reader import read_feed

PARTNERS = (
    PartnerWords("arenan", ("arenan.example",), ("Arenan",)),
    PartnerWords("norrsken", ("norrskendigital.example", "norrsken.example")),
    PartnerWords("skogstek", ("skogstek.example",)),
    PartnerWords("textilverket", ("textilverket.example",)),
    PartnerWords("vindel", ("vindelenergi.example",), ("Vindel",)),
)


def ms(text: str) -> int:
    """``2026-10-25T12:00`` in UTC."""
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()) * 1000


def request(url: str = "", room: str = "granen", key: str = "k") -> Request:
    start, stop = ms("2026-10-01T00:00"), ms("2027-01-01T00:00")
    return Request(room, url, key, "Europe/Stockholm", PARTNERS, start, stop)


def event(*lines: str, uid: str = "1") -> list[str]:
    return ["BEGIN:VEVENT", f"UID:{uid}", *lines, "END:VEVENT"]


def calendar(*events: list[str], head: tuple[str, ...] = ()) -> str:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", *head]
    return "\r\n".join([*lines, *(line for e in events for line in e), "END:VCALENDAR", ""])


def read(*events: list[str], head: tuple[str, ...] = ()) -> Reply:
    return read_feed(calendar(*events, head=head), request())


def times(reply: Reply) -> list[str]:
    """``10-25 12:00 13:00`` of each event, in UTC; days of both where they differ."""
    return [_span(b.start, b.stop) for b in reply.events]


def _span(start: int, stop: int) -> str:
    a, b = (datetime.fromtimestamp(t / 1000, UTC) for t in (start, stop))
    last = f"{b:%H:%M}" if a.date() == b.date() else f"{b:%m-%d %H:%M}"
    return f"{a:%m-%d %H:%M} {last}"


def cautions(reply: Reply) -> list[tuple[str, int, str]]:
    return [(c.key, c.line, c.detail) for c in reply.cautions]
