"""From a topic to the source and decoder that it belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from collector.decoders.base import Decoder
from collector.decoders.topics import cached, closeness, matches


class Route(NamedTuple):
    source: str
    decoder: Decoder


class Router:
    """Routes topics over all sources.

    Where filters of several sources cover a topic, the closest filter comes first (level
    by level, a name before ``+`` before ``#``; equals in the registry's order). A message
    belongs to one source: take the first route whose source knows the decoded address,
    else the first of all. That way two sites can share one ChirpStack.
    """

    def __init__(self, decoders: Mapping[str, Decoder]) -> None:
        filters = [
            (topic.split("/"), Route(source, decoder))
            for source, decoder in decoders.items()
            for topic in decoder.subscriptions
        ]
        self._filters = sorted(filters, key=lambda entry: closeness(entry[0]))
        self.subscriptions: tuple[str, ...] = tuple(
            sorted({topic for decoder in decoders.values() for topic in decoder.subscriptions})
        )
        self.route = cached(self._route)
        """``route(topic)`` -> routes, closest first; empty if no source covers the topic."""

    def _route(self, topic: str) -> tuple[Route, ...]:
        levels = topic.split("/")
        covering = (route for filter_, route in self._filters if matches(filter_, levels))
        return tuple(dict.fromkeys(covering))
