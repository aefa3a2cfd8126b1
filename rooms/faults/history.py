"""What the rules remember: compact, and stored as JSON arrays with the watch's cursor.

Times are ms of UTC by our own clock; a device's clock that is known to be off is corrected. What
a healthy device never needs is ``None``, for there may be very many devices.
"""

from __future__ import annotations

from msgspec import Struct

from rooms.faults.finding import Finding, Severity


class Use(Struct, array_like=True, gc=False):
    """What one device told of people in its room; bits as in ``use.BITS``."""

    at: int  # of the newest message that told of people
    told: int = 0  # the steady fields that it has told
    on: int = 0  # those of them that say in use
    since: int = 0  # since when they have said so, or not
    first: int | None = None  # of the triggers now bridged to one stay
    last: int | None = None  # the last trigger
    busy: int | None = None  # when it last saw somebody, by trigger or steady field
    call: int | None = None  # in a call since then
    into: float | None = None  # counters of a line
    out: float | None = None
    missed: int = 0  # stays in its room that others saw and it did not
    sure: int = 0  # the last trigger came after this: a count tells only that some did since


class Air(Struct, array_like=True, gc=False):
    at: int
    co2: float
    above: int | None = None  # since when too high


class Said(Struct, array_like=True, gc=False):
    """An error flag or a diagnostic message of equipment."""

    severity: Severity
    text: str
    since: int


class Part(Struct, array_like=True, gc=False):
    """A peripheral that was there once; ``gone`` since when it is not, ``seen`` last before."""

    word: str  # camera, microphone ...
    name: str
    id: str
    label: str
    seen: int = 0
    gone: int | None = None


class Equipment(Struct, array_like=True, gc=False):
    at: int
    flags: list[Said] = []
    said: list[Said] = []
    parts: list[Part] = []
    said_sum: int = 0  # checksums of the lists, which seldom change
    parts_sum: int = 0
    empty: bool = False  # the last list of peripherals had none
    listed: int = 0  # when a list last had some after one that had none


class History(Struct, array_like=True, gc=False):
    """Of one device."""

    begun: int  # awaited since
    heard: int | None = None  # its last word
    anew: int = 0  # its first word after a silence for which it was not known
    present: bool = False  # was its newest message about the present?
    late: int = 0  # how far its clock is behind
    lag: int = 0  # how late the last late message was, and when that came
    lag_at: int = 0
    offline: int | None = None  # said to be gone by its last will
    unreachable: int | None = None  # said by its bridge
    battery: float | None = None
    battery_at: int = 0
    low: int | None = None  # since when under the limit
    skew: float = 0.0  # seconds, and when that was last noted
    skew_at: int | None = None
    skew_since: int = 0
    failed: int = 0  # messages running that could not be used
    failed_since: int = 0
    gateway: str | None = None  # that heard it best
    room: str = ""  # in which ``use`` was seen
    use: Use | None = None
    air: Air | None = None
    equipment: Equipment | None = None


class RoomHistory(Struct, array_like=True, gc=False):
    """The stay of people that is under way, or the last."""

    since: int = 0
    counted: bool = False  # long enough to have been missed by others


class SourceHistory(Struct, array_like=True, gc=False):
    begun: int
    online: int | None = None  # said so itself
    offline: int | None = None
    back: int = 0  # when it, or one of its gateways, last came back from silence


class Open(Struct, array_like=True, gc=False):
    """A finding that stands, until it has been gone for long enough."""

    code: str
    detail: str
    severity: Severity
    since: int
    gone: int | None = None
    members: tuple[str, ...] = ()

    def finding(self, subject: str) -> Finding:
        return Finding(
            self.code, subject, self.detail, self.severity, self.since, tuple(self.members)
        )


def set_back(what: Struct, now: int) -> None:
    """Bring its times back to ``now``, where a clock that ran ahead has been set right.

    All other whole numbers are far smaller than a time.
    """
    for name in what.__struct_fields__:
        value = getattr(what, name)
        if type(value) is int:
            setattr(what, name, min(value, now))
        elif isinstance(value, Struct):
            set_back(value, now)
        elif isinstance(value, list):
            for one in value:
                set_back(one, now)
