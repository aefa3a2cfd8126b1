"""The shape of rooms.yaml: one site, its sources, rooms, devices, placements, partners."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Final, Literal
from zoneinfo import available_timezones

from holidays import list_supported_countries
from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from rooms.devicemodels import MODELS, Evidence
from rooms.readings import FIELDS
from rooms.registry.alerting import Alerting, Maintenance
from rooms.registry.billing import Agreement, Billing, Cost, Pool
from rooms.registry.fault_limits import Thresholds
from rooms.registry.fields import (
    Dated,
    Day,
    Domain,
    Duration,
    Flag,
    Hold,
    Hours,
    Id,
    Model,
    Number,
    Span,
    Text,
    Weekday,
    Weight,
    Whole,
)
from rooms.registry.mapping import KINDS, UNITS
from rooms.registry.mistakes import nearest

FIELD_NAMES: Final[tuple[str, ...]] = tuple(
    f"{kind}.{name}" for kind in KINDS for name in FIELDS[kind] if name != "backlog"
)

DecoderName = Literal[
    "native",
    "chirpstack",
    "tts",
    "zigbee2mqtt",
    "shelly",
    "tasmota",
    "esphome",
    "homie",
    "mapped_json",
]


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _zone(name: str) -> str:
    if name not in _zones():
        suggestion = {"suggestion": nearest(name, _zones())}
        raise PydanticCustomError("timezone", "unknown time zone", suggestion)
    return name


Timezone = Annotated[str, AfterValidator(_zone)]


def _country(code: str) -> str:
    if code not in list_supported_countries(include_aliases=False):
        raise PydanticCustomError("country", "not a country whose holidays are known")
    return code


class FieldMapping(Model):
    """One field of a ``mapped_json`` source: where it stands and how to read it."""

    path: str = Field(min_length=1, description="Into the JSON, e.g. data.list[0].v; or payload")
    field: str = Field(
        description="kind.field, e.g. climate.temperature_c",
        json_schema_extra={"enum": [*FIELD_NAMES]},
    )
    scale: Number = 1.0
    offset: Number = 0.0
    unit: str | None = Field(
        None,
        description="What the device tells it in, instead of scale and offset",
        json_schema_extra={"enum": [*UNITS]},
    )
    values: dict[str, bool | float | str] | None = Field(
        None, description="The device's value (as text) -> ours; others are errors"
    )


class Mapping(Model):
    """How a ``mapped_json`` source names its devices, time and fields."""

    topics: tuple[str, ...] = Field(min_length=1, description="MQTT subscriptions")
    address: str = Field(
        description="Path into the JSON, or topic[n] for the n-th level of the topic (from 0)"
    )
    time: str | None = Field(None, description="Path of RFC 3339 text or epoch seconds or ms")
    seq: str | None = None
    fields: tuple[FieldMapping, ...] = Field(min_length=1)


class Source(Model):
    id: Id
    decoder: DecoderName
    base: str | None = Field(None, description="Base topic, where the decoder has one")
    mapping: Mapping | None = None
    max_age: Duration | Literal["unlimited"] = Field(
        7 * 86400, description="Older messages go to quarantine"
    )


class Holidays(Model):
    country: Annotated[str, AfterValidator(_country)] | None = Field(
        "SE", description="ISO 3166 code, or null for none"
    )
    categories: tuple[Literal["public", "de_facto", "half_day"], ...] = ("public", "de_facto")
    extra: tuple[Day, ...] = ()
    open: tuple[Day, ...] = Field(
        (), description="Holidays on which the house is open all the same"
    )
    half_day_close: Dated[Span] | None = Field(None, description="Opening hours on half-days")


class Closure(Model):
    first: Day = Field(alias="from")
    last: Day = Field(alias="to", description="The last closed day, inclusive")
    reason: Text


class Cleaning(Model):
    days: tuple[Weekday, ...] = Field(min_length=1)
    at: Span
    rooms: tuple[Id, ...] | None = Field(None, description="All rooms if left out")


class Room(Model):
    id: Id
    name: Text
    capacity: Dated[Annotated[Whole, Field(ge=1, le=10_000)]]
    weight: Dated[Weight] = Dated(first="1")
    private: Dated[Flag] = Dated(first=False)
    host: Id | None = Field(None, description="The partner whose own room it is")


class Connect(Model):
    """Where a bridge reaches the equipment on the local network."""

    host: Annotated[str, Field(pattern=r"^[A-Za-z0-9]([A-Za-z0-9.:-]{0,252}[A-Za-z0-9])?$")] = (
        Field(description="Name or address, without a scheme")
    )
    port: Annotated[Whole, Field(ge=1, le=65_535)] | None = Field(
        None, description="Where it is not the usual one"
    )
    certificate: Annotated[str, Field(pattern=r"^[0-9A-Fa-f]{2}(:?[0-9A-Fa-f]{2}){31}$")] | None = (
        Field(
            None,
            description="SHA-256 of its own certificate, where no authority has signed it: "
            "this one is trusted, and no other",
        )
    )


class Device(Model):
    id: Id
    source: Id
    address: str = Field(min_length=1, max_length=256)
    model: str = Field("generic", json_schema_extra={"enum": [*sorted(MODELS)]})
    name: Text | None = None
    evidence: tuple[Evidence, ...] | None = None
    expect_every: Duration | None = None
    hold: Dated[Hold] | None = Field(
        None, description="How long the hardware stays occupied after the last movement"
    )
    zone: str | None = Field(None, description="Counters of different zones add up")
    connect: Connect | None = Field(
        None, description="For `rumskoll bridge`: where equipment on the network is watched"
    )


class Placement(Model):
    device: Id
    room: Id
    since: Day | None = Field(
        None, alias="from", description="From local midnight; always if left out"
    )
    until: Day | None = Field(None, description="First day it no longer stood there")


class Partner(Model):
    id: Id
    name: str = Field(min_length=1, max_length=120)
    domains: tuple[Domain, ...] = Field((), description="E-mail domains of organisers")
    categories: tuple[str, ...] = Field((), description="Calendar categories")
    reference: str | None = Field(
        None, max_length=60, description="Its order number or mark, for page one of statements"
    )
    cost_centre: str | None = Field(None, max_length=60, description="In its own books")


class Site(Model):
    """One rooms.yaml."""

    id: Id
    name: Text
    address: str | None = None
    timezone: Timezone = "Europe/Stockholm"
    language: Literal["sv", "en"] = "sv"
    opening_hours: Dated[Hours]
    holidays: Holidays = Holidays()
    closures: tuple[Closure, ...] = ()
    cleaning: tuple[Cleaning, ...] = ()
    sources: tuple[Source, ...] = Field(min_length=1)
    partners: tuple[Partner, ...] = ()
    rooms: tuple[Room, ...] = Field(min_length=1)
    devices: tuple[Device, ...] = ()
    placements: tuple[Placement, ...] = ()
    faults: Thresholds = Field(Thresholds(), description="Thresholds, where yours differ")
    pools: tuple[Pool, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    costs: tuple[Cost, ...] = ()
    billing: Billing = Field(Billing(), description="How statements are headed and booked")
    alerts: Alerting = Field(Alerting(), description="Who is told of faults, and when")
    maintenance: tuple[Maintenance, ...] = Field((), description="When alerts are kept back")
