"""Roll-ups by hand: what comes late, and what reaches over midnight."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from rolled import DAY, HOUR, MIN, RolledHouse, at, site_of
from test_rollup import MONDAY, NOW, a_monday

from rooms.attribution import CheckIn
from rooms.readings import Point
from rooms.utilisation import UNATTRIBUTED


@pytest.fixture
def house(tmp_path: Path) -> Iterator[RolledHouse]:
    house = RolledHouse(tmp_path, NOW)
    yield house
    house.close()


def test_a_late_reading_is_taken_in(house: RolledHouse) -> None:
    a_monday(house)
    late = (MONDAY + 14 * HOUR, MONDAY + 14 * HOUR + 20 * MIN)
    house.hear("radar", *late, [late])
    house.roll(MONDAY + 13 * HOUR, MONDAY + 15 * HOUR, "granen")
    assert house.fields("use_day", MONDAY, room="granen")["occupied_s"] == 5100 + 1200
    assert house.fields("site_day", MONDAY)["occupied_s"] == 5100 + 4500 + 1200
    assert house.fields("use_month", at("2026-11-01 00:00"), room="granen")["occupied_s"] == 6300


def test_a_partner_who_has_nothing_left_gets_zeros(house: RolledHouse) -> None:
    a_monday(house)
    house.state.claims.correct(
        "granen", MONDAY + 9 * HOUR, MONDAY + 11 * HOUR, "renen", "bytte", "eva", NOW
    )
    house.roll(MONDAY + 9 * HOUR, MONDAY + 11 * HOUR, "granen")
    assert house.partners(MONDAY) == {
        "renen": {"correction_s": 4500},
        "vindel": {},
        UNATTRIBUTED: {"unattributed_s": 600, "outside_s": 1800},
    }
    (vindel,) = house.points("partner_day", partner="vindel")
    assert len(vindel.fields) == 7  # explicit


def test_a_stay_over_midnight_reaches_the_next_day(house: RolledHouse) -> None:
    stay = (MONDAY + 23 * HOUR, MONDAY + 33 * HOUR)
    house.hear("radar", MONDAY - DAY, MONDAY + 2 * DAY, [stay])
    tuesday = MONDAY + DAY
    house.roll(tuesday, tuesday + DAY, "granen")
    assert house.partners(tuesday)[UNATTRIBUTED] == {"unattributed_s": 3600, "outside_s": 8 * 3600}
    house.state.claims.check_in("granen", CheckIn(MONDAY + 22 * HOUR + 50 * MIN, "renen"), "api", 0)
    house.roll(MONDAY + 22 * HOUR, MONDAY + 23 * HOUR, "granen")
    assert house.partners(MONDAY)["renen"] == {"outside_s": 3600}
    assert house.partners(tuesday) == {
        "renen": {"checkin_s": 3600, "outside_s": 8 * 3600},
        UNATTRIBUTED: {},
    }


def test_late_readings_that_end_a_checkin_reach_the_next_day(house: RolledHouse) -> None:
    """What is quiet at the day's end now was unknown before, and the check-in still held."""
    pir = {"id": "pir", "source": "av", "address": "pir", "model": "generic-motion"}
    house.registry = site_of(
        devices=[pir | {"expect_every": "60s"}], placements=[{"device": "pir", "room": "granen"}]
    )
    tuesday = MONDAY + DAY

    def hear(start: int, stop: int, motion: float = 0.0) -> None:
        tags = {"site": "s", "device": "pir"}
        times = range(start, stop, MIN)
        house.store.write([Point("presence", tags, t, {"motion": motion}) for t in times])

    house.state.claims.check_in("granen", CheckIn(MONDAY + 20 * HOUR, "renen"), "panel", 0)
    hear(tuesday - 4 * MIN, tuesday + 2 * HOUR)  # vacant for less than 15 minutes
    hear(tuesday + 10 * MIN, tuesday + 30 * MIN, motion=1.0)
    house.roll(MONDAY, tuesday + DAY, "granen")
    assert house.partners(tuesday)["renen"] == {"outside_s": 19 * 60}
    late = (MONDAY + 20 * HOUR + 5 * MIN, tuesday - 16 * MIN)
    hear(*late)
    house.roll(late[0] - 15 * MIN, late[1] + 15 * MIN, "granen")  # as the watch marks it
    assert house.partners(tuesday) == {"renen": {}, UNATTRIBUTED: {"outside_s": 19 * 60}}


def test_an_early_stay_counts_to_a_booking_after_midnight(house: RolledHouse) -> None:
    tuesday = MONDAY + DAY
    stay = (tuesday - 8 * MIN, tuesday + 30 * MIN)
    house.hear("radar", MONDAY - DAY, MONDAY + 2 * DAY, [stay])
    house.roll(MONDAY, tuesday + DAY, "granen")
    house.book(tuesday, tuesday + HOUR, "vindel")
    house.roll(tuesday, tuesday + HOUR, "granen")
    assert house.partners(MONDAY)["vindel"] == {"outside_s": 480}
    assert house.partners(tuesday)["vindel"] == {"outside_s": 1800}


def test_the_day_before_is_computed_with_all_that_was_wrong_then(house: RolledHouse) -> None:
    """Of Saturday the radar's last word was "vacant", and not to be believed: so nothing was
    known on Sunday until it spoke again, and a check-in held until half past midnight."""
    tuesday, sunday = MONDAY + DAY, MONDAY - DAY
    tags = {"site": "s", "device": "radar"}
    alive = range(sunday - 12 * HOUR, sunday + 11 * HOUR, 10 * MIN)
    house.store.write([Point("health", tags, time, {"battery_pct": 90.0}) for time in alive])
    house.store.write([Point("presence", tags, alive.start, {"occupied": 0.0})])
    house.wrong("sensor_stuck", "radar", alive.start - HOUR, alive.start + HOUR, "warning")
    house.state.claims.check_in("granen", CheckIn(sunday + 30 * MIN, "renen"), "panel", 0)
    stays = [(alive.stop, MONDAY + HOUR), (tuesday - 5 * MIN, tuesday + 5 * MIN)]
    house.hear("radar", alive.stop, tuesday + HOUR, stays)
    house.roll(MONDAY, tuesday, "granen")
    assert house.partners(MONDAY)["renen"] == {"outside_s": 1800}
    house.roll(tuesday, tuesday + HOUR, "granen")
    assert house.partners(MONDAY)["renen"] == {"outside_s": 1800}


def test_a_booking_from_yesterday_to_which_somebody_came(house: RolledHouse) -> None:
    """Who came is looked up where it began, although the room was vacant at midnight."""
    house.registry = site_of(opening_hours={"mon-sun": "00:00-24:00"})
    house.rollup.step()
    start = MONDAY + 20 * HOUR
    house.hear("radar", MONDAY - DAY, MONDAY + 2 * DAY, [(start, start + HOUR)])
    house.book(start, MONDAY + 26 * HOUR, "vindel")
    house.start()
    house.roll(MONDAY + DAY, MONDAY + 2 * DAY, "granen")
    assert house.partners(MONDAY + DAY) == {UNATTRIBUTED: {}}
    assert house.points("partner_day", partner="vindel") == []
