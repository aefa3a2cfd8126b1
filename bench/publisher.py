"""A QoS-1 publisher that is never the bottleneck: encoded beforehand, raw socket, large window.

As a process (``python -m bench.publisher``) it prints ``ready``, waits for a line on
standard input, publishes, and prints the monotonic times of its first and last packet
as JSON. ``Leg`` starts and reads it.
"""

from __future__ import annotations

import argparse
import json
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Final, NamedTuple

from bench.site import DEVICES, marker_topic, topic

WINDOW: Final = 2000  # packets that may wait for their PUBACK
BLOCK: Final = 100  # packets to one write
STEP_MS: Final = 10  # between two readings of a device
MARKED: Final = 10  # at a rate, every tenth message is the marker's
_ACK: Final = 4  # bytes of a PUBACK, the only packet that the broker sends us


class Times(NamedTuple):
    """Monotonic seconds, comparable between processes."""

    first: float
    last: float


class Leg:
    """One publisher process with ``count`` messages in hand."""

    def __init__(self, port: int, base: str, start: int, count: int, rate: int = 0) -> None:
        numbers = map(str, (port, start, count, rate))
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bench.publisher", base, *numbers],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._line()

    def go(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write("go\n")
        self._process.stdin.flush()

    def times(self) -> Times:
        """Wait until the broker has confirmed all."""
        times = Times(*json.loads(self._line()))
        self._process.communicate()
        return times

    def _line(self) -> str:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit("the publisher failed")
        return line


def _length(size: int) -> bytes:
    """MQTT 3.1.1, 2.2.3: seven bits a byte, the lowest first."""
    out = bytearray()
    while True:
        size, digit = divmod(size, 128)
        out.append(digit | 128 if size else digit)
        if not size:
            return bytes(out)


def _text(text: str) -> bytes:
    data = text.encode()
    return struct.pack("!H", len(data)) + data


def _packet(head: int, body: bytes) -> bytes:
    return bytes([head]) + _length(len(body)) + body


def payload(number: int, seq: int, at: int) -> bytes:
    """A native climate reading of about 110 bytes; ``at`` is the device's time, ms."""
    return b'{"time":%d,"seq":%d,"temperature_c":%.2f,"humidity_pct":%.1f,"co2_ppm":%d,' % (
        at,
        seq,
        18 + number % 700 / 100,
        30 + number % 400 / 10,
        400 + number % 900,
    ) + b'"illuminance_lx":%d}' % (number % 1000)


def _publish(topic_field: bytes, mid: int, said: bytes) -> bytes:
    return _packet(0x32, topic_field + struct.pack("!H", mid % 65_535 + 1) + said)


def _now() -> int:
    return time.time_ns() // 1_000_000


class Connection:
    """Sends packets and counts their confirmations."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.sendall(_packet(0x10, _text("MQTT") + b"\x04\x02\x00\x3c" + _text("bench")))
        if self._socket.recv(4) != b"\x20\x02\x00\x00":
            raise SystemExit("the broker refuses the publisher")
        self._open = 0  # bytes of PUBACK that are still to come

    def send(self, packets: bytes, count: int) -> None:
        self._socket.sendall(packets)
        self._open += count * _ACK
        self.wait(WINDOW)

    def wait(self, most: int) -> None:
        """Until at most so many packets are unconfirmed."""
        while self._open > most * _ACK:
            data = self._socket.recv(65_536)
            if not data:
                raise SystemExit("the broker has closed the publisher's connection")
            self._open -= len(data)


def _fast(connection: Connection, topics: list[bytes], start: int, count: int) -> Iterator[None]:
    """As fast as the broker takes them; the readings' times lie just before now."""
    at = _now() - count // DEVICES * STEP_MS
    blocks = []
    for low in range(0, count, BLOCK):
        some = range(low, min(low + BLOCK, count))
        packets = [
            _publish(
                topics[n % DEVICES],
                n,
                payload(n, start + n // DEVICES, at + n // DEVICES * STEP_MS),
            )
            for n in some
        ]
        blocks.append((b"".join(packets), len(some)))
    yield
    for packets_, number in blocks:
        connection.send(packets_, number)


def _paced(
    connection: Connection, topics: list[bytes], start: int, count: int, rate: int
) -> Iterator[None]:
    """At a steady rate, each with the time at which it is sent."""
    yield
    began, marked = time.monotonic(), 0
    for n in range(count):
        ahead = began + n / rate - time.monotonic()
        if ahead > 0:
            time.sleep(ahead)
        if n % MARKED:
            to, seq, at = topics[n % DEVICES], start + n // DEVICES, _now()
        else:  # one must not take another's place in the store
            marked = max(_now(), marked + 1)
            to, seq, at = topics[-1], start + n // MARKED, marked
        connection.send(_publish(to, n, payload(n, seq, at)), 1)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("base")
    for name in ("port", "start", "count", "rate"):
        parser.add_argument(name, type=int)
    given = parser.parse_args()
    topics = [_text(topic(given.base, n)) for n in range(DEVICES)]
    topics.append(_text(marker_topic(given.base)))
    connection = Connection(given.port)
    if given.rate:
        work = _paced(connection, topics, given.start, given.count, given.rate)
    else:
        work = _fast(connection, topics, given.start, given.count)
    next(work)
    print("ready", flush=True)
    sys.stdin.readline()
    first = time.monotonic()
    next(work, None)
    connection.wait(0)
    print(json.dumps([first, time.monotonic()]), flush=True)


if __name__ == "__main__":
    main()
