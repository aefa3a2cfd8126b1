"""A partner's accountant: from its own JSON alone, every line computed again.

Written from metrics.md 4, decision 18 and the schema's words; nothing is taken from
``rooms.costs``. What cannot be told without the others' amounts is only which öre a remainder
became.
"""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime
from fractions import Fraction
from math import ceil, floor
from typing import Any

import msgspec
from hypothesis import given

from rooms.statement.codec import encode
from rooms.statement.compute import compute
from rooms.statement.document import Statement
from rooms.statement.inputs import Inputs
from rooms.statement.view import of_partner
from tests.examples import often
from tests.unit.statement.examples import AGREEMENTS, inputs
from tests.unit.statement.houses import houses
from tests.unit.statement.summing import ZONE

F = Fraction
Json = dict[str, Any]


def check_own(statement: Statement, partner: str) -> None:
    told: Json = json.loads(encode(of_partner(statement, partner)))
    pools = [_pool(told, pool, partner) for pool in told["pools"]]
    for total in told["totals"]:
        direct = sum(one["cost"]["amount"] for one in told["direct"])
        carried = sum(one["amount"] for carry in told["carries"] for one in carry["parts"])
        amount = sum(pool["parts"][0]["amount"] for pool in told["pools"]) + direct + carried
        assert told["total"] == total["amount"] == amount
        assert total["low"] == sum(low for low, _ in pools) + direct + carried
        assert total["high"] == sum(high for _, high in pools) + direct + carried


def _pool(told: Json, pool: Json, partner: str) -> tuple[int, int]:
    """Checks the part; its bounds."""
    (part,) = pool["parts"]
    agreements = {one["id"]: one for one in told["agreements"] if one["pool"] == pool["id"]}
    keys = {id_: _key(one["shares"], partner) for id_, one in agreements.items()}
    periods = [(one, keys[one["agreement"]]) for one in pool["periods"]]
    days = sum(one["days"] for one, _ in periods)
    total = sum(cost["amount"] for cost in pool["costs"])
    assert pool["total"] == total
    for one, _ in periods if total else ():
        slice_, capacity = F(total * one["days"], days), F(agreements[one["agreement"]]["capacity"])
        assert (F(one["capacity"]), F(one["usage"])) == (slice_ * capacity, slice_ * (1 - capacity))
    usage, fixed = sum(F(one["usage"]) for one, _ in periods), F(pool["fixed"])
    own_usage = sum(F(one["usage"]) * key for one, key in periods)
    units = sum(_units(room, agreements[room["agreement"]]) for room in part["rooms"])
    price = (usage - fixed) / F(pool["units"]) if F(pool["units"]) else F(0)
    nobodys = sum(F(one["unattributed_units"]) * key for one, key in periods)
    lost = [
        (room["lost_s"], agreements[room["agreement"]]["lost_credit"]) for room in part["rooms"]
    ]
    lines = {
        "share": sum(key * one["days"] for one, key in periods) / days,
        "units": units,
        "capacity": sum(F(one["capacity"]) * key for one, key in periods),
        "usage": units * price,
        "unattributed": nobodys * price,
        "fixed": fixed * own_usage / usage if usage else F(0),
        "credit": sum(F(one["credit"]) * key for one, key in periods)
        - sum(F(seconds * credit, 3600) for seconds, credit in lost),
    }
    assert {name: F(part[name]) for name in lines} == lines
    exact = sum(lines[n] for n in ("capacity", "usage", "unattributed", "fixed", "credit"))
    assert (F(part["exact"]), F(part["remainder"])) == (exact, part["amount"] - exact)
    assert floor(exact) <= part["amount"] <= ceil(exact)
    ends = _bounds(told, pool, part, units + nobodys, own_usage / usage if usage else F(0))
    if any("" in one["shares"] for one in agreements.values()):
        assert (part["low"], part["high"]) == ends
        return ends
    assert part["low"] == part["amount"] == part["high"]  # it bears all, whatever was unknown
    return part["low"], part["high"]


def _key(shares: dict[str, str], partner: str) -> Fraction:
    whole = sum(F(weight) for weight in shares.values())
    return F(shares[partner]) / whole if partner in shares else F(0)


def _units(room: Json, agreement: Json) -> Fraction:
    """Of one line: its weight times what the agreement counts."""
    seconds = room["used_s"] + F(agreement["no_show"]) * room["no_show_s"]
    seconds += room["outside_s"] if agreement["outside"] else 0
    units = F(room["weight"]) * seconds * (room["treatment"] != "shares")
    assert F(room["units"]) == units
    return units


