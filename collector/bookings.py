"""Polls the rooms' calendars and archives what they say, for feeds forget the past."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Final

import structlog

from collector.calendars.protocol import AHEAD_MS, PAST_MS, PartnerWords, Reply, Request
from rooms.attribution import Booking
from rooms.faults import Finding
from rooms.intervals import clip
from rooms.registry import Registry
from rooms.units import DAY_MS
from storage.state import FeedState, ServiceState

log = structlog.get_logger()

CODE: Final = "calendar_failing"
LOOK_S: Final = 5.0
AT_ONCE: Final = 4  # calendars; waiting for answers is most of the work
FIRST_PAUSE_MS: Final = 30_000  # after a failure, then twice as long each time
LONGEST_PAUSE_MS: Final = 3_600_000
FAILING: Final = 3  # failures running, and
FAILING_MS: Final = 3_600_000  # so long without success (if there ever was one)


_NEW: Final = FeedState()


@dataclass
class _Poll:
    """What is remembered of a room's calendar; ``whole`` is when it last was read as a whole,
    with the registry of that hash (0: not yet)."""

    url: str
    due: int = 0
    failures: int = 0
    whole: int = 0
    registry: str = ""
    told: set[tuple[str, ...]] = field(default_factory=set)  # cautions


class Bookings:
    """One thread runs ``run``. ``calendars`` tells room -> address, ``ask`` reads one."""

    def __init__(
        self,
        state: ServiceState,
        registry: Callable[[], Registry],
        calendars: Callable[[], Mapping[str, str]],
        ask: Callable[[Request], Reply],
        *,
        clock: Callable[[], int],
        every_s: int,
        key: str,
        jitter: Callable[[], float] = lambda: random.uniform(0.9, 1.1),  # noqa: S311
    ) -> None:
        self._state = state
        self._registry = registry
        self._calendars = calendars
        self._ask = ask
        self._clock = clock
        self._every_ms = every_s * 1000
        self._key = key
        self._jitter = jitter
        self._polls: dict[str, _Poll] = {}
        self._failing = {f.subject: f.finding for f in state.faults.open() if f.code == CODE}
        self._stop = threading.Event()

    def run(self) -> None:
        while not self._stop.is_set():
            self.step()
            self._stop.wait(LOOK_S)

    def stop(self) -> None:
        self._stop.set()

    def step(self) -> None:
        """Read the calendars that are due."""
        registry, now = self._registry(), self._clock()
        calendars = {r: url for r, url in self._calendars().items() if r in registry.rooms}
        self._forget({*self._state.claims.feeds(), *self._polls} - calendars.keys(), now)
        for room, url in calendars.items():
            if room not in self._polls or self._polls[room].url != url:
                self._polls[room] = _Poll(url)
        due = [r for r, p in self._polls.items() if p.due <= now or p.registry != registry.hash]
        if due:
            with ThreadPoolExecutor(AT_ONCE) as pool:
                list(pool.map(lambda room: self._poll(room, registry), due))
        self._state.faults.settle(
            (CODE,),
            self._failing.values(),
            now,
            lambda room: registry.place_of(room, now),
        )

    def _poll(self, room: str, registry: Registry) -> None:
        if self._stop.is_set():
            return
        poll, now = self._polls[room], self._clock()
        feed = self._state.claims.feeds().get(room, _NEW)
        # once a day the whole, changed or not: the window moves on, and series with it
        news = now - poll.whole < DAY_MS and poll.registry == registry.hash
        reply = self._ask(
            request_for(room, poll.url, self._key, registry, now, feed if news else _NEW)
        )
        if self._stop.is_set():
            return  # killed: nothing is known of the calendar
        poll.registry = registry.hash
        if reply.error is not None:
            self._failed(room, feed, reply, now)
            return
        poll.failures = 0
        poll.due = now + round(self._every_ms * self._jitter())
        self._failing.pop(room, None)
        if reply.unchanged:
            same = feed._replace(asked=now, good=now, error=None, values={})
            self._state.claims.put_feed(room, same, now)
        else:
            self._archive(room, reply, registry, now)
            poll.whole = now

    def _archive(self, room: str, reply: Reply, registry: Registry, now: int) -> None:
        """All of it or nothing. One person's own office has no bookings (design 3)."""
        events = [event for event in reply.events if not registry.private(room, event.start)]
        feed = FeedState(
            etag=reply.etag,
            modified=reply.modified,
            asked=now,
            good=now,
            events=len(events),
            attributed=sum(event.partner is not None for event in events),
            warnings=reply.caution_count,
        )
        with self._state.transaction():
            self._put(room, events, now - PAST_MS, now)
            self._state.claims.put_feed(room, feed, now)
        self._tell(room, reply)

    def _tell(self, room: str, reply: Reply) -> None:
        """What cannot be used, once for each event: many feeds come as a whole every time."""
        poll = self._polls[room]
        for caution in reply.cautions:
            what = {"what": caution.key, "uid_hash": caution.event, "detail": caution.detail}
            if tuple(what.values()) not in poll.told:
                log.warning(
                    "something in a calendar cannot be used", room=room, line=caution.line, **what
                )
        poll.told = {(c.key, c.event, c.detail) for c in reply.cautions}

    def _put(self, room: str, events: Iterable[Booking], start: int, now: int) -> None:
        stop = now + AHEAD_MS
        changed = self._state.claims.put_bookings(room, [*events], start, stop, now)
        # one event may last a thousand years: no more than the window is computed again
        self._state.dirty.mark_time(room, clip(changed, min(start, now - PAST_MS), stop))

    def _failed(self, room: str, feed: FeedState, reply: Reply, now: int) -> None:
        poll = self._polls[room]
        pause = min(FIRST_PAUSE_MS * 2**poll.failures, max(LONGEST_PAUSE_MS, self._every_ms))
        poll.failures += 1
        poll.due = now + round(pause * self._jitter())
        assert reply.error is not None
        told = feed._replace(asked=now, error=reply.error, values=dict(reply.values))
        self._state.claims.put_feed(room, told, now)
        if reply.error != feed.error:
            log.warning("a calendar cannot be read", room=room, error=reply.error, **reply.values)
        since = now if feed.good is None else feed.good
        lasting = feed.good is None or now - feed.good >= FAILING_MS
        if poll.failures >= FAILING and lasting and room not in self._failing:
            self._failing[room] = Finding(CODE, room, reply.error, "warning", since)

    def _forget(self, rooms: Iterable[str], now: int) -> None:
        """Calendars that are no longer given: what was to come goes, the past stays."""
        for room in rooms:
            self._polls.pop(room, None)
            self._failing.pop(room, None)
            with self._state.transaction():
                self._put(room, (), now, now)
                self._state.claims.drop_feed(room)


def request_for(
    room: str, url: str, key: str, registry: Registry, now: int, feed: FeedState = _NEW
) -> Request:
    """The question about a room's calendar: all of the window, or what is new since ``feed``."""
    site, _ = registry.rooms[room]
    partners = tuple(PartnerWords(p.id, p.domains, p.categories) for p in site.partners)
    return Request(
        room,
        url,
        key,
        site.timezone,
        partners,
        now - PAST_MS,
        now + AHEAD_MS,
        feed.etag,
        feed.modified,
    )
