"""The hours that a day's strips show."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from api import schemas
from api.board.strip import axis, clock_span
from rooms.registry.registry import midnight
from rooms.texts.times import moment
from tests.unit.api.house import HOUR, MIN, NOW

EIGHT = NOW - 2 * HOUR
ZONE = ZoneInfo("Europe/Stockholm")


def line(start: int, stop: int) -> schemas.Timeline:
    """A day on which only one thing is booked."""
    span = {"start": moment(start, ZONE), "end": moment(stop, ZONE)}
    lists = schemas.Timeline.model_fields.items()
    nothing = {name: [] for name, field in lists if "list[" in str(field.annotation)}
    return schemas.Timeline.model_validate(
        span
        | nothing
        | {
            "room": "x",
            "time_zone": "Europe/Stockholm",
            "definition_version": "1",
            "private": False,
            "settled_until": None,
            "totals": None,
            "readings_from": span["start"],
            "bookings": [{**span, "partner": None, "came": None, "conflict": False}],
        }
    )


def test_the_axis_follows_what_happens() -> None:
    day = date(2026, 11, 23)
    zero = midnight(day, ZONE)
    found = axis(day, ZONE, [line(zero + 6 * HOUR + MIN, zero + 8 * HOUR)])
    assert (found.start, found.stop) == (zero + 6 * HOUR, zero + 8 * HOUR)
    assert [(m.label, m.x) for m in found.marks] == [("06", "0.000%"), ("07", "50.000%")]
    empty = axis(day, ZONE, [])
    assert [m.label for m in empty.marks] == [f"{h:02}" for h in range(8, 17)]
    over = axis(day, ZONE, [line(zero - HOUR, zero + 30 * HOUR)])  # midnight-crossing
    assert (over.start, over.stop, len(over.marks)) == (zero, zero + 24 * HOUR, 24)


@pytest.mark.parametrize(
    ("day", "hours", "labels"),
    [
        (date(2026, 10, 25), 25, ["00", "01", "02", "02", "03"]),
        (date(2027, 3, 28), 23, ["00", "01", "03", "04", "05"]),
    ],
)
def test_the_axis_when_clocks_change(day: date, hours: int, labels: list[str]) -> None:
    zero = midnight(day, ZONE)
    found = axis(day, ZONE, [line(zero, zero + hours * HOUR)])
    assert len(found.marks) == hours
    assert [m.label for m in found.marks][:5] == labels
    assert found.marks[4].x == f"{400 / hours:.3f}%"


def test_clock_spans() -> None:
    zero = midnight(date(2026, 11, 23), ZONE)
    a, b = moment(zero + 23 * HOUR, ZONE), moment(zero + 24 * HOUR, ZONE)
    assert clock_span(a, b, "sv") == "23.00–24.00"
    assert clock_span(moment(zero, ZONE), a, "en") == "00:00–23:00"
