"""Simulated messages, through decoders, pipeline, store and occupancy, against the truth."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

import pytest

from collector.incoming import Incoming
from collector.pipeline import Pipeline
from devices.simulator.generate import Setting, messages, scenario_of
from rooms.intervals import subtract, total
from rooms.occupancy import room_timeline
from rooms.registry.registry import Registry, midnight
from storage.forwarder import Forwarder
from storage.histories import device_histories
from storage.outbox import Outbox
from storage.sqlite import SqliteStore

TUESDAY, DAYS = date(2026, 11, 17), 2
MINUTE = 60_000


@pytest.fixture(scope="module")
def stored(
    tmp_path_factory: pytest.TempPathFactory, registry: Registry
) -> Iterator[tuple[SqliteStore, int]]:
    folder: Path = tmp_path_factory.mktemp("truth")
    zone = registry.zone("lycksele")
    start = midnight(TUESDAY - timedelta(days=1), zone)
    stop = midnight(TUESDAY + timedelta(days=DAYS + 1), zone)
    outbox = Outbox(folder / "outbox.db")
    store = SqliteStore(folder / "store.db", retention_s=None, clock=lambda: stop)
    forwarder = Forwarder(outbox, store, clock=lambda: stop, day_of=lambda _: "2026-11-20")
    pipeline = Pipeline(registry, outbox)
    stream = messages(registry, Setting(1), start, stop)
    while batch := list(islice(stream, 500)):
        pipeline.take(
            [
                Incoming(1, n % 65_535 + 1, m.topic, m.payload, m.time, 1, False, False, False)
                for n, m in enumerate(batch)
            ]
        )
        forwarder.step()
    yield store, stop
    outbox.close()
    store.close()


@pytest.mark.parametrize("room", ["granen", "tallen", "bjorken", "renen", "umealven", "ripan"])
def test_computed_occupancy_is_the_truth(
    stored: tuple[SqliteStore, int], registry: Registry, room: str
) -> None:
    store, now = stored
    site = registry.sites["lycksele"]
    zone = registry.zone(site.id)
    scenario = scenario_of(site, Setting(1))
    counts = any(
        "elsys-ers" in stay.device.device.model and "motion" in stay.device.evidence
        for stay in registry.devices_in(room, now - 1, now)
    )
    for n in range(DAYS):
        day = TUESDAY + timedelta(days=n)
        start, stop = midnight(day, zone), midnight(day + timedelta(days=1), zone)
        truth = scenario.rooms(day)[room].occupied
        assert truth
        line = room_timeline(device_histories(store, registry, room, start, stop), start, stop, now)
        assert line.unknown == []
        # a minute at either end of a stay, and what people sit still for
        missed = total(subtract(truth, line.occupied))
        assert missed <= len(truth) * 2 * MINUTE
        # a counter tells ten minutes at once, so a stay may seem longer by that at either end;
        # gaps of up to ten minutes are bridged
        invented = total(subtract(line.occupied, truth))
        assert invented <= len(truth) * (30 if counts else 12) * MINUTE
