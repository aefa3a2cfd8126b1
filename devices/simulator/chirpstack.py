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

from devices.simulator import elsys
from devices.simulator.device_day import DeviceDay, Report
from devices.simulator.message import Message, rfc3339

_FPORT = 5
GATEWAYS = ("a84041ffff1e0001", "a84041ffff1e0002")


class ChirpStack:
    def __init__(self, day: DeviceDay) -> None:
        self._day = day
        eui = day.entry.device.address.replace("-", "").replace(":", "").lower()
        application = _uuid(f"{day.entry.site}/application")
        self._topic = f"application/{application}/device/{eui}/event/"
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
        received = list(self._received(report.time))
        if not received:
            return  # no gateway heard the frame
        values = {name: v for fields in report.facts.values() for name, v in fields.items()}
        body = {
            **self._head("up", report.time),
            "devAddr": self._addr,
            "adr": True,
            "dr": 5,
            "fCnt": seq,
            "fPort": _FPORT,
            "confirmed": False,
            "data": b64encode(elsys.encode(values)).decode(),
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

    def _received(self, t: int) -> Iterator[dict[str, Any]]:
        """One or two gateways hear it, by where the device stands."""
        trait = self._day.trait
        for i, gateway in enumerate(gateways(trait)):
            if not self._day.hears(gateway, t):
                continue
            rssi = -58 - trait % 40 - 14 * i - t // 60_000 % 7
            yield {
                "gatewayId": gateway,
                "uplinkId": t // 1000 % 65_536,
                "rssi": rssi,
                "snr": round(12 + (rssi + 58) / 6, 1),
                "channel": t // 1000 % 8,
                "crcStatus": "CRC_OK",
            }


def gateways(trait: int) -> tuple[str, ...]:
    """Those within reach of a device, the best first."""
    return GATEWAYS[: 1 + trait % 2]


@lru_cache(maxsize=256)
def _uuid(name: str) -> str:
    return str(uuid5(NAMESPACE_DNS, name))
