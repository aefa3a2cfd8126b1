"""What the PDF of a statement says, page one first: data for ``statement.typ``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from api.statements import paper_appendix, paper_evidence, paper_lines
from api.statements.blocks import Block, note, paragraph, table
from api.statements.reading import Reading
from rooms.statement.document import Statement
from rooms.texts import Language


def paper(statement: Statement, language: Language) -> dict[str, Any]:
    """Everything that is printed, in the reader's language."""
    reading = Reading(statement, language)
    head = statement.head
    return {
        "language": language,
        "title": " – ".join(
            filter(None, (reading.title, reading.number_and_version, _who(reading)))
        ),
        "issuer": reading.issuers,
        "keywords": [statement.head.month, reading.number_and_version],
        "draft": reading.word("draft") if head.state == "draft" else None,
        "running": " · ".join(
            filter(None, (reading.title, reading.number_and_version, _who(reading)))
        ),
        "footer": reading.word("footer", program=head.program or "Rumskoll", metrics=head.metrics),
        "page": reading.word("page"),
        "front": _front(reading),
        "blocks": [
            *_summary(reading),
            *paper_lines.blocks(reading),
            *paper_evidence.blocks(reading),
            *paper_appendix.blocks(reading),
        ],
    }


def _who(reading: Reading) -> str:
    partner = reading.statement.partner
    return "" if partner is None else reading.partner(partner)


def _front(reading: Reading) -> dict[str, Any]:
    statement, word = reading.statement, reading.word
    everybody = reading.hours(statement.used_s)
    if statement.partner is None:
        used = word("used_by_all", all=everybody)
        due, owed = word("shared", amount=reading.kr(statement.total)), statement.total
    else:
        total = reading.total_of(statement.partner)
        used, owed = word("used", own=reading.hours(total.used_s), all=everybody), total.amount
        due = word("due", amount=reading.kr(owed))
    if owed < 0:
        due = word("refund", amount=reading.kr(-owed))
    return {
        "issuer": _issuers(reading),
        "addressee": _who(reading) or word("for_manager"),
        "references": list(_references(reading)),
        "title": reading.title,
        "facts": list(_facts(reading)),
        "used": used,
        "due": due,
        "settled": _settled(reading),
    }


def _settled(reading: Reading) -> str | None:
    """Of a later version: what is left of it, for those who have paid the one before."""
    statement, word = reading.statement, reading.word
    if statement.before is None:
        return None
    difference = sum(one.difference for one in statement.changes)
    return word(
        "settled",
        number=statement.before.number,
        before=reading.kr(sum(one.before for one in statement.changes)),
        difference=reading.kr(difference),
    )


def _issuers(reading: Reading) -> str:
    lines = (
        site.issuer + (f", {site.organisation}" if site.organisation else "")
        for site in reading.statement.sites
    )
    return "\n".join(dict.fromkeys(lines))


def _references(reading: Reading) -> Iterator[tuple[str, str]]:
    for one in reading.statement.partners:
        if one.id == reading.statement.partner:
            if one.reference:
                yield reading.word("reference"), one.reference
            if one.cost_centre:
                yield reading.word("cost_centre"), one.cost_centre


def _facts(reading: Reading) -> Iterator[tuple[str, str]]:
    head, word = reading.statement.head, reading.word
    yield word("number"), reading.number_and_version
    yield word("month"), reading.month
    if head.issued is not None:
        issued = datetime.fromisoformat(head.issued).astimezone(reading.first_zone)
        yield word("issued"), f"{reading.long_day(issued.date())} {reading.clock(issued)}"
    if head.author:
        yield word("author"), head.author
    if reading.statement.before is not None:
        before = reading.statement.before
        yield word("replaces"), word("numbered", number=before.number, version=before.version)


def _summary(reading: Reading) -> Iterator[Block]:
    if not reading.own or reading.statement.pools or reading.statement.direct:
        yield (_own_summary if reading.own else _all_summary)(reading)
    if any(one.treatment == "bookings" for _, part in reading.parts() for one in part.rooms):
        yield paragraph(reading.word("booked_too"), soft=True)
    codes = _by_vat(reading)
    if len(codes) > 1:
        yield table(
            "<1 >auto",
            (reading.word("vat"), reading.word("amount")),
            [(code or "–", reading.kr(amount)) for code, amount in sorted(codes.items())],
        )
    for one in reading.statement.notes:
        if one.code != "grain":  # of many rooms alike: said once, below their coverage
            yield note(reading.note(one))


def _own_summary(reading: Reading) -> Block:
    """Hours and share for each pool, then what comes on top."""
    word, partner = reading.word, reading.statement.partner or ""
    rows = [
        (
            reading.name(pool.name),
            reading.hours(part.used_s),
            reading.hours(pool.used_s),
            reading.percent(part.share),
            reading.kr(pool.total),
            reading.kr(part.amount),
        )
        for pool, part in reading.parts()
    ]
    rows += [
        (reading.name(one.cost.name), "", "", "", "", reading.kr(one.cost.amount))
        for one in reading.statement.direct
    ]
    rows += [
        (
            f"{word('carried_from', month=month)}: {reading.pool(pool)}",
            "",
            "",
            "",
            "",
            reading.kr(ore),
        )
        for month, pool, _, ore in reading.carried()
    ]
    return table(
        "<1 >auto >auto >auto >auto >auto",
        [
            word(key)
            for key in ("pool", "your_time", "all_time", "your_share", "to_share", "your_part")
        ],
        rows,
        [(word("sum"), "", "", "", "", reading.kr(reading.total_of(partner).amount))],
    )


def _all_summary(reading: Reading) -> Block:
    word, statement = reading.word, reading.statement
    rows = [
        (
            reading.partner(one.partner),
            reading.hours(one.used_s),
            *(reading.kr(ore) for ore in (one.pools, one.direct, one.carried, one.amount)),
        )
        for one in statement.totals
    ]
    sums = (
        sum(getattr(one, field) for one in statement.totals)
        for field in ("pools", "direct", "carried", "amount")
    )
    return table(
        "<1 >auto >auto >auto >auto >auto",
        [word(key) for key in ("partner", "time", "pools", "direct", "carried", "amount")],
        rows,
        [(word("sum"), reading.hours(statement.used_s), *map(reading.kr, sums))],
        size=8.5,
    )


def _by_vat(reading: Reading) -> Counter[str]:
    """What is owed under each VAT code, öre."""
    codes: Counter[str] = Counter()
    vat = {pool.id: pool.vat for pool in reading.statement.pools}
    for pool, part in reading.parts():
        codes[pool.vat] += part.amount
    for one in reading.statement.direct:
        codes[one.cost.vat] += one.cost.amount
    for _, carried, _, ore in reading.carried():
        codes[vat.get(carried or "", "")] += ore
    return codes
