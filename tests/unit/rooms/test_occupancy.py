"""Occupancy by hand: minutes in, minutes out."""

from __future__ import annotations

import pytest
from making import MIN, beat, device, minutes, mixed, timeline

from rooms.evidence import counted
from rooms.occupancy import Evident, Sample, padding, room_now

HEARD = {"co2_ppm": 500.0}
MOVED = {"motion": 1.0}


def quiet(stop: float = 120) -> list:
    return beat(stop, 10, **HEARD)


def test_no_device_is_unknown() -> None:
    line = timeline()
    assert (line.occupied, minutes(line.unknown), line.vacant) == ([], [(0, 120)], [])
    assert room_now(timeline(known_until=120)).state == "unknown"


def test_devices_that_said_nothing_are_unknown() -> None:
    line = timeline(device("motion", []), device("presence", []))
    assert (line.occupied, minutes(line.unknown)) == ([], [(0, 120)])


def test_known_for_so_long_after_any_message() -> None:
    line = timeline(device("motion", [(10, HEARD), (30, HEARD)]))
    assert minutes(line.vacant) == [(10, 55)]  # 2.5 x 10 min after the last
    lorawan = timeline(device("motion", [(10, HEARD)], factor=4.5))
    assert minutes(lorawan.vacant) == [(10, 55)]


class TestMotion:
    def test_gaps_to_ten_minutes_are_bridged_and_the_stay_ends_at_the_last_trigger(self) -> None:
        said = mixed(quiet(), [(20, MOVED), (30, MOVED), (35, MOVED), (45.1, MOVED), (50, MOVED)])
        line = timeline(device("motion", said))
        assert minutes(line.occupied) == [(20, 35), (45.1, 50)]
        assert minutes(line.unknown) == []

    def test_triggers_of_two_sensors_are_one_series(self) -> None:
        one = device("motion", mixed(quiet(), [(20, MOVED), (36, MOVED)]), name="one")
        two = device("motion", mixed(quiet(), [(28, MOVED)]), name="two")
        line = timeline(one, two)
        assert minutes(line.occupied) == [(20, 36)]
        assert line.evidence == [
            Evident(20 * MIN, 28 * MIN, "one", "motion"),
            Evident(28 * MIN, 36 * MIN, "two", "motion"),
        ]

    @pytest.mark.parametrize(
        ("previous", "expected"), [(27, (27, 30)), (23, (23, 30)), (10, (20, 30))]
    )
    def test_a_count_covers_the_time_since_the_message_before(
        self, previous: float, expected: tuple[float, float]
    ) -> None:
        """... but at most one interval (10 min)."""
        line = timeline(device("motion", [(previous, HEARD), (30, {"motion_count": 2.0})]))
        assert minutes(line.occupied) == [expected]

    def test_other_kinds_at_the_same_time_are_no_message_before(self) -> None:
        said = [(20, HEARD), (30, HEARD), (30, {"motion_count": 2.0}), (30, {"battery_pct": 9.0})]
        assert minutes(timeline(device("motion", said)).occupied) == [(20, 30)]

    def test_built_in_hold_is_taken_off(self) -> None:
        said = [(10, {"occupied": 1.0}), (40, {"occupied": 0.0})]
        line = timeline(device("motion", said, every=3600, hold=90))
        assert minutes(line.occupied) == [(10, 38.5)]

    def test_hold_never_reaches_before_the_trigger(self) -> None:
        said = [(10, {"occupied": 1.0}), (13, {"occupied": 1.0}), (14, {"occupied": 0.0})]
        line = timeline(device("motion", said, every=3600, hold=90))
        assert minutes(line.occupied) == [(10, 13)]

    def test_without_a_follow_up_the_stay_ends_at_the_last_trigger_and_the_rest_is_unknown(
        self,
    ) -> None:
        said = [(10, {"occupied": 1.0}), (20, {"occupied": 1.0})]
        line = timeline(device("motion", said))
        assert minutes(line.occupied) == [(10, 20)]
        assert minutes(line.vacant) == []

    def test_a_lost_vacancy_does_not_fill_the_gap_to_the_next_movement(self) -> None:
        said = mixed(quiet(), [(20, {"occupied": 1.0}), (40, {"occupied": 1.0})])
        said = mixed(said, [(45, {"occupied": 1.0}), (48, {"occupied": 0.0})])
        line = timeline(device("motion", said))
        assert minutes(line.occupied) == [(40, 48)]
        assert minutes(line.unknown) == [(20, 40)]

    def test_short_stays_are_dropped_unless_in_company(self) -> None:
        said = [(20, MOVED), (21.5, MOVED), (60, MOVED), (62, MOVED)]
        line = timeline(device("motion", mixed(quiet(), said)))
        assert minutes(line.occupied) == [(60, 62)]
        assert minutes(line.unknown) == []  # the dropped stay is vacant

    def test_company_may_be_of_another_kind(self) -> None:
        chair = [(0, {"occupied": 0.0}), (20, {"occupied": 1.0}), (21, {"occupied": 0.0})]
        desk = device("presence", mixed(chair, quiet()), name="desk")
        near = device("motion", mixed(quiet(), [(31, MOVED)]), name="pir")
        far = device("motion", mixed(quiet(), [(31.1, MOVED)]), name="pir")
        assert minutes(timeline(desk, near).occupied) == [(20, 21)]
        assert minutes(timeline(desk, far).occupied) == []


