"""Computes the derived series (design 5): slots, hours, days, months, partners, sites.

Hours that readings, claims or the registry made dirty are computed again from the store with
all that depends on them, by local day, and written whole; only then are they clean. So a kill
at any point leaves work to be done again, and doing it twice changes nothing.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Final

import structlog

from collector.rollup_evidence import write_evidence
from collector.rollup_plan import Bounds, Work, monday, planned, weeks
from collector.rollup_registry import mark, mark_changed
from collector.rollup_series import write_days, write_sums
from collector.rollup_slots import slot_points
from rooms.attribution import LEFT, LOOKBACK
from rooms.intervals import clip, intersect, union
from rooms.readings import Point
from rooms.registry import Registry
from rooms.registry.registry import FOREVER
from rooms.slots import SLOT
from rooms.units import HOUR_MS
from storage.outbox import Outbox
from storage.roomdays import RoomDays, room_days, span
from storage.state import DirtyHour, ServiceState, Spell
from storage.store import Refused, Store, StoreError

log = structlog.get_logger()

EVERY_S: Final = 20.0
UNSETTLED_EVERY_MS: Final = 5 * 60_000
TOGETHER: Final = 25  # rooms written at a time
CURSOR: Final = "rollup_at"  # all that was dirty before this time (ms) has been computed

Progress = Callable[[int, int], None]  # dirty hours done so far, and in all
Spells = dict[str, list[Spell]]  # by subject


def _in_silence(_done: int, _total: int) -> None:
    pass


class Rollup:
    """One thread runs ``run``, or somebody calls ``step``."""

    def __init__(
        self,
        outbox: Outbox,
        state: ServiceState,
        store: Store,
        registry: Callable[[], Registry],
        *,
        clock: Callable[[], int],
        retention_ms: int | None,
    ) -> None:
        self._outbox = outbox
        self._state = state
        self._store = store
        self._registry = registry
        self._clock = clock
        self._retention_ms = retention_ms
        self._followed: Registry | None = None
        self._unsettled_at = 0
        self._told: set[tuple[str, str]] = set()
        self._stop = threading.Event()

    def run(self) -> None:
        told = ""
        while not self._stop.wait(EVERY_S):
            try:
                self.step()
                told = ""
            except StoreError as error:  # the hours stay dirty
                if str(error) != told:
                    log.warning("roll-up waits for the store", reason=str(error))
                told = str(error)

    def stop(self) -> None:
        self._stop.set()

    def step(self, progress: Progress = _in_silence) -> int:
        """Compute what is dirty and all readings of which are in the store; return how many
        room-days.

        Hours that may still change as time goes on are looked at every five minutes. When
        there is more to catch up with than that takes, the rest is left to the next step.
        """
        now, registry = self._clock(), self._registry()
        if registry is not self._followed:
            self._bounds = Bounds(registry, self._retention_ms)
            mark_changed(self._state, self._store, registry, self._bounds, now)
            self._followed = registry
        unsettled = now - self._unsettled_at >= UNSETTLED_EVERY_MS
        count, done, total = 0, 0, self._state.dirty.count(-FOREVER, now)

        def tell(hours: int) -> None:
            nonlocal done
            done += hours
            progress(done, total)

        for n, dirty in enumerate(self._dirty(registry, now)):
            if n > 1 and self._clock() - now >= UNSETTLED_EVERY_MS:
                return count  # with one older week at least, or there would be no end to it
            wanted = dirty if unsettled else self._settled(dirty, now)
            count += self._compute_all(registry, wanted, now, tell)
            if self._stop.is_set():
                return count
        if unsettled:
            self._unsettled_at = now
            self._state.live.set_cursor(CURSOR, now)
        return count

    def mark(self, rooms: Collection[str], start: int, stop: int) -> int:
        """Make the rooms' time dirty, as far as there is anything to compute from; return the
        time (ms) before which it is frozen."""
        now, registry = self._clock(), self._registry()
        bounds = Bounds(registry, self._retention_ms)
        mark(self._state, self._store, registry, bounds, rooms, start, now, stop)
        return max(bounds.oldest(room, now) for room in rooms)

    def _dirty(self, registry: Registry, now: int) -> Iterator[list[DirtyHour]]:
        """What can be computed, by local weeks, for all at once may be very much; the newest
        first, for that is looked at."""
        stored, stop = self._outbox.done("store"), now
        while (newest := self._state.dirty.newest(stop, stored)) is not None:
            start = min(monday(newest, registry.zone(site)) for site in registry.sites)
            yield self._state.dirty.ready(stop, stored, start)
            stop = start

    def _compute_all(
        self,
        registry: Registry,
        dirty: Sequence[DirtyHour],
        now: int,
        tell: Callable[[int], None],
    ) -> int:
        """Compute and clean; ``tell`` is told of hours that are done."""
        plan = planned(registry, self._bounds, dirty, now)
        self._state.dirty.clean(plan.gone + plan.frozen)
        if plan.frozen:
            log.warning(
                "hours whose readings may have expired stay as they were computed",
                hours=len(plan.frozen),
            )
        tell(len(plan.gone) + len(plan.frozen))
        count = 0
        for week, hours in weeks(plan):
            count += self._week(registry, week, now, tell)
            if self._stop.is_set():
                break
            self._state.dirty.clean(self._settled(hours, now))
        return count

    def _settled(self, dirty: Iterable[DirtyHour], now: int) -> list[DirtyHour]:
        return [one for one in dirty if self._bounds.settled(one.room, one.hour, now)]

    def _week(
        self,
        registry: Registry,
        week: Sequence[Work],
        now: int,
        tell: Callable[[int], None],
    ) -> int:
        """A site's rooms, then what is summed from them."""
        count, days = 0, set[date]()
        spells = self._spells(registry, week, now)
        for batch in _batches(week):
            if self._stop.is_set():
                return count
            found = [(work, self._compute(registry, work, spells, now)) for work in batch]
            self._write(registry, found, spells, now)
            done = [day.day for _, parts in found for part in parts for day in part.days]
            days.update(done)
            count += len(done)
            tell(sum(len(work.hours) for work in batch))
        self._note(write_sums(self._store, week[0].site, days, registry))
        return count

    def _spells(self, registry: Registry, week: Sequence[Work], now: int) -> Spells:
        # from a day before and to this moment: the days beside may be computed as well
        day = timedelta(1)
        spans = [span(registry, work.room, work.first - day, work.last) for work in week]
        by_subject: Spells = {}
        for spell in self._state.faults.spells(min(start for start, _ in spans), now + 1):
            by_subject.setdefault(spell.subject, []).append(spell)
        return by_subject

    def _compute(self, registry: Registry, work: Work, spells: Spells, now: int) -> list[RoomDays]:
        """The days asked for, then those beside them that what is dirty may reach."""
        room, claims, own_spells = work.room, self._state.claims, _of(registry, work.room, spells)

        def days(first: date, last: date) -> RoomDays:
            return room_days(self._store, claims, own_spells, registry, room, first, last, now)

        found = [days(work.first, work.last)]
        dirty, own = work.hours, found[0]
        before, oldest = work.first - timedelta(1), self._bounds.oldest(work.room, now)
        if dirty[0].hour < own.start + LEFT and own.start > oldest and own.reaches_back:
            found.append(days(before, before))
        reach = dirty[-1].hour + HOUR_MS + LOOKBACK + LEFT
        last = own
        while last.stop < min(reach, now) and last.reaches_on:
            after = last.days[-1].day + timedelta(1)
            last = days(after, after)
            found.append(last)
        return found

    def _write(
        self,
        registry: Registry,
        found: Sequence[tuple[Work, Sequence[RoomDays]]],
        spells: Spells,
        now: int,
    ) -> None:
        slots: list[Point] = []
        for work, (own, *_) in found:
            open_ = [
                (day.start, day.stop)
                for day in own.days
                if not registry.private(work.room, day.start)
            ]
            hours = union((hour.hour, hour.hour + HOUR_MS) for hour in work.hours)
            drawn = intersect(clip(hours, self._oldest_slot(now), now), open_)
            own_spells = _of(registry, work.room, spells)
            slots += slot_points(registry, work.room, own, drawn, own_spells)
        days = [(work.room, part.days) for work, parts in found for part in parts]
        self._note(self._store.write(slots))
        self._note(write_days(self._store, registry, days))
        write_evidence(self._state, registry, days)

    def _oldest_slot(self, now: int) -> int:
        return -FOREVER if self._retention_ms is None else now - self._retention_ms + SLOT

    def _note(self, refused: Iterable[Refused]) -> None:
        """What the store will never take is told once for each reason."""
        for point, reason in refused:
            if (point.measurement, reason) not in self._told:
                self._told.add((point.measurement, reason))
                log.error(
                    "the store refuses a derived point",
                    point=point.measurement,
                    tags=point.tags,
                    time=point.time,
                    reason=reason,
                )


def _of(registry: Registry, room: str, spells: Spells) -> list[Spell]:
    """Those of all devices that ever stood in the room: a site's would be looked at by each."""
    ever = {stay.device.device.id for stay in registry.devices_in(room, -FOREVER, FOREVER)}
    return [spell for device in sorted(ever) for spell in spells.get(device, ())]


def _batches(week: Sequence[Work]) -> Iterator[Sequence[Work]]:
    for i in range(0, len(week), TOGETHER):
        yield week[i : i + TOGETHER]
