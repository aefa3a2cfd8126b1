"""The example house with a composer, real files, and a clock moved by hand."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from collector.composing import Composed, Composer
from rooms.alerts.message import Alert, AlertKind, Entry, Event, Recipient
from rooms.attribution import Booking
from rooms.faults import Fault, Finding
from rooms.faults.lifecycle import escalate
from rooms.registry import Registry
from rooms.registry.parse import parse_site
from rooms.texts import Language
from storage.state import FeedState, ServiceState

ZONE = ZoneInfo("Europe/Stockholm")
EXAMPLE = Path(__file__).parents[3] / "examples/lycksele/rooms.yaml"
DAY = datetime(2026, 11, 24, tzinfo=ZONE)  # a Tuesday
URL = "https://rum.example"


def at(clock: str, day: int = 0) -> int:
    """``"08.55"``, on the Tuesday or so many days after it, in ms."""
    hour, minute = clock.split(".")
    moment = DAY + timedelta(days=day, hours=int(hour), minutes=int(minute))
    return round(moment.timestamp()) * 1000


class Words:
    """Finds faults and composes what is told of them."""

    def __init__(self, folder: Path, url: str = "") -> None:
        self.state = ServiceState(folder / "service.db")
        self.registry = Registry([parse_site(EXAMPLE.read_text(), "rooms.yaml")])
        self.composer = Composer(self.state, lambda: self.registry, secret="s", public_url=url)

    def find(
        self,
        code: str,
        subject: str,
        detail: str = "",
        severity: Any = "error",
        since: str = "08.55",
        members: tuple[str, ...] = (),
        day: int = 0,
    ) -> Fault:
        """It opens, beside what is open already."""
        onset = at(since, day)
        found = Finding(code, subject, detail, severity, onset, members)
        others = [fault.finding for fault in self.state.faults.open() if fault.code == code]
        changes = self.state.faults.settle(
            [code],
            [*others, found],
            onset,
            lambda subject: self.registry.place_of(subject, onset),
        )
        return changes[-1].fault

    def end(self, fault: Fault, when: str, day: int = 0) -> None:
        self.state.faults.settle([fault.code], [], at(when, day), subjects=[fault.subject])

    def nobody_answers(self, fault: Fault, when: str) -> None:
        self.state.faults.put([escalate(fault, at(when), "all")], at(when))

    def book(self, room: str, *times: tuple[str, str], day: int = 0) -> None:
        events = [
            Booking(f"{room}{n}", at(a, day), at(b, day), None) for n, (a, b) in enumerate(times)
        ]
        self.state.claims.put_bookings(room, events, at("00.00"), at("23.59", 7), at("00.00"))
        self.state.claims.put_feed(room, FeedState(), at("00.00"))

    def vacant(self, *rooms: str) -> None:
        bodies = {room: {"site": "lycksele", "state": "vacant"} for room in rooms}
        self.state.live.put("room", bodies, at("00.00"))

    def tell(
        self,
        *faults: Fault,
        event: Event = "opened",
        kind: AlertKind = "faults",
        language: Language = "sv",
        now: str = "08.56",
        day: int = 0,
    ) -> Composed:
        when = at(now, day)
        entries = tuple(Entry(fault.id, event, when) for fault in faults)
        return self.say(entries, kind, language, when)

    def say(
        self, entries: tuple[Entry, ...], kind: AlertKind, language: Language, now: int
    ) -> Composed:
        alert = Alert(7, "anna", kind, "lycksele", now, now, entries=entries)
        return self.composer.compose(alert, reader(language), now)


def reader(language: Language) -> Recipient:
    return Recipient("anna", "Anna", language, "anna@example.org", (), True)
