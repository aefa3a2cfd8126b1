"""What changes around a fault: devices moved or taken down, rooms made private, the clock."""

from __future__ import annotations

from typing import Any

from faulty import ALONE, HOUR, MIN, START, House, beat, limits, site

from rooms.faults.fault import Fault, Place
from rooms.faults.finding import Finding
from rooms.faults.history import Air, Equipment, History, Part, set_back
from rooms.faults.lifecycle import advance

NOW_UNTIL = {"until": "2026-11-23"}  # a day ago: it stands nowhere any more


def placed(devices: dict[str, str], **placement: Any) -> dict[str, Any]:
    return {
        "placements": [{"device": id_, "room": room, **placement} for id_, room in devices.items()]
    }


# ---- taken down


def test_what_was_taken_down_has_no_faults() -> None:
    one = House(site({"vc": "cisco-roomos@granen"}, **ALONE))
    one.say("vc", "equipment", error_fan=2).until(HOUR)
    assert {fault.code for fault in one.open} == {"equipment_error", "device_silent"}
    one.use(site({"vc": "cisco-roomos"}, **placed({"vc": "granen"}, **NOW_UNTIL), **ALONE))
    assert one.open == []
    assert one.until(3 * HOUR).open == []


def test_nothing_is_awaited_of_what_was_taken_down() -> None:
    models = {"a": "elsys-ers", "b": "elsys-ers"}
    one = House(site(models, **placed({"a": "granen", "b": "granen"}, **NOW_UNTIL)))
    one.say("a", "health", uptime_s=1).say("b", "health", uptime_s=1)
    assert one.until(24 * HOUR).told == []


def test_a_source_whose_devices_are_taken_down_is_over() -> None:
    one = House(site({"a": "elsys-ers@granen", "b": "elsys-ers@granen"}))
    one.say("a", "health", uptime_s=1).say("b", "health", uptime_s=1)
    assert [fault.code for fault in one.until(42).open] == ["source_silent"]
    gone = placed({"a": "granen", "b": "granen"}, **NOW_UNTIL)
    assert one.use(site({"a": "elsys-ers", "b": "elsys-ers"}, **gone)).open == []


def test_taken_down_at_midnight() -> None:
    """As rooms.yaml had announced: the source is looked at then, too."""
    until = {"until": "2026-11-24"}
    gone = placed({"a": "granen", "b": "granen"}, **until)
    one = House(site({"a": "elsys-ers", "b": "elsys-ers"}, **gone))
    one.say("a", "health", uptime_s=1).say("b", "health", uptime_s=1)
    assert {fault.code for fault in one.until(13 * HOUR).open} == {"device_silent", "source_silent"}
    assert one.until(14 * HOUR).open == []


def test_a_gateway_that_others_stand_in_for_is_missed_by_nobody() -> None:
    devices = [f"d{n}" for n in range(10)]
    one = House(site(dict.fromkeys(devices, "elsys-ers@granen")))
    rows = [
        row
        for n, device in enumerate(devices)
        for row in beat(device, "health", n / 4, 9, gateway="east" if n < 8 else "west")
    ]
    rows += [row for device in devices[8:] for row in beat(device, "health", 12, 200, uptime_s=1)]
    one.play(rows, 60)
    assert [f.detail for f in one.open if f.code == "source_silent"] == ["east"]
    for device in devices[:6]:
        one.say(device, "health", gateway="west")
    assert [f.members for f in one.open if f.code == "source_silent"] == [("d6", "d7")]
    one.say("d6", "health", gateway="west")
    assert [f for f in one.open if f.code == "source_silent"] == []


# ---- moved


def at(room: str) -> Any:
    return lambda _: Place("s", room)


def test_in_another_room_it_is_another_fault() -> None:
    found = [Finding("equipment_error", "vc", "fan", "error", 1_000)]
    (first,) = advance([], found, 2_000, at("granen"))
    assert advance([first.fault], found, 3_000, at("granen")) == []
    over, moved = advance([first.fault], found, 5_000, at("tallen"))
    assert (over.fault.id, over.fault.resolved, over.fault.room) == (
        first.fault.id,
        5_000,
        "granen",
    )
    assert (moved.fault.room, moved.fault.since, moved.start) == ("tallen", 5_001, 5_001)
    assert moved.transition is not None
    assert moved.transition.kind == "opened"
    # soon over there, and again: that is the one of the new room
    (gone,) = advance([over.fault, moved.fault], [], 9_000, at("tallen"))
    (again,) = advance([over.fault, gone.fault], found, 10_000, at("tallen"))
    assert (again.fault.id, again.fault.reopened) == (moved.fault.id, 1)


