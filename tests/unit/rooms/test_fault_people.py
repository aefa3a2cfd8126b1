"""What sensors say of people: stuck, at odds with others, and the air."""

from __future__ import annotations

from typing import Any

import pytest
from faulty import DAY, HOUR, MIN, START, House, Row, beat, limits, site

MS = 1 / MIN
DEVICES: dict[str, Any] = {
    "pir": "generic-motion@granen",
    "radar": "generic-presence@granen",
    "vc": "poly-videoos@granen",
}


def house(devices: dict[str, Any] | None = None, **more: Any) -> House:
    quiet = {"source_silent": False, "device_silent": False}
    return House(site(devices or DEVICES, **limits(**(quiet | more))))


def of(house: House, code: str) -> list[str]:
    return [row.replace(f" {code}", "") for row in house.told if code in row]


def still(device: str, start: float, stop: float) -> list[Row]:
    fields = {"pir": {"motion_count": 0}, "radar": {"occupied": 0}, "vc": {"in_call": 0}}[device]
    kind = "equipment" if device == "vc" else "presence"
    return beat(device, kind, start, stop, **fields)


def moving(device: str, start: float, stop: float) -> list[Row]:
    fields = {"pir": {"motion_count": 3}, "radar": {"occupied": 1}, "vc": {"in_call": 1}}[device]
    kind = "equipment" if device == "vc" else "presence"
    return beat(device, kind, start, stop, 5 if device == "vc" else 10, **fields)


# ---- sensor_stuck: occupied


def test_occupied_for_sixteen_hours() -> None:
    one = house({"radar": "generic-presence@granen"})
    one.play(still("radar", 0, 50) + moving("radar", 60, 17 * HOUR - 10), 17 * HOUR - MS)
    assert one.told == []
    one.until(17 * HOUR)
    assert one.told == [f"{17 * HOUR} opened sensor_stuck radar occupied"]
    assert one.open[0].since == START + HOUR * MIN
    one.until(3 * DAY)  # silent: not known, not over
    assert len(one.told) == 1
    assert one.say("radar", "presence", occupied=0).told[1:] == [
        f"{3 * DAY} resolved sensor_stuck radar occupied"
    ]


@pytest.mark.parametrize(
    ("model", "fields"), [("generic-count", {"people": 2}), ("generic-motion", {"occupied": 1})]
)
def test_counters_and_motion_sensors_that_say_occupied(model: str, fields: dict[str, int]) -> None:
    one = house({"d": f"{model}@granen"}).play(beat("d", "presence", 0, DAY, **fields), DAY)
    assert one.told == [f"{16 * HOUR} opened sensor_stuck d occupied"]


def test_one_vacant_moment_is_a_change() -> None:
    rows = [*moving("radar", 0, 15 * HOUR), *still("radar", 15 * HOUR + 5, 15 * HOUR + 5)]
    assert house().play(rows + moving("radar", 15 * HOUR + 10, DAY), DAY).told == []


def test_a_silence_is_a_change_too() -> None:
    """What was between is not known."""
    rows = moving("radar", 0, 10 * HOUR) + moving("radar", 11 * HOUR, 20 * HOUR)
    assert house({"radar": "generic-presence@granen"}).play(rows, 20 * HOUR).told == []


def test_movement_day_and_night_is_stuck() -> None:
    """Nobody's meeting lasts for sixteen hours; a heater's air does."""
    one = house({"pir": "generic-motion@granen"}).play(moving("pir", 0, DAY), DAY)
    assert one.told == [f"{16 * HOUR} opened sensor_stuck pir occupied"]


# ---- sensor_stuck: never


def days(count: int, *, pir: bool = False, stays: int = 1, length: float = 60) -> list[Row]:
    """Radar sees ``stays`` a day from 10, each an hour; the motion sensor nothing, or all."""
    rows: list[Row] = []
    for day in range(count):
        for n in range(stays):
            start = day * DAY + n * 2 * HOUR
            rows += beat("radar", "presence", start, start + length - 1, occupied=1)
            rows += [(start + length, "radar", "presence", {"occupied": 0})]
            if pir:
                rows += moving("pir", start, start + length)
    return rows + still("radar", -1, -2) + still("pir", 5, count * DAY)


TWO = {"pir": "generic-motion@granen", "radar": "generic-presence@granen"}


def never(**more: Any) -> House:
    return house(TWO, sensor_disagreement=False, **more)


