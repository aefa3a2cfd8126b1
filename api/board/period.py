"""Which days, house and room a page is about: read from its address, offered as links."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final, NamedTuple
from urllib.parse import urlencode

from babel.dates import format_date, format_interval

from api.asked import YEARS, invalid, parse_day
from api.problems import Problem
from api.usage.period import DAYS, Period, period_asked
from rooms.registry import Registry, Site
from rooms.texts import Language, text
from rooms.texts.times import moment

NAMED: Final = ("month", "last-month", "7d", "30d")
MONTHS: Final = 24  # offered in the list
_MONTH: Final = re.compile(r"\d{4}-(0[1-9]|1[0-2])", re.ASCII)


class Choice(NamedTuple):
    value: str
    label: str
    chosen: bool
    href: str = ""


class Asked(NamedTuple):
    """What a page shows, and the other pages that can be chosen from it."""

    site: Site
    room: str | None
    first: date
    last: date  # inclusive
    period: Period
    label: str
    named: list[Choice]
    months: list[Choice]
    sites: list[Choice]
    rooms: list[Choice]

    @property
    def only(self) -> list[str] | None:
        return None if self.room is None else [self.room]


def asked(query: Mapping[str, str], registry: Registry, now: int, language: Language) -> Asked:
    """Without a period: the running month. Raises ``Problem`` 422 that names the field, 404 for
    an unknown site, an unknown room, and one that is private today."""
    site = site_asked(query.get("site"), registry)
    room = _room(query.get("room"), site, registry, now)
    zone = registry.zone(site.id)
    today = moment(now, zone).date()
    first, last = _days(query, today, language)
    if first > today:
        raise invalid("from", text(language, "use.field.future"))
    if (last - first).days >= DAYS:
        raise invalid("from", text(language, "use.field.days", days=DAYS))
    after = last + timedelta(days=1)
    # as far as now, if the last day is not over
    end = after.isoformat() if after <= today else None
    period = period_asked(first.isoformat(), end, now, zone, language, "day")
    keep = _kept(registry, site, room)
    return Asked(
        site,
        room,
        first,
        min(last, today),
        period,
        _label(first, min(last, today), language),
        _named(today, keep, (first, min(last, today)), language),
        _months(today, language),
        _sites(registry, site, language),
        _rooms(registry, site, room, now, language),
    )


def site_asked(given: str | None, registry: Registry) -> Site:
    """The first site where none is named. Raises ``Problem`` 404."""
    if not given:
        return next(iter(registry.sites.values()))
    if given not in registry.sites:
        raise Problem(404, "no_site", site=given)
    return registry.sites[given]


def _room(given: str | None, site: Site, registry: Registry, now: int) -> str | None:
    if not given:
        return None
    if given not in {room.id for room in site.rooms}:
        raise Problem(404, "no_room", room=given)
    if registry.private(given, now):
        raise Problem(404, "room_private", room=given)
    return given


def _days(query: Mapping[str, str], today: date, language: Language) -> tuple[date, date]:
    """A month goes before dates: the form sends those it was shown with."""
    start, stop = query.get("from", ""), query.get("to", "")
    if month := query.get("month"):
        return _month(month, language)
    if start or stop:
        first, last = _day("from", start, language), _day("to", stop, language)
        if first > last:
            raise invalid("from", text(language, "use.field.order"))
        return first, last
    return _name(query.get("period") or "month", today, language)


def _day(field: str, value: str, language: Language) -> date:
    if not value:
        raise invalid(field, text(language, "use.field.both"))
    try:
        day = parse_day(value)
        if day.year not in YEARS:
            raise ValueError(value)
    except ValueError:
        raise invalid(field, text(language, "api.field.day", value=value[:80])) from None
    return day


def _month(value: str, language: Language) -> tuple[date, date]:
    if _MONTH.fullmatch(value) is None or int(value[:4]) not in YEARS:
        raise invalid("month", text(language, "use.field.month", value=value[:80]))
    first = date.fromisoformat(f"{value}-01")
    return first, _last_of(first)


def _last_of(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _name(name: str, today: date, language: Language) -> tuple[date, date]:
    match name:
        case "month":
            return today.replace(day=1), today
        case "last-month":
            last = today.replace(day=1) - timedelta(days=1)
            return last.replace(day=1), last
        case "7d" | "30d":
            return today - timedelta(days=int(name[:-1]) - 1), today
    raise invalid("period", text(language, "use.field.period", value=name[:80]))


def _label(first: date, last: date, language: Language) -> str:
    if first.day == 1 and last == _last_of(first):
        return format_date(first, "LLLL y", locale=language)
    if first == last:
        return format_date(first, "d MMMM y", locale=language)
    locale = "en_GB" if language == "en" else language  # bare "en" puts the month first
    return format_interval(first, last, "yMMMd", locale=locale)


def _kept(registry: Registry, site: Site, room: str | None) -> dict[str, str]:
    """What links to other periods take along."""
    several = {"site": site.id} if len(registry.sites) > 1 else {}
    return several | ({"room": room} if room else {})


def _named(
    today: date, keep: Mapping[str, str], days: tuple[date, date], language: Language
) -> list[Choice]:
    return [
        Choice(
            name,
            text(language, f"use.period.{name}"),
            _name(name, today, language) == days,
            f"?{urlencode({'period': name, **keep})}",
        )
        for name in NAMED
    ]


def _months(today: date, language: Language) -> list[Choice]:
    out = []
    first = today.replace(day=1)
    for _ in range(MONTHS):
        out.append(Choice(f"{first:%Y-%m}", format_date(first, "LLLL y", locale=language), False))
        first = (first - timedelta(days=1)).replace(day=1)
    return out


def _sites(registry: Registry, site: Site, language: Language) -> list[Choice]:
    return [
        Choice(id_, other.name.in_(language), id_ == site.id)
        for id_, other in registry.sites.items()
    ]


def _rooms(
    registry: Registry, site: Site, room: str | None, now: int, language: Language
) -> list[Choice]:
    return [
        Choice(other.id, other.name.in_(language), other.id == room)
        for other in site.rooms
        if not registry.private(other.id, now)
    ]
