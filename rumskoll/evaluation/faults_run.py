"""Plays a month with known mishaps through decoders, pipeline, outbox, watch and alert queue."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import filterfalse, groupby, tee
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple

from collector.alert_queue import AlertQueue
from collector.faultwatch import FaultWatch
from collector.incoming import Incoming
from collector.pipeline import Pipeline
from devices.simulator.calendar import local_days
from devices.simulator.disturb import Disturbances, disturb
from devices.simulator.generate import Setting, messages, scenario_of
from devices.simulator.message import Message
from devices.simulator.mishap_known import known_mishaps
from devices.simulator.mishap_plan import plan_mishaps
from rooms.alerts.message import AlertKind, Recipient
from rooms.attribution import Booking
from rooms.faults.engine import CODES
from rooms.faults.flapping import FLAPPING
from rooms.intervals import Intervals, union
from rooms.registry import Registry, Site
from rooms.registry.registry import midnight
from rumskoll.evaluation.faults_air import bad_air
from rumskoll.evaluation.faults_expected import Expected, Explained, House, Truth
from rumskoll.evaluation.faults_judging import CodeScore, FoundFault, judge
from rumskoll.evaluation.faults_truth import truth_of
from rumskoll.evaluation.scenarios import MONDAY
from storage.outbox import Outbox
from storage.state import ServiceState

# The watch takes in what has come once a minute instead of at once. What it finds is the same,
# up to a minute later: rules count from the times of messages, not from when they are looked at,
# and a message counts as one about the present for two minutes.
STEP_MS: Final = 60_000
_MONTH_DAYS: Final = 30
_TIDY: Final = 500  # steps between which the outbox is emptied
_MEMORY: Final = Path("/dev/shm")  # noqa: S108 - files of one run, which nobody needs afterwards

# Frames in the air are lost and heard twice; wires lose nothing, but a reconnect repeats and delays
_BY_AIR: Final = Disturbances(loss=0.01, duplicates=0.01, disorder=0.005)
_BY_WIRE: Final = Disturbances(duplicates=0.002, disorder=0.002)
MAINTAINER: Final = Recipient("maintainer", "", "sv", "maintainer@example.org", (), True)


class Month(NamedTuple):
    """``messages``: how many the maintainer got, by kind; ``by_day`` by local day."""

    days: int
    devices: int
    scores: list[CodeScore]
    messages: Counter[AlertKind]
    busiest: int  # messages on one day

    def per_device_month(self, count: int) -> float:
        return count / (self.devices * self.days / _MONTH_DAYS)

    @property
    def met(self) -> bool:
        return all(score.met for score in self.scores)


def run_month(example: Site, seed: int, days: int, step: Callable[[float], None]) -> Month:
    """``step`` is told how far it is, 0 to 1."""
    registry = Registry([example])
    zone = registry.zone(example.id)
    start, stop = midnight(MONDAY, zone), midnight(MONDAY + timedelta(days=days), zone)
    quiet = Setting(seed, live_from=start)
    setting = Setting(
        seed, live_from=start, mishaps=tuple(plan_mishaps(registry, quiet, start, stop))
    )
    in_memory = _MEMORY if _MEMORY.is_dir() else None
    with TemporaryDirectory(dir=in_memory) as folder:
        state = ServiceState(Path(folder, "service.db"))
        try:
            _book(state, registry, setting, start, stop)
            _play(Path(folder), state, registry, setting, start, stop, step)
            found, counts, busiest = found_faults(state, stop), *_messages(state, registry)
        finally:
            state.close()
    truth = _truth(registry, setting, start, stop)
    scores = judge((*CODES, FLAPPING), truth, found)
    return Month(days, len(registry.devices), scores, counts, busiest)


def _play(
    folder: Path,
    state: ServiceState,
    registry: Registry,
    setting: Setting,
    start: int,
    stop: int,
    step: Callable[[float], None],
) -> None:
    outbox = Outbox(folder / "outbox.db")
    try:
        pipeline = Pipeline(registry, outbox)
        queue = AlertQueue(state, lambda: [MAINTAINER])
        watch = FaultWatch(state, registry, now=start, after=queue.step)
        watch.load(start)
        done = 0
        for n, (now, heard) in enumerate(_minutes(_heard(registry, setting, start, stop), stop)):
            pipeline.take(heard)
            with state.transaction():
                for chunk in outbox.after(done):
                    for point in chunk.points:
                        watch.note(point, now)
                    done = chunk.id
                watch.step(now, tick=True)
                watch.tell(now)
            if n % _TIDY == 0:
                for consumer in ("watch", "store"):
                    outbox.finished(consumer, done)
                step((now - start) / (stop - start))
    finally:
        outbox.close()


def _heard(registry: Registry, setting: Setting, start: int, stop: int) -> Iterator[Message]:
    def by_air(message: Message) -> bool:
        device = registry.devices.get(message.device)
        return device is not None and device.model.lorawan

    one, other = tee(messages(registry, setting, start, stop))
    air = disturb(filter(by_air, one), _BY_AIR, setting.seed)
    wire = disturb(filterfalse(by_air, other), _BY_WIRE, setting.seed)
    return heapq.merge(air, wire, key=lambda message: message.time)


def _minutes(stream: Iterator[Message], stop: int) -> Iterator[tuple[int, list[Incoming]]]:
    """What arrives in each minute, at its end; minutes without a message are told as well."""
    at = None
    for minute, arriving in groupby(stream, lambda message: message.time // STEP_MS):
        for empty in range(minute if at is None else at + 1, minute):
            yield (empty + 1) * STEP_MS, []
        at = minute
        if (at + 1) * STEP_MS > stop:
            return
        yield (at + 1) * STEP_MS, [_incoming(message) for message in arriving]


def _incoming(message: Message) -> Incoming:
    """To a subscriber that listens, the broker sends what is retained like all else.

    QoS 0: a redelivery is the session's matter, and recognised before the rules see it.
    """
    return Incoming(1, 0, message.topic, message.payload, message.time, 0, False, False, False)


def _book(state: ServiceState, registry: Registry, setting: Setting, start: int, stop: int) -> None:
    """The rooms' calendars, for the morning's room check."""
    for site in registry.sites.values():
        scenario = scenario_of(site, setting)
        booked: dict[str, list[Booking]] = {room.id: [] for room in site.rooms}
        for day in local_days(start, stop, scenario.zone):
            for room, truth in scenario.rooms(day).items():
                booked[room] += [
                    Booking(str(visit.start), visit.start, visit.stop, visit.partner)
                    for visit in truth.visits
                    if visit.booked
                ]
        for room, bookings in booked.items():
            state.claims.put_bookings(room, bookings, start, stop, start)


def _truth(registry: Registry, setting: Setting, start: int, stop: int) -> Truth:
    stays: dict[str, Intervals] = {}
    found: list[Expected | Explained] = []
    for site in registry.sites.values():
        scenario = scenario_of(site, setting)
        days = [*local_days(start, stop, scenario.zone)]
        for day in days:
            found += bad_air(registry, scenario, setting, day)
            for room, truth in scenario.rooms(day).items():
                stays[room] = [*stays.get(room, []), *truth.occupied]
    house = House(registry, setting.seed, {room: union(spans) for room, spans in stays.items()})
    of_mishaps = truth_of(house, known_mishaps(registry, setting, start, stop))
    return Truth(
        of_mishaps.expected + [one for one in found if isinstance(one, Expected)],
        of_mishaps.explained + [one for one in found if isinstance(one, Explained)],
    )


def found_faults(state: ServiceState, stop: int) -> list[FoundFault]:
    """Each time that a fault was told, until it was told to be over (or ``stop``)."""
    found: dict[str, list[FoundFault]] = {}
    for fault, one in state.faults.happened(0, 2**62):
        if one.kind in ("opened", "reopened"):
            told = FoundFault(fault.code, fault.subject, fault.detail, one.at, stop)
            found.setdefault(fault.id, []).append(told)
        elif one.kind == "resolved":
            found[fault.id][-1] = found[fault.id][-1]._replace(closed=one.at)
    return sorted((one for spells in found.values() for one in spells), key=lambda f: f.opened)


def _messages(state: ServiceState, registry: Registry) -> tuple[Counter[AlertKind], int]:
    """Those that were handed over to be sent, by kind, and on the busiest day."""
    sent = [alert for alert in state.alerts.newest(10**6) if alert.state == "sent"]
    by_day = Counter(registry.local_day(alert.site, alert.settled or 0) for alert in sent)
    return Counter(alert.kind for alert in sent), max(by_day.values(), default=0)
