"""Cost-sharing statements: what there is, a month as it stands, issuing, files."""

from __future__ import annotations

from typing import Annotated, Any, Final

import msgspec
from fastapi import APIRouter, Depends, Path, Request, Response

from api import schemas
from api.depends import Billed, Lang, Manager, PartsOf, problems
from api.parameters import only_known
from api.statement_access import (
    Month,
    Number,
    download,
    drafted,
    few_at_once,
    headers_of,
    issued_statement,
)
from api.statement_issue import issue
from api.statement_views import (
    blocks_view,
    diff_view,
    entries,
    statements_view,
    verification,
)
from rooms.statement.codec import encode
from rooms.statement.document import Statement

router = APIRouter(
    prefix="/api/v1/statements",
    tags=["statements"],
    dependencies=[Depends(only_known), Depends(few_at_once)],
)

_DOCUMENT: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "As docs/schema/statement.schema.json has it",
        "content": {"application/json": {"schema": {"type": "object"}}},
    }
}
_FILE: Final[dict[int | str, dict[str, Any]]] = {
    200: {"content": {"application/octet-stream": {"schema": {"type": "string"}}}}
}


class _Block(msgspec.Struct):
    key: str
    text: str


class _DraftBody(msgspec.Struct):
    month: str
    pending_hours: int
    blocks: list[_Block]
    statement: Statement | None


@router.get("", responses=problems())
def get_statements(
    caller: Billed, request: Request, parts: PartsOf, language: Lang
) -> schemas.Statements:
    """Issued ones, months whose result would differ now, the running month as it stands. A
    partner sees what is its own."""
    return statements_view(parts, request.app.state.issued_sums, caller, language)


@router.get("/{month}/draft", responses=problems(404) | _DOCUMENT)
def get_draft(caller: Billed, month: Month, parts: PartsOf, language: Lang) -> Response:
    """The month as it would be issued now: `statement` (null where it cannot be computed),
    `pending_hours`, and to managers the `blocks` that say why it cannot be issued."""
    draft, statement = drafted(parts, month, caller)
    blocks = blocks_view(draft, language) if caller.only is None else []
    told = [_Block(block.key, block.text) for block in blocks]
    body = _DraftBody(month, draft.pending, told, statement)
    return Response(encode(body), media_type="application/json")


@router.post("/{month}/issue", status_code=201, responses=problems(409))
def post_issue(
    caller: Manager,
    month: Month,
    asked: schemas.StatementIssue,
    request: Request,
    parts: PartsOf,
    language: Lang,
) -> schemas.StatementEntry:
    """Issue it for good. 409 says what stands against it; asked twice, the second is refused."""
    made = issue(parts, month, asked, caller, language)
    listed = entries(parts, request.app.state.issued_sums, caller)
    return next(entry for entry in listed if entry.number == made.number)


@router.get("/verify", responses=problems())
def get_verify(_: Manager, parts: PartsOf, language: Lang) -> schemas.StatementVerification:
    """Is every issued statement as it was issued? What is computed is computed again, so this
    takes a while where there are many."""
    return verification(parts, language)


@router.get("/{number}", responses=problems(404) | _DOCUMENT)
def get_statement(caller: Billed, number: Number, parts: PartsOf) -> Response:
    """As it was issued; a partner's own."""
    statement = issued_statement(parts, number, caller)
    return Response(encode(statement), media_type="application/json")


@router.get("/{number}/diff", responses=problems(404))
def get_diff(caller: Billed, number: Number, parts: PartsOf) -> schemas.StatementDiff:
    """What each owes in this version, and owed in the one before; empty for the first."""
    return diff_view(issued_statement(parts, number, caller))


@router.get("/{number}/files/{path:path}", responses=problems(404) | _FILE)
def get_file(
    caller: Billed,
    number: Number,
    path: Annotated[str, Path(max_length=200, examples=["statement.en.pdf"])],
    parts: PartsOf,
) -> Response:
    """One of the files that the list names, as it was issued."""
    file = download(parts, number, path, caller)
    return Response(file.content, headers=headers_of(file), media_type=file.media_type)
