"""Who is told of a fault, and how: the routes of rooms.yaml (design 7).

All routes that match hold: who is in two of them is told once, at the earliest time either
gives; being told at once goes before the digest.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, Literal, NamedTuple

from rooms.alerts.awake import Awake
from rooms.alerts.message import Recipient, channels
from rooms.faults.fault import Fault
from rooms.registry import Registry, Site
from rooms.registry.alerting import Route

Send = Literal["now", "digest", "never"]

_BY_SEVERITY: Final[dict[str, Send]] = {"error": "now", "warning": "digest", "info": "never"}


class Listener(NamedTuple):
    """A person who is told of a fault."""

    person: str
    routes: tuple[Route, ...] = ()  # by which at once; none: in the digest
    escalated: bool = False  # only because nobody answered

    @property
    def remind(self) -> int | None:
        """Seconds."""
        return min((r.remind for r in self.routes if r.remind is not None), default=None)

    @property
    def urgent(self) -> bool:
        return any(route.urgent for route in self.routes)

    def soonest(self, awake: Awake, at: int) -> int:
        """The first moment from ``at`` on at which one of the routes lets them be told."""
        return min(
            (awake.soonest(at, urgent=r.urgent, hours=r.hours) for r in self.routes),
            default=awake.soonest(at),
        )


def site_of(fault: Fault, registry: Registry) -> Site:
    """Whose rules it goes by; what belongs to no site goes by the first one's."""
    return registry.sites.get(fault.site) or next(iter(registry.sites.values()))


def listeners(
    fault: Fault, registry: Registry, people: Sequence[Recipient], now: int
) -> dict[str, Listener]:
    """By person. Those to whom it was escalated are among them."""
    found: dict[str, Listener] = {}
    matching = _matching(fault, registry, now)
    for route in matching:
        how = _send(route, fault)
        for person in reached(route.to, people) if how != "never" else ():
            one = found.setdefault(person, Listener(person))
            if how == "now":
                found[person] = one._replace(routes=(*one.routes, route))
    for route in _escalating(fault, matching)[: fault.level]:
        assert route.escalate is not None
        for person in reached(route.escalate.to, people):
            one = found.get(person, Listener(person))
            found[person] = Listener(
                person, (*one.routes, route), escalated=one.escalated or not one.routes
            )
    if fault.code == "alert_undeliverable":
        return {id_: one for id_, one in found.items() if id_ not in _cut_off(fault, people)}
    return found


def _cut_off(fault: Fault, people: Iterable[Recipient]) -> set[str]:
    """Those who cannot be told of it: whose address it is, or who have no other way."""
    person, _, channel = fault.detail.rpartition(" ")
    if person:
        return {person}
    return {one.id for one in people if channels(one).keys() == {channel}}


def next_escalation(fault: Fault, registry: Registry, now: int) -> Route | None:
    """The route whose escalation is the fault's next, the quickest ones first."""
    steps = _escalating(fault, _matching(fault, registry, now))
    return steps[fault.level] if fault.level < len(steps) else None


def reached(to: Iterable[str] | None, people: Sequence[Recipient]) -> list[str]:
    """Those of ``to`` who are there; all maintainers where none is, or none is named."""
    there = {person.id for person in people}
    named = [id_ for id_ in dict.fromkeys(to or ()) if id_ in there]
    return named or [person.id for person in people if person.maintainer]


def _escalating(fault: Fault, matching: Iterable[Route]) -> list[Route]:
    steps = [
        (route.escalate.after, n, route)
        for n, route in enumerate(matching)
        if route.escalate is not None and _send(route, fault) != "never"
    ]
    return [route for _, _, route in sorted(steps, key=lambda step: step[:2])]


def _send(route: Route, fault: Fault) -> Send:
    if route.send is not None:
        return route.send
    return "now" if fault.code == "reported" else _BY_SEVERITY[fault.severity]


def _matching(fault: Fault, registry: Registry, now: int) -> list[Route]:
    """A fault that stands for several devices matches where one of them does."""
    subjects = fault.members or (fault.subject,)
    families = {registry.devices[s].model.family for s in subjects if s in registry.devices}
    rooms = {registry.room_of(device, now) for device in fault.members} | {fault.room}
    return [
        route
        for route in site_of(fault, registry).alerts.routes
        if (route.rooms is None or not rooms.isdisjoint(route.rooms))
        and (route.kinds is None or not families.isdisjoint(route.kinds))
        and (route.codes is None or fault.code in route.codes)
        and (route.severity is None or fault.severity in route.severity)
    ]
