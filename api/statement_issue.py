"""Issuing a month's statement over HTTP."""

from __future__ import annotations

from typing import Final

from api import schemas
from api.access import Caller
from api.asked import invalid, one_line
from api.parts import Parts
from api.problems import Problem
from api.statements.drafting import CannotIssue
from rooms.texts import Language, text
from storage.state import Issued

MOST_REASON: Final = 500


def issue(
    parts: Parts, month: str, asked: schemas.StatementIssue, caller: Caller, language: Language
) -> Issued:
    """Raises ``Problem`` 422 that names the field, 409 with what stands against it."""
    overrides = {
        room: _words(f"overrides.{room[:80]}", said, language)
        for room, said in asked.overrides.items()
    }
    reason = _words("reason", asked.reason, language)
    try:
        return parts.statements.issue(month, caller.name, overrides=overrides, reason=reason)
    except CannotIssue as error:
        told = [block.text(language) for block in error.blocks]
        errors = [{"field": "month", "message": words} for words in told]
        raise Problem(409, "cannot_issue", errors=errors, month=month) from None


def _words(field: str, said: str, language: Language) -> str:
    """On one line."""
    try:
        return one_line(said, MOST_REASON)
    except ValueError:
        message = text(language, "statement.field.words", most=MOST_REASON)
        raise invalid(field, message, "body") from None
