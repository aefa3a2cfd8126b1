"""Order, copies, lateness and batches of messages that carry their own time change no number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from posting import DAY, HOUR, MIN, NOW, SITE, Post, native, registry

from collector.incoming import Incoming
from collector.rollup import Rollup
from collector.watch import Watch
from rooms.attribution import Booking
from rooms.faults import DISTRUSTING
from rooms.occupancy import Timeline, room_timeline
from rooms.readings import Point
from rooms.registry import Registry
from storage.forwarder import Forwarder
from storage.histories import device_histories
from storage.sqlite import SqliteStore
from storage.state import Asked, ServiceState
from tests.examples import costly

LATE = NOW + 810 * MIN  # half past eleven on a Monday evening
MAX_AGE = 2 * DAY
SERIES = ("use_hour", "use_day", "use_month", "partner_day", "site_hour", "site_day", "site_month")
SAID: dict[str, list[tuple[str, dict[str, Any]]]] = {
    "pir": [
        ("presence", {"motion": True}),
        ("presence", {"motion_count": 3}),
        ("presence", {"motion_count": 0}),
        ("presence", {"occupied": True}),
        ("presence", {"occupied": False}),
        ("health", {"battery_pct": 80}),
    ],
    "people": [
        ("presence", {"people": 0}),
        ("presence", {"people": 2}),
        ("presence", {"people": 5}),
        ("presence", {"people": -5}),  # set aside, whenever it comes
        ("presence", {"colour": "red"}),  # nothing of use, but the device is there
        ("climate", {"co2_ppm": 700}),
        ("status", {"online": False}),
    ],
    "panel": [
        ("checkin", {"partner": "vindel", "token": "t0ken"}),
        ("checkin", {"partner": "norrsken", "token": "t0ken", "until": "2026-11-23T23:30:00Z"}),
        ("checkin", {"partner": None, "token": "t0ken"}),
        ("checkin", {"partner": "vindel", "token": "guessed"}),
    ],
    "vc": [
        ("equipment", {"in_call": True}),
        ("equipment", {"in_call": False, "people": 3}),
        ("equipment", {}),
    ],
}
MODELS = {
    "pir": "generic-motion",
    "people": "generic-count",
    "vc": "poly-videoos",
    "panel": "checkin-panel",
}
# around the limits: bridge 10 min, known 12.5 and 25 min; many within a second or a stay
STEPS = [1, 700, 20_000, MIN, 3 * MIN, 9 * MIN, 10 * MIN, 12 * MIN, 20 * MIN, 26 * MIN, 3 * HOUR]
DELAYS = [-4 * MIN, 0, 0, 0, 2000, 11 * MIN, 40 * MIN, 5 * HOUR, DAY, MAX_AGE]


@dataclass(frozen=True)
class Sent:
    device: str
    kind: str
    time: int
    body: dict[str, Any]

    def arriving(self, after: int, **more: Any) -> Incoming:
        body = self.body | {"time": self.time}
        return native(self.device, self.kind, body, self.time + after, **more)


@pytest.fixture(scope="module")
def known() -> Registry:
    return registry(
        opening_hours={"mon-sun": "00:00-24:00"},
        rooms=SITE["rooms"][:1],
        sources=[{"id": "av", "decoder": "native", "max_age": "2d"}],
        devices=[
            {"id": id_, "source": "av", "address": id_, "model": model}
            for id_, model in MODELS.items()
        ],
        placements=[{"device": id_, "room": "granen"} for id_ in MODELS],
    )


@st.composite
def streams(draw: Any) -> list[Sent]:
    """Each device's messages of a night from half past eleven on, at different times."""
    out: list[Sent] = []
    for device, choices in SAID.items():
        time = LATE
        numbered = draw(st.booleans())
        said = st.lists(st.tuples(st.sampled_from(STEPS), st.sampled_from(choices)), max_size=15)
        for seq, (step, (kind, body)) in enumerate(draw(said)):
            time += step
            out.append(Sent(device, kind, time, body | ({"seq": seq} if numbered else {})))
    return sorted(out, key=lambda sent: sent.time)


