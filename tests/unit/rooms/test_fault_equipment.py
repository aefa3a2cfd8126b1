"""What equipment reports about itself: errors, warnings, peripherals."""

from __future__ import annotations

import json
from typing import Any

import pytest
from faulty import DAY, MIN, START, House, limits, site

MS = 1 / MIN


def house(model: str = "cisco-roomos", **equipment: Any) -> House:
    more = {"source_silent": False, "device_silent": False, **equipment}
    return House(site({"vc": f"{model}@granen"}, **limits(**more)))


def parts(*names: str, gone: str = "") -> str:
    """ "Camera Quad" and so on: type and name."""
    return json.dumps(
        [
            {"id": name, "name": name.split()[1], "type": name.split()[0], "connected": True}
            for name in names
        ]
        + [
            {"id": g, "name": g.split()[1], "type": g.split()[0], "connected": False}
            for g in [gone]
            if g
        ]
    )


def diagnostics(*entries: tuple[str, str]) -> str:
    return json.dumps([{"level": level, "description": said} for level, said in entries])


def test_flags_open_at_once_and_clear_after_two_minutes() -> None:
    one = house("pjlink-display").say("vc", "equipment", error_fan=2, error_lamp=1, error_cover=0)
    assert one.told == ["0 opened equipment_error vc fan", "0 opened equipment_warning vc lamp"]
    one.until(10).say("vc", "equipment", error_fan=0, error_lamp=1)
    assert one.until(12 - MS).told[2:] == []
    assert one.until(12).told[2:] == ["12 resolved equipment_error vc fan"]


def test_a_flag_that_flickers_is_one_fault() -> None:
    one = house("pjlink-display")
    one.play([(n, "vc", "equipment", {"error_fan": 2 * (n % 2 == 0)}) for n in range(21)], 60)
    assert one.told == ["0 opened equipment_error vc fan"]


def test_a_warning_becomes_an_error() -> None:
    one = house("pjlink-display").say("vc", "equipment", error_lamp=1)
    one.until(5).say("vc", "equipment", error_lamp=2).until(30)
    assert one.told == [
        "0 opened equipment_warning vc lamp",
        "5 opened equipment_error vc lamp",
        "7 resolved equipment_warning vc lamp",
    ]


def test_diagnostics_keep_their_onset() -> None:
    said = diagnostics(("Critical", "No network"), ("warning", "Old"), ("OK", "fine"))
    one = house().say("vc", "equipment", diagnostics=said)
    one.until(60).say("vc", "equipment", diagnostics=diagnostics(("Error", "No network")))
    assert one.told[:2] == [
        "0 opened equipment_error vc No network",
        "0 opened equipment_warning vc Old",
    ]
    assert one.until(70).told[2:] == ["62 resolved equipment_warning vc Old"]
    assert one.open[0].since == START


def test_a_measured_value_in_the_words_makes_no_new_fault() -> None:
    one = house()
    for minute, degrees in enumerate(("71", "72,5", "80.1", "9")):
        told = diagnostics(("warning", f"Temperature {degrees} °C"), ("warning", "Port 2 bad"))
        one.until(minute * 5).say("vc", "equipment", diagnostics=told)
    assert one.until(20).told == [
        "0 opened equipment_warning vc Temperature 71 °C",
        "0 opened equipment_warning vc Port 2 bad",
    ]


def test_what_differs_by_a_number_at_one_time_is_two_things() -> None:
    one = house().say("vc", "equipment", diagnostics=diagnostics(("error", "Port 1 bad")))
    both = diagnostics(("error", "Port 2 bad"), ("error", "Port 1 bad"))
    one.until(5).say("vc", "equipment", diagnostics=both)
    assert one.until(20).told == [
        "0 opened equipment_error vc Port 1 bad",
        "5 opened equipment_error vc Port 2 bad",
    ]


def test_only_after_it_has_lasted() -> None:
    one = house(equipment_error={"after": 60}).say("vc", "equipment", error_fan=2)
    assert one.until(1 - MS).told == []
    assert one.until(1).told == ["1 opened equipment_error vc fan"]


def test_what_has_been_mended_long_ago_was_never_news() -> None:
    one = house().until(60).say("vc", "equipment", late=30, error_fan=2)
    one.say("vc", "equipment", late=20, error_fan=0)
    assert one.until(DAY).told == []


def test_the_past_opens_nothing_but_may_end() -> None:
    one = house().until(60).say("vc", "equipment", error_fan=2)
    one.now += 60 * MIN
    one.say("vc", "equipment", late=30, error_fan=0, error_lamp=2)
    assert one.told == [
        "60 opened equipment_error vc fan",
        "120 resolved equipment_error vc fan",
    ]
    assert one.say("vc", "equipment", in_call=0).told[2:] == ["120 opened equipment_error vc lamp"]


def test_hostile_words_are_harmless() -> None:
    evil = "<b>x</b>\x1b[2J\r\nSubject: " + "å" * 10_000
    entries = [(level, f"{n} {evil}") for level in ("error", "warning") for n in range(100)]
    one = house().say("vc", "equipment", diagnostics=diagnostics(*entries))
    assert len(one.open) == 32
    for fault in one.open:
        assert fault.severity == "error"  # the worst first
        assert len(fault.detail) == 120
        assert fault.detail.isprintable()
    assert len(one.states["vc"]) < 16_000


@pytest.mark.parametrize("told", ["", "[", "{}", "3", "null", '["x", 1, null]', '[{"level":{}}]'])
def test_lists_of_any_shape(told: str) -> None:
    assert house().say("vc", "equipment", peripherals=told, diagnostics=told).until(60).told == []


