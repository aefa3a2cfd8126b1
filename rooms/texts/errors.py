"""Texts of errors: key -> (Swedish, English).

A mistake in a file or a setting is "mistake." and its key (``rooms.registry.mistakes``).
"""

from __future__ import annotations

from typing import Final

from rooms.texts.errors_billing import BILLING
from rooms.texts.errors_files import FILES
from rooms.texts.errors_map import MAP
from rooms.texts.errors_parts import PARTS
from rooms.texts.errors_settings import SETTINGS
from rooms.texts.errors_values import VALUES

TEXTS: Final[dict[str, tuple[str, str]]] = {
    f"mistake.{key}": both
    for key, both in (FILES | VALUES | PARTS | BILLING | SETTINGS | MAP).items()
}
