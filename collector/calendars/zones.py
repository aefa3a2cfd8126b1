"""Which zone a time in a feed is meant in."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from icalendar import Timezone
from icalendar.timezone import tzp

from collector.calendars.budget import OutOfBudget, budget
from collector.calendars.content import Content
from rooms.registry.registry import midnight

_EACH_S: Final = 1.0  # processor time for one VTIMEZONE
_LAST_SECOND: Final = time(23, 59, 59)


class Zones:
    """Times of one feed, settled. ``unknown`` is told each name that nothing explains.

    A name of the IANA database or of Windows is that zone; another one is the feed's own
    VTIMEZONE; what neither knows, and a time without a zone, is the room's.
    """

    def __init__(self, content: Content, room: ZoneInfo, unknown: Callable[[str], object]) -> None:
        self.room = room
        self._unknown = unknown
        tzp.use_zoneinfo()  # forgets the zones of the feed before
        warnings.simplefilter("ignore")  # of guessed zones
        for block in content.zones:
            self._learn(["BEGIN:VTIMEZONE", *block.lines, "END:VTIMEZONE"])
        self._feed = tzp.timezone(content.zone) if content.zone else None

    def _learn(self, lines: list[str]) -> None:
        """A zone that cannot be built stays unknown, and events in it say so."""
        try:
            with budget(_EACH_S):
                tzp.cache_timezone_component(Timezone.from_ical("\r\n".join(lines)))
        except (Exception, OutOfBudget):  # noqa: BLE001 - any text may stand there
            return

    def settle(self, value: Any, params: Mapping[str, Any]) -> Any:
        """A date as it is, a time with its zone, a period as two of them."""
        if isinstance(value, tuple):
            return tuple(self.settle(part, params) for part in value)
        if not isinstance(value, datetime) or value.tzinfo is not None:
            return value
        if params.get("TZID"):
            self._unknown(str(params["TZID"]))
        return value.replace(tzinfo=self.room)

    def repeating(self, start: Any) -> Any:
        """The start of a series: one in UTC goes by the clock of the calendar's own zone
        (X-WR-TIMEZONE), as Google and Apple mean it."""
        utc = isinstance(start, datetime) and start.tzname() == "UTC"
        return start.astimezone(self._feed) if utc and self._feed else start

    def until(self, value: Any, start: Any) -> Any:
        """The end of a series in the form that the start asks for: a day means all of it."""
        if not isinstance(start, datetime):
            return value.date() if isinstance(value, datetime) else value
        if not isinstance(value, datetime):
            value = datetime.combine(value, _LAST_SECOND)
        return (value if value.tzinfo else value.replace(tzinfo=start.tzinfo)).astimezone(UTC)

    def ms(self, value: date | datetime) -> int:
        """ms of UTC; a date is the midnight with which it begins in the room's zone."""
        if isinstance(value, datetime):
            return (value - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(seconds=1) * 1000
        return midnight(value, self.room)
