"""A house whose devices send messages by hand, through the real pipeline and outbox."""

from __future__ import annotations

import base64
import json
from collections import Counter
from collections.abc import Mapping
from itertools import count
from pathlib import Path
from typing import Any

from collector.incoming import Incoming
from collector.pipeline import Pipeline
from rooms.readings import Point
from rooms.registry import Registry, Site
from storage.outbox import Outbox

NOW = 1_795_424_400_000  # 2026-11-23 10:00 in Lycksele, a Monday
MIN = 60_000
HOUR = 60 * MIN
DAY = 24 * HOUR
EUI, EUI2 = "a81758fffe000001", "a81758fffe000002"
TEMPERATURE = base64.b64encode(bytes.fromhex("0100e2")).decode()  # 22.6 degrees

SITE: dict[str, Any] = {
    "id": "s",
    "name": "Inland",
    "opening_hours": {"mon-fri": "08:00-17:00"},
    "sources": [
        {"id": "av", "decoder": "native"},
        {"id": "lora", "decoder": "chirpstack"},
        {"id": "lora2", "decoder": "chirpstack"},  # the same topics, other devices
        {"id": "zig", "decoder": "zigbee2mqtt"},
    ],
    "rooms": [
        {"id": "granen", "name": "Granen", "capacity": 8},
        {"id": "tallen", "name": "Tallen", "capacity": 4},
        {"id": "kontoret", "name": "Kontoret", "capacity": 1, "private": True},
    ],
    "devices": [
        {"id": "radar", "source": "av", "address": "radar", "model": "generic-presence"},
        {"id": "vc", "source": "av", "address": "vc", "model": "cisco-roomos"},
        {"id": "panel", "source": "av", "address": "panel", "model": "checkin-panel"},
        {"id": "luft", "source": "lora", "address": EUI, "model": "elsys-ers-co2-lite"},
        {"id": "luft2", "source": "lora2", "address": EUI2, "model": "elsys-ers-co2-lite"},
        {"id": "pir", "source": "zig", "address": "hall pir", "model": "philips-sml001"},
        {"id": "egen", "source": "av", "address": "egen", "model": "cisco-roomos"},
        {"id": "egenpir", "source": "zig", "address": "egen/pir", "model": "philips-sml001"},
    ],
    "partners": [{"id": "vindel", "name": "Vindel"}, {"id": "norrsken", "name": "Norrsken"}],
    "placements": [
        {"device": "radar", "room": "granen"},
        {"device": "vc", "room": "granen"},
        {"device": "panel", "room": "tallen"},
        {"device": "luft", "room": "granen"},
        {"device": "luft2", "room": "tallen"},
        {"device": "pir", "room": "tallen"},
        {"device": "egen", "room": "kontoret"},
        {"device": "egenpir", "room": "kontoret"},
    ],
}

TOKENS = {"t0ken": "panel", "TOKEN77": "egen"}  # token -> panel

_mids = count(1)


def registry(**changes: Any) -> Registry:
    return Registry([Site.model_validate(SITE | changes)])


def message(topic: str, payload: Any, at: int = NOW, **more: Any) -> Incoming:
    """``payload`` is bytes, text, or an object to be sent as JSON."""
    if isinstance(payload, str):
        payload = payload.encode()
    elif not isinstance(payload, bytes):
        payload = json.dumps(payload).encode()
    usual = {"mid": next(_mids), "qos": 1, "dup": False, "retain": False, "backlog": False}
    return Incoming(1, topic=topic, payload=payload, time=at, **usual | more)


def native(
    device: str, kind: str, body: Any, at: int = NOW, room: str = "granen", **more: Any
) -> Incoming:
    return message(f"rumskoll/s/{room}/{device}/{kind}", body, at, **more)


def checkin(device: str = "panel", at: int = NOW, retain: bool = False, **body: Any) -> Incoming:
    whole = {"partner": "vindel", "token": "t0ken"} | body
    return native(device, "checkin", whole, at, room="tallen", retain=retain)


def uplink(eui: str = EUI, at: int = NOW, event: str = "up", **body: Any) -> Incoming:
    whole = {"deduplicationId": "a", "fCnt": 1, "fPort": 5, "data": TEMPERATURE} | body
    return message(f"application/1/device/{eui}/event/{event}", whole, at)


class Post:
    """Messages in; what became of them out."""

    def __init__(
        self,
        folder: Path,
        known: Registry | None = None,
        *,
        dup_flag: bool = True,
        **outbox: Any,
    ) -> None:
        self.path = folder / "outbox.db"
        self._dup_flag = dup_flag
        self._options = outbox
        self.registry = known or registry()
        self.open()

    def open(self) -> None:
        self.outbox = Outbox(self.path, **self._options)
        self.pipeline = Pipeline(
            self.registry, self.outbox, panel_of=TOKENS.get, dup_flag=self._dup_flag
        )

    def restart(self) -> None:
        """As after a kill: nothing is left but the file."""
        self.outbox.close()
        self.open()

    def send(self, *messages: Incoming) -> None:
        self.pipeline.take(messages)

    @property
    def points(self) -> list[Point]:
        return [point for chunk in self.outbox.after(0, 10**6) for point in chunk.points]

    @property
    def seen(self) -> dict[str, list[tuple[int, Mapping[str, Any]]]]:
        """By device: minutes-free times relative to NOW, and fields."""
        out: dict[str, list[tuple[int, Mapping[str, Any]]]] = {}
        for point in self.points:
            out.setdefault(point.tags["device"], []).append((point.time - NOW, point.fields))
        return out

    @property
    def account(self) -> dict[str, int]:
        """ "device outcome reason" -> messages, over all days; what is 0 is left out."""
        counts: Counter[str] = Counter()
        for entry, number in self.outbox.accounts().items():
            counts[f"{entry.device} {entry.outcome} {entry.reason}".strip()] += number
        return {name: number for name, number in counts.items() if number}

    @property
    def kept(self) -> list[tuple[str, bytes]]:
        """Reason and payload of what is in quarantine, oldest first."""
        return [(k.reason, k.payload) for k in reversed(self.outbox.quarantine.newest())]

    def on_disk(self) -> bytes:
        """Every byte of the outbox's files."""
        return b"".join(p.read_bytes() for p in self.path.parent.glob("outbox.db*"))
