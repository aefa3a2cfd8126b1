"""Recording, playing back and walking, as commands beside a real broker."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import pytest
from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion

from tests.integration.sessions import site
from tests.servers.mosquitto import Mosquitto
from tests.servers.waiting import until

pytestmark = pytest.mark.servers

TOPIC = "rumskoll/arena/granen/d0"


@contextmanager
def command(
    folder: Path, broker: Mosquitto, *args: str, out: IO[str] | None = None
) -> Iterator[subprocess.Popen[str]]:
    (folder / "rooms.yaml").write_text(
        site(2).replace("address:", "model: generic-motion, address:")
    )
    env = {k: v for k, v in os.environ.items() if not k.startswith("RUMSKOLL_")}
    env |= {"RUMSKOLL_MQTT_URL": f"mqtt://127.0.0.1:{broker.port}", "RUMSKOLL_LANGUAGE": "en"}
    process = subprocess.Popen(
        [sys.executable, "-m", "rumskoll", *args],
        cwd=folder,
        env=env | {"PYTHONPATH": str(Path(__file__).parents[2])},
        stdout=out or subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        for pipe in (process.stdout, process.stderr):
            if pipe is not None:
                pipe.close()


@contextmanager
def publisher(broker: Mosquitto) -> Iterator[Client]:
    client = Client(CallbackAPIVersion.VERSION2)
    client.connect("127.0.0.1", broker.port)
    client.loop_start()
    try:
        yield client
    finally:
        client.disconnect()
        client.loop_stop()


def say(client: Client, topic: str, payload: str, *, retain: bool = False) -> None:
    client.publish(topic, payload, 1, retain).wait_for_publish(10)


def lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []


def finished(process: subprocess.Popen[str]) -> str:
    """What it printed, once it has ended well."""
    out, err = process.communicate(timeout=30)
    assert process.returncode == 0, err
    return out


def test_what_was_recorded_is_played_back(tmp_path: Path, mosquitto: Mosquitto) -> None:
    file, again = tmp_path / "rec.jsonl", tmp_path / "again.jsonl"
    with publisher(mosquitto) as client:
        say(client, f"{TOPIC}/status", "online", retain=True)  # tells when it listens
        with command(tmp_path, mosquitto, "record", "rec.jsonl") as process:
            until(lambda: len(lines(file)) == 1)
            say(client, f"{TOPIC}/presence", '{"motion": true}')
            say(client, f"{TOPIC}/checkin", '{"partner": "x", "token": "secret"}')
            say(client, "elsewhere", "not a source's")
            say(client, f"{TOPIC}/presence", '{"motion": false}')
            until(lambda: len(lines(file)) == 3)
            process.send_signal(signal.SIGINT)
            out = finished(process)
        assert "Messages in rec.jsonl: 3." in out
        assert "Left out: 1" in out
        recorded = lines(file)
        told = [(one["topic"], one["payload"], one["qos"], one["retain"]) for one in recorded]
        assert told == [
            (f"{TOPIC}/status", "online", 1, True),
            (f"{TOPIC}/presence", '{"motion": true}', 1, False),
            (f"{TOPIC}/presence", '{"motion": false}', 1, False),
        ]
        args = ("record", "again.jsonl", "--messages", "4", "--topic", "rumskoll/#")
        with command(tmp_path, mosquitto, *args) as process:
            until(lambda: len(lines(again)) == 1)
            with command(tmp_path, mosquitto, "replay", "rec.jsonl", "--fast") as player:
                assert "3 messages" in finished(player)
            finished(process)
    assert [one["payload"] for one in lines(again)[1:]] == [one["payload"] for one in recorded]


def test_the_spacing_is_kept(tmp_path: Path, mosquitto: Mosquitto) -> None:
    rows = [{"time": 1000 + 4000 * n, "topic": "a", "payload": str(n)} for n in range(3)]
    (tmp_path / "slow.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    began = time.monotonic()
    with command(tmp_path, mosquitto, "replay", "slow.jsonl", "--speed", "4") as player:
        finished(player)
    assert time.monotonic() - began >= 2.0  # 8 s, four times faster


def test_the_walk_is_told_live(tmp_path: Path, mosquitto: Mosquitto) -> None:
    shown = tmp_path / "shown"
    with publisher(mosquitto) as client, shown.open("w") as out:

        def reacted() -> bool:
            say(client, f"{TOPIC}/presence", '{"motion": true}')
            return "d0" in shown.read_text()

        with command(tmp_path, mosquitto, "walktest", out=out) as process:
            until(reacted)
            process.send_signal(signal.SIGINT)
            finished(process)
    told = shown.read_text()
    assert "Granen  d0  motion" in told
    assert "1 of 2 devices have not reacted:" in told
    assert "  Granen  d1" in told
