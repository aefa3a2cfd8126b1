"""The page on maintenance windows: those that there are, a form for a new one."""

from __future__ import annotations

from typing import Final, NamedTuple, get_args

from babel.dates import get_day_names
from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from api import schemas
from api.board.faults import code_name
from api.depends import Lang, Maintainer, Now, PartsOf, Viewer
from api.forms import Form
from api.maintenance import Kept, kept_windows, make, remove
from api.snapshot import Snapshot
from api.words import subject_name
from rooms.faults.windows import occurrences
from rooms.registry.alerting import Code
from rooms.texts import Language, text
from rooms.texts.times import clock, moment
from rooms.units import DAY_MS

router = APIRouter(include_in_schema=False)

AHEAD_MS: Final = 366 * DAY_MS
CODES: Final[tuple[str, ...]] = get_args(Code)
LASTS: Final = ("1h", "2h", "4h", "8h", "1d", "7d")
REPEATS: Final = {
    "": "once",
    "FREQ=DAILY": "daily",
    "FREQ=WEEKLY": "weekly",
    "FREQ=WEEKLY;INTERVAL=2": "fortnightly",
    "FREQ=MONTHLY": "monthly",
}


_DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class Window(NamedTuple):
    id: str
    reason: str
    covers: str
    when: str  # open until, or next from
    active: bool
    repeat: str
    made_by: str  # "" for those of rooms.yaml
    over: bool


@router.get("/maintenance")
def page(caller: Viewer, request: Request, now: Now, parts: PartsOf, language: Lang) -> Response:
    windows = [_window(now, kept, language) for kept in kept_windows(parts)]
    first = next(iter(now.registry.sites))
    start = moment(now.now, now.registry.zone(first)).strftime("%Y-%m-%dT%H:%M")
    made: Response = request.app.state.pages.page(
        request,
        "maintenance.html",
        caller=caller,
        windows=sorted(windows, key=lambda one: (one.over, not one.active)),
        may=caller.may("maintainer") and caller.how != "display",
        sites=[(site.id, site.name.in_(language)) for site in now.registry.sites.values()],
        rooms=[(id_, room.name.in_(language)) for id_, (_, room) in now.registry.rooms.items()],
        devices=[(id_, subject_name(now, id_, language)) for id_ in now.registry.devices],
        codes=[(code, code_name(code, language)) for code in CODES],
        start=start,
        lasts=[(value, text(language, f"maintenance.lasts.{value}")) for value in LASTS],
        repeats=[(v, text(language, f"maintenance.repeat.{n}")) for v, n in REPEATS.items()],
        done=request.query_params.get("done", ""),
    )
    return made


@router.post("/maintenance")
def post_window(caller: Maintainer, parts: PartsOf, form: Form, language: Lang) -> Response:
    def only(name: str) -> list[str] | None:
        return [form[name]] if form.get(name) else None

    asked = schemas.MaintenanceAsked.model_validate(
        {
            "site": form.get("site") or None,
            "from": form.get("from", ""),
            "lasts": form.get("lasts", ""),
            "repeat": form.get("repeat") or None,
            "rooms": only("room"),
            "devices": only("device"),
            "codes": only("code"),
            "reason": form.get("reason", ""),
        }
    )
    make(parts, asked, caller.name, language)
    return RedirectResponse("/maintenance?done=made", 303)


@router.post("/maintenance/{window}/remove")
def remove_window(caller: Maintainer, window: str, parts: PartsOf) -> Response:
    remove(parts, window, caller.name)
    return RedirectResponse("/maintenance?done=removed", 303)


def _window(now: Snapshot, kept: Kept, language: Language) -> Window:
    site, window, stored = kept
    zone = now.registry.zone(site)
    spans = occurrences(window, now.now, now.now + AHEAD_MS, zone)
    active = bool(spans) and spans[0][0] <= now.now
    if not spans:
        when = text(language, "maintenance.over")
    elif active:
        until = clock(spans[0][1], now.now, zone, language)
        when = text(language, "maintenance.active", until=until)
    else:
        start, stop = (clock(at, now.now, zone, language) for at in spans[0])
        when = text(language, "maintenance.next", start=start, stop=stop)
    return Window(
        window.id,
        window.reason.in_(language),
        _covers(now, kept, language),
        when,
        active,
        _repeat(window.repeat, language),
        "" if stored is None else stored.actor,
        not spans,
    )


def _repeat(rule: str | None, language: Language) -> str:
    """In words where it is a common one, perhaps on certain days; else as it is written."""
    plain, _, days = (rule or "").upper().partition(";BYDAY=")
    if plain not in REPEATS or ";" in days:
        return rule or ""
    names = get_day_names("abbreviated", locale=language)
    told = [str(names[_DAYS.index(day)]) for day in days.split(",") if day in _DAYS]
    every = text(language, f"maintenance.repeat.{REPEATS[plain]}")
    if not days:
        return every
    return f"{every} ({', '.join(told)})" if len(told) == len(days.split(",")) else rule or ""


def _covers(now: Snapshot, kept: Kept, language: Language) -> str:
    """Which faults it holds: of these rooms and devices, of these kinds."""
    window = kept.window
    things = [
        subject_name(now, id_, language) for id_ in (*(window.rooms or ()), *(window.devices or ()))
    ]
    site = now.registry.sites[kept.site].name.in_(language)
    kinds = [code_name(code, language) for code in window.codes or ()]
    place = ", ".join(things) or text(language, "maintenance.everything", site=site)
    return f"{place}: {', '.join(kinds)}" if kinds else place
