"""Recordings of MQTT traffic: JSON lines, one message each.

``{"time": ms of UTC, "topic": …, "payload": text or "payload_hex": digits, "qos", "retain"}``
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

from collector.fate import Fate, identify
from collector.incoming import Incoming
from collector.known import Known
from rooms.readings import DecodeError

_LONGEST: Final = 2**21  # characters of a line: a message of 256 KiB in hexadecimal digits fits
_LAST: Final = 2**53


class Recorded(NamedTuple):
    time: int
    topic: str
    payload: bytes
    qos: int
    retain: bool


class BadLine(Exception):
    """``key`` is the text that says what is wrong with a line."""

    def __init__(self, line: int, key: str) -> None:
        super().__init__(key)
        self.line, self.key = line, key


def line_of(message: Incoming) -> str:
    """A message as a line, with its line end."""
    row: dict[str, Any] = {"time": message.time, "topic": message.topic}
    try:
        row["payload"] = message.payload.decode()
    except UnicodeDecodeError:
        row["payload_hex"] = message.payload.hex()
    row |= {"qos": message.qos, "retain": message.retain}
    return json.dumps(row, ensure_ascii=False) + "\n"


def withheld(known: Known, message: Incoming) -> bool:
    """Must it not be written down? Check-ins carry their panel's token, and one person's own
    office is nobody else's business."""
    if message.bad_topic:
        return True  # it cannot be played back, and nobody knows whose it is
    fate = Fate()
    try:
        decoded = identify(known, message, fate)
    except DecodeError as error:
        entry = known.registry.by_address(fate.source, error.address)
        fate.device = entry.device.id if entry else ""
    else:
        if any(part.kind == "checkin" for part in decoded.partials):
            return True
        times = [part.time for part in (*decoded.partials, *decoded.past) if part.time is not None]
        if any(known.hides_people(fate.device, at) for at in times):
            return True
    return known.withholds(fate.device, message.topic, message.time)


def read_recording(path: Path) -> Iterator[Recorded]:
    """Line by line; empty lines are skipped. Raises ``BadLine``."""
    with path.open("rb") as file:
        for number, line in enumerate(iter(lambda: file.readline(_LONGEST), b""), 1):
            if line.strip():
                yield _recorded(line, number)


def _recorded(line: bytes, number: int) -> Recorded:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        row = None
    if not isinstance(row, dict):
        raise BadLine(number, "replay.no_object")
    time, topic = row.get("time"), row.get("topic")
    if type(time) is not int or not 0 <= time <= _LAST:
        raise BadLine(number, "replay.bad_time")
    if not isinstance(topic, str) or not _can_be_sent_to(topic):
        raise BadLine(number, "replay.bad_topic")
    qos, retain = row.get("qos", 0), row.get("retain", False)
    if qos not in (0, 1, 2) or type(qos) is not int or type(retain) is not bool:
        raise BadLine(number, "replay.bad_flags")
    return Recorded(time, topic, _payload(row, number), qos, retain)


def _payload(row: dict[str, Any], number: int) -> bytes:
    text, digits = row.get("payload"), row.get("payload_hex")
    try:
        if isinstance(text, str) and digits is None:
            return text.encode()
        if isinstance(digits, str) and text is None:
            return bytes.fromhex(digits)
    except ValueError:  # lone surrogates, or no digits
        pass
    raise BadLine(number, "replay.bad_payload")


def _can_be_sent_to(topic: str) -> bool:
    """MQTT 3.1.1, 4.7.3."""
    try:
        size = len(topic.encode())
    except ValueError:
        return False
    return 0 < size <= 65_535 and not set(topic) & set("+#\0")
