"""What is kept about a room, by what the registry says of it (docs/en/privacy.md at length)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from rooms.registry import Registry
from rooms.registry.registry import SourceDevice
from rooms.texts import Language, text
from rooms.units import DAY_MS
from rumskoll.chores import EVIDENCE_DAYS
from storage.state.faults import KEEP_MS

FAULT_DAYS: Final = KEEP_MS // DAY_MS


class Kept(NamedTuple):
    """What is kept, why, how long and who sees it, in words."""

    what: str
    why: str
    long: str
    who: str


class Privacy(NamedTuple):
    """About one room: its name, what holds in general, and the rows of a table."""

    title: str
    lines: tuple[str, ...]
    rows: tuple[Kept, ...]


def privacy_of(
    registry: Registry, room: str, now: int, retention_days: int, language: Language
) -> Privacy:
    """At ``now`` (ms). ``KeyError`` for a room that the registry does not know."""
    site, entry = registry.rooms[room]
    private = registry.private(room, now)
    devices = [stay.device for stay in registry.devices_in(room, now, now + 1)]
    shared = bool(site.partners) and not private
    rows = _rows(devices, private, shared, retention_days, language)
    title = text(language, "privacy.title", name=entry.name.in_(language))
    return Privacy(title, tuple(_lines(registry, room, devices, now, language)), tuple(rows))


def _lines(
    registry: Registry, room: str, devices: Sequence[SourceDevice], now: int, language: Language
) -> Iterator[str]:
    site, entry = registry.rooms[room]
    private, today = registry.private(room, now), registry.local_day(site.id, now)
    yield text(language, "privacy.private" if private else "privacy.open")
    if not private and _was_private(registry, room, now):
        yield text(language, "privacy.was_private")
    for step in entry.private.later:
        if step.since > today and step.value and not private:
            yield text(language, "privacy.will_be_private", day=step.since.isoformat())
            break
    named = ", ".join(f"{one.device.id} ({one.model.name})" for one in devices)
    key = "privacy.devices" if devices else "privacy.no_devices"
    yield text(language, key, devices=named)


def _was_private(registry: Registry, room: str, now: int) -> bool:
    site, entry = registry.rooms[room]
    today = registry.local_day(site.id, now)
    past = [step.value for step in entry.private.later if step.since <= today]
    return any([entry.private.first, *past])


def _rows(
    devices: Sequence[SourceDevice], private: bool, shared: bool, days: int, language: Language
) -> Iterator[Kept]:
    def words(key: str, **values: object) -> str:
        return text(language, f"privacy.{key}", **values)

    def row(what: str, long: str, who: str) -> Kept:
        return Kept(words(f"{what}.what"), words(f"{what}.why"), long, words(who))

    raw, kinds = words("days", days=days), {kind for one in devices for kind in one.evidence}
    if not private:
        if kinds - {"call"}:
            yield row("presence", raw, "all")
        if any(one.model.family == "sensor" for one in devices):
            yield row("climate", raw, "all")
        if "call" in kinds:
            yield row("calls", raw, "all")
    if devices:
        yield row("equipment", raw, "maintainers")
    yield row("snapshots", raw, "grafana")
    yield row("accounts", words("kept"), "grafana")
    yield row("faults", words("days", days=FAULT_DAYS), "all")
    if not private:
        yield row("sums", words("kept"), "all")
    if shared:
        yield row("bookings", words("calendar"), "managers")
        yield row("whose", words("statement", days=EVIDENCE_DAYS), "managers")
