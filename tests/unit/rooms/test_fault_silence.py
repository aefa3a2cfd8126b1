"""``device_silent``: opens at the stated moment and not a millisecond before; a word ends it."""

from __future__ import annotations

from typing import Any

import pytest
from faulty import ALONE, DAY, HOUR, MIN, START, House, beat, limits, site

MS = 1 / MIN


def house(model: str = "generic-motion", **more: Any) -> House:
    return House(site({"d": f"{model}@granen"}, **(more or ALONE)))


@pytest.mark.parametrize(
    ("model", "after"),
    [("generic-motion", 25), ("elsys-ers", 45), ("cisco-roomos", 12.5), ("aqara-rtcgq11lm", 150)],
)
def test_after_so_many_intervals(model: str, after: float) -> None:
    one = house(model).until(10).say("d", "health", uptime_s=1)
    assert one.until(10 + after - MS).told == []
    assert one.until(10 + after).told == [f"{10 + after:g} opened device_silent d"]
    assert one.open[0].since == START + 10 * MIN
    assert one.open[0].severity == ("error" if model == "cisco-roomos" else "warning")
    one.until(600).say("d", "climate", co2_ppm=500.0)
    assert one.told[1:] == ["600 resolved device_silent d"]


def test_one_that_was_never_heard_is_awaited_for_the_whole_time() -> None:
    one = house()
    assert one.until(25 - MS).told == []
    assert one.until(25).told == ["25 opened device_silent d"]
    assert one.open[0].since == START


def test_lost_frames_are_nothing() -> None:
    one = house("elsys-ers")
    assert one.play(beat("d", "climate", 0, 2 * DAY, every=44.9), 2 * DAY).told == []


def test_last_will_for_two_minutes() -> None:
    one = house().play(beat("d", "health", 0, 60, uptime_s=1), 60).say("d", "status", online=0)
    assert one.until(62 - MS).told == []
    assert one.until(62).told == ["62 opened device_silent d"]
    one.until(70).say("d", "status", online=0)  # told again by a broker that came back
    assert one.open[0].since == START + 60 * MIN
    assert one.until(71).say("d", "status", online=1).told[1:] == ["71 resolved device_silent d"]


def test_a_message_after_the_last_will_is_a_sign_of_life() -> None:
    one = house().play(beat("d", "health", 0, 60, uptime_s=1), 60).say("d", "status", online=0)
    one.until(61).say("d", "climate", co2_ppm=500)
    assert one.until(61 + 25 - MS).told == []


def test_a_bridge_that_cannot_reach_its_equipment() -> None:
    one = house("pjlink-display").play(beat("d", "equipment", 0, 60, 5, online=1), 60)
    one.play(beat("d", "equipment", 60, 120, 5, online=0), 120)
    assert one.told == ["62 opened device_silent d"]
    assert one.say("d", "equipment", online=1, error_fan=0).told[1:] == [
        "120 resolved device_silent d"
    ]


def test_grace_after_a_start() -> None:
    """One interval, for those that were not heard meanwhile."""
    one = house().until(10).say("d", "health", uptime_s=1)
    one.now += 300 * MIN
    one.restart()
    assert one.until(320 - MS).told == []
    assert one.until(320).told == ["320 opened device_silent d"]
    assert one.open[0].since == START + 10 * MIN


def test_grace_closes_nothing() -> None:
    one = house().until(30)
    one.engine.grace(one.now)
    one.restart().use(site({"d": {"model": "generic-motion", "expect_every": 7200}}, **ALONE))
    one.until(900)
    assert one.told == ["25 opened device_silent d"]
    assert one.say("d", "health", uptime_s=1).told[1:] == ["900 resolved device_silent d"]


def test_known_as_open_only_from_the_records() -> None:
    """As after an update: what the rules remembered is gone."""
    one = house().until(30)
    one.states = {}
    one.restart().until(200)
    assert one.told == ["25 opened device_silent d"]


def test_clears_when_heard_for_long_enough() -> None:
    one = house(**limits(source_silent=False, device_silent={"clear": 900}))
    one.until(60).play(beat("d", "health", 60, 70, 10, uptime_s=1), 75 - MS)
    assert one.told == ["25 opened device_silent d"]
    assert one.until(75).told[1:] == ["75 resolved device_silent d"]


@pytest.mark.parametrize("limit", [{"intervals": 1}, False])
def test_thresholds(limit: Any) -> None:
    one = house(**limits(source_silent=False, device_silent=limit)).until(60)
    assert one.told == ([] if limit is False else ["10 opened device_silent d"])


def test_backlog_is_a_word_of_then() -> None:
    """It spoke meanwhile, but not now."""
    one = house().until(10).say("d", "health", uptime_s=1)
    one.now += 60 * MIN
    one.restart().say("d", "health", late=5, uptime_s=1)
    assert one.until(90 - MS).told == []
    assert one.until(90).told == ["90 opened device_silent d"]
    assert one.open[0].since == START + 65 * MIN


def test_a_clock_that_falls_behind_is_no_silence() -> None:
    one = house().play(beat("d", "health", 0, 60, uptime_s=1), 60)
    for minute in range(70, 600, 10):
        one.until(minute).say("d", "health", late=180, uptime_s=1)
    assert one.told == []
    assert one.until(615).told == ["615 opened device_silent d"]


def test_messages_that_cannot_be_used_are_words_too() -> None:
    one = house(**limits(source_silent=False, decode_failing=False))
    assert one.play(beat("d", "decode", 0, 120, failed=1), 130).told == []


def test_taken_down_from_its_room() -> None:
    days = {"from": "2026-11-20", "until": "2026-11-24"}
    one = House(
        site(
            {"d": {"model": "generic-motion"}},
            placements=[{"device": "d", "room": "granen", **days}],
            **ALONE,
        )
    )
    one.until(20 * HOUR)
    assert one.told == ["25 opened device_silent d", f"{14 * HOUR} resolved device_silent d"]


def test_to_be_put_up_tomorrow() -> None:
    one = House(
        site(
            {"d": {"model": "generic-motion"}},
            placements=[{"device": "d", "room": "granen", "from": "2026-11-24"}],
            **ALONE,
        )
    )
    assert one.until(14 * HOUR + 25).told == [f"{14 * HOUR + 25} opened device_silent d"]


def test_placed_nowhere_it_is_awaited_all_the_same() -> None:
    assert House(site({"d": "generic-motion"}, **ALONE)).until(30).told == [
        "25 opened device_silent d"
    ]


def test_gone_from_the_registry() -> None:
    one = house().until(30)
    one.use(site({"e": "generic-motion@granen"}, **ALONE))
    assert one.told[1:] == ["30 resolved device_silent d"]
    assert one.states["d"] == ""


def test_in_a_private_room_times_are_coarse() -> None:
    """A sign of life is placed on a grid of one interval: nobody is silent for that."""
    one = House(site({"d": "generic-motion@kontoret"}, **ALONE))
    for n in range(60):
        minute = n * 10 + (9 if n % 2 else 1)
        one.until(minute).say("d", "health", late=minute % 10, alive=1)
    assert one.told == []
