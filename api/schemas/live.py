"""Rooms and devices as they are now."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from api.schemas.base import Body, State
from rooms.devicemodels import Evidence
from rooms.faults import Severity


class Problem(Body):
    """Something that is wrong now."""

    fault: str = Field(description="Its id in `/api/v1/faults`; empty for partners")
    code: str = Field(examples=["device_silent"])
    subject: str = Field(
        description="A device, room or source, or `service`; for partners a device's room"
    )
    name: str = Field(description="The subject's name, in the language asked for")
    room: str | None = Field(description="Where the device stands")
    severity: Severity
    detail: str
    since: datetime
    acknowledged: bool = Field(description="Somebody has said that they see to it")
    text: str = Field(description="In the language asked for")


class ProblemsOf(Body):
    """Stream event `problem`: all that is wrong with one subject now, perhaps nothing."""

    subject: str
    room: str | None
    problems: list[Problem]


class Seen(Body):
    """What shows that the room is occupied."""

    device: str | None = Field(description="Null for partners, who see no devices")
    evidence: Evidence


class Climate(Body):
    """The newest values; old ones are left out."""

    co2_ppm: float | None
    temperature_c: float | None
    humidity_pct: float | None
    measured: datetime | None


class Room(Body):
    """A room now."""

    id: str = Field(examples=["granen"])
    site: str
    name: str
    capacity: int
    state: State
    since: datetime | None
    provisional: bool = Field(description="Occupied, but perhaps just left")
    booked_until: datetime | None = Field(description="Booked now, without a break until then")
    next_booking: datetime | None = Field(description="The next one within 24 h")
    people: int | None = Field(description="Only where something counts them")
    evidence: list[Seen]
    climate: Climate | None
    in_call: bool | None
    reason: str | None = Field(description="Why the state is unknown, in the language asked for")
    problems: list[Problem]


class Rooms(Body):
    current: bool = Field(description="False: nothing is being collected; states are unknown")
    as_of: datetime | None = Field(description="When the collector last said that it runs")
    rooms: list[Room]
    problems: list[Problem] = Field(description="Those of no room: sources, the service itself")


class Reading(Body):
    at: datetime
    value: float | str


class Device(Body):
    """A device as the registry and its last messages describe it."""

    id: str = Field(examples=["granen-pir"])
    site: str
    name: str
    source: str
    address: str
    model: str
    room: str | None
    expect_every_s: int
    heard: datetime | None
    latest: dict[str, Reading] = Field(
        examples=[{"health.battery_pct": {"at": "2026-11-23T08:55:00+01:00", "value": 87.0}}]
    )
    problems: list[Problem]


class Devices(Body):
    devices: list[Device]
