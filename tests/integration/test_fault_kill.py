"""SIGKILL at any point between a message and its fault: no transition is lost or doubled."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any, Final

import pytest

from rooms.faults import Transition
from tests.integration.fault_child import PROBE, FaultHouse

pytestmark = pytest.mark.timeout(240)

ROOT: Final = Path(__file__).parents[2]
NOW: Final = 1_795_424_400_000
STEP: Final = 10_000  # ms between two messages
KILLS: Final = 12
Line = tuple[int, str, str, dict[str, Any]]


def messages(chance: random.Random, count: int) -> list[Line]:
    """Errors come and go at random; each message says when it was sent."""
    lines: list[Line] = []
    for n in range(count):
        at = NOW + n * STEP
        kind, device, body = chance.choice(
            [
                ("equipment", "vc", {"error_fan": chance.choice([0, 0, 1, 2])}),
                ("equipment", "vc", {"peripherals": [camera(chance.random() < 0.7)]}),
                ("equipment", "skarm", {"error_lamp": chance.choice([0, 2])}),
                ("health", "pir", {"battery_pct": chance.choice([15, 22, 30])}),
                ("presence", "pir", {"motion": True}),
            ]
        )
        lines.append((at, device, kind, {**body, "time": at, "seq": n}))
    return lines


def camera(connected: bool) -> dict[str, Any]:
    return {"id": "1", "name": "Quad", "type": "Camera", "connected": connected}


class Child:
    """Is sent all lines from ``first`` on; ``done`` counts what it has answered."""

    def __init__(self, folder: Path, lines: list[Line], first: int) -> None:
        self.done = first
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.integration.fault_child", folder, str(first)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self._writer = threading.Thread(target=self._write, args=(lines[first:],), daemon=True)
        self._writer.start()

    def _write(self, lines: list[Line]) -> None:
        assert self._process.stdin is not None
        try:
            for line in lines:
                self._process.stdin.write(json.dumps(line).encode() + b"\n")
            self._process.stdin.close()
        except OSError:  # killed
            pass

    def _read(self) -> None:
        assert self._process.stdout is not None
        for answer in self._process.stdout:
            self.done = int(answer) + 1

    def kill_at(self, line: int, later: float) -> int:
        """Kill it a moment after it has answered so many; how many those were then."""
        deadline = time.monotonic() + 60
        while self.done < line and self._process.poll() is None:
            assert time.monotonic() < deadline
            time.sleep(0.0005)
        time.sleep(later)  # the random point, not a condition to wait for
        self._process.send_signal(signal.SIGKILL)
        return self.end()

    def end(self) -> int:
        self._process.wait(60)
        self._reader.join(10)
        self._writer.join(10)
        return self.done


def story(house: FaultHouse) -> list[tuple[Any, ...]]:
    """What happened to which fault when."""
    them: list[Transition] = house.state.faults.after(0, 100_000)
    keys = {fault: house.state.faults.get(fault) for fault in {one.fault for one in them}}
    return sorted((keys[one.fault].key, one.at, one.kind, one.severity) for one in them)  # type: ignore[union-attr]


def test_killed_between_cause_and_commit(tmp_path: Path) -> None:
    chance = random.Random(11)
    lines = messages(chance, 240)
    whole, killed = tmp_path / "whole", tmp_path / "killed"
    whole.mkdir()
    killed.mkdir()
    assert Child(whole, lines, 0).end() == len(lines)
    done = 0
    for kill in sorted(chance.sample(range(1, len(lines) - 5), KILLS)):
        done = Child(killed, lines, done).kill_at(max(kill, done + 1), chance.uniform(0, 0.02))
        check(killed, lines[min(done, len(lines) - 1)][0])
    Child(killed, lines, done).end()
    stories = []
    for folder in (whole, killed):
        house = FaultHouse(folder, lines[-1][0])
        stories.append(story(house))
        house.close()
    assert len(stories[0]) > 40
    assert stories[0] == stories[1]


def check(folder: Path, now: int) -> None:
    """What was committed is in step, wherever it was killed."""
    house = FaultHouse(folder, now)
    state = house.state
    newest = max((one.seq for one in state.faults.after(0, 100_000)), default=0)
    assert state.live.cursor(PROBE) == newest, "the queue and the transitions"
    assert state.live.cursor("watch") <= house.outbox.newest
    for fault in state.faults.open():
        times = state.faults.times(fault.id)
        assert [stop is None for _, stop in times] == [False] * (len(times) - 1) + [True]
    house.close()
