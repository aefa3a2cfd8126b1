"""What the collector is measured against: subscribers that only receive, with QoS 1.

As a process (``python -m bench.subscribers``) this is the bare paho subscriber:
``loop_forever`` and a callback that counts.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from typing import Any, Protocol

import psutil
from paho.mqtt.client import Client, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion

from bench.broker import Broker, program

WARM: int = 500  # messages before those that are measured


class Subscriber(Protocol):
    """One process that takes messages from the broker; started anew for each round."""

    name: str
    base: str  # first level of its topics: nobody else gets these messages

    def start(self, broker: Broker, count: int) -> None:
        """Returns when it has subscribed; ``WARM`` and then ``count`` messages will follow."""
        ...

    def wait(self, count: int) -> float:
        """Until it has taken so many more; the monotonic time of the last."""
        ...

    def cpu(self) -> float:
        """CPU seconds of all its threads so far, user and system."""
        ...

    def stop(self) -> None: ...


def cpu_of(process: subprocess.Popen[Any]) -> float:
    times = psutil.Process(process.pid).cpu_times()
    return float(times.user + times.system)


class BarePaho:
    name = "paho, `loop_forever`"
    base = "bare-paho"

    def start(self, broker: Broker, count: int) -> None:
        command = [sys.executable, "-m", "bench.subscribers", self.base, str(broker.port)]
        before = broker.subscriptions(self.base)
        self._process = subprocess.Popen(
            [*command, str(WARM), str(WARM + count)], stdout=subprocess.PIPE, text=True
        )
        broker.wait_for_subscription(self.base, before + 1)

    def wait(self, count: int) -> float:
        del count  # it knows when to tell
        assert self._process.stdout is not None
        return float(self._process.stdout.readline())

    def cpu(self) -> float:
        return cpu_of(self._process)

    def stop(self) -> None:
        self._process.kill()
        self._process.communicate()


class MosquittoSub:
    name = "`mosquitto_sub`"
    base = "mosq-sub"

    def start(self, broker: Broker, count: int) -> None:
        before = broker.subscriptions(self.base)
        command = [program("mosquitto_sub"), "-p", str(broker.port), "-i", self.base, "-q", "1"]
        self._process = subprocess.Popen(
            [*command, "-t", f"{self.base}/#", "-C", str(WARM + count)], stdout=subprocess.DEVNULL
        )
        self._used: float | None = None
        broker.wait_for_subscription(self.base, before + 1)

    def wait(self, count: int) -> float:
        """It ends after the last message, and tells nothing of the first ones."""
        if count != WARM:
            _, _, used = os.wait4(self._process.pid, 0)
            self._process.returncode = 0
            self._used = used.ru_utime + used.ru_stime
        return time.monotonic()

    def cpu(self) -> float:
        return cpu_of(self._process) if self._used is None else self._used

    def stop(self) -> None:
        if self._used is None:
            self._process.kill()
            self._process.wait()


def main(base: str, port: int, *tell_at: int) -> None:
    """Print the monotonic time at which each of these numbers of messages is reached."""
    count, targets = 0, frozenset(tell_at)

    def on_message(_client: Client, _data: object, _message: MQTTMessage) -> None:
        nonlocal count
        count += 1
        if count in targets:
            print(time.monotonic(), flush=True)

    def on_connect(client: Client, *_: Any) -> None:
        client.subscribe(f"{base}/#", 1)

    client = Client(CallbackAPIVersion.VERSION2, base)
    client.on_message = on_message
    client.on_connect = on_connect
    client.connect("127.0.0.1", port)
    client.loop_forever()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), *map(int, sys.argv[3:]))
