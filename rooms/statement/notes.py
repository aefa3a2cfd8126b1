"""What a reader of a statement must know beside its numbers, and how it is said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from rooms.costs.coverage import RoomMonth
from rooms.costs.split import Split
from rooms.costs.tally import Tally
from rooms.statement.document import Gate, Note, NoteCode, Statement
from rooms.statement.inputs import AgreementInput, Inputs, Treatment
from rooms.statement.money import hours
from rooms.texts import Language, text


def pool_notes(
    pool: str, use: Tally, result: Split, last: AgreementInput | None, *, unused: bool
) -> Iterator[Note]:
    """``unused``: nothing was measured in the pool."""
    if unused and result.pot and last is not None:
        yield Note("no_use", pool=pool, value=last.fallback)
        if last.fallback == "bookings" and not use.total:
            yield Note("nobody_booked", pool=pool)
    for partner, seconds in sorted(use.strangers.items()):
        if seconds:
            yield Note("no_party", pool=pool, partner=partner, value=str(seconds))


def room_notes(
    pool: str,
    treatments: Mapping[str, Treatment],
    months: Mapping[str, RoomMonth],
    gate: Iterable[Gate],
) -> Iterator[Note]:
    """What stands in for rooms, and why."""
    reasons = {one.room: one.reason for one in gate}
    for room, treatment in sorted(treatments.items()):
        if treatment in {"bookings", "shares"}:
            code: NoteCode = "low_coverage" if months[room].sensor else "no_sensor"
            yield Note(code, pool=pool, room=room, value=treatment)
        elif reason := reasons.get(room):
            yield Note("override", pool=pool, room=room, value=reason)


def month_notes(inputs: Inputs) -> Iterator[Note]:
    """About the statement as a whole, and how finely sensors tell."""
    if not inputs.complete:
        yield Note("running")
    if not inputs.detailed:
        yield Note("no_detail")
    for room in sorted(inputs.rooms, key=lambda one: one.id):
        if room.grain_s:
            yield Note("grain", room=room.id, value=str(room.grain_s))


def say(note: Note, statement: Statement, language: Language) -> str:
    """A note as one sentence or two."""
    pools = {one.id: one.name.in_(language) for one in statement.pools}
    rooms = {one.room: one.name.in_(language) for one in statement.rooms}
    value = note.value
    key = f"statement.note.{note.code}"
    if note.code in {"no_use", "no_sensor", "low_coverage"}:
        value = text(language, f"statement.instead.{value}")
    if note.code in {"no_party", "grain"}:
        value = hours(int(value), language)
    if note.code == "no_party" and note.partner is None:
        key += "_other"
    return text(
        language,
        key,
        pool=pools.get(note.pool or "", note.pool),
        room=rooms.get(note.room or "", note.room),
        partner=statement.name_of(note.partner or ""),
        value=value,
    )
