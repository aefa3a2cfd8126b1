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
        self.state = ServiceState(folder / "service.db")
        self.store = SqliteStore(folder / "store.db", retention_s=None, clock=lambda: NOW)
        self.registry = house_registry()
        self.copies = FaultCopies(self.state, self.store, lambda: self.registry, clock=lambda: NOW)

    def settle(self, now: int, *findings: Finding) -> None:
        codes = ("peripheral_missing", "equipment_error", "store_down")
        registry = self.registry
        self.state.faults.settle(codes, findings, now, lambda s: registry.place_of(s, now))

    def written(self) -> list[tuple[int, str, dict[str, Any]]]:
        """Ms from the start, tags, fields without the id."""
        return [
            (
                point.time - NOW,
                " ".join(point.tags[name] for name in ("site", "room", "code")),
                {k: v for k, v in point.fields.items() if k != "id"},
            )
            for point in self.store.read("fault", {}, 0, 2**42)
        ]


@pytest.fixture
def copied(tmp_path: Path) -> Iterator[Copied]:
    copied = Copied(tmp_path)
    yield copied
    copied.store.close()
    copied.state.close()


def missing(device: str = "vc", detail: str = "camera: Quad", since: int = NOW) -> Finding:
    return Finding("peripheral_missing", device, detail, "error", since)


def test_what_is_lost_stands_at_its_end(copied: Copied) -> None:
    copied.settle(NOW + MIN, missing())
    fault = copied.state.faults.open()[0]
    copied.state.faults.act(fault.id, "commented", NOW + 2 * MIN, "anna", "kabeln")
    copied.settle(NOW + 8 * HOUR)
    copied.state.faults.act(fault.id, "commented", NOW + 9 * HOUR, "anna", "lagad")
    assert copied.copies.step() == 4
    same = {"severity": 3.0, "subject": "vc", "detail": "camera: Quad"}
    tags = "s granen peripheral_missing"
    assert copied.written() == [
        (MIN, tags, {**same, "open": 1.0, "kind": "opened"}),
        (2 * MIN, tags, {**same, "open": 1.0, "kind": "commented"}),
        # from 10 to 17 o'clock
        (8 * HOUR, tags, {**same, "open": 0.0, "kind": "resolved", "lost_s": 7 * 3600.0}),
        (9 * HOUR, tags, {**same, "open": 0.0, "kind": "commented"}),
    ]
    assert copied.copies.step() == 0


def test_at_the_same_moment_each_has_its_own_ms(copied: Copied) -> None:
    copied.settle(NOW, missing(), missing(detail="microphone: Bord"))
    copied.settle(NOW + 1)
    copied.copies.step()
    copied.settle(NOW + 2, missing())
    copied.copies.step()
    assert [at for at, _, _ in copied.written()] == [0, 1, 2, 3, 4]
    copied.settle(NOW + 2 + MIN)
    copied.copies.step()
    assert [at for at, _, _ in copied.written()] == [0, 1, 2, 3, 4, 2 + MIN]


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
    copied.settle(NOW)
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
    assert detail.startswith("<b>   [31m")
    assert len(detail) == 1000
