"""What a rule is asked about, and how it answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from rooms.faults.finding import Finding
from rooms.faults.history import History, Open
from rooms.registry import SourceDevice
from rooms.registry.fault_limits import Limits

ALWAYS: Final = -(2**62)
NEVER: Final = 2**62

Standing = Mapping[tuple[str, str], Open]  # by code and detail


class Held(NamedTuple):
    """A finding that holds in ``[opens, until)`` if no message comes."""

    finding: Finding
    opens: int = ALWAYS
    until: int = NEVER


@dataclass(slots=True)
class Placed:
    """A device, what it told and where it stands since when.

    ``room`` is "" for one that rooms.yaml places nowhere, ``None`` for one that was taken down.
    """

    device: SourceDevice
    history: History
    room: str | None
    since: int

    @property
    def id(self) -> str:
        return self.device.device.id

    @property
    def known_until(self) -> int:
        heard = self.history.heard
        return ALWAYS if heard is None else heard + self.device.known_for_ms


class Company(NamedTuple):
    """Those that are heard by the same source or gateway, the device itself among them."""

    heard: int = NEVER  # when any of them was, last
    judged: int = ALWAYS  # if none is heard before: then it is known whether all are silent


class Case(NamedTuple):
    """One device. An open finding of which too little is known is to be held on to."""

    placed: Placed
    limits: Limits
    standing: Standing
    now: int
    grace: int  # silence counts from here at the earliest
    neighbours: Sequence[Placed] = ()  # who stand in the same room, itself among them
    company: Company = Company()

    def open(self, code: str, detail: str = "") -> Open | None:
        return self.standing.get((code, detail))


class RoomCase(NamedTuple):
    """One room and the devices that stand in it."""

    room: str
    since: int  # there are people from then
    until: int  # to then, if nothing else is said
    limits: Limits
    standing: Standing
    now: int
    devices: Sequence[Placed]
