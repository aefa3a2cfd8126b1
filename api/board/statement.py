"""One statement, issued or as the month stands: amounts, lines, rooms, evidence, issuing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from api import schemas
from api.access import Caller
from api.board import disputes
from api.board.evidence import Told, days
from api.board.statement_words import (
    change_rows,
    day_and_time,
    month_name,
    pool_tables,
    room_rows,
    sentence,
    total_rows,
)
from api.board.statements import weak_rooms
from api.depends import Billed, Lang, Manager, PartsOf
from api.disputes import disputes_of
from api.forms import LongForm
from api.parts import Parts
from api.problems import Problem
from api.statement_access import Month, Number, drafted, few_at_once, issued_statement, whose
from api.statement_issue import issue
from api.statements.drafting import Block
from rooms.statement.document import Statement
from rooms.statement.money import kronor
from rooms.statement.notes import say
from rooms.texts import Language
from storage.state import latest

router = APIRouter(include_in_schema=False, dependencies=[Depends(few_at_once)])

_MENDED_HERE: Final = {"statement.block.gate", "statement.block.reason"}  # by the form
_OVERRIDE: Final = "override:"


class File(NamedTuple):
    name: str
    href: str


@router.get("/statements/{number}")
def page(
    caller: Billed, request: Request, number: Number, parts: PartsOf, language: Lang
) -> Response:
    statement = issued_statement(parts, number, caller)
    one = next(one for one in parts.statements.issued() if one.number == number)
    files = parts.statements.files(number, whose(caller))
    now = latest(parts.statements.issued())[one.month]
    return _page(
        request,
        parts,
        caller,
        statement,
        language,
        back=f"/statements/{number}",
        issued=day_and_time(one.issued, _zones(statement)[0], language),
        files=_files(number, files, statement),
        later=now.number if now.number != number else None,
        newer=[late for late in parts.statements.newer(one.month) if now.number == number]
        if caller.only is None
        else [],
    )


@router.get("/statements/draft/{month}")
def draft_page(
    caller: Billed, request: Request, month: Month, parts: PartsOf, language: Lang
) -> Response:
    draft, statement = drafted(parts, month, caller)
    back = f"/statements/draft/{month}"
    blocks = draft.blocks if caller.only is None else ()
    if statement is None:
        return _none(request, month, blocks, caller, language)
    return _page(
        request,
        parts,
        caller,
        statement,
        language,
        back=back,
        blocks=[block.text(language) for block in blocks if block.key not in _MENDED_HERE],
        form=_form(statement, blocks, language) if caller.only is None else None,
    )


def _none(
    request: Request, month: str, blocks: Sequence[Block], caller: Caller, language: Language
) -> Response:
    made: Response = request.app.state.pages.page(
        request,
        "statement_none.html",
        caller=caller,
        month=month_name(month, language),
        blocks=[block.text(language) for block in blocks],
    )
    return made


@router.post("/statements/draft/{month}/issue")
def post_issue(
    caller: Manager, month: Month, parts: PartsOf, language: Lang, form: LongForm
) -> Response:
    """From the form on the draft's page; other web sites are kept out by the manager's gate."""
    overrides = {
        name.removeprefix(_OVERRIDE): said
        for name, said in form.items()
        if name.startswith(_OVERRIDE) and said.strip()
    }
    asked = schemas.StatementIssue.model_construct(
        reason=form.get("reason", ""), overrides=overrides
    )
    made = issue(parts, month, asked, caller, language)
    return RedirectResponse(f"/statements/{made.number}?done=issued", 303)


class IssueForm(NamedTuple):
    """``ready``: nothing is in the way but what the form asks for."""

    ready: bool
    rooms: list[tuple[str, str]]  # that need a reason
    reason: bool  # does it replace a version?


def _form(statement: Statement, blocks: Sequence[Block], language: Language) -> IssueForm:
    names = {room.room: room.name.in_(language) for room in statement.rooms}
    open_ = dict.fromkeys(gate.room for gate in statement.gate if gate.open)
    return IssueForm(
        all(block.key in _MENDED_HERE for block in blocks),
        [(room, names.get(room, room)) for room in open_],
        statement.before is not None,
    )


def _page(
    request: Request,
    parts: Parts,
    caller: Caller,
    statement: Statement,
    language: Language,
    **more: Any,
) -> Response:
    names = {one.id: one.name for one in statement.partners}
    start = min((site.start for site in statement.sites), default=0)
    stop = max((site.stop for site in statement.sites), default=0)
    own = [one for one in disputes_of(parts, caller) if one.start < stop and one.stop > start]
    rooms = room_rows(statement, language)
    chosen = _chosen(request.query_params.get("room"), statement)
    zones = {site.id: zone for site, zone in zip(statement.sites, _zones(statement), strict=True)}
    evidence = None
    if chosen is not None:
        zone = zones[next(room.site for room in statement.rooms if room.room == chosen)]
        evidence = days(Told(parts, statement, chosen, zone, language, own))
    values: dict[str, Any] = {
        "blocks": [],
        "form": None,
        "issued": "",
        "files": [],
        "later": None,
        "newer": [],
        "statement": statement,
        "month": month_name(statement.head.month, language),
        "says": sentence(statement, language),
        "own": statement.partner is not None,
        "whose": "" if statement.partner is None else statement.name_of(statement.partner),
        "totals": total_rows(statement, language),
        "pools": pool_tables(statement, language),
        "direct": [
            (
                one.cost.name.in_(language),
                statement.name_of(one.partner),
                kronor(one.cost.amount, language),
            )
            for one in statement.direct
        ],
        "changes": list(change_rows(statement.changes, names, language)),
        "rooms": rooms,
        "weak": weak_rooms(statement, language),
        "notes": [say(note, statement, language) for note in statement.notes],
        "room": next((room for room in rooms if room.id == chosen), None),
        "evidence": evidence,
        "disputes": disputes.rows(parts, own, caller, language),
        "done": request.query_params.get("done", ""),
    }
    made: Response = request.app.state.pages.page(
        request, "statement.html", caller=caller, **(values | more)
    )
    return made


def _chosen(asked: str | None, statement: Statement) -> str | None:
    """The room whose evidence is shown: the one asked for, else the first with any. Raises
    ``Problem`` 404."""
    rooms = [room.room for room in statement.rooms]
    if asked:
        if asked not in rooms:
            raise Problem(404, "no_room", room=asked[:80])
        return asked
    told = {one.room for one in statement.stays} | {one.room for one in statement.empty}
    return next((room for room in rooms if room in told), None)


def _zones(statement: Statement) -> list[ZoneInfo]:
    return [ZoneInfo(site.timezone) for site in statement.sites]


def _files(number: int, paths: Sequence[str], statement: Statement) -> list[tuple[str, list[File]]]:
    """The reader's own first (under no name), then each partner's."""
    groups: dict[str, list[File]] = {}
    for path in paths:
        partner, _, name = path.removeprefix("partners/").rpartition("/")
        href = f"/api/v1/statements/{number}/files/{path}"
        groups.setdefault(partner and statement.name_of(partner), []).append(File(name, href))
    return sorted(groups.items())
