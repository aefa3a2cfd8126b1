"""The embedded store's index of series finds what others add, whenever it was first asked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from rooms.readings import Point
from storage.sqlite import SqliteStore

T = 1_790_000_000_000
FIELD = {"presence": "motion", "climate": "co2_ppm"}


class Two:
    """A store that writes and another one, on the same file, that reads."""

    def __init__(self, path: Path) -> None:
        self.writer, self.reader = (
            SqliteStore(path, retention_s=None, clock=lambda: T) for _ in range(2)
        )

    def add(self, kind: str, *devices: str) -> None:
        assert not self.writer.write(
            [Point(kind, {"site": "s", "device": d}, T, {FIELD[kind]: 1.0}) for d in devices]
        )

    def found(self, kind: str, *devices: str) -> list[str]:
        asked = {"device": devices} if devices else {}
        return [point.tags["device"] for point in self.reader.read(kind, asked, T, T + 1)]


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Two]:
    both = Two(tmp_path / "store.db")
    with closing(both.writer), closing(both.reader):
        yield both


def test_a_measurement_first_asked_for_late_is_whole(two: Two) -> None:
    two.add("presence", "a")
    two.add("climate", "a", "b")
    assert two.found("presence") == ["a"]
    two.add("climate", "c")
    assert two.found("climate") == ["a", "b", "c"]
    assert two.found("climate", "b", "c") == ["b", "c"]


def test_what_another_adds_later_is_found_once(two: Two) -> None:
    two.add("presence", "b")
    assert two.found("presence") == ["b"]
    assert two.found("climate") == []
    two.add("presence", "a", "b")
    two.add("climate", "a")
    two.add("presence", "c")
    for _ in range(2):
        assert two.found("presence") == ["a", "b", "c"]
        assert two.found("climate") == ["a"]
        assert two.found("presence", "c", "x") == ["c"]
