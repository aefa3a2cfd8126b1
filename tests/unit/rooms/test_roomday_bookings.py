"""One room, one day, by hand: bookings, no-shows and walk-ins."""

from __future__ import annotations

import pytest
from oneday import HOUR, at, booking, by_hour, made

from rooms.attribution import Booking
from rooms.utilisation import PartnerUse


@pytest.mark.parametrize(
    ("span", "count"),
    [
        ("16:59:59>18:00", 1),
        ("17:00>18:00", 0),  # touches no bookable time
        ("07:00>08:00", 0),
        ("07:00>08:00:01", 1),
        ("-23:00>09:00", 0),  # began the day before
        ("12:00>12:00", 0),  # lasts no time
        ("08:00>+08:00", 1),
    ],
)
def test_bookings_at_the_edges(span: str, count: int) -> None:
    assert made(bookings=[booking(span)]).use.bookings == count


@pytest.mark.parametrize(
    ("occupied", "unknown", "assessable", "no_shows"),
    [
        ("", "", 1, 1),
        ("08:54:59>08:55", "", 1, 1),  # left just before the window
        ("08:54:59>08:55:01", "", 1, 0),
        ("09:14:59>09:20", "", 1, 0),
        ("09:15>09:50", "", 1, 1),  # came late
        # two of the 20 minutes may be unknown, no more
        ("", "09:00>09:02", 1, 1),
        ("", "09:00>09:02:01", 0, 0),
        ("09:10>09:12", "09:00>09:02:01", 0, 0),
        ("", "09:15>10:00", 1, 1),
    ],
)
def test_no_shows(occupied: str, unknown: str, assessable: int, no_shows: int) -> None:
    use = made(occupied, unknown=unknown, bookings=[booking("09:00>10:00", "arenan")]).use
    assert (use.bookings, use.assessable, use.no_shows) == (1, assessable, no_shows)


def test_of_a_short_booking_no_more_than_its_time_is_asked() -> None:
    use = made("09:06>09:30", bookings=[booking("09:00>09:06", "arenan")]).use
    assert (use.assessable, use.no_shows) == (1, 1)


def test_what_a_no_show_kept_empty() -> None:
    room = made(
        "09:40>09:50",  # somebody, after all
        unknown="10:10>10:20",
        bookings=[
            booking("09:00>10:30", "arenan", "a"),
            booking("10:00>11:00", "skogstek", "b"),  # what is left of it: from 10:30
            booking("07:00>08:30", None, "c"),  # nobody's, from 08:00 on
        ],
        cleaning="10:45>11:00",
        bookable="08:00>10:45 11:00>17:00",
    )
    assert room.use.no_shows == 2  # of b: 10:10 to 10:15 is a quarter of its window
    assert room.use.bookings == 3
    assert room.partners == {
        "arenan": PartnerUse(booking_s=600, no_show_s=(90 - 10 - 10) * 60),
        None: PartnerUse(no_show_s=1800),
    }


@pytest.mark.parametrize(
    ("start", "no_show_s"),
    [
        ("-08:00", 9 * HOUR),  # nobody came yesterday, and the room is still kept empty
        ("-00:00", 9 * HOUR),
        # longer ago it is not known any more whether somebody came: not seen is not empty
        ("-00:00 -13 min", 0),
        ("-00:00 -60 h", 0),
    ],
)
def test_a_no_show_over_days_counts_for_a_day_and_no_longer(start: str, no_show_s: int) -> None:
    clock, _, rest = start.partition(" ")
    begin = at(clock) + {"": 0, "-13 min": -780_000, "-60 h": -60 * HOUR * 1000}[rest]
    room = made(bookings=[Booking("long", begin, at("+10:00"), "arenan")])
    assert sum(own.no_show_s for own in room.partners.values()) == no_show_s


def test_walk_ins_are_outside_all_bookings() -> None:
    room = made(
        "08:45>12:00",
        bookings=[booking("09:00>10:00", None, "a"), booking("09:30>11:00", "arenan", "b")],
    )
    assert room.use.booked_s == 2 * HOUR  # the overlap once
    assert room.use.walkin_s == 15 * 60 + HOUR
    assert by_hour(room, "walkin_s") == {8: 900, 11: 3600}
