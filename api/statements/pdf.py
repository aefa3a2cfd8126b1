"""A statement as PDF, typeset by Typst: tagged (PDF/UA-1), with its own fonts, no network."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

import msgspec

from api.statements.paper import paper
from api.statements.press import Press
from rooms.statement.document import Statement
from rooms.texts import Language

_DRAFTED: Final = datetime(2000, 1, 1, tzinfo=UTC)  # a draft has no time of its own
PRESS: Final = Press()


def document(statement: Statement, language: Language) -> bytes:
    """The same bytes for the same statement with the same Typst. Raises ``StoreUnavailable``."""
    issued = statement.head.issued
    at = _DRAFTED if issued is None else datetime.fromisoformat(issued).astimezone(UTC)
    return PRESS.typeset(msgspec.json.encode(paper(statement, language)).decode(), at)
