"""Publishing to a broker, and what the command says when it cannot."""

import json
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from threading import Event, Thread

import iotcore
import pytest
from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion

from devices.simulator.cli import run_simulator
from devices.simulator.disturb import Disturbances, disturb
from devices.simulator.generate import Setting, messages
from devices.simulator.link import Address, Link, Refused
from devices.simulator.run import Options, estimate, run


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(condition, seconds=30):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.01)


class Ears:
    """Hears everything on a broker."""

    def __init__(self, port):
        self.heard = []
        subscribed = Event()
        self._client = Client(CallbackAPIVersion.VERSION2)
        self._client.on_message = lambda _c, _u, m: self.heard.append((m.topic, m.payload))
        self._client.on_subscribe = lambda *_: subscribed.set()
        self._client.connect("127.0.0.1", port)
        self._client.subscribe("#", 1)
        self._client.loop_start()
        assert subscribed.wait(10)

    def close(self):
        self._client.disconnect()
        self._client.loop_stop()


@pytest.fixture
def broker():
    with iotcore.Broker(free_port(), listen="127.0.0.1", max_payload_size=1 << 18) as running:
        yield running.port


@pytest.fixture
def ears(broker):
    listening = Ears(broker)
    yield listening
    listening.close()


class Told:
    def __init__(self):
        self.totals = []
        self.finished = None
        self.is_live = False

    def sent(self, n, total):
        self.totals.append((n, total))

    def done(self, n):
        self.finished = n

    def live(self):
        self.is_live = True


def test_history_arrives_whole_with_the_recent_hours_first(registry, broker, ears, tmp_path, utc):
    now = utc(2026, 11, 17, 12)
    start = now - 8 * 3_600_000
    told = Told()
    options = Options(
        Address("127.0.0.1", broker),
        now=now,
        history_s=8 * 3600,
        live=False,
        truth=tmp_path / "data" / "truth.jsonl",
    )
    run(registry, options, Event(), told)
    expected = list(messages(registry, Setting(1), start, now))
    wait_for(lambda: len(ears.heard) >= len(expected))
    recent = [m for m in expected if m.time >= now - 3 * 3_600_000]
    order = recent + [m for m in expected if m.time < now - 3 * 3_600_000]
    assert ears.heard == [(m.topic, m.payload) for m in order]
    assert told.finished == len(expected)
    assert all(n <= total for n, total in told.totals)
    lines = [json.loads(line) for line in options.truth.read_text().splitlines()]
    assert {line["type"] for line in lines} == {"people", "visit"}
    assert all(line["people"] > 0 for line in lines if line["type"] == "people")


def test_a_broken_connection_loses_nothing(registry, broker, ears, utc):
    now = utc(2026, 11, 17, 12)
    options = Options(
        Address("127.0.0.1", broker), now=now, history_s=6 * 3600, live=False, cut_s=0.05
    )
    run(registry, options, Event())
    expected = {
        (m.topic, m.payload) for m in messages(registry, Setting(1), now - 6 * 3_600_000, now)
    }
    wait_for(lambda: expected <= set(ears.heard))  # some came twice


class ForgetfulBroker:
    """Acknowledges nothing on its first connection and drops it; all on the second."""

    def __init__(self, drop_after):
        self.kept = []
        self._drop_after = drop_after
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = self._server.getsockname()[1]
        self._server.settimeout(10)
        self._thread = Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self):
        with self._server:
            for forgets in (True, False):
                connection, _ = self._server.accept()
                with connection, connection.makefile("rb") as stream:
                    self._talk(connection, stream, forgets)

    def _talk(self, connection, stream, forgets):
        seen = 0
        while head := stream.read(1):
            size = stream.read(1)[0]  # all packets here are shorter than 128 bytes
            body = stream.read(size)
            if head[0] >> 4 == 1:  # CONNECT
                connection.sendall(b"\x20\x02\x00\x00")
            elif head[0] >> 4 == 3:  # PUBLISH at QoS 1: topic, packet id, payload
                seen += 1
                if forgets and seen == self._drop_after:
                    return
                topic = 2 + int.from_bytes(body[:2], "big")
                if not forgets:
                    self.kept.append(body[topic + 2 :])
                    connection.sendall(b"\x40\x02" + body[topic : topic + 2])
            elif head[0] >> 4 == 14:  # DISCONNECT
                return

    def join(self):
        self._thread.join(20)
        assert not self._thread.is_alive()


