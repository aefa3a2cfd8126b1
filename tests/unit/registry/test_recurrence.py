"""Rules by which maintenance windows recur: which are understood, which are refused at once."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import ValidationError

from rooms.registry.alerting import Maintenance
from rooms.registry.recurrence import occurs
from tests.unit.registry.broken import SITE, mistakes


def lines(repeat: str, begins: str = "2026-12-05 08:00") -> list[str]:
    """What is said of a site with a window that recurs so, without the place."""
    window = f'{{id: w, from: {begins}, lasts: 4 h, repeat: "{repeat}", reason: x}}'
    return [line.partition("].")[2] for line in mistakes(f"{SITE}maintenance: [{window}]\n")]


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=WEEKLY;BYDAY=SU",
        "RRULE:FREQ=MONTHLY;BYDAY=-1SU",
        "freq=monthly;byday=mo,tu,we,th,fr;bysetpos=-1",
        "FREQ=MONTHLY;BYMONTHDAY=1,-1;INTERVAL=3",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
        "FREQ=DAILY;COUNT=5",
        "FREQ=DAILY;UNTIL=20261231",
        "FREQ=DAILY;UNTIL=20261231T235959",
        "FREQ=WEEKLY;INTERVAL=2;WKST=MO;BYDAY=TU",
    ],
)
def test_rules_of_recurrence(rule: str) -> None:
    assert lines(rule) == []


@pytest.mark.parametrize(
    "rule",
    [
        "BYDAY=SU",
        "FREQ=HOURLY",
        "FREQ=DAILY;FREQ=WEEKLY",
        "FREQ=DAILY;INTERVAL=0",  # would never return
        "FREQ=DAILY;INTERVAL=-1",
        "FREQ=DAILY;COUNT=0",
        "FREQ=DAILY;COUNT=2;UNTIL=20261231",  # one or the other
        "FREQ=DAILY;BYHOUR=8,9",  # the time of day is in from
        "FREQ=DAILY;BYEASTER=1",
        "FREQ=DAILY;UNTIL=20261231T235959Z",
        "FREQ=DAILY;UNTIL=20261331",
        "FREQ=MONTHLY;BYMONTH=13",
        "FREQ=DAILY;;",
        "FREQ=WEEKLY;BYDAY=0SU",
        "FREQ=DAILY;X=1",
        "FREQ=YEARLY;BYDAY=99MO",  # dateutil raises IndexError
        "FREQ=MONTHLY;BYDAY=1MO,53MO",  # so it does, but in December only
        "FREQ=WEEKLY;BYDAY=1MO",  # dateutil passes over the number
        "FREQ=MONTHLY;BYMONTHDAY=99",
    ],
)
def test_rules_that_are_refused(rule: str) -> None:
    (line,) = lines(rule)
    assert line.startswith(f'repeat: "{rule}" is not a rule of recurrence.')


@pytest.mark.parametrize(
    ("rule", "begins"),
    [
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "2026-12-05 08:00"),  # there is no such day
        ("FREQ=WEEKLY;BYMONTH=2;BYMONTHDAY=30", "2026-12-05 08:00"),
        ("FREQ=DAILY;BYSETPOS=2", "2026-12-05 08:00"),  # a day has no second one
        ("FREQ=DAILY;INTERVAL=7;BYDAY=MO", "2026-12-05 08:00"),  # every seventh is a Saturday
        ("FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29", "2026-02-28 08:00"),
        ("FREQ=DAILY;UNTIL=20261204", "2026-12-05 08:00"),  # it ends before it begins
    ],
)
def test_rules_that_fall_on_no_day(rule: str, begins: str) -> None:
    (line,) = lines(rule, begins)
    assert line == (
        f'repeat: "{rule}" never falls on a day from the beginning in from on.'
        " Change the rule or from."
    )


@pytest.mark.parametrize(
    ("rule", "begins"),
    [
        ("FREQ=DAILY;INTERVAL=7;BYDAY=MO", "2026-12-07 08:00"),
        ("FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29", "2028-02-29 08:00"),
        ("FREQ=DAILY;UNTIL=20261205T080000", "2026-12-05 08:00"),
        ("FREQ=DAILY;COUNT=1", "2100-12-31 08:00"),
    ],
)
def test_rules_that_fall_on_a_day_from_their_beginning_on(rule: str, begins: str) -> None:
    assert lines(rule, begins) == []


def test_a_rule_that_falls_on_no_day_is_not_tried_up_to_the_year_9999(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A window of it would hold the watch up for seconds."""
    asked: list[datetime] = []

    class Counting:
        def __init__(self, rule: str, dtstart: datetime) -> None:
            asked.append(dtstart)

        def __iter__(self) -> Counting:
            return self

        def __next__(self) -> datetime:
            raise StopIteration

    monkeypatch.setattr("rooms.registry.recurrence.rrulestr", Counting)
    assert not occurs("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30;UNTIL=20300101", datetime(2026, 12, 5))
    assert asked == [datetime(9626, 12, 5)]


@pytest.mark.parametrize("begins", ["0001-01-01 00:00", "1999-12-31 23:00", "9999-12-31 23:59"])
def test_windows_of_other_ages(begins: str) -> None:
    """From the year 1 on, every question would count 700,000 days."""
    (line,) = lines("FREQ=DAILY", begins)
    assert line.startswith(f'from: "{begins}" is not a date and time from 2000 to 2100.')


_DAYS = st.lists(
    st.builds(
        "{}{}".format,
        st.sampled_from(["", "1", "-1", "5", "-5", "6", "53"]),
        st.sampled_from(["MO", "SU"]),
    ),
    min_size=1,
    max_size=3,
).map(",".join)
_RULES = st.builds(
    lambda freq, parts: ";".join([f"FREQ={freq}", *(f"{k}={v}" for k, v in parts.items())]),
    st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
    st.fixed_dictionaries(
        {},
        optional={
            "INTERVAL": st.integers(0, 1000),
            "COUNT": st.integers(0, 20),
            "UNTIL": st.sampled_from(["20261231", "20270229", "20300101T000000"]),
            "BYDAY": _DAYS,
            "BYMONTH": st.integers(0, 13),
            "BYMONTHDAY": st.integers(-32, 32),
            "BYSETPOS": st.integers(-3, 3),
        },
    ),
)


@given(_RULES)
@example("FREQ=YEARLY;BYDAY=99MO")
def test_any_rule_is_understood_or_refused(rule: str) -> None:
    said = {"id": "a", "from": "2026-12-05 8:00", "lasts": "2 h", "repeat": rule, "reason": "x"}
    with suppress(ValidationError):
        assert Maintenance.model_validate(said).repeat == rule


def test_a_window_reads_what_it_wrote() -> None:
    """Windows made over the API are kept as JSON."""
    said = {"id": "a", "from": "2026-12-05T8:00", "lasts": "2 h", "reason": "x"}
    window = Maintenance.model_validate(said)
    assert Maintenance.model_validate_json(window.model_dump_json(by_alias=True)) == window
