"""Rules of time, duplicates and gaps that turn decoded messages into readings (design 3).

Pure state machines: they hold what they have seen, and are told the time.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping

from rooms.readings import Value

AHEAD_MS = 5 * 60_000  # a device's clock may be this far ahead
SKEW_WORTH_NOTING_MS = 5 * 60_000
KEYS_PER_DEVICE = 64
LONGEST_GAP = 1000  # a larger jump in a sequence is a restart, not loss
REMEMBERED_GAPS = 64  # numbers that may still come late; of older ones it is too late to tell


class TooOld(Exception):
    """The message is older than its source allows; never moved to the time of arrival."""


def place_time(device_time: int, arrival: int, max_age_ms: int | None) -> int | None:
    """When a message with a device time happened, ms; ``max_age_ms`` ``None``: any age will do.

    ``None`` when the time is more than 5 minutes ahead: the clock is off, and the
    message counts as one without a time. Raises ``TooOld``.
    """
    if device_time - arrival > AHEAD_MS:
        return None
    if max_age_ms is not None and arrival - device_time > max_age_ms:
        raise TooOld
    return device_time


class Skews:
    """Tells clocks that are off from messages that are late.

    A wrong clock is off by the same amount message after message, as time goes by;
    what waited somewhere is late by different amounts, or comes all at once. Noted
    after three in a row, and then once in ten minutes.
    """

    _STEADY_MS = 60_000
    _LONG_MS = 120_000  # lateness as steady as that for as long is none: it is a clock
    _NOTE_EVERY_MS = 600_000

    def __init__(self) -> None:
        self._runs: dict[str, tuple[int, int, int]] = {}  # device -> offset, arrival, length
        self._noted: dict[str, int] = {}

    def note(self, device: str, device_time: int, arrival: int) -> float | None:
        """Seconds that the device's clock is ahead (+) or behind (-), when worth noting."""
        off = device_time - arrival
        if abs(off) <= SKEW_WORTH_NOTING_MS:
            self._runs.pop(device, None)
            return None
        first, since, length = self._runs.get(device, (off, arrival, 0))
        if abs(off - first) > self._STEADY_MS:
            first, since, length = off, arrival, 0
        self._runs[device] = (first, since, length + 1)
        # nothing arrives before it is sent: what is ahead cannot be late
        certain = length >= 2 and (off > 0 or arrival - since >= self._LONG_MS)
        due = arrival - self._noted.get(device, -self._NOTE_EVERY_MS) >= self._NOTE_EVERY_MS
        if not certain or not due:
            return None
        self._noted[device] = arrival
        return off / 1000


class ArrivalClock:
    """Makes arrival times unique per device by +1 ms, so that no message hides another."""

    def __init__(self, last: Mapping[str, int] | None = None) -> None:
        self._last = dict(last or {})

    def stamp(self, device: str, arrival: int) -> int:
        last = self._last.get(device, 0)
        # further ahead than any burst: our own clock was wrong then, and is right now
        time = arrival if last - arrival > AHEAD_MS else max(arrival, last + 1)
        self._last[device] = time
        return time


class Duplicates:
    """Recognises copies of a message by its key, within the last few of each device."""

    def __init__(self, keep: int = KEYS_PER_DEVICE) -> None:
        self._keep = keep
        self._seen: dict[str, OrderedDict[str, None]] = {}

    def is_copy(self, device: str, key: str) -> bool:
        """Has this key of this device been noted lately?"""
        return key in self._seen.get(device, ())

    def note(self, device: str, key: str) -> None:
        """The message has been made use of: its copies are worth nothing from here on."""
        seen = self._seen.setdefault(device, OrderedDict())
        seen[key] = None
        if len(seen) > self._keep:
            seen.popitem(last=False)


class Sequence:
    """Counts what is missing of one device's numbered messages.

    A message that comes late is taken off again. A smaller number under a later
    time, or a jump of over 1,000, is a restart of the device's counter.
    """

    __slots__ = ("_last", "_missing", "_time")

    def __init__(self) -> None:
        self._last: int | None = None
        self._time = 0
        self._missing: OrderedDict[int, None] = OrderedDict()

    def note(self, seq: int, time: int) -> int:
        """Change in the number of missing messages: +n for a gap, -1 for a late arrival.

        ``time`` (ms) is when the message was sent, as far as that is known.
        """
        last = self._last
        if last is not None and seq != last + 1 and (time < self._time or seq in self._missing):
            return -1 if self._missing.pop(seq, 0) is None else 0
        self._last, self._time = seq, time
        if last is None or seq in (last, last + 1):
            return 0
        if last < seq <= last + LONGEST_GAP:
            for late in range(max(last + 1, seq - REMEMBERED_GAPS), seq):
                self._missing[late] = None
            while len(self._missing) > REMEMBERED_GAPS:
                self._missing.popitem(last=False)
            return seq - last - 1
        self._missing.clear()
        return 0


class Latest:
    """Overlays partial messages: the newest value of each field with its own time."""

    __slots__ = ("fields", "heard")

    def __init__(self, fields: Mapping[str, tuple[int, Value]] | None = None, heard: int = 0):
        self.fields: dict[str, tuple[int, Value]] = dict(fields or {})
        self.heard = heard  # time of the newest message, ms; 0: never

    def lay_over(self, kind: str, time: int, fields: Mapping[str, Value]) -> None:
        """Fields of ``kind`` at ``time``; an older message changes no newer field."""
        self.heard = max(self.heard, time)
        for name, value in fields.items():
            key = f"{kind}.{name}"
            old = self.fields.get(key)
            if old is None or old[0] <= time:
                self.fields[key] = (time, value)
