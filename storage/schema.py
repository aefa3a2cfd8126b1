"""What the stores keep: every measurement's database, tags and one fixed type per field.

InfluxDB fixes a field's type at its first write, for good, so types are declared
here once and points are held to them by every store alike. Names are plain
(``[a-z][a-z0-9_]*``) and need no escaping.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final, Literal, NamedTuple

import msgspec

from rooms.readings import FIELDS, Point
from rooms.utilisation import NAMES, PARTNER_NAMES, QUARTER_NAMES

Database = Literal["rooms", "rooms_history"]
FieldType = Literal["float", "string"]

DAY_S: Final = 86_400


class Keeping(NamedTuple):
    """How long a database keeps points and how much time one of its shards covers, in seconds."""

    retention_s: int | None  # None: for ever
    shard_s: int


# Weekly shards for raw readings: a month's report opens 5 of them instead of 30, and what
# has expired is gone within a week. Yearly ones for history, where a year is one question.
KEEPING: Final[Mapping[Database, Keeping]] = {
    "rooms": Keeping(90 * DAY_S, 7 * DAY_S),
    "rooms_history": Keeping(None, 52 * 7 * DAY_S),
}


class Measurement(msgspec.Struct, frozen=True):
    database: Database
    tags: tuple[str, ...]  # every point has all of them
    fields: Mapping[str, FieldType]


def _floats(names: str) -> dict[str, FieldType]:
    return dict.fromkeys(names.split(), "float")


def _use(*tags: str, quarters: bool = False) -> Measurement:
    names = (*NAMES, *QUARTER_NAMES) if quarters else NAMES
    return Measurement("rooms_history", tags, _floats(" ".join(names)))


_RAW: Final[dict[str, Measurement]] = {
    kind: Measurement(
        "rooms",
        ("site", "device"),
        {n: "string" if f.type in {"text", "list"} else "float" for n, f in fields.items()},
    )
    for kind, fields in FIELDS.items()
}

MEASUREMENTS: Final[Mapping[str, Measurement]] = _RAW | {
    # messages of known devices that could not be used, for the fault rules: no sign of life
    "decode": Measurement("rooms", ("site", "device"), _floats("failed")),
    "room_slot": Measurement(
        "rooms",
        ("site", "room"),
        _floats(
            "occupied_s known_s people_max co2_ppm temperature_c in_call_s faults"
            # seconds in which evidence of a kind said "occupied"; of calls it is in_call_s
            " motion_s presence_s count_s line_s"
        ),
    ),
    # rooms and devices as the board shows them, when they change and every five minutes; state
    # 0 vacant, 1 occupied, 2 unknown, 3 private; severity 0 (nothing open) to 3 (error)
    "room_state": Measurement(
        "rooms",
        ("site", "room"),
        _floats("state people capacity co2_ppm temperature_c in_call faults severity")
        | dict.fromkeys(("name", "words"), "string"),
    ),
    # ``occupied`` 0 or 1: what its own evidence says now; ``heard`` ms of the last message
    "device_state": Measurement(
        "rooms",
        ("site", "device"),
        _floats(
            "online occupied in_call heard battery_pct rssi_dbm snr_db linkquality faults severity"
        )
        | dict.fromkeys(("name", "room", "model", "source", "firmware"), "string"),
    ),
    # Sums of whole seconds and counts, never percentages (rooms/utilisation.py). A point stands
    # at the start of its local hour, day or month; weekday is "1" (Monday) to "7", hour "00" to
    # "23". The site's series are the sums over its rooms.
    "use_hour": _use("site", "room", "weekday", "hour", quarters=True),
    "use_day": _use("site", "room"),
    "use_month": _use("site", "room"),
    "site_hour": _use("site", "weekday", "hour", quarters=True),
    "site_day": _use("site"),
    "site_month": _use("site"),
    "partner_day": Measurement(
        "rooms_history", ("site", "room", "partner"), _floats(" ".join(PARTNER_NAMES))
    ),
    "site_partner_day": Measurement(
        "rooms_history", ("site", "partner"), _floats(" ".join(PARTNER_NAMES))
    ),
    # messages per local day and device ("-": none that is known, or in a private room): what came
    # in, and what became of it (design 3): received = stored + duplicate + ignored + quarantined
    "account": Measurement(
        "rooms_history",
        ("site", "source", "device"),
        _floats("received stored duplicate ignored quarantined missing"),
    ),
    # copies of what happened to faults, and each hour of those that are open; room and site "-"
    # where there is none; severity 1 (info) to 3 (error); ``since`` ms; ``lasted_s`` and
    # ``lost_s`` (room-seconds of opening hours) up to then, ``kind`` "open" in between
    "fault": Measurement(
        "rooms_history",
        ("site", "room", "code", "fault"),
        _floats("open severity since lasted_s lost_s acknowledged")
        | dict.fromkeys(("kind", "subject", "name", "detail"), "string"),
    ),
    # the service about itself, each minute, under its first site: messages, alerts and points of
    # that minute; what waits then; seconds that store and watch are behind. Canary: doctor's
    "service": Measurement(
        "rooms_history",
        ("site",),
        _floats(
            "received stored duplicate ignored quarantined unknown written refused"
            " outbox_rows outbox_bytes outbox_limit outbox_age_s watch_age_s dirty_hours"
            " quarantine_rows disk_free_bytes broker_up store_up faults_open"
            " alerts_sent alerts_failed alerts_waiting canary"
        ),
    ),
}

EXPIRED: Final = "expired: older than the retention time"

_UNPRINTABLE: Final = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
# InfluxDB's versions disagree on a backslash before one of these, or at the end
_AMBIGUOUS: Final = re.compile(r"\\([\\,= ]|$)")
_MAX_TAG = 1_024
_MAX_STRING = 65_535  # bytes; InfluxDB's limit
MAX_TIME: Final = 9_223_372_036_854  # ms; nanoseconds in 64 bits, the year 2262
_INFINITY: Final = float("inf")


def check_tags(measurement: str, tags: Mapping[str, str]) -> Measurement:
    """The declaration that the series keeps to; ``ValueError`` says what is wrong with it."""
    declared = MEASUREMENTS.get(measurement)
    if declared is None:
        raise ValueError(f"unknown measurement {measurement!r}")
    if tags.keys() != set(declared.tags):
        raise ValueError(f"{measurement} has the tags {', '.join(declared.tags)}, not {[*tags]}")
    for name, value in tags.items():
        if type(value) is not str:
            raise ValueError(f"{measurement} tag {name} = {value!r}: expected text")
        if not value:
            raise ValueError(f"{measurement} tag {name} is empty")
        if len(value) > _MAX_TAG or _UNPRINTABLE.search(value):
            raise ValueError(f"{measurement} tag {name} is too long or holds control characters")
        if _AMBIGUOUS.search(value):
            raise ValueError(
                f"{measurement} tag {name} = {value!r}: a backslash may not stand at the end"
                " or before a backslash, comma, equals sign or space"
            )
    return declared


def check_fields(point: Point, types: Mapping[str, FieldType]) -> None:
    """``ValueError`` says what is wrong with the point's time or fields."""
    time = point.time
    if type(time) is not int or not -MAX_TIME <= time <= MAX_TIME:
        raise ValueError(f"{point.measurement} time = {time!r}: expected ms of 1677 to 2262")
    if not point.fields:
        raise ValueError(f"{point.measurement} has no fields")
    for name, value in point.fields.items():
        type_ = types.get(name)
        # first and cheap, what nearly every field is: a finite float where one is declared
        if type(value) is float and type_ == "float" and -_INFINITY < value < _INFINITY:
            continue
        if type_ is None:
            raise ValueError(f"{point.measurement} has no field {name!r}")
        if type_ == "string" and type(value) is str:
            _check_string(point.measurement, name, value)
        elif type(value) is float and type_ == "float":
            raise ValueError(f"{point.measurement}.{name} = {value}: not a finite number")
        else:
            raise ValueError(f"{point.measurement}.{name} = {value!r}: expected a {type_}")


