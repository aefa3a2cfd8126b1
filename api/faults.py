"""Faults as the API and the board tell of them, and what people do to them."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from api import schemas
from api.asked import Where, invalid
from api.parts import Parts
from api.problems import Problem
from api.snapshot import Snapshot
from api.words import problem_text, subject_name
from rooms.faults import Fault, Transition
from rooms.faults.lifecycle import Act, NotPossible
from rooms.faults.report import one_line
from rooms.registry import Registry
from rooms.texts import Language, text
from rooms.texts.times import moment
from storage.state import Asked

MOST_NOTE: Final = 500


def zone_of_fault(registry: Registry, fault: Fault) -> ZoneInfo:
    """Its site's; the first site's for the service's own and for sites that are gone."""
    site = fault.site if fault.site in registry.sites else next(iter(registry.sites))
    return registry.zone(site)


def fault_view(now: Snapshot, fault: Fault, language: Language) -> schemas.Fault:
    zone = zone_of_fault(now.registry, fault)
    return schemas.Fault(
        id=fault.id,
        code=fault.code,
        subject=fault.subject,
        name=subject_name(now, fault.subject, language),
        site=fault.site or None,
        room=fault.room,
        severity=fault.severity,
        detail=fault.detail,
        text=problem_text(fault, now.now, zone, language),
        since=moment(fault.since, zone),
        opened=moment(fault.opened, zone),
        resolved=_moment(fault.resolved, zone),
        acknowledged=_moment(fault.acknowledged, zone),
        acknowledged_by=fault.acknowledged_by or None,
        snoozed_until=_moment(fault.snoozed_until, zone),
        held=fault.held or None,
        escalations=fault.level,
        reopened=fault.reopened,
        members=list(fault.members),
    )


def transition_view(transition: Transition, zone: ZoneInfo) -> schemas.FaultTransition:
    return schemas.FaultTransition(
        fault=transition.fault,
        at=moment(transition.at, zone),
        kind=transition.kind,
        severity=transition.severity,
        who=transition.who or None,
        note=transition.note or None,
        until=_moment(transition.until, zone),
        held=transition.held or None,
    )


def _moment(at: int | None, zone: ZoneInfo) -> datetime | None:
    return None if at is None else moment(at, zone)


def fault_asked(parts: Parts, id_: str) -> Fault:
    """Raises ``Problem`` 404."""
    fault = parts.state.faults.get(id_)
    if fault is None:
        raise Problem(404, "no_fault", fault=id_[:80])
    return fault


def act_on(
    parts: Parts, id_: str, what: Act, who: str, note: str = "", until: int | None = None
) -> Fault:
    """What a person does to it, with the audit trail. Raises ``Problem`` 404, and 409 where the
    fault does not allow it."""
    try:
        fault = parts.state.faults.act(id_, what, parts.clock(), who, note, until)
    except NotPossible as error:
        raise Problem(409, error.key) from None
    if fault is None:
        raise Problem(404, "no_fault", fault=id_[:80])
    return fault


def note_asked(value: str, language: Language, where: Where = "body", *, needed: bool) -> str:
    """One line of text, without control characters. Raises ``Problem`` 422."""
    note = one_line(value)
    if (needed and not note) or len(note) > MOST_NOTE:
        key = "fault.field.note" if needed else "fault.field.note_long"
        raise invalid("note", text(language, key, most=MOST_NOTE), where)
    return note


def history(
    parts: Parts, now: Snapshot, device: str, most: int, language: Language
) -> schemas.FaultHistory:
    """Raises ``Problem`` 404."""
    faults = parts.state.faults.find(Asked(subject=device, most=most))
    if not faults and device not in now.registry.devices:
        raise Problem(404, "no_device", device=device)
    transitions = [
        (one.seq, transition_view(one, zone_of_fault(now.registry, fault)))
        for fault in faults
        for one in parts.state.faults.transitions(fault.id)
    ]
    transitions.sort(key=lambda pair: -pair[0])
    return schemas.FaultHistory(
        device=device,
        faults=[fault_view(now, fault, language) for fault in faults],
        transitions=[view for _, view in transitions],
    )
