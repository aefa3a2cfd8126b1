"""How each amount comes about, pool by pool."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from api.statements.blocks import NEW_PAGE, Block, foremost, heading, paragraph, table
from api.statements.reading import Reading
from rooms.statement.document import Part, PartRoom, PoolLine
from rooms.statement.inputs import NOBODY, AgreementInput

# the parts of an exact amount, in the order in which they are added
PARTS = ("capacity", "usage", "unattributed", "fixed", "credit")
# of a room: the columns' words, and the fields
_SECONDS = ("time", "empty", "outside", "lost")
_COUNTED = ("used", "no_show", "outside", "lost")


def blocks(reading: Reading) -> Iterator[Block]:
    word, statement = reading.word, reading.statement
    if not (statement.pools or statement.direct or statement.carries):
        return
    yield NEW_PAGE
    yield heading(1, word("lines"))
    for pool in statement.pools:
        yield heading(2, reading.name(pool.name))
        yield from _pool(reading, pool)
    if statement.direct:
        yield heading(2, word("direct"))
        yield table(
            "<1 <1 <auto <auto >auto",
            [word(key) for key in ("partner", "cost", "account", "vat", "amount")],
            [
                (
                    reading.partner(one.partner),
                    reading.name(one.cost.name),
                    one.cost.account,
                    one.cost.vat,
                    reading.kr(one.cost.amount),
                )
                for one in statement.direct
            ],
        )
    if statement.carries:
        yield heading(2, word("carried"))
        yield paragraph(word("carried_why"))
        yield table(
            "<auto <1 <1 >auto",
            [word(key) for key in ("month", "pool", "partner", "amount")],
            [
                (month, reading.pool(pool), reading.partner(partner), reading.kr(ore))
                for month, pool, partner, ore in reading.carried()
            ],
        )


def _pool(reading: Reading, pool: PoolLine) -> Iterator[Block]:
    word = reading.word
    if pool.costs:
        yield table(
            "<1 <auto <auto >auto",
            [word(key) for key in ("cost", "account", "vat", "amount")],
            [
                (reading.name(one.name), one.account, one.vat, reading.kr(one.amount))
                for one in pool.costs
            ],
            [(word("sum"), "", "", reading.kr(pool.total))],
        )
    for agreement in reading.statement.agreements:
        if agreement.pool == pool.id:
            yield paragraph(_agreement(reading, agreement), soft=True)
    if pool.price is not None:
        yield paragraph(
            word(
                "price",
                usage=reading.exact(pool.usage - pool.fixed),
                units=reading.weighted(pool.units),
                price=reading.exact(pool.price),
            ),
            soft=True,
        )
    if reading.own:
        for part in pool.parts:
            yield _own(reading, pool, part)
            yield from _rooms(reading, part)
    elif pool.parts:
        yield _all(reading, pool)


def _agreement(reading: Reading, one: AgreementInput) -> str:
    word = reading.word
    since = reading.long_day(one.since)
    said = [
        word("agreement", id=one.id, since=since)
        if one.until is None
        else word("agreement_until", id=one.id, since=since, until=reading.long_day(one.until)),
        word("agreement_capacity", part=reading.percent(one.capacity)),
        word("agreement_no_show", factor=reading.number(one.no_show)) if one.no_show else "",
        word("agreement_outside") if one.outside else word("agreement_inside"),
        word("agreement_credit", amount=reading.kr(one.lost_credit)) if one.lost_credit else "",
    ]
    return " ".join(filter(None, said))


def _own(reading: Reading, pool: PoolLine, part: Part) -> Block:
    word = reading.word
    how = {
        "capacity": word(
            "how_capacity", share=reading.percent(part.share), amount=reading.exact(pool.capacity)
        ),
        "usage": word("how_usage", units=reading.weighted(part.units), price=_price(reading, pool)),
        "unattributed": word("how_unattributed", units=reading.weighted(pool.unattributed_units)),
        "fixed": word("how_fixed", amount=reading.exact(pool.fixed)),
        "credit": word("how_credit", lost=reading.hours(part.lost_s))
        if part.lost_s
        else word("how_credit_others"),
    }
    rows = [
        (word(f"part_{name}"), how[name], reading.exact(getattr(part, name)))
        for name in PARTS
        if getattr(part, name)
    ]
    rows.append((word("exact"), "", reading.exact(part.exact)))
    rows.append((word("rounding"), word("how_rounding"), reading.exact(part.remainder)))
    foot = [(word("your_part"), "", reading.kr(part.amount))]
    return table("<auto <1 >auto", (word("line"), word("how"), word("kronor")), rows, foot)


def _price(reading: Reading, pool: PoolLine) -> str:
    return reading.exact(pool.price or Fraction(0))


def _rooms(reading: Reading, part: Part) -> Iterator[Block]:
    """The partner's use, room by room: what its weighted hours are the sum of."""
    word = reading.word
    if not part.rooms:
        return
    shown, others = foremost(part.rooms, lambda one: abs(one.exact))
    lost = any(one.lost_s for one in part.rooms)
    keys = ("room", "weight", *_SECONDS[: 3 + lost], "weighted", "kronor")
    several = len({one.agreement for one in part.rooms}) > 1
    yield table(
        " ".join(("<1", *(">auto",) * (len(keys) - 1))),
        [word(key) for key in keys],
        [
            *(_room(reading, one, several=several, lost=lost) for one in shown),
            *([_other_rooms(reading, others, lost=lost)] if others else []),
        ],
        [(word("sum"), "", *_sums(reading, part.rooms, lost=lost))],
        size=8.5,
    )


