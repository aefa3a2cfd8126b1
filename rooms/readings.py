"""What a message says, in the words that every part shares (design 3).

A *partial* is what one message says about one kind of thing; a *point* is what
a store keeps. Times are whole milliseconds since 1970 in UTC. Measured numbers
and booleans (0/1) are floats; text and canonical JSON are ``str``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, Literal

import msgspec

if TYPE_CHECKING:  # the command line's help need not load it
    from pydantic import SecretStr

Value = float | str
Kind = Literal["presence", "climate", "equipment", "health", "status", "checkin"]


class Field(msgspec.Struct, frozen=True):
    """One field of a measurement: its type on the wire, unit and sane range."""

    type: Literal["bool", "number", "count", "text", "list"]
    low: float = 0.0
    high: float = 1.0
    unit: str = ""


_BOOL: Final = Field("bool")
_FLAG: Final = Field("count", 0, 2)  # 0 ok, 1 warning, 2 error
_TOTAL: Final = Field("count", 0, 2**53)
_TEXT: Final = Field("text")
_LIST: Final = Field("list")

FIELDS: Final[Mapping[Kind, Mapping[str, Field]]] = {
    "presence": {
        "occupied": _BOOL,
        "motion": _BOOL,
        "motion_count": Field("count", 0, 65_535),
        "people": Field("count", 0, 10_000),
        "in_total": _TOTAL,
        "out_total": _TOTAL,
        # 1: came out of a queue after a reconnect and carries no time of its own
        "backlog": _BOOL,
    },
    "climate": {
        "temperature_c": Field("number", -60, 100, "°C"),
        "humidity_pct": Field("number", 0, 100, "%"),
        "co2_ppm": Field("number", 0, 100_000, "ppm"),
        "illuminance_lx": Field("number", 0, 200_000, "lx"),
        "tvoc_ugm3": Field("number", 0, 1_000_000, "µg/m³"),
        "sound_db": Field("number", 0, 200, "dB"),
    },
    "equipment": {
        "online": _BOOL,
        "in_call": _BOOL,
        "standby": _BOOL,
        "room_in_use": _BOOL,
        "people": Field("count", 0, 10_000),
        "sharing": _BOOL,
        "muted": _BOOL,
        "power": _TEXT,
        "input": _TEXT,
        "lamp_h": Field("number", 0, 1_000_000, "h"),
        "error_fan": _FLAG,
        "error_lamp": _FLAG,
        "error_temperature": _FLAG,
        "error_cover": _FLAG,
        "error_filter": _FLAG,
        "error_other": _FLAG,
        "firmware": _TEXT,
        "peripherals": _LIST,
        "diagnostics": _LIST,
        "backlog": _BOOL,
    },
    "health": {
        "battery_pct": Field("number", 0, 100, "%"),
        "battery_mv": Field("number", 0, 60_000, "mV"),
        "rssi_dbm": Field("number", -200, 50, "dBm"),
        "snr_db": Field("number", -50, 50, "dB"),
        "linkquality": Field("number", 0, 255),
        "gateway": _TEXT,  # the id of the one that heard it best
        "uptime_s": Field("number", 0, 2**40, "s"),
        "firmware": _TEXT,
        "seq": _TOTAL,
        "alive": _BOOL,  # a message of its own that said nothing that is kept
        "skew_s": Field("number", -(2**40), 2**40, "s"),
    },
    "status": {"online": _BOOL},
    # partner "" is a check-out; until is ms of UTC in digits, left out where none is told
    "checkin": {"partner": _TEXT, "until": _TEXT},
}

# What tells of people: discarded at the door for one person's own office (design 3).
PRIVATE_KINDS: Final[frozenset[str]] = frozenset({"presence", "climate", "checkin"})
PRIVATE_EQUIPMENT: Final[frozenset[str]] = frozenset(
    {"in_call", "room_in_use", "people", "sharing", "muted"}
)


class Partial(msgspec.Struct, frozen=True, gc=False):
    """What one message says of one kind; ``time`` only where the device tells it."""

    kind: Kind
    fields: dict[str, Value]
    time: int | None = None


class Decoded(msgspec.Struct, frozen=True):
    """One understood message.

    ``address`` names the device as its source does ("" is the source itself: a
    bridge or gateway). ``key`` is equal for copies of the same message and for
    nothing else. ``ignored`` gives the reason why there is nothing to store.
    ``past`` is what a device kept and tells later, each with its own time: never "now".
    ``note`` says what of the message could not be used, one fixed word.
    """

    address: str
    partials: tuple[Partial, ...] = ()
    key: str | None = None
    seq: int | None = None
    ignored: str | None = None
    room: str | None = None  # the room that the topic claims (native)
    availability: bool = False  # current state even when retained: LWT, bridge state
    hint: str | None = None  # the model, where the source tells it (for unknown devices)
    token: SecretStr | None = None  # by which a check-in shows that it is from its panel
    time: int | None = None  # the message's own, told also where nothing of it is kept
    past: tuple[Partial, ...] = ()
    note: str | None = None


class DecodeError(Exception):
    """The message cannot be used: quarantine it, acknowledge it, go on.

    ``reason`` is a short fixed word to count by, ``detail`` says what was wrong where.
    """

    def __init__(self, reason: str, detail: str, address: str = "") -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail
        self.address = address


class Point(msgspec.Struct, array_like=True, gc=False):
    """One point of a series, as a store keeps it: same series and time overwrite."""

    measurement: str
    tags: dict[str, str]
    time: int
    fields: dict[str, Value]
