"""Keeps a bridge's devices watched: a thread for each, tried again when it is lost."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Mapping
from threading import Event, Thread
from time import monotonic
from typing import Final, Protocol

import structlog

from devices.bridges.base import Bridge, Lost, Refused, Target, Told

log = structlog.get_logger()

LOST_S: Final = (1.0, 60.0)  # pauses between tries: the first, and the longest
REFUSED_S: Final = (300.0, 1800.0)  # devices lock out who tries wrong passwords
OFFLINE_AFTER_S: Final = 60.0
_GOODBYE_S: Final = 12.0  # a device that answers slowly holds its thread for so long


class Speaker(Protocol):
    """Where what a device says goes (``publisher.Publisher``)."""

    def tell(self, told: Told) -> None: ...
    def lost(self) -> None: ...
    def close(self) -> None: ...


class Watchers:
    """``speaker(target)`` makes the way out for one device."""

    def __init__(self, bridge: Bridge, speaker: Callable[[Target], Speaker]) -> None:
        self._bridge = bridge
        self._speaker = speaker
        self._running: dict[str, tuple[Target, Event, Thread]] = {}
        self._keepers: dict[str, Keeper] = {}

    def use(self, targets: Mapping[str, Target]) -> None:
        """From now on these, by device; others are let go, changed ones begin anew."""
        gone = [id_ for id_, (old, _, _) in self._running.items() if targets.get(id_) != old]
        self._end(gone)
        for id_, target in targets.items():
            if id_ not in self._running:
                stop = threading.Event()
                keeper = Keeper(self._bridge, target, self._speaker(target))
                self._keepers[id_] = keeper
                thread = Thread(target=keeper.run, args=(stop,), name=id_, daemon=True)
                self._running[id_] = target, stop, thread
                thread.start()

    def hear(self, device: str, told: Told) -> bool:
        """What a device says by itself; ``False`` if it is none of ours."""
        keeper = self._keepers.get(device)
        if keeper is not None and told:
            keeper.hear(told)
        return keeper is not None

    def end(self) -> None:
        self._end([*self._running])

    def _end(self, ids: list[str]) -> None:
        leaving = [self._running.pop(id_) for id_ in ids]
        for id_ in ids:
            del self._keepers[id_]
        for _, stop, _ in leaving:
            stop.set()
        until = monotonic() + _GOODBYE_S
        for _, _, thread in leaving:
            thread.join(max(0.0, until - monotonic()))


class Keeper:
    """One device."""

    def __init__(
        self,
        bridge: Bridge,
        target: Target,
        speaker: Speaker,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._bridge = bridge
        self._target = target
        self._speaker = speaker
        self._jitter = jitter
        self._seen = monotonic()
        self._said = ""
        self._tries = 0

    def run(self, stop: Event) -> None:
        try:
            while not stop.is_set():
                pause = self._once(stop)
                if monotonic() - self._seen >= OFFLINE_AFTER_S:
                    self._speaker.lost()
                stop.wait(pause)
        finally:
            self._speaker.close()

    def _once(self, stop: Event) -> float:
        """One conversation, to its end; seconds until the next."""
        limits, reason = LOST_S, ""
        try:
            self._bridge.watch(self._target, self.hear, stop)
        except Lost as error:
            reason = str(error)
        except Refused as error:
            limits, reason = REFUSED_S, str(error)
            self._speaker.lost()
        except Exception as error:
            # a mistake of ours must not end the watching of this device
            log.exception("a bridge failed", device=self._target.device)
            limits, reason = (60.0, 600.0), type(error).__name__
        if reason and reason != self._said:
            log.warning("equipment is not watched", device=self._target.device, reason=reason)
        self._said = reason
        self._tries += 1
        longest = min(limits[1], limits[0] * 2.0 ** min(self._tries - 1, 20))
        return longest * (0.5 + self._jitter() / 2)

    def hear(self, told: Told) -> None:
        if self._said or not self._tries:
            log.info("equipment is watched", device=self._target.device)
        self._said, self._tries = "", 0
        self._seen = monotonic()
        self._speaker.tell(told)
