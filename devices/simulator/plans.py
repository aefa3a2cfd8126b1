"""What is planned for a room on a day: meetings, walk-ins, calls, an evening event."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from random import Random
from zoneinfo import ZoneInfo

from devices.simulator.calendar import Interval, local_ms
from devices.simulator.people import Visit
from rooms.registry.models import Room

MINUTE = 60_000
_HALF_HOUR = 30 * MINUTE
Plan = tuple[Visit, int]  # and how many people come

# how likely a free half-hour starts a meeting, by local hour: dips at lunch, tails off
_BUSY = {7: 0.1, 8: 0.35, 9: 0.6, 10: 0.5, 11: 0.25, 12: 0.12, 13: 0.55, 14: 0.5, 15: 0.35, 16: 0.2}
_FRIDAY = 0.6
_NO_SHOW = 0.08
_CALL = 0.45
_EVENING = 0.06  # per large room and open day
_OFF_DAY = 0.05  # per room and closed day


@dataclass(frozen=True, slots=True)
class Draft:
    """The room, the day and the dice that a plan is made with."""

    room: Room
    day: date
    zone: ZoneInfo
    partners: Sequence[str | None]
    rng: Random

    @property
    def capacity(self) -> int:
        return self.room.capacity.at(self.day)

    def at(self, hour: int, minute: int = 0) -> int:
        return local_ms(self.day, time(hour, minute), self.zone)

    def visit(
        self,
        kind: str,
        start: int,
        minutes: int,
        partner: str | None = None,
        booked: bool = False,
        call: bool = False,
    ) -> Visit:
        stop = start + minutes * MINUTE
        return Visit(self.room.id, kind, start, stop, partner, booked, call)

    def partner(self) -> str | None:
        """Some partners meet more than others."""
        weights = [1 / (i + 1) for i in range(len(self.partners))]
        return self.rng.choices(self.partners, weights)[0]

    def party(self) -> int:
        """Few fill a room: most often a third of the seats."""
        return max(1, min(self.capacity, round(self.rng.triangular(1, self.capacity, 2))))

    def cleaning(self, window: Interval) -> list[Plan]:
        minutes = min(self.rng.randint(4, 8), (window[1] - window[0]) // MINUTE)
        spare = (window[1] - window[0]) // MINUTE - minutes
        start = window[0] + self.rng.randint(0, max(0, spare)) * MINUTE
        return [(self.visit("cleaning", start, minutes), 1)]


def plan_open_day(draft: Draft, spans: Sequence[Interval]) -> list[Plan]:
    plan = _plan_for(draft)
    plans = [entry for span in spans for entry in plan(draft, span)]
    if draft.capacity >= 8 and draft.rng.random() < _EVENING:
        event = draft.visit("off-hours", draft.at(18, 30), 120, partner=draft.partner())
        plans.append((event, draft.party()))
    return plans


def plan_closed_day(draft: Draft) -> list[Plan]:
    """Now and then somebody is there all the same."""
    if draft.rng.random() >= _OFF_DAY:
        return []
    start = draft.at(draft.rng.randint(10, 15), draft.rng.choice((0, 15, 30)))
    visit = draft.visit("off-hours", start, draft.rng.randint(40, 120), partner=draft.partner())
    return [(visit, draft.rng.randint(1, min(2, draft.capacity)))]


def _plan_for(draft: Draft) -> Callable[[Draft, Interval], list[Plan]]:
    if draft.room.private.at(draft.day):
        return _office
    return _booth if draft.capacity <= 2 else _meetings


def _meetings(draft: Draft, span: Interval) -> list[Plan]:
    """Half-hour by half-hour: a booked meeting, a walk-in, or nothing."""
    rng, plans = draft.rng, list[Plan]()
    mood = rng.uniform(0.6, 1.1) * (_FRIDAY if draft.day.weekday() == 4 else 1)
    t = span[0]
    while t < span[1]:
        following = t + _HALF_HOUR
        if rng.random() < mood * _BUSY.get(datetime.fromtimestamp(t / 1000, draft.zone).hour, 0.05):
            room_left = (span[1] - t) // MINUTE
            if rng.random() < 0.8:
                minutes = min(rng.choice((30, 30, 60, 60, 60, 90, 120)), room_left)
                visit = draft.visit(
                    "meeting",
                    t,
                    minutes,
                    partner=draft.partner(),
                    booked=True,
                    call=rng.random() < _CALL,
                )
                plans.append((visit, 0 if rng.random() < _NO_SHOW else draft.party()))
            else:
                start = t + rng.randint(0, 14) * MINUTE
                minutes = min(rng.randint(10, 45), room_left)
                visit = draft.visit("walk-in", start, minutes, partner=draft.partner())
                plans.append((visit, rng.randint(1, min(3, draft.capacity))))
            while following < visit.stop:
                following += _HALF_HOUR
        t = following
    return plans


def _booth(draft: Draft, span: Interval) -> list[Plan]:
    """Short calls by one person, now and then two."""
    plans, t = list[Plan](), span[0]
    while True:
        t += round(draft.rng.expovariate(1 / 55)) * MINUTE
        minutes = draft.rng.randint(6, 30)
        if t + minutes * MINUTE > span[1]:
            return plans
        people = min(draft.capacity, 2 if draft.rng.random() < 0.15 else 1)
        plans.append((draft.visit("call", t, minutes, partner=draft.partner(), call=True), people))
        t += minutes * MINUTE


def _office(draft: Draft, span: Interval) -> list[Plan]:
    """One person's day at the desk, away for lunch and some meetings."""
    rng, plans = draft.rng, list[Plan]()
    if rng.random() < 0.35:
        return plans  # works elsewhere today
    t = span[0] + rng.randint(30, 100) * MINUTE
    while True:
        minutes = rng.randint(35, 110)
        if t + minutes * MINUTE > span[1] - 45 * MINUTE:
            return plans
        plans.append((draft.visit("office", t, minutes, partner=draft.room.host), 1))
        t += (minutes + rng.randint(8, 50)) * MINUTE
