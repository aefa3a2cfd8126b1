"""The bodies of utilisation and peaks: stored sums with figures, names, and how sure they are."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict
from typing import Any, Final

from api import schemas
from api.parts import Parts
from api.schemas import By
from api.usage import labels
from api.usage.period import Period, floor
from api.usage.sums import hour_uses, partner_uses, time_key, uses
from rooms import METRICS_VERSION
from rooms.figures import Peak, Ratio, figures, peaks
from rooms.intervals import union
from rooms.registry import Registry, Site
from rooms.texts import Language
from rooms.texts.times import moment
from rooms.utilisation import UNATTRIBUTED, PartnerUse, Use
from storage.histories import private_times

QUARTER: Final = 15 * 60_000
_HOURS: Final = [f"{weekday}-{hour:02}" for weekday in range(1, 8) for hour in range(24)]

# Each figure of a row as a ratio of the sums beside it (metrics.md 2)
FORMULAS: Final = {
    "coverage": "known_s / bookable_s",
    "frequency": "occupied_s / known_s",
    "lowest": "occupied_s / bookable_s",
    "highest": "(occupied_s + bookable_s - known_s) / bookable_s",
    "seat_fill": "person_s / seat_s",
    "utilisation": "(occupied_s * person_s) / (known_s * seat_s)",
    "booking_rate": "booked_s / bookable_s",
    "no_show": "no_shows / assessable",
}


def utilisation(
    parts: Parts,
    site: Site,
    period: Period,
    by: By,
    language: Language,
    rooms: Sequence[str] | None = None,
) -> schemas.Utilisation:
    """Use by room or by time (all but ``by="partner"``). Raises ``StoreError``."""
    found = uses(parts.store, site.id, period, by, rooms)
    known = labels.room_names(site, language)
    return schemas.Utilisation(
        **_head(parts, site, period, rooms, found.source),
        by=by,
        rooms=None if rooms is None else list(rooms),
        formulas=FORMULAS,
        rows=[
            schemas.UseRow(
                key=key,
                label=labels.label(by, key, known, language),
                removed=by == "room" and key not in known,
                **_edges(by, key, period),
                **_figures(found.rows.get(key, Use())),
            )
            for key in _keys(parts.registry(), site, period, by, rooms, found.rows)
        ],
        total=schemas.UseTotal(**_figures(found.total)),
    )


def partner_utilisation(
    parts: Parts,
    site: Site,
    period: Period,
    language: Language,
    rooms: Sequence[str] | None = None,
    *,
    only: str | None = None,
) -> schemas.PartnerUtilisation:
    """Whose the used time was; with ``only``, the row of that partner and nobody else's.

    Raises ``StoreError``.
    """
    found = partner_uses(parts.store, site.id, period, rooms)
    names = {partner.id: partner.name for partner in site.partners}
    gone = sorted(found.rows.keys() - names.keys() - {UNATTRIBUTED})
    keys = [*names, *gone, UNATTRIBUTED]
    whose = rooms if rooms is not None else [room.id for room in site.rooms]
    events, attributed = parts.state.claims.events(whose, period.start, period.stop)
    used = found.total.used_s
    nobodys = found.rows.get(UNATTRIBUTED, PartnerUse()).used_s
    return schemas.PartnerUtilisation(
        **_head(parts, site, period, rooms, found.source),
        by="partner",
        rooms=None if rooms is None else list(rooms),
        rows=[
            schemas.PartnerRow(
                key=key,
                label=labels.partner_label(key, names, language),
                removed=key in gone,
                sums=_partner_sums(found.rows.get(key, PartnerUse())),
            )
            for key in keys
            if only is None or key == only
        ],
        total=_partner_sums(found.total),
        attributed_time=_ratio(Ratio(used - nobodys, used)),
        attributed_events=_ratio(Ratio(attributed, events)),
    )


def site_peaks(parts: Parts, site: Site, period: Period) -> schemas.Peaks:
    """How many of the site's rooms were in use at once. Raises ``StoreError``."""
    hours = hour_uses(parts.store, site.id, period)
    found = peaks(hours)
    total = sum((hour.use for hour in hours), Use())
    return schemas.Peaks(
        **_head(parts, site, period, None, ["site_hour"]),
        highest=_quarter(found.highest, period),
        percentile_95=_quarter(found.high, period),
        assessed=found.assessed,
        insufficient=found.insufficient,
        coverage=_ratio(Ratio(total.known_s, total.bookable_s)),
    )


