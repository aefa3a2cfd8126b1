"""What the last trigger of a motion sensor proves, and what it does not."""

from __future__ import annotations

from faulty import DAY, HOUR, House, Row, beat, limits, site

QUIET = limits(source_silent=False, device_silent=False)
DEVICES = {"count": "elsys-ers-co2@granen", "vc": "cisco-roomos@granen"}


def vacant(start: float, stop: float) -> list[Row]:
    return beat("vc", "equipment", start, stop, 5, room_in_use=0)


def in_use(start: float, stop: float) -> list[Row]:
    return beat("vc", "equipment", start, stop, 5, room_in_use=1)


def counted(start: float, stop: float, count: int) -> list[Row]:
    return beat("count", "presence", start, stop, 10, motion_count=count)


def test_a_count_tells_of_the_time_before_it() -> None:
    """A meeting of 10 to 31; the frame at 40 has its last movements, and people are gone."""
    rows = [*in_use(10, 30), (31, "vc", "equipment", {"room_in_use": 0}), *vacant(35, 120)]
    rows += counted(0, 0, 0) + counted(10, 40, 5) + counted(50, 120, 0)
    assert House(site(DEVICES, **QUIET)).play(rows, 120).told == []


def test_counts_for_long_enough_prove_it() -> None:
    """Vacant since 31, so 46; the frame at 60 is the first whose movements came after that."""
    rows = [*in_use(10, 30), (31, "vc", "equipment", {"room_in_use": 0}), *vacant(35, 120)]
    rows += counted(0, 0, 0) + counted(10, 70, 5) + counted(80, 120, 0)
    one = House(site(DEVICES, **QUIET)).play(rows, 120)
    # over at 81, for a gap of 10 min is bridged and a message may be late, and gone for 5 min
    assert one.told == [
        "60 opened sensor_disagreement vc count",
        "86 resolved sensor_disagreement vc count",
    ]


def test_a_trigger_is_exact() -> None:
    """Triggers of 0 to 14 leave doubt about a quarter of an hour; one at 16 removes it, and the
    system says vacant once more at 20."""
    devices = {"pir": "generic-motion@granen", "vc": "cisco-roomos@granen"}
    rows = vacant(0, 60) + beat("pir", "presence", 1, 15, 2, motion=1)
    assert House(site(devices, **QUIET)).play(rows, 60).told == []
    one = House(site(devices, **QUIET)).play([*rows, (16, "pir", "presence", {"motion": 1})], 24)
    assert one.told == ["20 opened sensor_disagreement vc pir"]


def test_a_frame_that_names_another_gateway_leaves_the_group_of_the_one_before() -> None:
    """A frame is several readings; its gateway comes with the last of them."""
    devices = [f"d{n}" for n in range(6)]
    rows: list[Row] = []
    for n, device in enumerate(devices):
        for at in range(0, 120, 10):
            moved = n < 2 and at >= 60
            if at >= 60 and not moved:
                continue  # only the first two are heard by another gateway, too
            rows.append((at + n / 4, device, "climate", {"temperature_c": 21.0}))
            rows.append((at + n / 4, device, "health", {"gateway": "b" if moved else "a"}))
    one = House(site(dict.fromkeys(devices, "elsys-ers@granen"))).play(rows, 90)
    fault = next(fault for fault in one.faults if fault.code == "source_silent")
    assert (fault.detail, fault.members) == ("a", ("d2", "d3", "d4", "d5"))


def test_a_sensor_that_counts_movements_all_the_time_is_stuck() -> None:
    """From 60 on there is a movement in each frame; the frame at 1,210 has none since 1,200."""
    rows = counted(0, 50, 0) + counted(60, 20 * HOUR, 24) + counted(20 * HOUR + 10, DAY, 0)
    one = House(site({"count": "elsys-ers-co2@granen"}, **QUIET)).play(rows, 17 * HOUR - 1)
    assert one.told == []
    one = House(site({"count": "elsys-ers-co2@granen"}, **QUIET)).play(rows, DAY)
    assert one.told == [
        f"{17 * HOUR} opened sensor_stuck count occupied",
        f"{20 * HOUR + 20} resolved sensor_stuck count occupied",
    ]


def test_gaps_end_what_would_be_stuck() -> None:
    rows = [row for n in range(0, 30) for row in counted(n * HOUR, n * HOUR + 30, 9)]
    rows += [row for n in range(0, 30) for row in counted(n * HOUR + 40, n * HOUR + 50, 0)]
    assert House(site({"count": "elsys-ers-co2@granen"}, **QUIET)).play(rows, 30 * HOUR).told == []


def test_a_lost_frame_does_not_unstick_it() -> None:
    """Without those of 500 and 510: the one of 520 counts what moved since 490."""
    rows = [row for row in counted(0, 17 * HOUR, 24) if row[0] not in (500, 510)]
    one = House(site({"count": "elsys-ers-co2@granen"}, **QUIET)).play(rows, 16 * HOUR)
    assert one.told == [f"{16 * HOUR} opened sensor_stuck count occupied"]


def test_a_frame_without_movements_ends_what_was_bridged() -> None:
    """People left at 32 and come at 58, which the sensor tells seconds before the system does."""
    rows = [*in_use(0, 30), (32, "vc", "equipment", {"room_in_use": 0}), *vacant(35, 55)]
    rows += [*counted(0, 40, 6), *counted(50, 50, 0)]
    rows += [(58, "count", "presence", {"motion_count": 1})]
    rows += [(58.05, "vc", "equipment", {"room_in_use": 0}), *in_use(58.1, 80)]
    assert House(site(DEVICES, **QUIET)).play(rows, 80).told == []
