"""The service about itself for Grafana (design 5): what became of messages, by minute and by
day. Pure but for ``lag_s``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, Final

from rooms.readings import FIELDS, Point
from rooms.registry import Registry
from rooms.registry.registry import midnight
from storage.batch import Account
from storage.outbox import Outbox

NOBODY: Final = "-"  # no device that is known, or may be told
OUTCOMES: Final = ("stored", "duplicate", "ignored", "quarantined")  # of a message, one of them
COUNTED: Final = ("received", *OUTCOMES, "unknown")


def day_of(registry: Registry, at: int) -> str:
    """The local day by which messages are accounted for: the first site's."""
    return registry.local_day(next(iter(registry.sites)), at).isoformat()


def days_between(registry: Registry, start: int, stop: int) -> list[str]:
    """All local days that ``[start, stop]`` ms touches."""
    first, last = (date.fromisoformat(day_of(registry, at)) for at in (start, stop))
    return [(first + timedelta(n)).isoformat() for n in range((last - first).days + 1)]


def totals(accounts: Mapping[Account, int]) -> Counter[str]:
    """Messages by what became of them, and those of unknown devices among the quarantined."""
    found: Counter[str] = Counter()
    for account, count in accounts.items():
        if account.outcome in OUTCOMES:
            found["received"] += count
            found[account.outcome] += count
            found["unknown"] += count * (account.reason == "unknown_device")
    return found


class Messages:
    """How many messages of each local day have been told of: the rest is told next.

    A replay takes messages out of the account again. Nothing can be told back, so what comes
    then is held against it, and no number is ever negative.
    """

    def __init__(self, days: Mapping[str, Mapping[str, int]]) -> None:
        self._told = {day: Counter(counts) for day, counts in days.items()}

    @property
    def days(self) -> dict[str, dict[str, int]]:
        """As they are kept."""
        return {day: dict(counts) for day, counts in self._told.items()}

    def take(self, now: Mapping[str, Counter[str]], oldest: str) -> Counter[str]:
        """What is new in the days' totals; days before ``oldest`` are closed after it."""
        new: Counter[str] = Counter()
        for day, counts in now.items():
            told = self._told.get(day, Counter())
            new += counts - told  # of positive numbers only
            self._told[day] = counts | told  # the greater of both
        self._told = {day: told for day, told in self._told.items() if day >= oldest}
        return new


def account_points(registry: Registry, day: str, accounts: Mapping[Account, int]) -> list[Point]:
    """``account`` of a local day, at its midnight. Points that the store refused are none.

    How much a device in one person's own office sent tells when somebody was there: it is
    counted with those of its source that are not known.
    """
    first = next(iter(registry.sites))
    time = midnight(date.fromisoformat(day), registry.zone(first))
    series: dict[tuple[str, str], Counter[str]] = {}
    for account, count in accounts.items():
        if account.outcome not in (*OUTCOMES, "missing"):
            continue
        named = bool(account.device) and not registry.hides_people(account.device, time)
        key = (account.source or NOBODY, account.device if named else NOBODY)
        counts = series.setdefault(key, Counter(dict.fromkeys((*OUTCOMES, "missing"), 0)))
        counts[account.outcome] += count
    points = []
    for (source, device), counts in sorted(series.items()):
        found = registry.sources.get(source)
        tags = {"site": found[0].id if found else first, "source": source, "device": device}
        received = sum(counts[name] for name in OUTCOMES)
        fields = {"received": received, **counts}
        points.append(Point("account", tags, time, {n: float(v) for n, v in fields.items()}))
    return points


def service_point(site: str, at: int, told: Mapping[str, float]) -> Point:
    """``service`` of the minute that begins at ``at`` (ms)."""
    return Point("service", {"site": site}, at, {name: float(v) for name, v in told.items()})


def lag_s(outbox: Outbox, consumer: str, now: int) -> float:
    """How old the readings are that a consumer of the outbox takes next; 0: it has all."""
    waiting: Iterable[Any] = outbox.after(outbox.done(consumer), 1)
    times = [p.time for chunk in waiting for p in chunk.points if p.measurement in FIELDS]
    return max(0, now - max(times, default=now)) / 1000
