"""Can each room's calendar be read, and how much do calendars tell of whose time it was?"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from typing import Final

from collector.bookings import AT_ONCE, request_for
from collector.calendars.asking import Readers
from collector.calendars.protocol import Reply, Request
from rooms.registry import Registry
from rooms.registry.mistakes import RegistryError
from rooms.texts import Language, text
from rooms.units import DAY_MS
from rooms.utilisation import UNATTRIBUTED, PartnerUse
from rumskoll.contacts import Contacts, read_contacts
from rumskoll.doctor.check import Check, State, said
from rumskoll.doctor.store import open_as_set
from rumskoll.registry_files import read_registry
from rumskoll.settings import Settings
from storage.store import StoreError

_DAYS: Final = 28
_ENOUGH_PCT: Final = 80  # below, statements would rest on the fixed key


@dataclass(frozen=True)
class _Said:
    """A text that is rendered in each language."""

    key: str
    values: Mapping[str, object] = field(default_factory=dict)

    def render(self, language: Language) -> str:
        return text(language, self.key, **self.values)


def _now_ms() -> int:
    return int(time.time() * 1000)


def check_calendars(
    settings: Settings,
    ask: Callable[[Request], Reply] | None = None,
    now_ms: Callable[[], int] = _now_ms,
) -> Iterator[Check]:
    """A line for each calendar, and one for the share of events that map to a partner."""
    try:
        registry = read_registry(settings.rooms)
        contacts = read_contacts(settings.contacts, registry) if settings.contacts else Contacts()
    except RegistryError:
        return  # told elsewhere
    now = now_ms()
    told = {c.room: c.url.get_secret_value() for c in contacts.calendars}
    yield from _without(registry, told, now)
    requests = [request_for(room, url, "doctor", registry, now) for room, url in told.items()]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        replies = list(pool.map(ask or Readers().ask, requests))
    for request, reply in zip(requests, replies, strict=True):
        yield _calendar(request.room, reply)
    recent = [
        event
        for reply in replies
        for event in reply.events
        if now - _DAYS * DAY_MS <= event.start < now
    ]
    if recent:
        known = sum(event.partner is not None for event in recent)
        yield _share("events", known, len(recent), count=len(recent))


def check_attributed(settings: Settings, now_ms: Callable[[], int] = _now_ms) -> Iterator[Check]:
    """The share of used time that is some partner's, from the stored days."""
    now = now_ms()
    try:
        with closing(open_as_set(settings, now_ms)) as store:
            days = list(store.read("site_partner_day", {}, now - _DAYS * DAY_MS, now))
    except StoreError:
        return  # told elsewhere
    used = {True: 0, False: 0}
    for day in days:
        used[day.tags["partner"] != UNATTRIBUTED] += PartnerUse.of(day.fields).used_s
    whole = used[True] + used[False]
    if whole:
        yield _share("use", used[True], whole, hours=round(whole / 3600))


def _without(registry: Registry, told: Mapping[str, str], now: int) -> Iterator[Check]:
    """Rooms whose bookings nobody tells. One person's own office needs none."""
    shared = [room for room in registry.rooms if not registry.private(room, now)]
    missing = [room for room in shared if room not in told]
    if not told and any(site.partners for site in registry.sites.values()):
        yield said("calendars", "warn", "calendars_none")
    elif told and missing:
        yield said("calendars", "warn", "calendars_missing", rooms=", ".join(missing))


def _calendar(room: str, reply: Reply) -> Check:
    if reply.error is not None:
        what = _Said(f"calendars.error.{reply.error}", reply.values)
        return said("calendars", "fail", "calendar_fails", room=room, what=what)
    values = {"room": room, "events": len(reply.events)}
    if not reply.cautions:
        return said("calendars", "ok", "calendar_ok", **values)
    first = reply.cautions[0]
    what = _Said(f"calendars.caution.{first.key}", {"detail": first.detail})
    values |= {"count": reply.caution_count, "line": first.line}
    return said("calendars", "warn", "calendar_cautions", what=what, **values)


def _share(what: str, part: int, whole: int, **values: object) -> Check:
    share = 100 * part // whole
    enough = share >= _ENOUGH_PCT
    state: State = "ok" if enough else "warn"
    key = f"{what}_attributed" if enough else f"{what}_unattributed"
    return said("attributed", state, key, share=share, days=_DAYS, **values)