def test_what_was_not_acknowledged_is_sent_again():
    forgetful = ForgetfulBroker(drop_after=50)
    payloads = [b"%d" % n for n in range(300)]
    link = Link(Address("127.0.0.1", forgetful.port), Event())
    for payload in payloads:
        link.send("t", payload)
    link.flush()
    link.close()
    forgetful.join()
    assert sorted(forgetful.kept) == sorted(payloads)


def test_live_until_stopped(registry, broker, ears):
    told, stop = Told(), Event()
    options = Options(Address("127.0.0.1", broker), lively=True)
    thread = Thread(target=run, args=(registry, options, stop, told))
    thread.start()
    try:
        devices = len(registry.devices)
        status = [d for d in registry.devices.values() if d.device.source == "av"]
        wait_for(lambda: len(ears.heard) >= devices + len(status))
        assert told.is_live
    finally:
        stop.set()
        thread.join(20)
    assert not thread.is_alive()
    topics = Counter(topic for topic, _ in ears.heard)
    assert topics["zigbee2mqtt/bridge/state"] == 1


def test_it_waits_for_a_broker_and_stops_when_told(registry):
    reasons, stop = [], Event()
    options = Options(Address("127.0.0.1", free_port()))

    def notice(reason):
        reasons.append(reason)
        stop.set()

    run(registry, options, stop, notice=notice)
    assert reasons


def test_the_estimate_is_near(registry, utc):
    start, stop = utc(2026, 11, 2), utc(2026, 11, 12)
    n = sum(1 for _ in messages(registry, Setting(1), start, stop))
    assert estimate(registry, Setting(1), start, stop) == pytest.approx(n, rel=0.1)


@pytest.mark.parametrize(
    ("argv", "line"),
    [
        (["--rooms", "none.yaml"], "Cannot find none.yaml. Name the file with --rooms.\n"),
        (
            ["--rooms", "{rooms}", "--silence", "granne=2h"],
            "--silence: there is no device called granne.\n",
        ),
    ],
)
def test_mistakes_get_one_line(rooms_file, capsys, monkeypatch, tmp_path, argv, line):
    monkeypatch.chdir(tmp_path)
    argv = [a.format(rooms=rooms_file) for a in argv]
    assert run_simulator([*argv, "--language", "en"]) == 1
    assert capsys.readouterr().err == line


@pytest.mark.parametrize(
    "argv", [["--loss", "2"], ["--history", "soon"], ["--cut", "0"], ["--silence", "granen-vc"]]
)
def test_bad_options_are_refused(rooms_file, capsys, argv):
    with pytest.raises(SystemExit) as stop:
        run_simulator(["--rooms", str(rooms_file), *argv])
    assert stop.value.code == 2
    assert f"argument {argv[0]}" in capsys.readouterr().err


def test_command_with_progress_and_signal(rooms_file, broker, ears):
    command = [sys.executable, "-m", "devices.simulator", "--rooms", str(rooms_file)]
    process = subprocess.Popen(
        [*command, "--port", str(broker), "--history", "1h", "--progress", "json"],
        cwd=rooms_file.parents[2],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        lines = []
        while {"live": True} not in lines or not any(
            line.get("sent") and line["sent"] == line["total"] for line in lines
        ):
            lines.append(json.loads(process.stdout.readline()))
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
    finally:
        process.kill()
        process.stdout.close()
    assert lines[-1].get("live") or lines[-1]["sent"] > 50


@pytest.mark.servers
def test_wrong_credentials_are_told(registry, tmp_path):
    port = free_port()
    (tmp_path / "m.conf").write_text(f"listener {port} 127.0.0.1\nallow_anonymous false\n")
    server = subprocess.Popen(
        ["/usr/sbin/mosquitto", "-c", str(tmp_path / "m.conf")], stderr=subprocess.DEVNULL
    )
    try:
        options = Options(Address("127.0.0.1", port, "me", "wrong"), history_s=60, live=False)
        with pytest.raises(Refused, match=r"[Nn]ot authori"):
            run(registry, options, Event())
    finally:
        server.terminate()
        server.wait(10)


def test_disturbed_history_is_what_the_generator_says(registry, broker, ears, utc):
    now = utc(2026, 11, 17, 12)
    options = Options(
        Address("127.0.0.1", broker), now=now, history_s=3600, live=False, loss=0.1, duplicates=0.1
    )
    run(registry, options, Event())
    stream = messages(registry, Setting(1), now - 3_600_000, now)
    expected = list(disturb(stream, Disturbances(loss=0.1, duplicates=0.1), 1))
    wait_for(lambda: len(ears.heard) >= len(expected))
    assert ears.heard == [(m.topic, m.payload) for m in expected]
