"""Which events take the room, and when: recurrence, zones, what is left out and said."""

from __future__ import annotations

import pytest

from collector.calendars import reader
from collector.calendars.reader import read_feed
from rooms.units import DAY_MS
from tests.unit.calendars.feeds import calendar, cautions, event, ms, read, request, times

NINE = ("DTSTART;TZID=Europe/Stockholm:20261103T090000", "DURATION:PT1H")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("STATUS:CANCELLED", "cancelled"),
        ("status:cancelled", "cancelled"),
        ("TRANSP:TRANSPARENT", "free"),
        ("X-MICROSOFT-CDO-BUSYSTATUS:FREE", "free"),
        ("X-MICROSOFT-CDO-BUSYSTATUS:WORKINGELSEWHERE", "free"),
        ("ATTENDEE;CUTYPE=ROOM;PARTSTAT=DECLINED:mailto:granen@arenan.example", "declined"),
        ("STATUS:TENTATIVE", ""),
        ("X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE", ""),
        ("X-MICROSOFT-CDO-BUSYSTATUS:OOF", ""),
        ("ATTENDEE;PARTSTAT=DECLINED:mailto:guest@example.org", ""),
    ],
)
def test_what_takes_the_room(line: str, reason: str) -> None:
    found = read(event(*NINE, line))
    assert times(found) == ([] if reason else ["11-03 08:00 09:00"])
    assert found.ignored == ({reason: 1} if reason else {})
    assert found.cautions == []


def test_declined_by_the_organiser_or_by_every_room() -> None:
    organiser = "ORGANIZER:mailto:elin@skogstek.example"
    own = "ATTENDEE;PARTSTAT=DECLINED:MAILTO:Elin@skogstek.example"
    assert read(event(*NINE, organiser, own)).ignored == {"declined": 1}
    no = "ATTENDEE;CUTYPE=RESOURCE;PARTSTAT=DECLINED:mailto:tallen@arenan.example"
    yes = "ATTENDEE;CUTYPE=RESOURCE;PARTSTAT=ACCEPTED:mailto:granen@arenan.example"
    assert read(event(*NINE, no, yes)).ignored == {}


def test_a_cancelled_calendar_has_no_bookings() -> None:
    cancelled = calendar(event(*NINE), head=("METHOD:CANCEL",))
    later = calendar(event(*NINE, uid="2"))
    found = read_feed(cancelled + later, request())
    assert found.ignored == {"cancelled": 1}
    assert len(found.events) == 1


def test_moved_and_excluded_occurrences() -> None:
    start = "DTSTART;TZID=Europe/Stockholm:20261019T090000"
    series = event(
        start,
        "DURATION:PT30M",
        "RRULE:FREQ=WEEKLY",
        "EXDATE;TZID=Europe/Stockholm:20261026T090000",
        "EXDATE:20261102T080000Z",
        "RDATE;TZID=Europe/Stockholm:20261021T100000",
    )
    moved = event(
        "RECURRENCE-ID:20261109T080000Z",
        "DTSTART;TZID=Europe/Stockholm:20261110T150000",
        "DURATION:PT2H",
    )
    gone = event("RECURRENCE-ID;TZID=Europe/Stockholm:20261116T090000", start, "STATUS:CANCELLED")
    found = read(series, moved, gone)
    assert times(found)[:4] == [
        "10-19 07:00 07:30",  # summer time
        "10-21 08:00 08:30",
        "11-10 14:00 16:00",
        "11-23 08:00 08:30",
    ]
    assert len(found.events) == 3 + 6  # Mondays from 23 November to 28 December
    assert found.ignored == {"cancelled": 1}


def test_a_meeting_that_is_moved_keeps_its_id() -> None:
    series = event(*NINE, "RRULE:FREQ=DAILY;COUNT=2")
    override = event(
        "RECURRENCE-ID;TZID=Europe/Stockholm:20261104T090000",
        "DTSTART;TZID=Europe/Stockholm:20261105T110000",
        "DURATION:PT1H",
    )
    before, after = read(series).events, read(series, override).events
    assert [b.id for b in before] == [b.id for b in after]
    assert before[1].start != after[1].start
    other = event("DTSTART;TZID=Europe/Stockholm:20261204T090000", "DURATION:PT1H")
    assert read(event(*NINE)).events[0].id == read(other).events[0].id


