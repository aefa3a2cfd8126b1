"""What a person does wrong or a machine runs out of: one clear line, and nothing is lost."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psutil
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
from tests.servers.mosquitto import MakeMosquitto
from tests.servers.publisher import Publisher
from tests.servers.waiting import until

pytestmark = [pytest.mark.servers, pytest.mark.timeout(180)]

MakeCollector = Callable[..., Collector]


@pytest.fixture
def make_collector(influxd: Influxd, tmp_path: Path) -> Iterator[MakeCollector]:
    """Makes a collector for a broker's port; it ends with the test."""
    create_databases(influxd)
    made: list[Collector] = []

    def make(port: int, **settings: object) -> Collector:
        folder = tmp_path / f"collector{len(made)}"
        given = {"mqtt_url": f"mqtt://127.0.0.1:{port}", **influx_settings(influxd)}
        made.append(Collector(folder, site(DEVICES), **given | settings))
        return made[-1]

    yield make
    for collector in made:
        collector.kill()


def all_is_stored(collector: Collector, influxd: Influxd, total: int) -> None:
    until(
        lambda: collector.outcomes["stored"] >= total and collector.waiting == 0,
        collector.tail,
        patience=60,
    )
    assert stored(influxd) == list(range(1, total + 1))
    assert collector.outcomes["stored"] == total
    assert collector.outcomes["quarantined"] == 0
    assert "Traceback" not in collector.log


# ---- the broker


def test_the_broker_is_away_and_comes_and_goes(
    make_mosquitto: MakeMosquitto, make_collector: MakeCollector, influxd: Influxd
) -> None:
    broker = make_mosquitto(persistence=True)
    collector = make_collector(broker.port)
    broker.stop()
    collector.start()
    line = (
        f"nobody listens on 127.0.0.1:{broker.port}. Start the broker or correct RUMSKOLL_MQTT_URL."
    )
    until(lambda: collector.state.get("broker_error") == line, collector.tail)
    assert not collector.state["connected"]
    broker.start()
    collector.wait_connected()
    assert len(collector.lines("nobody listens")) == 1, "once, although it tried more often"
    with Publisher(broker.port, numbered(3000, timed=True)) as publisher:
        publisher.publish(1000)
        broker.stop()
        publisher.allow(3000)  # it sends again what the broker has not acknowledged
        until(lambda: collector.lines("was lost"), collector.tail)
        broker.start()
        collector.wait_connected(2)
        publisher.publish()
        all_is_stored(collector, influxd, 3000)
    until(lambda: collector.state["connected"] and not collector.state["broker_error"])


def test_a_wrong_password_at_the_broker(
    make_mosquitto: MakeMosquitto, make_collector: MakeCollector, influxd: Influxd
) -> None:
    login = ("rum", "hemligt")
    broker = make_mosquitto(user=login)
    collector = make_collector(broker.port, mqtt_username=login[0], mqtt_password=login[1])
    collector.start()
    collector.wait_connected()
    collector.stop()
    collector.configure(mqtt_password="fel")
    collector.start()
    with Publisher(broker.port, numbered(300, timed=False), user=login) as publisher:
        publisher.publish()
    until(lambda: "does not let the user (rum) in" in str(collector.state.get("broker_error")))
    (line,) = collector.lines("does not let the user")
    assert "RUMSKOLL_MQTT_USERNAME, RUMSKOLL_MQTT_PASSWORD" in line
    assert "hemligt" not in collector.log
    collector.stop()
    collector.configure(mqtt_password=login[1])
    collector.start()
    all_is_stored(collector, influxd, 300)


# ---- InfluxDB


def test_influxdb_is_away(
    make_mosquitto: MakeMosquitto, make_collector: MakeCollector, influxd: Influxd
) -> None:
    broker = make_mosquitto()
    collector = make_collector(broker.port)
    influxd.stop()
    collector.start()
    collector.wait_connected()
    with Publisher(broker.port, numbered(2000, timed=False)) as publisher:
        publisher.publish()
    until(lambda: collector.outcomes["stored"] == 2000, collector.tail)
    until(lambda: collector.state.get("store_error"), collector.tail)
    assert "does not answer" in collector.state["store_error"]
    assert "Is it running, and is the address right?" in collector.state["store_error"]
    assert len(collector.lines("the outbox keeps them")) == 1
    assert collector.waiting >= 2000
    influxd.start()
    all_is_stored(collector, influxd, 2000)
    until(lambda: not collector.state["store_error"], collector.tail)


