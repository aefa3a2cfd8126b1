"""When people may be told, by hand: open days, waking hours, days of 23 and 25 hours."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from rooms.alerts.awake import Awake
from rooms.registry import Site
from rooms.registry.alerting import Route
from rooms.units import DAY_MS, HOUR_MS

ZONE = ZoneInfo("Europe/Stockholm")
SITE: dict[str, Any] = {
    "id": "inland",
    "name": "Inland",
    "opening_hours": {"mon-fri": "08:00-17:00"},
    "sources": [{"id": "av", "decoder": "native"}],
    "rooms": [{"id": "granen", "name": "Granen", "capacity": 8}],
    "closures": [{"from": "2026-07-06", "to": "2026-08-02", "reason": "Semester"}],
}


def awake(span: str = "07:00-20:00", **changes: Any) -> Awake:
    return Awake(Site.model_validate(SITE | {"alerts": {"awake": span}} | changes))


def ms(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=ZONE).timestamp()) * 1000


def local(at: int) -> str:
    return datetime.fromtimestamp(at / 1000, ZONE).isoformat(" ", "minutes")[:16]


def hours(**given: Any) -> Any:
    return Route.model_validate(
        {"id": "a", "hours": {k.replace("_", "-"): v for k, v in given.items()}}
    ).hours


@pytest.mark.parametrize(
    ("asked", "soonest"),
    [
        ("2026-11-23 06:59", "2026-11-23 07:00"),
        ("2026-11-23 07:00", "2026-11-23 07:00"),
        ("2026-11-23 19:59", "2026-11-23 19:59"),
        ("2026-11-23 20:00", "2026-11-24 07:00"),  # half-open
        ("2026-11-27 21:00", "2026-11-30 07:00"),  # a weekend
        ("2026-07-03 21:00", "2026-08-03 07:00"),  # four weeks closed
        ("2026-12-24 12:00", "2026-12-28 07:00"),  # de facto, holidays, a weekend
        ("2026-10-23 21:00", "2026-10-26 07:00"),  # over a day of 25 hours
        ("2026-03-27 21:00", "2026-03-30 07:00"),  # and one of 23
    ],
)
def test_soonest(asked: str, soonest: str) -> None:
    assert local(awake().soonest(ms(asked))) == soonest
    assert awake().soonest(ms(asked), urgent=True) == ms(asked)


def test_hours_of_a_route() -> None:
    midday = hours(mon_fri="12:00-13:00", sat="10:00-11:00")
    assert local(awake().soonest(ms("2026-11-27 13:00"), hours=midday)) == "2026-11-30 12:00"
    urgent = awake().soonest(ms("2026-11-27 13:00"), urgent=True, hours=midday)
    assert local(urgent) == "2026-11-28 10:00"


def test_nothing_waits_for_ever() -> None:
    """Neither in a house that never opens, nor for hours that nobody is awake in."""
    shut = awake(opening_hours={})
    assert local(shut.soonest(ms("2026-11-28 21:00"))) == "2026-11-29 07:00"
    night = hours(mon_sun="22:00-23:00")
    assert local(awake().soonest(ms("2026-11-28 12:00"), hours=night)) == "2026-11-28 22:00"
    assert local(awake().soonest(ms("2026-11-28 12:00"), hours={})) == "2026-11-28 12:00"


def test_hours_when_the_clocks_change() -> None:
    """On open days: a Saturday and a Sunday that the house is open on."""
    both = {"opening_hours": {"sat,sun": "00:00-24:00"}}
    early = awake("02:30-04:00", **both)
    assert early.on(early.day(ms("2026-03-29 12:00"))) == [  # 02:30 is jumped over: 03:30
        (ms("2026-03-29 12:00") - 17 * HOUR_MS // 2, ms("2026-03-29 12:00") - 8 * HOUR_MS)
    ]
    day = early.day(ms("2026-10-25 12:00"))  # 02:30 comes twice: from the first
    [(start, stop)] = early.on(day)
    assert stop - start == 5 * HOUR_MS // 2
    whole = awake("00:00-24:00", **both)
    night = ms("2026-10-25 00:00")
    assert whole.between(night, night + 2 * DAY_MS) == 25 * HOUR_MS  # Monday is closed


def test_between() -> None:
    start, stop = ms("2026-11-27 19:00"), ms("2026-11-30 08:30")
    assert awake().between(start, stop) == HOUR_MS + 3 * HOUR_MS // 2
    assert awake().between(stop, start) == 0


@pytest.mark.parametrize(
    ("now", "moment"),
    [
        ("2026-11-23 07:14", None),
        ("2026-11-23 07:15", "2026-11-23 07:15"),
        ("2026-11-23 19:59", "2026-11-23 07:15"),  # late, and still today's
        ("2026-11-23 20:00", None),
        ("2026-11-28 09:00", None),
    ],
)
def test_morning(now: str, moment: str | None) -> None:
    found = awake().morning(time(7, 15), ms(now))
    assert (None if found is None else local(found)) == moment


def test_a_digest_in_the_evening() -> None:
    """It has an hour, though nobody is awake by the rules."""
    assert awake().morning(time(21, 0), ms("2026-11-23 21:30")) == ms("2026-11-23 21:00")
    assert awake().morning(time(21, 0), ms("2026-11-23 22:00")) is None
