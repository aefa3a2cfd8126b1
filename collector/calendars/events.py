"""One VEVENT: what it says of time, of whose it is, and whether it takes the room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple

from icalendar import Event, vDDDLists, vDDDTypes, vRecur

from collector.calendars.content import Block, own_properties
from collector.calendars.partners import partner_of
from collector.calendars.protocol import PartnerWords
from collector.calendars.zones import Zones

Properties = Any  # an icalendar component, whose values are one large union

_TIMES: Final = ("DTSTART", "DTEND", "DURATION", "RECURRENCE-ID", "RRULE", "RDATE", "EXDATE")
_TOO_OFTEN: Final = {"SECONDLY", "MINUTELY"}
_LAST_YEAR: Final = 2096  # a leap year: every day has its place there
_FREE: Final = {"FREE", "WORKINGELSEWHERE"}  # tentative and out of office take the room
_ROOMS: Final = {"ROOM", "RESOURCE"}


class BadEvent(Exception):
    """This event is left out. ``key`` names a text ("calendars.caution." + key); ``detail``
    is a property's name, never its value."""

    def __init__(self, key: str, detail: str = "") -> None:
        super().__init__(key)
        self.key = key
        self.detail = detail


class Meeting(NamedTuple):
    """``times`` has all that recurrence needs and nothing else; ``ignored`` says why the
    event takes no time ("" if it does)."""

    line: int
    uid: str
    times: Properties
    partner: str | None
    ignored: str


def read_meeting(block: Block, zones: Zones, partners: Sequence[PartnerWords]) -> Meeting:
    """Raises ``BadEvent``."""
    lines = own_properties(block)
    event: Properties = Event.from_ical("\r\n".join(["BEGIN:VEVENT", *lines, "END:VEVENT"]))
    # without a name: a line that is none
    wrong = [name or "" for name, _ in event.errors if name is None or name in _TIMES]
    if wrong or "DTSTART" not in event:
        raise BadEvent("broken", wrong[0] if wrong else "DTSTART")
    # a few programs leave the UID out: what the event says stands in for it
    uid = str(event["UID"]) if "UID" in event else "\n".join(lines)
    return Meeting(
        block.line,
        uid,
        _times(event, uid, zones),
        partner_of(
            _text(event, "ORGANIZER") + " " + _parameter(event, "ORGANIZER", "EMAIL"),
            _categories(event),
            _text(event, "SUMMARY"),
            partners,
        ),
        "cancelled" if block.cancelled else _ignored(event),
    )


def _times(event: Properties, uid: str, zones: Zones) -> Properties:
    """A bare event with settled times."""
    out: Properties = Event()
    out["UID"] = uid
    if isinstance(event.get("SEQUENCE"), int) and "SEQUENCE" not in dict(event.errors):
        out["SEQUENCE"] = int(event["SEQUENCE"])
    for name in ("DTSTART", "DTEND", "RECURRENCE-ID"):
        given = _once(event, name)
        if given is not None:
            settled = vDDDTypes(_near(zones.settle(given.dt, given.params)))
            settled.params = given.params
            out[name] = settled
    repeats = "RRULE" in event or "RDATE" in event
    if repeats:
        out["DTSTART"] = vDDDTypes(zones.repeating(out["DTSTART"].dt))
    if "DTEND" not in out and "DURATION" in event:
        out["DURATION"] = _once(event, "DURATION")
    for name in ("RDATE", "EXDATE"):
        dates = [
            zones.settle(each.dt, container.params)
            for container in _all(event, name)
            for each in container.dts
        ]
        if dates:
            out[name] = vDDDLists(dates)
    rules = [_rule(rule, out["DTSTART"].dt, zones) for rule in _all(event, "RRULE")]
    if rules:
        out["RRULE"] = rules
    _check_length(out)
    return out


def _near(value: Any) -> Any:
    """Until further notice is written as the year 9999, with which nobody can reckon."""
    far = isinstance(value, date) and value.year > _LAST_YEAR
    return value.replace(year=_LAST_YEAR) if far else value


def _rule(given: vRecur, start: Any, zones: Zones) -> vRecur:
    if _TOO_OFTEN & {str(word).upper() for word in given.get("FREQ", ())}:
        raise BadEvent("too_often", "RRULE")
    rule = vRecur(given)
    if "UNTIL" in rule:
        rule["UNTIL"] = [zones.until(value, start) for value in rule["UNTIL"]]
    return rule


def _check_length(event: Properties) -> None:
    start = event["DTSTART"].dt
    if not isinstance(start, date):
        raise BadEvent("broken", "DTSTART")
    if "DTEND" in event:
        stop = event["DTEND"].dt
        if isinstance(stop, datetime) != isinstance(start, datetime) or stop < start:
            raise BadEvent("broken", "DTEND")
    elif "DURATION" in event:
        length = event["DURATION"].dt
        if not isinstance(length, timedelta) or length < timedelta(0):
            raise BadEvent("broken", "DURATION")


def _ignored(event: Properties) -> str:
    if _text(event, "STATUS").upper() == "CANCELLED":
        return "cancelled"
    busy = _text(event, "X-MICROSOFT-CDO-BUSYSTATUS").upper()
    if _text(event, "TRANSP").upper() == "TRANSPARENT" or busy in _FREE:
        return "free"
    return "declined" if _declined(event) else ""


def _declined(event: Properties) -> bool:
    """By the organiser, or by every room that was asked: the feed does not say which is ours."""
    organiser = _text(event, "ORGANIZER").lower()
    rooms: list[bool] = []
    for attendee in _all(event, "ATTENDEE"):
        told: Mapping[str, Any] = getattr(attendee, "params", {})
        declined = str(told.get("PARTSTAT", "")).upper() == "DECLINED"
        if declined and organiser and str(attendee).lower() == organiser:
            return True
        if str(told.get("CUTYPE", "")).upper() in _ROOMS:
            rooms.append(declined)
    return bool(rooms) and all(rooms)


def _categories(event: Properties) -> list[str]:
    return [str(word) for given in _all(event, "CATEGORIES") for word in getattr(given, "cats", ())]


def _all(event: Properties, name: str) -> list[Any]:
    given = event.get(name)
    if given is None:
        return []
    return given if isinstance(given, list) else [given]


def _once(event: Properties, name: str) -> Any:
    """A property that may stand once; raises ``BadEvent`` where it stands twice."""
    given = event.get(name)
    if isinstance(given, list):
        raise BadEvent("broken", name)
    return given


def _text(event: Properties, name: str) -> str:
    given = _all(event, name)
    return str(given[0]).strip() if given else ""


def _parameter(event: Properties, name: str, parameter: str) -> str:
    given = _all(event, name)
    return str(getattr(given[0], "params", {}).get(parameter, "")) if given else ""
