"""The page on faults: what is wrong now, worst first, what is held back, what is over."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from typing import Final, NamedTuple, get_args
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.asked import invalid
from api.board.fault_words import held_because, lost, next_booking, where
from api.depends import Lang, Now, PartsOf, Viewer
from api.faults import zone_of_fault
from api.parts import Parts
from api.snapshot import Snapshot, worst_first
from api.words import problem_text, subject_name
from rooms.faults import SEVERITIES, Fault
from rooms.registry.alerting import Code
from rooms.texts import TEXTS, Language, text
from rooms.texts.times import clock, lasted
from rooms.units import DAY_MS
from storage.state import Asked

router = APIRouter(include_in_schema=False)

RECENT_DAYS: Final = 30
MOST_RESOLVED: Final = 200
FILTERS: Final = ("site", "room", "severity", "code")


class Line(NamedTuple):
    id: str
    severity: str
    what: str
    where: str
    since: str
    over: str  # when it was, "" while it is there
    lasted: str
    lost: str
    seen_to: str  # by whom it was acknowledged, until when it waits
    booking: str
    held: str  # why its alerts are kept back


class Option(NamedTuple):
    value: str
    label: str
    chosen: bool


class Filter(NamedTuple):
    name: str
    label: str
    options: list[Option]


@router.get("/faults")
def page(caller: Viewer, request: Request, now: Now, parts: PartsOf, language: Lang) -> Response:
    query = {name: request.query_params.get(name, "") for name in (*FILTERS, "device")}
    wanted = _wanted(now, query, language)
    open_ = [fault for fault in worst_first(now.problems) if _fits(fault, wanted)]
    over = _resolved(parts, now, wanted)
    lines = _lines(parts, now, [*open_, *over], language)
    made: Response = request.app.state.pages.page(
        request,
        "faults.html",
        caller=caller,
        filters=filters(now, [*now.problems, *over], wanted, language),
        device=subject_name(now, wanted["device"], language) if "device" in wanted else "",
        filtered=bool(wanted),
        open=[line for line in lines if not line.over and not line.held],
        held=[line for line in lines if not line.over and line.held],
        over=[line for line in lines if line.over],
        days=RECENT_DAYS,
        more=len(over) == MOST_RESOLVED,
    )
    return made


def _wanted(now: Snapshot, query: dict[str, str], language: Language) -> dict[str, str]:
    """What is asked for. Raises ``Problem`` 422 for what there cannot be."""
    wanted = {name: value for name, value in query.items() if value}
    known: dict[str, Container[str]] = {
        "site": now.registry.sites,
        "room": now.registry.rooms,
        "severity": SEVERITIES,
        "code": get_args(Code),
    }
    for name, words in known.items():
        if name in wanted and wanted[name] not in words:
            message = text(language, "fault.field.unknown", value=wanted[name][:80])
            raise invalid(name, message)
    return wanted


def _fits(fault: Fault, wanted: dict[str, str]) -> bool:
    told = {
        "site": fault.site,
        "room": fault.room,
        "severity": fault.severity,
        "code": fault.code,
        "device": fault.subject,
    }
    member = wanted.get("device") in fault.members
    return all(
        told[name] == value or (name == "device" and member) for name, value in wanted.items()
    )


def _resolved(parts: Parts, now: Snapshot, wanted: dict[str, str]) -> list[Fault]:
    """The latest first."""
    asked = Asked(
        open=False,
        site=wanted.get("site"),
        room=wanted.get("room"),
        subject=wanted.get("device"),
        code=wanted.get("code"),
        severity=wanted.get("severity"),
        start=now.now - RECENT_DAYS * DAY_MS,
        most=MOST_RESOLVED,
    )
    return sorted(parts.state.faults.find(asked), key=lambda f: -(f.resolved or 0))


def _lines(parts: Parts, now: Snapshot, faults: Iterable[Fault], language: Language) -> list[Line]:
    bookings = parts.state.claims.to_come(now.now, now.now + DAY_MS)
    return [
        _line(parts, now, fault, next_booking(now, fault, bookings, language), language)
        for fault in faults
    ]


def _line(parts: Parts, now: Snapshot, fault: Fault, booking: str, language: Language) -> Line:
    zone = zone_of_fault(now.registry, fault)
    over = "" if fault.resolved is None else clock(fault.resolved, now.now, zone, language)
    ended = now.now if fault.resolved is None else fault.resolved
    return Line(
        fault.id,
        fault.severity,
        problem_text(fault, now.now, zone, language),
        where(now, fault, language),
        clock(fault.there_since, now.now, zone, language),
        over,
        lasted(max(0, ended - fault.there_since), language),
        lost(parts, now, fault, language),
        seen_to(now, fault, language),
        "" if over else booking,
        held_because(parts, now, fault, language),
    )


def seen_to(now: Snapshot, fault: Fault, language: Language) -> str:
    """Who sees to it, and until when nobody wants to hear of it."""
    zone = zone_of_fault(now.registry, fault)
    words = []
    if fault.acknowledged is not None:
        at = clock(fault.acknowledged, now.now, zone, language)
        words.append(text(language, "faults.seen_to", who=fault.acknowledged_by, at=at))
    if fault.snoozed_until is not None and fault.snoozed_until > now.now:
        until = clock(fault.snoozed_until, now.now, zone, language)
        words.append(text(language, "faults.waits", until=until))
    return ". ".join(words)


def code_name(code: str, language: Language) -> str:
    key = f"faults.code.{code}"
    return text(language, key) if key in TEXTS else code


def filters(
    now: Snapshot, shown: Sequence[Fault], wanted: dict[str, str], language: Language
) -> list[Filter]:
    """By site where there are several, by room, severity and the kinds that there are."""
    sites = {site.id: site.name.in_(language) for site in now.registry.sites.values()}
    rooms = {id_: room.name.in_(language) for id_, (_, room) in now.registry.rooms.items()}
    codes = {fault.code for fault in shown} | ({wanted["code"]} if "code" in wanted else set())
    named = sorted((code_name(code, language), code) for code in codes)
    choices: dict[str, dict[str, str]] = {
        "site": sites if len(sites) > 1 else {},
        "room": rooms,
        "severity": {s: text(language, f"faults.severity.{s}") for s in reversed(SEVERITIES)},
        "code": {code: name for name, code in named},
    }
    every = text(language, "faults.all")
    return [
        Filter(
            name,
            text(language, f"faults.filter.{name}"),
            [
                Option(value, label, wanted.get(name, "") == value)
                for value, label in {"": every, **entries}.items()
            ],
        )
        for name, entries in choices.items()
        if entries
    ]


def faults_of(device: str) -> str:
    """The address of a device's own list."""
    return f"/faults?{urlencode({'device': device})}"