# ---- peripherals

ALL = ("Camera Quad", "Microphone Table", "TouchPanel Navigator")


def test_a_camera_is_gone_for_two_minutes() -> None:
    one = house().say("vc", "equipment", peripherals=parts(*ALL)).until(60)
    one.say("vc", "equipment", peripherals=parts(*ALL[1:], gone=ALL[0]))
    assert one.until(62 - MS).told == []
    assert one.until(62).told == ["62 opened peripheral_missing vc camera: Quad"]
    assert one.open[0].since == START + 60 * MIN
    one.until(90).say("vc", "equipment", peripherals=parts(*ALL))
    assert one.told[1:] == ["90 resolved peripheral_missing vc camera: Quad"]


def test_no_longer_listed_is_gone_too() -> None:
    one = house().say("vc", "equipment", peripherals=parts(*ALL)).until(60)
    one.say("vc", "equipment", peripherals=parts(*ALL[:2])).until(200)
    assert one.told == ["62 opened peripheral_missing vc touch_panel: Navigator"]


def test_back_within_two_minutes() -> None:
    one = house().say("vc", "equipment", peripherals=parts(*ALL)).until(60)
    one.say("vc", "equipment", peripherals=parts(*ALL[1:])).until(61.9)
    one.say("vc", "equipment", peripherals=parts(*ALL))
    assert one.until(200).told == []


def test_what_was_never_there_is_not_missed() -> None:
    one = house().say("vc", "equipment", peripherals=parts(*ALL[1:], gone=ALL[0]))
    assert one.until(DAY).told == []


def test_not_seen_for_a_week() -> None:
    one = house().say("vc", "equipment", peripherals=parts(*ALL)).until(7 * DAY + 1)
    assert one.say("vc", "equipment", peripherals=parts(*ALL[1:])).until(8 * DAY).told == []


def test_a_system_that_starts_lists_nothing_yet() -> None:
    one = house().say("vc", "equipment", peripherals=parts(*ALL)).until(60)
    one.say("vc", "equipment", peripherals="[]").until(69)
    one.say("vc", "equipment", peripherals=parts(*ALL[1:]))  # the camera starts last
    one.until(70.9).say("vc", "equipment", peripherals=parts(*ALL))
    assert one.until(200).told == []


def test_a_system_that_goes_on_listing_nothing() -> None:
    one = house().say("vc", "equipment", peripherals=parts(*ALL)).until(60)
    one.say("vc", "equipment", peripherals="[]")
    assert one.until(70 - MS).told == []
    assert len(one.until(70).open) == 3
    assert {fault.since for fault in one.open} == {START + 60 * MIN}


def test_the_same_camera_under_another_id() -> None:
    one = house().say("vc", "equipment", peripherals=parts(*ALL)).until(60)
    again = json.dumps([{"id": "new", "name": "Quad", "type": "camera"}])
    rest = parts(*ALL[1:])[1:]
    one.say("vc", "equipment", peripherals=again[:-1] + "," + rest).until(62)
    assert one.until(200).told == []


def test_two_of_one_name_are_told_apart() -> None:
    def mics(*ids: str) -> str:
        return json.dumps([{"id": id_, "name": "Table", "type": "Microphone"} for id_ in ids])

    one = house().say("vc", "equipment", peripherals=mics("1", "2")).until(60)
    one.say("vc", "equipment", peripherals=mics("1")).until(63)
    assert one.told == ["62 opened peripheral_missing vc microphone: Table 2"]
    one.say("vc", "equipment", peripherals=json.dumps([{"name": "Other", "type": "x"}])).until(70)
    assert one.told[1:] == ["65 opened peripheral_missing vc microphone: Table"]


def test_only_wanted_types() -> None:
    one = house(peripheral_missing={"types": ["speaker"], "after": 0})
    one.say("vc", "equipment", peripherals=parts(*ALL, "LoudSpeaker Top")).until(60)
    one.say("vc", "equipment", peripherals=parts("Clock Wall"))
    assert one.told == ["60 opened peripheral_missing vc speaker: Top"]


def test_very_many_parts_are_bounded() -> None:
    one = house()
    for n in range(50):
        one.until(n).say(
            "vc", "equipment", peripherals=parts(*(f"Camera {n}-{i}" for i in range(9)))
        )
    assert len(one.states["vc"]) < 8_000


def test_a_camera_that_is_gone_is_one_fault() -> None:
    """However the system words it; an error of something else is one of its own."""
    said = diagnostics(("Error", "The camera is not connected"), ("Error", "No network"))
    one = house().say("vc", "equipment", peripherals=parts("Camera Quad", "Microphone M1"))
    one.until(10)
    list_ = parts("Microphone M1", gone="Camera Quad")
    one.say("vc", "equipment", peripherals=list_, diagnostics=said).until(20)
    assert one.told == [
        "10 opened equipment_error vc No network",
        "12 opened peripheral_missing vc camera: Quad",
    ]


@pytest.mark.parametrize("limit", [False, {"types": ["microphone"]}])
def test_where_missing_cameras_are_nobodys_matter_the_error_is(limit: Any) -> None:
    said = diagnostics(("Error", "Camera not connected"))
    one = house(peripheral_missing=limit)
    one.say("vc", "equipment", peripherals=parts("Camera Quad")).until(10)
    one.say("vc", "equipment", peripherals=parts(gone="Camera Quad"), diagnostics=said).until(20)
    assert one.told == ["10 opened equipment_error vc Camera not connected"]
