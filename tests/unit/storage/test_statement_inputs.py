"""What a month's statement is computed from, gathered from days written by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from rooms.dayevidence import DayEvidence, Overlap, Stretch, Vacancy
from rooms.readings import Point
from rooms.statement.codec import decode, encode
from rooms.statement.inputs import (
    Clash,
    Empty,
    Inputs,
    Name,
    PartnerDay,
    PartnerInput,
    RoomDay,
    RoomInput,
    Stay,
)
from rooms.utilisation import PartnerUse, Use
from storage.statement_inputs import months_with_data, pending
from tests.unit.storage.kept_months import (
    FULL,
    OCTOBER,
    VASA,
    H,
    KeptMonths,
    at,
    lycksele,
    registry_of,
    room_days,
)


def test_a_day_by_hand(kept: KeptMonths) -> None:
    """Norr books eight to ten and comes at nine; nobody's from ten to eleven; Vindel clashes,
    and books eleven to twelve for nothing."""
    eight = at("2026-10-05 06:00")
    hours = [eight + n * H * 1000 for n in range(6)]
    told = DayEvidence(
        (
            Stretch(hours[1], hours[2], "norr", "booking", False),
            Stretch(hours[2], hours[3], None, "unattributed", False),
            Stretch(hours[3] + 9 * H * 1000, hours[4] + 9 * H * 1000, "norr", "host", True),
        ),
        (Vacancy(hours[3], hours[4], "vindel"),),
        (Overlap(hours[1], hours[2], "norr", "vindel"),),
        {"norr": 2 * H, "vindel": H},
        {"": 60, "norr": 1800},
    )
    use = Use(9 * H, 8 * H, 2 * H, H, booked_s=3 * H, lost_s=2000)
    parts = {
        "norr": PartnerUse(booking_s=H, outside_s=H),
        "vindel": PartnerUse(no_show_s=H),
        "aland": PartnerUse(),
        None: PartnerUse(unattributed_s=H),
    }
    kept.keep("granen", "2026-10-05", use, parts, told)
    inputs = kept.gather()
    assert inputs.partner_days == (
        PartnerDay("granen", date(2026, 10, 5), "", unattributed_s=H, lost_s=60),
        PartnerDay(
            "granen",
            date(2026, 10, 5),
            "norr",
            booking_s=H,
            outside_s=H,
            booked_s=2 * H,
            lost_s=1800,
        ),
        PartnerDay("granen", date(2026, 10, 5), "vindel", no_show_s=H, booked_s=H),
    )
    assert room_days(inputs, "granen")["2026-10-05"] == RoomDay(
        "granen",
        date(2026, 10, 5),
        Fraction(1),
        private=False,
        sensor=True,
        bookable_s=9 * H,
        known_s=8 * H,
        occupied_s=2 * H,
        outside_s=H,
        lost_s=2000,
    )
    assert inputs.stays == (
        Stay("granen", hours[1], hours[2], "norr", "booking", False),
        Stay("granen", hours[2], hours[3], "", "unattributed", False),
        Stay("granen", hours[3] + 9 * H * 1000, hours[4] + 9 * H * 1000, "norr", "host", True),
    )
    assert inputs.empty == (Empty("granen", hours[3], hours[4], "vindel"),)
    assert inputs.clashes == (Clash("granen", hours[1], hours[2], "norr", "vindel"),)
    assert (inputs.detailed, inputs.complete) == (True, True)
    assert inputs.until == at("2026-10-31 23:00")
    assert decode(encode(inputs), Inputs) == inputs


@pytest.mark.parametrize(
    ("month", "days", "length", "second"),
    [(OCTOBER, 31, 31 * 24 + 1, "2026-10-25"), (date(2027, 3, 1), 31, 31 * 24 - 1, "2027-03-28")],
)
def test_months_in_which_the_clocks_are_set(
    kept: KeptMonths, month: date, days: int, length: int, second: str
) -> None:
    """Open round the clock: a room without anything computed has its bookable time."""
    kept.now = at("2027-05-01 00:00")
    kept.registry = registry_of(lycksele(opening_hours={"mon-sun": "00:00-24:00"}))
    inputs = kept.gather(month)
    (site,) = inputs.sites
    assert site.stop - site.start == length * H * 1000
    blind = room_days(inputs, "bjorken")
    assert len(blind) == days
    assert sum(one.bookable_s for one in blind.values()) == length * H
    assert blind[second].bookable_s == (length - 30 * 24) * H
    assert not any(one.known_s for one in blind.values())
    assert inputs.complete
    assert inputs.detailed


def test_two_sites_in_two_zones(kept: KeptMonths) -> None:
    """Vasa's midnight is Lycksele's 23 o'clock; its October is over an hour earlier."""
    kept.registry = registry_of(lycksele(), VASA)
    part = PartnerUse(booking_s=H)
    use = replace(FULL, occupied_s=H)
    midnight = kept.keep("eken", "2026-10-01", use, {"aland": part}, None, site="vasa")
    assert midnight == at("2026-09-30 21:00")
    kept.keep("eken", "2026-11-01", use, {"aland": part}, None, site="vasa")
    kept.keep("granen", "2026-09-30", use, {"norr": part}, None)
    kept.keep_booked("granen", "2026-10-31", 1, "norr")
    inputs = kept.gather()
    assert [(one.room, str(one.day)) for one in inputs.partner_days] == [
        ("eken", "2026-10-01"),
        ("granen", "2026-10-31"),
    ]
    assert not inputs.detailed  # Eken's day has no evidence
    eken = room_days(inputs, "eken")
    assert eken["2026-10-02"].weight == Fraction(3, 2)
    assert [day.bookable_s for day in eken.values()][:4] == [9 * H, 3 * H, 0, 0]  # a weekend
    kept.now = at("2026-10-31 22:30")
    running = kept.gather()
    assert (running.complete, running.until) == (False, kept.now)
    assert len(room_days(running, "eken")) == 31
    assert room_days(running, "granen")["2026-10-31"].bookable_s == 9 * H
    kept.now = at("2026-10-31 23:00")
    assert kept.gather().complete


