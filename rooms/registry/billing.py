"""What is shared and how: pools, agreements with validity, cost lines, how it is booked
(metrics.md 4). Amounts are whole öre, weights exact; nothing here is a float."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Final, Literal

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

from rooms.registry.fields import Day, Flag, Id, Model, Text, Weight

Fallback = Literal["shares", "bookings"]

MONEY_PATTERN: Final = r"^-?\d{1,3}(?:[ \u00a0]?\d{3}){0,3}(?:[.,]\d{2})?(?: ?kr)?$"
PART_PATTERN: Final = r"^(\d{1,3}(?:[.,]\d{1,6})? ?%|\d{1,9}/[1-9]\d{0,8}|[01](?:\.\d{1,9})?)$"
# not \d, which takes the digits of any script
ACCOUNT_PATTERN: Final = r"^[0-9]{4,6}$"
VAT_PATTERN: Final = r"^[A-Za-z0-9 %,.-]{1,10}$"
SERIES_PATTERN: Final = r"^[A-Z0-9]{1,4}$"
ORGANISATION_PATTERN: Final = r"^[0-9]{6}-[0-9]{4}$"
_MONTH: Final = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)
_YEARS: Final = range(2000, 2100)


def _ore(value: Any) -> Any:
    """``"41 500,00"``, ``"300.50 kr"`` or whole kronor -> öre."""
    if isinstance(value, float):  # YAML's 300.5, as it was written
        value = str(value) + "0" * (len(str(value).partition(".")[2]) == 1)
    if type(value) is int:
        value = str(value)
    if not isinstance(value, str) or not re.fullmatch(MONEY_PATTERN, value, re.ASCII):
        raise PydanticCustomError("money", "not an amount")
    plain = re.sub(r"[ \u00a0]|kr", "", value).replace(",", ".")
    return int(Decimal(plain) * 100)


Ore = Annotated[
    int,
    BeforeValidator(_ore),
    PlainSerializer(lambda ore: f"{'-' * (ore < 0)}{abs(ore) // 100}.{abs(ore) % 100:02}"),
    WithJsonSchema(
        {
            "anyOf": [{"type": "string", "pattern": MONEY_PATTERN}, {"type": "number"}],
            "examples": ["41 500,00", 300],
        }
    ),
]


def _part(value: Any) -> Any:
    """``"60 %"``, ``"3/5"``, ``"0.6"`` -> the text, once it is a part from 0 to 1."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or not re.fullmatch(PART_PATTERN, value, re.ASCII):
        raise PydanticCustomError("part", "not a part of a whole")
    if not 0 <= part_of(value) <= 1:
        raise PydanticCustomError("part", "not a part of a whole")
    return value


def part_of(text: str) -> Fraction:
    """A checked ``Part`` as an exact number from 0 to 1."""
    if text.endswith("%"):
        return Fraction(text.rstrip("% ").replace(",", ".")) / 100
    return Fraction(text)


Part = Annotated[
    str,
    BeforeValidator(_part),
    WithJsonSchema(
        {
            "anyOf": [{"type": "string", "pattern": PART_PATTERN}, {"type": "number"}],
            "examples": ["60 %", "3/5"],
        }
    ),
]


def parse_month(value: Any) -> Any:
    """``"2026-10"`` (or the date of its first day) -> its first day."""
    match = _MONTH.fullmatch(value) if isinstance(value, str) else None
    if match is not None and int(match[1]) in _YEARS:
        return date(int(match[1]), int(match[2]), 1)
    if isinstance(value, date) and not isinstance(value, datetime) and value.day == 1:
        return value
    raise PydanticCustomError("month", "not a month")


Month = Annotated[
    date,
    BeforeValidator(parse_month),
    PlainSerializer(lambda month: f"{month:%Y-%m}"),
    WithJsonSchema({"type": "string", "pattern": f"^{_MONTH.pattern}$", "examples": ["2026-10"]}),
]


def _digits(value: Any) -> Any:
    return str(value) if type(value) is int else value


def _code(pattern: str) -> WithJsonSchema:
    """Text, or as many digits without quotes."""
    return WithJsonSchema(
        {"anyOf": [{"type": "string", "pattern": pattern}, {"type": "integer", "minimum": 0}]}
    )


Account = Annotated[
    str, BeforeValidator(_digits), Field(pattern=ACCOUNT_PATTERN), _code(ACCOUNT_PATTERN)
]
AccountName = Annotated[str, Field(min_length=1, max_length=120)]
Vat = Annotated[str, BeforeValidator(_digits), Field(pattern=VAT_PATTERN), _code(VAT_PATTERN)]


class Pool(Model):
    """Costs that are shared by one agreement at a time."""

    id: Id
    name: Text
    rooms: tuple[Id, ...] | None = Field(
        None, min_length=1, description="Whose use counts; all rooms of the site if left out"
    )


class Agreement(Model):
    """How a pool is split, from a day until another; a change is a new agreement."""

    id: Id
    pool: Id
    since: Day = Field(alias="from", description="First day")
    until: Day | None = Field(None, description="First day on which it no longer holds")
    capacity: Part = Field(
        description="The part that is split by the shares, e.g. 60 %; the rest is split by use"
    )
    shares: dict[Id, Weight] = Field(
        min_length=1,
        description="The fixed key: partner -> weight. Who is not named takes no part; 0 pays"
        " by use only",
    )
    no_show: Weight = Field(
        "0", description="What a booked but empty second counts against a used one"
    )
    outside: Flag = Field(False, description="Does use outside opening hours count?")
    fallback: Fallback = Field(
        "shares", description="For rooms without a sensor, and where a pool has no use at all"
    )
    low_coverage: Fallback | None = Field(
        None,
        description="For rooms of which less than 90 % is known; if left out, a manager must say"
        " why the statement is issued all the same",
    )
    lost_credit: Ore = Field(
        0, ge=0, description="Kronor for each hour in which a room's equipment was broken"
    )
    threshold: Ore = Field(
        5000, ge=0, description="From this difference for a partner on, a new version is made"
    )


class Cost(Model):
    """One cost line: of one month, or of every month from one until another."""

    id: Id
    name: Text
    pool: Id | None = Field(None, description="What shares it; or ``partner``")
    partner: Id | None = Field(None, description="Who bears all of it; or ``pool``")
    amount: Ore = Field(description="Without VAT, for each month; negative for what was paid back")
    month: Month | None = Field(None, description="Only this month; or ``from``")
    since: Month | None = Field(None, alias="from", description="First month of many")
    until: Month | None = Field(None, description="First month in which it no longer comes")
    vat: Vat = Field(description="VAT code as your books have it; one for all costs of a pool")
    account: Account = Field(description="Account that the cost stands on")
    room: Id | None = Field(None, description="Stands on the voucher (dimension 20)")

    def falls_in(self, month: date) -> bool:
        """Is it a cost of the month that begins on this day?"""
        if self.month is not None:
            return self.month == month
        return (self.since or date.min) <= month and (self.until is None or month < self.until)


class Billing(Model):
    """How statements are headed and booked."""

    issuer: str | None = Field(
        None, min_length=1, max_length=120, description="The site's name if left out"
    )
    organisation: str | None = Field(None, pattern=ORGANISATION_PATTERN, description="Org. number")
    account: Account = Field(
        "1790", description="What the partners owe, until invoices are written (BAS 1790)"
    )
    series: str = Field("A", pattern=SERIES_PATTERN, description="Voucher series")
    account_names: dict[Account, AccountName] = Field({}, description="Names of accounts, for SIE")
