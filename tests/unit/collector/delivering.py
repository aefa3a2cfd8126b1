"""An alert service over a real ``service.db`` with made-up people, words, ways and time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from collector.alerts import Alerts
from collector.transports.base import Message
from rooms.alerts.message import Alert, AlertKind, Delivery, Entry, Event, Recipient, channels
from storage.state import ServiceState

NOW = 1_795_424_400_000  # Mon 2026-11-23 09:00 in Lycksele
MIN, HOUR = 60_000, 3_600_000
ASA = Recipient("asa", "Åsa", "sv", "asa@x.example", (), True)
BO = Recipient("bo", "Bo", "en", "bo@x.example", ("json://hook.example/bo",), True)
HOOK = next(c for c in channels(BO) if c != "email")


class Words(NamedTuple):
    subject: str
    text: str
    html: str
    line: str


class Composer:
    """Says the alert's number, or fails."""

    def __init__(self) -> None:
        self.broken: set[int] = set()

    def compose(self, alert: Alert, recipient: Recipient, now: int) -> Words:
        if alert.id in self.broken:
            raise KeyError("a word is missing")
        said = f"{recipient.id} {alert.id}"
        return Words(said, f"{said}\n\nmore", f"<p>{said}</p>", said)


class Way:
    """A transport that does what the test says: ``fate`` returns, raises or waits."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, Message]] = []
        self.tried: list[str] = []
        self.batches = 0
        self.stopped = threading.Event()
        self.fate: Callable[[str], None] = lambda address: None

    def batch(self) -> Way:
        self.batches += 1
        return self

    def send(self, address: str, message: Message) -> None:
        self.tried.append(address)
        self.fate(address)
        self.sent.append((address, message))

    def close(self) -> None:
        pass

    def stop(self) -> None:
        self.stopped.set()

    @property
    def told(self) -> list[str]:
        return [message.subject for _, message in self.sent]


class Service:
    def __init__(self, folder: Path, people: Sequence[Recipient] = (ASA, BO)) -> None:
        self.state = ServiceState(folder / "service.db")
        self.people, self.now, self.asleep_until = people, NOW, 0
        self.faults = 0
        self.composer, self.mail, self.url = Composer(), Way(), Way()
        self.alerts = self.start()

    def start(self) -> Alerts:
        """As after a restart."""
        self.alerts = Alerts(
            self.state,
            self.composer,
            lambda: self.people,
            {"email": self.mail, "url": self.url},
            clock=lambda: self.now,
            soonest=lambda alert, at: at if alert.urgent else max(at, self.asleep_until),
        )
        return self.alerts

    def tell(
        self,
        person: Recipient,
        *ways: str,
        kind: AlertKind = "faults",
        faults: str = "",
        urgent: bool = False,
        event: Event = "opened",
    ) -> int:
        """Hand an alert over, as the queue does; of a fault of its own, if none is given."""
        self.faults += 1
        about = faults.split() or [f"f{self.faults}"]
        entries = tuple(Entry(fault, event, self.now) for fault in about)
        alert = Alert(0, person.id, kind, "s", self.now, self.now, urgent, entries)
        id_ = self.state.alerts.put(alert._replace(state="sent", settled=self.now))
        given = ways or channels(person)
        self.state.alerts.put_deliveries(Delivery(id_, way) for way in given)
        return id_

    def step(self, minutes: float = 0) -> None:
        """Later, look and see it through."""
        self.now += round(minutes * MIN)
        self.alerts.step()
        self.alerts.join(10)

    def standing(self, alert: int) -> dict[str, str]:
        return {d.channel: d.state for d in self.state.alerts.deliveries(alert)}

    def delivery(self, alert: int, channel: str = "email") -> Delivery:
        return next(d for d in self.state.alerts.deliveries(alert) if d.channel == channel)

    @property
    def undeliverable(self) -> list[str]:
        return [f.detail for f in self.state.faults.open() if f.code == "alert_undeliverable"]
