"""Faults, what happened to them, and what is done about them (design 7)."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from api.schemas.base import Body, Text
from rooms.faults.fault import Kind
from rooms.faults.finding import Severity

_TIME = "RFC 3339 with offset"


class Fault(Body):
    """Something that is or was wrong."""

    id: str = Field(examples=["0f3a9c51be77"])
    code: str = Field(examples=["peripheral_missing"])
    subject: str = Field(description="A device, a room, `source:<id>`, or `service`")
    name: str = Field(description="The subject's name, in the language asked for")
    site: str | None = Field(description="Null where the fault is the service's own")
    room: str | None = Field(description="Where the subject was when it opened")
    severity: Severity
    detail: str
    text: str = Field(description="In the language asked for")
    since: datetime = Field(description="The onset, as far as it is known")
    opened: datetime = Field(description="When it was noticed")
    resolved: datetime | None
    acknowledged: datetime | None
    acknowledged_by: str | None = Field(description="A person's id, or a key's label")
    snoozed_until: datetime | None
    held: str | None = Field(
        description="Why its alerts are kept back: `window:<id>`, `flapping` or `under:<fault>`"
    )
    escalations: int = Field(description="How often nobody answered and the next ones were told")
    reopened: int = Field(description="How often it came back within an hour")
    members: list[str] = Field(description="The devices that this one fault stands for")


class Faults(Body):
    faults: list[Fault] = Field(description="Newest first")
    cursor: str | None = Field(description="For the next page; null after the last")


class FaultTransition(Body):
    """Something that happened to a fault."""

    fault: str
    at: datetime
    kind: Kind
    severity: Severity
    who: str | None = Field(description="A person's id, a key's label, `report`; null: nobody did")
    note: str | None
    until: datetime | None = Field(description="Of a snooze")
    held: str | None


class FaultSpell(Body):
    """A time at which it was there."""

    start: datetime
    end: datetime | None


class FaultInFull(Body):
    fault: Fault
    lost_minutes: int = Field(
        description="Room-minutes so far: it was there while the room could be booked"
    )
    spells: list[FaultSpell]
    transitions: list[FaultTransition] = Field(description="Oldest first")


class FaultHistory(Body):
    """What was wrong with a device."""

    device: str
    faults: list[Fault] = Field(description="Newest first")
    transitions: list[FaultTransition] = Field(description="Of these faults, newest first")


class FaultCount(Body):
    code: str
    severity: Severity
    opened: int = Field(description="Opened or reopened in the period")
    open: int = Field(description="Open at its end")


class LostMinutes(Body):
    room: str
    code: str
    minutes: int


class FaultSummary(Body):
    """`null`: nothing was acknowledged, or resolved, in the period."""

    start: datetime
    end: datetime
    counts: list[FaultCount]
    acknowledged: int
    mean_minutes_to_acknowledge: float | None
    repaired: int
    mean_minutes_to_repair: float | None
    lost: list[LostMinutes]


class NoteAsked(Body):
    note: Text = Field("", description="For the next who looks; at most 500 characters")


class CommentAsked(Body):
    note: Text = Field(description="At most 500 characters; no names of people")


class SnoozeAsked(Body):
    """One of `until` and `for`."""

    until: Text | None = Field(None, description=f"{_TIME}; at most 31 days ahead")
    lasts: Text | None = Field(None, alias="for", examples=["2h"])
    note: Text = ""