def disturbed(sent: Sequence[Sent], random: Random) -> list[Incoming]:
    """Delayed, so that they come in another order; some twice, some out of a queue."""
    out: list[Incoming] = []
    for one in sent:
        first = one.arriving(random.choice(DELAYS), backlog=random.random() < 0.3)
        out.append(first)
        if random.random() < 0.3:  # the broker's copy, and the network's
            out.append(first._replace(dup=True, time=min(first.time + MIN, one.time + MAX_AGE)))
        if random.random() < 0.3:
            out.append(one.arriving(random.choice(DELAYS)))
    random.shuffle(out)  # what arrives at one time
    return sorted(out, key=lambda message: message.time)


class House:
    """All that readings pass through until they are numbers, over own files."""

    def __init__(self, folder: Path, known: Registry) -> None:
        folder.mkdir()
        self.now = LATE - HOUR
        self.known = known
        self.post = Post(folder, known)
        self.state = ServiceState(folder / "service.db")
        self.store = SqliteStore(folder / "store.db", retention_s=None, clock=self.clock)
        outbox = self.post.outbox
        self.forwarder = Forwarder(outbox, self.store, clock=self.clock, day_of=lambda _: "")
        self.watch = Watch(outbox, self.state, self.store, known, clock=self.clock)
        self.rollup = Rollup(
            outbox, self.state, self.store, lambda: known, clock=self.clock, retention_ms=None
        )
        booking = Booking("a", LATE + 20 * MIN, LATE + 80 * MIN, "vindel")
        self.state.claims.put_bookings("granen", [booking], LATE, LATE + DAY, self.now)
        self.watch.load()
        self.watch.step()

    def clock(self) -> int:
        return self.now

    def take(self, batch: Sequence[Incoming]) -> None:
        self.now = max(self.now, batch[-1].time)
        self.post.send(*batch)

    def settle(self, now: int) -> None:
        self.now = now
        for step in (self.watch.step, self.forwarder.step, self.rollup.step):
            while step():
                pass

    def numbers(self) -> tuple[Timeline, dict[str, list[Point]]]:
        start, stop = LATE - HOUR, LATE + DAY
        histories = device_histories(self.store, self.known, "granen", start, stop)
        series = {}
        for name in SERIES:
            points = list(self.store.read(name, {}, 0, 2**60))
            for point in points:
                # faults are what could be known then: a device that is late was silent
                point.fields.pop("lost_s", None)
            # a partner who was thought to have used the room keeps a row of zeros
            kept = [p for p in points if name != "partner_day" or any(p.fields.values())]
            series[name] = kept
        return room_timeline(histories, start, stop, self.now), series

    def close(self) -> None:
        self.store.close()
        self.state.close()
        self.post.outbox.close()


def calm(house: House, sent: Sequence[Sent]) -> None:
    for n in range(0, len(sent), 10):
        house.take([one.arriving(80) for one in sent[n : n + 10]])


def wild(house: House, sent: Sequence[Sent], random: Random) -> None:
    """In batches of any size, with the parts of the house at work in between, or not; the
    last one comes when all is done."""
    *left, last = disturbed(sent, random) or [None]
    while left:
        size = random.choice([1, 2, 7, 50])
        house.take(left[:size])
        del left[:size]
        for step in (house.watch.step, house.forwarder.step, house.rollup.step):
            if random.random() < 0.3:
                step()
    house.settle(house.now)
    if last is not None:
        house.take([last])


@costly(5)
@given(streams(), st.integers(0, 2**32).map(Random))
def test_the_final_numbers_are_the_same(
    known: Registry, tmp_path_factory: pytest.TempPathFactory, sent: list[Sent], random: Random
) -> None:
    folder = tmp_path_factory.mktemp("order")
    results = []
    for name in ("calm", "wild"):
        house = House(folder / name, known)
        try:
            calm(house, sent) if name == "calm" else wild(house, sent, random)
            house.settle(LATE + DAY + MAX_AGE)
            # so is doubt: a sensor that seemed stuck until a late message came was not believed
            assume(not any(f.code in DISTRUSTING for f in house.state.faults.find(Asked())))
            results.append(house.numbers())
        finally:
            house.close()
    assert results[1] == results[0]
