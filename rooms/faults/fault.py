"""A fault and what happened to it: the records of ``service.db`` (design 7)."""

from __future__ import annotations

import hashlib
from typing import Literal, NamedTuple

from rooms.faults.finding import Finding, Key, Severity

# opened, reopened, resolved, escalated (worse, or nobody answered), held (alerts are kept back)
# and released come from rules and time; the rest people do
Kind = Literal[
    "opened",
    "reopened",
    "escalated",
    "held",
    "released",
    "acknowledged",
    "snoozed",
    "commented",
    "resolved",
]


class Place(NamedTuple):
    """Where a subject is: ``site`` is "" for the service, ``room`` None where it has none."""

    site: str = ""
    room: str | None = None


class Fault(NamedTuple):
    """Something that is or was wrong; times in ms of UTC.

    ``held`` says why its alerts are kept back: "" (they are not), "window:<id>", "flapping" or
    "under:<id of the fault that stands for it>".
    """

    id: str
    code: str
    subject: str
    detail: str
    severity: Severity
    since: int  # the onset
    site: str = ""
    room: str | None = None  # where the subject was when it opened
    opened: int = 0  # when it was noticed
    resolved: int | None = None
    acknowledged: int | None = None
    acknowledged_by: str = ""
    snoozed_until: int | None = None
    held: str = ""
    level: int = 0  # how often it was escalated because nobody answered
    reopened: int = 0  # how often
    members: tuple[str, ...] = ()
    again: int | None = None  # its last onset if it came back: told by its spells, not stored

    @property
    def there_since(self) -> int:
        """Since when without a break: one that came back was not there in between."""
        return self.since if self.again is None else self.again

    @property
    def key(self) -> Key:
        return (self.code, self.subject, self.detail)

    @property
    def finding(self) -> Finding:
        """As it was found."""
        return Finding(*self.key, self.severity, self.since, self.members)

    @property
    def open(self) -> bool:
        return self.resolved is None


class Transition(NamedTuple):
    """Something that happened to a fault. ``who`` is "" where no person did it."""

    fault: str
    at: int
    kind: Kind
    severity: Severity
    who: str = ""
    note: str = ""
    until: int | None = None  # of a snooze
    held: str = ""
    seq: int = 0  # given when it is stored


class Change(NamedTuple):
    """A transition and the fault as it is after it; without one, only what it covers changed."""

    fault: Fault
    transition: Transition | None
    start: int | None = None  # since when it has been there (again), of what is opened or reopened


def fault_id(site: str, key: Key, since: int) -> str:
    """Equal for the same thing, so that telling it twice makes one fault."""
    code, subject, detail = key
    text = "\x1f".join((site, subject, code, detail, str(since)))
    return hashlib.sha256(text.encode()).hexdigest()[:12]
