"""Sums that are stored, and questions about them."""

from __future__ import annotations

from typing import Any

from rooms.attribution import Booking
from rooms.utilisation import UNATTRIBUTED, PartnerUse, Use
from tests.unit.api.house import HOUR, NOW, House
from tests.unit.api.test_api_access import call
from tests.unit.api.usage_house import at, put_partner, put_partners

DAY = Use(bookable_s=32_400, known_s=30_000, occupied_s=6_000, people_max=3)
# 9 h bookable, 8 h 20 min known, 5 h occupied
FULL = Use(
    bookable_s=32_400,
    known_s=30_000,
    occupied_s=18_000,
    outside_s=600,
    person_s=36_000,
    counted_s=12_000,
    seat_s=96_000,
    people_max=7,
    booked_s=16_200,
    walkin_s=3_000,
    bookings=5,
    assessable=4,
    no_shows=1,
    lost_s=60,
)


def get(house: House, path: str, role: str = "viewer", **more: Any) -> Any:
    headers = house.key(role, **more) | {"Accept-Language": "en"}
    answer = call(house, "GET", f"/api/v1/{path}", headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.json()


def errors(house: House, path: str, status: int = 422) -> dict[str, str]:
    headers = house.key() | {"Accept-Language": "en"}
    answer = call(house, "GET", f"/api/v1/{path}", headers=headers)
    assert answer.status_code == status, answer.text
    return {error["field"]: error["message"] for error in answer.json()["errors"]}


def rows(body: Any) -> dict[str, Any]:
    return {row["key"]: row for row in body["rows"]}


def value(row: Any, name: str) -> Any:
    return row["figures"][name]["value"]


def partners(house: House) -> None:
    put_partner(house, "2026-11-02", "granen", "vindel", PartnerUse(booking_s=3000, checkin_s=600))
    put_partner(house, "2026-11-03", "tallen", "vindel", PartnerUse(host_s=400, no_show_s=90))
    put_partner(house, "2026-11-03", "granen", "norrsken", PartnerUse(correction_s=1000))
    put_partner(house, "2026-11-03", "granen", "gone", PartnerUse(booking_s=1000, outside_s=7))
    put_partner(house, "2026-11-03", "granen", UNATTRIBUTED, PartnerUse(unattributed_s=2000))
    put_partner(house, "2026-10-31", "granen", "vindel", PartnerUse(booking_s=9999))
    put_partners(house)
    nine = at(house, "2026-11-02", 9)
    events = [
        Booking("a", nine, nine + HOUR, "vindel"),
        Booking("b", nine + HOUR, nine + 2 * HOUR, None),
        Booking("c", nine - 48 * HOUR, nine - 47 * HOUR, "vindel"),  # in October
    ]
    house.state.claims.put_bookings("granen", events, nine - 72 * HOUR, nine + 4 * HOUR, NOW)
    tallen = [Booking("d", nine, nine + HOUR, "norrsken")]
    house.state.claims.put_bookings("tallen", tallen, nine, nine + HOUR, NOW)
