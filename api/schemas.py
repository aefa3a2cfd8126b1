"""The bodies of ``/api/v1``. Times carry the offset of the site's zone."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from rooms.devicemodels import Evidence

State = Literal["occupied", "vacant", "unknown", "private"]
Severity = Literal["info", "warning", "error"]


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Problem(Body):
    """Something that is wrong now."""

    code: str = Field(examples=["device_silent"])
    subject: str = Field(
        description="A device, room or source, or `service`; for partners a device's room"
    )
    name: str = Field(description="The subject's name, in the language asked for")
    room: str | None = Field(description="Where the device stands")
    severity: Severity
    detail: str
    since: datetime
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


class Interval(Body):
    """Half-open: `start` belongs to it, `end` does not."""

    start: datetime
    end: datetime


class StateInterval(Interval):
    state: State
    provisional: bool = Field(description="May still change, as what comes later looks back")


class PeopleInterval(Interval):
    people: int


class SeenInterval(Interval):
    device: str | None = Field(description="Null for partners, who see no devices")
    evidence: Evidence


class Totals(Body):
    """Whole seconds. `share` is occupied / known; the bounds take the unknown time as all
    vacant and all occupied. `coverage` is known / window. Private time counts as unknown."""

    window_s: int
    known_s: int
    unknown_s: int
    occupied_s: int
    vacant_s: int
    share: float | None = Field(description="Null when nothing is known")
    share_lowest: float
    share_highest: float
    coverage: float


class Occupancy(Body):
    room: str
    start: datetime
    end: datetime = Field(description="At most now: the future is not unknown, it is not asked")
    time_zone: str
    definition_version: str = Field(description="Of the definitions that the numbers follow")
    private: bool = Field(
        description="One person's own office in the whole window: nothing is kept, nothing shown."
        " Single private days are intervals with the state `private`"
    )
    settled_until: datetime | None = Field(description="Before this nothing changes any more")
    intervals: list[StateInterval]
    people: list[PeopleInterval]
    evidence: list[SeenInterval]
    totals: Totals | None


class Account(Body):
    """What became of a device's messages of a day: `received` is the sum of `stored`,
    `duplicate`, all `ignored` and all `quarantined`."""

    source: str = Field(description="Empty where no source is known")
    device: str = Field(description="Empty where the message names none that is known")
    received: int
    stored: int
    duplicate: int
    ignored: dict[str, int] = Field(description="By reason", examples=[{"private": 12}])
    quarantined: dict[str, int] = Field(description="By reason", examples=[{"bad_json": 3}])
    missing: int = Field(description="Never received, where the source numbers its messages")


class Accounts(Body):
    day: date = Field(description="Local to the first site")
    accounts: list[Account]


class Ready(Body):
    status: Literal["ready"]


class Alive(Body):
    status: Literal["alive"]
    version: str


class FieldError(Body):
    field: str
    message: str


class ProblemDocument(BaseModel):
    """An error, as RFC 9457 describes it; `code` is fixed, `detail` is for people."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    errors: list[FieldError] | None = None
