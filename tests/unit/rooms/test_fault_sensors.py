"""What devices report about themselves, and how their messages are."""

from __future__ import annotations

from typing import Any

import pytest
from faulty import DAY, MIN, START, House, beat, limits, site

MS = 1 / MIN


def house(**more: Any) -> House:
    quiet = {"source_silent": False, "device_silent": False}
    return House(site({"d": "generic-motion@granen"}, **limits(**(quiet | more))))


# ---- battery_low


def battery(one: House, *levels: tuple[float, float]) -> House:
    return one.play([(at, "d", "health", {"battery_pct": pct}) for at, pct in levels], 1000)


def test_battery_opens_under_20_and_clears_above_25() -> None:
    one = battery(house(), (0, 20), (10, 19.9), (20, 24), (30, 19), (40, 25), (50, 25.1), (60, 21))
    assert one.told == ["10 opened battery_low d", "50 resolved battery_low d"]


def test_battery_fell_while_nobody_listened() -> None:
    one = house().until(60).say("d", "health", late=50, battery_pct=15.0)
    assert one.told == []
    assert one.say("d", "health", battery_pct=14.0).told == ["60 opened battery_low d"]
    assert one.open[0].since == START + 10 * MIN


def test_battery_of_a_silent_device_stays_as_it_was() -> None:
    one = battery(house(), (0, 10)).restart().until(3 * DAY)
    assert one.told == ["0 opened battery_low d"]


def test_battery_thresholds() -> None:
    one = battery(house(battery_low={"below": 50, "clear": 60}), (0, 55), (10, 45), (20, 61))
    assert one.told == ["10 opened battery_low d", "20 resolved battery_low d"]
    assert battery(house(battery_low=False), (0, 1)).told == []


def test_a_rule_that_is_turned_off_ends_its_faults() -> None:
    one = battery(house(), (0, 1))
    more = limits(source_silent=False, device_silent=False, battery_low=False)
    one.use(site({"d": "generic-motion@granen"}, **more))
    assert one.told[1:] == ["1000 resolved battery_low d"]


# ---- clock_skew: the pipeline notes it once in ten minutes, after three messages


def test_a_clock_that_is_off() -> None:
    one = house().play(beat("d", "health", 0, 60, skew_s=400.0), 60)
    assert one.told == ["0 opened clock_skew d"]
    one.play(beat("d", "health", 70, 100, uptime_s=1), 100)
    # 10 min until it is noted again, 30 for three messages and 2 to be certain: from 60 to 102
    assert one.told[1:] == []
    assert one.until(110).say("d", "health", uptime_s=1).told[1:] == ["110 resolved clock_skew d"]


def test_a_clock_that_is_off_and_silent_stays_so() -> None:
    one = house().say("d", "health", skew_s=400.0).until(3 * DAY)
    assert one.told == ["0 opened clock_skew d"]


def test_a_clock_that_is_behind_is_still_trusted() -> None:
    one = house()
    for n in range(7):
        one.until(n * 10).say("d", "health", late=60, skew_s=-3600.0)
        one.say("d", "health", late=60, battery_pct=10.0)
    assert one.told == ["0 opened clock_skew d", "0 opened battery_low d"]


def test_skew_threshold() -> None:
    one = house(clock_skew={"above": 600}).say("d", "health", skew_s=400.0)
    assert one.say("d", "health", skew_s=-601.0).told == ["0 opened clock_skew d"]


# ---- decode_failing


def test_five_running_cannot_be_used() -> None:
    one = house().play(beat("d", "decode", 0, 30, failed=1), 39)
    assert one.told == []
    one.until(40).say("d", "decode", failed=1)
    assert one.told == ["40 opened decode_failing d"]
    assert one.open[0].since == START
    one.until(50).say("d", "status", online=1)  # a bridge's word is no message of its own
    assert one.told[1:] == []
    assert one.say("d", "climate", co2_ppm=500).told[1:] == ["50 resolved decode_failing d"]


def test_every_other_message_can_be_used() -> None:
    rows = beat("d", "decode", 0, DAY, 20, failed=1) + beat("d", "health", 10, DAY, 20, alive=1)
    assert house().play(rows, DAY).told == []


@pytest.mark.parametrize(("running", "told"), [(1, ["0 opened decode_failing d"]), (2, [])])
def test_decode_threshold(running: int, told: list[str]) -> None:
    assert house(decode_failing={"running": running}).say("d", "decode", failed=1).told == told