def test_a_wrong_password_at_influxdb(
    make_mosquitto: MakeMosquitto, make_collector: MakeCollector, influxd: Influxd
) -> None:
    broker = make_mosquitto()
    collector = make_collector(broker.port, influx_token="fel")
    collector.start()
    collector.wait_connected()
    with Publisher(broker.port, numbered(300, timed=False)) as publisher:
        publisher.publish()
    until(lambda: collector.outcomes["stored"] == 300, collector.tail)
    until(lambda: collector.state.get("store_error"), collector.tail)
    (line,) = collector.lines("the outbox keeps them")
    assert "Correct RUMSKOLL_INFLUX_USER and RUMSKOLL_INFLUX_TOKEN" in line
    collector.stop()
    collector.configure(**influx_settings(influxd))
    collector.start()
    all_is_stored(collector, influxd, 300)


# ---- no room


def test_the_outbox_is_at_its_limit(
    make_mosquitto: MakeMosquitto, make_collector: MakeCollector, influxd: Influxd
) -> None:
    broker = make_mosquitto()
    collector = make_collector(broker.port, outbox_limit="1MiB")
    influxd.stop()
    collector.start()
    collector.wait_connected()
    with Publisher(broker.port, numbered(30_000, timed=False)) as publisher:
        publisher.publish()
        until(lambda: collector.lines("cannot keep messages"), collector.tail)
    until(lambda: ("outbox_filling", "") in collector.faults, collector.tail)
    (line,) = collector.lines("cannot keep messages; the broker holds them")
    assert "bring the store back, or raise RUMSKOLL_OUTBOX_LIMIT" in line
    kept = collector.outcomes["stored"]
    assert 1000 < kept < 30_000, "it takes no more"
    influxd.start()
    all_is_stored(collector, influxd, 30_000)
    until(lambda: ("outbox_filling", "") not in collector.faults, collector.tail)


def full_and_then_not(
    collector: Collector,
    broker: int,
    influxd: Influxd,
    *,
    fill: Callable[[], object],
    free: Callable[[], object],
    says: str,
) -> None:
    """The disk is full while messages come in; when there is room again, all is well."""
    collector.start()
    collector.wait_connected()
    with Publisher(broker, numbered(20_000, timed=False)) as publisher:
        publisher.publish(1000)
        until(lambda: collector.outcomes["stored"] == 1000, collector.tail)
        influxd.stop()  # so that nothing makes room
        fill()
        publisher.publish()
        until(lambda: collector.lines("cannot keep messages"), collector.tail)
    (line,) = collector.lines("cannot keep messages; the broker holds them")
    assert says in line
    assert collector.outcomes["stored"] < 20_000
    free()
    influxd.start()
    all_is_stored(collector, influxd, 20_000)
    assert psutil.pid_exists(collector.pid), "the same process, all the time"
    until(lambda: ("outbox_filling", "") not in collector.faults, collector.tail)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 12 MB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", disk]
    try:
        subprocess.run(mount, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("only root may mount; the next test does without")
    yield disk
    subprocess.run(["umount", "-l", disk], check=True)


def test_the_disk_is_full(
    make_mosquitto: MakeMosquitto,
    make_collector: MakeCollector,
    influxd: Influxd,
    small_disk: Path,
) -> None:
    broker = make_mosquitto()
    collector = make_collector(broker.port, data=small_disk)
    ballast = small_disk / "ballast"

    def fill() -> None:
        with ballast.open("wb", buffering=0) as file, suppress(OSError):
            while file.write(bytes(4096)):
                pass

    full_and_then_not(
        collector,
        broker.port,
        influxd,
        fill=fill,
        free=ballast.unlink,
        says="outbox.db: the disk is full. Free some space; nothing is lost.",
    )


def test_the_disk_takes_no_more(
    make_mosquitto: MakeMosquitto, make_collector: MakeCollector, influxd: Influxd
) -> None:
    """As with a quota: files can grow no more."""
    broker = make_mosquitto()
    collector = make_collector(broker.port)

    def limit(size: int) -> None:
        psutil.Process(collector.pid).rlimit(psutil.RLIMIT_FSIZE, (size, psutil.RLIM_INFINITY))

    full_and_then_not(
        collector,
        broker.port,
        influxd,
        fill=lambda: limit((collector.data / "outbox.db-wal").stat().st_size),
        free=lambda: limit(psutil.RLIM_INFINITY),
        says="outbox.db: not possible right now (disk I/O error). Rumskoll will try again.",
    )
