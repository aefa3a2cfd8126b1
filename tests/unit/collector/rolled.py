"""A house for roll-ups: readings written straight into the store, and a clock moved by hand."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from collector.rollup import Rollup
from rooms.attribution import Booking
from rooms.faults import Finding
from rooms.readings import Point
from rooms.registry import Registry, Site
from storage.outbox import Outbox
from storage.sqlite import SqliteStore
from storage.state import ServiceState

MIN = 60_000
HOUR = 60 * MIN
DAY = 24 * HOUR
STOCKHOLM = ZoneInfo("Europe/Stockholm")

HOUSE: dict[str, Any] = {
    "id": "s",
    "name": "Inland",
    "opening_hours": {"mon-sun": "08:00-17:00"},
    "holidays": {"country": None},
    "sources": [{"id": "av", "decoder": "native"}],
    "partners": [{"id": "renen", "name": "Renen"}, {"id": "vindel", "name": "Vindel"}],
    "rooms": [
        {"id": "granen", "name": "Granen", "capacity": 8},
        {"id": "tallen", "name": "Tallen", "capacity": 4},
    ],
    "devices": [
        {"id": "radar", "source": "av", "address": "radar", "model": "generic-presence"},
        {"id": "raknare", "source": "av", "address": "raknare", "model": "generic-count"},
        {"id": "vc", "source": "av", "address": "vc", "model": "poly-videoos"},
    ],
    "placements": [
        {"device": "radar", "room": "granen"},
        {"device": "raknare", "room": "tallen"},
        {"device": "vc", "room": "granen"},
    ],
}


def site_of(**changes: Any) -> Registry:
    return Registry([Site.model_validate(HOUSE | changes)])


def rooms_with(room: str, **changes: Any) -> list[dict[str, Any]]:
    return [one | (changes if one["id"] == room else {}) for one in HOUSE["rooms"]]


def at(text: str, zone: ZoneInfo = STOCKHOLM) -> int:
    """``2026-11-23 09:05`` on the wall, in ms; with ``Z`` at its end, of UTC."""
    zone_ = UTC if text.endswith("Z") else zone
    moment = datetime.fromisoformat(text.removesuffix("Z")).replace(tzinfo=zone_)
    return int(moment.timestamp()) * 1000


class RolledHouse:
    def __init__(self, folder: Path, now: int, *, retention_ms: int | None = None) -> None:
        self.folder = folder
        self.now = now
        self.registry = site_of()
        self.outbox = Outbox(folder / "outbox.db")
        self.state = ServiceState(folder / "service.db")
        self.store = SqliteStore(folder / "store.db", retention_s=None, clock=lambda: self.now)
        self.retention_ms = retention_ms
        self.start()
        self.rollup.step()  # it has been running, with nothing to do
        self.start()

    def start(self) -> None:
        """As a new process does."""
        self.rollup = Rollup(
            self.outbox,
            self.state,
            self.store,
            lambda: self.registry,
            clock=lambda: self.now,
            retention_ms=self.retention_ms,
        )

    def close(self) -> None:
        self.store.close()
        self.state.close()
        self.outbox.close()

    def hear(
        self,
        device: str,
        start: int,
        stop: int,
        stays: Iterable[tuple[int, int]] = (),
        people: int = 3,
    ) -> None:
        """Reports every ten minutes and at every change, of a radar or a counter."""
        stays = list(stays)
        times = {*range(start, stop, 10 * MIN), *(edge for stay in stays for edge in stay)}
        points = []
        for time in sorted(times):
            there = any(a <= time < b for a, b in stays)
            fields = {"occupied": float(there)}
            if device == "raknare":
                fields = {"people": float(people * there)}
            tags = {"site": "s", "device": device}
            points.append(Point("presence", tags, time, dict(fields)))
        assert self.store.write(points) == []

    def book(self, start: int, stop: int, partner: str | None, room: str = "granen") -> None:
        """All bookings of the room and these hours are replaced by this one."""
        event = [Booking(f"{partner} {start}", start, stop, partner)]
        self.state.claims.put_bookings(room, event, start, stop, start)

    def wrong(self, code: str, subject: str, since: int, until: int, severity: str) -> None:
        problem = Finding(code, subject, "", severity, since)
        self.state.faults.settle([code], [problem], since)
        self.state.faults.settle([code], [], until)

    def roll(self, start: int, stop: int, *rooms: str) -> int:
        for room in rooms or self.registry.rooms:
            self.state.dirty.mark_time(room, [(start, stop)])
        return self.rollup.step()

    # ---- what came of it

    def points(self, measurement: str, **tags: str) -> list[Point]:
        asked = {name: [value] for name, value in tags.items()}
        return list(self.store.read(measurement, asked, -(2**60), 2**60))

    def fields(self, measurement: str, time: int, **tags: str) -> dict[str, Any]:
        """Those of the one point at a time that are not zero."""
        (found,) = [p for p in self.points(measurement, **tags) if p.time == time]
        return {name: value for name, value in found.fields.items() if value}

    def partners(self, time: int, room: str = "granen") -> dict[str, dict[str, Any]]:
        """Of a day; who has nothing but zeros is told with nothing."""
        found = [p for p in self.points("partner_day", room=room) if p.time == time]
        return {
            p.tags["partner"]: {name: value for name, value in p.fields.items() if value}
            for p in found
        }

    def everything(self) -> list[str]:
        """Every derived point, byte by byte."""
        return sorted(
            json.dumps([p.measurement, p.tags, p.time, p.fields], sort_keys=True)
            for name in DERIVED
            for p in self.points(name)
        )


DERIVED = [
    "room_slot",
    "use_hour",
    "use_day",
    "use_month",
    "partner_day",
    "site_hour",
    "site_day",
    "site_month",
]
