"""The month's clock: what a manager is told of a month that is over, as a table."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooms.registry import Registry, Site
from rooms.statement.monthend import ended_months, first_zone, to_tell
from tests.unit.collector.posting import SITE

STOCKHOLM, HELSINKI = ZoneInfo("Europe/Stockholm"), ZoneInfo("Europe/Helsinki")
OCTOBER = date(2026, 10, 1)


def at(text: str, zone: tzinfo = STOCKHOLM) -> int:
    return round(datetime.fromisoformat(text).replace(tzinfo=zone).timestamp() * 1000)


@pytest.mark.parametrize(
    ("now", "told", "notice"),
    [
        ("2026-10-31 23:59", [], None),  # it is not over
        ("2026-11-01 06:59:59.999", [], None),
        ("2026-11-01 07:00", [], "draft"),
        ("2026-11-01 07:10", ["2026-11-01 07:00"], None),
        ("2026-11-02 12:00", ["2026-11-01 07:00"], None),  # restarted: service.db remembers
        ("2026-11-03 12:00", [], "draft"),  # it did not run on the first
        ("2026-11-05 06:59", ["2026-11-01 07:00"], None),
        ("2026-11-05 07:00", ["2026-11-01 07:00"], "reminder"),
        ("2026-11-05 07:10", ["2026-11-01 07:00", "2026-11-05 07:00"], None),
        ("2026-11-10 07:00", ["2026-11-01 07:00", "2026-11-05 07:00"], "reminder"),
        ("2026-11-21 08:00", ["2026-11-01 07:00"], "reminder"),  # away for weeks: one for all
        ("2026-11-21 08:05", ["2026-11-01 07:00", "2026-11-21 08:00"], None),
        ("2026-11-25 07:00", ["2026-11-01 07:00", "2026-11-21 08:00"], "reminder"),
        ("2026-11-03 12:00", ["2026-11-05 07:00"], None),  # the clock was set back
        ("2026-12-30 07:00", ["2026-12-25 07:00"], "reminder"),  # day 60, the last
        ("2026-12-30 23:59", ["2026-12-25 07:00"], "reminder"),
        ("2026-12-31 00:00", ["2026-12-25 07:00"], None),
        ("2026-12-31 07:00", [], None),  # first started long after
    ],
)
def test_the_course_of_a_month(now: str, told: list[str], notice: str | None) -> None:
    assert to_tell(OCTOBER, STOCKHOLM, at(now), [at(one) for one in told]) == notice


def test_seven_by_the_wall_clock_in_summer_and_winter() -> None:
    """October's notice comes in winter time, 06:00 UTC; September's in summer time, 05:00."""
    for month, utc in ((OCTOBER, "2026-11-01 06:00"), (date(2026, 9, 1), "2026-10-01 05:00")):
        moment = at(utc, UTC)
        assert to_tell(month, STOCKHOLM, moment, []) == "draft"
        assert to_tell(month, STOCKHOLM, moment - 1, []) is None


def test_a_reminder_over_the_change_of_clocks() -> None:
    """Day 25 of September's notices is 2026-10-25, a day of 25 h: 07:00 is 06:00 UTC."""
    told = [at("2026-10-20 07:00")]
    assert to_tell(date(2026, 9, 1), STOCKHOLM, at("2026-10-25 05:59", UTC), told) is None
    assert to_tell(date(2026, 9, 1), STOCKHOLM, at("2026-10-25 06:00", UTC), told) == "reminder"


@pytest.mark.parametrize(
    ("now", "months"),
    [
        ("2026-11-01 00:00", ["2026-09", "2026-10"]),
        ("2026-11-29 23:59", ["2026-09", "2026-10"]),  # September's day 60
        ("2026-11-30 00:00", ["2026-10"]),
        ("2027-01-05 12:00", ["2026-11", "2026-12"]),  # October's day 60 was 30 December
        ("2027-03-01 12:00", ["2026-12", "2027-01", "2027-02"]),  # after a short February
        ("2027-03-02 12:00", ["2027-01", "2027-02"]),
    ],
)
def test_months_that_may_be_told_of(now: str, months: list[str]) -> None:
    assert [f"{m:%Y-%m}" for m in ended_months(at(now), STOCKHOLM)] == months


@given(st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)))
def test_no_notice_is_missed_by_the_list_of_months(when: datetime) -> None:
    now = round(when.replace(tzinfo=UTC).timestamp() * 1000)
    listed = ended_months(now, STOCKHOLM)
    month = (when.date().replace(day=1) - timedelta(days=150)).replace(day=1)
    while month <= when.date():
        assert (to_tell(month, STOCKHOLM, now, []) is None) or month in listed
        month = (month + timedelta(days=31)).replace(day=1)


def test_the_first_sites_days_count() -> None:
    here = Site.model_validate(SITE)
    there = Site.model_validate(
        SITE
        | {
            "id": "t",
            "timezone": "Europe/Helsinki",
            "rooms": [{"id": "eken", "name": "Eken", "capacity": 4}],
            "devices": [],
            "placements": [],
        }
    )
    assert first_zone(Registry([here, there])) == STOCKHOLM
    assert first_zone(Registry([there, here])) == HELSINKI
