"""Ways by which alerts do not arrive: faults of the service about itself."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Final, NamedTuple

from rooms.alerts.message import Recipient, channels
from rooms.faults import SERVICE, Finding
from storage.state import ServiceState

CODE: Final = "alert_undeliverable"


class _Way(NamedTuple):
    since: int  # ms
    address: str = ""  # "": not known any more, or everybody's


class Undeliverable:
    """A fault's detail is "<person> <channel>", or "email" when the mail server takes nobody's.

    It ends when something is delivered that way, or the address is changed or gone.
    """

    def __init__(self, state: ServiceState) -> None:
        self._state = state
        self._lock = threading.Lock()
        self._ways = {f.detail: _Way(f.since) for f in state.faults.open() if f.code == CODE}

    def failing(self, person: str, channel: str, now: int, address: str = "") -> None:
        """``person`` "": nobody is reached that way."""
        with self._lock:
            detail = f"{person} {channel}".strip()
            if detail not in self._ways:
                self._become(self._ways | {detail: _Way(now, address)}, now)

    def delivered(self, person: str, channel: str, now: int) -> None:
        self._end({f"{person} {channel}", channel}, now)

    def forget_gone(self, people: Mapping[str, Recipient], now: int) -> None:
        """Those whose address is another now, or none."""
        there = {
            detail: address
            for person in people.values()
            for channel, address in channels(person).items()
            for detail in (f"{person.id} {channel}", channel)
        }
        ways = dict(self._ways)
        gone = {d for d, way in ways.items() if way.address not in ("", there.get(d))}
        self._end(gone | (ways.keys() - there.keys()), now)

    def _end(self, details: set[str], now: int) -> None:
        with self._lock:
            left = {detail: way for detail, way in self._ways.items() if detail not in details}
            if len(left) < len(self._ways):
                self._become(left, now)

    def _become(self, ways: dict[str, _Way], now: int) -> None:
        findings = [Finding(CODE, SERVICE, d, "error", way.since) for d, way in ways.items()]
        self._state.faults.settle((CODE,), findings, now)
        self._ways = ways  # once it is written down
