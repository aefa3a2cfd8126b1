"""What the embedded store promises beyond the contract."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from rooms.readings import Point
from storage.sqlite import SqliteStore
from storage.store import StoreMisconfigured, StoreUnavailable
from storage.versions import open_versioned, transaction

T = 1_790_000_000_000


def point(i: int, device: str = "granen", **fields: float) -> Point:
    return Point(
        "presence", {"site": "s", "device": device}, T + i, dict(fields) or {"motion": 1.0}
    )


def open_at(path: Path) -> SqliteStore:
    return SqliteStore(path, retention_s=None, clock=lambda: T)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    with closing(open_at(tmp_path / "store.db")) as opened:
        yield opened


def test_another_connection_reads_while_one_writes(store: SqliteStore, tmp_path: Path) -> None:
    with closing(open_at(tmp_path / "store.db")) as reader:
        for i in range(5):
            store.write([point(i)])
            assert len(list(reader.read("presence", {}, 0, 2**60))) == i + 1


def test_writing_goes_on_amid_a_slow_read(store: SqliteStore) -> None:
    store.write([point(i) for i in range(1200)])
    reading = store.read("presence", {}, T, T + 1200)
    next(reading)
    store.write([point(5, people=4.0), point(1300)])
    assert len(list(reading)) == 1199


def test_two_stores_may_write_the_same_new_series(store: SqliteStore, tmp_path: Path) -> None:
    with closing(open_at(tmp_path / "store.db")) as other:
        store.write([point(0)])
        other.write([point(0, people=1.0), point(1)])
        store.write([point(2)])
    assert list(store.read("presence", {}, 0, 2**60)) == [
        point(0, motion=1.0, people=1.0),
        point(1),
        point(2),
    ]


def test_threads_may_share_a_store(store: SqliteStore) -> None:
    def counts(device: str) -> list[int]:
        seen = []
        for i in range(50):
            store.write([point(i, device)])
            seen.append(len(list(store.read("presence", {"device": [device]}, 0, 2**60))))
        return seen

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(counts, "abcd")) == [[*range(1, 51)]] * 4


def test_expiry_deletes_raw_readings_only(store: SqliteStore) -> None:
    account = Point("account", {"site": "s", "source": "av", "device": "d"}, T, {"stored": 1.0})
    store.write([account, *(point(i, device) for i in range(10) for device in "ab")])
    assert store.expire(T + 4) == 8
    assert store.expire(T + 4) == 0
    assert [p.time - T for p in store.read("presence", {"device": ["a"]}, 0, 2**60)] == [
        *range(4, 10)
    ]
    assert list(store.read("account", {}, 0, 2**60)) == [account]


def test_a_full_disk_keeps_nothing_of_the_batch_and_works_again(store: SqliteStore) -> None:
    store.write([point(0)])
    connection = store._connection
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages}")
    many = [point(i, f"new{i}") for i in range(1, 3000)]
    with pytest.raises(StoreUnavailable, match="disk is full"):
        store.write(many)
    assert list(store.read("presence", {}, 0, 2**60)) == [point(0)]
    connection.execute("PRAGMA max_page_count = 1000000")
    assert store.write(many) == []
    assert list(store.read("presence", {"device": ["new7"]}, 0, 2**60)) == [point(7, "new7")]


def test_a_lock_that_does_not_end_is_passing_trouble(store: SqliteStore, tmp_path: Path) -> None:
    store._connection.execute("PRAGMA busy_timeout = 20")
    with (
        closing(open_versioned(tmp_path / "store.db", [_never], what="store")) as other,
        transaction(other),
        pytest.raises(StoreUnavailable, match="not possible right now"),
    ):
        store.check()
    store.check()


def _never(_: object) -> None:
    raise AssertionError


def test_a_file_that_may_not_be_written_is_told(store: SqliteStore) -> None:
    store._connection.execute("PRAGMA query_only = ON")
    with pytest.raises(StoreMisconfigured, match="Let Rumskoll write"):
        store.check()


def test_it_is_all_there_after_opening_again(tmp_path: Path) -> None:
    with closing(open_at(tmp_path / "store.db")) as first:
        first.write([point(0)])
    with closing(open_at(tmp_path / "store.db")) as second:
        assert second.last("presence", {}, T + 1) == [point(0)]
