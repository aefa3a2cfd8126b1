"""Follows the change table once per process and tells every open stream.

A change is turned into an event once for each language, however many listen. A stream
that cannot keep up is ended; it comes back with the last id that it saw.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterable, Mapping
from typing import Final, NamedTuple

import structlog

from api import schemas
from api.parts import Parts
from api.problems import Problem
from api.snapshot import Snapshot, is_current, snapshot
from api.views import device_view, problem_views, room_view
from api.words import zone_of
from rooms.texts import LANGUAGES, Language
from storage.state import Change

POLL_S: Final = 0.25
TROUBLE_S: Final = 5.0  # do not fill the log
MOST_STREAMS: Final = 200
MOST_WAITING: Final = 256  # events in a stream's queue
MOST_CHANGES: Final = 500  # read at once
_log = structlog.get_logger("api")


class Event(NamedTuple):
    seq: int
    kind: str  # room, device, problem, service, reload
    body: Mapping[Language, str]  # JSON
    partner: Mapping[Language, str]  # the same without devices; empty where that is nothing

    def told(self, language: Language, *, devices: bool) -> str:
        return (self.body if devices else self.partner).get(language, "")


class Stream:
    """One listener's queue; ``None`` in it says that it is over."""

    def __init__(self, start: int, *, devices: bool) -> None:
        self.queue: asyncio.Queue[Event | None] = asyncio.Queue(MOST_WAITING)
        self.devices = devices
        self.start = start  # the newest change that was handed out before it came

    def offer(self, event: Event) -> bool:
        """False when the listener has fallen too far behind."""
        if event.kind == "device" and not self.devices:
            return True
        try:
            self.queue.put_nowait(event)
        except asyncio.QueueFull:
            self.end()
            return False
        return True

    def end(self) -> None:
        while not self.queue.empty():
            self.queue.get_nowait()
        self.queue.put_nowait(None)


class Tail:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._streams: set[Stream] = set()
        self._closed = False
        self._seq = parts.state.live.last_change()
        self._current = is_current(parts)

    @property
    def streams(self) -> int:
        return len(self._streams)

    async def run(self) -> None:
        """Poll until cancelled; trouble with the file is logged and tried again."""
        while True:
            pause = POLL_S
            try:
                await self.step()
            except Exception as error:  # noqa: BLE001 - the stream must outlive any of them
                _log.error("cannot follow changes", error=str(error))
                pause = TROUBLE_S
            await asyncio.sleep(pause)

    async def step(self) -> None:
        """Read what is new and hand it out."""
        for event in await asyncio.to_thread(self._news):
            self._streams -= {stream for stream in self._streams if not stream.offer(event)}

    def _news(self) -> list[Event]:
        events = []
        if changes := self._parts.state.live.changes(self._seq, MOST_CHANGES):
            events = events_of(snapshot(self._parts), changes)
            self._seq = changes[-1].seq
        now = is_current(self._parts)
        if now != self._current:
            # no room changes when the collector stops: what is shown must change all the same
            body = f'{{"current":{str(now).lower()}}}'
            events.append(_same(self._seq, "service", body))
            self._current = now
        return events

    async def subscribe(self, after: int | None, *, devices: bool) -> Stream:
        """A new stream, with all that has changed after ``after`` already in its queue.

        Raises ``Problem`` 503 when too many listen or the process is ending.
        """
        if self._closed or len(self._streams) >= MOST_STREAMS:
            raise Problem(503, "streams_full", {"Retry-After": "30"}, most=MOST_STREAMS)
        stream = Stream(self._seq, devices=devices)
        self._streams.add(stream)
        if after is not None and after != stream.start:
            missed = await asyncio.to_thread(self._missed, after, stream.start)
            while not stream.queue.empty():  # what came meanwhile is newer: it stands last
                missed.append(stream.queue.get_nowait())
            for event in missed:
                if event is None or not stream.offer(event):
                    break
        return stream

    def _missed(self, after: int, until: int) -> list[Event | None]:
        """What changed in ``(after, until]``, or "reload" if nobody can tell any more."""
        live = self._parts.state.live
        changes = [c for c in live.changes(after, MOST_CHANGES) if c.seq <= until]
        ahead = until < after <= live.last_change()  # the page was read since our last poll
        complete = bool(changes) and changes[-1].seq == until
        if complete and live.oldest_change() <= after + 1:
            return [*events_of(snapshot(self._parts), changes)]
        return [] if ahead else [_same(until, "reload", "{}")]

    def leave(self, stream: Stream) -> None:
        self._streams.discard(stream)

    def close(self) -> None:
        """End every stream, so that the process can."""
        self._closed = True
        for stream in self._streams:
            stream.end()
        self._streams.clear()


@contextlib.asynccontextmanager
async def following(tail: Tail) -> AsyncIterator[None]:
    """The task that polls, for as long as the application runs."""
    task = asyncio.create_task(tail.run())
    try:
        yield
    finally:
        tail.close()
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


def events_of(now: Snapshot, changes: Iterable[Change]) -> list[Event]:
    """One event for each thing that changed, as it is now, in order of its last change."""
    shared = now.without_devices()
    last = {(change.kind, change.id): change.seq for change in changes}
    events = []
    for (kind, id_), seq in sorted(last.items(), key=lambda item: item[1]):
        body = {language: _body(now, kind, id_, language) for language in LANGUAGES}
        if all(body.values()):
            partner = {
                language: _shared(now, shared, kind, id_, language) for language in LANGUAGES
            }
            events.append(Event(seq, kind, body, partner))
    return events


def _shared(now: Snapshot, shared: Snapshot, kind: str, id_: str, language: Language) -> str:
    """What a partner is told of it: a device's problems are among its room's."""
    subject = now.room_of(id_) if id_ in now.registry.devices else id_
    if subject is None or kind == "device":
        return ""
    return _body(shared, kind, subject, language)


def _same(seq: int, kind: str, body: str) -> Event:
    """An event that says the same to everybody."""
    bodies = dict.fromkeys(LANGUAGES, body)
    return Event(seq, kind, bodies, bodies)


def _body(now: Snapshot, kind: str, id_: str, language: Language) -> str:
    """JSON, or nothing for what is not shown (roles, things no longer in the registry)."""
    if kind == "room" and id_ in now.registry.rooms:
        return room_view(now, id_, language).model_dump_json()
    if kind == "device" and id_ in now.registry.devices:
        return device_view(now, id_, language).model_dump_json()
    if kind == "problem":
        problems = [p for p in now.problems if p.subject == id_]
        views = problem_views(now, problems, zone_of(now, None), language)
        return schemas.ProblemsOf(
            subject=id_, room=now.room_of(id_), problems=views
        ).model_dump_json()
    return ""