def _check_string(measurement: str, name: str, value: str) -> None:
    if _UNPRINTABLE.search(value):
        raise ValueError(f"{measurement}.{name} = {value!r}: holds control characters")
    if value.endswith("\\"):
        raise ValueError(f"{measurement}.{name} = {value!r}: ends in a backslash")
    if len(value) * 4 > _MAX_STRING and len(value.encode()) > _MAX_STRING:
        raise ValueError(f"{measurement}.{name}: longer than {_MAX_STRING} bytes")


def check_filter(measurement: str, tags: Mapping[str, Sequence[str]]) -> Measurement:
    """The declaration of what is asked for; ``ValueError`` for what no store has."""
    declared = MEASUREMENTS.get(measurement)
    if declared is None:
        raise ValueError(f"unknown measurement {measurement!r}")
    for name, values in tags.items():
        if name not in declared.tags:
            raise ValueError(f"{measurement} has no tag {name!r}")
        if isinstance(values, str):
            raise ValueError(f"{measurement} tag {name}: expected several values, not text")
    return declared


def expired_before(database: Database, retention_s: int | None, now: int) -> int:
    """Points older than this (ms) are past the database's retention."""
    kept = retention_s if database == "rooms" else KEEPING[database].retention_s
    return -MAX_TIME if kept is None else now - kept * 1000
