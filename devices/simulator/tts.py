"""LoRaWAN frames inside The Things Stack v3 messages (thethingsindustries.com, "Data formats")."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from hashlib import blake2b
from itertools import count
from typing import Any

from msgspec.json import encode as to_json

from devices.simulator.device_day import DeviceDay, Report
from devices.simulator.lorawan import Heard, frame, heard
from devices.simulator.message import Message, rfc3339
from rooms.registry.registry import normal_address


class Tts:
    def __init__(self, day: DeviceDay) -> None:
        self._day = day
        eui = normal_address("tts", day.entry.device.address)
        application = f"{day.entry.site}-rooms"
        self._prefix = f"{day.source.base}/" if day.source.base else ""
        self._topic = f"{self._prefix}v3/{application}@{day.entry.site}/devices/eui-{eui}/"
        self._frames = count()
        seal = blake2b(f"{day.seed}/{day.id}/{day.start}".encode(), digest_size=16).digest()
        self._session = b64encode(seal).decode()
        self._ids = {
            "device_id": f"eui-{eui}",
            "application_ids": {"application_id": application},
            "dev_eui": eui.upper(),
            "dev_addr": f"{day.trait % 2**25 | 0x26000000:08X}",
        }

    def begin(self) -> Iterator[Message]:
        """The device joins anew, so that the day's frames count from 0."""
        t = self._day.start
        accept = {"session_key_id": self._session, "received_at": rfc3339(t)}
        yield self._message("join", t, {"join_accept": accept})

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
        up: dict[str, Any] = {
            "session_key_id": self._session,
            "f_port": sent.port,
            **({"f_cnt": seq} if seq else {}),  # zero is left out
            "frm_payload": b64encode(sent.data).decode(),
            **({} if sent.decoded is None else {"decoded_payload": sent.decoded}),
            "rx_metadata": received,
            "settings": {"data_rate": {"lora": {"bandwidth": 125_000, "spreading_factor": 7}}},
            "received_at": rfc3339(report.time),
        }
        yield self._message("up", report.time, {"uplink_message": up})

    def _message(self, event: str, t: int, body: dict[str, Any]) -> Message:
        whole = {"end_device_ids": self._ids, "received_at": rfc3339(t), **body}
        return Message(t, self._topic + event, to_json(whole), self._day.id)


def _received(one: Heard, t: int) -> dict[str, Any]:
    return {
        "gateway_ids": {"gateway_id": f"eui-{one.gateway}", "eui": one.gateway.upper()},
        "time": rfc3339(t),
        "rssi": one.rssi,
        "channel_rssi": one.rssi,
        **({"snr": one.snr} if one.snr else {}),
    }
