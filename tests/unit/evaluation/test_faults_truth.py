"""What should be found of each mishap, in a small house, by hand."""

from __future__ import annotations

from typing import Any

import pytest

from devices.simulator.mishaps import Mishap
from rooms.registry import Registry, Site
from rumskoll.evaluation.faults_air import Minute, episodes
from rumskoll.evaluation.faults_expected import Expected, House, Truth
from rumskoll.evaluation.faults_truth import truth_of

MIN = 60_000
HOUR = 60 * MIN
DAY = 24 * HOUR
START = 1_795_424_400_000
ROOM = {"id": "granen", "name": "Granen", "capacity": 8}
DEVICES = {
    "count": ("elsys-ers-co2", "lora"),
    "eye": ("elsys-ers-eye", "lora"),
    "pir": ("aqara-rtcgq11lm", "zig"),
    "vc": ("cisco-roomos", "av"),
    "screen": ("pjlink-display", "av"),
}


def house(*stays: tuple[int, int]) -> House:
    """``stays``: hours after the start."""
    site = {
        "id": "s",
        "name": "Inland",
        "opening_hours": {"mon-fri": "08:00-17:00"},
        "sources": [
            {"id": "lora", "decoder": "chirpstack"},
            {"id": "zig", "decoder": "zigbee2mqtt"},
            {"id": "av", "decoder": "native"},
        ],
        "rooms": [ROOM],
        "devices": [
            {"id": id_, "model": model, "source": source, "address": f"{n:016x}"}
            for n, (id_, (model, source)) in enumerate(DEVICES.items(), 1)
        ],
        "placements": [{"device": id_, "room": "granen"} for id_ in DEVICES],
    }
    spans = [(START + a * HOUR, START + b * HOUR) for a, b in stays]
    return House(Registry([Site.model_validate(site)]), 1, {"granen": spans})


def truth(kind: Any, target: str, hours: float = 5, detail: str = "", **more: Any) -> Truth:
    mishap = Mishap(kind, target, START, START + round(hours * HOUR), detail)
    return truth_of(house(*more.get("stays", ())), [mishap])


def told(one: Expected) -> tuple[str, str, str | None, float, float]:
    """Code, subject, detail; minutes that the rule waits, and between two messages."""
    return one.code, one.subject, one.detail, one.delay / MIN, one.every / MIN


@pytest.mark.parametrize(
    ("kind", "target", "detail", "wanted"),
    [
        ("silent", "count", "", ("device_silent", "count", "", 45, 10)),  # 4.5 x 10 min
        ("silent", "pir", "", ("device_silent", "pir", "", 150, 60)),  # 2.5 x 1 h
        ("offline", "vc", "", ("device_silent", "vc", "", 2, 5)),
        # a round is 7 min; the seventh change is the fourth time that it opens
        ("flapping", "vc", "", ("flapping", "vc", "device_silent", 23, 5)),
        ("garbled", "count", "", ("decode_failing", "count", "", 40, 10)),  # the fifth
        ("clock", "vc", "behind", ("clock_skew", "vc", "", 10, 5)),  # the third
        ("battery", "pir", "", ("battery_low", "pir", "", 0, 60)),
        # its diagnostics say so too, which makes no second fault
        ("unplugged", "vc", "", ("peripheral_missing", "vc", "camera: Camera", 2, 5)),
        ("error", "vc", "", ("equipment_error", "vc", "Loudspeaker does not answer", 0, 5)),
        ("warning", "vc", "", ("equipment_warning", "vc", "Packets are lost", 0, 5)),
        ("flag_error", "screen", "fan", ("equipment_error", "screen", "fan", 0, 5)),
        ("flag_warning", "screen", "lamp", ("equipment_warning", "screen", "lamp", 0, 5)),
        ("stuck", "eye", "", ("sensor_stuck", "eye", "occupied", 960, 10)),
        # two devices, every ten minutes: eight messages are due in forty
        ("source", "lora", "", ("source_silent", "source:lora", "", 40, 10)),
        ("source", "zig", "", ("source_silent", "source:zig", "", 2, 60)),  # its last will
    ],
)
def test_one_fault_of_each(
    kind: str, target: str, detail: str, wanted: tuple[str, str, str, float, float]
) -> None:
    (one,) = truth(kind, target, detail=detail).expected
    assert told(one) == wanted
    assert (one.onsets, one.stop) == ((START,), START + 5 * HOUR)


def test_the_devices_of_a_source_are_a_consequence() -> None:
    explained = truth("source", "lora").explained
    assert {e.subject for e in explained if e.code == "device_silent"} == {"count", "eye"}


def test_who_is_blind_is_missed_when_somebody_stayed() -> None:
    """15 min of the rule, 10 of its own, and 5 in which people may sit still."""
    assert truth("blind", "count", 20, stays=()).expected == []
    (one,) = truth("blind", "count", 20, stays=[(2, 3), (5, 6)]).expected
    assert told(one) == ("sensor_disagreement", "count", None, 15, 10)
    assert one.onsets == (START + 2 * HOUR, START + 5 * HOUR)
    assert truth("blind", "count", 5.5, stays=[(5, 6)]).expected == []  # it sees them go


def test_blind_for_more_than_a_week() -> None:
    codes = [told(one)[:4] for one in truth("blind", "count", 9 * 24, stays=[(2, 3)]).expected]
    assert codes[0] == ("sensor_stuck", "count", "never", 7 * 24 * 60)
    assert codes[1][0] == "sensor_disagreement"


def test_bad_air_is_bad_while_people_are_there() -> None:
    """Long enough for the rule and two measurements; a shorter time may be found, or not."""
    limit = house().registry.sites["s"].faults.of().air_quality
    assert limit is not None

    def found(minutes: int, people: bool = True) -> list[type]:
        air = [Minute(n * MIN, 1300, people, people) for n in range(minutes)]
        air += [Minute((minutes + n) * MIN, 900, False, False) for n in range(5)]
        return [type(one) for one in episodes("granen", air, limit, 10 * MIN)]

    assert [name.__name__ for name in found(40)] == ["Explained", "Expected"]
    assert [name.__name__ for name in found(39)] == ["Explained"]
    assert found(100, people=False) == []
