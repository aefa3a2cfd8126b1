"""A month of 30 days, room "a" (and where it is said "b") with 10 h bookable on the 1st and the
30th, partners x and y. The pool costs 1 000,00 kr, half of it by fixed shares x 3 : y 1.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import msgspec

from rooms.statement.compute import compute
from rooms.statement.document import Note, Part, PoolLine, Statement
from rooms.statement.inputs import (
    Inputs,
    Name,
    PartnerDay,
    PoolInput,
    RoomDay,
    RoomInput,
)
from tests.unit.statement.examples import agreement, cost, inputs

F = Fraction
DAY, LATER = date(2026, 11, 1), date(2026, 11, 30)
H = 3600


def room_day(room: str = "a", day: date = DAY, **changes: Any) -> RoomDay:
    base = RoomDay(room, day, F(1), False, True, 10 * H, 10 * H, 0, 0, 0)
    return msgspec.structs.replace(base, **changes)


def used(partner: str, hours: float, room: str = "a", day: date = DAY, **more: int) -> PartnerDay:
    return PartnerDay(room, day, partner, booking_s=round(hours * H), **more)


def terms(id_: str = "one", pool: str = "pool", **changes: Any) -> Any:
    given = {"capacity": F(1, 2), "shares": {"x": F(3), "y": F(1)}, **changes}
    return agreement(id_, pool, **given)


def house(*use: PartnerDay, **changes: Any) -> Inputs:
    given: dict[str, Any] = {
        "month": "2026-11",
        "rooms": tuple(RoomInput(id_, "lycksele", Name(id_, id_), 0) for id_ in ("a", "b")),
        "room_days": (room_day("a"), room_day("a", LATER)),
        "partner_days": use,
        "pools": (PoolInput("pool", "lycksele", Name("Pott", "Pool"), ("a",)),),
        "agreements": (terms(),),
        "costs": (cost("hyra", 100_000, "pool"),),
        "stays": (),
        "empty": (),
        "clashes": (),
    }
    return inputs(**(given | changes))


def pool_of(statement: Statement) -> PoolLine:
    (pool,) = statement.pools
    return pool


def shared(given: Inputs) -> dict[str, Part]:
    return {part.partner: part for part in pool_of(compute(given)).parts}


def amounts(given: Inputs) -> dict[str, int]:
    return {who: part.amount for who, part in shared(given).items()}


def notes(given: Inputs) -> list[Note]:
    return list(compute(given).notes)


def both_rooms(*use: PartnerDay, **changes: Any) -> Inputs:
    """Room b has no sensor, and twice the bookable time of a."""
    pool = PoolInput("pool", "lycksele", Name("Pott", "Pool"), ("a", "b"))
    blind = room_day("b", bookable_s=20 * H, known_s=0, sensor=False)
    given = {"pools": (pool,), "room_days": (room_day("a"), blind), **changes}
    return house(*use, **given)
