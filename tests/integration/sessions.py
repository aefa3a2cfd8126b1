"""A session in a thread, a house to receive for, and a sink that does as it is told."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from collector.incoming import Busy, Incoming
from collector.link import Broker
from collector.mqtt import Session
from collector.pipeline import Pipeline
from rooms.registry import Registry
from rooms.registry.parse import build_registry, parse_site
from storage.outbox import Outbox
from tests.servers.publisher import Message, Publisher
from tests.servers.waiting import until

ME = "collector"
BACKOFF = (0.02, 0.1)


def site(devices: int = 20) -> str:
    """rooms.yaml of a house with so many devices of the native kind, all in one room."""
    names = [f"d{i}" for i in range(devices)]
    return "\n".join(
        [
            "id: arena",
            "name: Arenan",
            'opening_hours: {mon-fri: "08:00-17:00"}',
            "sources: [{id: egna, decoder: native, max_age: unlimited}]",
            "rooms: [{id: granen, name: Granen, capacity: 8}]",
            "devices:",
            *(f"  - {{id: {n}, source: egna, address: {n}}}" for n in names),
            "placements:",
            *(f"  - {{device: {n}, room: granen}}" for n in names),
        ]
    )


def registry(devices: int = 20) -> Registry:
    return build_registry([parse_site(site(devices), "rooms.yaml")])


def light(number: int, device: int = 0) -> Message:
    """A message without time that can be told from all others by its value."""
    topic = f"rumskoll/arena/granen/d{device}/climate"
    return Message(topic, b'{"illuminance_lx": %d}' % number)


def motion(device: int = 0) -> Message:
    return Message(f"rumskoll/arena/granen/d{device}/presence", b'{"motion": true}')


def numbers(first: int, stop: int) -> list[Message]:
    return [light(number) for number in range(first, stop)]


def payloads(first: int, stop: int) -> list[bytes]:
    return [message.payload for message in numbers(first, stop)]


def send(port: int, messages: list[Message], **options: object) -> None:
    with Publisher(port, messages, **options) as publisher:  # type: ignore[arg-type]
        publisher.publish()


def clock() -> int:
    return time.time_ns() // 1_000_000


class Recorder:
    """Takes everything, unless ``trouble`` is set: that is raised instead."""

    def __init__(self) -> None:
        self.taken: list[Incoming] = []
        self.batches: list[int] = []
        self.connections: list[bool] = []  # resumed?
        self.trouble: Exception | None = None
        self.tries = 0
        self._held: list[Incoming] = []

    def connected(self, *, resumed: bool) -> None:
        self.connections.append(resumed)

    def take(self, messages: Sequence[Incoming]) -> None:
        self.batches.append(len(messages))
        if self.trouble is None or isinstance(self.trouble, Busy):
            self._held += messages
        self.retry()

    def retry(self) -> None:
        self.tries += 1
        if self.trouble is not None:
            raise self.trouble
        self.taken += self._held
        self._held.clear()

    def idle(self) -> None:
        pass

    @property
    def payloads(self) -> list[bytes]:
        return [message.payload for message in self.taken]


class House:
    """The real pipeline over a real outbox."""

    def __init__(self, folder: Path) -> None:
        self.outbox = Outbox(folder / "outbox.db")
        self.pipeline = Pipeline(registry(), self.outbox)

    @property
    def counts(self) -> dict[str, int]:
        """Messages by outcome, or outcome and reason where there is one."""
        sums: Counter[str] = Counter()
        for account, count in self.outbox.accounts().items():
            sums[f"{account.outcome} {account.reason}".strip()] += count
        return dict(sums)

    @property
    def values(self) -> list[float]:
        """What was stored, in the order of taking."""
        chunks = self.outbox.chunks("store", 1_000_000)
        return [float(value) for c in chunks for p in c.points for value in p.fields.values()]


class Watched(Session):
    """Counts the subscriptions that the broker has answered."""

    subscribed = 0

    def _on_subscribe(self, *answer: Any) -> None:
        super()._on_subscribe(*answer)
        self.subscribed += 1


@contextmanager
def running(
    sink: Any,
    port: int,
    topics: Callable[[], tuple[str, ...]] = lambda: ("rumskoll/#",),
    **broker: Any,
) -> Iterator[Watched]:
    """A session that runs meanwhile; it must end when it is told to, and by nothing else."""
    session = Watched(
        Broker("127.0.0.1", port, ME, **broker), topics, sink, clock=clock, backoff=BACKOFF
    )
    thread = threading.Thread(target=session.run, daemon=True)
    thread.start()
    try:
        yield session
        assert thread.is_alive(), "the loop has ended by itself"
    finally:
        session.stop()
        thread.join(20)
        assert not thread.is_alive(), "the loop does not end"


def connected(session: Watched, times: int = 1) -> None:
    """Until so many connections have come about, and the last one has its subscriptions."""
    until(
        lambda: session.subscribed >= times and session.link.connected,
        lambda: f"not connected: {session.link}",
    )
