"""LoRaWAN frames inside ChirpStack v4 messages (chirpstack.io, "Event types")."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from functools import lru_cache
from hashlib import blake2b
from itertools import count
from typing import Any
from uuid import NAMESPACE_DNS, UUID, uuid5

from msgspec.json import encode as to_json

from devices.simulator.device_day import DeviceDay, Report
from devices.simulator.lorawan import Heard, frame, heard
from devices.simulator.message import Message, rfc3339


class ChirpStack:
    def __init__(self, day: DeviceDay) -> None:
        self._day = day
        eui = day.entry.device.address.replace("-", "").replace(":", "").lower()
        application = _uuid(f"{day.entry.site}/application")
        prefix = f"{day.source.base}/" if day.source.base else ""
        self._topic = f"{prefix}application/{application}/device/{eui}/event/"
        self._frames = count()
        self._addr = f"{day.trait % 2**25 | 0x26000000:08x}"
        self._info = {
            "tenantId": _uuid(f"{day.entry.site}/tenant"),
            "tenantName": "ChirpStack",
            "applicationId": application,
            "applicationName": day.entry.site,
            "deviceProfileId": _uuid(f"{day.entry.site}/{day.entry.device.model}"),
            "deviceProfileName": day.entry.model.name,
            "deviceName": day.id,
            "devEui": eui,
            "tags": {},
        }

    def begin(self) -> Iterator[Message]:
        """The device joins anew, so that the day's frames count from 0."""
        t = self._day.start
        body = {**self._head("join", t), "devAddr": self._addr}
        yield Message(t, self._topic + "join", to_json(body), self._day.id)

    def hello(self, t: int) -> Iterator[Message]:  # noqa: ARG002 - LoRaWAN has no availability
        yield from ()

    def gone(self, t: int) -> Iterator[Message]:
        return self.hello(t)

    def say(self, report: Report) -> Iterator[Message]:
        seq = next(self._frames)
        received = [_received(one, report.time) for one in heard(self._day, report.time)]
        if not received:
            return
        sent = frame(self._day, report)
        body = {
            **self._head("up", report.time),
            "devAddr": self._addr,
            "adr": True,
            "dr": 5,
            "fCnt": seq,
            "fPort": sent.port,
            "confirmed": False,
            "data": b64encode(sent.data).decode(),
            **({} if sent.decoded is None else {"object": sent.decoded}),
            "rxInfo": received,
            "txInfo": {
                "frequency": 868_100_000 + seq % 3 * 200_000,
                "modulation": {
                    "lora": {"bandwidth": 125_000, "spreadingFactor": 7, "codeRate": "CR_4_5"}
                },
            },
        }
        yield Message(report.time, self._topic + "up", to_json(body), self._day.id)

    def _head(self, event: str, t: int) -> dict[str, Any]:
        seal = blake2b(f"{self._day.seed}/{self._day.id}/{event}/{t}".encode(), digest_size=16)
        return {
            "deduplicationId": str(UUID(bytes=seal.digest(), version=4)),
            "time": rfc3339(t),
            "deviceInfo": self._info,
        }


def _received(one: Heard, t: int) -> dict[str, Any]:
    return {
        "gatewayId": one.gateway,
        "uplinkId": t // 1000 % 65_536,
        "rssi": one.rssi,
        "snr": one.snr,
        "channel": t // 1000 % 8,
        "crcStatus": "CRC_OK",
    }


@lru_cache(maxsize=256)
def _uuid(name: str) -> str:
    return str(uuid5(NAMESPACE_DNS, name))
