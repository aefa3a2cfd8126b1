"""All that a statement is computed from; stored with it, so that it can be computed again.

Money is whole öre, time whole seconds or ms of UTC, weights and parts are exact. Every list
has one order (that of its fields from the left), so equal facts give equal bytes.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Final, Literal

import msgspec

from rooms.attribution import EvidenceClass
from rooms.registry.billing import Fallback

SCHEMA_VERSION: Final = 1
# In place of a partner's id, for time that is nobody's: no id looks like it.
NOBODY: Final = ""


class Name(msgspec.Struct, frozen=True):
    sv: str
    en: str

    def in_(self, language: str) -> str:
        return self.en if language == "en" else self.sv


class SiteInput(msgspec.Struct, frozen=True):
    id: str
    name: Name
    timezone: str
    start: int  # of the month there, ms
    stop: int
    issuer: str
    organisation: str | None
    account: str  # what the partners owe
    series: str
    account_names: dict[str, str]


class PartnerInput(msgspec.Struct, frozen=True):
    id: str
    name: str
    reference: str | None
    cost_centre: str | None


class RoomInput(msgspec.Struct, frozen=True):
    id: str
    site: str
    name: Name
    # The longest time that one message of a sensor here speaks for, where it counts movements
    # since its last message (metrics.md 1): stays are told in steps of it. 0: to the second.
    grain_s: int


class RoomDay(msgspec.Struct, frozen=True):
    """One room's local day; of private days only ``private`` says anything."""

    room: str
    day: date
    weight: Fraction
    private: bool
    sensor: bool  # did a device stand there that can show vacancy?
    bookable_s: int  # up to the moment of computing, as all of it
    known_s: int
    occupied_s: int
    outside_s: int
    lost_s: int  # equipment broken in opening hours


class PartnerDay(msgspec.Struct, frozen=True):
    """A partner's part of a room's day, seconds; only what is not all zeros."""

    room: str
    day: date
    partner: str  # or NOBODY
    correction_s: int = 0
    checkin_s: int = 0
    booking_s: int = 0
    host_s: int = 0
    unattributed_s: int = 0
    no_show_s: int = 0
    outside_s: int = 0
    booked_s: int = 0  # booked part of bookable time
    lost_s: int = 0  # of the room's lost time: what was booked or used by this partner

    @property
    def used_s(self) -> int:
        return (
            self.correction_s + self.checkin_s + self.booking_s + self.host_s + self.unattributed_s
        )


class PoolInput(msgspec.Struct, frozen=True):
    id: str
    site: str
    name: Name
    rooms: tuple[str, ...]


class AgreementInput(msgspec.Struct, frozen=True):
    """An agreement that holds on a day of the month; ``rooms.registry.billing.Agreement``."""

    id: str
    pool: str
    since: date
    until: date | None
    capacity: Fraction
    shares: dict[str, Fraction]  # by partner's id, ascending
    no_show: Fraction
    outside: bool
    fallback: Fallback
    low_coverage: Fallback | None
    lost_credit: int  # öre for each lost hour
    threshold: int  # öre


class CostInput(msgspec.Struct, frozen=True):
    """A cost line of the month: of a pool, or of one partner alone."""

    id: str
    site: str
    name: Name
    pool: str | None
    partner: str | None
    amount: int
    vat: str
    account: str
    room: str | None


class Stay(msgspec.Struct, frozen=True):
    """Occupied time, ms, whose it was and by which evidence."""

    room: str
    start: int
    stop: int
    partner: str  # or NOBODY
    by: EvidenceClass
    outside: bool  # outside bookable time


class Empty(msgspec.Struct, frozen=True):
    """A booking to which nobody came: the known and vacant part of it, ms."""

    room: str
    start: int
    stop: int
    partner: str  # or NOBODY


class Clash(msgspec.Struct, frozen=True):
    """Two bookings at one time: the first holds. ms of the time that both wanted."""

    room: str
    start: int
    stop: int
    first: str  # partners, or NOBODY
    second: str


class Booked(msgspec.Struct, frozen=True):
    """An amount that was issued, by what SIE books it on."""

    partner: str
    pool: str | None  # None: borne by this partner alone
    amount: int  # öre, what a partner owes for it
    site: str = ""  # whose voucher it stands on; "": that of the pool


class AccountAmount(msgspec.Struct, frozen=True):
    site: str
    account: str
    room: str | None
    amount: int


class Before(msgspec.Struct, frozen=True):
    """The version that this one replaces, as it was issued."""

    number: int
    version: int
    head: str  # its seal
    parts: tuple[Booked, ...]
    accounts: tuple[AccountAmount, ...]


class Carry(msgspec.Struct, frozen=True):
    """Small differences of an earlier month, too small for a new version of it."""

    month: str
    number: int  # of the version that they differ from
    parts: tuple[Booked, ...]  # for each pool they sum to 0


class Override(msgspec.Struct, frozen=True):
    """A manager's written reason to bill a room of which too little is known."""

    room: str
    reason: str


class Inputs(msgspec.Struct, frozen=True):
    schema: int
    metrics: str
    month: str  # 2026-10
    until: int  # ms: nothing after it counts; the month's end once it is over
    complete: bool  # is the month over, and all of it computed?
    registry: str
    sites: tuple[SiteInput, ...]
    partners: tuple[PartnerInput, ...]
    rooms: tuple[RoomInput, ...]
    room_days: tuple[RoomDay, ...]
    partner_days: tuple[PartnerDay, ...]
    pools: tuple[PoolInput, ...]
    agreements: tuple[AgreementInput, ...]
    costs: tuple[CostInput, ...]
    stays: tuple[Stay, ...]
    empty: tuple[Empty, ...]
    clashes: tuple[Clash, ...]
    detailed: bool  # are stays, empty and clashes known for the whole month?
    overrides: tuple[Override, ...] = ()
    carries: tuple[Carry, ...] = ()
    before: Before | None = None
    reason: str = ""  # why there is a new version


Treatment = Literal["measured", "bookings", "shares", "private"]
