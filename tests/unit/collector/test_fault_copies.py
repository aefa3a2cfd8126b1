"""Copies of faults in the store: a point for each transition, the same when written again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from posting import HOUR, MIN, NOW
from watched import house_registry

from collector.fault_copies import FaultCopies
from rooms.faults import Finding
from storage.sqlite import SqliteStore
from storage.state import ServiceState
from storage.store import StoreUnavailable


class Copied:
    def __init__(self, folder: Path) -> None:
        self.now = NOW
        self.state = ServiceState(folder / "service.db")
        self.store = SqliteStore(folder / "store.db", retention_s=None, clock=lambda: NOW)
        self.registry = house_registry()
        self.copies = FaultCopies(
            self.state, self.store, lambda: self.registry, clock=lambda: self.now
        )

    def settle(self, now: int, *findings: Finding) -> None:
        codes = ("peripheral_missing", "equipment_error", "store_down")
        registry = self.registry
        self.state.faults.settle(codes, findings, now, lambda s: registry.place_of(s, now))

    def written(self) -> list[tuple[int, str, dict[str, Any]]]:
        """Ms from the start, tags but the fault's id, fields."""
        return [
            (
                point.time - NOW,
                " ".join(point.tags[name] for name in ("site", "room", "code")),
                dict(point.fields),
            )
            for point in self.store.read("fault", {}, 0, 2**42)
        ]

    def told(self, *names: str) -> list[tuple[Any, ...]]:
        """Ms from the start, and these fields."""
        return [(at, *(fields[name] for name in names)) for at, _, fields in self.written()]


@pytest.fixture
def copied(tmp_path: Path) -> Iterator[Copied]:
    copied = Copied(tmp_path)
    yield copied
    copied.store.close()
    copied.state.close()


def missing(device: str = "vc", detail: str = "camera: Quad", since: int = NOW) -> Finding:
    return Finding("peripheral_missing", device, detail, "error", since)


def test_a_point_for_each_transition(copied: Copied) -> None:
    copied.settle(NOW + MIN, missing())
    fault = copied.state.faults.open()[0]
    copied.state.faults.act(fault.id, "commented", NOW + 2 * MIN, "anna", "kabeln")
    copied.state.faults.act(fault.id, "acknowledged", NOW + 61 * MIN, "anna", "kommer")
    copied.settle(NOW + 8 * HOUR)
    copied.state.faults.act(fault.id, "commented", NOW + 9 * HOUR, "anna", "lagad")
    assert copied.copies.step() == 5
    camera = {"detail": "camera: Quad", "subject": "vc", "name": "vc"}
    same = {"severity": 3.0, "since": float(NOW), **camera}
    tags = "s granen peripheral_missing"

    def fields(kind: str, lasted: int, lost: int, **more: float) -> dict[str, Any]:
        """Seconds since it was noticed, and of opening hours since it began."""
        usual = {"open": 1.0, "acknowledged": 0.0}
        return {**same, "kind": kind, "lasted_s": lasted, "lost_s": lost} | usual | more

    over = {"open": 0.0, "acknowledged": 1.0}
    assert copied.written() == [
        (MIN, tags, fields("opened", 0, 60)),
        (2 * MIN, tags, fields("commented", 60, 120)),
        (61 * MIN, tags, fields("acknowledged", 3600, 61 * 60, acknowledged=1.0)),
        # from 10 to 17 o'clock
        (8 * HOUR, tags, fields("resolved", 479 * 60, 7 * 3600, **over)),
        (9 * HOUR, tags, fields("commented", 479 * 60, 7 * 3600, **over)),
    ]
    assert copied.copies.step() == 0


def test_what_comes_back_lasts_anew_and_adds_to_what_is_lost(copied: Copied) -> None:
    copied.settle(NOW, missing())
    fault = copied.state.faults.open()[0]
    copied.state.faults.act(fault.id, "acknowledged", NOW + MIN, "anna", "")
    copied.settle(NOW + 10 * MIN)
    copied.settle(NOW + 30 * MIN, missing(since=NOW + 25 * MIN))
    copied.settle(NOW + 40 * MIN)
    copied.copies.step()
    minute = float(60)
    assert copied.told("kind", "since", "lasted_s", "lost_s", "acknowledged") == [
        (0, "opened", NOW, 0, 0, 0),
        (MIN, "acknowledged", NOW, minute, minute, 1),
        (10 * MIN, "resolved", NOW, 10 * minute, 10 * minute, 1),
        (30 * MIN, "reopened", NOW + 25 * MIN, 0, 15 * minute, 0),
        (40 * MIN, "resolved", NOW + 25 * MIN, 10 * minute, 25 * minute, 0),
    ]


