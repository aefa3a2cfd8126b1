"""A device is tried again when it is lost, seldom when it refuses us, and never hurts others."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import Any

import pytest

from devices.bridges import run
from devices.bridges.base import Bridge, Lost, Refused, Target, Told
from devices.bridges.run import Keeper, Watchers

SAID: Told = {"equipment": {"online": True}}


class Pauses(Event):
    """Counts pauses instead of waiting, and stops after ``most`` of them."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.seconds: list[float] = []
        self._most = most

    def wait(self, timeout: float | None = None) -> bool:
        self.seconds.append(timeout or 0.0)
        if len(self.seconds) >= self._most:
            self.set()
        return self.is_set()


class Speaker:
    def __init__(self) -> None:
        self.said: list[Any] = []

    def tell(self, told: Told) -> None:
        self.said.append(told)

    def lost(self) -> None:
        self.said.append("lost")

    def close(self) -> None:
        self.said.append("closed")


def bridge(watch: Callable[..., None]) -> Bridge:
    return Bridge("pjlink", "pjlink-display", 4352, lambda *_: {}, watch)


def kept(*ends: Exception | None, most: int) -> tuple[list[float], list[Any]]:
    """What a device that ends so and so leads to; ``None`` says something, and is then lost."""
    coming = iter(ends)

    def watch(_: Target, tell: Callable[[Told], None], __: Event) -> None:
        end = next(coming)
        if end is None:
            tell(SAID)
            raise Lost("hung up")
        raise end

    speaker, pauses = Speaker(), Pauses(most)
    Keeper(bridge(watch), Target("d", "h"), speaker, jitter=lambda: 1.0).run(pauses)
    return pauses.seconds, speaker.said


def test_pauses_grow_and_begin_anew_once_it_has_spoken() -> None:
    lost = [Lost("no")] * 8
    seconds, said = kept(*lost, None, Lost("no"), most=10)
    assert seconds == [1, 2, 4, 8, 16, 32, 60, 60, 1, 2]
    assert said == [SAID, "closed"]


def test_who_refuses_us_is_asked_seldom() -> None:
    seconds, said = kept(Refused("password"), Refused("password"), most=2)
    assert seconds == [300, 600]
    assert said == ["lost", "lost", "closed"]


def test_jitter_keeps_them_from_asking_all_at_once() -> None:
    def watch(*_: Any) -> None:
        raise Lost("no")

    pauses = Pauses(3)
    Keeper(bridge(watch), Target("d", "h"), Speaker(), jitter=lambda: 0.0).run(pauses)
    assert pauses.seconds == [0.5, 1, 2]


def test_it_is_offline_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    now = iter([0.0, 59.0, 60.0, 61.0])
    monkeypatch.setattr(run, "monotonic", lambda: next(now))
    _, said = kept(Lost("no"), Lost("no"), Lost("no"), most=3)
    assert said == ["lost", "lost", "closed"]


def test_a_mistake_of_ours_ends_nothing() -> None:
    seconds, _ = kept(ZeroDivisionError(), None, most=2)
    assert seconds[0] == 60.0


def test_devices_come_and_go_with_the_registry() -> None:
    begun: list[str] = []
    ended: dict[str, Event] = {}

    def watch(target: Target, _: Any, stop: Event) -> None:
        begun.append(f"{target.device} {target.host}")
        ended[target.device] = stop
        stop.wait()

    speakers: dict[str, Speaker] = {}

    def speaker(target: Target) -> Speaker:
        return speakers.setdefault(f"{target.device} {target.host}", Speaker())

    watchers = Watchers(bridge(watch), speaker)
    watchers.use({"a": Target("a", "1"), "b": Target("b", "1")})
    watchers.use({"a": Target("a", "1"), "b": Target("b", "2"), "c": Target("c", "1")})
    assert watchers.hear("c", SAID)
    assert not watchers.hear("d", SAID)
    watchers.use({"a": Target("a", "1")})
    assert speakers["b 1"].said == ["closed"]
    assert speakers["c 1"].said == [SAID, "closed"]
    watchers.end()
    assert sorted(begun) == ["a 1", "b 1", "b 2", "c 1"]
    assert all("closed" in one.said for one in speakers.values())
