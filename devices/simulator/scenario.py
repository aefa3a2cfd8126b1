"""Who is in which room on a day: seeded, each day and room on its own.

Independent days let history and a live run agree: both take the same day from
``(seed, site, room, day)``. All times are whole seconds in ms.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from datetime import date, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from devices.simulator.calendar import (
    Interval,
    cleaning_spans,
    day_bounds,
    local_ms,
    open_spans,
)
from devices.simulator.lively import lively_visits
from devices.simulator.people import RoomDay, Visit
from devices.simulator.physics import Air
from devices.simulator.plans import Draft, plan_closed_day, plan_open_day
from rooms.registry.models import Room, Site

MINUTE = 60_000
_KEPT_DAYS = 3


class Scenario:
    """One site's people; ``lively_from`` (ms) adds small visits at any hour from then on."""

    def __init__(self, site: Site, seed: int, lively_from: int | None = None) -> None:
        self.site = site
        self.seed = seed
        self.lively_from = lively_from
        self.zone = ZoneInfo(site.timezone)
        self._days: OrderedDict[date, dict[str, RoomDay]] = OrderedDict()

    def rooms(self, day: date) -> dict[str, RoomDay]:
        """The truth of a local day by room id; only the last few days are kept in memory."""
        if day not in self._days:
            self._days[day] = {room.id: self._room_day(room, day) for room in self.site.rooms}
            if len(self._days) > _KEPT_DAYS:
                self._days.popitem(last=False)
        return self._days[day]

    def air(self, room: Room, day: date, share: float = 1.0) -> Air:
        """CO2 and warmth of a room, following the people since noon of the day before."""
        before = day - timedelta(days=1)
        noon = local_ms(before, time(12), self.zone)
        steps = [s for s in self.rooms(before)[room.id].steps if s[1] > noon]
        steps += self.rooms(day)[room.id].steps
        return Air(room.capacity.at(day), noon, steps, share)

    def _room_day(self, room: Room, day: date) -> RoomDay:
        rng = Random(f"{self.seed}/{self.site.id}/{room.id}/{day}")
        spans = open_spans(self.site, day)
        partners: list[str | None] = [p.id for p in self.site.partners] or [None]
        draft = Draft(room, day, self.zone, partners, rng)
        plans = plan_open_day(draft, spans) if spans else plan_closed_day(draft)
        if spans:
            for window in cleaning_spans(self.site, room, day):
                plans += draft.cleaning(window)
        visits = list(self._attended(plans, draft))
        if self.lively_from is not None:
            visits += lively_visits(self.site, self.seed, self.lively_from, room, day, visits)
        return RoomDay(sorted(visits, key=lambda visit: visit.start))

    def _attended(self, plans: list[tuple[Visit, int]], draft: Draft) -> Iterator[Visit]:
        """Let people come to the plans in order, each party after the one before has left."""
        free, end = day_bounds(draft.day, self.zone)
        for visit, people in sorted(plans, key=lambda plan: plan[0].start):
            if free >= visit.stop - 2 * MINUTE:
                continue  # the room is still in use: they found another
            stays = stays_of(visit, people, free, end, draft.rng)
            attended = Visit(
                visit.room,
                visit.kind,
                visit.start,
                visit.stop,
                visit.partner,
                visit.booked,
                visit.call and bool(stays),
                stays,
            )
            free = max(free, attended.last_out)
            yield attended


def stays_of(visit: Visit, people: int, free: int, end: int, rng: Random) -> tuple[Interval, ...]:
    """Each person's stay(s): some early, some late, now and then one steps out for a while."""
    stays: list[Interval] = []
    length = visit.stop - visit.start
    slack = min(length // 6, 8 * MINUTE)
    for _ in range(people):
        arrive = visit.start + _seconds(rng.gauss(20, 100), -180_000, slack)
        leave = visit.stop + _seconds(rng.gauss(-60, 120), -slack, 4 * MINUTE)
        arrive, leave = max(arrive, free), min(leave, end)
        if leave - arrive < MINUTE:
            continue
        if length >= 50 * MINUTE and leave - arrive > 40 * MINUTE and rng.random() < 0.1:
            out = arrive + _seconds(rng.uniform(900, 1500), 0, length)
            back = out + _seconds(rng.uniform(150, 400), 0, length)
            stays += [(arrive, out), (back, leave)]
        else:
            stays.append((arrive, leave))
    return tuple(stays)


def _seconds(value: float, low: int, high: int) -> int:
    """Whole seconds, as ms, between two bounds in ms."""
    return min(max(round(value) * 1000, low), high) // 1000 * 1000
