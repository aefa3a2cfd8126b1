"""A feed's text as a room's bookings: recurrence expanded, partners told, names gone."""

from __future__ import annotations

import hmac
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from icalendar import Calendar, vDDDTypes
from recurring_ical_events import of  # type: ignore[import-untyped]

from collector.calendars.budget import OutOfBudget, budget
from collector.calendars.content import Block, read_content
from collector.calendars.events import BadEvent, Meeting, Properties, read_meeting
from collector.calendars.protocol import (
    MOST_EACH,
    MOST_EVENTS,
    MOST_WARNINGS,
    Caution,
    FeedError,
    Reply,
    Request,
)
from collector.calendars.zones import Zones
from rooms.attribution import Booking

_EACH_S: Final = 1.0  # processor time for one event, and for expanding one series
_REPEATS: Final = {"RRULE", "RDATE", "RECURRENCE-ID"}
_NUMBER: Final = "X-NUMBER"  # leads from an occurrence back to its event


def read_feed(text: str, request: Request) -> Reply:
    """What the feed says of ``[request.start, request.stop)``. Raises ``FeedError``."""
    return _Reader(request).read(text)


class _Reader:
    def __init__(self, request: Request) -> None:
        self._request = request
        self._out = Reply()
        self._ignored: Counter[str] = Counter()
        self._place = ""  # the event being read, hashed
        self._line = 0
        self._strange: set[str] = set()  # zones that nothing explains
        self._edges = [
            datetime.fromtimestamp(ms / 1000, UTC) for ms in (request.start, request.stop)
        ]

    def read(self, text: str) -> Reply:
        content = read_content(text)
        self._zones = Zones(content, ZoneInfo(self._request.zone), self._strange_zone)
        for line in content.broken:
            self._warn("unended", line)
        series: dict[str, list[Meeting]] = {}
        for block in content.events:
            meeting = self._meeting(block)
            if meeting is not None:
                series.setdefault(meeting.uid, []).append(meeting)
        for meetings in series.values():
            self._take(meetings)
        self._out.events.sort(key=lambda booking: (booking.start, booking.id))
        self._out.ignored = dict(self._ignored)
        return self._out

    def _meeting(self, block: Block) -> Meeting | None:
        self._line = block.line
        uid = next((line[4:] for line in block.lines if line[:4].upper() == "UID:"), "")
        self._place = self._hash(uid)[:8]
        try:
            with budget(_EACH_S):
                return read_meeting(block, self._zones, self._request.partners)
        except BadEvent as bad:
            self._warn(bad.key, block.line, bad.detail)
        except OutOfBudget:
            self._warn("too_slow", block.line)
        except Exception:  # noqa: BLE001 - libraries fail in many ways on any text
            self._warn("broken", block.line)
        finally:
            self._place = ""
        return None

    def _take(self, meetings: list[Meeting]) -> None:
        """All of a series or none of it."""
        found: dict[str, Booking] = {}
        ignored: Counter[str] = Counter()
        line = meetings[0].line
        self._place = self._hash(meetings[0].uid)[:8]
        try:
            with budget(_EACH_S):
                for meeting, booking in self._occurrences(meetings):
                    reason = meeting.ignored or ("" if booking.start < booking.stop else "empty")
                    if reason:
                        ignored[reason] += 1
                    else:
                        found[booking.id] = booking
                    if len(found) + ignored.total() > MOST_EACH:
                        raise BadEvent("too_many")
        except BadEvent as bad:
            self._warn(bad.key, line, bad.detail)
        except OutOfBudget:
            self._warn("too_slow", line)
        except Exception:  # noqa: BLE001 - as above
            self._warn("broken", line)
        else:
            self._out.events += found.values()
            self._ignored += ignored
        self._place = ""
        if len(self._out.events) > MOST_EVENTS:
            raise FeedError("too_many", most=MOST_EVENTS)

    def _occurrences(self, meetings: list[Meeting]) -> Iterator[tuple[Meeting, Booking]]:
        """Those that touch the window."""
        alone = len(meetings) == 1 and not _REPEATS & meetings[0].times.keys()
        core = next((m for m in meetings if "RECURRENCE-ID" not in m.times), meetings[0])
        self._warn_of_twins(meetings)
        calendar = Calendar()
        for number, meeting in enumerate(meetings):
            meeting.times[_NUMBER] = number
            _name_by_time(meeting.times, core.times["DTSTART"].dt)
            calendar.add_component(meeting.times)
        # a day more on both sides: whole days begin by the room's clock
        day = timedelta(days=1)
        for each in of(calendar).between(self._edges[0] - day, self._edges[1] + day):
            meeting = meetings[int(each[_NUMBER])]
            booking = self._booking(meeting, each, alone, meeting.partner or core.partner)
            if booking.stop > self._request.start and booking.start < self._request.stop:
                yield meeting, booking

    def _warn_of_twins(self, meetings: list[Meeting]) -> None:
        """Events with one UID are versions of one event, of which the newest counts."""
        starts: dict[object, object] = {}
        for meeting in meetings:
            replaces = meeting.times.get("RECURRENCE-ID")
            start = meeting.times["DTSTART"].dt
            if starts.setdefault(replaces and replaces.dt, start) != start:
                self._warn("twice", meeting.line)

    def _booking(
        self, meeting: Meeting, each: Properties, alone: bool, partner: str | None
    ) -> Booking:
        zones = self._zones
        start, stop = zones.ms(each["DTSTART"].dt), zones.ms(each["DTEND"].dt)
        # a meeting that is moved keeps its id, and so does an occurrence: when it was planned
        # names it (RANGE=THISANDFUTURE moves all that follow by as much)
        moved = 0
        if "RECURRENCE-ID" in meeting.times:
            moved = zones.ms(meeting.times["DTSTART"].dt) - zones.ms(
                meeting.times["RECURRENCE-ID"].dt
            )
        which = "" if alone else str(start - moved)
        return Booking(self._hash(meeting.uid, which), start, stop, partner)

    def _hash(self, uid: str, which: str = "") -> str:
        text = "\n".join((self._request.room, uid, which))
        key = self._request.key.encode()
        return hmac.digest(key, text.encode("utf-8", "replace"), "sha256").hex()[:32]

    def _strange_zone(self, name: str) -> None:
        """Once for each zone: a feed has hundreds of events in one."""
        if name not in self._strange:
            self._strange.add(name)
            self._warn("zone_unknown", self._line, _printable(name))

    def _warn(self, key: str, line: int, detail: str = "") -> None:
        self._out.caution_count += 1
        if len(self._out.cautions) < MOST_WARNINGS:
            self._out.cautions.append(Caution(key, line, self._place, detail))


def _name_by_time(event: Properties, start: object) -> None:
    """An occurrence of a timed series that is named by its day only is meant by its time."""
    named = event.get("RECURRENCE-ID")
    if named and isinstance(start, datetime) and not isinstance(named.dt, datetime):
        event["RECURRENCE-ID"] = vDDDTypes(datetime.combine(named.dt, start.timetz()))


def _printable(name: str) -> str:
    return "".join(c if c.isprintable() else " " for c in name)[:60]
