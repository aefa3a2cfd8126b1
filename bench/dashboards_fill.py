"""What Grafana draws of the present, made up: 30 days of rooms, devices, faults and the service.

As the collector writes them: slots and snapshots every five minutes, open faults every hour, the
service every minute. Rooms are in use by turns in opening hours; one device in 25 has a fault.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from bench.report_site import CAPACITY, SITE, ZONE, climate_of, counter_of, has_vc, room_id, vc_of
from rooms.readings import Point
from rooms.units import DAY_MS, HOUR_MS

NOW: Final = int(datetime(2026, 12, 15, 11, 2, tzinfo=ZONE).timestamp()) * 1000
_SLOT: Final = 5 * 60_000
_FAULT_EVERY: Final = 25  # devices
_LASTS_H: Final = 30  # a fault
_CODES: Final = ("device_silent", "battery_low", "equipment_error", "peripheral_missing")


def live_points(rooms: int, days: int) -> Iterator[Point]:
    """Day by day, as they would have come."""
    devices = [(id_, room, kind) for room in range(rooms) for id_, kind in _devices(room)]
    for day in range(days, 0, -1):
        times = range(NOW - day * DAY_MS, NOW - (day - 1) * DAY_MS + 1, _SLOT)
        for room in range(rooms):
            yield from _of_room(room, times)
        for n, (id_, room, kind) in enumerate(devices):
            yield from _of_device(n, id_, room, kind, times)
        for n, (id_, room, _) in enumerate(devices):
            if n % _FAULT_EVERY == 0:
                yield from _of_faults(n, id_, room, times)
            yield _account(id_, times[0])
        yield from _of_service(times)


def _devices(room: int) -> Iterator[tuple[str, str]]:
    id_ = room_id(room)
    yield counter_of(id_), "counter"
    yield climate_of(id_), "climate"
    if has_vc(room):
        yield vc_of(id_), "vc"


def _used(room: int, at: int) -> bool:
    local = datetime.fromtimestamp(at / 1000, ZONE)
    return local.weekday() < 5 and 7 <= local.hour < 18 and (local.hour + room) % 3 == 0


def _of_room(room: int, times: range) -> Iterator[Point]:
    tags = {"site": SITE, "room": room_id(room)}
    call = has_vc(room)
    for at in times:
        used = _used(room, at)
        seconds, people = 300.0 * used, float(used * (1 + room % CAPACITY))
        climate = {"co2_ppm": 450.0 + 400 * used, "temperature_c": 21.5}
        yield Point(
            "room_slot",
            tags,
            at - at % _SLOT,
            {
                "occupied_s": seconds,
                "known_s": 300.0,
                "people_max": people,
                "in_call_s": seconds * call,
                "faults": 0.0,
                "motion_s": seconds,
                "presence_s": 0.0,
                "count_s": seconds,
                "line_s": 0.0,
                **climate,
            },
        )
        yield Point(
            "room_state",
            tags,
            at,
            {
                "name": tags["room"],
                "words": "Occupied" if used else "Free",
                "state": float(used),
                "people": people,
                "capacity": float(CAPACITY),
                "in_call": float(used and call),
                "faults": 0.0,
                "severity": 0.0,
                **climate,
            },
        )


def _of_device(n: int, id_: str, room: int, kind: str, times: range) -> Iterator[Point]:
    tags = {"site": SITE, "device": id_}
    for at in times:
        fields: dict[str, float | str] = {
            "name": id_,
            "room": room_id(room),
            "model": kind,
            "source": "native",
            "online": 1.0,
            "heard": float(at - 1000 * (n % 60)),
            "faults": 0.0,
            "severity": 0.0,
        }
        if kind == "vc":
            fields |= {"firmware": f"ce11.{n % 4}", "in_call": float(_used(room, at))}
        else:
            fields |= {"battery_pct": 100.0 - n % 80, "rssi_dbm": -70.0 - n % 40, "snr_db": 7.0}
            fields["occupied"] = float(_used(room, at))
        yield Point("device_state", tags, at, fields)


def _of_faults(n: int, id_: str, room: int, times: range) -> Iterator[Point]:
    """One after the other: each is open for 30 hours and over for as long."""
    for at in range(times[0] - times[0] % HOUR_MS + HOUR_MS, times[-1] + 1, HOUR_MS):
        number, age = divmod(at // HOUR_MS + n, 2 * _LASTS_H)
        if age > _LASTS_H:
            continue
        kind = {0: "opened", _LASTS_H: "resolved"}.get(age, "open")
        tags = {
            "site": SITE,
            "room": room_id(room),
            "code": _CODES[n % len(_CODES)],
            "fault": f"{n:05}-{number}",
        }
        yield Point(
            "fault",
            tags,
            at,
            {
                "open": float(kind != "resolved"),
                "severity": 2.0,
                "since": float(at - age * HOUR_MS),
                "lasted_s": age * 3600.0,
                "lost_s": age * 1200.0,
                "acknowledged": 0.0,
                "kind": kind,
                "subject": id_,
                "name": id_,
                "detail": "",
            },
        )


def _account(id_: str, at: int) -> Point:
    midnight = datetime.fromtimestamp(at / 1000, ZONE).replace(hour=0, minute=0)
    fields = dict.fromkeys(("duplicate", "ignored", "quarantined", "missing"), 1.0)
    return Point(
        "account",
        {"site": SITE, "source": "native", "device": id_},
        int(midnight.timestamp()) * 1000,
        fields | {"received": 290.0, "stored": 287.0},
    )


def _of_service(times: range) -> Iterator[Point]:
    names = (
        "duplicate ignored quarantined unknown refused outbox_rows dirty_hours quarantine_rows"
        " alerts_sent alerts_failed alerts_waiting"
    )
    fields = dict.fromkeys(names.split(), 0.0) | {
        "received": 50.0,
        "stored": 50.0,
        "written": 60.0,
        "outbox_bytes": 4e5,
        "outbox_limit": 1e9,
        "outbox_age_s": 1.0,
        "watch_age_s": 1.0,
        "disk_free_bytes": 2e10,
        "broker_up": 1.0,
        "store_up": 1.0,
        "faults_open": 6.0,
    }
    for at in range(times[0], times[-1] + 1, 60_000):
        yield Point("service", {"site": SITE}, at - at % 60_000, fields)
