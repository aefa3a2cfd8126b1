"""Which site and rooms are asked for, checked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from api.asked import invalid
from api.parts import Parts
from api.schemas import By
from api.usage.period import Period
from api.usage.report import private_throughout
from rooms.registry import Site
from rooms.registry.registry import FOREVER
from rooms.texts import Language, text

# Stored points of chosen rooms that one question may add up: 31 rooms' hours of 400 days
MOST_POINTS: Final = 300_000
_PER_DAY: Final[dict[By, int]] = {"hour-of-week": 24, "partner": 8, "day": 1, "week": 1}


def site_asked(
    parts: Parts, site: str | None, rooms: Sequence[str] | None, language: Language
) -> Site:
    """The site named, else that of the first room named, else the only one.

    Raises ``Problem`` 422.
    """
    registry = parts.registry()
    names = ", ".join(registry.sites)
    if site is not None:
        if site not in registry.sites:
            message = text(language, "usage.field.no_site", value=site[:80], sites=names)
            raise invalid("site", message)
        return registry.sites[site]
    for room in rooms or ():
        if room in registry.rooms:
            return registry.rooms[room][0]
    if len(registry.sites) > 1:
        raise invalid("site", text(language, "usage.field.which_site", sites=names))
    return next(iter(registry.sites.values()))


def rooms_asked(
    parts: Parts,
    site: Site,
    rooms: Sequence[str] | None,
    period: Period,
    by: By,
    language: Language,
) -> list[str] | None:
    """The rooms named, each once; ``None`` for all. A room that is no longer in the registry
    may be asked for where something is stored of it. Raises ``Problem`` 422, ``StoreError``.
    """
    if not rooms:
        return None
    registry = parts.registry()
    asked = list(dict.fromkeys(rooms))
    for room in asked:
        known = registry.rooms.get(room)
        if known is not None and known[0].id == site.id:
            if private_throughout(registry, room, period):
                message = text(language, "usage.field.private", value=room)
                raise invalid("room", message)
        elif not _stored(parts, site, room):
            message = text(language, "usage.field.no_room", value=room[:80], site=site.id)
            raise invalid("room", message)
    if len(asked) * len(period.days) * _PER_DAY.get(by, 0) > MOST_POINTS:
        values = {"rooms": len(asked), "days": len(period.days)}
        raise invalid("room", text(language, "usage.field.too_much", **values))
    return asked


def _stored(parts: Parts, site: Site, room: str) -> bool:
    tags = {"site": [site.id], "room": [room]}
    return bool(parts.store.last("use_month", tags, FOREVER))
