"""What partners say was not theirs, and what a manager answered."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field

from api.schemas.base import Body, Text

_TIME = "RFC 3339 with offset"

DisputeState = Literal["open", "corrected", "rejected", "withdrawn"]


class DisputeAsked(Body):
    room: Text = Field(examples=["granen"])
    start: Text = Field(description=_TIME, examples=["2026-11-20T09:00:00+01:00"])
    end: Text = Field(description=_TIME, examples=["2026-11-20T10:30:00+01:00"])
    reason: Text = Field(description="What is wrong; no names of people")


class DisputeAnswer(Body):
    """`correct` gives the time to `partner` (null: to nobody) and computes it again, `reject`
    lets it stand; both are a manager's. The partner itself may `withdraw`."""

    do: Literal["correct", "reject", "withdraw"]
    partner: Text | None = Field(None, description="Needed to correct; null gives it to nobody")
    reason: Text = Field("", description="Told to the partner; no names of people")


class Dispute(Body):
    """Times are whole seconds, half-open."""

    id: int
    room: str
    start: datetime
    end: datetime
    partner: str = Field(description="Who says so")
    reason: str
    made: datetime
    state: DisputeState
    answer: str = Field(description="Why, as the manager wrote it; empty while it is open")
    closed: datetime | None
    actor: str | None = Field(description="The key or session that filed it; managers see it")
    closer: str | None = Field(description="The one that answered; managers see it")
    correction: int | None = Field(description="What it led to; managers see it")


class Disputes(Body):
    disputes: list[Dispute] = Field(description="Oldest first")
