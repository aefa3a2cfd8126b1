"""``rumskoll privacy ROOM``: rows by what stands in the room, and nothing of private days."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from telling import refused, told

from rooms.registry import Registry
from rooms.texts import LANGUAGES, Language, text
from rumskoll.privacy import Privacy, privacy_of
from rumskoll.registry_files import read_registry

EXAMPLE = Path(__file__).parents[3] / "examples" / "lycksele" / "rooms.yaml"
EVERY = [
    "presence",
    "climate",
    "calls",
    "equipment",
    "snapshots",
    "accounts",
    "faults",
    "sums",
    "bookings",
    "whose",
]
NOW = int(datetime(2026, 11, 24, 9, tzinfo=UTC).timestamp()) * 1000


@pytest.fixture(scope="module")
def registry() -> Registry:
    return read_registry(EXAMPLE)


def about(registry: Registry, room: str, language: Language = "en", days: int = 90) -> Privacy:
    return privacy_of(registry, room, NOW, days, language)


def rows(told: Privacy, language: Language = "en") -> list[str]:
    by_words = {text(language, f"privacy.{key}.what"): key for key in EVERY}
    return [by_words[row.what] for row in told.rows]


def test_an_ordinary_room(registry: Registry) -> None:
    told = about(registry, "granen", days=30)
    assert rows(told) == EVERY
    assert told.title == "What Rumskoll keeps about Granen (The Spruce)"
    assert told.lines[0] == "Rumskoll measures the room, never who is there."
    assert "granen-klimat (ELSYS ERS CO2)" in told.lines[-1]
    assert [row.long for row in told.rows[:5]] == ["30 days"] * 5
    assert told.rows[6].long == "400 days"
    assert told.rows[-1].long.startswith("800 days; issued statements")


def test_one_persons_office(registry: Registry) -> None:
    told = about(registry, "gammplatsen")
    assert rows(told) == ["equipment", "snapshots", "accounts", "faults"]
    assert told.lines[0].startswith("One person's own office")


def test_what_is_to_come_and_what_was(registry: Registry, tmp_path: Path) -> None:
    written = EXAMPLE.read_text("utf-8").replace(
        "    private: true #", "    private: [{value: true}, {from: 2026-11-01, value: false}] #"
    )
    written = written.replace(
        "    name: {sv: Renen, en: Renen (The Reindeer)}\n",
        "    name: Renen\n    private: [{value: false}, {from: 2027-01-01, value: true}]\n",
    )
    (tmp_path / "changed.yaml").write_text(written, "utf-8")
    changed = read_registry(tmp_path / "changed.yaml")
    assert any("of those days no presence" in line for line in about(changed, "gammplatsen").lines)
    lines = about(changed, "renen").lines
    assert "From 2027-01-01 the room is one person's own office." in lines


@pytest.mark.parametrize("language", LANGUAGES)
def test_grafanas_series_are_named(registry: Registry, language: Language) -> None:
    said = " ".join(row.what for row in about(registry, "granen", language).rows)
    assert all(name in said for name in ("room_state", "device_state", "account", "service"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_room_in_both_languages(registry: Registry, language: Language) -> None:
    for room in registry.rooms:
        told = about(registry, room, language)
        assert rows(told, language)
        assert all(all(row) for row in told.rows)


def test_the_command() -> None:
    said = told("privacy", "granen", "--rooms", str(EXAMPLE))
    assert "Granen" in said
    assert "granen-klimat" in said
    wrong = refused("privacy", "grannen", "--rooms", str(EXAMPLE))
    assert "grannen" in wrong
    assert "granen" in wrong
