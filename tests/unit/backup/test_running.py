"""A backup made while the service writes: nothing that was committed before it is missing, and
both databases are of one moment."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from rooms.readings import Point
from rumskoll import wiring
from rumskoll.backup.databases import snapshots
from storage.outbox import Batch
from storage.schema import MAX_TIME
from tests.unit.backup.lively import NOW, Lively, roll_up_anew, settings_of
from tests.unit.backup.test_restore import back_up, restored


class Writer:
    """Numbered readings, each taken in as the collector does: outbox, store, watch."""

    def __init__(self, house: Lively) -> None:
        self.house = house
        self.committed = 0
        self.stop = threading.Event()

    def run(self) -> None:
        house = self.house
        while not self.stop.is_set():
            number = self.committed + 1
            tags = {"site": "lycksele", "device": "radar-granen"}
            point = Point("climate", tags, NOW - number, {"co2_ppm": float(number)})
            house.outbox.commit(Batch(points=[point]))
            self.committed = number
            newest = house.outbox.newest
            house.store.write([point])
            house.outbox.finished("store", newest)
            house.state.live.set_cursor("watch", newest)
            house.outbox.finished("watch", newest)


@pytest.fixture
def writer(house: Lively) -> Iterator[Writer]:
    with running(house) as made:
        yield made


@contextmanager
def running(house: Lively) -> Iterator[Writer]:
    made = Writer(house)
    thread = threading.Thread(target=made.run)
    thread.start()
    try:
        yield made
    finally:
        made.stop.set()
        thread.join()


def test_both_databases_are_of_one_moment(house: Lively, writer: Writer) -> None:
    data, seen = house.settings.data, set()
    for _ in range(200):
        with snapshots(data / "service.db", [data / "outbox.db"]) as found:
            service, outbox = found[data / "service.db"], found[data / "outbox.db"]
            chunks = {row[0] for row in outbox.execute("SELECT id FROM chunk")}
            done = dict(outbox.execute("SELECT consumer, chunk FROM progress").fetchall())
            (cursor,) = service.execute("SELECT value FROM cursor WHERE name = 'watch'").fetchone()
        last = max([*chunks, *done.values()])
        assert done["watch"] <= cursor <= last, "the watch would take readings in twice"
        assert chunks >= set(range(cursor + 1, last + 1)), "the watch would miss readings"
        seen.add(cursor)
    assert len(seen) > 5, "nothing was written meanwhile"


def test_nothing_committed_before_is_missing(house: Lively, writer: Writer, tmp_path: Path) -> None:
    before = writer.committed
    file = back_up(house, tmp_path / "away")
    assert writer.committed > before
    restored(file, tmp_path / "new")
    new = settings_of(tmp_path / "new")
    roll_up_anew(new)
    with closing(wiring.store_of(new)) as store:
        kept = {p.fields["co2_ppm"] for p in store.read("climate", {}, 0, MAX_TIME)}
    assert kept >= set(map(float, range(1, before + 1)))
