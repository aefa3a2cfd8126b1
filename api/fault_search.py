"""Which faults a request asks for, page by page."""

from __future__ import annotations

import re
from typing import Final, Literal, NamedTuple

from api.asked import invalid, time_asked
from api.parts import Parts
from rooms.faults import SOURCE, Fault
from rooms.registry import Registry
from rooms.texts import Language, text
from storage.state import Asked

FaultState = Literal["open", "resolved", "all"]
_OPEN: Final[dict[FaultState, bool | None]] = {"open": True, "resolved": False, "all": None}
_CURSOR: Final = re.compile(r"(\d{1,15})\.([0-9a-f]{12})", re.ASCII)


class Wish(NamedTuple):
    """The parameters as they came; what is left out does not matter."""

    state: FaultState = "open"
    site: str | None = None
    room: str | None = None
    device: str | None = None
    source: str | None = None
    code: str | None = None
    severity: str | None = None
    held: bool | None = None
    start: str | None = None
    end: str | None = None


class Page(NamedTuple):
    faults: list[Fault]
    cursor: str | None


def search(parts: Parts, wish: Wish, most: int, cursor: str | None, language: Language) -> Page:
    """Newest first. Raises ``Problem`` 422."""
    if wish.device is not None and wish.source is not None:
        raise invalid("source", text(language, "fault.field.subject"))
    subject = wish.device if wish.source is None else f"{SOURCE}{wish.source}"
    start = None if wish.start is None else time_asked("from", wish.start, language)
    stop = None if wish.end is None else time_asked("to", wish.end, language)
    if start is not None and stop is not None and start >= stop:
        raise invalid("from", text(language, "fault.field.order"))
    asked = Asked(
        _OPEN[wish.state],
        wish.site,
        wish.room,
        subject,
        wish.code,
        wish.severity,
        wish.held,
        start,
        stop,
        None if cursor is None else _cursor(cursor, language),
        most + 1,
    )
    found = parts.state.faults.find(asked)
    if not found:
        _check_known(parts.registry(), wish, language)
    page = found[:most]
    more = len(found) > most
    return Page(page, f"{page[-1].opened}.{page[-1].id}" if more else None)


def _cursor(value: str, language: Language) -> tuple[int, str]:
    match = _CURSOR.fullmatch(value)
    if match is None:
        raise invalid("cursor", text(language, "fault.field.cursor"))
    return int(match[1]), match[2]


def _check_known(registry: Registry, wish: Wish, language: Language) -> None:
    """What was removed may have faults; what never was is misspelt, and has none."""
    for name, known in (
        ("site", registry.sites),
        ("room", registry.rooms),
        ("device", registry.devices),
        ("source", registry.sources),
    ):
        value = getattr(wish, name)
        if value is not None and value not in known:
            raise invalid(name, text(language, "fault.field.unknown", value=value[:80]))
