"""Who is told of faults, when and how (design 7); people's addresses are in contacts.yaml."""

from __future__ import annotations

import re
from datetime import time
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, ValidationInfo, WithJsonSchema, field_validator
from pydantic_core import PydanticCustomError

from rooms.faults.finding import Severity
from rooms.registry.fault_limits import Family
from rooms.registry.fields import Duration, Flag, Hours, Id, Model, Span, Text, Whole
from rooms.registry.recurrence import LocalTime, Recurrence, occurs

Code = Literal[
    "device_silent",
    "source_silent",
    "equipment_error",
    "equipment_warning",
    "peripheral_missing",
    "battery_low",
    "sensor_stuck",
    "sensor_disagreement",
    "air_quality",
    "clock_skew",
    "decode_failing",
    "flapping",
    "reported",
    "broker_down",
    "store_down",
    "outbox_filling",
    "calendar_failing",
    "registry_invalid",
    "backup_failed",
    "alert_undeliverable",
    "coverage_low",
]


def _clock(value: Any) -> Any:
    match = re.fullmatch(r"(\d{1,2}):(\d\d)", value, re.ASCII) if isinstance(value, str) else None
    if isinstance(value, time):
        return value
    if match is None or int(match[1]) > 23 or int(match[2]) > 59:
        raise PydanticCustomError("clock", "not a time of day")
    return time(int(match[1]), int(match[2]))


Clock = Annotated[
    time,
    BeforeValidator(_clock),
    WithJsonSchema({"type": "string", "pattern": r"^\d{1,2}:\d\d$", "examples": ["07:15"]}),
]


class Escalation(Model):
    """Who is told when nobody has answered."""

    after: Duration
    to: tuple[Id, ...] = Field(min_length=1)


class Route(Model):
    """Faults that match all of what is given go to these people. All routes that match hold."""

    id: Id
    to: tuple[Id, ...] | None = Field(
        None,
        min_length=1,
        description="Ids of people in contacts.yaml; all maintainers if left out",
    )
    rooms: tuple[Id, ...] | None = Field(None, min_length=1)
    kinds: tuple[Family, ...] | None = Field(None, min_length=1, description="Of the device")
    codes: tuple[Code, ...] | None = Field(None, min_length=1)
    severity: tuple[Severity, ...] | None = Field(None, min_length=1)
    hours: Hours | None = Field(None, description="Local; outside them this route waits")
    send: Literal["now", "digest", "never"] | None = Field(
        None, description="By severity if left out: error now, warning digest, info never"
    )
    urgent: Flag = Field(False, description="At night and on closed days too")
    remind: Duration | None = Field(
        86_400, description="Again so often until somebody answers; null for never"
    )
    escalate: Escalation | None = None


class Alerting(Model):
    """``alerts`` in rooms.yaml. Without routes, everything goes to all maintainers."""

    routes: tuple[Route, ...] = (Route(id="all"),)
    awake: Span = Field(
        Span.model_validate("07:00-20:00"),
        description="On open days; what is not urgent waits for it",
    )
    gather: Duration = Field(60, description="What opens within so long comes as one message")
    digest: Clock | None = Field(time(7, 15), description="Morning digest of warnings; null: none")
    room_check: Clock | None = Field(
        time(7, 30), description="What is broken in rooms booked today; null: none"
    )
    at_most: Annotated[Whole, Field(ge=1, le=1000)] = Field(
        10, description="Messages an hour and person; more are gathered into one"
    )


class Maintenance(Model):
    """Alerts of what it names are kept back; recording goes on. Names nothing: the whole site."""

    id: Id
    start: LocalTime = Field(alias="from", description="Local date and time")
    lasts: Annotated[Duration, Field(le=31 * 86_400)]
    repeat: Recurrence | None = Field(
        None, description="RRULE of RFC 5545 in local time, e.g. FREQ=WEEKLY;BYDAY=SU"
    )
    rooms: tuple[Id, ...] | None = Field(None, min_length=1)
    devices: tuple[Id, ...] | None = Field(None, min_length=1)
    codes: tuple[Code, ...] | None = Field(None, min_length=1)
    reason: Text

    @field_validator("repeat")
    @classmethod
    def _ever(cls, repeat: str | None, info: ValidationInfo) -> str | None:
        if repeat is not None and "start" in info.data and not occurs(repeat, info.data["start"]):
            raise PydanticCustomError("rrule_never", "falls on no day")
        return repeat
