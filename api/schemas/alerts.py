"""What was told to whom. Addresses are nowhere in it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field

from api.schemas.base import Body


class AlertEntry(Body):
    fault: str
    event: Literal["opened", "reopened", "escalated", "released", "reminder", "resolved"]


class AlertDelivery(Body):
    """How far it came by one channel."""

    channel: str = Field(description="`email`, or a word that stands for an address")
    state: Literal["waiting", "delivered", "failed"]
    attempts: int
    next_try: datetime | None
    settled: datetime | None = Field(description="When it was delivered or given up")
    error: str | None


class Alert(Body):
    id: int
    person: str = Field(description="An id of contacts.yaml")
    kind: Literal["faults", "digest", "room_check", "test"]
    site: str | None
    state: Literal["waiting", "sent", "dropped"] = Field(
        description="Dropped: nothing in it held any more when it was due"
    )
    urgent: bool
    created: datetime
    due: datetime
    settled: datetime | None = Field(description="When it was handed over, or dropped")
    answered: datetime | None = Field(description="When its link was used")
    entries: list[AlertEntry]
    deliveries: list[AlertDelivery]


class Alerts(Body):
    alerts: list[Alert] = Field(description="Newest first")
    cursor: int | None = Field(description="For the next page; null after the last")
