"""What people should be told of by itself: news, that it is over, reminders, escalations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from rooms.alerts.message import Alert, Entry
from rooms.alerts.routes import Listener, next_escalation, reached
from rooms.alerts.scene import Scene
from rooms.faults.fault import Fault
from rooms.registry.alerting import Route


class Wish(NamedTuple):
    """``entry`` is to be told to a person between ``earliest`` and ``due``."""

    person: str
    site: str
    entry: Entry
    earliest: int
    due: int
    urgent: bool


_CALM: Final = 10  # times ``gather``

Waiting = Mapping[tuple[str, str], bool]  # (fault, person) of what waits; is it urgent?


def escalations(scene: Scene, escalating: Collection[str]) -> Iterator[tuple[Fault, Route]]:
    """Faults that nobody has answered for too long, with the route that says so.

    The time counts from when the first of the route's people was told, or a snooze ended, in
    waking hours only, unless the route is urgent. ``escalating`` are the sites whose routes do.
    """
    first: dict[str, dict[str, int]] = defaultdict(dict)
    for told in scene.told.values():
        first[told.fault][told.person] = told.first
    for fault in scene.faults.values():
        site = scene.site(fault).id
        if site not in escalating or fault.id not in first or not scene.tellable(fault):
            continue
        route = next_escalation(fault, scene.registry, scene.now)
        if route is None or route.escalate is None:
            continue
        told_at = [first[fault.id].get(p) for p in reached(route.to, scene.people)]
        known = [at for at in told_at if at is not None]
        if not known:
            continue
        start = max(min(known), fault.snoozed_until or 0)
        after = route.escalate.after * 1000
        if scene.now - start < after:
            continue
        start = max(start, scene.news(fault).at)  # it may have come back meanwhile
        awake = scene.awake(site)
        passed = scene.now - start if route.urgent else awake.between(start, scene.now)
        if passed >= after:
            yield fault, route


def news(scene: Scene, waiting: Waiting) -> Iterator[Wish]:
    """To those who should know of a fault and do not."""
    for fault in scene.faults.values():
        if not scene.tellable(fault):
            continue
        for listener in scene.listeners(fault).values():
            told = scene.told.get((fault.id, listener.person))
            known = told is not None and not told.digest
            queued = waiting.get((fault.id, listener.person))
            late = queued is None or (listener.urgent and not queued)
            if listener.routes and not known and late:
                more = listener.escalated or told is not None
                entry = scene.news(fault, escalated=more)
                yield _wish(scene, fault, listener, entry, gather=True)


def endings(scene: Scene, waiting: Waiting) -> Iterator[Wish]:
    """To those who were told of a fault that is over, unless in a digest only."""
    there = {person.id for person in scene.people}
    for told in scene.told.values():
        fault = scene.faults.get(told.fault)
        if fault is None or told.digest or told.person not in there or not scene.over(fault):
            continue
        if (fault.id, told.person) not in waiting:
            listener = scene.listeners(fault).get(told.person, Listener(told.person))
            entry = Entry(fault.id, "resolved", fault.resolved or scene.now)
            yield _wish(scene, fault, listener, entry, gather=True)


def reminders(scene: Scene, waiting: Waiting) -> Iterator[Wish]:
    """To those who were told, as often as their routes say and when a snooze ends.

    What would follow soon, half its time having passed, comes along, so that a person is
    reminded of everything at once.
    """
    due = set[tuple[str, str]]()
    soon: list[Wish] = []
    for told in scene.told.values():
        fault = scene.faults.get(told.fault)
        if fault is None or told.digest or not scene.tellable(fault):
            continue
        listener = scene.listeners(fault).get(told.person)
        if listener is None or not listener.routes or (fault.id, told.person) in waiting:
            continue
        passed = scene.now - told.last
        remind = listener.remind
        slept = fault.snoozed_until is not None and told.last < fault.snoozed_until
        if slept or (remind is not None and 2 * passed >= remind * 1000):
            entry = Entry(fault.id, "reminder", scene.now)
            wish = _wish(scene, fault, listener, entry, gather=False)
            soon.append(wish)
            if slept or (remind is not None and passed >= remind * 1000):
                due.add((wish.person, wish.site))
    yield from (wish for wish in soon if (wish.person, wish.site) in due)


def _wish(scene: Scene, fault: Fault, listener: Listener, entry: Entry, *, gather: bool) -> Wish:
    site = scene.site(fault)
    awake = scene.awake(site.id)
    wait = site.alerts.gather * 1000 if gather else 0
    if fault.reopened and entry.event in ("reopened", "resolved"):
        # it may come and go until it is found to be flapping
        wait *= _CALM
    return Wish(
        listener.person,
        site.id,
        entry,
        listener.soonest(awake, scene.now),
        listener.soonest(awake, scene.now + wait),
        listener.urgent,
    )


def queued(waiting: Iterable[Alert], wishes: Iterable[Wish], now: int) -> list[Alert]:
    """The alerts that tell the wishes: new ones (their id is 0), and waiting ones that go
    neither too early nor too late for a wish, with what was added."""
    alerts: defaultdict[tuple[str, str], list[Alert]] = defaultdict(list)
    for alert in waiting:
        if alert.kind == "faults":
            alerts[alert.person, alert.site].append(alert)
    changed: dict[tuple[str, str, int], Alert] = {}
    for wish in wishes:
        mine = alerts[wish.person, wish.site]
        fits = [n for n, one in enumerate(mine) if wish.earliest <= one.due <= wish.due]
        n = fits[0] if fits else len(mine)
        if not fits:
            mine.append(Alert(0, wish.person, "faults", wish.site, wish.due, now))
        entries = (*mine[n].entries, wish.entry)
        mine[n] = mine[n]._replace(entries=entries, urgent=mine[n].urgent or wish.urgent)
        changed[wish.person, wish.site, n] = mine[n]
    return [*changed.values()]


def merged(scene: Scene, alerts: Sequence[Alert]) -> Alert:
    """One message in place of several to one person, with what of them still holds."""
    entries = {
        entry.fault: entry
        for alert in reversed(alerts)
        for entry in reversed(alert.entries)
        if scene.still(alert, entry)
    }
    urgent = any(alert.urgent for alert in alerts)
    return alerts[0]._replace(entries=tuple(reversed(entries.values())), urgent=urgent)
