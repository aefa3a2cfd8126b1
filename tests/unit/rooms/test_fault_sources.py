"""``source_silent``: one fault in place of many, and the single ones after it."""

from __future__ import annotations

from typing import Any

import pytest
from faulty import DAY, HOUR, MIN, START, House, Row, beat, limits, site

MS = 1 / MIN
FORTY = [f"d{n:02}" for n in range(40)]


def house(count: int = 40, **more: Any) -> House:
    return House(site(dict.fromkeys(FORTY[:count], "elsys-ers@granen"), **more))


def all_of(start: float, stop: float, count: int = 40, **fields: Any) -> list[Row]:
    """Each every ten minutes, a quarter of a minute after the one before."""
    said = fields or {"uptime_s": 1}
    return [
        row
        for n, device in enumerate(FORTY[:count])
        for row in beat(device, "health", start + n / 4, stop, **said)
    ]


def of_sources(house: House) -> list[str]:
    return [row for row in house.told if "source_silent" in row]


def test_a_gateway_with_forty_devices_dies_and_returns() -> None:
    """Its last word was d39's, at 9 min 45 s; 8 are due in 2 min, but 5 min at least."""
    one = house().play(all_of(0, 9.75), 14.75 - MS)
    assert one.told == []
    one.until(14.75)
    assert one.told == ["14.75 opened source_silent source:hus"]
    fault = one.open[0]
    assert (fault.severity, fault.since) == ("error", START + round(9.75 * MIN))
    assert fault.members == tuple(FORTY)
    one.until(HOUR + 3)
    assert len([row for row in one.told if "device_silent" in row]) == 40  # held by the queue
    one.play(all_of(HOUR + 5, 2 * HOUR), 2 * HOUR)
    assert of_sources(one)[1:] == ["65 resolved source_silent source:hus"]
    assert one.open == []


def test_those_that_were_not_due_before_get_an_interval_after_it() -> None:
    """Silent for 150 min they would be faults; the source is back after 145."""
    pirs = [f"p{n}" for n in range(9)]
    one = House(site(dict.fromkeys(pirs, "aqara-rtcgq11lm@granen")))
    one.play([row for pir in pirs for row in beat(pir, "health", 0, 1, 60, alive=1)], 145)
    assert of_sources(one) == ["60 opened source_silent source:hus"]
    one.play(beat("p0", "presence", 145, 200, 30, occupied=0), 145 + 60 - MS)
    assert one.open == []
    one.until(145 + 60)
    assert {fault.subject for fault in one.open} == {*pirs} - {"p0"}


def test_a_few_devices_take_longer() -> None:
    """Two that report every ten minutes: the eighth message in forty, and a minute late."""
    one = house(2).play(all_of(0, 0.25, 2), 41.25 - MS)
    assert one.told == []
    assert one.until(41.25).told == ["41.25 opened source_silent source:hus"]


def test_one_device_is_no_group() -> None:
    one = house(1).play(all_of(0, 0, 1), DAY)
    assert one.told == ["45 opened device_silent d00"]


def test_a_device_that_was_silent_before_is_not_explained_by_it() -> None:
    rows = beat("d00", "health", 0, 0, uptime_s=1) + [
        row for device in ("d01", "d02") for row in beat(device, "health", 0, 100, uptime_s=1)
    ]
    one = house(3).play(rows, 141)
    assert one.told == ["45 opened device_silent d00", "141 opened source_silent source:hus"]
    assert one.open[-1].members == ("d01", "d02")


def test_nothing_from_the_beginning() -> None:
    """All have had their interval then."""
    assert house().until(10 - MS).told == []
    one = house().until(10)
    assert one.told == ["10 opened source_silent source:hus"]
    assert one.open[0].since == START


def test_said_offline_by_itself() -> None:
    one = house(2).play(all_of(0, 60, 2), 60).say("source:hus", "status", online=0)
    assert one.until(62 - MS).told == []
    assert one.until(62).told == ["62 opened source_silent source:hus"]
    assert one.open[0].since == START + 60 * MIN
    one.until(64).say("source:hus", "status", online=1)
    assert of_sources(one)[1:] == ["64 resolved source_silent source:hus"]


def test_said_offline_and_yet_heard() -> None:
    one = house(2).play(all_of(0, 60, 2), 60).say("source:hus", "status", online=0)
    one.until(61).say("d00", "health", uptime_s=1)
    assert one.until(70).told == []


def test_a_broker_that_restarts_is_no_silence() -> None:
    one = house().play(all_of(0, 9.75), 13)
    one.engine.grace(one.now)
    assert one.until(18 - MS).told == []


def test_a_restart_ends_nothing() -> None:
    one = house().play(all_of(0, 9.75), 20)
    one.now += 30 * MIN
    one.restart().until(52)
    assert of_sources(one) == ["14.75 opened source_silent source:hus"]


def via(gateway: str) -> dict[str, Any]:
    return {"gateway": gateway}