def test_each_hour_what_is_open_and_nothing_is_caught_up(copied: Copied) -> None:
    copied.settle(NOW + MIN, missing(), missing(detail="microphone: Bord"))
    copied.copies.step()
    camera = copied.state.faults.open()[0]
    copied.settle(NOW + 30 * MIN, missing())
    copied.now = NOW + 5 * HOUR + 20_000  # asleep for hours
    copied.state.faults.act(camera.id, "acknowledged", copied.now, "anna", "")
    copied.copies.step()
    once = copied.written()
    copied.copies.step()
    assert copied.written() == once
    assert copied.told("kind", "lasted_s", "lost_s", "acknowledged")[3:] == [
        (5 * HOUR, "open", 299 * 60, 5 * 3600, 0),  # as it was then
        (5 * HOUR + 20_000, "acknowledged", 299 * 60 + 20, 5 * 3600 + 20, 1),
    ]
    copied.now = NOW + 6 * HOUR
    copied.copies.step()
    assert copied.told("kind", "acknowledged")[5:] == [(6 * HOUR, "open", 1)]


def test_the_hour_leaves_transitions_alone(copied: Copied) -> None:
    copied.settle(NOW, missing())
    copied.settle(NOW + HOUR - MIN, missing(), missing(detail="microphone: Bord"))
    for fault in copied.state.faults.open():
        copied.state.faults.act(fault.id, "acknowledged", NOW + HOUR, "anna", "")
    copied.now = NOW + HOUR
    copied.copies.step()
    assert [kind for _, kind in copied.told("kind")] == [
        "opened",
        "opened",
        "acknowledged",
        "acknowledged",
    ]


def test_at_the_same_moment_each_has_its_own_ms(copied: Copied) -> None:
    """Of one fault; different ones are series of their own."""
    copied.settle(NOW, missing(), missing(detail="microphone: Bord"))
    for fault in copied.state.faults.open():
        copied.state.faults.act(fault.id, "commented", NOW, "anna", "nu")
    copied.copies.step()
    for fault in copied.state.faults.open():
        copied.state.faults.act(fault.id, "commented", NOW + 1, "anna", "igen")
    copied.copies.step()
    assert [at for at, *_ in copied.told()] == [0, 0, 1, 1, 2, 2]


def test_a_clock_that_was_far_ahead(copied: Copied) -> None:
    copied.settle(NOW + 9 * HOUR, missing())
    copied.copies.step()
    fault = copied.state.faults.open()[0]
    copied.state.faults.act(fault.id, "commented", NOW, "anna", "klockan")
    copied.copies.step()
    assert [at for at, _, _ in copied.written()] == [0, 9 * HOUR]


def test_killed_before_the_cursor_is_kept(copied: Copied, monkeypatch: pytest.MonkeyPatch) -> None:
    copied.settle(NOW, missing(), missing(detail="microphone: Bord"))

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(copied.state.live, "set_cursor", killed)
        with pytest.raises(KeyboardInterrupt):
            copied.copies.step()
    before = copied.written()
    copied.settle(NOW + 5)
    copied.copies.step()
    assert copied.written()[:2] == before
    assert len(copied.written()) == 4


def test_the_store_is_away(copied: Copied, monkeypatch: pytest.MonkeyPatch) -> None:
    copied.settle(NOW, missing())

    def away(*_: object) -> None:
        raise StoreUnavailable("away")

    with monkeypatch.context() as patch:
        patch.setattr(copied.store, "write", away)
        with pytest.raises(StoreUnavailable):
            copied.copies.step()
    assert copied.copies.step() == 1


def test_hostile_words_and_private_rooms(copied: Copied) -> None:
    hostile = "<b>\x00\n\x1b[31m\u2028" + "å" * 10_000 + "\\"
    copied.settle(
        NOW,
        missing(detail=hostile),
        missing("egen", "camera: Annas kamera"),
        Finding("store_down", "service", "", "error", NOW),
    )
    copied.copies.step()
    told = {tags: fields["detail"] for _, tags, fields in copied.written()}
    assert told["s kontoret peripheral_missing"] == ""
    assert told["- - store_down"] == ""
    detail = told["s granen peripheral_missing"]
    assert detail.startswith("<b> [31m åå")
    assert len(detail) == 1000
    names = {tags: fields["name"] for _, tags, fields in copied.written()}
    assert names["- - store_down"] == "tjänsten"
