"""Random houses for properties: pools, agreements that change, use of every kind."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import strategies as st

from rooms.statement.inputs import (
    NOBODY,
    AgreementInput,
    CostInput,
    Inputs,
    Name,
    PartnerDay,
    PartnerInput,
    PoolInput,
    RoomDay,
    RoomInput,
)
from tests.unit.statement.examples import SITE, cost

FIRST, DAYS = date(2026, 2, 1), 28
PARTNERS = ("adam-hq", "berit-hq", "cesar-hq", "david-hq")
ROOMS = ("room-1", "room-2", "room-3")
WEIGHTS = st.sampled_from([Fraction(n, d) for n, d in ((1, 1), (3, 2), (1, 3), (2, 7), (0, 1))])
PARTS = st.sampled_from([Fraction(n, d) for n, d in ((0, 1), (3, 5), (1, 2), (1, 3), (1, 1))])
SECONDS = st.sampled_from([0, 0, 1, 59, 1800, 3600, 7201])
MONEY = st.one_of(st.integers(-10, 10), st.integers(-(10**7), 10**7))
FALLBACKS = st.sampled_from(["shares", "bookings"])
day_numbers = st.integers(0, DAYS - 1)


def name(text: str) -> Name:
    return Name(text, text)


@st.composite
def agreements_of(draw: st.DrawFn, pool: str) -> list[AgreementInput]:
    """One after another over the whole month."""
    starts = sorted({0, *draw(st.lists(day_numbers, max_size=3))})
    ends: list[int | None] = [*starts[1:], None]
    return [
        AgreementInput(
            id=f"{pool}-{start}",
            pool=pool,
            since=FIRST + timedelta(days=start),
            until=None if end is None else FIRST + timedelta(days=end),
            capacity=draw(PARTS),
            shares=draw(st.dictionaries(st.sampled_from(PARTNERS), WEIGHTS, min_size=1)),
            no_show=draw(WEIGHTS),
            outside=draw(st.booleans()),
            fallback=draw(FALLBACKS),
            low_coverage=draw(st.none() | FALLBACKS),
            lost_credit=draw(st.sampled_from([0, 10_000, 7])),
            threshold=5000,
        )
        for start, end in zip(starts, ends, strict=True)
    ]


@st.composite
def room_days_of(draw: st.DrawFn, room: str) -> list[RoomDay]:
    kind = draw(st.sampled_from(["known", "known", "partly", "blind", "private"]))
    changed, weights = draw(day_numbers), (draw(WEIGHTS), draw(WEIGHTS))
    known = draw(st.sampled_from([36_000, 35_999, 30_000])) if kind == "partly" else 36_000
    private_until = draw(st.sampled_from([0, 0, 0, 5]))
    return [
        RoomDay(
            room=room,
            day=FIRST + timedelta(days=i),
            weight=weights[i >= changed],
            private=kind == "private" or i < private_until,
            sensor=kind != "blind",
            bookable_s=0 if i % 7 > 4 else 36_000,
            known_s=0 if i % 7 > 4 or kind == "blind" else known,
            occupied_s=0,
            outside_s=0,
            lost_s=0,
        )
        for i in range(DAYS)
    ]


@st.composite
def partner_days(draw: st.DrawFn) -> list[PartnerDay]:
    keys = st.tuples(st.sampled_from(ROOMS), day_numbers, st.sampled_from([NOBODY, *PARTNERS]))
    return [
        PartnerDay(
            room,
            FIRST + timedelta(days=day),
            partner,
            booking_s=draw(SECONDS),
            no_show_s=draw(SECONDS),
            outside_s=draw(SECONDS),
            booked_s=draw(SECONDS),
            lost_s=draw(SECONDS),
        )
        for room, day, partner in sorted(draw(st.sets(keys, max_size=8)))
    ]


@st.composite
def costs_of(draw: st.DrawFn, pools: list[str]) -> list[CostInput]:
    shared = [
        cost(f"{pool}-{i}", amount, pool)
        for pool in pools
        for i, amount in enumerate(draw(st.lists(MONEY, max_size=2)))
    ]
    alone = draw(st.dictionaries(st.sampled_from(PARTNERS), MONEY, max_size=1))
    return shared + [
        cost(f"{partner[0]}-own", amount, None, partner=partner)
        for partner, amount in alone.items()
    ]


@st.composite
def houses(draw: st.DrawFn) -> Inputs:
    pools = draw(st.sampled_from([["pool-1"], ["pool-1", "pool-2"], []]))
    rooms = st.sets(st.sampled_from(ROOMS), min_size=1).map(lambda some: tuple(sorted(some)))
    return Inputs(
        schema=1,
        metrics="2",
        month="2026-02",
        until=0,
        complete=True,
        registry="",
        sites=(SITE,),
        partners=tuple(PartnerInput(one, f"{one.title()} AB", None, None) for one in PARTNERS),
        rooms=tuple(RoomInput(one, SITE.id, name(one), 0) for one in ROOMS),
        room_days=tuple(day for room in ROOMS for day in draw(room_days_of(room))),
        partner_days=tuple(draw(partner_days())),
        pools=tuple(PoolInput(one, SITE.id, name(one), draw(rooms)) for one in pools),
        agreements=tuple(one for pool in pools for one in draw(agreements_of(pool))),
        costs=tuple(draw(costs_of(pools))),
        stays=(),
        empty=(),
        clashes=(),
        detailed=True,
    )
