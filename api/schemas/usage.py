"""How rooms were used, in sums and in the figures made of them (metrics.md 2 and 3)."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field

from api.schemas.base import Body

By = Literal["room", "partner", "day", "week", "month", "hour-of-week"]


class Ratio(Body):
    """Sums over the period's parts, never an average of percentages."""

    numerator: int
    denominator: int
    value: float | None = Field(description="Null where the denominator is 0")


class Sums(Body):
    """Whole seconds and counts. They add up over hours, days, rooms and sites; only
    `people_max` is a maximum."""

    bookable_s: int = Field(description="B: opening hours less holidays, closures and cleaning")
    known_s: int = Field(description="K: the part of B whose state is known")
    occupied_s: int = Field(description="O: occupied within K")
    outside_s: int = Field(description="Occupied outside B and outside cleaning windows")
    person_s: int = Field(description="People times seconds, in counted_s")
    counted_s: int = Field(description="Occupied seconds of B in which people were counted")
    seat_s: int = Field(description="Capacity times seconds, in counted_s")
    people_max: int
    booked_s: int = Field(description="Booked part of B")
    walkin_s: int = Field(description="Occupied within B, outside bookings")
    bookings: int = Field(description="Bookings that start here and touch B")
    assessable: int = Field(description="Of those, the ones of which it is known who came")
    no_shows: int = Field(description="Of those, the ones to which nobody came")
    lost_s: int = Field(description="Seconds of B in which equipment was broken")


class Figures(Body):
    """Each with its numerator and denominator; `formulas` says what they are."""

    coverage: Ratio
    frequency: Ratio
    lowest: Ratio = Field(description="Frequency, had all unknown time been vacant")
    highest: Ratio = Field(description="Frequency, had all unknown time been occupied")
    seat_fill: Ratio
    utilisation: Ratio
    booking_rate: Ratio
    no_show: Ratio


class UseTotal(Body):
    sums: Sums
    figures: Figures
    sufficient: bool = Field(description="False: coverage is under 90 %, or nothing is bookable")


class UseRow(UseTotal):
    key: str = Field(
        description="A room's id, a day (2026-11-23), ISO week (2026-W48), month (2026-11), or"
        " weekday and hour (1-08: Mondays from 08 to 09)",
        examples=["granen"],
    )
    label: str = Field(description="The key as people say it, in the language asked for")
    start: datetime | None = Field(description="The row's part of the period; null by hour-of-week")
    end: datetime | None
    removed: bool = Field(description="A room that is no longer in rooms.yaml")


class PartnerSums(Body):
    """Occupied seconds of bookable time by evidence, `used_s` in all; then what stands apart."""

    used_s: int
    correction_s: int
    checkin_s: int
    booking_s: int
    host_s: int
    unattributed_s: int
    no_show_s: int = Field(description="Booked, known to be vacant: of bookings nobody came to")
    outside_s: int = Field(description="Occupied outside bookable and cleaning time")


class PartnerRow(Body):
    key: str = Field(description="A partner's id, or `_unattributed`")
    label: str
    removed: bool = Field(description="A partner that is no longer in rooms.yaml")
    sums: PartnerSums


class Head(Body):
    """What a number needs beside it to be understood, and to be agreed on."""

    site: str
    time_zone: str
    start: datetime
    end: datetime = Field(description="At most now")
    definition_version: str = Field(description="Of the definitions that the numbers follow")
    source: list[str] = Field(description="The stored series that were summed")
    as_of: datetime | None = Field(description="When the numbers were last brought up to date")
    provisional: bool = Field(description="The newest numbers may still change")
    provisional_from: datetime | None
    pending_hours: int = Field(
        description="Room-hours of the period that wait to be computed (again)"
    )


class Utilisation(Head):
    by: By
    rooms: list[str] | None = Field(description="The rooms asked for; null: all of the site")
    formulas: dict[str, str] = Field(description="Each figure as a ratio of sums")
    rows: list[UseRow]
    total: UseTotal


class PartnerUtilisation(Head):
    by: Literal["partner"]
    rooms: list[str] | None
    rows: list[PartnerRow] = Field(description="For a partner's own key: its own row only")
    total: PartnerSums
    attributed_time: Ratio = Field(description="Used seconds that are some partner's / all")
    attributed_events: Ratio = Field(description="Bookings that are some partner's / all")


class Quarter(Body):
    start: datetime
    end: datetime
    share: Ratio = Field(description="Occupied / known room-seconds of the 15 minutes")


class Peaks(Head):
    """How many rooms were in use at once, in steps of 15 minutes."""

    highest: Quarter | None = Field(description="The earliest of equals; null: none is assessed")
    percentile_95: Quarter | None = Field(description="By nearest rank, of the assessed quarters")
    assessed: int = Field(description="Quarters whose coverage is 90 % or more")
    insufficient: int = Field(description="Quarters with bookable time, too little of it known")
    coverage: Ratio