def _room(reading: Reading, one: PartRoom, *, several: bool, lost: bool) -> tuple[str, ...]:
    """With its agreement, where there are several this month."""
    also = [one.agreement] if several else []
    if one.treatment != "measured":
        also.append(reading.word(f"treatment_{one.treatment}"))
    name = reading.room(one.room) + (f" ({', '.join(also)})" if also else "")
    return (name, reading.number(one.weight), *_sums(reading, [one], lost=lost))


def _other_rooms(reading: Reading, lines: Sequence[PartRoom], *, lost: bool) -> tuple[str, ...]:
    return (reading.word("other_lines", count=len(lines)), "", *_sums(reading, lines, lost=lost))


def _sums(reading: Reading, rooms: Sequence[PartRoom], *, lost: bool) -> tuple[str, ...]:
    """Lost time only where a pool's partner has any."""
    seconds = [sum(getattr(one, f"{name}_s") for one in rooms) for name in _COUNTED[: 3 + lost]]
    return (
        *map(reading.hours, seconds),
        reading.weighted(sum((one.units for one in rooms), Fraction(0))),
        reading.exact(sum((one.exact for one in rooms), Fraction(0))),
    )


def _all(reading: Reading, pool: PoolLine) -> Block:
    """A row for each partner; parts that are zero for all are left out."""
    word = reading.word
    shown = [name for name in PARTS if any(getattr(part, name) for part in pool.parts)]
    rows = [
        (
            reading.partner(part.partner),
            reading.percent(part.share),
            reading.weighted(part.units),
            *(reading.exact(getattr(part, name)) for name in shown),
            reading.kr(part.amount),
        )
        for part in pool.parts
    ]
    sums = (sum((getattr(part, name) for part in pool.parts), Fraction(0)) for name in shown)
    units = sum((part.units for part in pool.parts), Fraction(0))
    foot = (
        word("sum"),
        "",
        reading.weighted(units),
        *map(reading.exact, sums),
        reading.kr(pool.total),
    )
    return table(
        " ".join(("<1", *(">auto",) * (len(shown) + 3))),
        [
            word("partner"),
            word("share"),
            word("weighted_short"),
            *(word(f"part_{name}") for name in shown),
            word("amount"),
        ],
        rows,
        [foot],
        size=7.5,
    )


def shares(reading: Reading, agreement: AgreementInput) -> list[tuple[str, str]]:
    """The fixed key: names and weights; a partner's statement sums the others."""
    others = reading.word("all_others")
    return [
        (others if id_ == NOBODY else reading.partner(id_), reading.number(weight))
        for id_, weight in agreement.shares.items()
    ]
