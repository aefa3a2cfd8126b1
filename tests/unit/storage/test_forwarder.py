"""Order, patience, and what the store will not take. Nobody really waits here."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from rooms.readings import Point
from storage.forwarder import PAUSE_S, Forwarder
from storage.outbox import Account, Batch, Outbox, OutboxFull
from storage.store import Refused, StoreMisconfigured, StoreUnavailable

NOW = 1_795_424_400_000


class FakeStore:
    """Answers each write with the next of ``answers``: an error, or which times to refuse."""

    def __init__(self, *answers: Exception | set[int]) -> None:
        self.answers = list(answers)
        self.written: list[int] = []
        self.sizes: list[int] = []

    def write(self, points: Sequence[Point]) -> list[Refused]:
        answer = self.answers.pop(0) if self.answers else set()
        if isinstance(answer, Exception):
            raise answer
        self.sizes.append(len(points))
        self.written += [p.time for p in points if p.time not in answer]
        return [Refused(p, "field type conflict") for p in points if p.time in answer]


class Patience:
    """Stands in for the stop event: writes down how long it was to wait, and does not."""

    def __init__(self, until: Callable[[], bool]) -> None:
        self.waits: list[float] = []
        self._until = until
        self.stopped = False

    def is_set(self) -> bool:
        return self.stopped or self._until()

    def wait(self, seconds: float) -> bool:
        self.waits.append(seconds)
        return self.is_set()

    def set(self) -> None:
        self.stopped = True


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    outbox = Outbox(tmp_path / "outbox.db")
    yield outbox
    outbox.close()


def fill(outbox: Outbox, *sizes: int) -> None:
    time = 0
    for size in sizes:
        tags = {"site": "s", "device": "d"}
        points = [Point("presence", tags, time + n, {"people": 1.0}) for n in range(size)]
        outbox.commit(Batch(points=points))
        time += size


def forwarder(outbox: Outbox, store: FakeStore) -> Forwarder:
    return Forwarder(outbox, store, clock=lambda: NOW, day_of=lambda _: "2026-11-23")  # type: ignore[arg-type]


def drain(outbox: Outbox, store: FakeStore) -> tuple[Forwarder, list[float]]:
    """Run until all is written; the waits after failures."""
    drains = forwarder(outbox, store)
    patience = Patience(lambda: outbox.behind("store") == 0)
    drains._stop = patience  # type: ignore[assignment]
    drains.run()
    return drains, [wait for wait in patience.waits if wait != PAUSE_S]


def test_in_order_and_in_batches(outbox: Outbox) -> None:
    fill(outbox, 3000, 1000, 2000, 1)
    store = FakeStore()
    drains, waits = drain(outbox, store)
    assert store.written == list(range(6001))
    assert store.sizes == [4000, 2001]
    assert waits == []
    assert (drains.progress.written, drains.progress.error) == (6001, None)


def test_nothing_to_do(outbox: Outbox) -> None:
    assert forwarder(outbox, FakeStore()).step() is False


def test_what_the_store_cannot_take_now_waits(outbox: Outbox) -> None:
    fill(outbox, 2)
    down = [StoreUnavailable("down") for _ in range(9)]
    store = FakeStore(*down)
    drains, waits = drain(outbox, store)
    assert store.written == [0, 1]
    assert waits == [0.5, 1, 2, 4, 8, 16, 30, 30, 30]
    assert drains.progress.error is None


def test_the_store_says_when(outbox: Outbox) -> None:
    fill(outbox, 1)
    store = FakeStore(
        StoreUnavailable("busy", 7.0), StoreUnavailable("busy", 0.0), StoreUnavailable("busy", 1e9)
    )
    _, waits = drain(outbox, store)
    assert waits == [7.0, 0.0, 300.0]


def test_trouble_is_shown_until_it_is_over(outbox: Outbox) -> None:
    fill(outbox, 1)
    drains = forwarder(outbox, FakeStore(StoreMisconfigured("no database")))
    with pytest.raises(StoreMisconfigured) as caught:
        drains.step()
    drains._failed(caught.value)
    assert (drains.progress.error, drains.progress.misconfigured) == ("no database", True)
    drains._failed(StoreUnavailable("down"))
    assert (drains.progress.error, drains.progress.misconfigured) == ("down", False)
    assert outbox.behind("store") == 1
    assert drains.step()
    assert (drains.progress.error, drains.progress.misconfigured) == (None, False)


def test_refused_points_are_set_aside_and_counted_apart(outbox: Outbox) -> None:
    fill(outbox, 5)
    store = FakeStore({1, 3})
    drains, _ = drain(outbox, store)
    assert store.written == [0, 2, 4]
    assert (drains.progress.written, drains.progress.refused) == (3, 2)
    newest, oldest = outbox.quarantine.newest()
    assert (oldest.reason, oldest.detail, oldest.device, oldest.time) == (
        "refused_by_store",
        "field type conflict",
        "d",
        NOW,
    )
    assert json.loads(newest.payload) == [
        "presence",
        {"site": "s", "device": "d"},
        3,
        {"people": 1},
    ]
    assert outbox.accounts() == {Account("2026-11-23", "", "d", "refused", "presence"): 2}


def test_refused_points_wait_for_room(outbox: Outbox, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(outbox, 1)
    commit, full = outbox.commit, [OutboxFull("disk full"), OutboxFull("disk full")]

    def tight(batch: Batch) -> None:
        if full:
            raise full.pop()
        commit(batch)

    monkeypatch.setattr(outbox, "commit", tight)
    _, waits = drain(outbox, FakeStore({0}))
    assert waits == [1.0, 1.0]
    assert len(outbox.quarantine.ids()) == 1


def test_refused_points_without_room_are_not_lost_by_a_stop(
    outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(outbox, 1)

    def no_room(_: Batch) -> None:
        raise OutboxFull("disk full")

    drains = forwarder(outbox, FakeStore({0}))
    monkeypatch.setattr(outbox, "commit", no_room)
    drains._stop = patience = Patience(lambda: bool(patience.waits))  # type: ignore[assignment]
    assert drains.step() is False
    assert (outbox.behind("store"), drains.progress.refused) == (1, 0)


def test_a_stop_ends_it(outbox: Outbox) -> None:
    fill(outbox, 1)
    drains = forwarder(outbox, FakeStore())
    drains.stop()
    drains.run()
    assert outbox.behind("store") == 1
