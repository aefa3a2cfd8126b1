"""Both languages stand beside each other where they are used: ``say("Rum", "Room")``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Literal

Language = Literal["sv", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("sv", "en")
Say = Callable[[str, str], str]


def say_in(language: Language) -> Say:
    """Of a Swedish and an English text the one that is wanted."""
    return (lambda sv, _en: sv) if language == "sv" else (lambda _sv, en: en)