def test_who_does_not_know_the_place_moves_nothing() -> None:
    known = Fault("x", "broker_down", "service", "", "error", 1, "s", "granen", opened=1)
    assert advance([known], [known.finding], 5) == []


# ---- from a day on


def test_a_room_that_becomes_one_persons_own() -> None:
    private = [{"value": False}, {"from": "2026-11-24", "value": True}]
    one = House(
        site(
            {"luft": "elsys-ers-co2@kontoret", "radar": "generic-presence@kontoret"},
            rooms=[{"id": "kontoret", "name": "K", "capacity": 1, "private": private}],
            **limits(device_silent=False, source_silent=False),
        )
    )
    rows = beat("radar", "presence", 1, 40, 1, occupied=1)
    one.play(rows + beat("luft", "climate", 1, 40, 5, co2_ppm=1500), 40)
    one.until(14 * HOUR - 1)
    assert {fault.code for fault in one.open} == {"air_quality", "sensor_disagreement"}
    assert {fault.code for fault in one.until(14 * HOUR).open} == {"sensor_disagreement"}
    assert one.until(14 * HOUR + 5).open == []  # when it has been gone for its ``clear``


# ---- after a silence


def test_what_was_said_before_a_silence_is_not_how_it_has_been_since() -> None:
    """Nobody knows whether it was occupied meanwhile: that cannot make it untrustworthy."""
    quiet = limits(source_silent=False, device_silent=False)
    one = House(site({"luft": "elsys-ers2-eye@granen"}, **quiet))
    one.say("luft", "presence", occupied=1)
    rows = beat("luft", "climate", 24 * HOUR, 48 * HOUR, 10, co2_ppm=500)
    assert one.play(rows, 40 * HOUR - 1).told == []
    assert one.play(rows, 40 * HOUR).told == ["2400 opened sensor_stuck luft occupied"]
    assert one.open[0].since == START + 24 * HOUR * MIN


# ---- the registry


def test_what_comes_back_into_the_registry_begins_anew() -> None:
    with_d = {"d": "generic-motion@granen", "e": "generic-motion@tallen"}
    one = House(site(with_d, **ALONE)).until(30)
    assert {fault.subject for fault in one.open} == {"d", "e"}
    one.registry = site({"e": "generic-motion@tallen"}, **ALONE)
    one.restart()
    assert {fault.subject for fault in one.open} == {"e"}
    one.until(3 * HOUR).use(site(with_d, **ALONE))
    assert {fault.subject for fault in one.open} == {"e"}


def test_two_reloads_before_anything_is_stored() -> None:
    one = House(site(dict.fromkeys("abc", "generic-motion@granen"), **ALONE))
    one.engine.use(site(dict.fromkeys("bc", "generic-motion@granen"), **ALONE), one.now)
    one.use(site({"c": "generic-motion@granen"}, **ALONE))
    assert (one.states["a"], one.states["b"]) == ("", "")
    assert one.states["c"]


# ---- the clock


def test_times_are_brought_back() -> None:
    part = Part("camera", "Quad", "1", "camera: Quad", seen=900, gone=950)
    history = History(begun=10, heard=800, low=700, failed=3, air=Air(750, 400.0))
    history.equipment = Equipment(800, parts=[part], said_sum=5)
    set_back(history, 720)
    assert (history.begun, history.heard, history.low, history.failed) == (10, 720, 700, 3)
    assert (history.air, part.seen, part.gone) == (Air(720, 400.0), 720, 720)
    assert history.equipment.said_sum == 5


def ahead(hours: float) -> House:
    """The clock was so far ahead while devices spoke, and one fell silent."""
    devices = {"vc": "pjlink-display@granen", "d": "generic-motion@granen"}
    one = House(site({**devices, "e": "generic-motion@tallen"}, **ALONE), start=hours * HOUR)
    one.say("vc", "equipment", error_fan=0, error_lamp=2).say("d", "health", uptime_s=1)
    one.until(hours * HOUR + 26).say("e", "health", uptime_s=1)
    return one


def test_a_clock_that_is_set_back() -> None:
    for restarted in (False, True):
        one = ahead(100)
        assert {f.subject for f in one.open if f.code == "device_silent"} == {"vc", "d"}
        one.now = START + 60 * MIN
        if restarted:
            one.restart()
        one.engine.grace(one.now)
        one.until(61).say("d", "health", uptime_s=1).say("vc", "equipment", error_fan=2)
        assert {(f.code, f.subject, f.detail) for f in one.open} == {
            ("equipment_error", "vc", "fan"),
            ("equipment_error", "vc", "lamp"),
        }
        one.until(60 + 25 - 1 / MIN)
        assert "e" not in {fault.subject for fault in one.open}
        assert "e" in {fault.subject for fault in one.until(60 + 25).open}
