"""Local days and hours, opening hours, holidays and cleaning, by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from devices.simulator import calendar as simulated
from rooms.calendar import (
    bookable,
    cleaning,
    closed_because,
    day_bounds,
    hours_of,
    local_days,
    opening,
)
from rooms.intervals import Intervals, subtract
from rooms.registry.models import Site
from rooms.registry.parse import parse_site

STOCKHOLM = ZoneInfo("Europe/Stockholm")
HOUR = 3_600_000
ROOT = Path(__file__).parents[3]


def utc(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()) * 1000


def shown(these: Intervals, zone: str = "Europe/Stockholm") -> str:
    """As the wall clock shows it."""
    local = ZoneInfo(zone)
    ends = [
        [datetime.fromtimestamp(t // 1000, local).strftime("%H:%M") for t in ab] for ab in these
    ]
    return " ".join("-".join(ab) for ab in ends)


def site(**given: Any) -> Site:
    return Site.model_validate(
        {
            "id": "huset",
            "name": "Huset",
            "opening_hours": {"mon-fri": "08:00-17:00", "sat": ["09:00-11:00", "12:00-14:00"]},
            "sources": [{"id": "a", "decoder": "native"}],
            "rooms": [
                {"id": "granen", "name": "Granen", "capacity": 8},
                {"id": "tallen", "name": "Tallen", "capacity": 2},
            ],
        }
        | given
    )


@pytest.mark.parametrize(
    ("day", "zone", "start", "hours"),
    [
        ("2026-03-29", "Europe/Stockholm", "2026-03-28 23:00", 23),
        ("2026-10-25", "Europe/Stockholm", "2026-10-24 22:00", 25),
        ("2027-03-28", "Europe/Stockholm", "2027-03-27 23:00", 23),
        ("2028-02-29", "Europe/Stockholm", "2028-02-28 23:00", 24),
        ("2026-06-01", "Asia/Kolkata", "2026-05-31 18:30", 24),
        ("2026-04-05", "Australia/Lord_Howe", "2026-04-04 13:00", 24.5),
        ("2026-10-04", "Australia/Lord_Howe", "2026-10-03 13:30", 23.5),
        # midnight does not exist, or comes twice
        ("2026-09-06", "America/Santiago", "2026-09-06 04:00", 23),
        ("2026-11-01", "America/Havana", "2026-11-01 04:00", 25),
    ],
)
def test_a_day_is_as_long_as_it_is(day: str, zone: str, start: str, hours: float) -> None:
    first, last = day_bounds(date.fromisoformat(day), ZoneInfo(zone))
    assert (first, last) == (utc(start), utc(start) + hours * HOUR)
    pieces = hours_of(date.fromisoformat(day), ZoneInfo(zone))
    assert [pieces[0].start, *(piece.stop for piece in pieces)] == [
        *(piece.start for piece in pieces),
        last,
    ]
    assert pieces[0].start == first


@pytest.mark.parametrize(
    ("day", "zone", "numbers"),
    [
        ("2026-06-01", "Europe/Stockholm", [*range(24)]),
        ("2026-03-29", "Europe/Stockholm", [0, 1, *range(3, 24)]),
        ("2026-10-25", "Europe/Stockholm", [0, 1, 2, *range(2, 24)]),
        ("2026-06-01", "Asia/Kolkata", [*range(24)]),
        ("2026-09-06", "America/Santiago", [*range(1, 24)]),
        ("2026-11-01", "America/Havana", [0, *range(24)]),
    ],
)
def test_hours_are_those_of_the_wall_clock(day: str, zone: str, numbers: list[int]) -> None:
    pieces = hours_of(date.fromisoformat(day), ZoneInfo(zone))
    assert [piece.hour for piece in pieces] == numbers
    assert {piece.stop - piece.start for piece in pieces} == {HOUR}


def test_where_clocks_are_set_by_half_an_hour_one_hour_is_short() -> None:
    zone = ZoneInfo("Australia/Lord_Howe")
    spring, autumn = hours_of(date(2026, 10, 4), zone), hours_of(date(2026, 4, 5), zone)
    short = [p for p in spring + autumn if p.stop - p.start != HOUR]
    assert short == [
        (utc("2026-10-03 15:30"), utc("2026-10-03 16:00"), 2),  # from 02:30 on
        (utc("2026-04-04 15:00"), utc("2026-04-04 15:30"), 1),  # 01:30 once more
    ]
    assert [p.hour for p in spring] == [*range(24)]
    assert [p.hour for p in autumn] == [0, 1, *range(1, 24)]


def test_the_days_that_a_stretch_touches() -> None:
    midnight = utc("2026-10-24 22:00")  # 25 h follow

    def days(start: int, stop: int) -> list[int]:
        return [day.day for day in local_days(start, stop, STOCKHOLM)]

    assert days(midnight - 1, midnight) == [24]
    assert days(midnight - 1, midnight + 1) == [24, 25]
    assert days(midnight, midnight + 25 * HOUR) == [25]
    assert days(midnight, midnight + 25 * HOUR + 1) == [25, 26]
    assert days(midnight, midnight) == []
    assert days(midnight, midnight - 1) == []


KEPT = {"categories": ["public", "de_facto", "half_day"], "half_day_close": "10:00-13:00"}


@pytest.mark.parametrize(
    ("day", "hours"),
    [
        ("2026-06-17", "08:00-17:00"),
        ("2026-06-13", "09:00-11:00 12:00-14:00"),  # a Saturday
        ("2026-06-14", ""),  # a Sunday
        ("2026-06-06", ""),  # the National Day, a Saturday
        ("2026-05-14", ""),  # Ascension Day
        ("2026-06-19", ""),  # Midsummer's Eve is de facto a holiday
        ("2026-12-24", ""),
        ("2026-12-31", ""),
        ("2026-06-18", "10:00-13:00"),  # the day before it is a half-day
        ("2026-10-30", "10:00-13:00"),
        # half-days never open what is closed
        ("2033-04-30", "10:00-11:00 12:00-13:00"),  # Walpurgis Night, a Saturday
        ("2028-04-30", ""),  # and a Sunday
        ("2028-02-29", "08:00-17:00"),
        ("2026-05-15", ""),  # extra
        ("2026-01-05", "08:00-17:00"),  # a half-day on which the house is open all the same
        ("2026-01-06", "08:00-17:00"),  # and a holiday
        ("2026-07-13", ""),
        ("2026-07-24", ""),  # the last day of a closure
        ("2026-07-27", "08:00-17:00"),
    ],
)
def test_opening_hours(day: str, hours: str) -> None:
    rules = KEPT | {"extra": ["2026-05-15"], "open": ["2026-01-05", "2026-01-06"]}
    shut = [{"from": "2026-07-13", "to": "2026-07-24", "reason": "Semester"}]
    house = site(holidays=rules, closures=shut)
    assert shown(opening(house, date.fromisoformat(day))) == hours


def test_only_the_categories_that_are_named() -> None:
    public = site(holidays={"categories": ["public"], "half_day_close": "10:00-13:00"})
    assert shown(opening(public, date(2026, 6, 19))) == "08:00-17:00"
    assert shown(opening(public, date(2026, 6, 18))) == "08:00-17:00"
    # banks close on Midsummer's Eve as well, but not for half a day
    half = site(holidays={"categories": ["half_day"], "half_day_close": "10:00-13:00"})
    assert shown(opening(half, date(2026, 6, 19))) == "08:00-17:00"
    assert shown(opening(half, date(2026, 6, 18))) == "10:00-13:00"
    none = site(holidays={"country": None, "extra": ["2026-12-28"]})
    assert shown(opening(none, date(2026, 12, 25))) == "08:00-17:00"
    assert opening(none, date(2026, 12, 28)) == []


def test_a_half_day_closes_at_the_time_of_its_day() -> None:
    later = [{"value": "10:00-13:00"}, {"from": "2027-01-01", "value": "06:00-09:30"}]
    house = site(holidays=KEPT | {"half_day_close": later})
    assert shown(opening(house, date(2026, 12, 30))) == "10:00-13:00"
    assert shown(opening(house, date(2027, 1, 5))) == "08:00-09:30"
    unsaid = site(holidays={"categories": ["half_day"]})
    assert shown(opening(unsaid, date(2026, 12, 30))) == "08:00-17:00"


def test_other_countries_have_what_they_have() -> None:
    rules = KEPT | {"country": "DE"}
    house = site(holidays=rules)  # no de facto holidays, no half-days
    assert shown(opening(house, date(2026, 10, 30))) == "08:00-17:00"
    assert opening(house, date(2026, 12, 25)) == []
    iceland = site(holidays=KEPT | {"country": "IS"})  # "Aðfangadagur (frá kl. 13.00)"
    assert shown(opening(iceland, date(2026, 12, 24))) == "10:00-13:00"


@pytest.mark.parametrize(
    ("day", "swedish", "english"),
    [
        ("2026-06-17", None, None),
        ("2026-06-14", None, None),
        ("2026-06-18", None, None),  # a half-day
        ("2026-06-19", "Midsommarafton", "Midsummer Eve"),
        ("2026-06-06", "Nationaldagen", "National Day"),
        ("2026-05-15", "Extra ledig dag", "Extra day off"),
        ("2026-12-24", "Julstängt", "Closed for Christmas"),  # and not its own name
    ],
)
def test_why_it_is_closed(day: str, swedish: str | None, english: str | None) -> None:
    reason = {"sv": "Julstängt", "en": "Closed for Christmas"}
    house = site(
        holidays=KEPT | {"extra": ["2026-05-15"]},
        closures=[{"from": "2026-12-24", "to": "2027-01-03", "reason": reason}],
    )
    assert closed_because(house, date.fromisoformat(day), "sv") == swedish
    assert closed_because(house, date.fromisoformat(day), "en") == english


def test_names_in_the_countrys_own_language_where_the_readers_is_not_known() -> None:
    norway = site(holidays={"country": "NO"})
    assert closed_because(norway, date(2026, 5, 17), "sv") == "Grunnlovsdag"
    assert closed_because(norway, date(2026, 5, 17), "en") == "Constitution Day"
    finland = site(holidays={"country": "FI"})
    assert closed_because(finland, date(2026, 12, 6), "sv") == "Självständighetsdagen"


CLEANING = [
    {"days": ["mon", "tue"], "at": "16:30-18:00"},
    {"days": ["tue"], "at": "12:00-12:30", "rooms": ["granen"]},
    {"days": ["sun"], "at": "20:00-24:00"},
]


@pytest.mark.parametrize(
    ("room", "day", "windows", "hours"),
    [
        ("granen", "2026-06-15", "16:30-18:00", "08:00-16:30"),
        ("granen", "2026-06-16", "12:00-12:30 16:30-18:00", "08:00-12:00 12:30-16:30"),
        ("tallen", "2026-06-16", "16:30-18:00", "08:00-16:30"),
        ("tallen", "2026-06-17", "", "08:00-17:00"),
        ("tallen", "2026-06-14", "20:00-00:00", ""),
    ],
)
def test_cleaning_is_not_bookable(room: str, day: str, windows: str, hours: str) -> None:
    house = site(cleaning=CLEANING)
    assert shown(cleaning(house, room, date.fromisoformat(day))) == windows
    assert shown(bookable(house, room, date.fromisoformat(day))) == hours


def test_a_private_room_is_not_bookable_while_it_is_private() -> None:
    private = [{"value": False}, {"from": "2026-06-16", "value": True}]
    house = site(rooms=[{"id": "granen", "name": "G", "capacity": 1, "private": private}])
    assert shown(bookable(house, "granen", date(2026, 6, 15))) == "08:00-17:00"
    assert bookable(house, "granen", date(2026, 6, 16)) == []
    with pytest.raises(KeyError, match="tallen"):
        bookable(house, "tallen", date(2026, 6, 15))


@pytest.mark.parametrize(
    ("day", "hours", "start", "stop"),
    [
        # in the spring 02:00 to 03:00 does not exist and means the hour after
        ("2026-03-29", "00:00-24:00", "2026-03-28 23:00", "2026-03-29 22:00"),
        ("2026-03-29", "01:30-02:30", "2026-03-29 00:30", "2026-03-29 01:30"),
        ("2026-03-29", "02:15-02:45", "2026-03-29 01:15", "2026-03-29 01:45"),
        ("2027-03-28", "02:00-04:00", "2027-03-28 01:00", "2027-03-28 02:00"),
        # in the autumn it comes twice, and the first is meant
        ("2026-10-25", "00:00-24:00", "2026-10-24 22:00", "2026-10-25 23:00"),
        ("2026-10-25", "01:00-02:30", "2026-10-24 23:00", "2026-10-25 00:30"),
        ("2026-10-25", "02:30-03:00", "2026-10-25 00:30", "2026-10-25 02:00"),
    ],
)
def test_opening_hours_while_clocks_are_set(day: str, hours: str, start: str, stop: str) -> None:
    house = site(opening_hours={"sun": hours}, holidays={"country": None})
    assert opening(house, date.fromisoformat(day)) == [(utc(start), utc(stop))]


def test_a_span_that_the_clocks_jump_over_is_empty() -> None:
    house = site(opening_hours={"sun": ["02:30-03:00", "05:00-06:00"]})
    assert shown(opening(house, date(2026, 3, 29))) == "05:00-06:00"


def test_hours_that_overlap_count_once() -> None:
    house = site(opening_hours={"mon": ["12:00-15:00", "08:00-13:00"]})
    assert shown(opening(house, date(2026, 6, 15))) == "08:00-15:00"


def test_the_simulator_knows_the_same_house() -> None:
    """Two implementations that share no code, over three years of the example."""
    parsed = parse_site((ROOT / "examples/lycksele/rooms.yaml").read_text(), "rooms.yaml")
    day = date(2026, 1, 1)
    while day.year < 2029:
        assert opening(parsed, day) == simulated.open_spans(parsed, day)
        for room in parsed.rooms:
            spans = simulated.cleaning_spans(parsed, room, day)
            assert cleaning(parsed, room.id, day) == sorted(spans)
            if not room.private.at(day):
                assert bookable(parsed, room.id, day) == subtract(
                    simulated.open_spans(parsed, day), sorted(spans)
                )
        day += timedelta(days=1)
