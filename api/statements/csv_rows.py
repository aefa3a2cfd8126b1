"""What stands in a statement's CSV files, before it is written for a machine or for Excel.

``amount_ore`` is whole öre, ``exact_ore`` is before the one rounding of a pool, exact in
``exact_fraction``. By ``kind``, for each pool and partner:

    capacity + usage + unattributed + fixed + credit + rounding = part;

the ``part`` rows of a pool sum to its ``pool`` row, and so do its ``cost`` rows; a partner's
``part``, ``direct`` and ``carried`` rows sum to its ``total``, all of these to ``sum``. ``room``
rows tell which rooms ``usage`` comes from, under which agreement (``item``). (A partner's own
file has its own rows only.)
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from fractions import Fraction
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from rooms.statement.document import CostLine, Part, PartRoom, PoolLine, Statement
from rooms.statement.inputs import Clash, Empty, Stay

Row = dict[str, Any]

LINES: Final = (
    *("statement", "version", "state", "month", "kind"),
    *("site", "pool", "pool_name", "partner", "partner_name", "item", "item_name"),
    *("room", "room_name", "treatment", "weight"),
    *("share", "used_s", "no_show_s", "outside_s", "lost_s", "units", "price_ore"),
    *("amount_ore", "exact_ore", "exact_fraction", "low_ore", "high_ore", "vat", "account"),
)
INTERVALS: Final = (
    *("kind", "site", "room", "room_name", "start", "end", "minutes", "seconds"),
    *("evidence", "outside", "partner", "partner_name", "other", "other_name"),
)
_EXACT: Final = ("capacity", "usage", "unattributed", "fixed", "credit")


def lines(statement: Statement) -> Iterator[Row]:
    """Rows of ``LINES``; what is missing is empty."""
    head = statement.head
    of_all = {
        "statement": head.number,
        "version": head.version,
        "state": head.state,
        "month": head.month,
    }
    partners = {one.id: one.name for one in statement.partners}
    rooms = {one.room: one.name.sv for one in statement.rooms}
    for row in _lines(statement):
        row["partner_name"] = partners.get(row.get("partner", ""))
        row["room_name"] = rooms.get(row.get("room") or "")
        row["exact_fraction"] = row.get("exact_ore")
        yield of_all | row


def _lines(statement: Statement) -> Iterator[Row]:
    pools = {pool.id: _of(pool) for pool in statement.pools}
    for pool in statement.pools:
        yield from _pool(pool)
    for direct in statement.direct:
        yield _cost(direct.cost) | {
            "kind": "direct",
            "site": direct.site,
            "partner": direct.partner,
        }
    for carry in statement.carries:
        for one in carry.parts:
            of = pools.get(one.pool or "", {"site": one.site, "pool": one.pool})
            carried = {"kind": "carried", "partner": one.partner, "amount_ore": one.amount}
            yield of | carried | {"item": carry.month}
    for total in statement.totals:
        yield {
            "kind": "total",
            "partner": total.partner,
            "used_s": total.used_s,
            "no_show_s": total.no_show_s,
            "outside_s": total.outside_s,
            "amount_ore": total.amount,
            "low_ore": total.low,
            "high_ore": total.high,
        }
    yield {"kind": "sum", "amount_ore": sum(total.amount for total in statement.totals)}


def _of(pool: PoolLine) -> Row:
    return {"site": pool.site, "pool": pool.id, "pool_name": pool.name.sv}


def _pool(pool: PoolLine) -> Iterator[Row]:
    of = _of(pool)
    for cost in pool.costs:
        yield of | _cost(cost) | {"kind": "cost"}
    yield of | {
        "kind": "pool",
        "used_s": pool.used_s,
        "units": pool.units,
        "price_ore": pool.price,
        "amount_ore": pool.total,
        "vat": pool.vat,
    }
    for part in pool.parts:
        for row in _part(part):
            yield of | {"partner": part.partner} | row


def _part(part: Part) -> Iterator[Row]:
    told: dict[str, Row] = {
        "capacity": {"share": part.share},
        "usage": _use(part),
        "credit": {"lost_s": part.lost_s},
    }
    for kind in _EXACT:
        yield {"kind": kind, "exact_ore": getattr(part, kind)} | told.get(kind, {})
        if kind == "usage":
            for room in part.rooms:
                yield {
                    "kind": "room",
                    "room": room.room,
                    "treatment": room.treatment,
                    "item": room.agreement,
                    "weight": room.weight,
                    "lost_s": room.lost_s,
                    "exact_ore": room.exact,
                } | _use(room)
    yield {"kind": "rounding", "exact_ore": part.remainder}
    yield {
        "kind": "part",
        "amount_ore": part.amount,
        "exact_ore": part.exact,
        "low_ore": part.low,
        "high_ore": part.high,
    }


def _use(of: Part | PartRoom) -> Row:
    return {
        "used_s": of.used_s,
        "no_show_s": of.no_show_s,
        "outside_s": of.outside_s,
        "units": of.units,
    }


def _cost(cost: CostLine) -> Row:
    return {
        "item": cost.id,
        "item_name": cost.name.sv,
        "room": cost.room,
        "amount_ore": cost.amount,
        "vat": cost.vat,
        "account": cost.account,
    }


class Interval(NamedTuple):
    """A stay, a booking to which nobody came (``empty``), or two bookings that wanted the same
    time (``clash``), with the names that its row tells."""

    kind: str
    one: Stay | Empty | Clash
    site: str
    zone: ZoneInfo
    room_name: str
    partner_name: str | None
    other_name: str | None


def intervals(statement: Statement) -> Iterator[Interval]:
    """By room and time."""
    zones = {site.id: ZoneInfo(site.timezone) for site in statement.sites}
    partners = {one.id: one.name for one in statement.partners}
    rooms = {one.room: one for one in statement.rooms}
    found: list[tuple[str, Stay | Empty | Clash]] = [
        *(("stay", one) for one in statement.stays),
        *(("empty", one) for one in statement.empty),
        *(("clash", one) for one in statement.clashes),
    ]
    found.sort(key=lambda pair: (pair[1].room, pair[1].start))
    for kind, one in found:
        room = rooms[one.room]
        first, second = whose(one)
        yield Interval(
            kind,
            one,
            room.site,
            zones[room.site],
            room.name.sv,
            partners.get(first),
            partners.get(second),
        )


def whose(one: Stay | Empty | Clash) -> tuple[str, str]:
    """Whose time it was, and who wanted it too."""
    return (one.first, one.second) if isinstance(one, Clash) else (one.partner, "")


def interval_row(interval: Interval) -> Row:
    """A row of ``INTERVALS``; times are datetimes of the site's zone."""
    one, zone = interval.one, interval.zone
    seconds = (one.stop - one.start) // 1000
    partner, other = whose(one)
    return {
        "kind": interval.kind,
        "site": interval.site,
        "room": one.room,
        "room_name": interval.room_name,
        "start": datetime.fromtimestamp(one.start / 1000, zone),
        "end": datetime.fromtimestamp(one.stop / 1000, zone),
        "minutes": Fraction(seconds, 60),
        "seconds": seconds,
        "evidence": one.by if isinstance(one, Stay) else None,
        "outside": one.outside if isinstance(one, Stay) else None,
        "partner": partner,
        "partner_name": interval.partner_name,
        "other": other,
        "other_name": interval.other_name,
    }
