"""When sensors are not believed, and what that makes of a room."""

from __future__ import annotations

from rooms.faults import DISTRUSTING, Spell, distrust
from rooms.occupancy import DeviceHistory, Sample, room_timeline

MIN = 60_000


def spell(start: int, stop: int | None, code: str = "sensor_stuck", device: str = "a") -> Spell:
    return Spell(code, device, "", "warning", start, stop)


def test_only_what_makes_a_sensor_untrustworthy() -> None:
    codes = [*DISTRUSTING, "battery_low", "device_silent", "flapping"]
    spells = [spell(n, n + 1, code) for n, code in enumerate(codes) for n in (10 * n,)]
    assert distrust(spells, 99_000) == {"a": [(0, 1), (10, 11)]}
    assert distrust([], 99_000) == {}


def test_spells_of_a_device_are_one_set_of_time() -> None:
    spells = [spell(50, 60), spell(0, 20), spell(10, 30, "decode_failing"), spell(5, 9, device="b")]
    assert distrust(spells, 99_000) == {"a": [(0, 30), (50, 60)], "b": [(5, 9)]}


def test_an_open_one_covers_the_second_that_is_now() -> None:
    assert distrust([spell(5000, None)], 99_250) == {"a": [(5000, 100_000)]}
    assert distrust([spell(5000, None)], 99_000) == {"a": [(5000, 100_000)]}


def test_the_sensor_alone_leaves_the_room_unknown() -> None:
    samples = [Sample(t * MIN, {"occupied": float(t < 30)}) for t in range(0, 61, 10)]
    doubted = distrust([spell(20 * MIN, 40 * MIN)], 60 * MIN)
    radar = DeviceHistory(
        "a", ("presence",), 600, 1_500_000, 0, None, samples, [(0, 90 * MIN)], doubted["a"]
    )
    found = room_timeline([radar], 0, 60 * MIN, 60 * MIN - 1)
    assert found.occupied == [(0, 20 * MIN)]
    assert found.unknown == [(20 * MIN, 40 * MIN)]
    assert found.vacant == [(40 * MIN, 60 * MIN)]
