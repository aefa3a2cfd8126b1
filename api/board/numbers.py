"""Shares, bounds and durations as people read them."""

from __future__ import annotations

import math
from datetime import datetime
from typing import NamedTuple

from babel.dates import format_date
from babel.numbers import format_decimal

from rooms.figures import Figures, Ratio
from rooms.texts import Language, text
from rooms.utilisation import Use

NONE = "–"
_NBSP = "\N{NO-BREAK SPACE}"


def percent(ratio: Ratio) -> str:
    """Whole per cent; a dash where there is nothing to divide by."""
    value = ratio.value
    return NONE if value is None else f"{_half_up(value * 100)}{_NBSP}%"


def covered(ratio: Ratio) -> str:
    """Rounded down: 99.6 % is not all of it, and 89.9 % is not 90."""
    if not ratio.denominator:
        return NONE
    return f"{ratio.numerator * 100 // ratio.denominator}{_NBSP}%"


def bounds(figures: Figures, language: Language) -> str:
    """``mellan 33 och 36 %``; nothing where both are the same."""
    low, high = figures.lowest.value, figures.highest.value
    if low is None or high is None:
        return ""
    lowest, highest = math.floor(low * 100), math.ceil(high * 100)
    if figures.lowest == figures.highest:
        return ""
    return text(language, "use.bounds", lowest=lowest, highest=highest)


def hours(seconds: int) -> str:
    """``41:20``: hours and minutes, for tables."""
    minutes = _half_up(seconds / 60)
    return f"{minutes // 60}:{minutes % 60:02}"


def duration(seconds: int, language: Language) -> str:
    """``41 tim 20 min``, for sentences."""
    minutes = _half_up(seconds / 60)
    whole, rest = divmod(minutes, 60)
    hour = text(language, "use.unit.h")
    if not whole:
        return f"{rest}{_NBSP}min"
    told = f"{format_decimal(whole, locale=language)}{_NBSP}{hour}"
    return told if not rest else f"{told} {rest}{_NBSP}min"


def _half_up(value: float) -> int:
    return math.floor(value + 0.5)


class Told(NamedTuple):
    """A share with all that is needed to agree on it; ``weak`` where too little is known."""

    share: str
    bounds: str
    coverage: str
    weak: bool
    width: str  # of its bar, per cent, for SVG
    low: str  # where the range of what is possible begins
    span: str  # and how long it is


def told(use: Use, figures: Figures, language: Language) -> Told:
    low, high = figures.lowest.value or 0.0, figures.highest.value or 0.0
    return Told(
        percent(figures.frequency),
        bounds(figures, language),
        covered(figures.coverage),
        use.bookable_s > 0 and not figures.sufficient,
        place(figures.frequency.value or 0.0),
        place(low),
        place(high - low),
    )


def place(share: float) -> str:
    """A share of 1 as an SVG coordinate."""
    return f"{share * 100:.3f}%"


def when(at: datetime, language: Language, pattern: str = "d MMM y") -> str:
    """``9 nov. 2026 kl. 09.15``."""
    day = format_date(at.date(), pattern, locale=language)
    time = at.strftime("%H.%M" if language == "sv" else "%H:%M")
    return text(language, "use.at", day=day, time=time)
