"""Delivers what the alert queue has handed over: at least once, and nobody waits for another.

Every address but the mail server's has a lane of its own, a thread that lives as long as it
has something to send. A delivery is marked right after the other side took it on, so that a
kill repeats the one in flight and loses none.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from typing import TYPE_CHECKING, Final, Protocol

import structlog

from collector.transports.base import (
    Batch,
    Message,
    Passing,
    Permanent,
    ServerAway,
    ServerTrouble,
    Tone,
    Transport,
    Undelivered,
)
from collector.undeliverable import Undeliverable
from rooms.alerts.failure import Failure
from rooms.alerts.message import Alert, Delivery, Recipient, channels
from rooms.alerts.overtaken import overtaken
from rooms.units import DAY_MS, HOUR_MS
from storage.state import ServiceState

if TYPE_CHECKING:
    from collector.composing import Composed

log = structlog.get_logger()

LOOK_S: Final = 1.0
FIRST_PAUSE_MS: Final = 60_000  # after a failure, then twice as long each time
LONGEST_PAUSE_MS: Final = HOUR_MS
LONG_MS: Final = DAY_MS  # failing for so long is a fault
GIVE_UP_MS: Final = 3 * DAY_MS
LEAST_TRIES: Final = 12  # nights and closed days may have left few
LEAVE_S: Final = 5.0

Key = tuple[int, str]  # of a delivery: alert, channel


class Composes(Protocol):
    def compose(self, alert: Alert, recipient: Recipient, now: int) -> Composed: ...


def _at_once(_: Alert, at: int) -> int:
    return at


class Alerts:
    """One thread runs ``run``. ``transports`` are by what a channel's name begins with, and
    ``soonest`` says from when on (ms) an alert that could not be sent may still disturb."""

    def __init__(
        self,
        state: ServiceState,
        composer: Composes,
        people: Callable[[], Sequence[Recipient]],
        transports: Mapping[str, Transport],
        *,
        clock: Callable[[], int],
        soonest: Callable[[Alert, int], int] = _at_once,
    ) -> None:
        self._state = state
        self._soonest = soonest
        self._composer = composer
        self._people_now = people
        self._transports = transports
        self._clock = clock
        self._people: dict[str, Recipient] | None = None
        self.undeliverable = Undeliverable(state)
        self._lanes: dict[str, threading.Thread] = {}
        self._unstored: dict[Key, Delivery] = {}  # what is known and not yet written down
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._stopped = False
        self.last_step = 0  # ms

    def run(self) -> None:
        while not self._stopped:
            self.step()
            self._wake.wait(LOOK_S)
            self._wake.clear()
        self.join(LEAVE_S)

    def stop(self) -> None:
        self._stopped = True
        for transport in self._transports.values():
            transport.stop()
        self._wake.set()

    def join(self, timeout: float | None = None) -> None:
        """Wait until nothing is being sent."""
        for lane in [*self._lanes.values()]:
            lane.join(timeout)

    def step(self) -> None:
        """Start a lane for what is due, unless it is at work already. Waits for nobody."""
        now, people = self._clock(), {person.id: person for person in self._people_now()}
        self._store()  # first: a disk that was full must not make us send again
        # what is set right, here or by a restart, is tried at once; so if the clock is set back
        anew = people != self._people or now < self.last_step - FIRST_PAUSE_MS
        self._people = people
        self.undeliverable.forget_gone(people, now)
        busy = {*self._lanes}  # before looking: what a lane settles meanwhile is not taken again
        waiting: dict[str, list[Delivery]] = {}
        for delivery in self._state.alerts.on_their_way():
            if self._address(delivery) is None:
                self._turn_to_others(delivery, now)
            elif delivery.channel not in busy:
                waiting.setdefault(delivery.channel, []).append(delivery)
        for channel, deliveries in waiting.items():
            due = [d for d in self._without_overtaken(deliveries, now) if self._due(d, now, anew)]
            if due:
                self._start(channel, due)
        self.last_step = now

    def _address(self, delivery: Delivery) -> str | None:
        """Where it goes, as contacts.yaml now says."""
        alert = self._state.alerts.get(delivery.alert)
        person = (self._people or {}).get(alert.person) if alert else None
        return channels(person).get(delivery.channel) if person else None

    def _turn_to_others(self, delivery: Delivery, now: int) -> None:
        """The address is gone: the person's others get what they have not got yet."""
        given_up = delivery._replace(state="failed", error=Failure("gone").stored, settled=now)
        alert = self._state.alerts.get(delivery.alert)
        person = (self._people or {}).get(alert.person) if alert else None
        others = channels(person).keys() if person else set()
        with self._state.transaction():
            known = {d.channel for d in self._state.alerts.deliveries(delivery.alert)}
            new = [Delivery(delivery.alert, other) for other in others if other not in known]
            self._state.alerts.put_deliveries([given_up, *new])

    def _without_overtaken(self, waiting: Sequence[Delivery], now: int) -> list[Delivery]:
        alerts = {d.alert: a for d in waiting if (a := self._state.alerts.get(d.alert))}
        late, error = overtaken(waiting, alerts, self._is_there), Failure("overtaken").stored
        if late:
            self._state.alerts.put_deliveries(
                one._replace(state="failed", error=error, settled=now)
                for one in waiting
                if one.alert in late
            )
        return [delivery for delivery in waiting if delivery.alert not in late]

    def _is_there(self, id_: str) -> bool:
        fault = self._state.faults.get(id_)
        return fault is not None and fault.open

    def _due(self, delivery: Delivery, now: int, anew: bool) -> bool:
        if delivery.next_try <= now:
            return True
        alert = self._state.alerts.get(delivery.alert) if anew else None
        return alert is not None and self._soonest(alert, now) <= now

    # ---- a lane

    def _start(self, channel: str, deliveries: list[Delivery]) -> None:
        lane = threading.Thread(
            target=self._work, args=(channel, deliveries), name=f"alerts {channel}", daemon=True
        )
        self._lanes[channel] = lane
        lane.start()

    def _work(self, channel: str, deliveries: list[Delivery]) -> None:
        try:
            with closing(self._transports[channel.partition(":")[0]].batch()) as batch:
                # one that fails again and again goes behind those that may not
                for delivery in sorted(deliveries, key=lambda d: d.attempts):
                    if not self._stopped:
                        self._deliver(batch, delivery)
        except Exception:
            if not self._stopped:  # the data folder may be closed already
                log.exception("alerts could not be delivered", channel=channel)
        finally:
            del self._lanes[channel]
            self._wake.set()

    def _deliver(self, batch: Batch, delivery: Delivery) -> None:
        alert = self._state.alerts.get(delivery.alert)
        address = self._address(delivery)
        if alert is None or address is None:
            return  # gone since; the next step sees to it
        person = (self._people or {})[alert.person]
        try:
            batch.send(address, self._message(alert, person))
        except Undelivered as error:
            if not self._stopped:
                self._failed(alert, delivery, error)
        except Exception:  # nobody behind it in the lane must wait for it
            log.exception("an alert could not be sent", alert=alert.id, channel=delivery.channel)
            self._failed(alert, delivery, Passing("other"))
        else:
            now = self._clock()
            done = delivery._replace(state="delivered", attempts=delivery.attempts + 1)
            self._keep(done._replace(error="", settled=now))
            self.undeliverable.delivered(alert.person, delivery.channel, now)

    def _message(self, alert: Alert, person: Recipient) -> Message:
        now = self._clock()
        try:
            words = self._composer.compose(alert, person, now)
        except Exception:
            log.exception("an alert could not be written", alert=alert.id, person=person.id)
            raise Passing("composing") from None
        return message_of(alert, words, now)

    def _failed(self, alert: Alert, delivery: Delivery, error: Undelivered) -> None:
        now, attempts = self._clock(), delivery.attempts + 1
        lasts = now - (alert.settled or alert.created)
        over = isinstance(error, Permanent) or (lasts >= GIVE_UP_MS and attempts >= LEAST_TRIES)
        after = delivery._replace(attempts=attempts, error=error.failure.stored)
        if over:
            after = after._replace(state="failed", settled=now)
        else:
            after = after._replace(next_try=self._next_try(alert, now, pause(attempts, error)))
        self._keep(after)
        log.warning(
            "an alert was not delivered",
            alert=alert.id,
            person=alert.person,
            channel=delivery.channel,
            reason=error.failure.stored,
            again=not over,
        )
        long = over or lasts >= LONG_MS
        if isinstance(error, ServerTrouble) or (isinstance(error, ServerAway) and long):
            self.undeliverable.failing("", delivery.channel, now)
        elif long:
            address = self._address(delivery) or ""
            self.undeliverable.failing(alert.person, delivery.channel, now, address)

    def _next_try(self, alert: Alert, now: int, pause: int) -> int:
        """In waking hours, if it has become late meanwhile."""
        at = now + pause
        late = at - (alert.settled or alert.created) > LONGEST_PAUSE_MS
        return self._soonest(alert, at) if late else at

    def _keep(self, delivery: Delivery) -> None:
        with self._lock:
            self._unstored[delivery.alert, delivery.channel] = delivery
        self._store()

    def _store(self) -> None:
        """Write down what became of deliveries; raises what the disk says, and forgets nothing."""
        with self._lock:
            if self._unstored:
                self._state.alerts.put_deliveries(self._unstored.values())
                self._unstored.clear()


def message_of(alert: Alert, words: Composed, now: int) -> Message:
    """An alert's words with what mail programs and chat rooms need."""
    whose = f"{alert.id}\x1f{alert.person}\x1f{alert.created}"  # another service has other ids
    mark = hashlib.sha256(whose.encode()).hexdigest()[:8]
    about = alert.entries[0].fault if alert.kind == "faults" and alert.entries else ""
    thread = f"fault-{about}" if about else ""
    return Message(f"alert-{alert.id}-{mark}", thread, now, _tone(alert), *words)


def _tone(alert: Alert) -> Tone:
    if alert.kind != "faults":
        return "info"
    return "success" if all(e.event == "resolved" for e in alert.entries) else "warning"


def pause(attempts: int, error: Undelivered) -> int:
    """How long (ms) to wait after so many failures before the next try."""
    told = error.retry_after if isinstance(error, Passing) else None
    doubled = FIRST_PAUSE_MS << min(attempts - 1, 10)
    return min(max(doubled, round((told or 0.0) * 1000)), LONGEST_PAUSE_MS)
