"""A manager's reassignment of disputed time: checked, kept with its reason, taken back."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from api import schemas
from api.asked import invalid, one_line, time_asked
from api.parts import Parts
from api.problems import Problem
from rooms.registry import Registry
from rooms.texts import Language, text
from rooms.texts.times import moment
from rooms.units import DAY_MS, HOUR_MS
from storage.roomdays import computable_from, room_padding
from storage.state import StoredCorrection

MOST_DAYS: Final = 31
MOST_REASON: Final = 500


class Wanted(NamedTuple):
    """A correction that has been checked; times in ms, whole seconds."""

    start: int
    stop: int
    partner: str | None
    reason: str


def correction_asked(
    parts: Parts, room: str, asked: schemas.CorrectionAsked, language: Language
) -> Wanted:
    """Raises ``Problem`` 422 that names the field."""
    registry, now = parts.registry(), parts.clock()
    start = time_asked("start", asked.start, language, "body")
    stop = time_asked("end", asked.end, language, "body")
    start, stop = start - start % 1000, stop - stop % 1000
    if start >= stop:
        raise invalid("start", text(language, "api.field.order"), "body")
    if stop > now:
        raise invalid("end", text(language, "usage.field.correction_ahead"), "body")
    if stop - start > MOST_DAYS * DAY_MS + HOUR_MS:
        message = text(language, "usage.field.correction_long", days=MOST_DAYS)
        raise invalid("start", message, "body")
    since = first_open_day(parts, room)
    if moment(start, _zone(registry, room)).date() < since:
        raise invalid("start", text(language, "usage.field.frozen", day=since), "body")
    check_partner(registry, room, asked.partner, language)
    return Wanted(start, stop, asked.partner, reason_asked(asked.reason, language))


def reason_asked(given: str, language: Language) -> str:
    """On one line, and not empty. Raises ``Problem`` 422."""
    with suppress(ValueError):
        if reason := one_line(given, MOST_REASON):
            return reason
    raise invalid("reason", text(language, "usage.field.reason", most=MOST_REASON), "body")


def check_partner(registry: Registry, room: str, partner: str | None, language: Language) -> None:
    """Is it nobody, or one of the site's partners? Raises ``Problem`` 422."""
    site, _ = registry.rooms[room]
    known = [entry.id for entry in site.partners]
    if partner is not None and partner not in known:
        values = {"value": partner[:80], "partners": ", ".join(known) or "–"}
        raise invalid("partner", text(language, "usage.field.no_partner", **values), "body")


def correct(parts: Parts, room: str, wanted: Wanted, actor: str) -> StoredCorrection:
    """Keep it, with the audit trail; its hours are computed again."""
    state, now = parts.state, parts.clock()
    with state.transaction():
        id_ = state.claims.correct(room, *wanted, actor=actor, now=now)
        state.dirty.mark_time(room, [(wanted.start, wanted.stop)])
    return StoredCorrection(id_, room, *wanted, actor=actor, at=now, withdrawn=None)


def withdraw(parts: Parts, room: str, id_: int, actor: str) -> StoredCorrection:
    """It no longer holds; its hours are computed again. Raises ``Problem`` 404, and 422 where
    the numbers are frozen."""
    state, now = parts.state, parts.clock()
    since = first_open_day(parts, room)
    with state.transaction():
        found = state.claims.withdraw(id_, actor, now)
        if found is None or found.room != room:
            raise Problem(404, "no_correction", id=id_)  # undoes the transaction
        if moment(found.start, _zone(parts.registry(), room)).date() < since:
            raise Problem(422, "correction_frozen", day=since)
        state.dirty.mark_time(room, [(found.start, found.stop)])
    return found


def first_open_day(parts: Parts, room: str) -> date:
    """The first local day whose numbers can still be computed."""
    registry = parts.registry()
    zone, back = _zone(registry, room), room_padding(registry, room)[0]
    return moment(computable_from(zone, parts.clock(), parts.retention_ms, back), zone).date()


def _zone(registry: Registry, room: str) -> ZoneInfo:
    return registry.zone(registry.rooms[room][0].id)


def correction_view(registry: Registry, stored: StoredCorrection) -> schemas.Correction:
    zone = _zone(registry, stored.room)
    return schemas.Correction(
        id=stored.id,
        room=stored.room,
        start=moment(stored.start, zone),
        end=moment(stored.stop, zone),
        partner=stored.partner,
        reason=stored.reason,
        actor=stored.actor,
        made=moment(stored.at, zone),
        withdrawn=None if stored.withdrawn is None else moment(stored.withdrawn, zone),
    )
