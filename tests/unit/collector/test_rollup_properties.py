"""Whatever happens in whichever order: sums fit together, and the way there leaves no trace."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from rolled import DAY, DERIVED, HOUR, MIN, RolledHouse, at, site_of

from rooms.attribution import Booking, CheckIn
from rooms.readings import Point
from rooms.utilisation import PARTNER_NAMES, UNATTRIBUTED
from tests.examples import costly

FRIDAY = at("2026-10-30 00:00")  # a weekend, and the end of a month, are in between
DAYS = 4
PARTNERS = st.sampled_from([None, "renen", "vindel"])
ROOMS = st.sampled_from(["granen", "tallen"])
MOMENTS = st.integers(0, DAYS * 24 * 12 - 1).map(lambda n: FRIDAY + n * 5 * MIN)
LENGTHS = st.integers(1, 150).map(lambda n: n * 5 * MIN)
# where days matter to each other: about one midnight
GRANEN = st.just("granen")
EVENINGS = st.integers(-48, 6).map(lambda n: FRIDAY + 2 * DAY + n * 5 * MIN)

Change = Callable[[RolledHouse], None]


@contextmanager
def a_house() -> Iterator[RolledHouse]:
    """Both rooms have a movement sensor that is heard all the time."""
    with tempfile.TemporaryDirectory() as folder:
        house = RolledHouse(Path(folder), FRIDAY + (DAYS + 1) * DAY)
        devices = [
            {"id": f"pir-{room}", "source": "av", "address": room, "model": "generic-motion"}
            for room in ("granen", "tallen")
        ]
        placements = [
            {"device": f"pir-{room}", "room": room, "from": "2026-10-29"}
            for room in ("granen", "tallen")
        ]
        house.registry = site_of(
            opening_hours={"mon-sun": "00:00-24:00"},
            cleaning=[{"days": ["sat"], "at": "22:00-23:30"}],
            devices=devices,
            placements=placements,
        )
        house.store.write(
            [
                Point("presence", {"site": "s", "device": device["id"]}, time, {"motion": 0.0})
                for device in devices
                for time in range(FRIDAY - 2 * HOUR + MIN, FRIDAY + DAYS * DAY, 10 * MIN)
            ]
        )
        yield house
        house.close()


def a_stay(room: str, start: int, length: int) -> Change:
    def change(house: RolledHouse) -> None:
        tags = {"site": "s", "device": f"pir-{room}"}
        times = range(start, start + length + 1, 5 * MIN)
        house.store.write([Point("presence", tags, t, {"motion": 1.0}) for t in times])
        # as the watch does: what a movement matters to, before it and after it
        house.state.dirty.mark_time(room, [(start - 40 * MIN, times[-1] + HOUR)])

    return change


def a_booking(room: str, start: int, length: int, partner: str | None) -> Change:
    def change(house: RolledHouse) -> None:
        event = Booking(f"{start} {length} {partner}", start, start + length, partner)
        changed = house.state.claims.put_bookings(room, [event], start, start + length, 2**60)
        house.state.dirty.mark_time(room, changed)

    return change


def a_checkin(room: str, time: int, partner: str | None) -> Change:
    def change(house: RolledHouse) -> None:
        house.state.claims.check_in(room, CheckIn(time, partner), "api", time)
        house.state.dirty.mark_time(room, [(time, time + 1)])

    return change


def changes_of(
    rooms: st.SearchStrategy[str], times: st.SearchStrategy[int], most: int
) -> st.SearchStrategy[list[Change]]:
    one = st.one_of(
        st.builds(a_stay, rooms, times, LENGTHS),
        st.builds(a_booking, rooms, times, LENGTHS, PARTNERS),
        st.builds(a_checkin, rooms, times, PARTNERS),
    )
    return st.lists(one, min_size=2, max_size=most)


def non_zero(house: RolledHouse) -> dict[str, dict[str, Any]]:
    return {
        json.dumps([p.measurement, p.tags, p.time]): said
        for name in DERIVED
        for p in house.points(name)
        if (said := {name: value for name, value in p.fields.items() if value})
    }


@costly(12)
@given(changes_of(GRANEN, EVENINGS, 5), st.data())
def test_the_way_there_leaves_no_trace(changes: list[Change], data: st.DataObject) -> None:
    """Changes that come one by one, in any order, each twice or late, end in the same numbers
    as all of them computed at once."""
    with a_house() as slow, a_house() as fast:
        for house in (slow, fast):
            house.rollup.step()
        for change in data.draw(st.permutations(changes)):
            change(slow)
            slow.rollup.step()
        changes[0](slow)  # told again
        slow.rollup.step()
        for change in changes:
            change(fast)
        fast.roll(FRIDAY - DAY, fast.now)
        assert non_zero(slow) == non_zero(fast)


@costly(12)
@given(changes_of(ROOMS, MOMENTS, 10))
def test_sums_fit_together(changes: list[Change]) -> None:
    with a_house() as house:
        for change in changes:
            change(house)
        house.rollup.step()
        days, hours = house.points("use_day"), house.points("use_hour")
        months, zone = house.points("use_month"), house.registry.zone("s")

        def by(points: list[Point], *key: str, day: bool = False) -> dict[Any, Counter[str]]:
            """Added up, by tags, month and perhaps day; maxima left aside."""
            sums: dict[Any, Counter[str]] = {}
            for p in points:
                local = house.registry.local_day("s", p.time)
                own = (*(p.tags[k] for k in key), local.month, local.day if day else 0)
                fields = {k: v for k, v in p.fields.items() if k in days[0].fields}
                fields.pop("people_max", None)
                sums.setdefault(own, Counter()).update(fields)
            return sums

        assert zone.key == "Europe/Stockholm"
        assert by(hours, "room", day=True) == by(days, "room", day=True)
        assert by(days, "room") == by(months, "room")
        assert by(days, day=True) == by(house.points("site_day"), day=True)
        assert by(hours, "hour", day=True) == by(house.points("site_hour"), "hour", day=True)
        assert by(days) == by(house.points("site_month"))
        rooms = {(p.tags["room"], p.time): p.fields for p in days}
        used: Counter[Any] = Counter()
        outside: Counter[Any] = Counter()
        for p in house.points("partner_day"):
            own = (p.tags["room"], p.time)
            used[own] += sum(p.fields[name] for name in PARTNER_NAMES[:5])
            outside[own] += p.fields["outside_s"]
            assert p.tags["partner"] == UNATTRIBUTED or not p.fields["unattributed_s"]
        assert used == {own: fields["occupied_s"] for own, fields in rooms.items()}
        assert outside == {own: fields["outside_s"] for own, fields in rooms.items()}
        for p in hours:
            for name in ("bookable", "known", "occupied"):
                quarters = sum(p.fields[f"{name}_q{n}_s"] for n in (1, 2, 3, 4))
                assert quarters == p.fields[f"{name}_s"]
