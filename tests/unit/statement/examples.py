"""A small house in October 2026, as a statement is computed from; and a big one.

Sums of days follow from the intervals, as the roll-up makes them. In hours: Björken 7 to 17 on
22 weekdays is 220 h; the same for Granen, Tallen (no sensor) and Kontoret (private).
"""

from __future__ import annotations

import random
from datetime import UTC, date, datetime
from fractions import Fraction

import msgspec

from rooms.attribution import EvidenceClass
from rooms.statement.inputs import (
    NOBODY,
    AgreementInput,
    Clash,
    CostInput,
    Empty,
    Inputs,
    Name,
    PartnerInput,
    PoolInput,
    RoomInput,
    SiteInput,
    Stay,
)
from rooms.statement.seal import Seal, sha256
from tests.unit.statement.summing import (
    BOOKABLE_S,
    DAYS,
    ZONE,
    days_of_partners,
    days_of_rooms,
)

MONTH = "2026-10"


def at(day: int, clock: str) -> int:
    """Local time in October 2026, ms; ``clock`` is ``"09:30"`` or ``"09:30:15"``."""
    hour, minute, second = (int(part) for part in f"{clock}:00".split(":")[:3])
    return round(datetime(2026, 10, day, hour, minute, second, tzinfo=ZONE).timestamp()) * 1000


def stay(
    room: str, day: int, start: str, stop: str, partner: str, by: EvidenceClass = "booking"
) -> Stay:
    weekday = date(2026, 10, day).weekday() < 5
    outside = not weekday or start < "07:00" or start >= "17:00"
    return Stay(room, at(day, start), at(day, stop), partner, by, outside)


STAYS = (
    stay("bjorken", 1, "08:00", "10:00", "alfa"),
    stay("bjorken", 1, "10:00", "11:20", "beta", "checkin"),
    stay("bjorken", 2, "09:00", "12:00:01", "gamma", "correction"),
    stay("bjorken", 5, "13:00", "14:30", "", "unattributed"),
    stay("bjorken", 16, "08:00", "16:00", "beta"),
    stay("bjorken", 26, "08:00", "09:40", "alfa", "checkin"),
    stay("bjorken", 27, "17:30", "18:30", "alfa"),
    stay("granen", 6, "09:00", "11:00", "gamma", "host"),
    stay("granen", 7, "09:00", "15:00", "alfa"),
    stay("granen", 20, "10:00", "12:30", "gamma", "host"),
    stay("granen", 24, "11:00", "12:00", "beta", "checkin"),  # a Saturday
    stay("granen", 30, "08:00", "08:45", "", "unattributed"),
)
EMPTY = (
    Empty("bjorken", at(8, "13:00"), at(8, "15:00"), "beta"),
    Empty("granen", at(21, "08:00"), at(21, "09:00"), ""),
)
CLASHES = (Clash("bjorken", at(1, "09:30"), at(1, "10:00"), "alfa", "beta"),)
BOOKED_S = {
    ("bjorken", date(2026, 10, 1), "alfa"): 7200,
    ("bjorken", date(2026, 10, 8), "beta"): 7200,
    ("bjorken", date(2026, 10, 16), "beta"): 28_800,
    ("granen", date(2026, 10, 7), "alfa"): 21_600,
    ("granen", date(2026, 10, 21), ""): 3600,
    ("tallen", date(2026, 10, 9), "alfa"): 10_800,
    ("tallen", date(2026, 10, 22), "gamma"): 5400,
}
LOST_S = {("bjorken", date(2026, 10, 16), "beta"): 5400}  # 09:00 to 10:30 without a camera
UNKNOWN_S = {("granen", date(2026, 10, 14)): 36_000, ("granen", date(2026, 10, 15)): 7200}

SITE = SiteInput(
    id="lycksele",
    name=Name("Innovationsarena Inland", "Innovation Arena Inland"),
    timezone="Europe/Stockholm",
    start=at(1, "00:00"),
    stop=at(31, "00:00") + 24 * 3_600_000,
    issuer="Innovationsarena Inland",
    organisation="212000-2635",
    account="1790",
    series="A",
    account_names={"1790": "Övriga fordringar", "5010": "Lokalhyra", "6230": "Datakommunikation"},
)
PARTNERS = (
    PartnerInput("alfa", "Älvdalens Bygg AB", "Ref 4711", "K-12"),
    PartnerInput("beta", "Betula & Söner", None, None),
    PartnerInput("gamma", "Region Västerbotten", "PO-77", None),
)
ROOMS = (
    RoomInput("bjorken", "lycksele", Name("Björken", "The Birch"), 0),
    RoomInput("granen", "lycksele", Name("Granen", "The Spruce"), 600),
    RoomInput("kontoret", "lycksele", Name("Kontoret", "The Office"), 0),
    RoomInput("tallen", "lycksele", Name("Tallen", "The Pine"), 0),
)
POOLS = (
    PoolInput(
        "rum",
        "lycksele",
        Name("Mötesrum", "Meeting rooms"),
        ("bjorken", "granen", "kontoret", "tallen"),
    ),
    PoolInput("video", "lycksele", Name("Videoutrustning", "Video equipment"), ("bjorken",)),
)


