"""What there is of statements. A statement itself is the document of
``docs/schema/statement.schema.json``."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from api.schemas.base import Body, Text

_ORE = "Whole öre without VAT"


class StatementAmount(Body):
    partner: str
    name: str
    amount: int = Field(description=_ORE)


class StatementEntry(Body):
    """An issued statement; a partner sees its own amount as the total."""

    number: int = Field(description="1, 2, 3 ... over all months")
    month: str = Field(examples=["2026-10"])
    version: int = Field(description="Of the month")
    holds: bool = Field(description="False: a later version replaced it")
    issued: datetime
    author: str | None = Field(description="The key or session that issued it; managers see it")
    reason: str = Field(description="Why there is a new version")
    total: int = Field(description=_ORE)
    amounts: list[StatementAmount]
    files: list[str] = Field(description="Paths under `/statements/{number}/files/`")


class StatementChange(Body):
    partner: str
    before: int = Field(description=_ORE)
    now: int = Field(description=_ORE)
    difference: int = Field(description=_ORE)


class StatementDiff(Body):
    number: int
    month: str
    version: int
    replaces: int | None = Field(description="The number of the version before")
    changes: list[StatementChange]


class StatementNewer(Body):
    """An issued month whose result would differ now."""

    month: str
    number: int = Field(description="Of the version that holds")
    reaches: bool = Field(
        description="True: large enough for a new version; false: carried into the next month"
    )
    changes: list[StatementChange]


class StatementBlock(Body):
    key: str = Field(examples=["statement.block.gate"])
    text: str


class StatementSummary(Body):
    """A month as it stands. `blocks` say why it cannot be issued now; managers see them."""

    month: str
    total: int | None = Field(description=f"{_ORE}; null where it cannot be computed")
    used_s: int
    bookable_s: int
    known_s: int
    pending_hours: int = Field(description="Room-hours that wait to be computed (again)")
    amounts: list[StatementAmount]
    blocks: list[StatementBlock]


class Statements(Body):
    issued: list[StatementEntry] = Field(description="Newest first")
    newer: list[StatementNewer]
    running: StatementSummary | None = Field(description="The running month, if it has data")
    months: list[str] = Field(description="Those of which there is something to tell, newest first")


class StatementIssue(Body):
    reason: Text = Field("", max_length=500, description="Needed for a new version of a month")
    overrides: dict[Text, Text] = Field(
        {},
        max_length=1000,
        description="Room -> why it is billed although less than 90 % of it is known",
        examples=[{"granen": "The sensor was away; use was as usual"}],
    )


class StatementFinding(Body):
    """Something that is not as it was issued."""

    number: int
    file: str = Field(description="Within the statement's folder, the folder, or service.db")
    text: str


class StatementVerification(Body):
    intact: bool
    statements: int = Field(description="How many were looked at")
    findings: list[StatementFinding]
