"""What stands in for use that was not measured, by small cases computed by hand.

The house is that of ``onehouse``: 1 000 kr, half of it by shares x 3 : y 1, half by use.
"""

from __future__ import annotations

from datetime import date

from rooms.statement.compute import compute
from rooms.statement.document import Note
from rooms.statement.inputs import (
    Name,
    Override,
    PoolInput,
)
from tests.unit.statement.onehouse import (
    F,
    H,
    amounts,
    both_rooms,
    house,
    notes,
    pool_of,
    room_day,
    shared,
    terms,
    used,
)


def test_without_any_use_the_shares_hold() -> None:
    given = house()
    assert {who: (p.fixed, p.amount) for who, p in shared(given).items()} == {
        "x": (37_500, 75_000),
        "y": (12_500, 25_000),
    }
    assert notes(given) == [Note("no_use", pool="pool", value="shares")]
    assert pool_of(compute(given)).price is None


def test_without_any_use_bookings_stand_in_where_agreed() -> None:
    # booked x 1 h, y 4 h, nobody came
    booked = (used("x", 0, booked_s=H), used("y", 0, booked_s=4 * H))
    given = house(*booked, agreements=(terms(fallback="bookings"),))
    assert amounts(given) == {"x": 47_500, "y": 52_500}
    assert [room.treatment for p in shared(given).values() for room in p.rooms] == ["bookings"] * 2
    none = house(agreements=(terms(fallback="bookings"),))
    assert amounts(none) == {"x": 75_000, "y": 25_000}
    assert [note.code for note in notes(none)] == ["no_use", "nobody_booked"]


def test_for_a_room_without_sensor_the_shares_stand_in() -> None:
    # b is 20 of 30 bookable hours: 2/3 of 500 kr by shares: x 250, y 83.33; the rest by use, to y
    made = shared(both_rooms(used("y", 2)))
    assert {who: (p.fixed, p.usage) for who, p in made.items()} == {
        "x": (25_000, 0),
        "y": (F(25_000, 3), F(50_000, 3)),
    }
    assert notes(both_rooms(used("y", 2))) == [
        Note("no_sensor", pool="pool", room="b", value="shares")
    ]


def test_for_a_room_without_sensor_its_bookings_stand_in_where_agreed() -> None:
    # y measured 2 h in a; x booked 3 h in b (what it used or left empty there is not looked at)
    use = used("y", 2), used("x", 9, "b", booked_s=3 * H, no_show_s=H, outside_s=H)
    given = both_rooms(*use, agreements=(terms(fallback="bookings", outside=True, no_show=F(1)),))
    assert {who: p.usage for who, p in shared(given).items()} == {"x": 30_000, "y": 20_000}


def test_a_room_without_sensor_weighs_by_its_weight() -> None:
    # b 20 h x 1/2 = 10 of 20: half of 500 kr by the shares
    given = both_rooms(
        used("y", 2),
        room_days=(
            room_day("a"),
            room_day("b", bookable_s=20 * H, known_s=0, sensor=False, weight=F(1, 2)),
        ),
    )
    assert pool_of(compute(given)).fixed == 25_000


def test_use_in_a_room_for_which_the_shares_stand_in_is_told_and_costs_nothing() -> None:
    # b is blind; what is known of its use by a check-in has no units
    made = shared(both_rooms(used("y", 2), used("x", 5, "b")))
    assert (made["x"].usage, made["x"].used_s, made["x"].rooms[0].units) == (0, 5 * H, 0)
    # nor is one who is no party told for it
    strangers = compute(both_rooms(used("y", 2), used("z", 5, "b"))).notes
    assert [note.code for note in strangers] == ["no_sensor"]
    assert not compute(both_rooms(used("y", 2))).gate  # a fallback, and no reason needed


def test_without_any_use_bookings_of_rooms_by_shares_count_for_nothing() -> None:
    # a is unused, b too little known and by shares: x's bookings in a have 1/3 of the pot alone
    use = used("x", 0, booked_s=H), used("y", 0, "b", booked_s=9 * H)
    low = room_day("b", bookable_s=20 * H, known_s=0)
    given = both_rooms(
        *use,
        room_days=(room_day("a"), low),
        agreements=(terms(fallback="bookings", low_coverage="shares"),),
    )
    made = shared(given)
    assert (made["x"].usage, made["y"].usage) == (F(50_000, 3), 0)


def test_a_pool_without_costs_has_no_gate() -> None:
    days = (room_day(known_s=0),)
    assert compute(house(room_days=days)).gate
    assert not compute(house(room_days=days, costs=())).gate


def test_low_coverage_needs_a_reason_or_what_was_agreed() -> None:
    days = (room_day(known_s=9 * H - 1),)
    (gate,) = compute(house(used("y", 2), room_days=days)).gate
    assert (gate.room, gate.known_s, gate.bookable_s, gate.open) == ("a", 9 * H - 1, 10 * H, True)
    # 90 % is enough
    assert not compute(house(used("y", 2), room_days=(room_day(known_s=9 * H),))).gate

    agreed = house(used("y", 2), room_days=days, agreements=(terms(low_coverage="shares"),))
    (gate,) = compute(agreed).gate
    assert (gate.fallback, gate.open) == ("shares", False)
    assert amounts(agreed) == {"x": 75_000, "y": 25_000}
    assert notes(agreed) == [Note("low_coverage", pool="pool", room="a", value="shares")]

    written = house(used("y", 2), room_days=days, overrides=(Override("a", "Sensorn byttes"),))
    (gate,) = compute(written).gate
    assert (gate.reason, gate.open) == ("Sensorn byttes", False)
    assert amounts(written) == {"x": 37_500, "y": 62_500}
    assert notes(written) == [Note("override", pool="pool", room="a", value="Sensorn byttes")]


def test_the_agreement_of_the_last_day_says_what_stands_in() -> None:
    given = house(
        used("x", 1, booked_s=H),
        used("y", 3, booked_s=0),
        room_days=(room_day(known_s=0, sensor=False),),
        agreements=(
            terms(fallback="shares", until=date(2026, 11, 30)),
            terms("two", fallback="bookings", since=date(2026, 11, 30)),
        ),
    )
    assert shared(given)["x"].usage == 50_000


def test_where_pools_treat_a_room_differently() -> None:
    # by shares in one, measured in the other: the room is told by shares, parts by their pool
    pools = tuple(PoolInput(one, "lycksele", Name(one, one), ("a",)) for one in ("pool", "two"))
    given = house(
        used("y", 2),
        pools=pools,
        room_days=(room_day(known_s=0),),
        agreements=(terms(), terms("b", pool="two", low_coverage="shares")),
    )
    statement = compute(given)
    assert statement.rooms[0].treatment == "shares"
    assert [one.parts[1].rooms[0].treatment for one in statement.pools] == ["measured", "shares"]
