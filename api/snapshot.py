"""Everything live at one moment, read together and answered from memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from api.parts import Parts
from rooms.faults import Fault
from rooms.registry import Registry
from storage.state import Row

HEARTBEAT_MS: Final = 30_000  # older: not ready
STALE_MS: Final = 120_000  # older: what it last wrote says nothing about now
HANGING_MS: Final = 60_000  # a part of it that took no step for so long


@dataclass(frozen=True)
class Snapshot:
    now: int
    registry: Registry
    seq: int  # the newest change that is in here
    rooms: Mapping[str, Row]
    devices: Mapping[str, Row]
    problems: list[Fault]
    collector: Mapping[str, Any] | None

    @property
    def heartbeat(self) -> int | None:
        """When the collector last said that it runs, ms."""
        return None if self.collector is None else int(self.collector["heartbeat"])

    @property
    def running(self) -> bool:
        return self.heartbeat is not None and self.now - self.heartbeat < HEARTBEAT_MS

    @property
    def connected(self) -> bool:
        return self.running and bool(self.collector and self.collector["connected"])

    @property
    def hanging(self) -> list[str]:
        """Parts of a running collector that were not at work lately: watch, alerts."""
        body = self.collector or {}
        steps = body.get("steps", {}).items()
        return [part for part, at in steps if body["heartbeat"] - at > HANGING_MS]

    @property
    def disk_full(self) -> bool:
        return bool(self.collector and self.collector.get("disk_full"))

    @property
    def current(self) -> bool:
        """Does what the collector wrote still describe the rooms?"""
        return _current(self.heartbeat, self.now)

    def room_of(self, subject: str) -> str | None:
        """The room that a problem's subject belongs to, if any."""
        if subject in self.registry.devices:
            return self.registry.room_of(subject, self.now)
        return subject if subject in self.registry.rooms else None

    def problems_of(self, room: str) -> list[Fault]:
        """The worst first."""
        return worst_first(p for p in self.problems if self.room_of(p.subject) == room)

    def problems_elsewhere(self) -> list[Fault]:
        return worst_first(p for p in self.problems if self.room_of(p.subject) is None)

    def without_devices(self) -> Snapshot:
        """As a partner may see it (docs/decisions/0006): evidence and problems are the room's,
        problems of devices that stand in no room are left out, and faults cannot be looked up."""
        return replace(
            self,
            rooms={id_: _nameless(row) for id_, row in self.rooms.items()},
            problems=[
                problem._replace(id="", subject=self.room_of(problem.subject) or problem.subject)
                for problem in self.problems
                if problem.subject not in self.registry.devices or self.room_of(problem.subject)
            ],
        )


def _nameless(row: Row) -> Row:
    kinds = dict.fromkeys(seen["evidence"] for seen in row.body.get("evidence", ()))
    evidence = [{"device": None, "evidence": kind} for kind in kinds]
    return row._replace(body=row.body | {"evidence": evidence})


def worst_first(problems: Any) -> list[Fault]:
    order = {"error": 0, "warning": 1}
    return sorted(problems, key=lambda p: (order.get(p.severity, 2), p.since, p.code))


def snapshot(parts: Parts) -> Snapshot:
    live = parts.state.live
    seq = live.last_change()  # first: what is newer is then read again, not missed
    role = live.get("role", "collector")
    return Snapshot(
        now=parts.clock(),
        registry=parts.registry(),
        seq=seq,
        rooms=live.all("room"),
        devices=live.all("device"),
        problems=parts.state.faults.open(),
        collector=None if role is None else role.body,
    )


def is_current(parts: Parts) -> bool:
    """``Snapshot.current`` alone, cheap enough to ask all the time."""
    role = parts.state.live.get("role", "collector")
    return _current(None if role is None else int(role.body["heartbeat"]), parts.clock())


def _current(heartbeat: int | None, now: int) -> bool:
    return heartbeat is not None and now - heartbeat < STALE_MS
