"""What waits to be told to one person: the records of the alert queue."""

from __future__ import annotations

import hashlib
from typing import Literal, NamedTuple

from rooms.texts import Language

Event = Literal["opened", "reopened", "escalated", "released", "reminder", "resolved"]
AlertKind = Literal["faults", "digest", "room_check", "test"]
AlertState = Literal["waiting", "sent", "dropped"]
DeliveryState = Literal["waiting", "delivered", "failed"]


class Recipient(NamedTuple):
    """A person of contacts.yaml. ``urls`` are Apprise addresses, and secrets."""

    id: str
    name: str
    language: Language
    email: str | None
    urls: tuple[str, ...]
    maintainer: bool
    manager: bool = False
    partner: str | None = None  # whose statements the person gets


class Entry(NamedTuple):
    """Something to tell of one fault."""

    fault: str
    event: Event
    at: int


class Alert(NamedTuple):
    """One message to one person, by all of the person's channels; times in ms.

    It waits until ``due``, gathers what comes meanwhile, and then tells what of it still holds.
    ``site`` is whose morning, opening hours and zone it keeps to ("": the first one's).
    """

    id: int
    person: str
    kind: AlertKind
    site: str
    due: int
    created: int
    urgent: bool = False
    entries: tuple[Entry, ...] = ()
    state: AlertState = "waiting"
    settled: int | None = None  # sent or dropped
    answered: int | None = None  # its link was used


class Told(NamedTuple):
    """A person knows that a fault is there: since when, and when it was told last (ms)."""

    fault: str
    person: str
    first: int
    last: int
    digest: bool = False  # only in a morning digest


class Delivery(NamedTuple):
    """An alert on its way by one channel: "email" or "url:<8 hex of the address's SHA-256>"."""

    alert: int
    channel: str
    state: DeliveryState = "waiting"
    attempts: int = 0
    next_try: int = 0
    error: str = ""
    settled: int | None = None


def channels(person: Recipient) -> dict[str, str]:
    """A person's ways to be reached: channel -> address. The channel's name tells nothing."""
    found = {"email": person.email} if person.email else {}
    for url in person.urls:
        found[f"url:{hashlib.sha256(url.encode()).hexdigest()[:8]}"] = url
    return found
