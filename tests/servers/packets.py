"""Just enough of MQTT 3.1.1's packets for test tools of our own."""

from __future__ import annotations

import struct
from collections.abc import Iterator

CONNECT, CONNACK, PUBLISH, PUBACK = 0x10, 0x20, 0x30, 0x40
SUBSCRIBE, SUBACK = 0x82, 0x90


def packet(kind: int, body: bytes) -> bytes:
    length, rest = bytearray(), len(body)
    while True:
        rest, digit = divmod(rest, 128)
        length.append(digit | (0x80 if rest else 0))
        if not rest:
            return bytes([kind]) + bytes(length) + body


def text(value: str | bytes) -> bytes:
    raw = value.encode() if isinstance(value, str) else value
    return struct.pack("!H", len(raw)) + raw


def connect(client_id: str, *, clean: bool = True, user: tuple[str, str] | None = None) -> bytes:
    flags = (0x02 if clean else 0) | (0xC0 if user else 0)
    body = text("MQTT") + bytes([4, flags]) + struct.pack("!H", 600) + text(client_id)
    return packet(CONNECT, body + b"".join(text(part) for part in user or ()))


def publish(
    topic: str | bytes, payload: bytes, *, mid: int = 0, qos: int = 1, retain: bool = False
) -> bytes:
    number = struct.pack("!H", mid) if qos else b""
    return packet(PUBLISH | qos << 1 | retain, text(topic) + number + payload)


def puback(mid: int) -> bytes:
    return packet(PUBACK, struct.pack("!H", mid))


class Packets:
    """Cuts a stream into packets."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, data: bytes) -> Iterator[tuple[int, bytes]]:
        """(first byte, body) of each whole packet."""
        self._rest += data
        while len(self._rest) >= 2:
            length = shift = 0
            for at in range(1, min(5, len(self._rest))):
                length |= (self._rest[at] & 0x7F) << shift
                shift += 7
                if not self._rest[at] & 0x80:
                    break
            else:
                return
            end = at + 1 + length
            if len(self._rest) < end:
                return
            kind, body = self._rest[0], self._rest[at + 1 : end]
            self._rest = self._rest[end:]
            yield kind, body