def test_never_for_a_week_while_others_saw_people() -> None:
    one = never().play(days(7), 7 * DAY - MS)
    assert one.told == []
    one.until(7 * DAY)
    assert one.told == [f"{7 * DAY} opened sensor_stuck pir never"]
    assert one.open[0].since == START
    one.say("pir", "presence", motion_count=1)
    assert one.told[1:] == [f"{7 * DAY} resolved sensor_stuck pir never"]


def test_never_while_too_few_stays_were_seen() -> None:
    one = never().play(days(2) + still("pir", 2 * DAY, 20 * DAY), 20 * DAY)
    assert one.told == []
    one.play(
        [(20 * DAY + m, "radar", "presence", {"occupied": m < 10}) for m in (1, 5, 10)],
        20 * DAY + 10,
    )
    assert one.told == [f"{20 * DAY + 5} opened sensor_stuck pir never"]


def test_one_stay_seen_by_it_starts_all_over() -> None:
    rows = days(3) + moving("pir", 3 * DAY, 3 * DAY + 10) + days(9)[len(days(3)) :]
    one = never().play(rows, 9 * DAY)
    assert one.told == []


def test_a_cleaner_who_looks_in_is_no_stay() -> None:
    assert never().play(days(10, length=1), 10 * DAY).told == []


def test_it_stands_there_since_yesterday() -> None:
    moved = [
        {"device": "radar", "room": "granen"},
        {"device": "pir", "room": "tallen", "until": "2026-11-28"},
        {"device": "pir", "room": "granen", "from": "2026-11-28"},
    ]
    off = {"source_silent": False, "device_silent": False, "sensor_disagreement": False}
    devices = {"pir": {"model": "generic-motion"}, "radar": {"model": "generic-presence"}}
    week = 11 * DAY + 14 * HOUR  # from the midnight of the 28th
    one = House(site(devices, placements=moved, **limits(**off))).play(days(13), week - MS)
    assert one.told == []
    assert one.until(week).told == [f"{week} opened sensor_stuck pir never"]


# ---- sensor_disagreement


def test_a_call_while_nobody_is_seen() -> None:
    """Vacant ten minutes after the last trigger at 0; a word of its own at 25 and later."""
    rows = still("pir", 0, 100) + moving("vc", 3, 40) + [(45, "vc", "equipment", {"in_call": 0})]
    one = house({k: DEVICES[k] for k in ("pir", "vc")}).play(rows, 30 - MS)
    assert one.told == []
    one = house({k: DEVICES[k] for k in ("pir", "vc")}).play(rows, 100)
    assert one.told == [
        "30 opened sensor_disagreement pir call",
        "50 resolved sensor_disagreement pir call",
    ]
    assert one.faults[0].since == START + 10 * MIN


def test_another_sensor_sees_people() -> None:
    rows = still("radar", 0, 100) + moving("pir", 5, 55)
    one = house(TWO).play(rows, 60)  # the count at 35 is of movements after 25, the one before 15
    assert one.told == ["35 opened sensor_disagreement radar pir"]
    assert one.until(100).told[1:] == ["71 resolved sensor_disagreement radar pir"]


def test_one_that_tells_changes_only_need_not_say_it_again() -> None:
    devices = TWO | {"radar": {"model": "aqara-fp1", "room": "granen"}}
    one = house(devices).play(
        [(0, "radar", "presence", {"occupied": 0}), *moving("pir", 5, 55)], 60
    )
    assert one.told == ["35 opened sensor_disagreement radar pir"]


def test_a_seat_that_moves_is_no_disagreement() -> None:
    """Both see the same people now and then."""
    rows = [row for n in range(0, 400, 40) for row in moving("radar", n, n + 20)]
    rows += [row for n in range(0, 400, 40) for row in still("radar", n + 30, n + 30)]
    rows += [row for n in range(0, 400, 40) for row in moving("pir", n + 10, n + 30)]
    assert house(TWO).play(rows, 400).told == []


def test_one_that_is_silent_says_nothing() -> None:
    rows = still("radar", 0, 0) + moving("pir", 5, 300)
    assert house(TWO).play(rows, 300).told == []


def test_it_stays_while_it_is_not_known() -> None:
    rows = still("radar", 0, 20) + moving("pir", 5, 15)
    devices = TWO | {"pir": {"model": "generic-presence", "room": "granen"}}
    rows = [(at, d, k, {"occupied": 1} if d == "pir" else f) for at, d, k, f in rows]
    one = house(devices).play(rows, 600)
    assert one.told == ["20 opened sensor_disagreement radar pir"]


