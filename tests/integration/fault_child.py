"""A watch over real files that is fed by lines on its standard input: what a test may kill.

A line is ``[ms, device, kind, body]``: the clock moves to that time, the message is taken as
from the broker, the watch does all its steps, and the line's number is answered.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from collector.incoming import Incoming
from collector.pipeline import Pipeline
from collector.watch import Watch
from rooms.registry import Registry
from rooms.registry.parse import build_registry, parse_site
from storage.outbox import Outbox
from storage.sqlite import SqliteStore
from storage.state import ServiceState

PROBE = "probe"  # a cursor of what the alert queue would have seen
ROOMS = """
id: s
name: Inland
opening_hours: {mon-sun: "00:00-24:00"}
sources: [{id: av, decoder: native}]
rooms: [{id: granen, name: Granen, capacity: 8}]
devices:
  - {id: vc, source: av, address: vc, model: cisco-roomos}
  - {id: skarm, source: av, address: skarm, model: pjlink-display}
  - {id: pir, source: av, address: pir, model: generic-motion}
placements:
  - {device: vc, room: granen}
  - {device: skarm, room: granen}
  - {device: pir, room: granen}
"""


class FaultHouse:
    """Outbox, state and watch over one folder; the clock is moved by hand."""

    def __init__(self, folder: Path, now: int) -> None:
        self.now = now
        self.registry: Registry = build_registry([parse_site(ROOMS, "rooms.yaml")])
        self.outbox = Outbox(folder / "outbox.db")
        self.state = ServiceState(folder / "service.db")
        self.store = SqliteStore(folder / "store.db", retention_s=None, clock=self.clock)
        self.pipeline = Pipeline(self.registry, self.outbox)
        self.watch = Watch(
            self.outbox,
            self.state,
            self.store,
            self.registry,
            clock=self.clock,
            after=self._after,
        )
        self.watch.load()

    def clock(self) -> int:
        return self.now

    def _after(self, _: Registry, __: int) -> None:
        faults = self.state.faults
        seen = self.state.live.cursor(PROBE)
        for transition in faults.after(seen):
            seen = transition.seq
        self.state.live.set_cursor(PROBE, seen)

    def take(self, number: int, at: int, device: str, kind: str, body: object) -> None:
        self.now = at
        message = Incoming(
            1,
            topic=f"rumskoll/s/granen/{device}/{kind}",
            payload=json.dumps(body).encode(),
            time=at,
            mid=number % 60_000 + 1,
            qos=1,
            dup=False,
            retain=False,
            backlog=False,
        )
        self.pipeline.take([message])
        while self.watch.step():
            pass

    def close(self) -> None:
        self.store.close()
        self.state.close()
        self.outbox.close()


def main() -> None:
    folder, first = Path(sys.argv[1]), int(sys.argv[2])
    house: FaultHouse | None = None
    for number, line in enumerate(sys.stdin, first):
        at, device, kind, body = json.loads(line)
        if house is None:
            house = FaultHouse(folder, at)
        house.take(number, at, device, kind, body)
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
