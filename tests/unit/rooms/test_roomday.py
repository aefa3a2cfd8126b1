"""One room, one day, by hand: what counts, on days of any length."""

from __future__ import annotations

from datetime import date, timedelta

from oneday import DAY, HOUR, ZONE, at, booking, by_hour, made, spans

from rooms.attribution import Booking, CheckIn, Claims, Correction, Share
from rooms.occupancy import Timeline
from rooms.roomday import DayFacts, reach, room_day
from rooms.utilisation import PartnerUse, Quarter, Use


def test_a_plain_day() -> None:
    room = made(
        "08:50>10:05 11:59:30>12:02:10",
        unknown="14:00>15:30",
        bookings=[booking("09:00>10:00", "arenan")],
    )
    assert room.use == Use(
        bookable_s=9 * HOUR,
        known_s=9 * HOUR - 5400,
        occupied_s=75 * 60 + 160,
        booked_s=HOUR,
        walkin_s=10 * 60 + 5 * 60 + 160,
        bookings=1,
        assessable=1,
    )
    assert by_hour(room, "bookable_s") == dict.fromkeys(range(8, 17), HOUR)
    assert by_hour(room, "occupied_s") == {8: 600, 9: 3600, 10: 300, 11: 30, 12: 130}
    assert by_hour(room, "known_s")[15] == 1800
    assert by_hour(room, "booked_s") == {9: 3600}
    assert by_hour(room, "bookings") == {9: 1}
    assert room.hours[8].quarters == (
        *[Quarter(900, 900, 0)] * 3,
        Quarter(900, 900, 600),  # 08:50 to 09:00
    )
    assert room.hours[15].quarters[2] == Quarter(900, 900, 0)
    assert room.hours[15].quarters[1] == Quarter(900, 0, 0)
    # ten minutes early and five minutes over are the booking's as well
    assert room.shares == [
        Share(at("08:50"), at("10:05"), "arenan", "booking"),
        Share(at("11:59:30"), at("12:02:10"), None, "unattributed"),
    ]
    assert room.partners == {
        "arenan": PartnerUse(booking_s=75 * 60),
        None: PartnerUse(unattributed_s=160),
    }


def test_use_outside_opening_hours_and_in_cleaning() -> None:
    room = made(
        "07:30>08:30 11:45>12:30 16:50>17:40",
        bookable="08:00>12:00 12:30>17:00",
        cleaning="12:00>12:30 17:00>17:15",
        host="skogstek",
    )
    assert by_hour(room, "occupied_s") == {8: 1800, 11: 900, 16: 600}
    assert by_hour(room, "outside_s") == {7: 1800, 17: 1500}  # 17:15 to 17:40
    assert by_hour(room, "bookable_s")[12] == 1800
    assert room.partners == {"skogstek": PartnerUse(host_s=3300, outside_s=3300)}
    assert sum(share.stop - share.start for share in room.shares) == (60 + 45 + 50) * 60_000


def test_a_day_of_25_hours() -> None:
    day = date(2026, 10, 25)
    room = made(
        "01:30>02:15*",  # 105 min
        bookable="00:00>+00:00",
        bookings=[booking("02:00*>03:00", "arenan", day=day)],
        until="+20:00",
        day=day,
    )
    assert len(room.hours) == 25
    assert room.use.bookable_s == room.use.known_s == 25 * HOUR
    assert by_hour(room, "occupied_s") == {1: 1800, 2: 3600, 3: 900}
    assert by_hour(room, "booked_s") == {3: 3600}
    assert by_hour(room, "bookings") == {3: 1}
    assert by_hour(room, "walkin_s") == {1: 1800, 2: 3600}
    assert (room.stop - room.start) == 25 * HOUR * 1000
    assert room.hours[3].start - room.hours[2].start == HOUR * 1000


def test_a_day_of_23_hours() -> None:
    day = date(2027, 3, 28)
    room = made(
        "01:30>03:15", bookable="00:00>+00:00", unknown="22:00>23:00", until="+20:00", day=day
    )
    assert len(room.hours) == 23
    assert room.use.bookable_s == 23 * HOUR
    assert room.use.known_s == 22 * HOUR
    assert by_hour(room, "occupied_s") == {1: 1800, 2: 900}  # the hour after 1 is 3
    assert by_hour(room, "known_s") == dict.fromkeys([*range(21), 22], HOUR)


def test_a_stay_over_midnight_is_cut_between_two_days() -> None:
    night = "23:20>+00:40"
    party = booking("22:00>23:30", "arenan")
    first = made(night, bookable="08:00>+00:00", bookings=[party])
    tomorrow = DAY + timedelta(days=1)
    second = made("-23:20>00:40", bookable="00:00>12:00", bookings=[party], day=tomorrow)
    assert by_hour(first, "occupied_s") == {23: 2400}
    assert by_hour(second, "occupied_s") == {0: 2400}
    # what began in a booking stays the booker's, over midnight too
    assert first.partners == {"arenan": PartnerUse(booking_s=2400, no_show_s=80 * 60)}
    assert second.partners == {"arenan": PartnerUse(booking_s=2400)}
    assert first.shares[-1].stop == second.shares[0].start == second.start
    assert (first.use.bookings, second.use.bookings) == (1, 0)


