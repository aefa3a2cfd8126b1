"""Periods: what is asked for, and the coarsest grains that make it up, by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.problems import Problem
from api.schemas import By
from api.usage.period import Grain, Period, ceiling, floor, period_asked
from rooms.registry.registry import midnight
from tests.unit.api.house import HOUR, MIN, NOW

ZONE = ZoneInfo("Europe/Stockholm")
MIDNIGHT = NOW - 10 * HOUR  # of Monday 2026-11-23


def at(day: str, hour: int = 0, zone: ZoneInfo = ZONE) -> int:
    return midnight(date.fromisoformat(day), zone) + hour * HOUR


def period(start: str | None, end: str | None = None, by: By = "room", now: int = NOW) -> Period:
    return period_asked(start, end, now, ZONE, "en", by)


def spans(asked: Period, coarsest: Grain) -> list[tuple[str, str, str]]:
    return [
        (grain, _local(start, asked.zone), _local(stop, asked.zone))
        for grain, start, stop in asked.spans(coarsest)
    ]


def _local(time: int, zone: ZoneInfo) -> str:
    return datetime.fromtimestamp(time / 1000, zone).isoformat(timespec="minutes")[:16]


def test_the_running_month_until_now_by_default() -> None:
    asked = period(None)
    assert (asked.start, asked.stop, asked.open) == (at("2026-11-01"), NOW, True)
    assert period("2026-11-20").stop == NOW
    assert period("2026-11-20", "2030-01-01") == period("2026-11-20")
    # the first moment of a month: the month that has just ended
    assert period(None, now=at("2026-11-01")).start == at("2026-10-01")
    assert period(None, "2026-11-01").start == at("2026-10-01")


def test_days_and_times_mean_the_same() -> None:
    whole = period("2026-11-02", "2026-11-09")
    assert whole == period("2026-11-02T00:00:00+01:00", "2026-11-08T23:00:00Z")
    assert whole.days[0] == date(2026, 11, 2)
    assert whole.days[-1] == date(2026, 11, 8)
    assert not whole.open


def test_the_coarsest_grains() -> None:
    asked = period("2026-08-30T22:00:00+02:00", "2026-11-03T02:00:00+01:00")
    assert spans(asked, "month") == [
        ("hour", "2026-08-30T22:00", "2026-08-31T00:00"),
        ("day", "2026-08-31T00:00", "2026-09-01T00:00"),
        ("month", "2026-09-01T00:00", "2026-11-01T00:00"),
        ("day", "2026-11-01T00:00", "2026-11-03T00:00"),
        ("hour", "2026-11-03T00:00", "2026-11-03T02:00"),
    ]
    assert spans(asked, "day") == [
        ("hour", "2026-08-30T22:00", "2026-08-31T00:00"),
        ("day", "2026-08-31T00:00", "2026-11-03T00:00"),
        ("hour", "2026-11-03T00:00", "2026-11-03T02:00"),
    ]
    assert spans(asked, "hour") == [("hour", "2026-08-30T22:00", "2026-11-03T02:00")]


def test_what_runs_is_whole() -> None:
    """Nothing is stored of what comes after now: the running month and day count as whole."""
    assert spans(period(None), "month") == [("month", "2026-11-01T00:00", "2026-12-01T00:00")]
    assert spans(period("2026-11-23"), "day") == [("day", "2026-11-23T00:00", "2026-12-01T00:00")]
    part = period("2026-11-23", "2026-11-23T09:00:00+01:00")
    assert spans(part, "month") == [("hour", "2026-11-23T00:00", "2026-11-23T09:00")]


def test_days_of_23_and_25_hours() -> None:
    october = period("2026-10-25", "2026-10-26")
    assert october.stop - october.start == 25 * HOUR
    assert spans(october, "day") == [("day", "2026-10-25T00:00", "2026-10-26T00:00")]
    second = period("2026-10-25T02:00:00+01:00", "2026-10-26")  # the second time it is two
    assert second.stop - second.start == 22 * HOUR
    april = at("2027-04-01")
    march = period("2027-03-28", "2027-03-29", now=april)
    assert march.stop - march.start == 23 * HOUR


def test_leap_day() -> None:
    now = at("2028-03-10")
    assert [str(day) for day in period("2028-02-29", "2028-03-01", now=now).days] == ["2028-02-29"]
    assert spans(period("2028-02-01", "2028-03-01", now=now), "month") == [
        ("month", "2028-02-01T00:00", "2028-03-01T00:00")
    ]


def test_hours_of_a_zone_that_is_half_an_hour_off() -> None:
    kolkata = ZoneInfo("Asia/Kolkata")
    asked = period_asked("2026-11-02T08:00:00+05:30", None, NOW, kolkata, "en", "day")
    assert asked.start == at("2026-11-02", 8, kolkata)
    with pytest.raises(Problem):
        period_asked("2026-11-02T08:00:00Z", None, NOW, kolkata, "en", "day")  # 13:30 there


@pytest.mark.parametrize(
    ("start", "end", "by", "field", "words"),
    [
        ("yesterday", None, "room", "start", "neither a date nor a time"),
        ("2026-11", None, "room", "start", "neither a date nor a time"),
        ("20261101", None, "room", "start", "neither a date nor a time"),
        ("2026-W48", None, "room", "start", "neither a date nor a time"),
        ("2026-02-30", None, "room", "start", "neither a date nor a time"),
        ("0000-01-01", None, "room", "start", "neither a date nor a time"),
        ("0001-01-01", None, "room", "start", "neither a date nor a time"),
        ("1026-01-01", "2026-11-01", "room", "start", "neither a date nor a time"),
        (None, "9999-12-31", "room", "end", "neither a date nor a time"),
        (None, "2026-11-01T08:00:00", "room", "end", "neither a date nor a time"),
        ("", None, "room", "start", "neither a date nor a time"),
        ("2026-11-20T08:30:00+01:00", None, "room", "start", "not on a whole hour"),
        ("2026-11-20T08:00:00.5Z", None, "room", "start", "not on a whole hour"),
        ("2026-11-24", None, "room", "start", "in the future"),
        ("2026-11-20", "2026-11-20", "room", "start", "before end"),
        ("2026-11-20", "2026-11-19", "room", "start", "before end"),
        ("2025-10-01", "2026-11-20", "day", "start", "At most 400 days"),
        ("2025-10-01", "2026-11-20", "hour-of-week", "start", "At most 400 days"),
        ("2014-10-01", "2026-11-20", "month", "start", "At most 10 years"),
        ("2026-11-20T08:00:00+01:00", None, "partner", "start", "kept by the day"),
        ("2026-11-20", "2026-11-21T08:00:00+01:00", "partner", "end", "kept by the day"),
    ],
)
def test_periods_that_make_no_sense(
    start: str | None, end: str | None, by: By, field: str, words: str
) -> None:
    with pytest.raises(Problem) as caught:
        period(start, end, by)
    assert caught.value.status == 422
    (error,) = caught.value.errors or []
    assert error["field"] == f"query.{field}"
    assert words in error["message"]


def test_the_longest_periods() -> None:
    assert len(period("2025-10-19", "2026-11-23", "day").days) == 400
    assert len(period("2016-11-01", "2026-11-01", "month").days) == 3652


ZONES = st.sampled_from(["Europe/Stockholm", "Asia/Kolkata", "America/St_Johns", "Pacific/Apia"])


@given(
    zone=ZONES,
    first=st.integers(0, 24 * 1000),
    length=st.integers(1, 24 * 200),
    ahead=st.integers(0, 24 * 40),
    coarsest=st.sampled_from(["hour", "day", "month"]),
)
def test_spans_are_whole_and_leave_nothing_out(
    zone: str, first: int, length: int, ahead: int, coarsest: Grain
) -> None:
    where = ZoneInfo(zone)
    start = floor(NOW - 24 * 1000 * HOUR + first * HOUR, "hour", where)
    stop = start + length * HOUR
    asked = Period(start, stop, where, stop + ahead * HOUR)
    found = asked.spans(coarsest)
    assert found[0].start == start
    assert found[-1].stop == stop or asked.open
    assert all(a.stop == b.start for a, b in pairwise(found))
    for grain, low, high in found:
        assert floor(low, grain, where) == low
        assert ceiling(high, grain, where) == high
    if asked.open:
        assert found[-1].stop >= stop


@given(zone=ZONES, offset=st.integers(0, 400 * 24 * 60))
def test_floor_and_ceiling(zone: str, offset: int) -> None:
    where, time = ZoneInfo(zone), NOW - offset * MIN
    for grain in ("hour", "day", "month"):
        low, high = floor(time, grain, where), ceiling(time, grain, where)  # type: ignore[arg-type]
        assert low <= time <= high
        local = datetime.fromtimestamp(low / 1000, UTC).astimezone(where)
        assert local.minute == 0
        assert grain == "hour" or local.hour == 0
        assert grain != "month" or local.day == 1
        assert high - low <= timedelta(31).total_seconds() * 1000 + HOUR
