"""The API's numbers and its timeline tell the same story, over what the roll-up really wrote."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from collector.rollup_series import write_days, write_sums
from rooms.attribution import Booking, CheckIn
from rooms.intervals import clip, total
from rooms.readings import Point
from rooms.utilisation import UNATTRIBUTED
from storage.roomdays import room_days
from storage.sqlite import SqliteStore
from tests.unit.api.house import HOUR, MIN, NOW, House
from tests.unit.api.test_api_access import call
from tests.unit.api.usage_house import at, usage_house

FRIDAY = date(2026, 11, 20)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """Friday in Renen, counted every 5 min: 07:30 to 09:15, 10:00 to 11:00 and 16:30 to 18:00;
    in Tallen somebody from 13:00 to 14:00. Renen is Vindel's by check-in at 07:40, Norrsken's
    by booking from 10:00 to 10:30, and nobody's in the afternoon."""
    store = SqliteStore(tmp_path / "store.db", retention_s=None, clock=lambda: NOW)
    house = usage_house(tmp_path, store=store)
    midnight = at(house, "2026-11-20")
    stays = [(450, 555), (600, 660), (990, 1080)]
    points = []
    for minute in range(-24 * 60, 26 * 60, 5):
        people = 2.0 if any(a <= minute < b for a, b in stays) else 0.0
        tags = {"site": "lycksele", "device": "renen-antal"}
        points.append(Point("presence", tags, midnight + minute * MIN, {"people": people}))
        there = 1.0 if 780 <= minute < 840 else 0.0
        tags = {"site": "lycksele", "device": "tallen-radar"}
        points.append(Point("presence", tags, midnight + minute * MIN, {"occupied": there}))
    assert store.write(points) == []
    claims, ten = house.state.claims, midnight + 10 * HOUR
    claims.check_in("renen", CheckIn(midnight + 460 * MIN, "vindel"), "panel", NOW)
    booking = Booking("a", ten, ten + HOUR // 2, "norrsken")
    claims.put_bookings("renen", [booking], ten, ten + HOUR, NOW)
    computed = [
        (
            room,
            room_days(store, claims, [], house.registry, room, FRIDAY, FRIDAY, NOW).days,
        )
        for room in ("granen", "tallen", "bjorken", "renen")
    ]
    assert write_days(store, house.registry, computed) == []
    assert write_sums(store, "lycksele", [FRIDAY], house.registry) == []
    yield house
    store.close()
    house.close()


def get(house: House, path: str) -> Any:
    answer = call(house, "GET", f"/api/v1/{path}", headers=house.key())
    assert answer.status_code == 200, answer.text
    return answer.json()


def by(house: House, what: str, more: str = "") -> dict[str, Any]:
    body = get(house, f"utilisation?by={what}&start=2026-11-20&end=2026-11-21{more}")
    return {row["key"]: row["sums"] for row in body["rows"]} | {"total": body["total"]}


def test_a_day_by_hand(house: House) -> None:
    renen = by(house, "room")["renen"]
    assert renen["bookable_s"] == renen["known_s"] == 9 * 3600  # 08 to 17
    # 08:00 to 09:15, an hour, 16:30 to 17:00; before and after it the house is closed
    assert renen["occupied_s"] == (75 + 60 + 30) * 60
    assert renen["outside_s"] == (30 + 60) * 60
    whose = by(house, "partner", "&room=renen")
    assert whose["vindel"]["checkin_s"] == 75 * 60
    assert whose["norrsken"]["booking_s"] == 3600  # stays on after the booking
    assert whose[UNATTRIBUTED]["unattributed_s"] == 30 * 60


def test_rooms_partners_days_and_hours_sum_to_the_same(house: House) -> None:
    whole = by(house, "room")["total"]["sums"]
    for what in ("day", "week", "month", "hour-of-week"):
        assert by(house, what)["total"]["sums"] == whole, what
    whose = by(house, "partner")["total"]
    assert whose["used_s"] == whole["occupied_s"] == (75 + 60 + 30 + 60) * 60
    assert whose["outside_s"] == whole["outside_s"]


def test_the_timeline_adds_up_to_the_partners_sums(house: House) -> None:
    start, end = "2026-11-20T00:00:00%2B01:00", "2026-11-21T00:00:00%2B01:00"
    line = get(house, f"rooms/renen/timeline?start={start}&end={end}")

    def ms(item: Any) -> tuple[int, int]:
        a, b = (datetime.fromisoformat(item[name]).timestamp() for name in ("start", "end"))
        return round(a * 1000), round(b * 1000)

    (bookable,) = (ms(item) for item in line["bookable"])
    used: Counter[str] = Counter()
    for share in line["shares"]:
        used[share["partner"] or UNATTRIBUTED] += total(clip([ms(share)], *bookable)) // 1000
    sums = by(house, "partner", "&room=renen")
    assert used == {key: sums[key]["used_s"] for key in used}
    assert set(used) == {"vindel", "norrsken", UNATTRIBUTED}


def test_too_little_is_known_for_a_peak(house: House) -> None:
    """Of four rooms two were never heard: of no quarter enough is known."""
    body = get(house, "peaks?start=2026-11-20&end=2026-11-21")
    assert (body["highest"], body["assessed"], body["insufficient"]) == (None, 0, 36)
    assert body["coverage"]["value"] == 0.5
    assert get(house, "utilisation?start=2026-11-20&end=2026-11-21")["total"]["sufficient"] is False
