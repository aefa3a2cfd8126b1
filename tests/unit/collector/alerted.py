"""A house with faults, people and an alert queue: what happens in, who is told what out.

Both are tables of one line each, in local time of 2026: "11-23 10:00 + camera" in,
"11-23 10:01 anna faults: opened camera" out. November 23 is a Monday.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

from collector.alert_queue import AlertQueue
from rooms.alerts.message import Alert, Recipient, channels
from rooms.attribution import Booking
from rooms.faults import Fault, Finding, Severity
from rooms.faults.lifecycle import Act
from rooms.registry import Registry, Site
from storage.state import ServiceState, StoredWindow

ZONE = ZoneInfo("Europe/Stockholm")
MIN = 60_000
SENSORS = [f"s{n}" for n in range(1, 41)]

SITE: dict[str, Any] = {
    "id": "inland",
    "name": "Inland",
    "opening_hours": {"mon-fri": "08:00-17:00"},
    "holidays": {"categories": ["public", "de_facto", "half_day"], "half_day_close": "08:00-12:00"},
    "sources": [{"id": "av", "decoder": "native"}, {"id": "lora", "decoder": "chirpstack"}],
    "rooms": [
        {"id": "granen", "name": "Granen", "capacity": 8},
        {"id": "tallen", "name": "Tallen", "capacity": 4},
    ],
    "devices": [
        {"id": "vc", "source": "av", "address": "vc", "model": "cisco-roomos"},
        {"id": "tv", "source": "av", "address": "tv", "model": "pjlink-display"},
        *(
            {
                "id": id_,
                "source": "lora",
                "address": f"a81758fffe0000{n:02x}",
                "model": "elsys-ers-co2-lite",
                "expect_every": "10 min",
            }
            for n, id_ in enumerate(SENSORS)
        ),
    ],
    "placements": [
        {"device": "vc", "room": "granen"},
        {"device": "tv", "room": "tallen"},
        *({"device": id_, "room": "tallen"} for id_ in SENSORS),
    ],
}

KINDS: dict[str, tuple[str, str, str, Severity]] = {
    "camera": ("peripheral_missing", "vc", "camera: Quad", "error"),
    "panel": ("peripheral_missing", "vc", "touch_panel: Nav", "error"),
    "fan": ("equipment_error", "tv", "fan", "error"),
    "filter": ("equipment_warning", "tv", "filter", "warning"),
    "filter!": ("equipment_warning", "tv", "filter", "error"),
    "battery": ("battery_low", "s1", "", "warning"),
    "battery2": ("battery_low", "s2", "", "warning"),
    "air": ("air_quality", "granen", "", "info"),
    "report": ("reported", "granen", "screen", "warning"),
    "gateway": ("source_silent", "source:lora", "", "error"),
    "flaps": ("flapping", "vc", "peripheral_missing: camera: Quad", "warning"),
    "store": ("store_down", "service", "", "error"),
    "offline": ("device_silent", "s40", "", "warning"),  # by its own last will, just now
    "kota": ("peripheral_missing", "vc-fi", "camera: Quad", "error"),  # of another site
    "mailserver": ("alert_undeliverable", "service", "email", "error"),
    "mail": ("alert_undeliverable", "service", "anna email", "error"),
} | {id_: ("device_silent", id_, "", "warning") for id_ in SENSORS}
NAMES = {kind[:3]: name for name, kind in reversed(KINDS.items())}


def person(id_: str, *, maintainer: bool = True) -> Recipient:
    return Recipient(id_, id_.title(), "sv", f"{id_}@example.org", (), maintainer)


ANNA, BO, CARIN = person("anna"), person("bo"), person("carin", maintainer=False)
DAN = person("dan")._replace(urls=("ntfy://dan",))
EVERYBODY = ANNA, BO, CARIN, DAN


def ms(clock: str) -> int:
    """ "11-23 10:00", with seconds or without."""
    return int(datetime.fromisoformat(f"2026-{clock}").replace(tzinfo=ZONE).timestamp()) * 1000


def clock(at: int) -> str:
    shown = datetime.fromtimestamp(at / 1000, ZONE).strftime("%m-%d %H:%M:%S")
    return shown.removesuffix(":00")


class AlertedHouse:
    def __init__(self, folder: Path, people: Sequence[Recipient] = (ANNA,), **alerts: Any) -> None:
        self.folder = folder
        self.people = list(people)
        self.site(alerts=alerts)
        self.found: dict[str, Finding] = {}
        self.now = 0
        self.open()

    def open(self) -> None:
        self.state = ServiceState(self.folder / "service.db")
        self.queue = AlertQueue(self.state, lambda: self.people)

    def close(self) -> None:
        self.state.close()

    def site(self, *others: Mapping[str, Any], **changes: Any) -> None:
        sites = [SITE | changes, *others]
        self.registry = Registry([Site.model_validate(site) for site in sites])

    def play(
        self, table: str, until: str, *, every: int = 15 * MIN, kill: int | None = None
    ) -> str:
        """Who was told what, up to ``until``. With ``kill``, the queue is made anew at
        random, and now and then its step is undone."""
        chance = None if kill is None else random.Random(kill)
        words = [line.split() for line in lines(table).splitlines()]
        events = [(ms(f"{day} {at}"), what) for day, at, *what in words]
        moments = sorted({at for at, _ in events})
        self.now = moments[0] - MIN
        while self.now <= ms(until):
            for at, what in events:
                if at == self.now:
                    self.happen(*what)
            self.step(chance)
            soon = [a.due for a in self.state.alerts.waiting()] + moments
            beat = self.now - self.now % every + every
            self.now = min([beat, *(at for at in soon if at > self.now)])
        return self.told()

    def step(self, chance: random.Random | None = None) -> None:
        if chance is not None and chance.random() < 0.3:
            try:
                with self.state.transaction():
                    self.queue.step(self.registry, self.now)
                    raise KeyboardInterrupt  # killed before the commit
            except KeyboardInterrupt:
                self.close()
                self.open()
        with self.state.transaction():
            self.queue.step(self.registry, self.now)

    # ---- what happens

    def happen(self, what: str, *names: str) -> None:
        if what == "+":
            for name in names:
                self.found[name] = self.finding(name)
            self.settle(names)
        elif what == "-":
            for name in names:
                del self.found[name]
            self.settle(names)
        elif what in ("ack", "snooze"):
            until = ms(" ".join(names[1:])) if what == "snooze" else None
            act: Act = "snoozed" if until else "acknowledged"
            self.state.faults.act(self.fault(names[0]).id, act, self.now, "bo", until=until)
        elif what == "mended":  # by somebody
            name, who = names
            self.state.faults.act(self.fault(name).id, "resolved", self.now, who)
            del self.found[name]
        elif what == "people":
            self.people = [p for p in EVERYBODY if p.id in names]
        elif what == "book":
            start, stop = ms(" ".join(names[1:3])), ms(" ".join(names[3:]))
            booking = Booking(names[1], start, stop, None)
            self.state.claims.put_bookings(names[0], [booking], start, stop, self.now)
        elif what == "window":
            begins = f"2026-{names[1]} {names[2]}"
            body: dict[str, Any] = {"id": names[0], "from": begins, "lasts": names[3]}
            body |= {"reason": "x"} | {
                k: v.split(",") for k, v in (n.split("=") for n in names[4:])
            }
            window = StoredWindow(names[0], "inland", json.dumps(body), self.now, "bo")
            self.state.windows.put(window)
        else:
            raise AssertionError(what)

    def settle(self, names: Sequence[str]) -> None:
        codes = {KINDS[name][0] for name in names}
        found = [finding for finding in self.found.values() if finding.code in codes]

        def place(subject: str) -> Any:
            return self.registry.place_of(subject, self.now)

        self.state.faults.settle(codes, found, self.now, place)

    def finding(self, name: str) -> Finding:
        members = tuple(SENSORS) if name == "gateway" else ()
        since = self.now - 30 * MIN if name in SENSORS else self.now
        return Finding(*KINDS[name], since, members)

    def fault(self, name: str) -> Fault:
        return next(f for f in self.state.faults.open() if f.key == KINDS[name][:3])

    # ---- what came of it

    def sent(self) -> list[Alert]:
        found = [a for p in EVERYBODY for a in self.state.alerts.sent_since(p.id, 0)]
        return sorted(found, key=lambda a: (a.settled or 0, a.person, a.id))

    def told(self, but: Collection[int] = ()) -> str:
        lines = []
        for alert in (a for a in self.sent() if a.id not in but):
            assert alert.settled is not None
            ways = {person.id: len(channels(person)) for person in EVERYBODY}
            assert len(self.state.alerts.deliveries(alert.id)) == ways[alert.person]
            said: dict[str, list[str]] = {}
            for entry in alert.entries:
                fault = self.state.faults.get(entry.fault)
                assert fault is not None
                said.setdefault(entry.event, []).append(NAMES[fault.key])
            what = "; ".join(f"{event} {' '.join(names)}" for event, names in said.items())
            lines.append(f"{clock(alert.settled)} {alert.person} {alert.kind}: {what}")
        return "\n".join(lines)

    def happened(self, name: str) -> str:
        """To one fault, as its record says."""
        key = KINDS[name][:3]
        fault = next(
            f
            for t in self.state.faults.after(0)
            if (f := self.state.faults.get(t.fault)) is not None and f.key == key
        )
        found = "\n".join(
            f"{clock(t.at)} {t.kind} {t.held or t.note or t.who}".strip()
            for t in self.state.faults.transitions(fault.id)
        )
        return re.sub("under:[0-9a-f]{12}", "under:<gateway>", found)


@contextmanager
def a_house(*people: Recipient, **alerts: Any) -> Iterator[AlertedHouse]:
    with TemporaryDirectory() as folder:
        house = AlertedHouse(Path(folder), people or (ANNA,), **alerts)
        try:
            yield house
        finally:
            house.close()


def lines(table: str) -> str:
    return "\n".join(line.strip() for line in table.strip().splitlines())