def _bounds(told: Json, pool: Json, part: Json, own: Fraction, key: Fraction) -> tuple[int, int]:
    """``own`` units, with what falls on it of nobody's; ``key``: its part of what the shares
    split of the usage part."""
    exact, pot, unknown = F(part["exact"]), F(pool["pot"]), F(pool["unknown_units"])
    if not unknown:
        return floor(exact), ceil(exact)
    measured = F(pool["units"])
    if {"code": "no_use", "pool": pool["id"]}.items() <= _first(told, pool["id"]).items():
        own = measured = F(0)  # bookings may stand in
    unused = F(pool["fixed"]) - (F(pool["usage"]) - pot)
    rest = exact - F(part["usage"]) - F(part["unattributed"]) - unused * key
    ends = [rest + pot * one / (measured + unknown) for one in (own, own + unknown)]
    return floor(min(ends)), ceil(max(ends))


def _first(told: Json, pool: str) -> Json:
    return next((one for one in told["notes"] if one["pool"] == pool), {})


def _seconds(told: Json, partner: str) -> Counter[tuple[str, str, str, str]]:
    """What the intervals add up to, by room, agreement, weight and field."""
    sums: Counter[tuple[str, str, str, str]] = Counter()
    weights = {one["room"]: one["weights"] for one in told["rooms"]}
    agreements = [one for one in told["agreements"] if one["pool"] == "rum"]
    for kind in ("stays", "empty"):
        for one in told[kind]:
            day = datetime.fromtimestamp(one["start"] / 1000, UTC).astimezone(ZONE).date()
            held = [w["weight"] for w in weights[one["room"]] if w["since"] <= f"{day}"][-1]
            (terms,) = (a["id"] for a in agreements if _holds(a, f"{day}"))
            field = "no_show_s" if kind == "empty" else "outside_s" if one["outside"] else "used_s"
            if one["partner"] == partner:
                sums[one["room"], terms, held, field] += (one["stop"] - one["start"]) // 1000
    return sums


def _holds(agreement: Json, day: str) -> bool:
    return agreement["since"] <= day and (not agreement["until"] or day < agreement["until"])


@given(houses())
@often(5)
def test_every_own_line_can_be_computed_again(house: Inputs) -> None:
    statement = compute(house)
    for one in house.partners:
        check_own(statement, one.id)


def test_of_the_small_house_also_from_the_intervals() -> None:
    """Days, weights and terms as the document tells them."""
    statement = compute(inputs())
    for one in statement.partners:
        check_own(statement, one.id)
        told: Json = json.loads(encode(of_partner(statement, one.id)))
        listed = _seconds(told, one.id)
        (pool,) = (pool for pool in told["pools"] if pool["id"] == "rum")
        rooms = [room for room in pool["parts"][0]["rooms"] if room["treatment"] == "measured"]
        assert rooms
        for room in rooms:
            for field in ("used_s", "no_show_s", "outside_s"):
                assert listed[room["room"], room["agreement"], room["weight"], field] == room[field]


def test_a_weight_that_changes_has_lines_of_its_own() -> None:
    house = inputs()
    days = tuple(
        msgspec.structs.replace(one, weight=F(2)) if one.day.day >= 8 else one
        for one in house.room_days
    )
    statement = compute(inputs(room_days=days))
    check_own(statement, "alfa")
    told: Json = json.loads(encode(of_partner(statement, "alfa")))
    weights = {one["room"]: one["weights"] for one in told["rooms"]}
    assert weights["bjorken"] == [
        {"since": "2026-10-01", "weight": "3/2"},
        {"since": "2026-10-08", "weight": "2"},
    ]
    assert weights["kontoret"] == []  # private
    (part,) = next(pool for pool in told["pools"] if pool["id"] == "rum")["parts"]
    assert [(one["room"], one["agreement"], one["weight"]) for one in part["rooms"]] == [
        ("bjorken", "rum-2026", "3/2"),
        ("bjorken", "rum-2026-b", "2"),
        ("granen", "rum-2026", "1"),
        ("tallen", "rum-2026", "2"),
    ]


def test_equal_parts_where_all_weigh_nothing_say_of_how_many() -> None:
    nothing = dict.fromkeys(("alfa", "beta", "gamma"), F(0))
    every = [msgspec.structs.replace(one, shares=nothing) for one in AGREEMENTS[:2]]
    statement = compute(inputs(agreements=(*every, AGREEMENTS[2])))
    check_own(statement, "beta")
    own = of_partner(statement, "beta").agreements[0]
    assert own.shares == {"": F(2), "beta": F(1)}
