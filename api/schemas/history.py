"""How a room was used in a period: intervals with their evidence."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import Field

from api.schemas.base import Body, State
from rooms.attribution import EvidenceClass
from rooms.devicemodels import Evidence


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


class ShareInterval(Interval):
    partner: str | None = Field(
        description="Null: nobody's, or for a partner's own key another partner's"
    )
    by: EvidenceClass


class BookingInterval(Interval):
    partner: str | None = Field(description="Null as for shares, or the organiser is no partner")
    came: bool | None = Field(description="Did anybody come? Null: not known, or not yet")
    conflict: bool = Field(
        description="Another booking began before it, and holds where they overlap"
    )


class DistrustedInterval(Interval):
    """A device's word does not count from the problem's onset to its end."""

    device: str | None = Field(description="Null for partners, who see no devices")
    code: str = Field(examples=["sensor_stuck"])
    text: str = Field(description="In the language asked for")


class ClosedDay(Body):
    day: date
    reason: str = Field(description="The closure's reason or the holiday's name")


class Timeline(Occupancy):
    """The period with all that its numbers rest on."""

    readings_from: datetime = Field(
        description="Older readings are deleted: before this nothing is known here any more,"
        " though the sums of `/utilisation` are kept"
    )
    shares: list[ShareInterval] = Field(description="Whose the occupied time was, and by what")
    bookings: list[BookingInterval] = Field(
        description="Of overlapping ones the earlier start holds; here they are as booked"
    )
    distrusted: list[DistrustedInterval]
    bookable: list[Interval]
    cleaning: list[Interval]
    closed: list[ClosedDay]
