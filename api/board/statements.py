"""The page on statements: months as they stand, issued ones, what came later, comparison."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from api.access import Caller
from api.board import disputes
from api.board.numbers import covered, place
from api.board.statement_words import ChangeRow, change_rows, month_name, sentence
from api.depends import Billed, Lang, PartsOf
from api.disputes import disputes_of
from api.parts import Parts
from api.statement_access import IssuedSums, Sums, drafted, few_at_once, running_month, seen, whose
from api.statement_views import newer_seen
from rooms.figures import Ratio
from rooms.statement.document import Statement
from rooms.statement.money import kronor
from rooms.texts import Language
from rooms.texts.times import clock
from storage.state import Issued, latest

router = APIRouter(include_in_schema=False, dependencies=[Depends(few_at_once)])

COMPARED: Final = 6  # months side by side


class Month(NamedTuple):
    """A month that is not issued, as it stands."""

    name: str
    href: str
    says: str  # "" where it cannot be computed
    coverage: str
    weak: list[str]  # rooms of which too little is known
    blocks: list[str]
    ready: bool


class Line(NamedTuple):
    number: int
    month: str
    version: int
    issued: str
    amount: str
    holds: bool
    files: list[tuple[str, str]]  # (what it is, path)


class Late(NamedTuple):
    month: str
    href: str
    reaches: bool
    changes: list[ChangeRow]


class Cell(NamedTuple):
    amount: str
    width: str  # of its bar, for SVG


class Comparison(NamedTuple):
    months: list[tuple[int, str]]  # number and name, oldest first
    rows: list[tuple[str, list[Cell]]]
    total: list[Cell]  # empty to a partner


@router.get("/statements")
def page(caller: Billed, request: Request, parts: PartsOf, language: Lang) -> Response:
    sums: IssuedSums = request.app.state.issued_sums
    made: Response = request.app.state.pages.page(
        request,
        "statements.html",
        caller=caller,
        done=request.query_params.get("done", ""),
        **_all(parts, sums, caller, language),
    )
    return made


def _all(parts: Parts, sums: IssuedSums, caller: Caller, language: Language) -> dict[str, Any]:
    listed = seen(parts, sums, caller)
    running, waiting, older = _months(parts)
    every = disputes.rows(parts, disputes_of(parts, caller), caller, language)
    held = {one.number for one in latest([one for one, _ in listed]).values()}
    return {
        "running": _month(parts, running, caller, language) if running else None,
        "waiting": _month(parts, waiting, caller, language) if waiting else None,
        "older": [(month_name(m, language), f"/statements/draft/{m}") for m in older],
        "late": [late for late in _late(parts, sums, caller, language) if late.changes],
        "lines": [_line(parts, *one, held, caller, language) for one in listed],
        "compared": compare([one for one in listed if one[0].number in held], caller, language),
        "disputes": every,
        "back": "/statements",
        "own": caller.only is not None,
    }


def _months(parts: Parts) -> tuple[str, str, list[str]]:
    """The running one, the latest that is over and not issued, older ones."""
    running, issued = running_month(parts), {one.month for one in parts.statements.issued()}
    months = parts.statements.months()
    open_ = sorted((m for m in months if m < running and m not in issued), reverse=True)
    return running if running in months else "", open_[0] if open_ else "", open_[1:]


def _month(parts: Parts, month: str, caller: Caller, language: Language) -> Month | None:
    partner = whose(caller)
    every = parts.statements.draft(month).statement
    if partner is not None and (
        every is None or partner not in {total.partner for total in every.totals}
    ):
        return None
    draft, statement = drafted(parts, month, caller)
    rooms = () if statement is None else statement.rooms
    return Month(
        month_name(month, language),
        f"/statements/draft/{month}",
        "" if statement is None else sentence(statement, language),
        covered(Ratio(sum(r.known_s for r in rooms), sum(r.bookable_s for r in rooms))),
        [] if statement is None else weak_rooms(statement, language),
        [block.text(language) for block in draft.blocks] if partner is None else [],
        partner is None and not draft.blocks,
    )


def weak_rooms(statement: Statement, language: Language) -> list[str]:
    """Those that cannot be billed as they are, or only by what stands in for them."""
    names = {room.room: room.name.in_(language) for room in statement.rooms}
    rooms = dict.fromkeys(gate.room for gate in statement.gate)
    return [names.get(room, room) for room in rooms]


def _line(
    parts: Parts, one: Issued, told: Sums, held: set[int], caller: Caller, language: Language
) -> Line:
    registry = parts.registry()
    zone = registry.zone(next(iter(registry.sites)))
    there = parts.statements.files(one.number, whose(caller))
    named = (("PDF", f"statement.{language}.pdf"), ("Excel", f"statement.{language}.xlsx"))
    return Line(
        one.number,
        month_name(one.month, language),
        one.version,
        clock(one.issued, parts.clock(), zone, language),
        kronor(told.total, language),
        one.number in held,
        [(name, f"/api/v1/statements/{one.number}/files/{p}") for name, p in named if p in there],
    )


def _late(parts: Parts, sums: IssuedSums, caller: Caller, language: Language) -> list[Late]:
    return [
        Late(
            month_name(one.issued.month, language),
            f"/statements/draft/{one.issued.month}",
            one.reaches,
            list(change_rows(one.changes, sums.of(one.issued).names, language)),
        )
        for one in newer_seen(parts, caller)
    ]


def compare(
    held: Sequence[tuple[Issued, Sums]], caller: Caller, language: Language
) -> Comparison | None:
    """The latest months side by side; nothing where there is but one."""
    shown = sorted(held, key=lambda one: one[0].month)[-COMPARED:]
    if len(shown) < 2:
        return None
    names = {id_: name for _, told in shown for id_, name in told.names.items()}
    ids = sorted(
        {id_ for _, told in shown for id_ in told.totals}, key=lambda id_: (names[id_], id_)
    )
    amounts = {
        id_: [told.totals[id_].amount if id_ in told.totals else None for _, told in shown]
        for id_ in ids
    }
    most = max((abs(a) for row in amounts.values() for a in row if a is not None), default=0)
    sums: list[int | None] = [told.total for _, told in shown]
    greatest = max(abs(a) for a in sums if a is not None)
    return Comparison(
        [(one.number, month_name(one.month, language)) for one, _ in shown],
        [(names[id_], [_cell(a, most, language) for a in amounts[id_]]) for id_ in ids],
        [_cell(a, greatest, language) for a in sums] if caller.only is None else [],
    )


def _cell(amount: int | None, most: int, language: Language) -> Cell:
    if amount is None:
        return Cell("–", place(0.0))
    return Cell(kronor(amount, language), place(max(0, amount) / most if most else 0.0))
