"""Lost room-time and mean times, computed by hand; what comes and goes too often."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from rooms.faults import Fault, Transition
from rooms.faults.cost import MeanTimes, lost_by_room, lost_ms, mean_times
from rooms.faults.flapping import flapping, key_of
from rooms.registry import Registry, Site
from rooms.registry.fault_limits import Flapping

MIN = 60_000
HOUR = 60 * MIN
SITE: dict[str, Any] = {
    "id": "s",
    "name": "Inland",
    "opening_hours": {"mon-fri": "08:00-17:00"},
    "cleaning": [{"at": "12:00-12:30", "days": ["mon", "tue", "wed", "thu", "fri"]}],
    "sources": [{"id": "av", "decoder": "native"}],
    "rooms": [
        {"id": "granen", "name": "Granen", "capacity": 8},
        {"id": "tallen", "name": "Tallen", "capacity": 4},
        {"id": "kontoret", "name": "Kontoret", "capacity": 1, "private": True},
    ],
    "devices": [
        {"id": id_, "source": "av", "address": id_, "model": "cisco-roomos"}
        for id_ in ("vc", "egen", "lager")
    ],
    "placements": [
        {"device": "vc", "room": "granen", "until": "2026-11-25"},
        {"device": "vc", "room": "tallen", "from": "2026-11-25"},
        {"device": "egen", "room": "kontoret"},
    ],
}
REGISTRY = Registry([Site.model_validate(SITE)])


def at(local: str) -> int:
    when = datetime.fromisoformat(local).replace(tzinfo=ZoneInfo("Europe/Stockholm"))
    return int(when.timestamp() * 1000)


MONDAY = (at("2026-11-23 16:00"), at("2026-11-24 09:00"))  # an hour, and an hour
TUESDAY = (at("2026-11-24 08:30"), at("2026-11-24 13:00"))  # half an hour of it known; cleaning
MOVED = (at("2026-11-24 16:30"), at("2026-11-25 10:00"))  # half an hour, then elsewhere


@pytest.mark.parametrize(
    ("times", "lost"),
    [
        ([], {}),
        ([MONDAY], {"granen": 2 * HOUR}),
        ([MONDAY, TUESDAY], {"granen": 5.5 * HOUR}),
        ([MOVED], {"granen": HOUR // 2, "tallen": 2 * HOUR}),
        ([(at("2026-11-21 00:00"), at("2026-11-23 08:00"))], {"granen": 0}),  # a weekend
    ],
)
def test_lost_in_opening_hours_less_cleaning(
    times: list[tuple[int, int]], lost: dict[str, float]
) -> None:
    assert lost_by_room(REGISTRY, "vc", times) == lost
    assert lost_ms(REGISTRY, "device_silent", "error", "vc", times) == sum(lost.values())


def test_what_costs_nothing() -> None:
    for code, severity, subject in [
        ("device_silent", "warning", "vc"),  # a sensor
        ("equipment_warning", "error", "vc"),
        ("equipment_error", "error", "egen"),  # one person's own office
        ("equipment_error", "error", "lager"),  # stands in no room
        ("equipment_error", "error", "gone"),
    ]:
        assert lost_ms(REGISTRY, code, severity, subject, [MONDAY]) == 0


def told(*them: tuple[str, int, str]) -> list[Transition]:
    return [Transition(f, minute * MIN, kind, "error") for f, minute, kind in them]  # type: ignore[arg-type]


def test_mean_times() -> None:
    given = told(
        ("old", 0, "resolved"),  # opened before
        ("a", 0, "opened"),
        ("b", 5, "opened"),
        ("a", 10, "acknowledged"),
        ("b", 11, "commented"),
        ("a", 30, "resolved"),
        ("b", 35, "acknowledged"),
        ("a", 60, "reopened"),
        ("a", 70, "resolved"),
        ("a", 80, "acknowledged"),  # of what is over
    )
    # 10 and 30 min to acknowledge; 30 and 10 to repair
    assert mean_times(given) == MeanTimes(20 * MIN, 2, 20 * MIN, 2)
    assert mean_times([]) == MeanTimes(None, 0, None, 0)


def test_a_clock_set_back_makes_no_negative_time() -> None:
    given = told(("a", 10, "opened"), ("a", 5, "acknowledged"), ("a", 4, "resolved"))
    assert mean_times(given) == MeanTimes(0, 1, 0, 1)


# ---- flapping

SILENT = Fault("f", "device_silent", "d", "", "warning", 0, "s", "granen")
LIMITS = Flapping()


def came_and_went(*minutes: int, fault: Fault = SILENT) -> list[tuple[Fault, Transition]]:
    kinds = ("opened", "resolved") + ("reopened", "resolved") * 99
    return [
        (fault, Transition(fault.id, m * MIN, kind, "warning"))  # type: ignore[arg-type]
        for m, kind in zip(minutes, kinds, strict=False)
    ]


def flaps(
    happened: list[tuple[Fault, Transition]], now: int, *, is_open: bool = False
) -> list[Any]:
    open_ = {key_of(SILENT.key)} if is_open else set()
    return [tuple(f) for f in flapping(happened, lambda _: LIMITS, open_, now * MIN)]


def test_the_seventh_time_within_an_hour() -> None:
    six = came_and_went(0, 10, 20, 30, 40, 50)
    assert flaps(six, 50) == []
    seven = came_and_went(0, 10, 20, 30, 40, 50, 59)
    assert flaps(seven, 59) == [("flapping", "d", "device_silent", "warning", 0, ())]
    assert flaps(seven, 60) == []  # the first was an hour ago


def test_it_is_over_when_it_has_calmed_down() -> None:
    seven = came_and_went(0, 1, 2, 3, 10, 20, 30)
    assert [f[4] // MIN for f in flaps(seven, 62, is_open=True)] == [3]  # four are left
    assert flaps(seven, 63, is_open=True) == []


def test_each_part_flaps_for_itself() -> None:
    camera = SILENT._replace(code="peripheral_missing", detail="camera: Quad")
    microphone = camera._replace(id="g", detail="microphone: Bord")
    four = (0, 1, 2, 3)
    both = came_and_went(*four, fault=camera) + came_and_went(*four, fault=microphone)
    assert flaps(both, 4) == []
    (found,) = flaps(came_and_went(*range(7), fault=camera), 7)
    assert found[:3] == ("flapping", "d", "peripheral_missing: camera: Quad")


def test_what_does_not_count() -> None:
    people = [(f, t._replace(who="anna")) for f, t in came_and_went(*range(9))]
    assert flaps(people, 9) == []
    assert flaps(came_and_went(*range(9), fault=SILENT._replace(code="flapping")), 9) == []
    under = (SILENT, Transition("f", 3 * MIN, "held", "warning", held="under:x"))
    assert flaps([*came_and_went(*range(9)), under], 9) == []  # its gateway flaps
    assert flapping(came_and_went(*range(9)), lambda _: None, set(), 9 * MIN) == []
