"""A house to ask questions of: a registry, a state and a store, filled by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import httpx
from fastapi import APIRouter, FastAPI

from api.app import create_app
from api.parts import Parts
from api.statements.service import Statements
from rooms.dayevidence import DayEvidence, Stretch
from rooms.faults import Finding
from rooms.readings import Point
from rooms.registry import Registry, Site
from rooms.texts.times import moment
from storage.ledger import Ledger
from storage.outbox import Account
from storage.state import ServiceState
from storage.store import Refused

NOW = 1_795_424_400_000  # 2026-11-23 10:00 in Lycksele, a Monday
MIN = 60_000
HOUR = 3_600_000

SITE: dict[str, Any] = {
    "id": "lycksele",
    "name": "Innovationsarena Inland",
    "opening_hours": {"mon-fri": "08:00-17:00"},
    "sources": [{"id": "av", "decoder": "native"}],
    "rooms": [
        {"id": "granen", "name": {"sv": "Granen", "en": "The Spruce"}, "capacity": 8},
        {"id": "tallen", "name": "Tallen", "capacity": 12},
        {"id": "bjorken", "name": "Björken", "capacity": 6},
        {"id": "renen", "name": "Renen", "capacity": 4},
        {"id": "kontoret", "name": "Kontoret", "capacity": 1, "private": True},
    ],
    "devices": [
        {"id": "granen-pir", "source": "av", "address": "granen-pir", "model": "generic-motion"},
        {"id": "granen-vc", "source": "av", "address": "granen-vc", "model": "cisco-roomos"},
        {"id": "tallen-radar", "source": "av", "address": "tr", "model": "generic-presence"},
        {"id": "tallen-vc", "source": "av", "address": "tv", "model": "poly-videoos"},
        {"id": "bjorken-pir", "source": "av", "address": "bp", "model": "generic-motion"},
        {"id": "renen-antal", "source": "av", "address": "ra", "model": "generic-count"},
        {"id": "kontoret-pir", "source": "av", "address": "kp", "model": "generic-motion"},
    ],
    "placements": [
        {"device": "granen-pir", "room": "granen"},
        {"device": "granen-vc", "room": "granen"},
        {"device": "tallen-radar", "room": "tallen"},
        {"device": "tallen-vc", "room": "tallen"},
        {"device": "bjorken-pir", "room": "bjorken"},
        {"device": "renen-antal", "room": "renen"},
        {"device": "kontoret-pir", "room": "kontoret"},
    ],
}


class MemoryStore:
    """Points in a list; ``fails`` is raised instead of reading."""

    def __init__(self) -> None:
        self.points: list[Point] = []
        self.fails: Exception | None = None

    def write(self, points: Sequence[Point]) -> list[Refused]:
        self.points += points
        return []

    def read(
        self, measurement: str, tags: Mapping[str, Sequence[str]], start: int, stop: int
    ) -> Iterator[Point]:
        if self.fails is not None:
            raise self.fails
        for point in sorted(self.points, key=lambda p: p.time):
            wanted = all(point.tags.get(tag) in values for tag, values in tags.items())
            if wanted and point.measurement == measurement and start <= point.time < stop:
                yield point

    def last(self, measurement: str, tags: Mapping[str, Sequence[str]], before: int) -> list[Point]:
        newest = {str(p.tags): p for p in self.read(measurement, tags, -(2**63), before)}
        return list(newest.values())

    def check(self) -> None:
        return None

    def close(self) -> None:
        return None


def room(state: str = "vacant", **more: Any) -> dict[str, Any]:
    body: dict[str, Any] = {
        "site": "lycksele",
        "state": state,
        "since": NOW - 48 * MIN,
        "provisional": False,
        "people": None,
        "evidence": [],
        "co2_ppm": None,
        "temperature_c": None,
        "humidity_pct": None,
        "climate_at": None,
        "in_call": None,
    }
    return body | more


def collector(**more: Any) -> dict[str, Any]:
    body: dict[str, Any] = {
        "started": NOW - HOUR,
        "heartbeat": NOW - 5000,
        "connected": True,
        "broker": "mqtt://localhost:1883",
        "broker_error": None,
        "outbox_points": 12,
        "outbox_bytes": 3400,
        "outbox_limit": 2**30,
        "behind": {
            "store": {"points": 12, "seconds": 7.5},
            "watch": {"points": 0, "seconds": 0.0},
        },
        "steps": {"watch": NOW - 8000, "alerts": NOW - 6000},
        "disk_free": 50 * 2**30,
        "disk_full": False,
        "store_error": None,
        "registry_hash": "x",
        "registry_error": None,
        "received": 100,
        "stored": 90,
        "quarantined": {"bad_json": 10},
    }
    return body | more


ROOMS: dict[str, dict[str, Any]] = {
    "granen": room(
        "occupied",
        since=NOW - 65 * MIN,  # 08.55
        in_call=True,
        evidence=[{"device": "granen-pir", "evidence": "motion"}],
        co2_ppm=1240.0,
        temperature_c=21.54,
        humidity_pct=31.0,
        climate_at=NOW - 4 * MIN,
    ),
    "tallen": room(since=NOW - 48 * MIN, co2_ppm=520.0, temperature_c=20.0, climate_at=NOW - MIN),
    "bjorken": room("unknown", since=NOW - 108 * MIN),
    "renen": room("occupied", since=NOW - 9 * MIN, provisional=True, people=3),
    "kontoret": room("private", since=None),
}
DEVICES: dict[str, dict[str, Any]] = {
    "granen-pir": {
        "site": "lycksele",
        "room": "granen",
        "heard": NOW - 2 * MIN,
        "latest": {"health.battery_pct": [NOW - 2 * MIN, 87.0]},
    },
    "granen-vc": {
        "site": "lycksele",
        "room": "granen",
        "heard": NOW - MIN,
        "latest": {"equipment.peripherals": [NOW - MIN, '[{"id":"1","type":"Camera"}]']},
    },
    "bjorken-pir": {
        "site": "lycksele",
        "room": "bjorken",
        "heard": NOW - 108 * MIN,  # 08.12
        "latest": {"health.rssi_dbm": [NOW - 108 * MIN, -97.0]},
    },
}
PROBLEMS = [
    Finding("peripheral_missing", "granen-vc", "camera: Quad", "error", NOW - 65 * MIN),
    Finding("device_silent", "bjorken-pir", "", "warning", NOW - 83 * MIN),
    Finding("store_down", "service", "timeout", "error", NOW - 5 * MIN),
]


_routers: list[APIRouter] = []


def routed(app: FastAPI) -> FastAPI:
    """With the routes of the first application: they hold nothing of a house, and each
    application works out its own anew at its first request, which takes a while."""
    if not _routers:
        _routers.append(app.router)
    (app.router,) = _routers
    return app


class House:
    """One application and all that it reads; ``now`` is the clock."""

    def __init__(self, folder: Path, **more: Any) -> None:
        self.now = NOW
        self.site = Site.model_validate(SITE)
        self.registry = Registry([self.site])
        self.store = MemoryStore()
        self.state = ServiceState(folder / "service.db")
        self.accounts: Counter[Account] = Counter()
        self.parts = Parts(
            state=self.state,
            store=self.store,
            registry=lambda: self.registry,
            quarantine=None,
            accounts=lambda: self.accounts,
            clock=lambda: self.now,
            demo=False,
            public_url="http://rum.example",
            signing_secret="s" * 40,
            language="sv",
            version="9.9.9",
            accounts_of=self.accounts_on,
            statements=self.statements_over(Ledger(folder / "statements", self.state)),
            day_of=lambda at: moment(at, self.registry.zone("lycksele")).date().isoformat(),
        )
        self.parts = replace(self.parts, **more)
        self.app: FastAPI = routed(create_app(self.parts))

    def statements_over(self, ledger: Ledger) -> Statements:
        return Statements(
            self.state,
            self.store,
            lambda: self.registry,
            ledger,
            clock=lambda: self.now,
            retention_ms=90 * 24 * HOUR,
            program="Rumskoll 9.9.9",
        )

    def counted(self, *stays: tuple[str, int, int, str | None]) -> None:
        """Whose time it was, as the roll-up keeps it: room, start, stop, partner."""
        days: dict[tuple[str, date], list[Stretch]] = {}
        for room, start, stop, partner in stays:
            day = moment(start, self.registry.zone("lycksele")).date()
            days.setdefault((room, day), []).append(Stretch(start, stop, partner, "booking", False))
        self.state.evidence.put((*key, DayEvidence(tuple(told))) for key, told in days.items())

    def fill(self) -> None:
        live = self.state.live
        live.put("room", ROOMS, NOW)
        live.put("device", DEVICES, NOW)
        live.put("role", {"collector": collector()}, NOW)
        self.state.faults.settle({p.code for p in PROBLEMS}, PROBLEMS, NOW)

    def accounts_on(self, day: str) -> Counter[Account]:
        return Counter({key: n for key, n in self.accounts.items() if key.day == day})

    def key(self, role: str = "viewer", **more: Any) -> dict[str, str]:
        """The header of a fresh key."""
        _, secret = self.state.access.create_key(role, f"{role} key", NOW, **more)  # type: ignore[arg-type]
        return {"Authorization": f"Bearer {secret}"}

    def client(
        self, role: str | None = None, *, address: str = "192.0.2.7", host: str = "rum.example"
    ) -> httpx.AsyncClient:
        transport = httpx.ASGITransport(app=self.app, client=(address, 50_000))
        headers = {} if role is None else self.key(role)
        return httpx.AsyncClient(transport=transport, base_url=f"http://{host}", headers=headers)

    def close(self) -> None:
        self.state.close()
