"""The sums of days in October 2026 that intervals add up to, as the roll-up makes them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from rooms.statement.inputs import Empty, PartnerDay, RoomDay, RoomInput, Stay

ZONE = ZoneInfo("Europe/Stockholm")
FIRST, DAYS = date(2026, 10, 1), 31
BOOKABLE_S = 36_000  # 7 to 17
DayKey = tuple[str, date, str]  # room, day, partner
WEIGHTS = {"bjorken": Fraction(3, 2)}
BLIND, PRIVATE = frozenset({"tallen"}), frozenset({"kontoret"})


def days_of_partners(
    stays: Iterable[Stay],
    empty: Iterable[Empty],
    booked: dict[DayKey, int],
    lost: dict[DayKey, int],
) -> tuple[PartnerDay, ...]:
    """The sums that the intervals add up to, in the stores' order."""
    sums: dict[DayKey, Counter[str]] = {}

    def add(room: str, start: int, partner: str, field: str, seconds: int) -> None:
        day = datetime.fromtimestamp(start / 1000, UTC).astimezone(ZONE).date()
        sums.setdefault((room, day, partner), Counter())[field] += seconds

    for one in stays:
        field = "outside_s" if one.outside else f"{one.by}_s"
        add(one.room, one.start, one.partner, field, (one.stop - one.start) // 1000)
    for gap in empty:
        add(gap.room, gap.start, gap.partner, "no_show_s", (gap.stop - gap.start) // 1000)
    for field, given in (("booked_s", booked), ("lost_s", lost)):
        for key, seconds in given.items():
            sums.setdefault(key, Counter())[field] += seconds
    return tuple(PartnerDay(*key, **fields) for key, fields in sorted(sums.items()))


def days_of_rooms(
    rooms: Iterable[RoomInput],
    use: Iterable[PartnerDay],
    unknown: dict[tuple[str, date], int],
) -> tuple[RoomDay, ...]:
    """Every room's days; weekdays are bookable."""
    sums: dict[tuple[str, date], Counter[str]] = {}
    for one in use:
        found = sums.setdefault((one.room, one.day), Counter())
        found.update(used=one.used_s, outside=one.outside_s, lost=one.lost_s)

    def made(room: str, day: date) -> RoomDay:
        if room in PRIVATE:
            return RoomDay(room, day, Fraction(1), True, False, 0, 0, 0, 0, 0)
        found = sums.get((room, day), Counter())
        bookable = BOOKABLE_S if day.weekday() < 5 else 0
        blind = room in BLIND
        return RoomDay(
            room=room,
            day=day,
            weight=WEIGHTS.get(room, Fraction(1)),
            private=False,
            sensor=not blind,
            bookable_s=bookable,
            known_s=0 if blind else bookable - unknown.get((room, day), 0),
            occupied_s=found["used"],
            outside_s=found["outside"],
            lost_s=found["lost"],
        )

    days = [FIRST + timedelta(days=i) for i in range(DAYS)]
    return tuple(
        made(room.id, day) for room in sorted(rooms, key=lambda one: one.id) for day in days
    )
