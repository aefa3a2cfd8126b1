"""MQTT topic filters: what they match, and which of two is the closer one (MQTT 3.1.1, 4.7)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Final, TypeVar

T = TypeVar("T")

_TOPICS: Final = 4096
_LENGTH: Final = 512


def matches(filter_levels: Sequence[str], topic_levels: Sequence[str]) -> bool:
    """Does a filter, split at ``/``, cover a topic, split at ``/``?

    ``#`` covers its parent level too; wildcards at the front leave ``$`` topics out.
    """
    if topic_levels[0].startswith("$") and filter_levels[0] in ("+", "#"):
        return False
    for i, level in enumerate(filter_levels):
        if level == "#":
            return True
        if i >= len(topic_levels) or level not in ("+", topic_levels[i]):
            return False
    return len(filter_levels) == len(topic_levels)


def closeness(filter_levels: Sequence[str]) -> tuple[int, ...]:
    """Sorts the more specific filter first: level by level, a name before ``+`` before ``#``."""
    return tuple({"+": 1, "#": 2}.get(level, 0) for level in filter_levels)


def cached(look_up: Callable[[str], T]) -> Callable[[str], T]:
    """Remember what topics gave. Topics come from outside: neither their number nor
    their length may fill the memory."""
    remembered = lru_cache(_TOPICS)(look_up)

    def call(topic: str) -> T:
        return remembered(topic) if len(topic) <= _LENGTH else look_up(topic)

    return call
