"""From what is live to what the API says about it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from api import schemas
from api.snapshot import Snapshot
from api.words import model_name, problem_text, subject_name, unknown_reason, zone_of
from rooms.faults import Fault
from rooms.texts import Language
from rooms.texts.times import moment

CLIMATE_MS = 3_600_000  # older air is no longer the room's air


def rooms_view(now: Snapshot, language: Language) -> schemas.Rooms:
    zone = zone_of(now, None)
    return schemas.Rooms(
        current=now.current,
        as_of=None if now.heartbeat is None else moment(now.heartbeat, zone),
        rooms=[room_view(now, room, language) for room in now.registry.rooms],
        problems=problem_views(now, now.problems_elsewhere(), zone, language),
    )


def room_view(now: Snapshot, room: str, language: Language) -> schemas.Room:
    """Raises ``KeyError`` for a room that the registry does not know."""
    site, entry = now.registry.rooms[room]
    zone = now.registry.zone(site.id)
    private = now.registry.private(room, now.now)
    row = now.rooms.get(room)
    body = row.body if row is not None and now.current and not private else {}
    state = "private" if private else body.get("state", "unknown")
    if state == "private" and not private:
        state = "unknown"  # no longer private, and the collector has not seen that yet
    return schemas.Room(
        id=room,
        site=site.id,
        name=entry.name.in_(language),
        capacity=entry.capacity.at(now.registry.local_day(site.id, now.now)),
        state=state,
        since=_moment(body.get("since"), zone),
        provisional=body.get("provisional", False),
        booked_until=_moment(body.get("booked_until"), zone),
        next_booking=_moment(body.get("next_booking"), zone),
        people=body.get("people"),
        evidence=body.get("evidence", []),
        climate=_climate(body, now.now, zone),
        in_call=body.get("in_call"),
        reason=unknown_reason(now, room, language) if state == "unknown" else None,
        problems=problem_views(now, now.problems_of(room), zone, language),
    )


def _moment(at: int | None, zone: ZoneInfo) -> datetime | None:
    return None if at is None else moment(at, zone)


def _climate(body: dict[str, object], now: int, zone: ZoneInfo) -> schemas.Climate | None:
    at = body.get("climate_at")
    if not isinstance(at, int) or now - at > CLIMATE_MS:
        return None
    fields = {name: body.get(name) for name in ("co2_ppm", "temperature_c", "humidity_pct")}
    return schemas.Climate.model_validate({**fields, "measured": moment(at, zone)})


def problem_views(
    now: Snapshot, problems: Iterable[Fault], zone: ZoneInfo, language: Language
) -> list[schemas.Problem]:
    return [
        schemas.Problem(
            fault=problem.id,
            code=problem.code,
            subject=problem.subject,
            name=subject_name(now, problem.subject, language),
            room=now.room_of(problem.subject),
            severity=problem.severity,
            detail=problem.detail,
            since=moment(problem.since, zone),
            acknowledged=problem.acknowledged is not None,
            text=problem_text(problem, now.now, zone, language),
        )
        for problem in problems
    ]


def device_view(now: Snapshot, id_: str, language: Language) -> schemas.Device:
    """Raises ``KeyError`` for a device that the registry does not know."""
    entry = now.registry.devices[id_]
    zone = now.registry.zone(entry.site)
    row = now.devices.get(id_)
    body = {} if row is None else row.body
    heard = body.get("heard")
    return schemas.Device(
        id=id_,
        site=entry.site,
        name=subject_name(now, id_, language),
        source=entry.device.source,
        address=entry.device.address,
        model=model_name(entry, language),
        room=now.registry.room_of(id_, now.now),
        expect_every_s=entry.expect_every,
        heard=None if heard is None else moment(heard, zone),
        latest={
            field: schemas.Reading(at=moment(at, zone), value=value)
            for field, (at, value) in body.get("latest", {}).items()
        },
        problems=problem_views(now, [p for p in now.problems if p.subject == id_], zone, language),
    )