def test_ids_are_hashed_for_each_room_with_a_key() -> None:
    text = calendar(event(*NINE, uid="elin.berg@skogstek.example"))
    ids = {
        read_feed(text, request(room=room, key=key)).events[0].id
        for room in ("granen", "tallen")
        for key in ("k", "l")
    }
    assert len(ids) == 4
    assert all(len(id_) == 32 and set(id_) <= set("0123456789abcdef") for id_ in ids)


@pytest.mark.parametrize(
    ("until", "days"),
    [("20261105", 3), ("20261105T090000", 3), ("20261105T080000Z", 3), ("20261105T075959Z", 2)],
)
def test_the_end_of_a_series(until: str, days: int) -> None:
    """A day means all of it, a time without a zone is the series' own."""
    found = read(event(*NINE, f"RRULE:FREQ=DAILY;UNTIL={until}"))
    assert len(found.events) == days


def test_whole_days_are_the_rooms_days() -> None:
    """25 hours on 25 October; several days; a series of them."""
    found = read(
        event("DTSTART;VALUE=DATE:20261025", uid="1"),
        event("DTSTART;VALUE=DATE:20261101", "DTEND;VALUE=DATE:20261103", uid="2"),
        event("DTSTART;VALUE=DATE:20261201", "RRULE:FREQ=DAILY;UNTIL=20261202", uid="3"),
    )
    assert times(found) == [
        "10-24 22:00 10-25 23:00",
        "10-31 23:00 11-02 23:00",
        "11-30 23:00 12-01 23:00",
        "12-01 23:00 12-02 23:00",
    ]


@pytest.mark.parametrize(
    ("start", "said"),
    [
        ("DTSTART:20261103T090000Z", "11-03 09:00 10:00"),
        ("DTSTART:20261103T090000", "11-03 08:00 09:00"),  # floating: the room's clock
        ("DTSTART;TZID=W. Europe Standard Time:20261103T090000", "11-03 08:00 09:00"),
        ('DTSTART;TZID="FLE Standard Time":20261103T090000', "11-03 07:00 08:00"),
        ("DTSTART;TZID=/citadel.org/2026/Europe/Helsinki:20261103T090000", "11-03 07:00 08:00"),
        ("DTSTART;TZID=Own:20261103T090000", "11-03 03:00 04:00"),
        ("DTSTART;TZID=Customized Time Zone:20261103T090000", "11-03 08:00 09:00"),
    ],
)
def test_zones(start: str, said: str) -> None:
    zone = ["BEGIN:VTIMEZONE", "TZID:Own", "BEGIN:STANDARD", "DTSTART:16010101T000000"]
    zone += ["TZOFFSETFROM:+0600", "TZOFFSETTO:+0600", "END:STANDARD", "END:VTIMEZONE"]
    found = read(zone, event(start, "DURATION:PT1H"))
    assert times(found) == [said]
    unknown = "Customized" in start
    assert cautions(found) == ([("zone_unknown", 11, "Customized Time Zone")] if unknown else [])


def test_an_unknown_zone_is_told_once_and_forgotten_with_its_feed() -> None:
    odd = [event("DTSTART;TZID=Odd:20261103T090000", "DURATION:PT1H", uid=str(n)) for n in (1, 2)]
    assert cautions(read(*odd)) == [("zone_unknown", 3, "Odd")]
    zone = ["BEGIN:VTIMEZONE", "TZID:Odd", "BEGIN:STANDARD", "DTSTART:19700101T000000"]
    zone += ["TZOFFSETFROM:+0000", "TZOFFSETTO:+0000", "END:STANDARD", "END:VTIMEZONE"]
    assert cautions(read(zone, *odd)) == []
    assert len(cautions(read(*odd))) == 1


