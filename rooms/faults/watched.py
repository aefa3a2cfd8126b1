"""What the engine keeps of devices, rooms and sources, and its form in ``service.db``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeVar

import msgspec

from rooms.faults.case import Placed
from rooms.faults.fault import Fault
from rooms.faults.finding import SOURCE, Finding
from rooms.faults.history import History, Open, RoomHistory, SourceHistory, set_back
from rooms.faults.standing import Key
from rooms.registry.fault_limits import Limits, SourceSilent

ROOM: Final = "room:"  # before a room's id, in the name of its state: a device may be called so

H = TypeVar("H", History, RoomHistory, SourceHistory)
Stands = dict[Key, Open]


_decode = msgspec.json.Decoder(tuple[msgspec.Raw, list[Open]]).decode


@dataclass(slots=True)
class WatchedDevice(Placed):
    limits: Limits
    standing: Stands | None = None  # None: nothing, as nearly always
    due: int | None = None  # when it is next looked at without a message


@dataclass(slots=True)
class WatchedRoom:
    id: str
    limits: Limits
    history: RoomHistory
    standing: Stands | None = None
    due: int | None = None
    devices: list[WatchedDevice] = field(default_factory=list)  # that stand there now
    private: bool = False  # ever
    high: bool = False  # CO2


@dataclass(slots=True)
class WatchedGroup:
    """The devices of a source, or those that a gateway hears best."""

    devices: dict[str, WatchedDevice] = field(default_factory=dict)
    heard: int = 0
    waiting: set[str] = field(default_factory=set)  # who are due, for a word of any of them

    def add(self, device: WatchedDevice) -> None:
        self.devices[device.id] = device
        self.heard = max(self.heard, device.history.heard or 0)


@dataclass(slots=True)
class WatchedSource:
    id: str
    limit: SourceSilent | None
    history: SourceHistory
    standing: Stands | None = None
    due: int | None = None
    whole: WatchedGroup = field(default_factory=WatchedGroup)
    gateways: dict[str, WatchedGroup] = field(default_factory=dict)


Watched = WatchedDevice | WatchedRoom | WatchedSource


def subject_of(watched: Watched) -> str:
    return SOURCE + watched.id if isinstance(watched, WatchedSource) else watched.id


def state_text(watched: Watched) -> str:
    opened = list((watched.standing or {}).values())
    return msgspec.json.encode([watched.history, opened]).decode()


def findings(watched: Watched) -> list[Finding]:
    subject = subject_of(watched)
    return [one.finding(subject) for one in (watched.standing or {}).values()]


class Remembered:
    """What an earlier engine left: texts of its states, and the faults that are open.

    A text that cannot be read is as good as none: another version wrote it. The clock may
    have been set back since.
    """

    def __init__(self, states: Mapping[str, str], faults: Iterable[Fault], now: int) -> None:
        self._now = now
        self._states = dict(states)
        self._faults: dict[str, list[Fault]] = {}
        for fault in faults:
            self._faults.setdefault(fault.subject, []).append(fault)

    def take(self, name: str, new: H, codes: Iterable[str]) -> tuple[H, Stands | None]:
        """The history and what stands of a subject, of these codes; ``new`` if there is none."""
        history = new
        opened: list[Open] = []
        text = self._states.pop(name, "")
        if text:
            try:
                raw, opened = _decode(text)
                history = msgspec.json.decode(raw, type=type(new))
                set_back(history, self._now)
            except msgspec.DecodeError:
                pass
        standing = {(one.code, one.detail): one for one in opened}
        for fault in self._faults.get(name.removeprefix(ROOM), ()):
            if fault.code in codes:
                one = Open(
                    fault.code, fault.detail, fault.severity, fault.since, members=fault.members
                )
                standing.setdefault((fault.code, fault.detail), one)
        for what in standing.values():
            set_back(what, self._now)
        return history, standing or None

    def subjects(self) -> set[str]:
        return set(self._faults)

    def clear(self) -> None:
        self._states.clear()
        self._faults.clear()

    def names(self) -> set[str]:
        """Of the states that nobody took."""
        return set(self._states)
