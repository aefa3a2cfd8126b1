"""Lines for signs, of a room and of a whole site: pure, in the site's language and zone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from rooms.texts import Language, text
from rooms.texts.times import clock, moment


def sign(state: Mapping[str, Any], now: int, zone: ZoneInfo, language: Language) -> str:
    """Of a room, as it stands in ``service.db``."""
    what = state.get("state", "unknown")
    until, starts, since = (state.get(n) for n in ("booked_until", "next_booking", "since"))
    today = moment(now, zone).date()
    key, at = f"state.{what}", None
    if what == "vacant" and until is not None:
        key, at = "board.vacant.booked", until
    elif what == "vacant" and starts is not None and moment(starts, zone).date() == today:
        key, at = "board.vacant.until", starts
    elif what == "occupied" and until is not None:
        key, at = "publish.occupied.until", until
    elif what == "occupied" and since is not None:
        key, at = "publish.occupied.since", since
    return text(language, key, time=at and clock(at, now, zone, language))


def overview(states: Mapping[str, int], faults: int, language: Language) -> str:
    """Of a site: how many rooms are in which state; unknown ones are never passed over."""
    shared = {name: states.get(name, 0) for name in ("occupied", "vacant", "unknown")}
    total = sum(shared.values())
    said = []
    if total and shared["unknown"] == total:
        said.append(text(language, "board.sum.unknown.all"))
    elif total and shared["vacant"] == total:
        said.append(text(language, "board.sum.vacant.all", total=total))
    else:
        occupied, unknown = shared["occupied"], shared["unknown"]
        key = f"board.sum.occupied.{_form(occupied)}"
        said.append(text(language, key, occupied=occupied, total=total))
        if unknown:
            said.append(text(language, f"board.sum.unknown.{_form(unknown)}", count=unknown))
    return " ".join([*said, text(language, f"board.sum.problems.{_form(faults)}", count=faults)])


def _form(count: int) -> str:
    return "none" if not count else "one" if count == 1 else "many"
