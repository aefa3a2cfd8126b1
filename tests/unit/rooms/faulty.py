"""A house in simulated time: a table of messages in, openings and endings of faults out.

Times are minutes. The engine is asked after each message and whenever it wants to be; everything
that ``lifecycle`` makes of its findings is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from rooms.faults.engine import CODES, Engine
from rooms.faults.fault import Fault
from rooms.faults.lifecycle import REOPEN_MS, advance
from rooms.readings import Point, Value
from rooms.registry import Registry, Site

MIN = 60_000
START = 1_795_424_400_000  # 2026-11-23 10:00 in Lycksele, a Monday
HOUR, DAY = 60, 24 * 60

Row = tuple[float, str, str, Mapping[str, Value]]  # minute, device, kind, fields


def site(devices: Mapping[str, str | Mapping[str, Any]], **more: Any) -> Registry:
    """``devices``: id -> "model@room", or what rooms.yaml says with "room"."""
    entries, placements = [], list(more.pop("placements", []))
    for id_, said in devices.items():
        if isinstance(said, str):
            model, _, where = said.partition("@")
            entry = {"model": model, "room": where or None}
        else:
            entry = dict(said)
        entry = {"id": id_, "source": "hus", "address": id_, **entry}
        if room := entry.pop("room", None):
            placements.append({"device": id_, "room": room})
        entries.append(entry)
    body = {
        "id": "s",
        "name": "Inland",
        "opening_hours": {"mon-fri": "08:00-17:00"},
        "sources": [{"id": "hus", "decoder": "native"}, {"id": "zig", "decoder": "zigbee2mqtt"}],
        "rooms": [
            {"id": "granen", "name": "Granen", "capacity": 8},
            {"id": "tallen", "name": "Tallen", "capacity": 4},
            {"id": "kontoret", "name": "Kontoret", "capacity": 1, "private": True},
        ],
        "devices": entries,
        "placements": placements,
    }
    return Registry([Site.model_validate(body | more)])


def limits(**site_wide: Any) -> dict[str, Any]:
    return {"faults": {"site": site_wide}}


ALONE = limits(source_silent=False)  # where silence is of one device only


class House:
    def __init__(self, registry: Registry, start: float = 0) -> None:
        self.registry = registry
        self.now = START + round(start * MIN)
        self.engine = Engine(registry, self.now)
        self.states: dict[str, str] = {}
        self.faults: list[Fault] = []
        self.log: list[tuple[float, str, str, str, str]] = []
        self.onsets: list[float] = []
        self._ask()

    # ---- what happens

    def play(self, rows: Iterable[Row], until: float) -> House:
        """What of ``rows`` happens until then."""
        due = [row for row in rows if row[0] <= until]
        for minute, device, kind, fields in sorted(due, key=lambda row: row[0]):
            self.until(minute)
            self.say(device, kind, **fields)
        return self.until(until)

    def say(self, device: str, kind: str, *, late: float = 0, **fields: Value) -> House:
        """Now; of ``late`` minutes ago by its clock."""
        time = self.now - round(late * MIN)
        self.note(Point(kind, {"site": "s", "device": device}, time, told(fields)))
        self._ask()
        return self

    def note(self, point: Point) -> None:
        self.engine.note(point, self.now)

    def until(self, minute: float) -> House:
        """Let time pass; the engine is asked when it wants to be, and at the end."""
        stop = START + round(minute * MIN)
        while (due := self.engine.next_due()) is not None and due <= stop:
            self.now = max(self.now, due)
            self._ask()
        self.now = max(self.now, stop)
        self._ask()
        return self

    def restart(self) -> House:
        """Killed and started at once."""
        self.engine = Engine(self.registry, self.now, self.states, self.open)
        self._ask()
        return self

    def use(self, registry: Registry) -> House:
        self.registry = registry
        self.engine.use(registry, self.now)
        self._ask()
        return self

    # ---- what comes of it

    @property
    def open(self) -> list[Fault]:
        return [fault for fault in self.faults if fault.open]

    @property
    def told(self) -> list[str]:
        """ "minute kind code subject detail", of all transitions."""
        return [f"{m:g} {' '.join(rest)}".strip() for m, *rest in self.log]

    def _ask(self) -> None:
        looked = self.engine.look(self.now)
        assert {finding.subject for finding in looked.findings} <= looked.subjects
        known = [
            fault
            for fault in self.faults
            if fault.subject in looked.subjects
            and fault.code in CODES
            and (fault.resolved is None or self.now - fault.resolved <= REOPEN_MS)
        ]
        for change in advance(known, looked.findings, self.now):
            after, transition = change.fault, change.transition
            self.faults = [f for f in self.faults if f.id != after.id] + [after]
            if transition is not None:
                minute = (self.now - START) / MIN
                self.log.append((minute, transition.kind, *after.key))
        for name, text in self.engine.changed_states():
            self.states[name] = text


def told(fields: Mapping[str, Value]) -> dict[str, Value]:
    return {name: v if isinstance(v, str) else float(v) for name, v in fields.items()}


def beat(
    device: str, kind: str, start: float, stop: float, every: float = 10, **fields: Value
) -> list[Row]:
    """The same message again and again, from ``start`` up to and with ``stop``."""
    count = int((stop - start) / every + 1e-9) + 1
    return [(start + n * every, device, kind, fields) for n in range(count)]
