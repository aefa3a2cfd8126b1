"""One fault: what it is, what to do first, what was heard, what happened, and the buttons."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from api.asked import invalid
from api.board.fault_chart import Chart, Frame, chart
from api.board.fault_readings import series_of, window_of
from api.board.fault_words import held_because, lost, next_booking, thing_of, where
from api.board.faults import code_name, faults_of, seen_to
from api.depends import Lang, Maintainer, Now, PartsOf, Viewer
from api.faults import act_on, fault_asked, note_asked, zone_of_fault
from api.forms import Form
from api.parts import Parts
from api.problems import Problem
from api.snapshot import Snapshot
from api.words import problem_text, subject_name
from rooms.faults import Fault, Transition
from rooms.faults.lifecycle import Act
from rooms.faults.report import REPORTED, REPORTER
from rooms.faults.words import first_step
from rooms.texts import TEXTS, Language, text
from rooms.texts.times import clock, lasted, moment
from rooms.units import DAY_MS, HOUR_MS
from storage.store import StoreError

router = APIRouter(include_in_schema=False)

ACTS: Final[dict[str, Act]] = {
    "acknowledge": "acknowledged",
    "snooze": "snoozed",
    "comment": "commented",
    "resolve": "resolved",
}
SNOOZES: Final = ("hour", "morning", "week")
_MORNING: Final = time(7)


class Event(NamedTuple):
    at: str
    what: str
    note: str


@router.get("/faults/{fault}")
def page(
    caller: Viewer, request: Request, fault: str, now: Now, parts: PartsOf, language: Lang
) -> Response:
    found = fault_asked(parts, fault)
    zone = zone_of_fault(now.registry, found)
    drawn, trouble = _drawn(parts, now, found, language)
    device = found.subject if found.subject in now.registry.devices else None
    bookings = parts.state.claims.to_come(now.now, now.now + DAY_MS)
    made: Response = request.app.state.pages.page(
        request,
        "fault.html",
        caller=caller,
        fault=found,
        kind=code_name(found.code, language),
        what=problem_text(found, now.now, zone, language),
        where=where(now, found, language),
        first=_first_step(now, found, language),
        times=_times(now, found, language),
        lost=lost(parts, now, found, language),
        seen_to=seen_to(now, found, language),
        held=held_because(parts, now, found, language),
        booking=next_booking(now, found, bookings, language) if found.open else "",
        members=[subject_name(now, id_, language) for id_ in found.members],
        events=[
            _event(now, one, zone, language) for one in parts.state.faults.transitions(found.id)
        ],
        chart=drawn,
        trouble=trouble,
        may=caller.may("maintainer") and caller.how != "display",
        reported=found.code == REPORTED,
        snoozes=SNOOZES,
        device_faults=None if device is None else faults_of(device),
        device=thing_of(now, found, language),
        room=found.room if found.room in now.registry.rooms else None,
        done=request.query_params.get("done", ""),
        acts=ACTS,
    )
    return made


@router.post("/faults/{fault}/{what}")
def act(
    caller: Maintainer,
    fault: str,
    what: str,
    parts: PartsOf,
    form: Form,
    language: Lang,
) -> Response:
    if what not in ACTS:
        raise Problem(404, "not_found")
    note = note_asked(form.get("note", ""), language, needed=what == "comment")
    until = _until(parts, fault, form.get("until", ""), language) if what == "snooze" else None
    found = act_on(parts, fault, ACTS[what], caller.name, note, until)
    return RedirectResponse(f"/faults/{found.id}?done={what}", 303)


def _until(parts: Parts, id_: str, choice: str, language: Language) -> int:
    """An hour, the next local seven o'clock of a day to come, or a week. Raises ``Problem``."""
    now = parts.clock()
    if choice == "hour":
        return now + HOUR_MS
    if choice == "week":
        return now + 7 * DAY_MS
    if choice != "morning":
        raise invalid("until", text(language, "api.field.missing"), "body")
    zone = zone_of_fault(parts.registry(), fault_asked(parts, id_))
    tomorrow = moment(now, zone).date() + timedelta(days=1)
    return round(datetime.combine(tomorrow, _MORNING, zone).timestamp()) * 1000


def _first_step(now: Snapshot, fault: Fault, language: Language) -> str:
    entry = now.registry.devices.get(fault.subject)
    model = None if entry is None else entry.device.model
    return first_step(language, fault.code, fault.detail, model)


def _times(now: Snapshot, fault: Fault, language: Language) -> dict[str, str]:
    """Since when, until when; label -> time."""
    zone = zone_of_fault(now.registry, fault)
    times = {"since": fault.there_since, "opened": fault.opened, "resolved": fault.resolved}
    if fault.again is not None or fault.opened - fault.since < 60_000:
        del times["opened"]
    told = {
        name: clock(at, now.now, zone, language) for name, at in times.items() if at is not None
    }
    ended = now.now if fault.resolved is None else fault.resolved
    return told | {"lasted": lasted(max(0, ended - fault.there_since), language)}


def _event(now: Snapshot, one: Transition, zone: ZoneInfo, language: Language) -> Event:
    until = "" if one.until is None else clock(one.until, now.now, zone, language)
    who = text(language, "faults.who.report") if one.who == REPORTER else one.who
    at, key, note = clock(one.at, now.now, zone, language), f"faults.event.{one.kind}", one.note
    if one.kind == "escalated" and note:  # its note is the route
        return Event(at, text(language, "faults.event.unanswered", route=note), "")
    if who and f"{key}.by" in TEXTS:
        key = f"{key}.by"
    return Event(at, text(language, key, who=who, until=until), note)


def _drawn(
    parts: Parts, now: Snapshot, fault: Fault, language: Language
) -> tuple[Chart | None, str]:
    """The reading history, or why there is none."""
    start, stop = window_of(fault, now.now)
    if stop <= now.now - parts.retention_ms:
        return None, text(language, "faults.chart.gone")
    try:
        series = series_of(parts, fault, (start, stop))
    except StoreError as error:
        return None, error.render(language)
    frame = Frame(start, stop, now.now, zone_of_fault(now.registry, fault), language)
    made = chart(series, frame, now.registry, fault.opened, fault.since)
    if made is None and series:
        return None, text(language, "faults.chart.none")
    return made, ""
