"""What goes wrong between a device and the broker, seeded; the truth stays as it was.

Retained messages (availability) are left alone: they are the broker's memory.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from random import Random

from devices.simulator.message import Message

_LATE_MS = (1_000, 90_000)


@dataclass(frozen=True)
class Disturbances:
    """Chances per message (0 to 1); ``silent_from`` (ms) by device id, until the end.

    ``garbage`` adds an unusable message after a good one, so that nothing true is lost by it.
    """

    loss: float = 0.0
    duplicates: float = 0.0
    disorder: float = 0.0
    garbage: float = 0.0
    silent_from: Mapping[str, int] = field(default_factory=dict)


def disturb(stream: Iterable[Message], what: Disturbances, seed: int) -> Iterator[Message]:
    """The messages as they reach the broker, in the order of their (new) times."""
    rng = Random(f"{seed}/disturb")
    late: list[tuple[int, int, Message]] = []
    for n, message in enumerate(stream):
        while late and late[0][0] <= message.time:
            yield heapq.heappop(late)[2]
        if message.retain:
            yield message
            continue
        since = what.silent_from.get(message.device)
        if (since is not None and message.time >= since) or rng.random() < what.loss:
            continue
        for copy in range(2 if rng.random() < what.duplicates else 1):
            if rng.random() < what.disorder:
                moved = message._replace(time=message.time + rng.randint(*_LATE_MS))
                heapq.heappush(late, (moved.time, 2 * n + copy, moved))
            else:
                yield message
        if rng.random() < what.garbage:
            yield message._replace(payload=_garbage(message.payload, rng))
    while late:
        yield heapq.heappop(late)[2]


def _garbage(payload: bytes, rng: Random) -> bytes:
    """Cut off, flipped, wrong types, not a number, deep nesting, or noise."""
    cut = rng.randrange(len(payload))
    return rng.choice(
        (
            payload[:cut],
            payload[:cut] + b"\xff\xfe" + payload[cut:],
            b'{"occupied":"maybe","people":-3,"data":17}',
            b'{"temperature":NaN,"temperature_c":NaN,"data":"AQ="}',
            b"[" * 5_000,
            rng.randbytes(40),
        )
    )