def test_a_leap_day() -> None:
    day = date(2028, 2, 29)
    room = made("09:00>10:00", day=day)
    assert (room.day, room.use.occupied_s, len(room.hours)) == (day, HOUR, 24)
    assert room.stop == at("00:00", date(2028, 3, 1))


def test_seat_fill_counts_people_in_occupied_bookable_time_only() -> None:
    people = [
        (at("07:00"), at("08:30"), 4),  # from 08:00 on: 30 min
        (at("08:30"), at("09:10"), 9),  # 09:00 to 09:10 is not occupied
        (at("10:00"), at("10:40"), 0),  # a PIR sees somebody, the counter does not: 10 min
    ]
    room = made("07:00>09:00 10:30>11:00", people=people, capacity=12)
    assert room.use.person_s == 4 * 1800 + 9 * 1800 + 0
    assert room.use.counted_s == 1800 + 1800 + 600
    assert room.use.seat_s == 12 * 4200
    assert room.use.people_max == 9
    assert by_hour(room, "people_max") == {8: 9}
    assert by_hour(room, "counted_s") == {8: 3600, 10: 600}
    # the same people in a room that has grown
    assert made("07:00>09:00 10:30>11:00", people=people, capacity=24).use.seat_s == 24 * 4200


def test_lost_time_is_bookable_time_with_broken_equipment() -> None:
    room = made(broken="07:00>08:20:30 16:00>+09:00")
    assert by_hour(room, "lost_s") == {8: 1230, 16: 3600}


def test_the_current_day_counts_up_to_now() -> None:
    later = booking("12:20>13:00", "arenan", "later")
    room = made(
        "12:00>12:34:56",
        until="12:34:56",
        bookings=[later, booking("09:00>10:00", "skogstek", "past"), booking("15:00>16:00")],
        broken="12:30>+09:00",
    )
    assert room.use.bookable_s == room.use.known_s == 4 * HOUR + 34 * 60 + 56
    assert by_hour(room, "occupied_s") == {12: 2096}
    assert room.use.booked_s == HOUR + 14 * 60 + 56
    assert by_hour(room, "lost_s") == {12: 296}
    # the booking at 15 counts, though nothing can be told of it; that of 12:20 not before 12:35
    assert (room.use.bookings, room.use.assessable, room.use.no_shows) == (3, 1, 1)
    assert room.hours[12].quarters[2] == Quarter(296, 296, 296)
    assert room.hours[13].use == Use()
    for now, assessable in (("12:34:59", 0), ("12:35", 1)):
        use = made("12:00>12:34:56", until=now, bookings=[later]).use
        assert (use.bookings, use.assessable) == (1, assessable)


def test_nothing_after_now_counts_even_if_it_is_told() -> None:
    whole = made("12:00>13:00")
    start, stop = reach(DAY, ZONE)
    line = Timeline(start, stop, spans("12:00>13:00"), [], [], [], stop)
    facts = DayFacts(
        ZONE, DAY, line, spans("08:00>17:00"), [], 4, Claims(), [], at("12:30:00") + 999
    )
    assert room_day(facts).use.occupied_s == 1800
    assert room_day(facts).use.bookable_s == 4.5 * HOUR
    assert room_day(facts).shares == [
        Share(at("12:00"), at("12:30"), None, "unattributed"),
    ]
    assert whole.use.occupied_s == HOUR


def test_what_the_timeline_leaves_out_is_unknown() -> None:
    line = Timeline(at("10:00"), at("11:00"), spans("10:00>10:30"), [], [], [], at("11:00"))
    facts = DayFacts(ZONE, DAY, line, spans("08:00>17:00"), [], 4, Claims(), [], at("+12:00"))
    use = room_day(facts).use
    assert (use.bookable_s, use.known_s, use.occupied_s) == (9 * HOUR, HOUR, 1800)


def test_parts_of_a_second_are_cut_off_before_anything_is_summed() -> None:
    start, stop = at("09:00") + 900, at("10:00") + 100
    claims = Claims([Booking("a", start, stop, "arenan")])
    first, last = reach(DAY, ZONE)
    line = Timeline(first, last, [], [], [], [], last)
    facts = DayFacts(ZONE, DAY, line, spans("08:00>17:00"), [], 4, claims, [(start, stop)], last)
    room = room_day(facts)
    assert by_hour(room, "booked_s") == by_hour(room, "lost_s") == {9: HOUR}
    assert room.partners == {"arenan": PartnerUse(no_show_s=HOUR)}


def test_corrections_and_check_ins_by_class() -> None:
    room = made(
        "09:00>12:00",
        checkins=[CheckIn(at("09:30"), "norrsken"), CheckIn(at("10:30"), None)],
        corrections=[Correction(1, at("10:00"), at("10:15"), "arenan")],
    )
    assert room.partners == {
        None: PartnerUse(unattributed_s=2 * HOUR),
        "norrsken": PartnerUse(checkin_s=45 * 60),
        "arenan": PartnerUse(correction_s=15 * 60),
    }


def test_an_empty_day_is_all_zeros() -> None:
    room = made(bookable="", until="-12:00")
    assert room.use == Use()
    assert len(room.hours) == 24
    assert (room.partners, room.shares) == ({}, [])