def test_a_series_in_utc_goes_by_the_clock_of_its_calendar() -> None:
    series = event("DTSTART:20261023T070000Z", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=2")
    assert times(read(series))[1] == "10-30 07:00 08:00"
    assert times(read(series, head=("X-WR-TIMEZONE:Europe/Stockholm",)))[1] == "10-30 08:00 09:00"


BROKEN = {
    "no-start": (("DURATION:PT1H",), "broken", "DTSTART"),
    "no-date": (("DTSTART:2026-11-03",), "broken", "DTSTART"),
    "two-starts": (("DTSTART:20261103T090000Z",) * 2, "broken", "DTSTART"),
    "backwards": (("DTSTART:20261103T090000Z", "DTEND:20261103T080000Z"), "broken", "DTEND"),
    "day-and-time": (("DTSTART:20261103T090000Z", "DTEND;VALUE=DATE:20261104"), "broken", "DTEND"),
    "no-rule": ((*NINE, "RRULE:FREQ=NEVER"), "broken", "RRULE"),
    "secondly": ((*NINE, "RRULE:FREQ=SECONDLY;COUNT=3"), "too_often", "RRULE"),
    "minutely": ((*NINE, "RRULE:freq=minutely"), "too_often", "RRULE"),
    "thousands": ((*NINE, "RRULE:FREQ=DAILY;COUNT=30"), "too_many", ""),
    "never": ((*NINE, "RRULE:FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30"), "too_slow", ""),
    "no-colon": ((*NINE, "DTEND"), "broken", ""),
}


@pytest.mark.parametrize("name", BROKEN)
def test_one_broken_event_does_not_lose_the_others(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "_EACH_S", 0.5)
    monkeypatch.setattr(reader, "MOST_EACH", 20)
    lines, key, detail = BROKEN[name]
    bad = event(*lines, "SUMMARY:Hemligt möte", uid="hemlig")
    found = read(event(*NINE, uid="a"), bad, event(*NINE, uid="b"))
    assert len(found.events) == 2
    [caution] = found.cautions
    assert (caution.key, caution.line, caution.detail) == (key, 8, detail)
    assert len(caution.event) == 8
    assert "emlig" not in str(caution)


def test_events_without_an_end_and_alarms_inside() -> None:
    alarm = ("BEGIN:VALARM", "TRIGGER:-PT5M", "DTSTART:oj", "END:VALARM")
    open_ = ["BEGIN:VEVENT", "UID:open", "DTSTART:20261103T090000Z"]
    found = read(open_, event(*alarm, *NINE))
    assert times(found) == ["11-03 08:00 09:00"]
    assert cautions(found) == [("unended", 3, "")]


def test_events_of_no_length_and_without_uid() -> None:
    bare = ["BEGIN:VEVENT", *NINE, "SUMMARY:x", "END:VEVENT"]
    other = ["BEGIN:VEVENT", *NINE, "SUMMARY:y", "END:VEVENT"]
    found = read(event("DTSTART:20261103T090000Z"), bare, other)
    assert found.ignored == {"empty": 1}
    assert len({b.id for b in found.events}) == 2


def test_only_the_window_is_expanded() -> None:
    found = read(event("DTSTART:19950101T120000Z", "DURATION:PT1H", "RRULE:FREQ=DAILY"))
    assert len(found.events) == 31 + 30 + 31
    assert times(found)[0] == "10-01 12:00 13:00"
    across = event("DTSTART:20260930T230000Z", "DTEND:20261001T010000Z")
    before = event("DTSTART:20260930T230000Z", "DTEND:20261001T000000Z")
    assert len(read(across).events) == 1
    assert read(before).events == []


@pytest.mark.parametrize(
    ("end", "stop"), [("99991231T235959Z", "2096-12-31T23:59:59"), ("99960229", "2096-02-29T00:00")]
)
def test_until_further_notice_ends_where_every_clock_can_show_it(end: str, stop: str) -> None:
    start = "20261101T000000Z"[: len(end)]
    [booking] = read(event(f"DTSTART:{start}", f"DTEND:{end}")).events
    assert booking.stop // DAY_MS == ms(stop) // DAY_MS - (len(end) == 8)


def test_two_events_with_one_uid_are_told() -> None:
    ten = ("DTSTART:20261103T100000Z", "DTEND:20261103T110000Z")
    found = read(event(*NINE, "SEQUENCE:1"), event(*ten, "SEQUENCE:2"))
    assert times(found) == ["11-03 10:00 11:00"]
    assert cautions(found) == [("twice", 9, "")]
    assert cautions(read(event(*NINE), event(*NINE))) == []


def test_an_occurrence_named_by_its_day_is_moved_not_doubled() -> None:
    series = event(*NINE, "RRULE:FREQ=DAILY;COUNT=2")
    moved = event("RECURRENCE-ID;VALUE=DATE:20261104", "DTSTART:20261104T150000Z", "DURATION:PT1H")
    assert times(read(series, moved))[1:] == ["11-04 15:00 16:00"]
