"""Maintenance windows: alerts are kept back, recording goes on."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from api.schemas.base import Body, Text

_LOCAL = "Local date and time, without offset"
_Lasts = Annotated[
    Text,
    BeforeValidator(lambda value: str(value) if type(value) is int else value),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "integer"}]}),
]


class MaintenanceAsked(Body):
    """As in rooms.yaml. Names nothing: the whole site."""

    site: Text | None = Field(None, description="May be left out where there is one")
    start: Text = Field(alias="from", description=_LOCAL, examples=["2026-12-01 22:00"])
    lasts: _Lasts = Field(description="As in rooms.yaml, or seconds", examples=["2h"])
    repeat: Text | None = Field(
        None, description="RRULE of RFC 5545 in local time", examples=["FREQ=WEEKLY;BYDAY=SU"]
    )
    rooms: list[Text] | None = None
    devices: list[Text] | None = None
    codes: list[Text] | None = None
    reason: Text = Field(examples=["New carpets"])


class MaintenanceWindow(Body):
    id: str
    site: str
    start: str = Field(alias="from", description=_LOCAL)
    lasts_s: int
    repeat: str | None
    rooms: list[str] | None
    devices: list[str] | None
    codes: list[str] | None
    reason: str
    origin: Literal["rooms.yaml", "api"] = Field(
        description="What stands in rooms.yaml cannot be removed here"
    )
    made: datetime | None
    made_by: str | None
    active: bool = Field(description="Alerts are kept back now")


class MaintenanceWindows(Body):
    windows: list[MaintenanceWindow]
