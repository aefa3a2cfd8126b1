"""Texts of the calendar: key -> (Swedish, English)."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "calendar.extra": ("Extra ledig dag", "Extra day off"),
}
