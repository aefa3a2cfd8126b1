"""What every way of delivery has in common: a message, and what can go wrong with it."""

from __future__ import annotations

from typing import Literal, NamedTuple, Protocol

from rooms.alerts.failure import Failure

Tone = Literal["info", "success", "warning"]


class Attachment(NamedTuple):
    """A file that goes with a message; ``kind`` is its media type, "application/pdf"."""

    name: str
    kind: str
    content: bytes


class Message(NamedTuple):
    """``id`` is equal for every try of one delivery, ``thread`` for all that is told of one
    thing ("": nothing else belongs to it); both are fit for a Message-ID. ``line`` says it
    where there is no room for more. Only e-mail takes ``attachments``."""

    id: str
    thread: str
    at: int  # ms
    tone: Tone
    subject: str
    text: str
    html: str
    line: str
    attachments: tuple[Attachment, ...] = ()


class Undelivered(Exception):
    """Base class; ``failure`` says why."""

    def __init__(self, key: str, detail: str = "") -> None:
        self.failure = Failure(key, detail)
        super().__init__(self.failure.stored)


class Passing(Undelivered):
    """Try again later; after ``retry_after`` seconds, if told."""

    def __init__(self, key: str, detail: str = "", retry_after: float | None = None) -> None:
        super().__init__(key, detail)
        self.retry_after = retry_after


class ServerAway(Passing):
    """There is no server to take anything: nobody gets anything this way."""


class ServerTrouble(ServerAway):
    """Nor will there be until a person acts (wrong password, refused sender)."""


class Permanent(Undelivered):
    """This address will never take this message."""


class Batch(Protocol):
    """Several messages one after the other, by one connection where that pays."""

    def send(self, address: str, message: Message) -> None:
        """Returns when the other side has taken it on. Raises ``Undelivered``."""
        ...

    def close(self) -> None: ...


class Transport(Protocol):
    def batch(self) -> Batch:
        """Connects nothing yet."""
        ...

    def stop(self) -> None:
        """Give up what is under way; the service ends."""
        ...