class TestPresenceAndCount:
    def test_until_the_next_report_but_not_longer_than_known(self) -> None:
        line = timeline(device("presence", [(10, {"occupied": 1.0}), (20, {"occupied": 0.0})]))
        assert (minutes(line.occupied), minutes(line.vacant)) == ([(10, 20)], [(20, 45)])
        assert minutes(timeline(device("presence", [(10, {"occupied": 1.0})])).occupied) == [
            (10, 35)
        ]

    def test_other_messages_keep_a_state_known_for_a_day(self) -> None:
        said = mixed([(0, {"occupied": 1.0})], quiet(26 * 60))
        line = timeline(device("presence", said), stop=26 * 60, known_until=2000)
        assert minutes(line.occupied) == [(0, 24 * 60)]
        assert minutes(line.unknown) == [(24 * 60, 26 * 60)]

    def test_after_a_silence_other_messages_do_not_bring_a_state_back(self) -> None:
        line = timeline(device("presence", [(0, {"occupied": 0.0}), (30, HEARD)]))
        assert minutes(line.vacant) == [(0, 25)]

    def test_room_in_use_is_preferred(self) -> None:
        said = [(n * 10, {"occupied": 1.0, "room_in_use": 0.0}) for n in range(3)]
        line = timeline(device("presence", [*said, (30, {"room_in_use": 1.0})]))
        assert minutes(line.occupied) == [(30, 55)]

    def test_people(self) -> None:
        said = [(0, {"people": 0.0}), (10, {"people": 3.0}), (20, {"people": 0.0})]
        line = timeline(device("count", said))
        assert minutes(line.occupied) == [(10, 20)]
        assert [(a / MIN, b / MIN, n) for a, b, n in line.people] == [
            (0, 10, 0),
            (10, 20, 3),
            (20, 45, 0),
        ]

    def test_zones_add_up_and_in_a_zone_the_highest_counts(self) -> None:
        def seen(name: str, people: float, zone: str | None) -> object:
            return device("count", [(0, {"people": people})], name=name, zone=zone)

        same = timeline(seen("a", 2.0, None), seen("b", 3.0, None))
        apart = timeline(seen("a", 2.0, "x"), seen("b", 3.0, "y"), seen("c", 1.0, "y"))
        assert [n for *_, n in same.people] == [3]
        assert [n for *_, n in apart.people] == [5]

    def test_a_silent_zone_leaves_the_number_open(self) -> None:
        left = device("count", [(0, {"people": 2.0}), (10, {"people": 2.0})], zone="x")
        right = device("count", [(0, {"people": 1.0})], zone="y", every=120)
        line = timeline(left, right)
        assert [(a / MIN, b / MIN, n) for a, b, n in line.people] == [(0, 5, 3)]
        assert minutes(line.occupied) == [(0, 35)]


