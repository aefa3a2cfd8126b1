"""The 5-minute series by hand."""

from __future__ import annotations

from making import MIN, device, mixed, timeline

from rooms.occupancy import Evident, Sample, Timeline
from rooms.slots import Slot, room_slots


def test_by_hand() -> None:
    line = Timeline(
        0,
        20 * MIN,
        occupied=[(3 * MIN, 7 * MIN)],
        unknown=[(9 * MIN, 12 * MIN)],
        people=[(3 * MIN, 5 * MIN, 2), (5 * MIN, 7 * MIN, 4), (7 * MIN, 9 * MIN, 0)],
        evidence=[
            Evident(3 * MIN, 7 * MIN, "radar", "presence"),
            Evident(4 * MIN, 6 * MIN, "vc", "call"),
            Evident(4 * MIN, 5 * MIN, "pir", "motion"),  # two that agree for a minute
            Evident(4 * MIN + 30_000, 7 * MIN, "pir2", "motion"),
            Evident(5 * MIN, 7 * MIN, "vc2", "call"),
        ],
        settled_until=0,
    )
    climate = [
        Sample(0, {"co2_ppm": 500.0, "temperature_c": 20.0}),
        Sample(4 * MIN, {"co2_ppm": 700.0}),
        Sample(5 * MIN, {"co2_ppm": 900.0, "humidity_pct": 30.0}),
    ]
    slots = room_slots(line, climate, 2, 0, 15 * MIN)
    assert slots == [
        Slot(0, 120, 300, 2, 60, 120, 0, 0, 60, 2, 600.0, 20.0),
        Slot(5 * MIN, 120, 240, 2, 120, 120, 0, 0, 120, 4, 900.0, None),
        Slot(10 * MIN, 0, 180, 2),
    ]
    none = dict.fromkeys(("motion_s", "presence_s", "count_s", "line_s", "in_call_s"), 0)
    assert slots[2].fields() == {"occupied_s": 0, "known_s": 180, "faults": 2, **none}


def test_slots_stand_on_the_grid_and_cover_the_window() -> None:
    slots = room_slots(timeline(stop=30), [], 0, 7 * MIN, 12 * MIN + 1)
    assert [slot.start for slot in slots] == [5 * MIN, 10 * MIN]
    assert room_slots(timeline(stop=30), [], 0, 5 * MIN, 5 * MIN) == []


def test_outside_of_the_timeline_nothing_is_known() -> None:
    line = timeline(device("motion", [(0, {"co2_ppm": 1.0})]), start=6, stop=13)
    assert [slot.known_s for slot in room_slots(line, [], 0, 0, 20 * MIN)] == [0, 240, 180, 0]


def test_slots_sum_up_to_the_timeline() -> None:
    said = [(0.5, {"occupied": 1.0}), (17.51, {"occupied": 0.0}), (33, {"occupied": 1.0})]
    line = timeline(device("presence", mixed(said)), stop=60)
    slots = room_slots(line, [], 0, line.start, line.stop)
    assert sum(slot.occupied_s for slot in slots) * 1000 == sum(b - a for a, b in line.occupied)
    assert sum(slot.known_s for slot in slots) * 1000 == 60 * MIN - sum(
        b - a for a, b in line.unknown
    )


def test_no_kind_says_more_than_occupied_and_together_they_say_all_of_it() -> None:
    said = [(0.5, {"occupied": 1.0}), (17.51, {"occupied": 0.0})]
    calls = [(10, {"in_call": 1.0}), (22, {"in_call": 0.0})]
    line = timeline(
        device("presence", mixed(said)), device("call", mixed(calls), name="vc"), stop=60
    )
    slots = room_slots(line, [], 0, line.start, line.stop)
    assert sum(slot.presence_s for slot in slots) == 17 * 60
    assert sum(slot.in_call_s for slot in slots) == 12 * 60
    for slot in slots:
        assert max(slot.presence_s, slot.in_call_s) <= slot.occupied_s
        assert slot.presence_s + slot.in_call_s >= slot.occupied_s