def test_of_a_running_month_what_has_been(kept: KeptMonths) -> None:
    kept.now = at("2026-10-03 08:30")  # half past ten
    blind = room_days(kept.gather(), "bjorken")
    assert {day: one.bookable_s for day, one in blind.items()} == {
        "2026-10-01": 9 * H,
        "2026-10-02": 9 * H,
        "2026-10-03": 2 * H + 1800,
    }
    kept.now = at("2026-09-20 00:00")
    future = kept.gather()
    assert (future.room_days, future.until, future.complete) == ((), kept.now, False)


def test_a_room_that_left_the_registry_counts_where_all_rooms_do(kept: KeptMonths) -> None:
    kept.keep_booked("aspen", "2026-10-05", 2, "norr")
    kept.keep("lonnen", "2026-10-05", Use(), {"norr": PartnerUse()}, None)  # nothing but zeros
    inputs = kept.gather()
    assert RoomInput("aspen", "lycksele", Name("aspen", "aspen"), 0) in inputs.rooms
    assert inputs.pools[0].rooms == ("aspen", "bjorken", "granen", "tallen")
    (day,) = room_days(inputs, "aspen").values()
    assert (day.weight, day.sensor, day.occupied_s) == (1, True, 2 * H)
    assert [one.room for one in inputs.partner_days] == ["aspen"]
    assert inputs.detailed
    kept.registry = registry_of(lycksele(pools=[{"id": "hyra", "name": "H", "rooms": ["granen"]}]))
    inputs = kept.gather()
    assert [room.id for room in inputs.rooms] == ["granen"]
    assert inputs.partner_days == ()


def test_a_partner_that_left_the_registry_keeps_its_time(kept: KeptMonths) -> None:
    kept.keep_booked("granen", "2026-10-05", 2, "skog")
    inputs = kept.gather()
    assert PartnerInput("skog", "skog", None, None) in inputs.partners
    assert [one.partner for one in inputs.partner_days] == ["skog"]


@pytest.mark.parametrize("evidence", [None, DayEvidence(booked={"norr": H}, lost={"norr": 60})])
def test_without_evidence_that_adds_up_the_sums_stand_alone(
    kept: KeptMonths, evidence: DayEvidence | None
) -> None:
    """A frozen day of an older version, or one whose sums were written again since."""
    use = replace(FULL, occupied_s=H, booked_s=H)
    kept.keep("granen", "2026-10-05", use, {"norr": PartnerUse(booking_s=H)}, evidence)
    kept.keep_booked("tallen", "2026-10-06", 1, "vindel")
    inputs = kept.gather()
    assert not inputs.detailed
    assert inputs.partner_days[0] == PartnerDay("granen", date(2026, 10, 5), "norr", booking_s=H)
    assert [one.room for one in inputs.stays] == ["tallen"]


def test_a_day_on_which_nothing_was_used_or_booked_needs_no_evidence(kept: KeptMonths) -> None:
    kept.keep("granen", "2026-10-05", FULL, {None: PartnerUse()}, None)
    assert kept.gather().detailed
    kept.keep("granen", "2026-10-05", replace(FULL, booked_s=1), {None: PartnerUse()}, None)
    assert not kept.gather().detailed


def test_what_is_still_to_be_computed(kept: KeptMonths) -> None:
    kept.registry = registry_of(lycksele(pools=[{"id": "hyra", "name": "H", "rooms": ["granen"]}]))
    first = at("2026-09-30 22:00")
    kept.state.dirty.mark([("granen", first - H * 1000), ("granen", at("2026-10-31 23:00"))])
    kept.state.dirty.mark([("tallen", first)])  # in no pool
    assert pending(kept.state, kept.registry, OCTOBER, kept.now) == 0
    kept.state.dirty.mark([("granen", first), ("granen", at("2026-10-31 22:00"))])
    assert pending(kept.state, kept.registry, OCTOBER, kept.now) == 2
    assert not kept.gather().complete
    # hours that are yet to come have nothing to be computed from
    assert pending(kept.state, kept.registry, OCTOBER, at("2026-10-20 00:00")) == 1


def test_months_with_data(kept: KeptMonths) -> None:
    def month(site: str, time: str, bookable_s: int) -> Point:
        use = Use(bookable_s=bookable_s).stored()
        return Point("site_month", {"site": site}, at(time), dict(use))

    kept.registry = registry_of(lycksele(), VASA)
    kept.store.write(
        [
            month("lycksele", "2026-08-31 22:00", H),
            month("vasa", "2026-09-30 21:00", H),
            month("vasa", "2026-07-31 21:00", 0),
            month("annex", "2026-06-30 22:00", H),
        ]
    )
    assert months_with_data(kept.store, kept.registry) == [date(2026, 9, 1), OCTOBER]
    kept.registry = registry_of(lycksele(pools=[], costs=[]))
    assert months_with_data(kept.store, kept.registry) == []
    assert kept.gather().sites == ()


def test_the_same_facts_give_the_same_bytes(kept: KeptMonths) -> None:
    for room, day in (("tallen", "2026-10-06"), ("granen", "2026-10-30"), ("granen", "2026-10-05")):
        kept.keep_booked(room, day, 1, "norr")
    first = encode(kept.gather())
    kept.keep_booked("granen", "2026-10-05", 1, "norr")
    kept.registry = registry_of(lycksele())
    assert encode(kept.gather()) == first