class TestWhatNeverShowsVacancy:
    def test_call(self) -> None:
        said = [(0, {"in_call": 0.0}), (10, {"in_call": 1.0}), (20, {"in_call": 0.0})]
        line = timeline(device("call", said), stop=60)
        assert (minutes(line.occupied), line.vacant) == ([(10, 20)], [])
        assert minutes(line.unknown) == [(0, 10), (20, 60)]

    def test_line(self) -> None:
        totals = [(0, 5.0), (10, 5.0), (20, 6.0), (28, 7.0), (50, 7.0)]
        line = timeline(device("line", [(m, {"in_total": n}) for m, n in totals]), stop=60)
        assert (minutes(line.occupied), line.vacant) == ([(20, 28)], [])

    def test_a_crossing_is_a_trigger_like_a_movement(self) -> None:
        door = device("line", [(0, {"out_total": 5.0}), (20, {"out_total": 6.0})], name="door")
        pir = device("motion", mixed(quiet(), [(29, MOVED)]), name="pir")
        assert minutes(timeline(door, pir).occupied) == [(20, 29)]

    @pytest.mark.parametrize(
        ("old", "new", "expected"),
        [
            (7, 9, 2),
            (7, 7, 0),
            (7, 0, 0),
            (7, 2, 2),
            (65_535, 0, 1),
            (65_530, 4, 10),
            (2**32 - 1, 3, 4),
            (65_000, 30_000, 30_000),
            (70_000, 3, 3),
        ],
    )
    def test_counters_wrap_and_reset(self, old: float, new: float, expected: int) -> None:
        assert counted(old, new) == expected

    def test_a_counter_is_not_compared_with_one_of_yesterday(self) -> None:
        said = [(0, {"in_total": 1.0}), (1441, {"in_total": 2.0}), (1443, {"in_total": 3.0})]
        line = timeline(device("line", said), stop=1500, known_until=2000)
        assert line.occupied == []


class TestTrustAndAvailability:
    def test_offline_is_unknown_until_the_next_message(self) -> None:
        said = [(0, {"occupied": 0.0}), (10, {"online": 0.0}), (15, {"occupied": 0.0})]
        line = timeline(device("presence", said), stop=30)
        assert minutes(line.unknown) == [(10, 15)]

    def test_online_alone_is_a_message(self) -> None:
        line = timeline(device("motion", [(10, {"online": 1.0})]), stop=60)
        assert minutes(line.vacant) == [(10, 35)]

    def test_of_a_backlog_only_the_last_is_evidence_and_the_gap_is_unknown(self) -> None:
        run = [(18 + n / 60, {"occupied": 1.0, "backlog": 1.0}) for n in range(3)]
        said = [(0, {"occupied": 0.0}), *run, (20, {"occupied": 0.0})]
        line = timeline(device("presence", said), stop=20)
        last = 18 + 2 / 60
        assert minutes(line.unknown) == [(0, last)]
        assert minutes(line.occupied) == []  # 1 min 58 s alone
        motion = [(n, {"motion": 1.0, "backlog": 1.0}) for n, _ in run]
        stay = [(10, MOVED), (14, MOVED), *motion, (22, MOVED), (24, MOVED)]
        line = timeline(device("motion", stay), stop=24)
        assert minutes(line.occupied) == [(10, 14), (last, 24)]
        assert minutes(line.unknown) == [(0, 10), (14, last)]

    def test_a_long_outage_is_known_as_long_as_any_other(self) -> None:
        said = [(0, {"occupied": 0.0}), (90, {"occupied": 0.0, "backlog": 1.0})]
        assert minutes(timeline(device("presence", said)).vacant) == [(0, 25), (90, 115)]

    def test_distrusted_gives_neither_evidence_nor_knowledge(self) -> None:
        stuck = device(
            "presence", beat(60, 10, occupied=1.0), distrusted=[(15 * MIN, 45 * MIN)], name="a"
        )
        line = timeline(stuck, stop=60)
        assert (minutes(line.occupied), minutes(line.unknown)) == (
            [(0, 15), (50, 60)],
            [(15, 50)],
        )
        other = device("motion", quiet(), name="b")
        assert minutes(timeline(stuck, other, stop=60).vacant) == [(15, 50)]

    def test_what_was_said_in_another_room_is_not_about_this_one(self) -> None:
        moved = device("presence", beat(60, 10, occupied=1.0), placed=[(25 * MIN, 50 * MIN)])
        line = timeline(moved, stop=60)
        assert minutes(line.occupied) == [(30, 50)]
        assert minutes(line.unknown) == [(0, 30), (50, 60)]

    def test_order_and_copies_make_no_difference(self) -> None:
        said = mixed(quiet(), [(20, {"motion_count": 1.0}), (27, MOVED), (40, {"occupied": 1.0})])
        assert timeline(device("motion", [*said, *said[::-1]])) == timeline(device("motion", said))


