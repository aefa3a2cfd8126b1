"""Mistakes in ``pools``, ``agreements`` and ``costs`` that no single field can tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations
from typing import Any, NamedTuple

from pydantic_core import PydanticCustomError

from rooms.registry.billing import parse_month
from rooms.registry.checking import day_of, entries, known, texts, twice
from rooms.registry.document import Document, Path
from rooms.registry.mistakes import Mistake, shown


class _Period(NamedTuple):
    """``[start, stop)`` and the item's place in its list."""

    start: date
    stop: date
    item: int


def check_billing(document: Document) -> list[Mistake]:
    """Every mistake between these parts of one rooms.yaml."""
    pools, partners = (
        [item["id"] for _, item in entries(document, section) if "id" in item]
        for section in ("pools", "partners")
    )
    return [
        *check_agreements(document, pools, partners),
        *_rooms_twice(document),
        *_costs(document),
        *_vat(document),
        *_uncovered(document),
    ]


def check_agreements(
    document: Document, pools: Sequence[Any], partners: Sequence[Any]
) -> list[Mistake]:
    """Mistakes between the agreements of a file, which may name these pools and partners."""
    found: list[Mistake] = []
    for i, item in entries(document, "agreements"):
        path: Path = ("agreements", i)
        found += known(document, (*path, "pool"), item.get("pool"), pools, "unknown_pool")
        shares = item.get("shares")
        for partner in shares if isinstance(shares, dict) else ():
            where = (*path, "shares", partner)
            found += known(document, where, partner, partners, "unknown_partner", at_key=True)
        start, stop = _days(item)
        if start is not None and stop is not None and stop <= start:
            values: dict[str, Any] = {"start": start, "stop": stop}
            found.append(document.mistake((*path, "until"), "agreement_until", **values))
    return [*found, *_overlaps(document)]


# ---- agreements


def _days(item: dict[str, Any]) -> tuple[date | None, date | None]:
    start = None if item.get("from") is None else day_of(item["from"], date.min)
    return start, day_of(item.get("until"), date.max)


def _agreements(document: Document) -> dict[str, list[_Period]]:
    """Pool -> the periods of its agreements, by their first day."""
    found: dict[str, list[_Period]] = {}
    for i, item in entries(document, "agreements"):
        start, stop = _days(item)
        if isinstance(item.get("pool"), str) and start and stop and start < stop:
            found.setdefault(item["pool"], []).append(_Period(start, stop, i))
    return {pool: sorted(periods) for pool, periods in found.items()}


def _overlaps(document: Document) -> Iterator[Mistake]:
    for pool, periods in _agreements(document).items():
        for one, other in combinations(periods, 2):
            if other.start < one.stop:
                first, second = sorted((one.item, other.item))
                path: Path = ("agreements", second)
                line = document.mistake(("agreements", first), "").line
                values: dict[str, Any] = {"pool": shown(pool), "day": other.start, "first": line}
                yield document.mistake(path, "agreements_overlap", **values)


def _rooms_twice(document: Document) -> Iterator[Mistake]:
    for i, item in entries(document, "pools"):
        rooms = [(room, ("pools", i, "rooms", j)) for j, room in texts(item.get("rooms"))]
        yield from twice(document, rooms, "room_twice")


# ---- costs


def _month(value: Any, otherwise: date) -> date | None:
    """A month as the models read it; ``None`` for what they refuse."""
    try:
        return otherwise if value is None else parse_month(value)
    except PydanticCustomError:
        return None


def _next(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)


def _costs(document: Document) -> Iterator[Mistake]:
    for i, item in entries(document, "costs"):
        path: Path = ("costs", i)
        value = shown(item.get("id"))
        bearers = [name for name in ("pool", "partner") if item.get(name) is not None]
        if not bearers:
            yield document.mistake(path, "cost_bearer", value=value)
        if len(bearers) == 2:
            yield document.mistake((*path, "partner"), "cost_bearers", at_key=True, value=value)
        once, since = item.get("month") is not None, item.get("from") is not None
        if not once and not since:
            yield document.mistake(path, "cost_when", value=value)
        if once and (since or item.get("until") is not None):
            yield document.mistake((*path, "month"), "cost_whens", at_key=True)
        start, stop = _month(item.get("from"), date.min), _month(item.get("until"), date.max)
        if since and start and stop and stop <= start:
            values: dict[str, Any] = {"start": f"{start:%Y-%m}", "stop": f"{stop:%Y-%m}"}
            yield document.mistake((*path, "until"), "cost_until", **values)


def _pooled(document: Document) -> dict[str, list[_Period]]:
    """Pool -> the days of its costs' months, in the order of the file."""
    found: dict[str, list[_Period]] = {}
    for i, item in entries(document, "costs"):
        once, since = item.get("month"), item.get("from")
        start = _month(since if once is None else once, date.max)
        stop = _month(item.get("until"), date.max)
        if once is not None and start:
            stop = _next(start)
        shared = isinstance(item.get("pool"), str) and item.get("partner") is None
        if shared and start and stop and start < stop:
            found.setdefault(item["pool"], []).append(_Period(start, stop, i))
    return found


def _vat(document: Document) -> Iterator[Mistake]:
    codes = {i: str(item.get("vat")).strip() for i, item in entries(document, "costs")}
    for pool, periods in _pooled(document).items():
        told: set[int] = set()
        for one, other in combinations(periods, 2):
            month = max(one.start, other.start)
            apart = month >= min(one.stop, other.stop)
            if apart or codes[one.item] == codes[other.item] or other.item in told:
                continue
            told.add(other.item)
            values: dict[str, Any] = {
                "pool": shown(pool),
                "month": f"{month:%Y-%m}",
                "value": shown(codes[other.item]),
                "other": shown(codes[one.item]),
                "first": document.mistake(("costs", one.item, "vat"), "").line,
            }
            yield document.mistake(("costs", other.item, "vat"), "vat_mixed", **values)


def _uncovered(document: Document) -> Iterator[Mistake]:
    """The first day of each pool on which there are costs but no agreement. What has no end is
    looked at as far as the agreements reach: the next one may not be written yet."""
    agreements = _agreements(document)
    written = [item.get("pool") for _, item in entries(document, "agreements")]
    for pool, costs in _pooled(document).items():
        held = agreements.get(pool, [])
        end = max((period.stop for period in held), default=date.max)
        days = []
        for cost in costs:
            stop = end if cost.stop == date.max else cost.stop
            if (day := _free(held, cost.start)) < stop:
                days.append((day, cost.item))
        if days and len(held) == written.count(pool):  # otherwise mend those first
            day, i = min(days)
            values: dict[str, Any] = {"pool": shown(pool), "day": day}
            yield document.mistake(("costs", i), "no_agreement", **values)


def _free(held: Sequence[_Period], day: date) -> date:
    """The first day from this one on that no period holds."""
    for period in held:
        if period.start <= day < period.stop:
            day = period.stop
    return day
