"""Kept, bounded, listed, let go."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from storage.outbox import Batch, Outbox
from storage.quarantine import BOUND_EVERY, MAX_PAYLOAD, Unusable


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    outbox = Outbox(tmp_path / "outbox.db")
    yield outbox
    outbox.close()


def bad(n: int, payload: bytes = b"x", reason: str = "bad_json", **more: object) -> Unusable:
    return Unusable(n, "av", f"t/{n}", payload, reason, "why", **more)  # type: ignore[arg-type]


def fill(outbox: Outbox, *messages: Unusable) -> None:
    outbox.commit(Batch(unusable=list(messages)))


def test_what_is_kept(outbox: Outbox) -> None:
    fill(outbox, bad(5, b"\x00\xff", address="a", device="d"))
    [kept] = outbox.quarantine.newest()
    assert kept == (1, 5, "av", "t/5", b"\x00\xff", "bad_json", "why", "a", "d", 2, 0)
    assert outbox.quarantine.get(1) == kept
    assert outbox.quarantine.get(2) is None


def test_newest_first_by_reason(outbox: Outbox) -> None:
    fill(outbox, bad(1), bad(2, reason="too_old"), bad(3))
    quarantine = outbox.quarantine
    assert [k.time for k in quarantine.newest()] == [3, 2, 1]
    assert [k.time for k in quarantine.newest("bad_json", most=1)] == [3]
    assert quarantine.ids() == [1, 2, 3]
    assert quarantine.ids("bad_json") == [1, 3]
    assert quarantine.counts() == {"bad_json": 2, "too_old": 1}


def test_cut_and_withheld(outbox: Outbox) -> None:
    long = b"y" * (MAX_PAYLOAD + 5)
    fill(outbox, bad(1, long), bad(2, b"secret", withheld=True), bad(3, b""))
    kept = [outbox.quarantine.get(id_) for id_ in (1, 2, 3)]
    assert [(k.payload, k.size) for k in kept if k] == [
        (long[:MAX_PAYLOAD], MAX_PAYLOAD + 5),
        (b"", 6),
        (b"", 0),
    ]
    assert outbox.quarantine.request_replay([1, 2, 3]) == 1
    assert [k.id for k in outbox.quarantine.to_replay()] == [3]


def test_replay_is_asked_for_and_settled(outbox: Outbox) -> None:
    fill(outbox, bad(1), bad(2), bad(3))
    assert outbox.quarantine.request_replay([2, 99]) == 1
    assert outbox.quarantine.request_replay([3], any_age=True) == 1
    assert [(k.id, k.replay) for k in outbox.quarantine.to_replay()] == [(2, 1), (3, 2)]
    assert [k.id for k in outbox.quarantine.to_replay(most=1)] == [2]
    outbox.commit(Batch(replayed=[2, 3], unusable=[bad(2)]))
    assert [k.id for k in outbox.quarantine.newest()] == [4, 1]
    assert outbox.quarantine.to_replay() == []


def test_discard(outbox: Outbox) -> None:
    fill(outbox, bad(1), bad(2))
    assert outbox.quarantine.discard([1, 7]) == 1
    assert outbox.quarantine.ids() == [2]


def test_rows_are_bounded(tmp_path: Path) -> None:
    with closing(Outbox(tmp_path / "outbox.db", quarantine_rows=30)) as outbox:
        for n in range(0, 300, 10):
            fill(outbox, *[bad(n + k) for k in range(10)])
            assert len(outbox.quarantine.ids()) < 30 + BOUND_EVERY
        assert outbox.quarantine.newest(most=1)[0].time == 299
    with closing(Outbox(tmp_path / "outbox.db", quarantine_rows=5)) as outbox:
        fill(outbox, bad(300))  # the first of a run looks at what the last one left
        assert [k.time for k in outbox.quarantine.newest()] == [300, 299, 298, 297, 296]


def test_holes_take_no_room(tmp_path: Path) -> None:
    with closing(Outbox(tmp_path / "outbox.db", quarantine_rows=10)) as outbox:
        fill(outbox, bad(0))
        for n in range(1, 5 * BOUND_EVERY):
            fill(outbox, bad(n))
            outbox.quarantine.discard([n + 1])
        assert [k.time for k in outbox.quarantine.newest()] == [0]


def test_bytes_are_bounded(tmp_path: Path) -> None:
    with closing(Outbox(tmp_path / "outbox.db", quarantine_bytes=1000)) as outbox:
        fill(outbox, *[bad(n, b"z" * 90) for n in range(BOUND_EVERY)])
        assert len(outbox.quarantine.ids()) == 11  # 990 bytes
        fill(outbox, *[bad(n, b"z" * 2000) for n in range(BOUND_EVERY)])
        assert outbox.quarantine.ids() == []


def test_unknown_devices(outbox: Outbox) -> None:
    unknown = {"reason": "unknown_device", "address": "a"}
    fill(outbox, bad(1, hint="ERS", **unknown), bad(5, room="r1", **unknown), bad(3, address="b"))
    assert outbox.quarantine.unknown_devices() == [("av", "a", "ERS", "r1", 1, 5, 2)]
    outbox.quarantine.forget_unknown("av", "a")
    assert outbox.quarantine.unknown_devices() == []


def test_unknown_devices_are_bounded(outbox: Outbox) -> None:
    flood = [bad(n, reason="unknown_device", address=f"a{n}") for n in range(1500)]
    fill(outbox, *flood)
    unknown = outbox.quarantine.unknown_devices()
    assert len(unknown) == 1000
    assert unknown[0].address == "a1499"
