"""Any bytes give events or a clear error, and any rule ends in time."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from collector.calendars.content import WANTED
from collector.calendars.protocol import FeedError, Reply
from collector.calendars.reader import read_feed
from rooms.texts import TEXTS
from tests.examples import costly
from tests.unit.calendars.feeds import PARTNERS, calendar, event, request

VALUES = st.sampled_from(
    [
        "20261103T090000Z",
        "20261103",
        "20261103T090000",
        "99991231T235959Z",
        "00010101",
        "PT1H",
        "-P1D",
        "FREQ=WEEKLY",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;COUNT=-1;UNTIL=x",
        "20261103T090000Z/PT1H,20261104T090000Z",
        "mailto:a@skogstek.example",
        "CANCELLED",
        "1",
        "",
    ]
)
LINE = st.builds(
    "{}{}:{}".format,
    st.sampled_from([*sorted(WANTED), "BEGIN", "END", "X"]),
    st.sampled_from(["", ";TZID=Europe/Stockholm", ";TZID=Odd", ";VALUE=DATE", ";VALUE=PERIOD"]),
    VALUES | st.text(max_size=12),
)


def check(text: str) -> None:
    asked = request()
    try:
        found = read_feed(text, asked)
    except FeedError as error:
        found = Reply(error=error.key)
    assert found.error is None or f"calendars.error.{found.error}" in TEXTS
    for booking in found.events:
        assert booking.start < booking.stop
        assert booking.start % 1000 == booking.stop % 1000 == 0
        assert asked.start < booking.stop
        assert booking.start < asked.stop
        assert booking.partner in {None, *(p.id for p in PARTNERS)}
    assert len({booking.id for booking in found.events}) == len(found.events)
    assert all(f"calendars.caution.{caution.key}" in TEXTS for caution in found.cautions)


@costly(2)
@given(st.binary(max_size=300))
def test_any_bytes(content: bytes) -> None:
    check(content.decode("utf-8-sig", "replace"))
    check("BEGIN:VCALENDAR\n" + content.decode("latin-1") + "\nEND:VCALENDAR")


@costly(2)
@given(st.lists(st.lists(LINE, max_size=8), max_size=3))
def test_any_properties(events: list[list[str]]) -> None:
    good = event("DTSTART:20261103T090000Z", "DURATION:PT1H", uid="good")
    many = [event(*lines, uid="same") for lines in events]
    check(calendar(*many, good))