def test_one_gateway_of_two() -> None:
    """The devices that the other one hears as well are heard by it; those left are listed."""
    rows = [
        row
        for n, device in enumerate(FORTY[:20])
        for row in beat(device, "health", n / 2, 9.5, gateway="east" if n < 10 else "west")
    ]
    rows += [
        row
        for n, device in enumerate(FORTY[:20])
        if n < 12
        for row in beat(device, "health", 10 + n / 2, 60, gateway="east")
    ]
    one = House(site(dict.fromkeys(FORTY[:20], "elsys-ers@granen"))).play(rows, 60)
    # the eight that are left spoke last at 6 to 9.5, and are late eleven minutes after that
    assert of_sources(one) == ["20.5 opened source_silent source:hus west"]
    fault = next(fault for fault in one.open if fault.code == "source_silent")
    assert fault.members == tuple(FORTY[12:20])
    one.say("d15", "health", gateway="west")
    assert of_sources(one)[1:] == ["60 resolved source_silent source:hus west"]


def test_a_source_stands_for_its_gateways() -> None:
    rows = [
        row
        for n, device in enumerate(FORTY[:20])
        for row in beat(device, "health", n / 2, 9.5, gateway="east" if n % 2 else "west")
    ]
    one = House(site(dict.fromkeys(FORTY[:20], "elsys-ers@granen"))).play(rows, 40)
    assert of_sources(one) == ["14.5 opened source_silent source:hus"]
    one.say("d01", "health", gateway="east")  # the other gateway may need as long
    assert of_sources(one)[1:] == ["40 resolved source_silent source:hus"]
    assert one.until(48 - MS).told[-1].endswith("source_silent source:hus")


@pytest.mark.parametrize(
    ("limit", "opened"),
    [({"least": 1200}, ["29.75"]), ({"due": 80}, ["30.5"]), ({"devices": 41}, []), (False, [])],
)
def test_thresholds(limit: Any, opened: list[str]) -> None:
    one = house(**limits(source_silent=limit)).play(all_of(0, 9.75), 40)
    assert of_sources(one) == [f"{at} opened source_silent source:hus" for at in opened]


def test_another_source_is_another_matter() -> None:
    devices = {
        **dict.fromkeys(FORTY[:20], "elsys-ers@granen"),
        **{id_: {"source": "zig", "room": "tallen"} for id_ in FORTY[20:]},
    }
    one = House(site(devices)).play(
        [row for row in all_of(0, 60) if row[1] < "d20" or row[0] < 10], 40
    )
    # five minutes pass between two rounds, too; eight are due by 16.75, and late by 17.75
    assert of_sources(one) == ["17.75 opened source_silent source:zig"]


# ---- the single ones wait until it is known whether all are silent

SYSTEMS = [f"v{n:02}" for n in range(40)]


def systems(every: int, count: int = 40) -> House:
    said = {"model": "cisco-roomos", "expect_every": every, "room": "granen"}
    return House(site(dict.fromkeys(SYSTEMS[:count], said)))


def spoken(every: int, stop: float, *without: str) -> list[Row]:
    """All until then, one after the other."""
    return [
        row
        for n, device in enumerate(SYSTEMS)
        for row in beat(device, "equipment", n * every / 2400, stop, every / 60, in_call=0)
        if device not in without
    ]


@pytest.mark.parametrize("every", [30, 60, 120, 300])
def test_many_quick_ones_are_one_fault_from_the_beginning(every: int) -> None:
    one = systems(every).play(spoken(every, 10), 15 - MS)
    assert one.told == []
    one.until(15)
    assert one.told == ["15 opened source_silent source:hus"]
    assert len(one.until(40).open) == 41


def test_their_last_wills_all_at_once() -> None:
    """A switch is down: each is said to be gone, 90 s later."""
    one = systems(300).play(spoken(300, 10), 11.5)
    for device in SYSTEMS:
        one.say(device, "status", online=0)
    assert one.until(15 - MS).told == []
    assert one.until(15).told == ["15 opened source_silent source:hus"]


def test_one_that_is_silent_alone_does_not_wait() -> None:
    rows = spoken(60, 60, "v05") + beat("v05", "equipment", 0.125, 9.125, 1, in_call=0)
    one = systems(60).play(rows, 60)
    assert one.told == ["11.625 opened device_silent v05"]
    assert one.open[0].since == START + round(9.125 * MIN)


def test_one_that_is_said_to_be_gone_does_not_wait() -> None:
    rows = spoken(300, 20, "v05") + beat("v05", "equipment", 0.625, 10.625, 5, in_call=0)
    one = systems(300).play(rows, 12).say("v05", "status", online=0)
    one.play([row for row in spoken(300, 60, "v05") if row[0] > 12], 30)
    assert one.told == ["14 opened device_silent v05"]


def test_who_waits_has_an_interval_when_another_is_heard() -> None:
    """All were cut off for four minutes, and one of them does not come back."""
    one = systems(60).play(spoken(60, 10), 14)
    assert one.told == []
    again = [(minute + 14, *rest) for minute, *rest in spoken(60, 46, "v05")]
    assert one.play(again, 60).told == ["15 opened device_silent v05"]


def test_the_single_ones_of_few_devices_wait_for_nobody() -> None:
    """It would take too long to know."""
    one = systems(300, 2).play(spoken(300, 0.125)[:2], 12.5)
    assert one.told == ["12.5 opened device_silent v00"]
