"""Plays a scenario through the product: messages, decoders, pipeline, outbox, store, histories."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from collector.incoming import Incoming
from collector.pipeline import Pipeline
from devices.simulator.calendar import open_spans
from devices.simulator.generate import Setting, messages, scenario_of
from devices.simulator.message import Message
from rooms.intervals import union
from rooms.registry.models import Site
from rooms.registry.registry import Registry, midnight
from rumskoll.evaluation.comparison import Case
from rumskoll.evaluation.scenarios import DAYS, MONDAY, SILENT_DAY, Scenario, house_of
from storage.forwarder import Forwarder
from storage.histories import device_histories
from storage.outbox import Outbox
from storage.sqlite import SqliteStore
from storage.store import Store

_DAY: Final = timedelta(days=1)
_BATCH: Final = 1000
_MIDS: Final = 65_535


def play(scenario: Scenario, example: Site, seed: int, step: Callable[[float], None]) -> list[Case]:
    """The week of every shared room as its devices told it, with the simulator's truth.

    ``step`` is told how far it is, 0 to 1. A day on either side is played as well, so that the
    week has its surroundings.
    """
    registry = house_of(scenario, example)
    zone = registry.zone(example.id)
    start, stop = midnight(MONDAY - _DAY, zone), midnight(MONDAY + (DAYS + 1) * _DAY, zone)
    with TemporaryDirectory() as folder:
        outbox = Outbox(Path(folder, "outbox.db"))
        store = SqliteStore(Path(folder, "store.db"), retention_s=None, clock=lambda: stop)
        try:
            pipeline = Pipeline(registry, outbox)
            forwarder = Forwarder(
                outbox, store, clock=lambda: stop, day_of=lambda _: str(MONDAY + DAYS * _DAY)
            )
            stream = _heard(scenario, registry, seed, start, stop)
            while batch := list(islice(stream, _BATCH)):
                pipeline.take([_arrived(n, message) for n, message in enumerate(batch)])
                forwarder.step()
                step((batch[-1].time - start) / (stop - start))
            return _cases(registry, store, seed)
        finally:
            store.close()
            outbox.close()


def _heard(
    scenario: Scenario, registry: Registry, seed: int, start: int, stop: int
) -> Iterator[Message]:
    zone = registry.zone(next(iter(registry.sites)))
    quiet = midnight(SILENT_DAY, zone), midnight(SILENT_DAY + _DAY, zone)
    for message in messages(registry, Setting(seed), start, stop):
        if not (scenario.silent and quiet[0] <= message.time < quiet[1]):
            yield message


def _arrived(n: int, message: Message) -> Incoming:
    mid = n % _MIDS + 1
    return Incoming(
        1, mid, message.topic, message.payload, message.time, 1, False, message.retain, False
    )


def _cases(registry: Registry, store: Store, seed: int) -> list[Case]:
    (site,) = registry.sites.values()
    zone = registry.zone(site.id)
    days = [MONDAY + n * _DAY for n in range(DAYS)]
    start, stop = midnight(MONDAY, zone), midnight(MONDAY + DAYS * _DAY, zone)
    people = scenario_of(site, Setting(seed))
    truth = [people.rooms(day) for day in days]
    return [
        Case(
            room.id,
            device_histories(store, registry, room.id, start, stop),
            start,
            stop,
            union(stay for day in truth for stay in day[room.id].occupied),
            [(start, stop)],
            union(span for day in days for span in open_spans(site, day)),
        )
        for room in site.rooms
        if not room.private.at(MONDAY)
    ]
