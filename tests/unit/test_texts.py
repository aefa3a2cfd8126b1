"""Every text in both languages, with the same values to fill in; none missing, none unused."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from rooms.texts import _TABLES, TEXTS, text

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [
    path
    for folder in ("rooms", "storage", "collector", "api", "devices", "rumskoll")
    for path in sorted((ROOT / folder).rglob("*.py"))
]
SPEAKERS = {"text": 1, "say": 0}  # function -> place of the key


def holes(said: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(said) if name is not None}


def test_both_languages_say_the_same() -> None:
    for key, (swedish, english) in TEXTS.items():
        for said in (swedish, english):
            assert said.strip(), key
            assert not re.search(r"\bTODO\b|\?\?\?", said), key
        assert holes(swedish) == holes(english), key
        assert "" not in holes(swedish), f"{key}: values have names"


def test_no_table_hides_another_ones_text() -> None:
    assert sum(map(len, _TABLES)) == len(TEXTS)


def test_values_are_filled_in() -> None:
    assert text("sv", "quarantine.none", id=7) == "Det finns inget meddelande 7."
    assert text("en", "quarantine.none", id=7) == "There is no message 7."
    with pytest.raises(KeyError):
        text("en", "no.such.text")


def spoken_keys() -> Iterator[tuple[str, str]]:
    """(file:line, key) of every ``text(…, "key")`` and ``say("key")`` in the sources."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Call):
                continue
            called = node.func
            name = called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")
            place = SPEAKERS.get(name)
            if place is None or len(node.args) <= place:
                continue
            key = node.args[place]
            if isinstance(key, ast.Constant) and isinstance(key.value, str):
                yield f"{path.relative_to(ROOT)}:{node.lineno}", key.value


def test_every_key_that_is_used_exists() -> None:
    found = list(spoken_keys())
    assert len(found) > 60
    assert [(where, key) for where, key in found if key not in TEXTS] == []


def test_every_text_of_the_command_line_is_used() -> None:
    from rooms.texts import cli

    sources = "\n".join(path.read_text() for path in SOURCES if "texts" not in path.parts)
    unused = [
        key
        for key in cli.TEXTS
        if f'"{key}"' not in sources and f'"{key.partition(".")[2]}"' not in sources
    ]
    assert unused == []
