"""The store, in the domain's words. InfluxDB and SQLite stand behind it.

Every implementation passes the same contract suite (``tests/contract``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple, Protocol, Self

from rooms.readings import Point
from rooms.texts import Language, text


class Refused(NamedTuple):
    """A point that the store will never take, and why."""

    point: Point
    reason: str


class StoreError(Exception):
    """Base class. The message is one clear line for a person; ``render`` says it in either
    language where the error was made by ``say``."""

    key = ""
    values: Mapping[str, object] = MappingProxyType({})

    @classmethod
    def say(cls, key: str, /, **values: object) -> Self:
        """An error that says the text ``key`` of ``rooms.texts.store``."""
        error = cls(text("en", key, **values))
        error.key, error.values = key, values
        return error

    def render(self, language: Language) -> str:
        return text(language, self.key, **self.values) if self.key else str(self)


class StoreUnavailable(StoreError):
    """Passing trouble: keep the points and try again, after ``retry_after`` seconds if told."""

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class StoreMisconfigured(StoreError):
    """A person must act (wrong credentials, missing database): keep the points, say so."""


class Store(Protocol):
    def write(self, points: Sequence[Point]) -> list[Refused]:
        """Write points, any number; return those refused for good.

        Idempotent: same measurement, tags and time overwrite field by field.
        Raises ``StoreUnavailable`` or ``StoreMisconfigured``; then any part may
        have been written, and writing all again is right.
        """
        ...

    def read(
        self,
        measurement: str,
        tags: Mapping[str, Sequence[str]],
        start: int,
        stop: int,
    ) -> Iterator[Point]:
        """Points of ``[start, stop)`` ms, ascending by time, whose every named tag has
        one of the given values (an empty mapping: all of the measurement)."""
        ...

    def last(self, measurement: str, tags: Mapping[str, Sequence[str]], before: int) -> list[Point]:
        """The newest point before ``before`` ms of each series that matches."""
        ...

    def first(self, measurement: str, tags: Mapping[str, Sequence[str]], after: int) -> list[Point]:
        """The oldest point at or after ``after`` ms of each series that matches."""
        ...

    def check(self) -> None:
        """Raise a ``StoreError`` if the store cannot be read and written now."""
        ...

    def close(self) -> None: ...
