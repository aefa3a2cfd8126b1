"""Disputes: a partner says that time was not its own."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path

from api import schemas
from api.depends import Billed, Lang, Partner, PartsOf, problems
from api.disputes import answer_dispute, dispute_view, disputes_of, file_dispute
from api.parameters import only_known

router = APIRouter(
    prefix="/api/v1/disputes", tags=["statements"], dependencies=[Depends(only_known)]
)

DisputeId = Annotated[int, Path(ge=1, le=2**53, examples=[7])]


@router.get("", responses=problems())
def get_disputes(
    caller: Billed, parts: PartsOf, state: schemas.DisputeState | None = None
) -> schemas.Disputes:
    """All of them to a manager, its own to a partner."""
    registry = parts.registry()
    found = disputes_of(parts, caller, state)
    return schemas.Disputes(disputes=[dispute_view(registry, one, caller) for one in found])


@router.post("", status_code=201, responses=problems(404))
def post_dispute(
    caller: Partner, asked: schemas.DisputeAsked, parts: PartsOf, language: Lang
) -> schemas.Dispute:
    """Say that time in a room was not yours. As long as it can be computed again, a manager can
    correct it. Asked twice, the open one is answered."""
    return dispute_view(parts.registry(), file_dispute(parts, asked, caller, language), caller)


@router.post("/{dispute}/answer", responses=problems(404, 409))
def post_answer(
    caller: Billed,
    dispute: DisputeId,
    asked: schemas.DisputeAnswer,
    parts: PartsOf,
    language: Lang,
) -> schemas.Dispute:
    """A correction leads to a newer result of the month; it is issued as any other."""
    closed = answer_dispute(parts, dispute, asked, caller, language)
    return dispute_view(parts.registry(), closed, caller)
