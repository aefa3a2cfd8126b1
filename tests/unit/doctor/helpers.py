"""Settings to try, and what the doctor told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rooms.texts import Language
from rumskoll.doctor import Check
from rumskoll.settings import Settings


def settings(**given: Any) -> Settings:
    return Settings(**({"demo": True} | given))


def told(checks: Iterator[Check], language: Language = "en") -> list[tuple[str, str]]:
    return [(check.state, check.line(language)) for check in checks]
