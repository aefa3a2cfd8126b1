"""A statement as it is published: what every file of it (JSON, CSV, XLSX, PDF, SIE) tells.

Amounts are whole öre without VAT; ``exact`` amounts are öre as exact fractions, before the
one rounding of a pool. Seconds are whole. A partner's statement is the same document with
its own lines only (``rooms.statement.view``).
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Literal

import msgspec

from rooms.statement.inputs import (
    AccountAmount,
    AgreementInput,
    Before,
    Booked,
    Carry,
    Clash,
    Empty,
    Name,
    PartnerInput,
    SiteInput,
    Stay,
    Treatment,
)

NoteCode = Literal[
    "no_use",  # the pool had no use at all: split by the agreement's fallback
    "no_sensor",  # the room has none: the agreement's fallback
    "low_coverage",  # the agreement's fallback for a room of which too little is known
    "override",  # too little is known, and a manager's reason says why it is billed all the same
    "no_party",  # use by one whom the agreement does not name: treated as unattributed
    "nobody_booked",  # the fallback "bookings" found none: split by the shares
    "no_detail",  # the month's intervals are no longer kept
    "running",  # the month is not over, or not all of it is computed
    "grain",  # the room's sensor tells its stays in steps
]


class Note(msgspec.Struct, frozen=True):
    """Something a reader must know; ``rooms.texts`` says it as ``statement.note.<code>``."""

    code: NoteCode
    pool: str | None = None
    room: str | None = None
    partner: str | None = None
    value: str = ""  # a reason, a fallback, seconds


class Head(msgspec.Struct, frozen=True):
    state: Literal["draft", "issued"]
    number: int | None  # None: a draft
    version: int
    month: str  # 2026-10
    issued: str | None  # RFC 3339
    author: str | None
    reason: str
    program: str  # "Rumskoll 0.1.0"
    metrics: str
    registry: str
    inputs: str  # SHA-256 of inputs.json
    previous: str  # SHA-256 of the SHA256SUMS of the statement before; "" for the first
    seal: str  # SHA-256 of manifest.json: the chain's head when this was issued; "" for a draft


class CostLine(msgspec.Struct, frozen=True):
    id: str
    name: Name
    amount: int
    vat: str
    account: str
    room: str | None


class Weight(msgspec.Struct, frozen=True):
    """What a second in a room counts for, from a day on."""

    since: date
    weight: Fraction


class RoomLine(msgspec.Struct, frozen=True):
    """A room in the whole month."""

    room: str
    site: str
    name: Name
    treatment: Treatment
    weights: tuple[Weight, ...]  # of days that are not private, from the first; each change
    bookable_s: int
    known_s: int
    occupied_s: int
    outside_s: int
    unattributed_s: int
    lost_s: int
    grain_s: int
    sufficient: bool  # at least 90 % known


class Gate(msgspec.Struct, frozen=True):
    """A room of a pool of which less than 90 % is known: what stands in for it, or the reason.
    With neither the statement cannot be issued."""

    room: str
    pool: str
    known_s: int
    bookable_s: int
    fallback: str | None
    reason: str | None

    @property
    def open(self) -> bool:
        return self.fallback is None and self.reason is None


class PartRoom(msgspec.Struct, frozen=True):
    """A partner's use of a room in a pool, under one agreement and at one weight.

    ``units`` are weighted seconds: ``weight`` x (used + the agreement's factor x no-show +
    outside, if agreed), and 0 in a room for which the shares stand in.
    """

    room: str
    treatment: Treatment
    agreement: str
    weight: Fraction
    used_s: int  # booked seconds where bookings stand in for use
    no_show_s: int
    outside_s: int
    lost_s: int
    units: Fraction
    exact: Fraction  # what these units cost


class Part(msgspec.Struct, frozen=True):
    """A partner's part of a pool. ``capacity + usage + unattributed + fixed + credit`` is
    ``exact``; ``amount`` is that, rounded with all others."""

    partner: str
    share: Fraction  # of the fixed key, mean over the month's days
    used_s: int  # over all rooms of the pool, as measured or as bookings stand in
    no_show_s: int
    outside_s: int
    units: Fraction
    lost_s: int
    capacity: Fraction  # by the shares
    usage: Fraction  # by own use
    unattributed: Fraction  # by the shares, of the time that was nobody's
    fixed: Fraction  # by the shares, of rooms for which the shares stand in, or of a pool unused
    credit: Fraction  # for lost time: what it gets (negative) and what it bears
    exact: Fraction
    amount: int
    remainder: Fraction  # amount - exact
    low: int  # had all unknown time been others'
    high: int  # had all of it been its own
    rooms: tuple[PartRoom, ...]


class Period(msgspec.Struct, frozen=True):
    """A pool under one agreement: what is split by the shares of the days on which it holds."""

    agreement: str
    days: int
    capacity: Fraction
    usage: Fraction  # into the month's one usage part; ``fixed`` follows these parts
    unattributed_units: Fraction
    credit: Fraction  # given for lost time, and borne by the shares


class PoolLine(msgspec.Struct, frozen=True):
    id: str
    site: str
    name: Name
    vat: str  # "" where the pool has no cost this month
    costs: tuple[CostLine, ...]
    total: int
    capacity: Fraction  # of the total, by the shares
    usage: Fraction  # of the total, by use
    # of the usage part, by the shares: for rooms for which they stand in, or all of it, unused
    fixed: Fraction
    pot: Fraction  # of the usage part, what use decides: without the rooms of fixed shares
    used_s: int
    units: Fraction  # all weighted seconds, nobody's included
    unattributed_s: int
    unattributed_units: Fraction
    unknown_units: Fraction
    price: Fraction | None  # öre for a weighted hour; None without any use
    rooms: tuple[str, ...]
    periods: tuple[Period, ...]  # by first day
    parts: tuple[Part, ...]  # by partner's id; of a partner's statement, its own


class Direct(msgspec.Struct, frozen=True):
    """A cost that one partner bears alone."""

    cost: CostLine
    site: str
    partner: str


class Total(msgspec.Struct, frozen=True):
    """What a partner owes: the sum of its parts, direct costs and carries."""

    partner: str
    used_s: int  # in opening hours, over all rooms, as measured
    no_show_s: int
    outside_s: int
    pools: int
    direct: int
    carried: int
    amount: int
    low: int
    high: int


class Change(msgspec.Struct, frozen=True):
    """What a partner owes in this version, and owed in the one before."""

    partner: str
    before: int
    now: int

    @property
    def difference(self) -> int:
        return self.now - self.before


class Statement(msgspec.Struct, frozen=True):
    schema: int
    head: Head
    sites: tuple[SiteInput, ...]
    partners: tuple[PartnerInput, ...]
    rooms: tuple[RoomLine, ...]
    used_s: int  # in opening hours, by all: "41 h of 310 h"
    total: int
    totals: tuple[Total, ...]  # by partner's id
    pools: tuple[PoolLine, ...]
    direct: tuple[Direct, ...]
    carries: tuple[Carry, ...]
    accounts: tuple[AccountAmount, ...]  # the month's costs by account; empty for a partner
    gate: tuple[Gate, ...]
    agreements: tuple[AgreementInput, ...]
    notes: tuple[Note, ...]
    stays: tuple[Stay, ...]  # of a partner's statement: its own, and nobody's
    empty: tuple[Empty, ...]
    clashes: tuple[Clash, ...]
    before: Before | None
    changes: tuple[Change, ...]  # to the version before, by partner's id
    partner: str | None = None  # whose statement this is; None: the manager's, with all

    def name_of(self, partner: str) -> str:
        """The partner's name; its id where it is not among them."""
        return next((one.name for one in self.partners if one.id == partner), partner)


__all__ = [
    "AccountAmount",
    "Booked",
    "Change",
    "CostLine",
    "Direct",
    "Gate",
    "Head",
    "Note",
    "NoteCode",
    "Part",
    "PartRoom",
    "Period",
    "PoolLine",
    "RoomLine",
    "Statement",
    "Total",
    "Weight",
]
