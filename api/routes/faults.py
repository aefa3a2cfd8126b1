"""Faults: what is and was wrong, and what is done about it."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Path, Query
from pydantic_core import PydanticCustomError

from api import schemas
from api.asked import invalid, time_asked
from api.depends import Lang, Maintainer, Now, PartsOf, Viewer, problems
from api.fault_costs import fault_in_full, summary
from api.fault_search import FaultState, Wish, search
from api.faults import act_on, fault_asked, fault_view, note_asked
from api.parameters import only_known
from rooms.faults import Severity
from rooms.faults.lifecycle import LONGEST_SNOOZE_MS
from rooms.registry.alerting import Code
from rooms.registry.fields import parse_duration
from rooms.texts import Language, text
from rooms.units import DAY_MS

router = APIRouter(prefix="/api/v1/faults", tags=["faults"], dependencies=[Depends(only_known)])

FaultId = Annotated[str, Path(examples=["0f3a9c51be77"])]
Limit = Annotated[int, Query(ge=1, le=500)]
_ACTED = problems(404, 409)
SUMMARY_MS: Final = 30 * DAY_MS
MOST_MS: Final = 400 * DAY_MS  # so long they are kept


def _time(name: str) -> Any:
    return Query(alias=name, json_schema_extra={"format": "date-time"})


From = Annotated[str | None, _time("from")]
To = Annotated[str | None, _time("to")]


@router.get("", responses=problems())
def all_faults(
    _: Viewer,
    now: Now,
    parts: PartsOf,
    language: Lang,
    state: FaultState = "open",
    site: str | None = None,
    room: str | None = None,
    device: str | None = None,
    source: str | None = None,
    code: Code | None = None,
    severity: Severity | None = None,
    held: bool | None = None,
    start: From = None,
    end: To = None,
    limit: Limit = 100,
    cursor: str | None = None,
) -> schemas.Faults:
    """Newest first; by default those that are open. `from` and `to`: there at some time in
    between. `held`: whether their alerts are kept back."""
    wish = Wish(state, site, room, device, source, code, severity, held, start, end)
    page = search(parts, wish, limit, cursor, language)
    return schemas.Faults(
        faults=[fault_view(now, fault, language) for fault in page.faults], cursor=page.cursor
    )


@router.get("/summary", responses=problems())
def fault_summary(
    _: Viewer, parts: PartsOf, language: Lang, start: From = None, end: To = None
) -> schemas.FaultSummary:
    """How many, how soon somebody answered, how soon they were mended, and what they cost. By
    default the last 30 days; at most 400."""
    now = parts.clock()
    stop = now if end is None else time_asked("to", end, language)
    begin = stop - SUMMARY_MS if start is None else time_asked("from", start, language)
    if begin >= stop:
        raise invalid("from", text(language, "fault.field.order"))
    if stop - begin > MOST_MS:
        raise invalid("from", text(language, "api.field.days", days=MOST_MS // DAY_MS))
    return summary(parts, begin, stop)


@router.get("/{fault}", responses=problems(404))
def one_fault(
    _: Viewer, fault: FaultId, now: Now, parts: PartsOf, language: Lang
) -> schemas.FaultInFull:
    """One fault with what happened to it, when it was there, and the room-minutes it cost."""
    return fault_in_full(parts, now, fault_asked(parts, fault), language)


@router.post("/{fault}/acknowledge", responses=_ACTED)
def acknowledge(
    caller: Maintainer,
    fault: FaultId,
    now: Now,
    parts: PartsOf,
    language: Lang,
    asked: schemas.NoteAsked | None = None,
) -> schemas.Fault:
    """I see to it: no reminders, and nobody else is told."""
    note = "" if asked is None else note_asked(asked.note, language, needed=False)
    return fault_view(now, act_on(parts, fault, "acknowledged", caller.name, note), language)


@router.post("/{fault}/snooze", responses=_ACTED)
def snooze(
    caller: Maintainer,
    fault: FaultId,
    asked: schemas.SnoozeAsked,
    now: Now,
    parts: PartsOf,
    language: Lang,
) -> schemas.Fault:
    """Not now: told again if it is still there then."""
    until = _until(asked, now.now, language)
    note = note_asked(asked.note, language, needed=False)
    return fault_view(now, act_on(parts, fault, "snoozed", caller.name, note, until), language)


@router.post("/{fault}/comment", responses=_ACTED)
def comment(
    caller: Maintainer,
    fault: FaultId,
    asked: schemas.CommentAsked,
    now: Now,
    parts: PartsOf,
    language: Lang,
) -> schemas.Fault:
    """For the next who looks; of a fault that is over too."""
    note = note_asked(asked.note, language, needed=True)
    return fault_view(now, act_on(parts, fault, "commented", caller.name, note), language)


@router.post("/{fault}/resolve", responses=_ACTED)
def resolve(
    caller: Maintainer,
    fault: FaultId,
    now: Now,
    parts: PartsOf,
    language: Lang,
    asked: schemas.NoteAsked | None = None,
) -> schemas.Fault:
    """Mended. Only what people reported: all else is resolved when it is over."""
    note = "" if asked is None else note_asked(asked.note, language, needed=False)
    return fault_view(now, act_on(parts, fault, "resolved", caller.name, note), language)


def _until(asked: schemas.SnoozeAsked, now: int, language: Language) -> int:
    """Raises ``Problem`` 422."""
    if (asked.until is None) == (asked.lasts is None):
        raise invalid("until", text(language, "fault.field.until_or_for"), "body")
    if asked.until is not None:
        name, until = "until", time_asked("until", asked.until, language, "body")
    else:
        name, until = "for", now + _duration(str(asked.lasts), language)
    if not now < until <= now + LONGEST_SNOOZE_MS:
        raise invalid(name, text(language, "api.fault.snooze_time"), "body")
    return until


def _duration(value: str, language: Language) -> int:
    try:
        return int(parse_duration(value)) * 1000
    except PydanticCustomError:
        message = text(language, "mistake.duration", value=value[:80])
        raise invalid("for", message, "body") from None
