"""A partner's own statement: all of its lines, and nothing of another partner's."""

from __future__ import annotations

from fractions import Fraction

import msgspec
import pytest
from hypothesis import given

from rooms.statement.codec import decode, encode
from rooms.statement.compute import compute
from rooms.statement.difference import before_of
from rooms.statement.document import Note, Statement
from rooms.statement.inputs import (
    NOBODY,
    Booked,
    Carry,
    Empty,
    Inputs,
    Name,
    PoolInput,
    RoomInput,
)
from rooms.statement.notes import say
from rooms.statement.view import of_partner
from tests.unit.statement.examples import (
    AGREEMENTS,
    COSTS,
    PARTNERS,
    SITE,
    agreement,
    at,
    cost,
    inputs,
    seal_of,
    stay,
)
from tests.unit.statement.houses import houses


def full() -> Statement:
    """With all that a statement can hold."""
    first = compute(inputs(), seal_of(inputs()))
    carry = Carry("2026-09", 1, (Booked("alfa", "rum", 40), Booked("beta", "rum", -40)))
    return compute(inputs(before=before_of(first), carries=(carry,), reason="Ny hyra"))


@pytest.mark.parametrize("partner", ["alfa", "beta", "gamma"])
def test_no_other_partner_is_named(partner: str) -> None:
    told = encode(of_partner(full(), partner)).decode()
    for one in PARTNERS:
        assert (one.id in told) == (one.id == partner)
        assert (one.name in told) == (one.id == partner)


@given(houses())
def test_no_other_partner_is_named_in_any_house(house: Inputs) -> None:
    """Ids and names of partners are in no other name there."""
    statement = compute(house)
    for one in house.partners:
        told = encode(of_partner(statement, one.id)).decode()
        for other in house.partners:
            if other != one:
                assert other.id not in told
                assert other.name not in told


@given(houses())
def test_own_lines_are_as_in_the_whole(house: Inputs) -> None:
    statement = compute(house)
    for total in statement.totals:
        own = of_partner(statement, total.partner)
        assert own.totals == (total,)
        assert own.total == total.amount
        parts = [part for pool in statement.pools for part in pool.parts]
        assert [pool.parts[0] for pool in own.pools] == [
            part for part in parts if part.partner == total.partner
        ]
        assert sum(pool.parts[0].amount for pool in own.pools) == total.pools
        assert decode(encode(own), Statement) == own


def test_what_is_its_own_stays() -> None:
    own = of_partner(full(), "beta")
    assert [(one.id, one.name) for one in own.partners] == [("beta", "Betula & Söner")]
    assert [pool.id for pool in own.pools] == ["rum", "video"]
    assert own.pools[0].total == 4_950_001
    assert {one.partner for one in own.stays} == {"beta", NOBODY}
    assert len(own.stays) == 5
    assert [one.partner for one in own.empty] == ["beta", NOBODY]
    assert own.carries[0].parts == (Booked("beta", "rum", -40),)
    assert own.before is not None
    assert {one.partner for one in own.before.parts} == {"beta"}
    assert (own.before.accounts, own.accounts) == ((), ())
    assert [one.partner for one in own.changes] == ["beta"]
    assert own.sites[0].account_names == {}


def test_pools_of_others_are_left_out() -> None:
    own = of_partner(full(), "gamma")
    assert [pool.id for pool in own.pools] == ["rum"]
    assert {one.pool for one in own.agreements} == {"rum"}
    assert [one.cost.id for one in own.direct] == ["kort"]


def test_the_shares_of_all_others_are_one_number() -> None:
    own = of_partner(full(), "alfa")
    shares = {one.id: one.shares for one in own.agreements}
    assert shares == {
        "rum-2026": {NOBODY: Fraction(2), "alfa": Fraction(2)},
        "rum-2026-b": {NOBODY: Fraction(2), "alfa": Fraction(1)},
        "video-2026": {NOBODY: Fraction(3), "alfa": Fraction(1)},
    }


@pytest.mark.parametrize(("partner", "pair"), [("alfa", ("alfa", "")), ("beta", ("", "beta"))])
def test_a_clash_does_not_say_with_whom(partner: str, pair: tuple[str, str]) -> None:
    (clash,) = of_partner(full(), partner).clashes
    assert (clash.first, clash.second) == pair


def test_use_by_others_who_are_no_party_is_told_as_a_sum() -> None:
    """It is split like nobody's time, so its amount belongs to the evidence."""
    only = [msgspec.structs.replace(AGREEMENTS[2], shares={"alfa": Fraction(1)})]
    statement = compute(inputs(agreements=(*AGREEMENTS[:2], *only)))
    strangers = [note for note in statement.notes if note.code == "no_party"]
    assert [(note.partner, note.value) for note in strangers] == [
        ("beta", "33600"),
        ("gamma", "10801"),
    ]
    own = of_partner(statement, "alfa")
    (note,) = (note for note in own.notes if note.code == "no_party")
    assert note == Note("no_party", pool="video", value="44401")
    assert say(note, own, "en") == (
        "Video equipment: somebody who was not in the agreement then used the rooms for"
        " 12 h 20 min. The time counts as nobody's."
    )


def test_one_who_has_nothing() -> None:
    own = of_partner(full(), "delta")
    assert (own.total, own.totals, own.pools, own.direct) == (0, (), (), ())
    assert (own.rooms, own.stays, own.empty, own.used_s) == ((), (), (), 0)


def elsewhere() -> Statement:
    """A second house whose pool beta has alone, with nobody's and alfa's time in it."""
    site = msgspec.structs.replace(SITE, id="umea", issuer="Umeå Hus")
    home = inputs()
    room = RoomInput("renen", "umea", Name("Renen", "Renen"), 600)
    pool = PoolInput("umea", "umea", Name("Umeå", "Umeå"), ("renen",))
    stays = [stay("renen", 6, "09:00", "10:00", who) for who in ("beta", "")]
    return compute(
        inputs(
            sites=(*home.sites, site),
            rooms=(*home.rooms, room),
            pools=(*home.pools, pool),
            agreements=(*AGREEMENTS, agreement("umea", "umea", shares={"beta": Fraction(1)})),
            costs=(*COSTS, cost("lokal", 100_000, "umea", site="umea")),
            stays=(*home.stays, *stays),
            empty=(*home.empty, Empty("renen", at(8, "09:00"), at(8, "10:00"), "")),
        )
    )


def test_rooms_and_sites_that_it_neither_shares_nor_used_are_left_out() -> None:
    """One other partner's alone, their times are that partner's lines."""
    own = of_partner(elsewhere(), "alfa")
    told = encode(own).decode()
    assert "renen" not in told
    assert "umea" not in told
    assert "Umeå" not in told
    beta = of_partner(elsewhere(), "beta")
    assert [one.id for one in beta.sites] == ["lycksele", "umea"]
    assert [one.partner for one in beta.stays if one.room == "renen"] == ["beta", ""]


def test_the_hours_of_all_are_those_of_the_rooms_told() -> None:
    own = of_partner(full(), "beta")
    assert own.used_s == sum(room.occupied_s for room in own.rooms) == full().used_s


def test_who_bears_a_pool_alone_sees_no_others() -> None:
    (umea,) = (one for one in of_partner(elsewhere(), "beta").agreements if one.id == "umea")
    assert umea.shares == {"beta": Fraction(1)}
