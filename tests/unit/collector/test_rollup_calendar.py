"""What the clock and the calendar do to sums, each computed by hand; opening hours are 8 to 17
every day unless a case says otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rolled import DAY, HOUR, HOUSE, MIN, RolledHouse, at, rooms_with, site_of

ALWAYS = {"opening_hours": {"mon-sun": "00:00-24:00"}}


@pytest.fixture
def house(tmp_path: Path) -> Iterator[RolledHouse]:
    house = RolledHouse(tmp_path, at("2026-10-20 12:00"))
    yield house
    house.close()


def use(house: RolledHouse, time: int, series: str = "use_day", **tags: str) -> tuple[int, ...]:
    """B, K, O and occupied outside, in seconds."""
    fields = house.fields(series, time, **({"room": "granen"} if "use" in series else {}) | tags)
    names = ("bookable_s", "known_s", "occupied_s", "outside_s")
    return tuple(int(fields.get(name, 0)) for name in names)


def test_the_night_of_25_hours(house: RolledHouse) -> None:
    """2026-10-25, open round the clock; a stay from 1.30 to the second 2.30: two hours."""
    house.registry = site_of(**ALWAYS)
    sunday = at("2026-10-25 00:00")
    stay = (at("2026-10-24 23:30Z"), at("2026-10-25 01:30Z"))
    house.now = sunday + 3 * DAY
    house.hear("radar", sunday - DAY, sunday + 2 * DAY, [stay])
    house.roll(sunday, sunday + 25 * HOUR)
    assert use(house, sunday) == (25 * 3600, 25 * 3600, 7200, 0)
    hours = [p for p in house.points("use_hour", room="granen") if p.fields["occupied_s"]]
    assert [(p.tags["hour"], p.fields["occupied_s"]) for p in hours] == [
        ("01", 1800),
        ("02", 3600),
        ("02", 1800),
    ]
    assert [p.time - sunday for p in hours] == [HOUR, 2 * HOUR, 3 * HOUR]
    own = [p for p in house.points("site_hour") if sunday <= p.time < sunday + 25 * HOUR]
    assert len(own) == 25
    # from the first reading until now: Saturday to Tuesday, an hour short of midnight
    assert use(house, at("2026-10-01 00:00"), "use_month")[0] == (24 + 25 + 24 + 23) * 3600


def test_the_night_of_23_hours(house: RolledHouse) -> None:
    """2027-03-28: a stay from 1.30 to 3.30 on the wall lasted one hour."""
    house.registry = site_of(**ALWAYS)
    sunday = at("2027-03-28 00:00")
    stay = (at("2027-03-28 00:30Z"), at("2027-03-28 01:30Z"))
    house.now = sunday + 3 * DAY
    house.hear("radar", sunday - DAY, sunday + 2 * DAY, [stay])
    house.roll(sunday, sunday + 23 * HOUR)
    assert use(house, sunday) == (23 * 3600, 23 * 3600, 3600, 0)
    own = [p for p in house.points("use_hour", room="granen") if 0 <= p.time - sunday < 23 * HOUR]
    assert [p.tags["hour"] for p in own] == ["00", "01", *(f"{n:02}" for n in range(3, 24))]
    assert [p.tags["hour"] for p in own if p.fields["occupied_s"]] == ["01", "03"]


def test_a_stay_over_midnight_and_over_the_end_of_a_month(house: RolledHouse) -> None:
    house.registry = site_of(**ALWAYS)
    first = at("2026-10-01 00:00")
    house.now = first + 3 * DAY
    house.hear("radar", first - 2 * DAY, first + 2 * DAY, [(first - 70 * MIN, first + 30 * MIN)])
    house.book(first - 70 * MIN, first - HOUR, "vindel")
    house.roll(first - DAY, first + DAY)
    assert use(house, first - DAY)[2] == 70 * 60
    assert use(house, first)[2] == 30 * 60
    assert use(house, at("2026-09-01 00:00"), "use_month")[2] == 70 * 60
    assert use(house, first, "use_month")[2] == 30 * 60
    assert use(house, at("2026-09-01 00:00"), "site_month")[2] == 70 * 60
    # begun in a booking and never vacant since
    assert house.partners(first - DAY)["vindel"] == {"booking_s": 4200}
    assert house.partners(first)["vindel"] == {"booking_s": 1800}


def test_a_leap_day(house: RolledHouse) -> None:
    """2028-02-29, a Tuesday, stands between two days and in February."""
    leap = at("2028-02-29 00:00")
    house.now = leap + 3 * DAY
    stay = (leap + 8 * HOUR, leap + 9 * HOUR)
    house.hear("radar", leap - 2 * DAY, leap + 2 * DAY, [stay])
    house.roll(leap - DAY, leap + 2 * DAY)
    assert use(house, leap) == (9 * 3600, 9 * 3600, 3600, 0)
    assert {p.tags["weekday"] for p in house.points("use_hour", room="granen", hour="08")} == {
        "1",
        "2",
        "3",
    }
    # the 28th and the 29th, and the 1st of March
    assert use(house, at("2028-02-01 00:00"), "use_month")[:3] == (18 * 3600, 18 * 3600, 3600)
    assert use(house, at("2028-03-01 00:00"), "use_month")[:3] == (9 * 3600, 9 * 3600, 0)


def test_a_month_with_a_device_moved_between_rooms(house: RolledHouse) -> None:
    """The radar stood in Granen to the 9th and in Tallen from the 10th on."""
    house.registry = site_of(
        placements=[
            {"device": "radar", "room": "granen", "until": "2026-11-10"},
            {"device": "radar", "room": "tallen", "from": "2026-11-10"},
        ]
    )
    ninth, tenth = at("2026-11-09 00:00"), at("2026-11-10 00:00")
    stays = [(day + 9 * HOUR, day + 10 * HOUR) for day in (ninth, tenth)]
    # a stay under way at the move is Granen's until midnight, Tallen's after it
    stays.append((tenth - HOUR, tenth + 30 * MIN))
    house.now = tenth + 3 * DAY
    house.hear("radar", ninth - 2 * DAY, tenth + 2 * DAY, sorted(stays))
    house.roll(ninth, tenth + DAY)
    full, none = 9 * 3600, 0
    assert use(house, ninth) == (full, full, 3600, 3600)
    assert use(house, ninth, room="tallen") == (full, none, none, none)
    assert use(house, tenth) == (full, none, none, none)
    assert use(house, tenth, room="tallen") == (full, full, 3600, 1800)
    month = at("2026-11-01 00:00")
    # Granen from the first reading on, the 7th, to the 12th; Tallen from the 9th on
    assert use(house, month, "use_month") == (6 * full, 3 * full, 3600, 3600)
    assert use(house, month, "use_month", room="tallen") == (4 * full, 2 * full, 3600, 1800)
    assert use(house, month, "site_month") == (10 * full, 5 * full, 7200, 5400)


def test_a_registry_change_in_the_middle_of_a_month(house: RolledHouse) -> None:
    """From the 10th on the house opens at nine and the room has four seats: the days before,
    computed again under the new registry, come out as they were."""
    ninth, tenth = at("2026-11-09 00:00"), at("2026-11-10 00:00")
    house.registry = site_of(
        placements=[{"device": "raknare", "room": "granen"}],
    )
    stays = [(day + 8 * HOUR, day + 10 * HOUR) for day in (ninth, tenth)]
    house.now = tenth + 3 * DAY
    house.hear("raknare", ninth - DAY, tenth + 2 * DAY, stays, people=2)
    house.rollup.step()
    house.roll(ninth, tenth + DAY)

    def seats(day: int) -> tuple[int, int]:
        fields = house.fields("use_day", day, room="granen")
        return int(fields["person_s"]), int(fields["seat_s"])

    assert use(house, ninth) == use(house, tenth) == (9 * 3600, 9 * 3600, 7200, 0)
    assert seats(ninth) == seats(tenth) == (2 * 7200, 8 * 7200)
    was = [p for p in house.points("use_hour") if p.time < tenth]

    change: dict[str, Any] = {
        "opening_hours": [
            {"value": HOUSE["opening_hours"]},
            {"from": "2026-11-10", "value": {"mon-sun": "09:00-17:00"}},
        ],
        "rooms": rooms_with("granen", capacity=[{"value": 8}, {"from": "2026-11-10", "value": 4}]),
        "placements": [{"device": "raknare", "room": "granen"}],
    }
    house.registry = site_of(**change)
    house.rollup.step()  # nobody marked anything
    assert [p for p in house.points("use_hour") if p.time < tenth] == was
    assert use(house, tenth) == (8 * 3600, 8 * 3600, 3600, 3600)
    assert seats(tenth) == (2 * 3600, 4 * 3600)
    assert use(house, tenth, "site_day")[0] == 16 * 3600


def test_a_changed_registry_is_seen_after_a_restart(house: RolledHouse) -> None:
    monday = at("2026-11-09 00:00")
    house.now = monday + 3 * DAY
    house.hear("radar", monday, monday + 2 * DAY)
    house.roll(monday, monday + DAY)
    assert use(house, monday)[0] == 9 * 3600
    house.registry = site_of(
        closures=[{"from": "2026-11-09", "to": "2026-11-09", "reason": "Möte"}]
    )
    house.start()
    house.rollup.step()
    assert use(house, monday) == (0, 0, 0, 0)
    assert use(house, monday + DAY)[0] == 9 * 3600
    house.start()
    assert house.rollup.step() > 0  # what is unsettled
    assert house.state.dirty.count(0, monday + DAY) == 0


def test_names_are_no_reason_to_compute(house: RolledHouse) -> None:
    monday = at("2026-11-09 00:00")
    house.hear("radar", monday, monday + 2 * DAY)
    house.now = monday + 3 * DAY
    house.roll(monday, monday + DAY)
    house.registry = site_of(rooms=rooms_with("granen", name="Storgranen"))
    house.start()
    house.rollup.step()
    assert house.state.dirty.count(0, house.now) == 0


def test_another_metrics_version_computes_anew(
    house: RolledHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monday = at("2026-11-09 00:00")
    house.hear("radar", monday, monday + DAY)
    house.now = monday + 3 * DAY
    monkeypatch.setattr("collector.rollup_registry.METRICS_VERSION", "next")
    house.start()
    house.rollup.step()
    # from the first reading on, and nothing of what was before it
    assert [p.time for p in house.points("use_day", room="granen")] == [
        monday + n * DAY for n in range(3)
    ]


def test_another_time_zone_leaves_nothing_behind(house: RolledHouse) -> None:
    monday = at("2026-11-09 00:00")
    house.now = monday + 3 * DAY
    house.hear("radar", monday - DAY, monday + 2 * DAY, [(monday + 9 * HOUR, monday + 10 * HOUR)])
    house.roll(monday - DAY, house.now)
    before = sum(p.fields["occupied_s"] for p in house.points("use_day"))
    house.registry = site_of(timezone="Europe/Helsinki")
    house.rollup.step()
    days = [p for p in house.points("use_day") if p.fields["occupied_s"]]
    assert [p.time for p in days] == [monday - HOUR]
    for series in ("use_hour", "use_day", "use_month", "site_hour", "site_day", "site_month"):
        found = house.points(series)
        assert sum(p.fields["occupied_s"] for p in found) == before == 3600, series
