"""Moments and lengths of time as people write them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_date

from rooms.texts import Language, text
from rooms.units import DAY_MS

_MINUTE_MS: Final = 60_000


def moment(at: int, zone: ZoneInfo) -> datetime:
    """A stored time (ms) with the site's offset."""
    return datetime.fromtimestamp(at / 1000, UTC).astimezone(zone)


def clock(at: int, now: int, zone: ZoneInfo, language: Language) -> str:
    """``08.55``, ``i går 16.20``, ``i morgon 09.00``, ``2 nov. 16.20``; as short as it can be."""
    then, today = moment(at, zone), moment(now, zone).date()
    hour = then.strftime("%H.%M" if language == "sv" else "%H:%M")
    day = then.date()
    if day == today:
        return hour
    if day == today - timedelta(days=1):
        return text(language, "time.yesterday", time=hour)
    if day == today + timedelta(days=1):
        return text(language, "time.tomorrow", time=hour)
    pattern = "d MMM" if abs(today - day) < timedelta(days=180) else "d MMM y"
    return f"{format_date(day, pattern, locale=language)} {hour}"


def lasted(length: int, language: Language) -> str:
    """``25 min``, ``2 tim 5 min``, ``3 dygn``, of ms; what is shorter than a minute is one."""
    minutes = max(1, round(length / _MINUTE_MS))
    hours, rest = divmod(minutes, 60)
    if length >= 2 * DAY_MS:
        return text(language, "time.days", days=round(length / DAY_MS))
    if not hours:
        return text(language, "time.minutes", minutes=rest)
    whole = text(language, "time.hours", hours=hours)
    return f"{whole} {text(language, 'time.minutes', minutes=rest)}" if rest else whole