def _quarter(peak: Peak | None, period: Period) -> schemas.Quarter | None:
    if peak is None:
        return None
    start, end = (moment(at, period.zone) for at in (peak.start, peak.start + QUARTER))
    return schemas.Quarter(start=start, end=end, share=_ratio(peak.share))


def _head(
    parts: Parts, site: Site, period: Period, rooms: Collection[str] | None, source: list[str]
) -> dict[str, Any]:
    mine = set(rooms) if rooms is not None else {room.id for room in site.rooms}
    dirty = parts.state.dirty
    pending = dirty.count(period.start, period.stop, mine)
    oldest = dirty.oldest(period.start, period.stop, mine) if pending else None
    as_of = parts.state.live.cursor("rollup_at") or None
    since = _provisional_from(period, as_of, oldest)
    return {
        "site": site.id,
        "time_zone": site.timezone,
        "start": moment(period.start, period.zone),
        "end": moment(period.stop, period.zone),
        "definition_version": METRICS_VERSION,
        "source": source,
        "as_of": None if as_of is None else moment(as_of, period.zone),
        "provisional": since is not None,
        "provisional_from": None if since is None else moment(since, period.zone),
        "pending_hours": pending,
    }


def _provisional_from(period: Period, as_of: int | None, oldest: int | None) -> int | None:
    """From here on numbers may still change: the hour in which they were last brought up to
    date, and what waits to be computed again."""
    running = floor(min(as_of or 0, period.now), "hour", period.zone)
    since = running if oldest is None else min(running, oldest)
    return max(since, period.start) if since < period.stop else None


def _keys(
    registry: Registry,
    site: Site,
    period: Period,
    by: By,
    rooms: Sequence[str] | None,
    stored: Collection[str],
) -> list[str]:
    """Every row that belongs to the period, whether something is stored of it or not."""
    if by == "hour-of-week":
        return _HOURS
    if by != "room":
        return list(dict.fromkeys(time_key(by, day) for day in period.days))
    wanted = [room.id for room in site.rooms if rooms is None or room.id in rooms]
    there = [room for room in wanted if not private_throughout(registry, room, period)]
    return [*there, *sorted(set(stored) - {room.id for room in site.rooms})]


def private_throughout(registry: Registry, room: str, period: Period) -> bool:
    """Is the room one person's own office in the whole period?"""
    times = union(private_times(registry, room, period.start, period.stop))
    return times == [(period.start, period.stop)]


def _edges(by: By, key: str, period: Period) -> dict[str, Any]:
    """The row's part of the period."""
    start, stop = labels.bounds(by, key, period) or (None, None)
    return {
        "start": None if start is None else moment(start, period.zone),
        "end": None if stop is None else moment(stop, period.zone),
    }


def _figures(use: Use) -> dict[str, Any]:
    made = figures(use)
    return {
        "sums": schemas.Sums(**asdict(use)),
        "figures": schemas.Figures(**{name: _ratio(getattr(made, name)) for name in FORMULAS}),
        "sufficient": made.sufficient,
    }


def _partner_sums(use: PartnerUse) -> schemas.PartnerSums:
    return schemas.PartnerSums(used_s=use.used_s, **asdict(use))


def _ratio(ratio: Ratio) -> schemas.Ratio:
    return schemas.Ratio(
        numerator=ratio.numerator, denominator=ratio.denominator, value=ratio.value
    )
