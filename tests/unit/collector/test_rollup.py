"""Roll-ups by hand: what is written, when it is written again, and what is left alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from rolled import DAY, HOUR, MIN, RolledHouse, at, rooms_with, site_of

from rooms.readings import Point
from rooms.utilisation import UNATTRIBUTED
from storage.store import Refused, StoreUnavailable

MONDAY = at("2026-11-23 00:00")
NOW = MONDAY + 2 * DAY + 12 * HOUR  # Wednesday at noon


@pytest.fixture
def house(tmp_path: Path) -> Iterator[RolledHouse]:
    house = RolledHouse(tmp_path, NOW)
    yield house
    house.close()


def a_monday(house: RolledHouse) -> None:
    """Booked by Vindel from nine to ten, used from 9.05 to 10.20 and from 16.50 to 17.30."""
    stays = [(MONDAY + 545 * MIN, MONDAY + 620 * MIN), (MONDAY + 1010 * MIN, MONDAY + 1050 * MIN)]
    house.hear("radar", MONDAY - DAY, MONDAY + 2 * DAY, stays)
    house.hear("raknare", MONDAY - DAY, MONDAY + 2 * DAY, [stays[0]])
    house.book(MONDAY + 9 * HOUR, MONDAY + 10 * HOUR, "vindel")
    house.wrong("equipment_error", "vc", MONDAY + 8 * HOUR, MONDAY + 8 * HOUR + 600_000, "error")
    house.wrong("equipment_error", "vc", MONDAY + 12 * HOUR, MONDAY + 13 * HOUR, "warning")
    house.roll(MONDAY, MONDAY + DAY)


def test_by_hand(house: RolledHouse) -> None:
    a_monday(house)
    full = {"bookable_s": 3600, "known_s": 3600}
    q = {f"{name}_q{n}_s": 900 for name in ("bookable", "known") for n in (1, 2, 3, 4)}
    at_nine = house.fields("use_hour", MONDAY + 9 * HOUR, room="granen")
    assert at_nine == full | q | {
        "occupied_s": 3300,
        "booked_s": 3600,
        "bookings": 1,
        "assessable": 1,
        "occupied_q1_s": 600,
        "occupied_q2_s": 900,
        "occupied_q3_s": 900,
        "occupied_q4_s": 900,
    }
    at_ten = house.fields("use_hour", MONDAY + 10 * HOUR, room="granen")
    assert (at_ten["occupied_s"], at_ten["walkin_s"]) == (1200, 1200)
    assert house.fields("use_hour", MONDAY + 17 * HOUR, room="granen") == {"outside_s": 1800}
    day = {
        "bookable_s": 9 * 3600,
        "known_s": 9 * 3600,
        "occupied_s": 4500 + 600,
        "outside_s": 1800,
        "booked_s": 3600,
        "walkin_s": 1800,
        "bookings": 1,
        "assessable": 1,
        "lost_s": 600,
    }
    assert house.fields("use_day", MONDAY, room="granen") == day
    # the room of four has a counter: three people, of four seats
    other = {
        "bookable_s": 9 * 3600,
        "known_s": 9 * 3600,
        "occupied_s": 4500,
        "walkin_s": 4500,
        "person_s": 13_500,
        "counted_s": 4500,
        "seat_s": 18_000,
        "people_max": 3,
    }
    assert house.fields("use_day", MONDAY, room="tallen") == other
    both: dict[str, float] = {k: day.get(k, 0) + other.get(k, 0) for k in day | other}
    assert house.fields("site_day", MONDAY) == both
    month = at("2026-11-01 00:00")
    assert house.fields("use_month", month, room="granen") == day
    assert house.fields("site_month", month) == both


def test_whose_time_it_was(house: RolledHouse) -> None:
    a_monday(house)
    assert house.partners(MONDAY) == {
        # until 10.20: the room was never vacant after the booking
        "vindel": {"booking_s": 4500},
        UNATTRIBUTED: {"unattributed_s": 600, "outside_s": 1800},
    }
    assert house.partners(MONDAY, "tallen") == {UNATTRIBUTED: {"unattributed_s": 4500}}


def test_hours_carry_weekday_and_hour(house: RolledHouse) -> None:
    a_monday(house)
    own = range(MONDAY, MONDAY + DAY)
    hours = [p for p in house.points("use_hour", room="granen") if p.time in own]
    assert [p.tags["hour"] for p in hours] == [f"{n:02}" for n in range(24)]
    assert {p.tags["weekday"] for p in hours} == {"1"}
    sums = [p for p in house.points("site_hour") if p.time in own]
    assert [p.tags["hour"] for p in sums] == [p.tags["hour"] for p in hours]


def test_twice_changes_nothing(house: RolledHouse) -> None:
    a_monday(house)
    first = house.everything()
    assert len(first) > 400  # two rooms' slots among them
    house.roll(MONDAY, MONDAY + DAY)
    assert house.everything() == first
    house.start()
    house.now += 5 * MIN
    house.roll(MONDAY + 9 * HOUR, MONDAY + 10 * HOUR)
    assert house.everything() == first


def dying_after(house: RolledHouse, writes: int) -> Any:
    """A ``write`` that does so many of a roll-up's whole and half of the next one."""
    write, done = house.store.write, count()

    def dying(points: Sequence[Point]) -> list[Refused]:
        if points and points[0].measurement != "presence" and next(done) == writes:
            write(points[: len(points) // 2])
            raise StoreUnavailable("away")
        return write(points)

    return dying


def test_killed_anywhere_the_next_pass_mends_it(tmp_path: Path) -> None:
    (tmp_path / "whole").mkdir()
    whole = RolledHouse(tmp_path / "whole", NOW)
    a_monday(whole)
    writes = 0
    while True:
        folder = tmp_path / f"killed{writes}"
        folder.mkdir()
        house = RolledHouse(folder, NOW)
        write, house.store.write = house.store.write, dying_after(house, writes)
        try:
            a_monday(house)
            killed = False
        except StoreUnavailable:
            killed = True
        house.store.write = write
        assert not killed or house.state.dirty.count(MONDAY, MONDAY + DAY) == 48
        house.start()
        house.rollup.step()
        assert house.everything() == whole.everything()
        assert house.state.dirty.count(MONDAY, MONDAY + DAY) == 0
        house.close()
        if not killed:
            break
        writes += 1
    assert writes == 3  # slots, days, sums
    whole.close()


def test_unsettled_hours_stay_dirty_and_are_looked_at_now_and_then(house: RolledHouse) -> None:
    today = MONDAY + 2 * DAY
    house.hear("radar", MONDAY, NOW, [(NOW - HOUR, NOW)])
    assert house.roll(today + HOUR, today + DAY, "granen") == 1
    assert house.state.dirty.count(today + 11 * HOUR, today + 12 * HOUR) == 1
    assert house.state.dirty.count(today, today + 11 * HOUR) == 0
    assert house.state.live.cursor("rollup_at") == NOW
    house.now += MIN
    assert house.rollup.step() == 0
    assert house.state.live.cursor("rollup_at") == NOW
    house.now += 4 * MIN
    assert house.rollup.step() == 1
    assert house.state.live.cursor("rollup_at") == house.now
    day = house.fields("use_day", today, room="granen")
    assert (day["bookable_s"], day["known_s"]) == (4 * 3600 + 300, 4 * 3600 + 300)


def test_much_to_catch_up_with_does_not_hold_up_today(
    house: RolledHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three weeks are dirty, and each takes longer than today may wait for its turn."""
    house.hear("radar", MONDAY - 15 * DAY, NOW)
    house.now += 5 * MIN
    write = house.store.write

    def slow(points: Sequence[Point]) -> list[Refused]:
        house.now += 2 * MIN  # slots, days and sums: six minutes a week
        return write(points)

    monkeypatch.setattr(house.store, "write", slow)
    told: list[tuple[int, int]] = []
    house.state.dirty.mark_time("granen", [(MONDAY - 14 * DAY, NOW)])

    def today() -> float:
        bookable: float = house.fields("use_day", MONDAY + 2 * DAY, room="granen")["bookable_s"]
        return bookable

    def step() -> tuple[int, float]:
        before = house.now
        count = house.rollup.step(lambda *done: told.append(done))
        return count, today() == (before - (MONDAY + 2 * DAY + 8 * HOUR)) / 1000

    assert step() == (3 + 7, True)
    assert told[:2] == [(0, 60 + 14 * 24), (60, 60 + 14 * 24)]
    assert step() == (1 + 7, True)  # today again, before the oldest week
    assert told[-1][0] == told[-1][1]
    assert step() == (1, True)
    days = [p for p in house.points("use_day", room="granen") if p.fields["bookable_s"]]
    assert len(days) == 17


def test_frozen_days_are_let_be(house: RolledHouse) -> None:
    a_monday(house)
    before = [line for line in house.everything() if "room_slot" not in line]
    house.retention_ms = 4 * DAY
    house.now = MONDAY + 6 * DAY  # what Monday depends on began on Saturday
    house.store.expire(house.now - 4 * DAY)
    house.start()
    house.roll(MONDAY, MONDAY + DAY)
    assert house.state.dirty.count(MONDAY, MONDAY + DAY) == 0
    assert [line for line in house.everything() if "room_slot" not in line] == before
    house.roll(MONDAY + 4 * DAY, MONDAY + 5 * DAY)
    assert house.fields("use_day", MONDAY + 4 * DAY, room="granen") == {"bookable_s": 9 * 3600}


def test_a_room_that_becomes_private_is_forgotten(house: RolledHouse) -> None:
    a_monday(house)
    house.registry = site_of(rooms=rooms_with("granen", private=True))
    house.rollup.step()
    assert house.fields("use_day", MONDAY, room="granen") == {}
    assert house.partners(MONDAY) == {"vindel": {}, UNATTRIBUTED: {}}
    assert not any(any(p.fields.values()) for p in house.points("room_slot", room="granen"))
    assert house.fields("site_day", MONDAY) == house.fields("use_day", MONDAY, room="tallen")
    assert house.state.dirty.count(MONDAY, NOW, ["granen"]) == 0


def test_nothing_is_written_of_a_private_room(house: RolledHouse) -> None:
    house.registry = site_of(rooms=rooms_with("granen", private=True))
    a_monday(house)
    assert house.points("use_day", room="granen") == []
    assert house.points("room_slot", room="granen") == []


def test_a_room_that_is_gone_counts_with_what_is_stored(house: RolledHouse) -> None:
    a_monday(house)
    before = house.fields("site_day", MONDAY)
    house.registry = site_of(
        rooms=[{"id": "tallen", "name": "Tallen", "capacity": 4}],
        placements=[{"device": "raknare", "room": "tallen"}],
    )
    house.state.dirty.mark([("granen", MONDAY)])
    house.roll(MONDAY, MONDAY + DAY)
    assert house.fields("site_day", MONDAY) == before
    assert house.state.dirty.count(MONDAY, MONDAY + DAY, ["granen"]) == 0


def test_what_the_store_refuses_is_told_once(
    house: RolledHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(
        "collector.rollup.log.error", lambda text, **more: told.append(more["reason"])
    )
    write = house.store.write

    def partial(points: Any) -> list[Refused]:
        write(points)
        return [Refused(p, "too purple") for p in points if p.measurement == "use_day"]

    monkeypatch.setattr(house.store, "write", partial)
    house.roll(MONDAY, MONDAY + 2 * DAY)
    assert told == ["too purple"]


def test_readings_that_are_not_stored_yet_are_waited_for(house: RolledHouse) -> None:
    house.hear("radar", MONDAY, MONDAY + DAY)
    house.state.dirty.mark([("granen", MONDAY + 9 * HOUR)], chunk=7)
    assert house.rollup.step() == 0
    assert house.points("use_day") == []
