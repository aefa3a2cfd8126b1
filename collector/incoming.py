"""What the MQTT session hands to the pipeline, and what it may ask of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol


class Incoming(NamedTuple):
    """One message as it came off the wire."""

    connection: int  # number of the connection: an acknowledgement belongs to it
    mid: int
    topic: str
    payload: bytes
    time: int  # arrival, ms
    qos: int
    dup: bool
    retain: bool
    backlog: bool  # waited in the broker: came before the socket first fell idle
    bad_topic: bool = False  # the topic was no UTF-8; ``topic`` shows its bytes


class Busy(Exception):
    """Nothing can be kept now: hold the messages, acknowledge none, try again."""


class Sink(Protocol):
    """Where messages go. Every method runs in the session's thread."""

    def connected(self, *, resumed: bool) -> None:
        """A connection stands; ``resumed``: the broker kept our session."""
        ...

    def take(self, messages: Sequence[Incoming]) -> None:
        """Keep the messages durably, in order. Raises ``Busy`` and has then taken them into
        its hands once and for all: call ``retry`` until it succeeds, never ``take`` them again.
        """
        ...

    def idle(self) -> None:
        """Nothing waits: time for other work. Raises ``Busy`` like ``take``."""
        ...

    def retry(self) -> None:
        """Keep what is still in hand. Raises ``Busy``."""
        ...
