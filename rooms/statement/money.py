"""Money, hours and exact numbers as people and machines read them: the one place for it."""

from __future__ import annotations

from fractions import Fraction
from math import floor
from typing import Final

from rooms.texts import Language

NBSP: Final = "\u00a0"
MINUS: Final = "\u2212"
_GROUPS: Final = {"sv": str.maketrans(",.", f"{NBSP},"), "en": str.maketrans("", "")}


def kronor(ore: int, language: Language) -> str:
    """``6 214,00 kr`` with no-break spaces, ``SEK 6,214.00``; less than nothing with U+2212."""
    sign = MINUS if ore < 0 else ""
    amount = f"{abs(ore) // 100:,}.{abs(ore) % 100:02}".translate(_GROUPS[language])
    return f"{sign}SEK {amount}" if language == "en" else f"{sign}{amount}{NBSP}kr"


def hours(seconds: int, language: Language) -> str:
    """``41 tim 20 min``, ``41 h 20 min``, ``20 min``; to the nearest minute, half ones up."""
    sign = MINUS if seconds < 0 else ""
    whole, minutes = divmod((abs(seconds) + 30) // 60, 60)
    if not whole:
        return f"{sign if minutes else ''}{minutes} min"
    unit = "h" if language == "en" else "tim"
    told = f"{whole:,}".translate(_GROUPS[language])
    return f"{sign}{told} {unit}" + (f" {minutes} min" if minutes else "")


def plain(ore: int) -> str:
    """Kronor for machines: ``6214.00``, ``-0.50``."""
    return f"{'-' if ore < 0 else ''}{abs(ore) // 100}.{abs(ore) % 100:02}"


def exact(number: Fraction | int, places: int = 4, language: Language | None = None) -> str:
    """A number rounded to so many decimals (half ones away from zero).

    For machines ``1234.5000``; in a language with its marks, as in ``kronor``. What unit it
    has is the caller's matter: exact amounts of a statement are öre.
    """
    scaled = floor(abs(number) * 10**places + Fraction(1, 2))
    whole, decimals = divmod(scaled, 10**places)
    tail = f".{decimals:0{places}}" if places else ""
    if language is None:
        return f"{'-' if number < 0 and scaled else ''}{whole}{tail}"
    sign = MINUS if number < 0 and scaled else ""
    return sign + f"{whole:,}{tail}".translate(_GROUPS[language])