def agreement(id_: str, pool: str = "rum", **changes: object) -> AgreementInput:
    """60 % capacity by 2 : 1 : 1, from 2026; ``changes`` replace its fields."""
    base = AgreementInput(
        id=id_,
        pool=pool,
        since=date(2026, 1, 1),
        until=None,
        capacity=Fraction(3, 5),
        shares={"alfa": Fraction(2), "beta": Fraction(1), "gamma": Fraction(1)},
        no_show=Fraction(0),
        outside=False,
        fallback="shares",
        low_coverage=None,
        lost_credit=0,
        threshold=5000,
    )
    return msgspec.structs.replace(base, **changes)


AGREEMENTS = (
    agreement("rum-2026", until=date(2026, 10, 16)),
    agreement(
        "rum-2026-b",
        since=date(2026, 10, 16),
        capacity=Fraction(1, 2),
        shares={"alfa": Fraction(1), "beta": Fraction(1), "gamma": Fraction(1)},
        no_show=Fraction(1, 2),
        outside=True,
        fallback="bookings",
        lost_credit=10_000,
    ),
    agreement("video-2026", "video", shares={"alfa": Fraction(1), "beta": Fraction(3)}),
)


def cost(id_: str, amount: int, pool: str | None, **changes: object) -> CostInput:
    base = CostInput(
        id=id_,
        site="lycksele",
        name=Name("Hyra", "Rent"),
        pool=pool,
        partner=None,
        amount=amount,
        vat="25",
        account="5010",
        room=None,
    )
    return msgspec.structs.replace(base, **changes)


COSTS = (
    cost("hyra", 4_150_000, "rum"),
    cost("stad", 800_001, "rum", name=Name("Städning", "Cleaning"), account="5060"),
    cost("video", 300_000, "video", name=Name("Videosupport", "Video support"), account="6230"),
    cost("kort", 45_000, None, partner="gamma", name=Name("Passerkort", "Key cards")),
)


def inputs(**changes: object) -> Inputs:
    """The small house; ``changes`` replace fields of ``Inputs``."""
    use = days_of_partners(STAYS, EMPTY, BOOKED_S, LOST_S)
    base = Inputs(
        schema=1,
        metrics="2",
        month=MONTH,
        until=SITE.stop,
        complete=True,
        registry="5f" * 32,
        sites=(SITE,),
        partners=PARTNERS,
        rooms=ROOMS,
        room_days=days_of_rooms(ROOMS, use, UNKNOWN_S),
        partner_days=use,
        pools=POOLS,
        agreements=AGREEMENTS,
        costs=COSTS,
        stays=tuple(sorted(STAYS, key=lambda one: (one.room, one.start))),
        empty=EMPTY,
        clashes=CLASHES,
        detailed=True,
    )
    return msgspec.structs.replace(base, **changes)


def seal_of(given: Inputs, number: int = 1, version: int = 1, previous: str = "") -> Seal:
    """A seal that fits these inputs: issued on 2 November 2026 at 08:15 local time."""
    from rooms.statement.codec import encode

    return Seal(
        number=number,
        version=version,
        month=given.month,
        previous=previous,
        inputs=sha256(encode(given)),
        issued=round(datetime(2026, 11, 2, 7, 15, tzinfo=UTC).timestamp()) * 1000,
        author="anna",
        program="Rumskoll 0.1.0",
        libraries={"XlsxWriter": "3.2.9", "typst": "0.14.4"},
    )


def big(rooms: int = 100, partners: int = 20, stays: int = 6) -> Inputs:
    """A full month of many rooms, each with so many stays of different partners a weekday."""
    dice = random.Random(20261031)
    ids = [f"partner-{i:03}" for i in range(partners)]
    room_inputs = tuple(
        RoomInput(f"rum-{i:03}", "lycksele", Name(f"Rum {i}", f"Room {i}"), 0) for i in range(rooms)
    )
    found = [
        _random_stay(dice, room.id, day, i, stays, dice.choice([*ids, NOBODY]))
        for room in room_inputs
        for day in range(1, DAYS + 1)
        if date(2026, 10, day).weekday() < 5
        for i in range(stays)
    ]
    use = days_of_partners(found, (), {}, {})
    shares = {id_: Fraction(i % 5 + 1, 3) for i, id_ in enumerate(ids)}
    everything = tuple(room.id for room in room_inputs)
    return inputs(
        partners=tuple(PartnerInput(id_, f"Företag {id_[-3:]} AB", None, None) for id_ in ids),
        rooms=room_inputs,
        room_days=days_of_rooms(room_inputs, use, {}),
        partner_days=use,
        pools=(
            PoolInput("rum", "lycksele", Name("Mötesrum", "Meeting rooms"), everything),
            PoolInput("video", "lycksele", Name("Video", "Video"), everything[::2]),
        ),
        agreements=(agreement("rum", shares=shares), agreement("video", "video", shares=shares)),
        costs=(cost("hyra", 41_500_000, "rum"), cost("video", 3_000_001, "video")),
        stays=tuple(found),
        empty=(),
        clashes=(),
    )


def _random_stay(
    dice: random.Random, room: str, day: int, slot: int, slots: int, partner: str
) -> Stay:
    """Somewhere within its slot of the bookable day."""
    length = BOOKABLE_S // slots
    start = at(day, "07:00") + (slot * length + dice.randrange(length // 3)) * 1000
    stop = start + dice.randrange(length // 3, 2 * length // 3) * 1000
    return Stay(room, start, stop, partner, "booking" if partner else "unattributed", False)
