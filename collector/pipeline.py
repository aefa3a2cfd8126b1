"""From messages to a committed batch: decode, identify, place in time, account for (design 3, 4).

Every message ends as exactly one of stored, duplicate, ignored or quarantined,
counted in the same transaction that keeps its readings.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Sequence as Seq
from contextlib import suppress

import msgspec
import structlog

from collector.checkins import PanelOf, check_partner, check_token, nobodys
from collector.elsewhere import Elsewhere
from collector.fate import Fate, Skip, identify, is_news, unusable
from collector.incoming import Busy, Incoming
from collector.kept_readings import kept_readings
from collector.known import Known, LocalDay, public
from collector.redelivery import NEW_SESSION, Redelivery, digest
from rooms.fold import ArrivalClock, Duplicates, Sequence, Skews, TooOld, place_time
from rooms.readings import Decoded, DecodeError, Point
from rooms.registry import Registry
from storage.outbox import Account, Arrival, Batch, Outbox, OutboxFull
from storage.quarantine import REFUSED, Kept

log = structlog.get_logger()

LOOK_FOR_REPLAYS_S = 2.0
REDELIVERED = "redelivered"
HISTORY_OUT_OF_RANGE = "history_out_of_range"  # of a stored message, its note
# ignored, but the device is there (metrics.md 1: known after any message of its own)
SIGNS_OF_LIFE = frozenset({"private", "no_fields", "empty", "join", "settings"})
EVIDENCE_KINDS = ("presence", "equipment")


class Pipeline:
    """The session's sink; all methods but ``use`` run in the session's thread.

    ``panel_of`` tells whose token a check-in shows. ``dup_flag`` and ``window``: see
    ``Redelivery``; the window must cover the broker's ``max_inflight_messages``.
    """

    def __init__(
        self,
        registry: Registry,
        outbox: Outbox,
        *,
        panel_of: PanelOf = nobodys,
        dup_flag: bool = True,
        window: int = 4096,
    ) -> None:
        self._known = Known.of(registry)
        self._outbox = outbox
        self._panel_of = panel_of
        self._clock = ArrivalClock(outbox.clocks())
        self._duplicates = Duplicates()
        self._skews = Skews()
        self._numbered: defaultdict[str, Sequence] = defaultdict(Sequence)
        self._redelivery = Redelivery(window, dup_flag=dup_flag)
        self._new_session = False  # not yet noted on disk
        self._elsewhere = Elsewhere()
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
                self._duplicates.note(device, key)

    @property
    def subscriptions(self) -> tuple[str, ...]:
        return self._known.router.subscriptions

    def use(self, registry: Registry) -> None:
        """A reloaded registry, from the next message on."""
        self._known = Known.of(registry)
        self._elsewhere.forget()

    # ---- the session's sink

    def connected(self, *, resumed: bool) -> None:
        if not resumed:
            self._redelivery.load([NEW_SESSION])
            self._new_session = True

    def take(self, messages: Seq[Incoming]) -> None:
        batch = Batch()
        # in hand from the first message on: what is noted as taken must not be left behind
        self._held.append(batch)
        if self._new_session:
            batch.arrivals.append(NEW_SESSION)
            self._new_session = False
        known = self._known
        for message in messages:
            self._one(known, message, batch, Fate())
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
        """Try quarantined messages again, under the time at which they arrived.

        That is unique where the device was known then; else it is made so here.
        """
        batch = Batch()
        clock = ArrivalClock()
        for row in kept:
            batch.replayed.append(row.id)
            message = Incoming(0, 0, row.topic, row.payload, row.time, 0, False, False, False)
            if row.reason == REFUSED:
                point = msgspec.json.decode(row.payload, type=Point)
                batch.points.append(point)
                self._count(batch, message, Fate("", row.device, "refused", point.measurement), -1)
                continue
            self._count(batch, message, Fate(row.source, row.device, "quarantined", row.reason), -1)
            unique = (
                row.time if row.device else clock.stamp(f"{row.source} {row.address}", row.time)
            )
            fate = Fate(replayed=True, any_age=row.replay > 1, arrived=unique)
            self._one(self._known, message, batch, fate)
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
                with suppress(Exception):
                    identify(known, message, fate)  # only to count it where it belongs
                raise Skip("duplicate", REDELIVERED)
            decoded = self._decode(known, message, batch, fate)
            batch.points += self._readings(known, message, decoded, batch, fate)
        except Skip as skip:
            fate.outcome, fate.reason = skip.outcome, skip.reason
            if skip.reason in SIGNS_OF_LIFE and fate.device in known.registry.devices:
                at = self._arrival(message, batch, fate) if skip.at is None else skip.at
                at = known.blurred(fate.device, at)
                batch.points.append(Point("health", known.tags[fate.device], at, {"alive": 1.0}))
        except DecodeError as error:
            self._set_aside(known, message, batch, fate, error)
        except Exception as error:
            # a mistake of ours must neither lose the message nor stop the others
            log.exception("a message could not be handled", topic=message.topic)
            told = DecodeError("internal_error", f"{type(error).__name__}: {error}")
            self._set_aside(known, message, batch, fate, told)
        if fate.key is not None:
            self._duplicates.note(fate.device, fate.key)
        # without a dup flag each is recognised once, or equal messages after it would be lost
        if content and (fate.reason != REDELIVERED or self._redelivery.dup_flag):
            self._redelivery.note(message.mid, content, message.time)
            key = None if fate.key is None else f"{fate.device} {fate.key}"
            batch.arrivals.append(Arrival(message.mid, content, message.time, key))
        self._count(batch, message, fate, 1)

    def _decode(self, known: Known, message: Incoming, batch: Batch, fate: Fate) -> Decoded:
        """The message as its device's own, neither retained, ignored nor a copy."""
        decoded = identify(known, message, fate)
        if message.retain and not is_news(decoded):
            raise Skip("ignored", "retained")
        if decoded.key is not None and fate.device:
            if self._duplicates.is_copy(fate.device, decoded.key):
                raise Skip("duplicate", "copy")
            fate.key = decoded.key
        if decoded.seq is not None and fate.device:
            self._note_seq(message, decoded, decoded.seq, batch, fate)
        if decoded.ignored is not None:
            told = decoded.time
            at = None if told is None else self._placed(known, told, message, fate)
            raise Skip("ignored", decoded.ignored, at)
        if not fate.device:
            fate.hint, fate.room = decoded.hint, decoded.room
            detail = f"{decoded.address} is not in rooms.yaml"
            raise DecodeError("unknown_device", detail, decoded.address)
        if decoded.room is not None:
            self._elsewhere.check(known, message, fate.device, decoded.room)
        check_token(self._panel_of, decoded, fate.device)
        return decoded

    def _note_seq(
        self, message: Incoming, decoded: Decoded, seq: int, batch: Batch, fate: Fate
    ) -> None:
        """Whatever becomes of a numbered message: it is not missing."""
        sent = message.time if decoded.time is None else min(decoded.time, message.time)
        missing = self._numbered[fate.device].note(seq, sent)
        if missing:
            self._count(batch, message, Fate(fate.source, fate.device, "missing"), missing)

    def _readings(
        self, known: Known, message: Incoming, decoded: Decoded, batch: Batch, fate: Fate
    ) -> list[Point]:
        tags = known.tags[fate.device]
        points: list[Point] = []
        hidden = False
        at: int | None = None
        for partial in decoded.partials:
            fields = partial.fields
            at = None
            if partial.time is not None:
                at = self._placed(known, partial.time, message, fate)
            if known.hides_people(fate.device, message.time if at is None else at):
                hidden, fields = True, public(partial)
            if not fields:
                continue
            if at is None:
                at = self._arrival(message, batch, fate)
                if message.backlog and partial.kind in EVIDENCE_KINDS:
                    fields = fields | {"backlog": 1.0}
            if partial.kind == "health":
                at = known.blurred(fate.device, at)
            points.append(Point(partial.kind, tags, at, fields))
            check_partner(points[-1], known.partners[tags["site"]])
        kept, unplaced = kept_readings(
            known, decoded, fate.source, fate.device, message.time, any_age=fate.any_age
        )
        points += kept
        hidden = hidden or (bool(decoded.past) and not kept)
        fate.reason = HISTORY_OUT_OF_RANGE if unplaced else decoded.note or ""
        if not points:
            raise Skip("ignored", "private" if hidden else "no_fields", at)
        told = decoded.partials[0].time if decoded.partials else None
        if told is not None and not message.backlog and not fate.replayed:
            skew_s = self._skews.note(fate.device, told, message.time)
            if skew_s is not None:
                points.append(Point("health", tags, points[0].time, {"skew_s": skew_s}))
        return points

    def _placed(self, known: Known, told: int, message: Incoming, fate: Fate) -> int | None:
        """The device's time; ``None``: take the arrival."""
        try:
            return place_time(
                told, message.time, None if fate.any_age else known.max_age[fate.source]
            )
        except TooOld:
            fate.private = known.hides_people(fate.device, told)
            days = (message.time - told) / 86_400_000
            detail = f"{days:.1f} days old, more than the source's max_age"
            raise DecodeError("too_old", detail) from None

    def _arrival(self, message: Incoming, batch: Batch, fate: Fate) -> int:
        """The time of arrival, unique for the device."""
        if not fate.arrived:
            fate.arrived = self._clock.stamp(fate.device, message.time)
            batch.clocks[fate.device] = fate.arrived
        return fate.arrived

    # ---- what could not be used, and the account

    def _set_aside(
        self, known: Known, message: Incoming, batch: Batch, fate: Fate, error: DecodeError
    ) -> None:
        if error.address and not fate.device:
            entry = known.registry.by_address(fate.source, error.address)
            fate.device = entry.device.id if entry else ""
        fate.outcome, fate.reason, fate.key = "quarantined", error.reason, None
        withheld = fate.private or known.withholds(fate.device, message.topic, message.time)
        # unique, so that a replay hides no other message of the device
        at = self._arrival(message, batch, fate) if fate.device else message.time
        late = error.reason == "too_old" or fate.replayed
        if fate.device in known.registry.devices and not late:  # for the fault rules
            there = known.blurred(fate.device, at)
            point = Point("decode", known.tags[fate.device], there, {"failed": 1.0})
            batch.points.append(point)
        batch.unusable.append(unusable(message, fate, error, at, withheld=withheld))

    def _count(self, batch: Batch, message: Incoming, fate: Fate, by: int) -> None:
        day = self._day.of(message.time, self._known.zone)
        batch.accounts[Account(day, fate.source, fate.device, fate.outcome, fate.reason)] += by
