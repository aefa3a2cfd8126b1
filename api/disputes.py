"""Disputes: filed by a partner about its own time, answered by a manager, once."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from api import schemas
from api.access import Caller
from api.asked import invalid
from api.corrections import Wanted, correct, correction_asked, reason_asked
from api.parts import Parts
from api.problems import Problem
from rooms.dayevidence import DayEvidence, Stretch, Vacancy
from rooms.registry import Registry
from rooms.texts import Language, text
from rooms.texts.times import moment
from rooms.units import DAY_MS
from storage.state.disputes import Dispute, DisputeState

MOST_A_DAY: Final = 100  # of one partner
_ALWAYS: Final = (-(2**62), 2**62)


def own_partner(caller: Caller) -> str:
    """Whose time the caller may dispute. Raises ``Problem`` 403 where its key names nobody."""
    if not caller.only:
        raise Problem(403, "no_own_partner")
    return caller.only


def file_dispute(
    parts: Parts, asked: schemas.DisputeAsked, caller: Caller, language: Language
) -> Dispute:
    """Keep it, with the audit trail; the same one, still open, is answered with the first.
    Raises ``Problem`` 403, 404, 422 and 429."""
    partner, registry = own_partner(caller), parts.registry()
    if asked.room not in registry.rooms:
        raise Problem(404, "no_room", room=asked.room[:80])
    if registry.private(asked.room, parts.clock()):
        raise Problem(422, "room_private", room=asked.room)
    site, _ = registry.rooms[asked.room]
    if partner not in {one.id for one in site.partners}:  # before anything that names the others
        raise invalid("room", text(language, "dispute.field.not_yours"), "body")
    # what can be disputed is what can be corrected
    wanted = correction_asked(
        parts,
        asked.room,
        schemas.CorrectionAsked(
            start=asked.start, end=asked.end, partner=partner, reason=asked.reason
        ),
        language,
    )
    if not _counted(parts, asked.room, wanted):
        raise invalid("start", text(language, "dispute.field.not_counted"), "body")
    if parts.state.disputes.made(partner, parts.clock() - DAY_MS) >= MOST_A_DAY:
        raise Problem(429, "too_many_disputes", {"Retry-After": "3600"}, most=MOST_A_DAY)
    id_ = parts.state.disputes.file(
        asked.room,
        wanted.start,
        wanted.stop,
        partner,
        wanted.reason,
        caller.name,
        parts.clock(),
    )
    return _found(parts, id_, caller)


def _counted(parts: Parts, room: str, wanted: Wanted) -> bool:
    """Is time of the partner's in it, used or booked but empty, and of no other: what is
    corrected is corrected whole."""
    zone = parts.registry().zone(parts.registry().rooms[room][0].id)
    first, last = (moment(at, zone).date() for at in (wanted.start, wanted.stop - 1))
    whose = {
        one.partner
        for _, _, told in parts.state.evidence.read([room], first, last)
        for one in _times(told)
        if one.start < wanted.stop and one.stop > wanted.start
    }
    return wanted.partner in whose and whose <= {wanted.partner, None}


def _times(told: DayEvidence) -> tuple[Stretch | Vacancy, ...]:
    return *told.stretches, *told.vacancies


def answer_dispute(
    parts: Parts, id_: int, asked: schemas.DisputeAnswer, caller: Caller, language: Language
) -> Dispute:
    """Close an open one. A correction and the end of the dispute are kept together, or neither.
    Raises ``Problem`` 403, 404, 409 and 422."""
    found = _found(parts, id_, caller)
    if (asked.do == "withdraw") != (caller.role == "partner"):
        raise Problem(403, "role", role=caller.role)
    if found.state != "open":
        raise _closed(found, language)
    if asked.do == "correct":
        _correct(parts, found, asked, caller, language)
    elif asked.do == "reject":
        _close(parts, found, "rejected", reason_asked(asked.reason, language), caller, language)
    else:
        _close(parts, found, "withdrawn", "", caller, language)
    return _found(parts, id_, caller)


def _correct(
    parts: Parts,
    found: Dispute,
    asked: schemas.DisputeAnswer,
    caller: Caller,
    language: Language,
) -> None:
    if "partner" not in asked.model_fields_set:
        raise invalid("partner", text(language, "api.field.missing"), "body")
    registry = parts.registry()
    if found.room not in registry.rooms:
        raise Problem(409, "dispute_no_room", room=found.room)
    start, stop = (_moment(registry, found, at).isoformat() for at in (found.start, found.stop))
    wanted = correction_asked(
        parts,
        found.room,
        schemas.CorrectionAsked(start=start, end=stop, partner=asked.partner, reason=asked.reason),
        language,
    )
    with parts.state.transaction():
        made = correct(parts, found.room, wanted, caller.name)
        _close(parts, found, "corrected", wanted.reason, caller, language, made.id)


def _close(
    parts: Parts,
    found: Dispute,
    state: DisputeState,
    answer: str,
    caller: Caller,
    language: Language,
    correction: int | None = None,
) -> None:
    now = parts.clock()
    if not parts.state.disputes.close(found.id, state, answer, caller.name, now, correction):
        # somebody else was first; the transaction around is undone
        raise _closed(_found(parts, found.id, caller), language)


def _closed(found: Dispute, language: Language) -> Problem:
    return Problem(409, "dispute_closed", id=found.id, state=state_name(found.state, language))


def state_name(state: DisputeState, language: Language) -> str:
    return text(language, f"dispute.state.{state}")


def _found(parts: Parts, id_: int, caller: Caller) -> Dispute:
    """To a partner those of others are not there. Raises ``Problem`` 404."""
    found = parts.state.disputes.get(id_)
    if found is None or (caller.only is not None and found.partner != caller.only):
        raise Problem(404, "no_dispute", id=id_)
    return found


def site_of(registry: Registry, room: str) -> str:
    """The room's site; of a room that is gone, the first one."""
    known = registry.rooms.get(room)
    return next(iter(registry.sites)) if known is None else known[0].id


def _moment(registry: Registry, one: Dispute, at: int) -> datetime:
    return moment(at, registry.zone(site_of(registry, one.room)))


def disputes_of(parts: Parts, caller: Caller, state: DisputeState | None = None) -> list[Dispute]:
    """As the caller may see them, oldest first."""
    found = parts.state.disputes.touching(*_ALWAYS, caller.only)
    return [one for one in found if state in (None, one.state)]


def dispute_view(registry: Registry, one: Dispute, caller: Caller) -> schemas.Dispute:
    all_ = caller.only is None
    return schemas.Dispute(
        id=one.id,
        room=one.room,
        start=_moment(registry, one, one.start),
        end=_moment(registry, one, one.stop),
        partner=one.partner,
        reason=one.message,
        made=_moment(registry, one, one.made),
        state=one.state,
        answer=one.answer,
        closed=None if one.closed is None else _moment(registry, one, one.closed),
        actor=one.actor if all_ else None,
        closer=one.closer if all_ else None,
        correction=one.correction if all_ else None,
    )
