"""One room's period with all that its numbers rest on: evidence, claims, bookable time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from api import schemas
from api.access import Caller
from api.parts import Parts
from api.queries import Window, edges, private_answer, told
from rooms.attribution import Booking, Share, conflicts
from rooms.calendar import bookable, cleaning, closed_because, local_days
from rooms.faults import DISTRUSTING, problem_text
from rooms.intervals import Intervals, clip, subtract, union
from rooms.occupancy import Timeline
from rooms.registry import Registry, Site
from rooms.roomday import came_to
from rooms.texts import Language
from rooms.texts.times import clock, moment
from storage.roomdays import room_days, span
from storage.state import Spell

_LISTS: Final = ("shares", "bookings", "distrusted", "bookable", "cleaning", "closed")


class _Asked(NamedTuple):
    """Who asks what of which room."""

    parts: Parts
    registry: Registry
    site: Site
    room: str
    window: Window
    days: list[date]
    zone: ZoneInfo
    now: int
    caller: Caller
    language: Language

    def seen(self, partner: str | None) -> str | None:
        """A partner is told of no other partner."""
        return partner if self.caller.only in (None, partner) else None


def timeline(
    parts: Parts, room: str, window: Window, caller: Caller, language: Language
) -> schemas.Timeline:
    """As the roll-up sees it. Raises ``StoreError``, ``KeyError``."""
    registry = parts.registry()
    site, _ = registry.rooms[room]
    zone = registry.zone(site.id)
    days = list(local_days(*window, zone))
    asked = _Asked(parts, registry, site, room, window, days, zone, parts.clock(), caller, language)
    kept = {"readings_from": moment(asked.now - parts.retention_ms, zone)}
    private = private_answer(registry, room, window)
    if private is not None:
        nothing: dict[str, Any] = {name: [] for name in _LISTS}
        return schemas.Timeline.model_validate(private | kept | nothing)
    return schemas.Timeline.model_validate(_occupied(asked) | kept | _open(asked))


def _occupied(asked: _Asked) -> dict[str, Any]:
    """States and evidence, whose time it was, and which sensors were not believed."""
    room, registry, state = asked.room, asked.registry, asked.parts.state
    first, last = asked.days[0], asked.days[-1]
    spells = state.faults.spells(*span(registry, room, first, last))
    found = room_days(
        asked.parts.store, state.claims, spells, registry, room, first, last, asked.now
    )
    shares = (share for day in found.days for share in day.shares)
    line = _narrowed(found.timeline, asked.window, asked.now)
    yielding = {conflict.second.id for conflict in conflicts(found.claims.bookings)}
    return {
        **told(registry, room, line, devices=asked.caller.sees_devices),
        "shares": [_share(asked, share) for share in shares if _touches(share, asked.window)],
        "bookings": [
            {
                **edges(booking.start, booking.stop, asked.zone),
                "partner": asked.seen(booking.partner),
                "came": _came(booking, found.timeline, asked.now),
                "conflict": booking.id in yielding,
            }
            for booking in state.claims.bookings(room, *asked.window)
            if not registry.private(room, booking.start)
        ],
        "distrusted": list(_distrusted(asked, spells)),
    }


def _came(booking: Booking, line: Timeline, now: int) -> bool | None:
    sure = subtract([(line.start, line.stop)], line.unknown)
    return came_to(booking, line.occupied, sure, now)


def _narrowed(line: Timeline, window: Window, now: int) -> Timeline:
    """The part of a timeline that was asked for: a window tells the same as a wider one."""
    start = window.start
    stop = line.stop if window.stop >= now else window.stop  # the second of "now" is told whole
    return replace(
        line,
        start=start,
        stop=stop,
        occupied=clip(line.occupied, start, stop),
        unknown=clip(line.unknown, start, stop),
        people=[
            (a, b, count)
            for low, high, count in line.people
            for a, b in clip([(low, high)], start, stop)
        ],
        evidence=[
            one._replace(start=a, stop=b)
            for one in line.evidence
            for a, b in clip([(one.start, one.stop)], start, stop)
        ],
        settled_until=min(stop, line.settled_until),
    )


def _touches(share: Share, window: Window) -> bool:
    return share.start < window.stop and share.stop > window.start


def _share(asked: _Asked, share: Share) -> dict[str, Any]:
    start, stop = max(share.start, asked.window.start), min(share.stop, asked.window.stop)
    whose = {"partner": asked.seen(share.partner), "by": share.by}
    return edges(start, stop, asked.zone) | whose


def _distrusted(asked: _Asked, spells: Iterable[Spell]) -> Iterator[dict[str, Any]]:
    """A problem's time, as long as the device stood in the room."""
    placed: dict[str, Intervals] = {}
    for stay in asked.registry.devices_in(asked.room, *asked.window):
        placed.setdefault(stay.device.device.id, []).append((stay.start, stay.stop))
    for spell in spells:
        if spell.code not in DISTRUSTING:
            continue
        stop = asked.now if spell.stop is None else spell.stop
        since = clock(spell.start, asked.now, asked.zone, asked.language)
        for a, b in clip(placed.get(spell.subject, ()), spell.start, stop):
            yield {
                **edges(a, b, asked.zone),
                "device": spell.subject if asked.caller.sees_devices else None,
                "code": spell.code,
                "text": problem_text(asked.language, spell.code, spell.detail, since),
            }


def _open(asked: _Asked) -> dict[str, Any]:
    """When the room could be booked, was cleaned, or was closed and why."""

    def within(of: Callable[[Site, str, date], Intervals]) -> list[dict[str, Any]]:
        pieces = union(one for day in asked.days for one in of(asked.site, asked.room, day))
        return [edges(a, b, asked.zone) for a, b in clip(pieces, *asked.window)]

    reasons = {day: closed_because(asked.site, day, asked.language) for day in asked.days}
    return {
        "bookable": within(bookable),
        "cleaning": within(cleaning),
        "closed": [{"day": day, "reason": why} for day, why in reasons.items() if why is not None],
    }
