"""What the decisions about alerts are made from at one moment.

They look at how things are, not at what has happened since the last look: who should know of
a fault and does not is told. So nothing is lost or said twice by a restart, a reload of the
files, or a clock that is set.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from rooms.alerts.awake import Awake
from rooms.alerts.holds import Holds
from rooms.alerts.message import Alert, Entry, Event, Recipient, Told
from rooms.alerts.routes import Listener, listeners, site_of
from rooms.faults.fault import Fault, Transition
from rooms.faults.report import REPORTED
from rooms.registry import Registry, Site

NEWS: Final[tuple[Event, ...]] = ("opened", "reopened", "released", "escalated")

Turns = Callable[[str], Sequence[Transition]]  # what happened to a fault, oldest first


class Scene:
    """``faults`` are the open ones and those that somebody was told of or is about to be."""

    def __init__(
        self,
        registry: Registry,
        people: Sequence[Recipient],
        awake: Mapping[str, Awake],
        faults: Iterable[Fault],
        told: Iterable[Told],
        holds: Holds,
        turns: Turns,
        now: int,
    ) -> None:
        self.registry = registry
        self.people = people
        ordered = sorted(faults, key=lambda fault: (fault.since, fault.key))
        self.faults = {fault.id: fault for fault in ordered}
        order = {id_: n for n, id_ in enumerate(self.faults)}
        self.told = {
            (one.fault, one.person): one
            for one in sorted(told, key=lambda one: (order.get(one.fault, -1), one.person))
        }
        self.now = now
        self._awake = awake
        self._holds = holds
        self._turns = turns
        self._listeners: dict[str, dict[str, Listener]] = {}

    def replace(self, fault: Fault) -> None:
        """It has changed."""
        self.faults[fault.id] = fault
        self._listeners.pop(fault.id, None)

    def site(self, fault: Fault) -> Site:
        return site_of(fault, self.registry)

    def awake(self, site: str) -> Awake:
        return self._awake[site]

    def listeners(self, fault: Fault) -> dict[str, Listener]:
        if fault.id not in self._listeners:
            self._listeners[fault.id] = listeners(fault, self.registry, self.people, self.now)
        return self._listeners[fault.id]

    def tellable(self, fault: Fault) -> bool:
        """It is there, nobody has taken care of it, and nothing keeps it back."""
        return (
            fault.open
            and not fault.held
            and fault.acknowledged is None
            and (fault.snoozed_until is None or fault.snoozed_until <= self.now)
        )

    def over(self, fault: Fault) -> bool:
        """It is over, and that may be told."""
        return not fault.open and not self._holds.of_itself(fault)

    def ended_by(self, fault: Fault) -> str:
        """The person who said that it is over; "" where it was found to be."""
        turns = self._turns(fault.id) if fault.code == REPORTED else ()
        return next((turn.who for turn in reversed(turns) if turn.kind == "resolved"), "")

    def news(self, fault: Fault, *, escalated: bool = False) -> Entry:
        """How it is told to somebody who does not know of it, or only of its beginnings.

        ``escalated``: that it got worse, or that nobody answered, is why they are told.
        """
        entry = Entry(fault.id, "opened", fault.opened)
        for turn in self._turns(fault.id):
            for event in NEWS if escalated else NEWS[:3]:
                if turn.kind == event:
                    entry = Entry(fault.id, event, turn.at)
        return entry

    def still(self, alert: Alert, entry: Entry) -> bool:
        """Does it hold what an alert wants to say, and may it be said now?

        What is left out here and is still to be told comes back by itself, at its own time.
        """
        fault = self.faults.get(entry.fault)
        if fault is None:
            return False
        told = self.told.get((fault.id, alert.person))
        in_digest = alert.kind == "digest"
        if entry.event == "resolved":
            holds = told is not None and told.digest == in_digest and self.over(fault)
        elif entry.event == "reminder":
            holds = self.tellable(fault)
        else:
            known = told is not None and (in_digest or not told.digest)
            holds = self.tellable(fault) and not known
        return holds and (alert.kind != "faults" or self._now_is_right(fault, alert.person))

    def _now_is_right(self, fault: Fault, person: str) -> bool:
        listener = self.listeners(fault).get(person)
        if listener is None or not listener.routes:
            if fault.open:
                return False  # the routes have changed
            listener = Listener(person)
        return listener.soonest(self.awake(self.site(fault).id), self.now) <= self.now
