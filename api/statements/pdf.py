"""A statement as PDF, typeset by Typst: tagged (PDF/UA-1), with its own fonts, no network."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from typing import Final

import msgspec
import typst

from api.statements.paper import paper
from rooms.statement.document import Statement
from rooms.texts import Language

_DRAFTED: Final = datetime(2000, 1, 1, tzinfo=UTC)  # a draft has no time of its own
_ONE_AT_A_TIME: Final = threading.Lock()  # the compiler keeps what it was given last


def document(statement: Statement, language: Language) -> bytes:
    """The same bytes for the same statement with the same Typst."""
    issued = statement.head.issued
    at = _DRAFTED if issued is None else datetime.fromisoformat(issued).astimezone(UTC)
    said = {"data": msgspec.json.encode(paper(statement, language)).decode()}
    try:
        return _typeset(said, at, ["ua-1"])
    except typst.TypstError:
        # PDF/UA-1 forbids signs that no font has, such as an emoji in a name: still a tagged
        # PDF with the sign in its text, but shown as a box and without the claim.
        return _typeset(said, at, [])


def _typeset(said: dict[str, str], at: datetime, standards: list[typst.PDFStandard]) -> bytes:
    with _ONE_AT_A_TIME:
        made = _compiler().compile(
            _layout(), format="pdf", sys_inputs=said, pdf_standards=standards, timestamp=at
        )
    assert isinstance(made, bytes)
    return made


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(ignore_system_fonts=True)


@cache
def _layout() -> bytes:
    return files("api.statements").joinpath("statement.typ").read_bytes()
