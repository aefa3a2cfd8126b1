"""From messages to a committed batch: decode, identify, place in time, account for (design 3, 4).

Every message ends as exactly one of stored, duplicate, ignored or quarantined,
counted in the same transaction that keeps its readings.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable
from collections.abc import Sequence as Seq
from contextlib import suppress
from dataclasses import dataclass

import structlog

from collector.incoming import Busy, Incoming
from collector.known import SOURCE_TAG, Known, LocalDay, public
from collector.redelivery import Redelivery, digest
from rooms.fold import ArrivalClock, Duplicates, Sequence, Skews, TooOld, place_time
from rooms.readings import Decoded, DecodeError, Partial, Point, Value
from rooms.registry import Registry
from storage.outbox import Account, Arrival, Batch, Outbox, OutboxFull
from storage.quarantine import Kept, Unusable

log = structlog.get_logger()

LOOK_FOR_REPLAYS_S = 2.0
EVIDENCE_KINDS = ("presence", "equipment")


class Skip(Exception):
    """The message is understood and leads to no reading."""

    def __init__(self, outcome: str, reason: str) -> None:
        super().__init__(reason)
        self.outcome, self.reason = outcome, reason


@dataclass(slots=True)
class Fate:
    """What becomes of one message, as far as it is known."""

    source: str = ""
    device: str = ""
    outcome: str = "stored"
    reason: str = ""
    key: str | None = None
    hint: str | None = None
    any_age: bool = False
    arrived: int = 0  # its unique time of arrival, once that is needed


class Pipeline:
    """The session's sink; all methods but ``use`` run in the session's thread.

    ``dup_flag`` and ``window``: see ``Redelivery``; the window must cover the
    broker's ``max_inflight_messages``.
    """

    def __init__(
        self,
        registry: Registry,
        outbox: Outbox,
        *,
        dup_flag: bool = True,
        window: int = 4096,
        on_moved: Callable[[str, str], None] = lambda _device, _room: None,
    ) -> None:
        self._known = Known.of(registry)
        self._outbox = outbox
        self._on_moved = on_moved  # a topic names another room than the registry
        self._clock = ArrivalClock(outbox.clocks())
        self._duplicates = Duplicates()
        self._skews = Skews()
        self._numbered: defaultdict[str, Sequence] = defaultdict(Sequence)
        self._redelivery = Redelivery(window, dup_flag=dup_flag)
        self._held: list[Batch] = []
        self._day = LocalDay()
        self._look_at = 0.0
        self._remember(outbox.arrivals())

    def _remember(self, arrivals: Seq[Arrival]) -> None:
        """What an earlier process took must not be taken twice by this one."""
        self._redelivery.load(arrivals)
        for arrival in arrivals:
            if arrival.key is not None:
                device, _, key = arrival.key.partition(" ")
                self._duplicates.is_copy(device, key)

    @property
    def subscriptions(self) -> tuple[str, ...]:
        return self._known.router.subscriptions

    def use(self, registry: Registry) -> None:
        """A reloaded registry, from the next message on."""
        self._known = Known.of(registry)

    # ---- the session's sink

    def connected(self, *, resumed: bool) -> None:
        self._redelivery.connected(resumed=resumed)

    def take(self, messages: Seq[Incoming]) -> None:
        batch = Batch()
        known = self._known
        for message in messages:
            self._one(known, message, batch, Fate())
        self._held.append(batch)
        self.retry()

    def idle(self) -> None:
        """Try again what a person asked to be replayed."""
        now = time.monotonic()
        if now < self._look_at:
            return
        self._look_at = now + LOOK_FOR_REPLAYS_S
        kept = self._outbox.quarantine.to_replay()
        if kept:
            self.replay(kept)

    def retry(self) -> None:
        while self._held:
            try:
                self._outbox.commit(self._held[0])
            except OutboxFull as full:
                raise Busy(str(full)) from full
            del self._held[0]

    def replay(self, kept: Seq[Kept]) -> None:
        """Try quarantined messages again, under the time at which they arrived."""
        batch = Batch()
        for row in kept:
            message = Incoming(0, 0, row.topic, row.payload, row.time, 0, False, False, False)
            batch.replayed.append(row.id)
            self._count(batch, message, Fate(row.source, row.device, "quarantined", row.reason), -1)
            self._one(self._known, message, batch, Fate(any_age=row.replay > 1))
        self._held.append(batch)
        self.retry()

    # ---- one message

    def _one(self, known: Known, message: Incoming, batch: Batch, fate: Fate) -> None:
        content = b""
        if message.qos == 1:
            content = digest(message.topic, message.payload)
        try:
            if content and self._redelivery.is_known(
                message.mid, content, dup=message.dup, backlog=message.backlog
            ):
                with suppress(DecodeError):
                    self._identify(known, message, fate)  # only to count it where it belongs
                raise Skip("duplicate", "redelivered")
            decoded = self._decode(known, message, fate)
            points = self._readings(known, message, decoded, batch, fate)
            batch.points += points
            if decoded.seq is not None:
                missing = self._numbered[fate.device].note(decoded.seq, points[0].time)
                if missing:
                    self._count(batch, message, Fate(fate.source, fate.device, "missing"), missing)
        except Skip as skip:
            fate.outcome, fate.reason = skip.outcome, skip.reason
        except DecodeError as error:
            self._set_aside(known, message, batch, fate, error)
        except Exception as error:
            # a mistake of ours must neither lose the message nor stop the others
            log.exception("a message could not be handled", topic=message.topic)
            told = DecodeError("internal_error", f"{type(error).__name__}: {error}")
            self._set_aside(known, message, batch, fate, told)
        if content:
            self._redelivery.note(message.mid, content, message.time)
            batch.arrivals.append(Arrival(message.mid, content, message.time, fate.key))
        self._count(batch, message, fate, 1)

    def _identify(self, known: Known, message: Incoming, fate: Fate) -> Decoded:
        """Decode; leave source and device in ``fate`` ("" if the registry does not know it)."""
        if message.bad_topic:
            raise DecodeError("bad_topic", "the topic is not valid UTF-8")
        routes = known.router.route(message.topic)
        if not routes:
            raise DecodeError("no_source", "no source in rooms.yaml takes this topic")
        for route in routes[1:] and routes:  # shared topics: whose device is it?
            with suppress(DecodeError):
                decoded = route.decoder.decode(message.topic, message.payload)
                if known.registry.by_address(route.source, decoded.address) is not None:
                    return self._found(known, route.source, decoded, fate)
        fate.source = routes[0].source
        decoded = routes[0].decoder.decode(message.topic, message.payload)
        return self._found(known, fate.source, decoded, fate)

    def _found(self, known: Known, source: str, decoded: Decoded, fate: Fate) -> Decoded:
        fate.source = source
        if decoded.address == "":
            fate.device = SOURCE_TAG + source
        else:
            entry = known.registry.by_address(source, decoded.address)
            fate.device = entry.device.id if entry else ""
        return decoded

    def _decode(self, known: Known, message: Incoming, fate: Fate) -> Decoded:
        """The message as its device's own, neither retained, ignored nor a copy."""
        decoded = self._identify(known, message, fate)
        if message.retain and not decoded.availability:
            raise Skip("ignored", "retained")
        if decoded.ignored is not None:
            raise Skip("ignored", decoded.ignored)
        if not fate.device:
            fate.hint = decoded.hint
            detail = f"{decoded.address} is not in rooms.yaml"
            raise DecodeError("unknown_device", detail, decoded.address)
        if decoded.room is not None:
            room = known.registry.room_of(fate.device, message.time)
            if room is not None and room != decoded.room:
                self._on_moved(fate.device, decoded.room)
        if decoded.key is not None:
            if self._duplicates.is_copy(fate.device, decoded.key):
                raise Skip("duplicate", "copy")
            fate.key = f"{fate.device} {decoded.key}"
        return decoded

    def _readings(
        self, known: Known, message: Incoming, decoded: Decoded, batch: Batch, fate: Fate
    ) -> list[Point]:
        hidden = known.hides_people(fate.device, message.time)
        points: list[Point] = []
        for partial in decoded.partials:
            fields = public(partial) if hidden else partial.fields
            if fields:
                self._place(known, message, partial, fields, batch, fate, points)
        if not points:
            raise Skip("ignored", "private" if hidden and decoded.partials else "no_fields")
        return points

    def _place(
        self,
        known: Known,
        message: Incoming,
        partial: Partial,
        fields: dict[str, Value],
        batch: Batch,
        fate: Fate,
        points: list[Point],
    ) -> None:
        tags = known.tags[fate.device]
        if partial.time is None:
            if message.backlog and partial.kind in EVIDENCE_KINDS:
                fields = fields | {"backlog": 1.0}
            if not fate.arrived:
                fate.arrived = self._clock.stamp(fate.device, message.time)
                batch.clocks[fate.device] = fate.arrived
            points.append(Point(partial.kind, tags, fate.arrived, fields))
            return
        try:
            max_age = None if fate.any_age else known.max_age[fate.source]
            at = place_time(partial.time, message.time, max_age)
        except TooOld:
            days = (message.time - partial.time) / 86_400_000
            detail = f"{days:.1f} days old, more than the source's max_age"
            raise DecodeError("too_old", detail) from None
        points.append(Point(partial.kind, tags, at, fields))
        skew_s = self._skews.note(fate.device, partial.time, message.time)
        if skew_s is not None:
            points.append(Point("health", tags, at, {"skew_s": skew_s}))

    # ---- what could not be used, and the account

    def _set_aside(
        self, known: Known, message: Incoming, batch: Batch, fate: Fate, error: DecodeError
    ) -> None:
        if error.address and not fate.device:
            entry = known.registry.by_address(fate.source, error.address)
            fate.device = entry.device.id if entry else ""
        fate.outcome, fate.reason = "quarantined", error.reason
        # what a private room's sensor says is kept by nobody, broken or not
        private = known.hides_people(fate.device, message.time)
        batch.unusable.append(
            Unusable(
                message.time,
                fate.source,
                message.topic,
                b"" if private else message.payload,
                error.reason,
                error.detail,
                error.address,
                fate.device,
                fate.hint,
            )
        )

    def _count(self, batch: Batch, message: Incoming, fate: Fate, by: int) -> None:
        day = self._day.of(message.time, self._known.zone)
        batch.accounts[Account(day, fate.source, fate.device, fate.outcome, fate.reason)] += by
