"""Ten times SIGKILL in the middle of 20,000 messages: each of them is stored exactly once."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.integration.readings import (
    DEVICES,
    create_databases,
    influx_settings,
    numbered,
    stored,
)
from tests.integration.sessions import site
from tests.servers.collector import Collector
from tests.servers.influxd import Influxd
from tests.servers.mosquitto import MakeMosquitto, Mosquitto
from tests.servers.publisher import Publisher
from tests.servers.waiting import until

pytestmark = [pytest.mark.servers, pytest.mark.timeout(240)]

TOTAL = 20_000
KILLS = 10


@pytest.fixture
def broker(make_mosquitto: MakeMosquitto) -> Mosquitto:
    return make_mosquitto(inflight=100)


@pytest.fixture
def collector(influxd: Influxd, broker: Mosquitto, tmp_path: Path) -> Iterator[Collector]:
    create_databases(influxd)
    collector = Collector(
        tmp_path / "collector",
        site(DEVICES),
        mqtt_url=f"mqtt://127.0.0.1:{broker.port}",
        **influx_settings(influxd),
    )
    yield collector
    collector.kill()


def kill_ten_times(
    collector: Collector, publisher: Publisher, seed: int, event: Callable[[int], None]
) -> None:
    """Kill when the broker has accepted a random number of messages; more come meanwhile.

    ``event`` is told of each round before it begins.
    """
    chance = random.Random(seed)
    kills = sorted(chance.sample(range(500, TOTAL - 1000), KILLS))
    collector.start()
    collector.wait_connected()
    for round_, kill_at in enumerate(kills):
        event(round_)
        # what is sent after the kill waits in the broker: sometimes little, sometimes much
        publisher.allow(kill_at + chance.randrange(1000))
        publisher.wait_for(kill_at)
        if chance.random() < 0.6:  # until it has worked its way into what waits
            kept = collector.outcomes["stored"]
            midst = chance.randint(kept, len(publisher.accepted))
            until(lambda: collector.outcomes["stored"] >= midst, collector.tail)  # noqa: B023
        collector.kill()
        collector.start()
        if chance.random() < 0.8:  # else it is killed again before it has begun
            collector.wait_connected()
    publisher.publish()


def check(collector: Collector, influxd: Influxd, publisher: Publisher) -> None:
    """Every message that the broker accepted is in InfluxDB exactly once, and accounted for."""
    assert len(publisher.accepted) == TOTAL
    until(
        lambda: collector.outcomes["stored"] >= TOTAL and collector.waiting == 0,
        collector.tail,
        patience=60,
    )
    collector.stop()
    assert stored(influxd) == list(range(1, TOTAL + 1))
    outcomes = collector.outcomes
    assert outcomes["stored"] == TOTAL
    assert set(outcomes) <= {"stored", "duplicate", "missing"}
    assert outcomes["missing"] == 0
    assert "Traceback" not in collector.log


@pytest.mark.parametrize("timed", [True, False], ids=["device times", "no times"])
def test_every_message_is_stored_once(
    broker: Mosquitto, influxd: Influxd, collector: Collector, timed: bool
) -> None:
    with Publisher(broker.port, numbered(TOTAL, timed=timed)) as publisher:
        kill_ten_times(collector, publisher, 1 + timed, lambda _: None)
        check(collector, influxd, publisher)


@pytest.mark.parametrize("timed", [True, False], ids=["device times", "no times"])
def test_also_with_influxdb_away_for_a_while(
    broker: Mosquitto, influxd: Influxd, collector: Collector, timed: bool
) -> None:
    """First it hangs, later it is killed and comes back."""
    events = {2: influxd.pause, 4: influxd.resume, 5: influxd.kill, 8: influxd.start}
    with Publisher(broker.port, numbered(TOTAL, timed=timed)) as publisher:
        kill_ten_times(collector, publisher, 3 + timed, lambda n: events.get(n, int)() and None)
        check(collector, influxd, publisher)
