"""Numbered messages, and which of them a database has."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import httpx

from tests.integration.sessions import clock
from tests.servers.influxd import ADMIN, Influxd
from tests.servers.publisher import Message

DEVICES = 20


def numbered(total: int, *, timed: bool) -> list[Message]:
    """Messages 1 to ``total``, over all devices in turn: the number is what they measure.

    ``timed``: with the device's time and its own count, in one of the two accepted forms.
    """
    now = clock()
    messages = []
    for number in range(1, total + 1):
        device, count = number % DEVICES, number // DEVICES
        body: dict[str, object] = {"illuminance_lx": number}
        if timed:
            # each device sends every 30 ms, all of them within the last minutes
            at = now - 30 * (total // DEVICES - count)
            told = datetime.fromtimestamp(at / 1000, UTC).isoformat() if number % 2 else at
            body |= {"time": told, "seq": count}
        topic = f"rumskoll/arena/granen/d{device}/climate"
        messages.append(Message(topic, json.dumps(body).encode()))
    return messages


def create_databases(influxd: Influxd) -> None:
    for name in ("rooms", "rooms_history"):
        influxd.ask(f'CREATE DATABASE "{name}"')


def influx_settings(influxd: Influxd) -> dict[str, str]:
    user, password = ADMIN
    return {"store": influxd.url, "influx_user": user, "influx_token": password}


def stored(influxd: Influxd) -> list[int]:
    """The numbers in InfluxDB, ascending; one that is there twice comes twice."""
    reply = httpx.post(
        f"{influxd.url}/query",
        params={"db": "rooms"},
        data={"q": 'SELECT "illuminance_lx" FROM "climate"'},
        auth=ADMIN,
        timeout=30,
    ).json()
    series = reply["results"][0].get("series", [{"values": []}])
    return sorted(int(value) for _, value in series[0]["values"])
