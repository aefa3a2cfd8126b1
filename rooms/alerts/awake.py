"""When people may be told: on open days, in waking hours, and as a route says (design 7)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from rooms.calendar import clock_spans, clock_time, day_bounds, local_days, opening
from rooms.intervals import Intervals, clip, intersect, total
from rooms.registry.fields import WEEKDAYS, Span, Weekday
from rooms.registry.models import Site
from rooms.units import HOUR_MS

Hours = Mapping[Weekday, Sequence[Span]]

_AHEAD: Final = 62  # days that are looked through: longer than any summer's closure
_OPEN_DAYS, _ALL_DAYS, _NONE = 2, 1, 0  # how much care is taken of the waking hours


class Awake:
    """A site's waking hours; times in ms."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self.zone = ZoneInfo(site.timezone)
        self._days: dict[date, Intervals] = {}

    def day(self, at: int) -> date:
        return datetime.fromtimestamp(at // 1000, self.zone).date()

    def on(self, day: date) -> Intervals:
        """Waking hours of the day; none when the house is closed."""
        if day not in self._days:
            awake = clock_spans(self._site, day, [self._site.alerts.awake])
            self._days[day] = awake if opening(self._site, day) else []
        return self._days[day]

    def soonest(self, at: int, *, urgent: bool = False, hours: Hours | None = None) -> int:
        """The first moment from ``at`` on at which something may be told.

        ``urgent`` asks neither for waking hours nor for an open day. A house that is closed for
        long counts as open, and ``hours`` that never meet the waking ones stand alone, so that
        nothing waits for ever.
        """
        today = self.day(at)
        for care in (_NONE,) if urgent else (_OPEN_DAYS, _ALL_DAYS, _NONE):
            for ahead in range(_AHEAD):
                for start, stop in self._allowed(today + timedelta(days=ahead), care, hours):
                    if stop > at:
                        return max(start, at)
        return at

    def _allowed(self, day: date, care: int, hours: Hours | None) -> Intervals:
        if care == _OPEN_DAYS:
            allowed = self.on(day)
        elif care == _ALL_DAYS:
            allowed = clock_spans(self._site, day, [self._site.alerts.awake])
        else:
            allowed = [day_bounds(day, self.zone)]
        if hours is None:
            return allowed
        own = clock_spans(self._site, day, list(hours.get(WEEKDAYS[day.weekday()], ())))
        return intersect(allowed, own)

    def between(self, start: int, stop: int) -> int:
        """How much of ``[start, stop)`` was waking hours, ms."""
        return sum(total(clip(self.on(d), start, stop)) for d in local_days(start, stop, self.zone))

    def morning(self, clock: time, now: int) -> int | None:
        """Today's moment of that clock time, if the house is open today and it is time.

        It is until the waking hours end, so that a service that starts late makes up for it.
        """
        today = self.day(now)
        awake = self.on(today)
        moment = clock_time(today, clock, self.zone)
        if awake and moment <= now < max(awake[-1][1], moment + HOUR_MS):
            return moment
        return None
