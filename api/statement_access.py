"""What a caller may see of statements: a manager all of it, a partner its own."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from typing import Annotated, Any, Final, NamedTuple, TypeVar

from fastapi import Path, Request

from api.access import Caller
from api.disputes import own_partner
from api.parts import Parts
from api.problems import Problem
from api.statements.drafting import Draft
from api.statements.service import NoStatement
from rooms.statement.document import Statement, Total
from rooms.statement.view import of_partner
from rooms.texts.times import moment
from storage.state import Issued

T = TypeVar("T")

AT_ONCE: Final = 8  # of the threads that answer requests, so many may be about statements

MONTH: Final = r"^20[0-9]{2}-(0[1-9]|1[0-2])$"  # \d would take any script's digits
Month = Annotated[str, Path(pattern=MONTH, examples=["2026-10"])]
Number = Annotated[int, Path(ge=1, le=2**53, examples=[7])]


async def few_at_once(request: Request) -> AsyncIterator[None]:
    """For routers: making a month anew is dear, and whoever waits for it holds a thread. The
    others stay free for the board."""
    gate: asyncio.Semaphore = request.app.state.about_statements
    async with gate:
        yield


def whose(caller: Caller) -> str | None:
    """The one partner whose statements the caller sees; ``None``: the manager's. Raises
    ``Problem`` 403."""
    return None if caller.only is None else own_partner(caller)


def found(number: int, read: Callable[[], T]) -> T:
    """Raises ``Problem`` 404; the same for a partner that has none of it."""
    try:
        return read()
    except NoStatement:
        raise Problem(404, "no_statement", number=number) from None


def issued_statement(parts: Parts, number: int, caller: Caller) -> Statement:
    """Raises ``Problem`` 403 and 404."""
    partner = whose(caller)
    return found(number, lambda: parts.statements.statement(number, partner))


def drafted(parts: Parts, month: str, caller: Caller) -> tuple[Draft, Statement | None]:
    """The month as it stands; no statement where it cannot be computed. Raises ``Problem`` 403,
    and 404 for a partner that has no part in it."""
    partner = whose(caller)
    if partner is not None and month not in parts.statements.months():
        raise Problem(404, "no_draft", month=month)  # looking for nothing is dear as well
    draft = parts.statements.draft(month)
    if partner is None or draft.statement is None:
        return draft, draft.statement
    if partner not in {total.partner for total in draft.statement.totals}:
        raise Problem(404, "no_draft", month=month)
    return draft, of_partner(draft.statement, partner)


def running_month(parts: Parts) -> str:
    """By the first site's calendar."""
    registry = parts.registry()
    zone = registry.zone(next(iter(registry.sites)))
    return f"{moment(parts.clock(), zone):%Y-%m}"


class Sums(NamedTuple):
    """What lists tell of an issued statement."""

    total: int
    used_s: int
    totals: dict[str, Total]  # by partner
    names: dict[str, str]


class IssuedSums:
    """Read once: what is issued never changes."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._known: dict[str, Sums] = {}

    def of(self, one: Issued) -> Sums:
        if one.sums not in self._known:
            read = self._parts.statements.statement(one.number)
            totals = {total.partner: total for total in read.totals}
            names = {partner.id: partner.name for partner in read.partners}
            self._known[one.sums] = Sums(read.total, read.used_s, totals, names)
        return self._known[one.sums]


def seen(parts: Parts, sums: IssuedSums, caller: Caller) -> list[tuple[Issued, Sums]]:
    """The issued statements that the caller has a part in, newest first."""
    partner = whose(caller)
    every = [(one, sums.of(one)) for one in reversed(parts.statements.issued())]
    if partner is None:
        return every
    return [
        (one, Sums(own.amount, own.used_s, {partner: own}, {partner: told.names[partner]}))
        for one, told in every
        if (own := told.totals.get(partner)) is not None
    ]


_TYPES: Final = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class Download(NamedTuple):
    content: bytes
    media_type: str
    name: str


def download(parts: Parts, number: int, path: str, caller: Caller) -> Download:
    """One of a statement's files. Raises ``Problem`` 403 and 404."""
    partner = whose(caller)
    statements = parts.statements
    content = found(number, lambda: statements.file(number, path, partner))
    one = next(one for one in statements.issued() if one.number == number)
    name = re.sub(r"[^A-Za-z0-9._-]", "-", path)
    type_ = _TYPES.get(path.rpartition(".")[2], "application/octet-stream")
    return Download(content, type_, f"{one.month}-v{one.version}-{name}")


def headers_of(file: Download) -> dict[str, Any]:
    """It is saved, never shown as a page."""
    return {"Content-Disposition": f'attachment; filename="{file.name}"'}
