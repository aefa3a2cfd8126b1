"""What a statement takes from the registry as it was on each day of the month."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from rooms.dayevidence import DayEvidence, Stretch
from rooms.statement.inputs import (
    AgreementInput,
    CostInput,
    Name,
    PartnerInput,
    PoolInput,
    RoomDay,
    RoomInput,
    SiteInput,
)
from rooms.utilisation import PartnerUse, Use
from tests.unit.storage.kept_months import (
    VASA,
    H,
    KeptMonths,
    at,
    lycksele,
    registry_of,
    room_days,
    rooms_with,
)


def test_what_the_registry_says(kept: KeptMonths) -> None:
    norr = {"pool": "hyra", "capacity": "1/3", "shares": {"vindel": "1.5", "norr": 2}}
    kept.registry = registry_of(
        lycksele(
            agreements=[
                {"id": "c", "from": "2026-11-01", **norr},
                {"id": "b", "from": "2026-10-16", "until": "2026-11-01", **norr},
                {"id": "a", "from": "2026-10-01", "until": "2026-10-16", **norr}
                | {"no_show": "1/2", "lost_credit": 300, "low_coverage": "bookings"},
                {"id": "old", "from": "2026-01-01", "until": "2026-10-01", **norr},
            ],
            costs=[
                {"id": "z", "name": "Z", "pool": "hyra", "amount": -1, "month": "2026-10"}
                | {"vat": 25, "account": 5010},
                {"id": "k", "name": "Kaffe", "partner": "norr", "amount": "4,50", "from": "2026-09"}
                | {"until": "2026-11", "vat": 12, "account": 5460, "room": "granen"},
                {"id": "gone", "name": "G", "pool": "hyra", "amount": 1, "from": "2026-01"}
                | {"until": "2026-10", "vat": 25, "account": 5010},
            ],
        ),
        VASA,
        {name: VASA[name] for name in ("name", "opening_hours")}
        | {"id": "annex", "sources": [{"id": "x", "decoder": "native"}]}
        | {"rooms": [{"id": "linden", "name": "Linden", "capacity": 1}]}
        | {"partners": [{"id": "nobody", "name": "No sharer"}]},
    )
    inputs = kept.gather()
    shares = {"norr": Fraction(2), "vindel": Fraction(3, 2)}
    common = (Fraction(1, 3), shares)
    change = date(2026, 10, 16)
    assert inputs.agreements == (
        AgreementInput(
            "a", "hyra", date(2026, 10, 1), change, *common, Fraction(1, 2), False,
            "shares", "bookings", 30_000, 5_000,
        ),
        AgreementInput(
            "b", "hyra", change, date(2026, 11, 1), *common, Fraction(0), False,
            "shares", None, 0, 5_000,
        ),
    )  # fmt: skip
    assert [*inputs.agreements[0].shares] == ["norr", "vindel"]
    assert inputs.costs == (
        CostInput(
            "k", "lycksele", Name("Kaffe", "Kaffe"), None, "norr", 450, "12", "5460", "granen"
        ),
        CostInput("z", "lycksele", Name("Z", "Z"), "hyra", None, -100, "25", "5010", None),
    )
    assert inputs.sites == (
        SiteInput(
            "lycksele", Name("Arenan", "The Arena"), "Europe/Stockholm",
            at("2026-09-30 22:00"), at("2026-10-31 23:00"), "Arenan", None, "1790", "A", {},
        ),
        SiteInput(
            "vasa", Name("Vasa", "Vasa"), "Europe/Helsinki",
            at("2026-09-30 21:00"), at("2026-10-31 22:00"), "Vasa Rum Ab", None, "1790", "A",
            {"1790": "Due", "5010": "Rent"},
        ),
    )  # fmt: skip
    assert [*inputs.sites[1].account_names] == ["1790", "5010"]
    assert inputs.pools == (
        PoolInput("hyra", "lycksele", Name("Hyra", "Hyra"), ("bjorken", "granen", "tallen")),
        PoolInput("vc", "vasa", Name("VC", "VC"), ("eken",)),
    )
    assert inputs.partners == (
        PartnerInput("aland", "Åland Oy", None, None),
        PartnerInput("norr", "Norr AB", "PO 7", "K 12"),
        PartnerInput("vindel", "Vindel", None, None),
    )
    assert inputs.rooms == (
        RoomInput("bjorken", "lycksele", Name("Björken", "Björken"), 0),
        RoomInput("eken", "vasa", Name("Eken", "Eken"), 0),
        RoomInput("granen", "lycksele", Name("Granen", "Spruce"), 0),
        RoomInput("tallen", "lycksele", Name("Tallen", "Tallen"), 600),
    )
    assert inputs.registry == kept.registry.hash


@pytest.mark.parametrize(
    ("device", "since", "grain"),
    [
        ({"source": "lora", "model": "elsys-ers", "expect_every": "20 min"}, "2026-10-20", 1200),
        ({"source": "lora", "model": "elsys-ers", "expect_every": "20 min"}, "2026-11-01", 600),
        (
            {"source": "egen", "model": "generic-motion", "expect_every": "15 min"},
            "2026-10-31",
            900,
        ),
        ({"source": "av", "model": "generic-motion", "expect_every": "1 h"}, "2026-10-01", 600),
        ({"source": "lora", "model": "elsys-ers-eye", "expect_every": "1 h"}, "2026-10-01", 600),
    ],
)
def test_stays_are_told_in_steps_of_the_longest_count(
    kept: KeptMonths, device: dict[str, str], since: str, grain: int
) -> None:
    """Of what stood in Tallen in October, where an ELSYS ERS tells every ten minutes."""
    site = lycksele()
    kept.registry = registry_of(
        site
        | {"devices": [*site["devices"], {"id": "ny", "address": "9", **device}]}
        | {"placements": [*site["placements"], {"device": "ny", "room": "tallen", "from": since}]}
    )
    assert {room.id: room.grain_s for room in kept.gather().rooms}["tallen"] == grain


def test_weights_privacy_and_sensors_change_within_the_month(kept: KeptMonths) -> None:
    kept.keep_booked("granen", "2026-10-14", 1, "norr")
    kept.keep_booked("granen", "2026-10-15", 2, "norr")  # kept before the day became private
    weight = [{"value": 1}, {"from": "2026-10-10", "value": "3/2"}]
    private = [{"value": False}, {"from": "2026-10-15", "value": True}]
    kept.registry = registry_of(
        lycksele(
            rooms=rooms_with("granen", weight=weight, private=private),
            placements=[
                {"device": "radar", "room": "granen", "until": "2026-10-08"},
                {"device": "radar", "room": "tallen", "from": "2026-10-08"},
                {"device": "vc", "room": "bjorken"},
            ],
        )
    )
    inputs = kept.gather()
    days = room_days(inputs, "granen")
    assert len(days) == 31
    assert [str(days[f"2026-10-{n:02}"].weight) for n in (9, 10)] == ["1", "3/2"]
    assert [day for day, one in days.items() if one.private] == [
        f"2026-10-{n}" for n in range(15, 32)
    ]
    empty = RoomDay(
        "granen", date(2026, 10, 15), Fraction(3, 2), True, False, 0, 0, 0, 0, 0
    )  # fmt: skip
    assert days["2026-10-15"] == empty
    assert [one.day.day for one in inputs.partner_days] == [14]
    assert [one.start for one in inputs.stays] == [at("2026-10-14 06:00")]
    # the radar moved on the 8th; vacancy seen on the 14th shows that something stood there
    assert [day[-2:] for day, one in days.items() if one.sensor] == [
        *(f"{n:02}" for n in range(1, 8)),
        "14",
    ]
    assert [day for day, one in room_days(inputs, "tallen").items() if not one.sensor] == [
        f"2026-10-{n:02}" for n in range(1, 8)
    ]
    # calls never show vacancy
    assert not any(one.sensor for one in room_days(inputs, "bjorken").values())


def test_a_room_full_of_calls_has_no_sensor(kept: KeptMonths) -> None:
    stretch = Stretch(at("2026-10-05 06:00"), at("2026-10-05 07:00"), "norr", "booking", False)
    use, part = Use(9 * H, H, H), PartnerUse(booking_s=H)
    kept.keep("bjorken", "2026-10-05", use, {"norr": part}, DayEvidence((stretch,)))
    assert not room_days(kept.gather(), "bjorken")["2026-10-05"].sensor