def test_not_in_private_rooms() -> None:
    devices = {"pir": "generic-motion@kontoret", "radar": "generic-presence@kontoret"}
    assert house(devices).play(still("radar", 0, 100) + moving("pir", 5, 100), 100).told == []


def test_not_in_different_rooms() -> None:
    devices = TWO | {"pir": "generic-motion@tallen"}
    assert house(devices).play(still("radar", 0, 100) + moving("pir", 5, 100), 100).told == []


def test_a_line_never_shows_vacancy() -> None:
    devices = TWO | {"pir": {"evidence": ["line"], "room": "granen"}}
    rows = [(n, "pir", "presence", {"in_total": 5}) for n in range(0, 100, 10)]
    assert house(devices).play(rows + moving("radar", 0, 100), 100).told == []


def test_what_waited_in_a_queue_is_no_trigger() -> None:
    rows = [(at, d, k, dict(f) | {"backlog": 1}) for at, d, k, f in moving("pir", 5, 55)]
    assert house(TWO).play(still("radar", 0, 100) + rows, 100).told == []


def test_a_past_that_comes_after_the_present_was_not_vacant() -> None:
    """Its triggers are not taken in any more: nothing is known of it before its first word."""
    one = house({k: DEVICES[k] for k in ("pir", "vc")}).until(100)
    one.say("pir", "presence", motion_count=0)
    for late in (90, 60, 30, 20, 10):
        one.say("pir", "presence", late=late, motion_count=3)
    for late in range(85, 0, -5):
        one.say("vc", "equipment", late=late, in_call=1)
    one.play(still("pir", 105, 124) + moving("vc", 101, 124), 125 - MS)
    assert one.told == []  # vacant since 110 at the earliest
    one.play(still("pir", 125, 125), 125)
    assert one.told == ["125 opened sensor_disagreement pir call"]


# ---- air_quality

AIR = {"pir": "generic-motion@granen", "luft": "generic@granen", "luft2": "generic@granen"}


def air(device: str, start: float, stop: float, ppm: float) -> list[Row]:
    return beat(device, "climate", start, stop, co2_ppm=ppm)


def test_bad_air_for_twenty_minutes_while_people_are_there() -> None:
    rows = moving("pir", 0, 60) + air("luft", 0, 5, 900) + air("luft", 10, 60, 1300)
    one = house(AIR).play(rows, 30 - MS)
    assert one.told == []
    one = house(AIR).play(rows, 60)
    assert one.told == ["30 opened air_quality granen"]
    assert (one.open[0].severity, one.open[0].since) == ("info", START + 10 * MIN)
    one.play(air("luft", 70, 80, 1000) + air("luft", 90, 90, 999), 90)
    assert one.told[1:] == ["90 resolved air_quality granen"]


def test_bad_air_in_an_empty_room() -> None:
    assert house(AIR).play(still("pir", 0, 100) + air("luft", 0, 100, 2000), 100).told == []


def test_people_come_into_bad_air() -> None:
    one = house(AIR).play(moving("pir", 50, 100) + air("luft", 0, 100, 2000), 100)
    assert one.told == ["70 opened air_quality granen"]


def test_people_leave_in_time() -> None:
    """Bridged until eleven minutes after the last trigger."""
    assert house(AIR).play(moving("pir", 0, 8) + air("luft", 0, 100, 2000), 100).told == []


def test_the_highest_counts() -> None:
    rows = moving("pir", 0, 60) + air("luft", 0, 60, 500) + air("luft2", 0, 60, 1201)
    assert house(AIR).play(rows, 60).told == ["20 opened air_quality granen"]


def test_air_that_is_not_measured_any_more_stays_as_it_was() -> None:
    one = house(AIR).play(moving("pir", 0, 60) + air("luft", 0, 30, 2000), 600)
    assert one.told == ["20 opened air_quality granen"]


def test_air_of_the_past_raises_nothing() -> None:
    one = house(AIR).play(moving("pir", 0, 60), 60)
    for n in range(6):
        one.until(60 + n).say("luft", "climate", late=50 - 9 * n, co2_ppm=2000)
    assert one.until(80).told == []


def test_a_room_and_a_device_of_one_name() -> None:
    devices = {"pir": "generic-motion@granen", "granen": "generic@granen"}
    one = house(devices).play(moving("pir", 0, 60) + air("granen", 0, 60, 2000), 60)
    assert one.say("granen", "health", battery_pct=50).told == ["20 opened air_quality granen"]
