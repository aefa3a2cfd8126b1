"""Differences to the version before, definitions, and what makes the statement checkable."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version
from typing import Final

from api.statements.blocks import Block, facts, heading, paragraph, table
from api.statements.paper_lines import shares
from api.statements.reading import Reading

DEFINED: Final = (
    "used",
    "outside",
    "whose",
    "no_show",
    "weighted",
    "nobody",
    "coverage",
    "rounding",
    "bounds",
)


def blocks(reading: Reading) -> Iterator[Block]:
    word, head = reading.word, reading.statement.head
    yield from _changes(reading)
    yield heading(1, word("definitions"))
    yield paragraph(word("definitions_version", metrics=head.metrics), soft=True)
    yield facts((word(f"define_{key}"), word(f"define_{key}_as")) for key in DEFINED)
    yield heading(1, word("appendix"))
    yield from _bounds(reading)
    yield from _rounding(reading)
    yield from _weights(reading)
    yield from _periods(reading)
    yield heading(2, word("seal"))
    yield paragraph(word("seal_how"), soft=True)
    yield facts(
        [
            (word(f"seal_{key}"), value)
            for key, value in (
                ("head", head.seal),
                ("previous", head.previous),
                ("inputs", head.inputs),
                ("registry", head.registry),
                ("program", head.program),
                ("typeset", f"Typst {version('typst')}"),
            )
            if value
        ],
        mono=True,
    )


def _changes(reading: Reading) -> Iterator[Block]:
    word, statement = reading.word, reading.statement
    if statement.before is None:
        return
    yield heading(1, word("changes"))
    yield paragraph(
        word("changes_how", number=statement.before.number, version=statement.before.version)
    )
    if statement.head.reason:
        yield paragraph(word("changes_reason", reason=statement.head.reason))
    yield table(
        "<1 >auto >auto >auto",
        [word(key) for key in ("partner", "before", "now", "difference")],
        [
            (reading.partner(one.partner), *map(reading.kr, (one.before, one.now, one.difference)))
            for one in statement.changes
        ],
    )


def _bounds(reading: Reading) -> Iterator[Block]:
    word = reading.word
    yield heading(2, word("bounds"))
    yield paragraph(word("bounds_how"), soft=True)
    yield table(
        "<1 >auto >auto >auto",
        [word(key) for key in ("partner", "low", "amount", "high")],
        [
            (reading.partner(one.partner), *map(reading.kr, (one.low, one.amount, one.high)))
            for one in reading.statement.totals
        ],
        size=8.5,
    )


def _rounding(reading: Reading) -> Iterator[Block]:
    word = reading.word
    rows = [
        (
            reading.name(pool.name),
            reading.partner(part.partner),
            reading.exact(part.exact),
            reading.exact(part.remainder),
            reading.kr(part.amount),
        )
        for pool, part in reading.parts()
    ]
    if rows:
        yield heading(2, word("rounding"))
        head = [word(key) for key in ("pool", "partner", "exact", "rounding", "amount")]
        yield table("<1 <1 >auto >auto >auto", head, rows, size=8)


def _weights(reading: Reading) -> Iterator[Block]:
    word = reading.word
    rows = [
        (one.id, reading.pool(one.pool), partner, weight)
        for one in reading.statement.agreements
        for partner, weight in shares(reading, one)
    ]
    if rows:
        yield heading(2, word("weights"))
        head = [word(key) for key in ("agreement_id", "pool", "partner", "weight")]
        yield table("<auto <1 <1 >auto", head, rows, size=8)


def _periods(reading: Reading) -> Iterator[Block]:
    """Where a pool had several agreements in the month: what each of them splits."""
    word = reading.word
    rows = [
        (
            reading.name(pool.name),
            one.agreement,
            str(one.days),
            reading.exact(one.capacity),
            reading.exact(one.usage),
            reading.weighted(one.unattributed_units),
            reading.exact(one.credit),
        )
        for pool in reading.statement.pools
        if len(pool.periods) > 1
        for one in pool.periods
    ]
    if rows:
        yield heading(2, word("periods"))
        keys = ("pool", "agreement_id", "days", "part_capacity", "part_usage")
        head = [*map(word, keys), word("unattributed_units"), word("part_credit")]
        yield table("<1 <auto >auto >auto >auto >auto >auto", head, rows, size=7.5)
