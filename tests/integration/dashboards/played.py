"""The example house's last five weeks, played through the product's own parts into an InfluxDB:
hour by hour at first, then for a day minute by minute, with things that break."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from typing import Final

from collector.fault_copies import FaultCopies
from collector.incoming import Incoming
from collector.pipeline import Pipeline
from collector.reporter import Reporter
from collector.rollup import Rollup
from collector.watch import Watch
from devices.simulator.calendar import local_days
from devices.simulator.generate import Setting, messages, scenario_of
from devices.simulator.message import Message
from devices.simulator.mishaps import Mishap
from rooms.attribution import Booking
from rooms.readings import Point
from rooms.registry.registry import midnight
from rooms.units import DAY_MS, HOUR_MS
from rumskoll.registry_files import read_registry
from rumskoll.wiring import day_of, example_rooms
from storage.forwarder import Forwarder
from storage.influx import InfluxStore
from storage.outbox import Outbox
from storage.state import ServiceState
from storage.store import Refused, Store
from tests.grafana.asking import ZONE

NOW: Final = int(datetime(2026, 11, 17, 10, 40, tzinfo=ZONE).timestamp()) * 1000  # a Tuesday
FIRST: Final = midnight(date(2026, 10, 15), ZONE)
LIVE: Final = NOW - 26 * HOUR_MS
SITE: Final = "lycksele"
_MINUTE: Final = 60_000


def ago(hours: float) -> int:
    return NOW - round(hours * HOUR_MS)


# A week in which nobody knows of a room; what is over by now; what is open
BROKEN: Final = (
    Mishap("silent", "ripan-radar", ago(14 * 24), ago(7 * 24)),
    Mishap("silent", "bjorken-pir", ago(20), NOW + DAY_MS),
    Mishap("unplugged", "vindelalven-vc", ago(1.5), NOW + DAY_MS),
    Mishap("battery", "renen-pir", ago(9), NOW + DAY_MS),
    Mishap("offline", "tallen-skarm", ago(24), ago(22)),
    Mishap("error", "tallen-vc", ago(23), ago(19.5)),
    Mishap("garbled", "vindelalven-klimat", ago(8), ago(4)),
)


class Gathering:
    """A store that writes much at once, where the parts write little: for speed only."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._points: list[Point] = []

    def write(self, points: Sequence[Point]) -> list[Refused]:
        self._points += points
        if len(self._points) >= 20_000:
            self.flush()
        return []

    def flush(self) -> None:
        refused = self._store.write(self._points)
        assert not refused, refused[:3]
        self._points = []

    def read(
        self, measurement: str, tags: Mapping[str, Sequence[str]], start: int, stop: int
    ) -> Iterator[Point]:
        self.flush()
        return self._store.read(measurement, tags, start, stop)

    def last(self, measurement: str, tags: Mapping[str, Sequence[str]], before: int) -> list[Point]:
        self.flush()
        return self._store.last(measurement, tags, before)

    def first(self, measurement: str, tags: Mapping[str, Sequence[str]], after: int) -> list[Point]:
        self.flush()
        return self._store.first(measurement, tags, after)

    def check(self) -> None:
        self._store.check()

    def close(self) -> None:
        self.flush()
        self._store.close()


class Played:
    """The service with a clock that the messages move."""

    def __init__(self, folder: Path, store: InfluxStore, stack: ExitStack) -> None:
        self.now = FIRST
        self.registry = read_registry(example_rooms())
        self.store = stack.enter_context(closing(Gathering(store)))
        self.outbox = stack.enter_context(closing(Outbox(folder / "outbox.db")))
        self.state = stack.enter_context(closing(ServiceState(folder / "service.db")))
        day = day_of(self.registry)
        self._pipeline = Pipeline(self.registry, self.outbox)
        self._forwarder = Forwarder(self.outbox, self.store, clock=self.clock, day_of=day)

    def clock(self) -> int:
        return self.now

    def play(self) -> None:
        setting = Setting(seed=1, live_from=FIRST, mishaps=BROKEN)
        self._book(setting)
        for _ in self._heard(setting, FIRST, LIVE, HOUR_MS):
            self.outbox.finished("watch", self.outbox.newest)  # nobody was looking
        watch = Watch(self.outbox, self.state, self.store, self.registry, clock=self.clock)
        copies = FaultCopies(self.state, self.store, lambda: self.registry, clock=self.clock)
        reporter = Reporter(
            self.outbox,
            self.state,
            self.store,
            lambda: self.registry,
            clock=self.clock,
            progress=self._forwarder.progress,
            watched=lambda: watch.last_step,
            broker_up=lambda: True,
            disk_free=lambda: 20 * 2**30,
        )
        watch.load()
        for _ in self._heard(setting, LIVE, NOW, _MINUTE):
            while watch.step():
                pass
            while copies.step():
                pass
            reporter.step()
        self._roll_up()
        self.store.flush()

    def _heard(self, setting: Setting, start: int, stop: int, step: int) -> Iterator[None]:
        """Each ``step`` ms at its end, when what came in it is in outbox and store."""
        told = messages(self.registry, setting, start, stop)
        for at, arriving in groupby(told, lambda message: message.time // step):
            self.now = (at + 1) * step
            self._pipeline.take([_arrived(message) for message in arriving])
            while self._forwarder.step():
                pass
            yield

    def _book(self, setting: Setting) -> None:
        (site,) = self.registry.sites.values()
        scenario = scenario_of(site, setting)
        booked: dict[str, list[Booking]] = {room.id: [] for room in site.rooms}
        for day in local_days(FIRST, NOW + DAY_MS, scenario.zone):
            for room, truth in scenario.rooms(day).items():
                booked[room] += [
                    Booking(str(visit.start), visit.start, visit.stop, visit.partner)
                    for visit in truth.visits
                    if visit.booked
                ]
        for room, bookings in booked.items():
            self.state.claims.put_bookings(room, bookings, FIRST, NOW + DAY_MS, FIRST)

    def _roll_up(self) -> None:
        rollup = Rollup(
            self.outbox,
            self.state,
            self.store,
            lambda: self.registry,
            clock=self.clock,
            retention_ms=None,
        )
        rollup.step()


def _arrived(message: Message) -> Incoming:
    """QoS 0: a redelivery is not what is looked at here."""
    return Incoming(1, 0, message.topic, message.payload, message.time, 0, False, False, False)
