"""Who is told what and when: decided in ``rooms.alerts``, kept in ``service.db`` (design 7).

The queue has no memory of its own: each step looks at the faults, at who knows of them and
at what waits, and writes what follows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import time
from itertools import chain, groupby
from typing import Final

import structlog

from collector.alert_scene import read_scene
from rooms.alerts.awake import Awake
from rooms.alerts.message import Alert, AlertKind, Delivery, Recipient, Told, channels
from rooms.alerts.morning import digest, room_check, worth_sending
from rooms.alerts.scene import NEWS, Scene
from rooms.alerts.wishes import endings, escalations, merged, news, queued, reminders
from rooms.calendar import day_bounds
from rooms.faults.lifecycle import escalate
from rooms.faults.windows import read_window
from rooms.registry import Registry
from rooms.units import HOUR_MS
from storage.state import ServiceState

log = structlog.get_logger()

# in this order what is due at once is handed over: what one says, the next need not
_KINDS: Final[tuple[AlertKind, ...]] = ("faults", "digest", "room_check")


class AlertQueue:
    """``people`` are those of contacts.yaml, as it stands."""

    def __init__(self, state: ServiceState, people: Callable[[], Sequence[Recipient]]) -> None:
        self._state = state
        self._people = people
        self._registry: Registry | None = None
        self._awake: dict[str, Awake] = {}

    def step(self, registry: Registry, now: int) -> None:
        """Hold and release, queue what is to be told, hand over what is due.

        Inside the caller's transaction.
        """
        if not registry.sites:
            return
        if registry is not self._registry:
            self._registry = registry
            self._awake = {site.id: Awake(site) for site in registry.sites.values()}
            self._look_at_windows()
        with self._state.transaction():
            people = self._people()
            waiting = self._waiting(people, now)
            scene = read_scene(self._state, registry, self._awake, people, waiting, now)
            self._escalate(scene)
            self._forget(scene)
            waiting += self._put(self._morning(scene))
            self._queue(scene, waiting)
            self._hand_over(scene)

    def _look_at_windows(self) -> None:
        for window in self._state.windows.all():
            if read_window(window.body) is None:
                log.warning(
                    "a maintenance window cannot be read and holds nothing back", window=window.id
                )

    def _waiting(self, people: Iterable[Recipient], now: int) -> list[Alert]:
        """Without those to people and of sites that are gone."""
        there = {person.id for person in people if channels(person)}
        found = []
        for alert in self._state.alerts.waiting():
            if alert.kind not in _KINDS:
                continue
            if alert.person in there and alert.site in self._awake:
                found.append(alert)
            else:
                self._drop(alert, now)
        return found

    # ---- what follows

    def _escalate(self, scene: Scene) -> None:
        sites = {
            site.id
            for site in scene.registry.sites.values()
            if any(route.escalate is not None for route in site.alerts.routes)
        }
        found = [*escalations(scene, sites)] if sites else []
        changes = [escalate(fault, scene.now, route.id) for fault, route in found]
        if changes:
            self._state.faults.put(changes, scene.now)
        for change in changes:
            scene.replace(change.fault)

    def _forget(self, scene: Scene) -> None:
        """Of what is over: who is gone, who said so, and whom no digest will tell."""
        there = {person.id for person in scene.people}
        for told in [*scene.told.values()]:
            fault = scene.faults.get(told.fault)
            if fault is not None and fault.open:
                continue
            if (
                fault is None
                or told.person not in there
                or (told.digest and scene.site(fault).alerts.digest is None)
                or scene.ended_by(fault) == told.person
            ):
                self._untell(scene, [told.fault], told.person)

    def _morning(self, scene: Scene) -> Iterator[Alert]:
        """The digest and the room check: each once a day and person, empty ones too."""
        for site in scene.registry.sites.values():
            for person, due in self._without(scene, "digest", site.id, site.alerts.digest):
                entries = digest(scene, person, site.id)
                yield Alert(0, person, "digest", site.id, due, scene.now, entries=entries)
            for person, due in self._without(scene, "room_check", site.id, site.alerts.room_check):
                entries = room_check(scene, person, site.id, self._booked(scene, site.id))
                yield Alert(0, person, "room_check", site.id, due, scene.now, entries=entries)

    def _without(
        self, scene: Scene, kind: AlertKind, site: str, clock: time | None
    ) -> Iterator[tuple[str, int]]:
        """Those who have not got theirs today though it is time, with that time."""
        awake = self._awake[site]
        due = None if clock is None else awake.morning(clock, scene.now)
        if due is None:
            return
        for person in scene.people:
            last = self._state.alerts.last(kind, person.id, site)
            if last is None or awake.day(last.due) != awake.day(due):
                yield person.id, due

    def _booked(self, scene: Scene, site: str) -> set[str]:
        """Rooms with a booking in what is left of today; one person's own are left alone."""
        awake, registry = self._awake[site], scene.registry
        _, midnight = day_bounds(awake.day(scene.now), awake.zone)
        rooms = self._state.claims.to_come(scene.now, midnight)
        return {r for r in rooms if r in registry.rooms and not registry.private(r, scene.now)}

    def _queue(self, scene: Scene, waiting: Sequence[Alert]) -> None:
        known = {
            (entry.fault, alert.person): alert.urgent
            for alert in waiting
            for entry in alert.entries
        }
        wishes = chain(news(scene, known), endings(scene, known), reminders(scene, known))
        self._put(queued(waiting, wishes, scene.now))

    # ---- handing over

    def _hand_over(self, scene: Scene) -> None:
        """What is due, pruned to what still holds; what comes to nothing is dropped."""

        def key(alert: Alert) -> tuple[str, str, int]:
            return alert.person, alert.site, _KINDS.index(alert.kind)

        waiting = [a for a in self._state.alerts.waiting() if a.kind in _KINDS]
        # one from the future was queued before the clock was set back
        due = [a for a in waiting if a.due <= scene.now or a.created > scene.now]
        for _, group in groupby(sorted(due, key=key), key):
            first, *others = group
            for other in others:
                self._drop(other, scene.now)
            alert = merged(scene, [first, *others])
            if not worth_sending(scene, alert):
                self._drop(first, scene.now)
            elif (free := self._free(scene, alert)) > scene.now:
                self._put([alert._replace(due=free, created=min(alert.created, scene.now))])
            else:
                self._send(scene, alert)

    def _free(self, scene: Scene, alert: Alert) -> int:
        """When the person may get one more message."""
        most = scene.registry.sites[alert.site].alerts.at_most
        sent = [
            one.settled
            for one in self._state.alerts.sent_since(alert.person, scene.now - HOUR_MS + 1)
            if one.settled is not None and one.settled <= scene.now and one.kind in _KINDS
        ]
        return scene.now if len(sent) < most else sent[-most] + HOUR_MS

    def _send(self, scene: Scene, alert: Alert) -> None:
        now, person = scene.now, alert.person
        self._state.alerts.put(alert._replace(state="sent", settled=now))
        recipient = next(one for one in scene.people if one.id == person)
        self._state.alerts.put_deliveries(
            Delivery(alert.id, channel, next_try=now) for channel in channels(recipient)
        )
        in_digest = alert.kind == "digest"
        told = [
            entry.fault
            for entry in alert.entries
            if entry.event in NEWS or (entry.event == "reminder" and not in_digest)
        ]
        self._state.alerts.tell(told, person, now, digest=in_digest)
        for fault in told:
            before = scene.told.get((fault, person))
            scene.told[fault, person] = Told(
                fault, person, before.first if before else now, now, in_digest
            )
        self._untell(scene, [e.fault for e in alert.entries if e.event == "resolved"], person)

    def _untell(self, scene: Scene, faults: Sequence[str], person: str) -> None:
        self._state.alerts.untell(faults, person)
        for fault in faults:
            scene.told.pop((fault, person), None)

    def _put(self, alerts: Iterable[Alert]) -> list[Alert]:
        return [alert._replace(id=self._state.alerts.put(alert)) for alert in alerts]

    def _drop(self, alert: Alert, now: int) -> None:
        self._state.alerts.put(alert._replace(state="dropped", settled=now))