class TestNow:
    def test_a_movement_shows_at_once_and_is_provisional(self) -> None:
        sensor = device("motion", [(0, HEARD), (20, MOVED)])
        now = room_now(timeline(sensor, stop=20, known_until=20))
        assert (now.state, now.since, now.provisional) == ("occupied", 20 * MIN, True)
        later = room_now(timeline(sensor, stop=29.9, known_until=29.9))
        assert (later.state, later.since, later.provisional) == ("occupied", 20 * MIN, True)
        assert [(e.device, e.evidence) for e in later.evidence] == [("d", "motion")]

    def test_and_is_gone_when_none_follows(self) -> None:
        sensor = device("motion", mixed(quiet(), [(12, MOVED), (20, MOVED)]))
        now = room_now(timeline(sensor, stop=31, known_until=31))
        assert (now.state, now.since, now.provisional) == ("vacant", 20 * MIN, False)

    def test_presence_is_not_provisional(self) -> None:
        radar = device("presence", [(0, {"occupied": 0.0}), (20, {"occupied": 1.0})], name="r")
        pir = device("motion", [(18, MOVED)], name="p")
        now = room_now(timeline(radar, pir, stop=22, known_until=22))
        assert (now.state, now.since, now.provisional) == ("occupied", 18 * MIN, False)
        assert sorted(e.device for e in now.evidence) == ["p", "r"]

    def test_a_held_motion_sensor_stays_occupied_while_known(self) -> None:
        pir = device("motion", [(0, {"occupied": 1.0})], every=3600)
        now = room_now(timeline(pir, stop=100, known_until=100))
        assert (now.state, now.since_open, now.provisional) == ("occupied", True, True)

    def test_since_open_and_people(self) -> None:
        counter = device("count", [(-10, {"people": 4.0}), (5, {"people": 2.0})])
        now = room_now(timeline(counter, stop=10, known_until=10))
        assert (now.state, now.since, now.since_open, now.people) == ("occupied", 0, True, 2)

    def test_unknown_since(self) -> None:
        now = room_now(timeline(device("motion", [(0, HEARD)]), stop=60, known_until=60))
        assert (now.state, now.since, now.since_open) == ("unknown", 25 * MIN, False)

    def test_the_future_is_unknown(self) -> None:
        line = timeline(device("motion", quiet()), stop=60, known_until=30)
        assert line.unknown == [(30 * MIN + 1000, 60 * MIN)]
        assert line.settled_until < 30 * MIN


def test_ends_are_whole_seconds() -> None:
    said = [(0, HEARD), (10.008, MOVED), (15.02, MOVED)]  # 600.480 s, 901.2 s
    assert timeline(device("motion", said)).occupied == [(600_000, 901_000)]


def test_padding() -> None:
    motion = device("motion", [], every=600, factor=4.5, hold=90)
    assert padding([motion]) == (57 * MIN, round(58.5 * MIN))
    assert padding([motion, device("presence", [])]) == (24 * 60 * MIN + 12 * MIN, 58.5 * MIN)
    assert padding([]) == (12 * MIN, 12 * MIN)


def test_text_in_a_numeric_field_is_no_evidence() -> None:
    assert timeline(device("motion", [(0, {"motion": "yes"})])).occupied == []
    assert Sample(0, {}).fields == {}
