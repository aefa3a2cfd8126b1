"""Maintenance windows: those of rooms.yaml, and those that are made and removed here."""

from __future__ import annotations

import re
import secrets
from typing import Any, Final, NamedTuple

from pydantic import ValidationError

from api import schemas
from api.asked import invalid
from api.parts import Parts
from api.problems import Problem
from rooms.faults.report import one_line
from rooms.faults.windows import active, read_window
from rooms.registry import Registry, Site
from rooms.registry.alerting import Maintenance
from rooms.registry.mistakes import shown
from rooms.registry.translate import key_of, options
from rooms.texts import Language, text
from rooms.texts.times import moment
from storage.state import StoredWindow

MOST_WINDOWS: Final = 200
LOCAL: Final = "%Y-%m-%d %H:%M"


class Kept(NamedTuple):
    """A window and, where it was made here, how it is kept."""

    site: str
    window: Maintenance
    stored: StoredWindow | None = None


def kept_windows(parts: Parts) -> list[Kept]:
    """Those of rooms.yaml first; of sites that are gone none."""
    sites = parts.registry().sites
    own = [Kept(site.id, window) for site in sites.values() for window in site.maintenance]
    return own + [
        Kept(one.site, window, one)
        for one in parts.state.windows.all()
        if one.site in sites and (window := read_window(one.body)) is not None
    ]


def window_view(
    registry: Registry, kept: Kept, now: int, language: Language
) -> schemas.MaintenanceWindow:
    site, window, stored = kept
    zone = registry.zone(site)
    body: dict[str, Any] = {
        "id": window.id,
        "site": site,
        "from": window.start.strftime(LOCAL),
        "lasts_s": window.lasts,
        "repeat": window.repeat,
        "rooms": window.rooms,
        "devices": window.devices,
        "codes": window.codes,
        "reason": window.reason.in_(language),
        "origin": "rooms.yaml" if stored is None else "api",
        "made": None if stored is None else moment(stored.created, zone),
        "made_by": None if stored is None else stored.actor,
        "active": active(window, now, zone),
    }
    return schemas.MaintenanceWindow.model_validate(body)


def make(parts: Parts, asked: schemas.MaintenanceAsked, actor: str, language: Language) -> Kept:
    """Keep a new window, with the audit trail. Raises ``Problem`` 422 that names the field."""
    site = _site(parts.registry(), asked.site, language)
    window = _window(asked, language)
    _check(site, window, language)
    if len(parts.state.windows.all()) >= MOST_WINDOWS:
        raise Problem(409, "maintenance_many", most=MOST_WINDOWS)
    body = window.model_dump_json(by_alias=True)
    stored = StoredWindow(window.id, site.id, body, parts.clock(), actor)
    parts.state.windows.put(stored)
    return Kept(site.id, window, stored)


def remove(parts: Parts, id_: str, actor: str) -> Kept:
    """It holds nothing any more. Raises ``Problem`` 404, and 409 for one of rooms.yaml."""
    found = [kept for kept in kept_windows(parts) if kept.window.id == id_]
    made = next((kept for kept in found if kept.stored is not None), None)
    if found and made is None:
        raise Problem(409, "maintenance_file", window=id_)
    if made is None or not parts.state.windows.remove(id_, actor, parts.clock()):
        raise Problem(404, "no_maintenance", window=id_[:80])
    return made


def _site(registry: Registry, given: str | None, language: Language) -> Site:
    if given is None and len(registry.sites) == 1:
        return next(iter(registry.sites.values()))
    if given is None or given not in registry.sites:
        known = ", ".join(registry.sites)
        raise invalid("site", text(language, "maintenance.field.site", known=known), "body")
    return registry.sites[given]


def _window(asked: schemas.MaintenanceAsked, language: Language) -> Maintenance:
    given = asked.model_dump(by_alias=True, exclude={"site"})
    given["lasts"] = _seconds(given["lasts"])
    given["reason"] = one_line(given["reason"])
    try:
        return Maintenance.model_validate({"id": f"m-{secrets.token_hex(4)}", **given})
    except ValidationError as error:
        raise _refusal(error, language) from None


def _refusal(error: ValidationError, language: Language) -> Problem:
    """In the words that rooms.yaml's mistakes are told in."""
    told = error.errors(include_url=False)
    # pydantic counts an item that is wrong as one that is not there
    deep = {one["loc"][0] for one in told if len(one["loc"]) > 1}
    errors = [
        {
            "field": ".".join(("body", *(str(part) for part in one["loc"]))),
            "message": _message(one, language),
        }
        for one in told
        if len(one["loc"]) > 1 or one["loc"][0] not in deep
    ]
    fields = ", ".join(one["field"] for one in errors)
    return Problem(422, "invalid", errors=errors, fields=fields)


def _message(error: Any, language: Language) -> str:
    values = {
        "value": shown(error["input"]),
        "message": error["msg"],
        "words": ", ".join(options(error)),
        **error.get("ctx", {}),
    }
    return text(language, f"mistake.{key_of(error)}", **values)


def _check(site: Site, window: Maintenance, language: Language) -> None:
    for field, known in (("rooms", site.rooms), ("devices", site.devices)):
        ids = {entry.id for entry in known}
        for id_ in getattr(window, field) or ():
            if id_ not in ids:
                message = text(language, "fault.field.unknown", value=id_)
                raise invalid(field, message, "body")


def _seconds(lasts: str) -> str | int:
    """Digits alone are seconds; too many of them are for the model to refuse."""
    return int(lasts) if re.fullmatch(r"\d{1,18}", lasts, re.ASCII) else lasts
