"""What is committed survives; nothing is freed before both consumers are through with it."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooms.readings import Point
from storage import outbox as outbox_module
from storage.outbox import Account, Arrival, Batch, Outbox, OutboxFull
from storage.quarantine import Unusable
from storage.store import StoreMisconfigured
from tests.examples import costly

STORED = Account("2026-11-23", "av", "d", "stored")


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    outbox = Outbox(tmp_path / "outbox.db")
    yield outbox
    outbox.close()


def points(*times: int) -> list[Point]:
    return [Point("presence", {"site": "s", "device": "d"}, t, {"people": 1.0}) for t in times]


def times(outbox: Outbox, consumer: str = "store", most: int = 5000) -> list[int]:
    return [point.time for chunk in outbox.chunks(consumer, most) for point in chunk.points]


def whole() -> Batch:
    return Batch(
        points=[Point("equipment", {"device": "å"}, 5, {"firmware": 'ö "', "online": 1.0})],
        accounts=Counter({STORED: 2}),
        unusable=[Unusable(1, "av", "t", b"\xff", "bad_json", "")],
        arrivals=[Arrival(7, b"12345678", 5, "d k"), Arrival(8, b"x", 6, None)],
        clocks={"d": 5},
    )


def everything(outbox: Outbox) -> tuple[Any, ...]:
    return (
        outbox.chunks("store"),
        outbox.accounts(),
        outbox.quarantine.newest(),
        outbox.arrivals(),
        outbox.clocks(),
        outbox.waiting,
        outbox.waiting_bytes,
    )


def test_a_batch_is_there_after_a_crash(outbox: Outbox, tmp_path: Path) -> None:
    outbox.commit(whole())
    before = everything(outbox)
    # a second process finds it, although the first was never closed
    with closing(Outbox(tmp_path / "outbox.db")) as again:
        assert everything(again) == before
    assert before[0] == [(1, whole().points)]
    assert before[1] == {STORED: 2}
    assert before[3] == whole().arrivals
    assert before[4] == {"d": 5}


@pytest.mark.parametrize("table", ["chunk", "account", "quarantine", "arrivals", "clock"])
def test_all_or_nothing(outbox: Outbox, tmp_path: Path, table: str) -> None:
    with closing(sqlite3.connect(tmp_path / "outbox.db")) as db:
        db.execute(
            f"CREATE TRIGGER t BEFORE INSERT ON {table} BEGIN SELECT RAISE(ABORT, 'broken'); END"
        )
    nothing = everything(outbox)
    for _ in range(2):  # also: no transaction is left open
        with pytest.raises(sqlite3.IntegrityError, match="broken"):
            outbox.commit(whole())
        assert everything(outbox) == nothing
    with closing(sqlite3.connect(tmp_path / "outbox.db")) as db:
        db.execute("DROP TRIGGER t")
    outbox.commit(whole())
    assert outbox.waiting == 1


def test_a_full_disk(outbox: Outbox) -> None:
    (pages,) = outbox._db.execute("PRAGMA page_count").fetchone()
    outbox._db.execute(f"PRAGMA max_page_count = {pages + 2}")
    accepted = 0

    def go_on() -> None:
        nonlocal accepted
        while accepted < 10**5:
            outbox.commit(Batch(points=points(*range(accepted, accepted + 100))))
            accepted += 100

    with pytest.raises(OutboxFull, match="the disk is full"):
        go_on()
    assert times(outbox, most=10**6) == list(range(accepted))
    outbox._db.execute("PRAGMA max_page_count = 100000")
    outbox.commit(Batch(points=points(10**6)))  # and on it goes
    assert outbox.waiting == accepted + 1


def test_the_limit_holds_points_but_not_what_is_bounded_by_itself(tmp_path: Path) -> None:
    with closing(Outbox(tmp_path / "outbox.db", limit=50)) as outbox:
        outbox.commit(Batch(points=points(*range(10))))
        with pytest.raises(OutboxFull, match="limit of 50 bytes"):
            outbox.commit(Batch(points=points(11)))
        outbox.commit(Batch(unusable=whole().unusable))
    with closing(Outbox(tmp_path / "outbox.db", limit=50)) as outbox:
        with pytest.raises(OutboxFull):  # it knows after a restart
            outbox.commit(Batch(points=points(11)))
        outbox.finished("store", 1)
        outbox.finished("watch", 1)
        outbox.commit(Batch(points=points(11)))
        assert times(outbox) == [11]


def test_each_consumer_at_its_own_pace(outbox: Outbox) -> None:
    for n in range(3):
        outbox.commit(Batch(points=points(2 * n, 2 * n + 1)))
    assert times(outbox, "store") == [0, 1, 2, 3, 4, 5]
    assert times(outbox, "store", most=4) == [0, 1, 2, 3]
    assert times(outbox, "store", most=1) == [0, 1]  # a whole chunk, however small the wish
    outbox.finished("store", 2)
    assert (times(outbox, "store"), outbox.behind("store")) == ([4, 5], 2)
    assert (times(outbox, "watch"), outbox.behind("watch")) == ([0, 1, 2, 3, 4, 5], 6)
    assert outbox.waiting == 6
    outbox.finished("watch", 1)
    assert outbox.waiting == 4
    assert [c.id for c in outbox.after(0)] == [2, 3]
    outbox.finished("watch", 3)
    outbox.finished("store", 3)
    assert (outbox.waiting, outbox.waiting_bytes, outbox.after(0)) == (0, 0, [])


def test_progress_and_ids_survive(outbox: Outbox, tmp_path: Path) -> None:
    for n in range(3):
        outbox.commit(Batch(points=points(n)))
    outbox.finished("store", 2)
    with closing(Outbox(tmp_path / "outbox.db")) as again:
        assert (again.done("store"), again.done("watch")) == (2, 0)
        again.finished("watch", 3)
        again.finished("store", 3)
    with closing(Outbox(tmp_path / "outbox.db")) as empty:
        empty.commit(Batch(points=points(9)))
        assert [chunk.id for chunk in empty.chunks("watch")] == [4]  # not 1, long since done


def test_more_chunks_than_one_look_takes(outbox: Outbox) -> None:
    for n in range(600):
        outbox.commit(Batch(points=points(n)))
    assert times(outbox) == list(range(500))
    outbox.finished("store", 500)
    assert times(outbox) == list(range(500, 600))
    assert [chunk.id for chunk in outbox.after(590)] == list(range(591, 601))


@pytest.mark.parametrize(("cursor", "resumed"), [(1, 1), (0, 0), (99, 2)])
def test_a_consumer_with_its_own_cursor(outbox: Outbox, cursor: int, resumed: int) -> None:
    outbox.commit(Batch(points=points(1)))
    outbox.commit(Batch(points=points(2)))
    outbox.resume("watch", cursor)
    assert outbox.done("watch") == resumed


def test_a_cursor_that_is_behind_does_not_lead_back(outbox: Outbox) -> None:
    outbox.commit(Batch(points=points(1)))
    outbox.finished("watch", 1)
    outbox.resume("watch", 0)
    assert times(outbox, "watch") == []


def test_arrivals_are_bounded_and_cover_the_window(tmp_path: Path) -> None:
    with closing(Outbox(tmp_path / "outbox.db", window=10)) as outbox:
        for n in range(8):
            outbox.commit(Batch(arrivals=[Arrival(4 * n + k, b"", 0, None) for k in range(4)]))
        assert [a.mid for a in outbox.arrivals()] == list(range(20, 32))  # 10 and up to a batch


@costly(4)
@given(sizes=st.lists(st.integers(1, 6), max_size=12), window=st.integers(1, 9))
def test_the_newest_arrivals_are_kept(
    tmp_path_factory: pytest.TempPathFactory, sizes: list[int], window: int
) -> None:
    path = tmp_path_factory.mktemp("o") / "outbox.db"
    sent: list[int] = []
    with closing(Outbox(path, window=window)) as outbox:
        for size in sizes:
            batch = [len(sent) + k for k in range(size)]
            outbox.commit(Batch(arrivals=[Arrival(mid, b"", 0, None) for mid in batch]))
            sent += batch
        kept = [a.mid for a in outbox.arrivals()]
    assert kept == sent[len(sent) - len(kept) :]
    assert min(window, len(sent)) <= len(kept) < window + 6 + 1


def test_accounts_add_up_by_day(outbox: Outbox) -> None:
    other = STORED._replace(day="2026-11-24", reason="x")
    outbox.commit(Batch(accounts=Counter({STORED: 2, other: 1})))
    outbox.commit(Batch(accounts=Counter({STORED: -1})))
    assert outbox.accounts() == {STORED: 1, other: 1}
    assert outbox.accounts("2026-11-24") == {other: 1}
    outbox.forget_accounts("2026-11-24")
    assert outbox.accounts() == {other: 1}


def test_others_read_while_it_is_written(outbox: Outbox, tmp_path: Path) -> None:
    outbox.commit(whole())
    with closing(sqlite3.connect(tmp_path / "outbox.db")) as reader:
        reader.execute("BEGIN")
        assert reader.execute("SELECT count(*) FROM chunk").fetchone() == (1,)
        outbox.commit(whole())
        outbox.finished("store", 2)
        outbox.finished("watch", 2)
        assert reader.execute("SELECT count(*) FROM chunk").fetchone() == (1,)  # its own view
        reader.execute("COMMIT")
        assert reader.execute("SELECT count(*) FROM chunk").fetchone() == (0,)


def test_a_newer_file_is_refused(tmp_path: Path) -> None:
    with closing(Outbox(tmp_path / "outbox.db")) as outbox:
        newer = len(outbox_module.MIGRATIONS) + 1
        outbox._db.execute(f"PRAGMA user_version = {newer}")
    with pytest.raises(StoreMisconfigured, match=r"outbox\.db"):
        Outbox(tmp_path / "outbox.db")
