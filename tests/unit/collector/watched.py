"""A small house with a watch and a roll-up, real files, and a clock moved by hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from posting import NOW, SITE, Post, native, registry

from collector.rollup import Rollup
from collector.watch import Watch
from rooms.registry import Registry
from storage.forwarder import Forwarder
from storage.sqlite import SqliteStore
from storage.state import ServiceState

DEVICES = {  # id -> model and room
    "radar": ("generic-presence", "granen"),
    "vc": ("poly-videoos", "granen"),
    "luft": ("generic", "granen"),
    "rorelse": ("generic-motion", "tallen"),
    "egen": ("generic-motion", "kontoret"),
}


def house_registry(**changes: Any) -> Registry:
    return registry(
        **{
            "sources": [{"id": "av", "decoder": "native"}],
            "devices": [
                {"id": id_, "source": "av", "address": id_, "model": model}
                for id_, (model, _) in DEVICES.items()
            ],
            "placements": [{"device": id_, "room": room} for id_, (_, room) in DEVICES.items()],
        }
        | changes
    )


class WatchedHouse:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.now = NOW
        self.registry = house_registry()
        self.queue: Callable[[int], None] = self._called
        self.open()

    def open(self) -> None:
        self.post = Post(self.folder, self.registry)
        self.state = ServiceState(self.folder / "service.db")
        self.store = SqliteStore(self.folder / "store.db", retention_s=None, clock=self.clock)
        outbox = self.post.outbox
        self.listening = True
        self.after: list[int] = []  # when the alert queue was called
        self.watch = Watch(
            outbox,
            self.state,
            self.store,
            self.registry,
            clock=self.clock,
            listening=lambda: self.listening,
            after=lambda _, now: self.queue(now),
        )
        self.rollup = Rollup(
            outbox,
            self.state,
            self.store,
            lambda: self.registry,
            clock=self.clock,
            retention_ms=None,
        )
        self.watch.load()

    def _called(self, now: int) -> None:
        self.after.append(now)

    def close(self) -> None:
        self.store.close()
        self.state.close()
        self.post.outbox.close()

    def restart(self) -> None:
        self.close()
        self.open()

    def clock(self) -> int:
        return self.now

    def say(self, device: str, kind: str, told: int | None = None, **body: Any) -> None:
        """Now, or with a device time."""
        given = body if told is None else body | {"time": told}
        self.post.send(native(device, kind, given, self.now, room=DEVICES[device][1]))

    def at(self, minutes: float) -> WatchedHouse:
        """Move the clock to so long after the start."""
        self.now = NOW + round(minutes * 60_000)
        return self

    def look(self) -> None:
        while self.watch.step():
            pass

    def go_on_to(self, minutes: float) -> None:
        """Let time pass, as it does when nobody sleeps."""
        while self.now < NOW + minutes * 60_000:
            self.now = min(self.now + 30_000, NOW + round(minutes * 60_000))
            self.look()

    def forward(self) -> None:
        forwarder = Forwarder(
            self.post.outbox, self.store, clock=self.clock, day_of=lambda _: "2026-11-23"
        )
        while forwarder.step():
            pass

    def room(self, room: str) -> dict[str, Any]:
        row = self.state.live.get("room", room)
        assert row is not None
        return row.body

    def told(self, room: str) -> tuple[str, float | None]:
        """State, and since which minute."""
        body = self.room(room)
        since = body["since"]
        return body["state"], None if since is None else (since - NOW) / 60_000

    def problems(self) -> list[tuple[str, str]]:
        return [(p.code, p.subject) for p in self.state.faults.open()]

    def dirty(self, room: str) -> list[int]:
        """Hours from the start."""
        hours = self.state.dirty.ready(2**62, 2**62)
        return [(one.hour - NOW) // 3_600_000 for one in hours if one.room == room]


def site_rooms(**changes: dict[str, Any]) -> list[dict[str, Any]]:
    return [room | changes.get(room["id"], {}) for room in SITE["rooms"]]
