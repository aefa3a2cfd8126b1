"""What became of every message, for those who look after the devices."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query

from api import schemas
from api.accounts import account_views
from api.asked import day_asked
from api.depends import Lang, Maintainer, PartsOf, problems
from api.problems import Problem

router = APIRouter(prefix="/api/v1/accounts", tags=["accounts"])

Day = Annotated[str | None, Query(json_schema_extra={"format": "date"}, examples=["2026-11-23"])]


@router.get("", responses=problems())
def accounts(_: Maintainer, parts: PartsOf, language: Lang, day: Day = None) -> schemas.Accounts:
    """What became of each device's messages on a day; by default today."""
    if parts.accounts_of is None or parts.day_of is None:
        raise Problem(503, "no_accounts")
    asked = parts.day_of(parts.clock()) if day is None else day_asked(day, language)
    return schemas.Accounts(
        day=date.fromisoformat(asked), accounts=account_views(parts.accounts_of(asked))
    )
