"""What people say about whose time it was: check-ins and corrections."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from api.schemas.base import Body, Text

_TIME = "RFC 3339 with offset"


class CheckInAsked(Body):
    partner: Text | None = Field(
        description="A partner's id; null checks out", examples=["norrsken"]
    )
    until: Text | None = Field(None, description=f"{_TIME}; without it the stay decides")


class CheckedIn(Body):
    room: str
    partner: str | None
    time: datetime
    until: datetime | None


class CorrectionAsked(Body):
    start: Text = Field(description=_TIME, examples=["2026-11-20T09:00:00+01:00"])
    end: Text = Field(description=_TIME, examples=["2026-11-20T10:30:00+01:00"])
    partner: Text | None = Field(description="A partner's id; null gives the time to nobody")
    reason: Text = Field(description="For the audit trail; no names of people")


class Correction(Body):
    """Times are whole seconds, half-open."""

    id: int
    room: str
    start: datetime
    end: datetime
    partner: str | None
    reason: str
    actor: str = Field(description="The key or session that made it")
    made: datetime
    withdrawn: datetime | None


class Corrections(Body):
    corrections: list[Correction]
