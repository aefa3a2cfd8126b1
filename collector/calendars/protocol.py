"""What is asked of the process that reads a calendar, and what it answers: JSON both ways."""

from __future__ import annotations

from typing import Final

import msgspec

from rooms.attribution import Booking
from rooms.units import DAY_MS

PAST_MS: Final = 400 * DAY_MS  # the window: what lies outside is not expanded
AHEAD_MS: Final = 60 * DAY_MS

MOST_BYTES: Final = 10 * 2**20
MOST_EVENTS: Final = 20_000  # of one feed in the window
MOST_EACH: Final = 2_000  # of one series in the window
MOST_WARNINGS: Final = 20  # told apart; the rest is counted


class FeedError(Exception):
    """The feed cannot be used: keep what it said before. ``key`` names a text
    ("calendars.error." + key), filled with ``values``."""

    def __init__(self, key: str, **values: str | int) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


class PartnerWords(msgspec.Struct, frozen=True):
    """How a partner is recognised, as rooms.yaml has it."""

    id: str
    domains: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()


class Request(msgspec.Struct, frozen=True):
    """``etag`` and ``modified`` ask for news only; ``start`` and ``stop`` (ms) are the window."""

    room: str
    url: str
    key: str  # what the hashes of events are keyed with
    zone: str  # the room's
    partners: tuple[PartnerWords, ...]
    start: int
    stop: int
    etag: str | None = None
    modified: str | None = None


class Caution(msgspec.Struct, frozen=True):
    """Something in the feed that was left out or guessed: ``key`` names a text
    ("calendars.caution." + key), ``event`` is hashed, ``line`` counts from 1."""

    key: str
    line: int
    event: str = ""
    detail: str = ""


class Reply(msgspec.Struct):
    """Either ``error``, or ``unchanged``, or what the feed says of the window."""

    events: list[Booking] = []
    ignored: dict[str, int] = {}  # cancelled, declined, free, empty: how many
    cautions: list[Caution] = []
    caution_count: int = 0
    etag: str | None = None
    modified: str | None = None
    unchanged: bool = False
    error: str | None = None
    values: dict[str, str | int] = {}
