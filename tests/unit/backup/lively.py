"""A data folder that has seen life: readings through the outbox, roll-ups, a check-in, faults,
an issued statement, and things that wait to be sent."""

from __future__ import annotations

import asyncio
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import yaml

from collector.watch import Watch
from rooms.alerts.message import Alert, Delivery, Entry
from rooms.attribution import CheckIn
from rooms.faults import Finding
from rooms.readings import Point
from rumskoll import wiring
from rumskoll.event_key import event_key
from rumskoll.registry_files import RegistryWatch, read_registry
from rumskoll.settings import Settings
from rumskoll.wiring_statements import statements_of
from storage.forwarder import Forwarder
from storage.outbox import Account, Batch, Outbox
from storage.schema import MAX_TIME, MEASUREMENTS
from storage.state import ServiceState
from storage.store import Store
from tests.issuing import HOUSE
from tests.unit.storage.kept_months import registry_of

MIN, HOUR, DAY = 60_000, 3_600_000, 86_400_000
NOW = int(datetime(2026, 11, 3, 12, tzinfo=UTC).timestamp()) * 1000
BEGAN = int(datetime(2026, 9, 29, tzinfo=UTC).timestamp()) * 1000
SITE = HOUSE | {
    "rooms": [*HOUSE["rooms"], {"id": "eken", "name": "Eken", "capacity": 1, "private": True}],
}
SECRET = "en lång hemlighet som ingen annan kan"
ASKED = (
    "rooms",
    "rooms/granen",
    "rooms/granen/timeline?start=2026-11-01T00:00:00Z&end=2026-11-03T12:00:00Z",
    "devices",
    "utilisation?start=2026-10-01&end=2026-11-03&by=room",
    "utilisation?start=2026-10-01&end=2026-11-03&by=day",
    "utilisation?start=2026-10-01&end=2026-11-03&by=partner",
    "peaks?start=2026-10-01&end=2026-11-03",
    "statements",
    "statements/1",
    "statements/verify",
    "accounts?day=2026-11-03",
    "faults",
)


def settings_of(folder: Path, **more: Any) -> Settings:
    given = {"demo": True, "signing_secret": SECRET, "language": "en"} | more
    return Settings(rooms=folder / "rooms.yaml", data=folder / "data", **given)


def occupied(at: int, room: str) -> bool:
    """Granen from nine to eleven each day, tallen on even days from one to two; of UTC."""
    hour = at % DAY // HOUR
    return hour in (9, 10) if room == "granen" else hour == 13 and at // DAY % 2 == 0


def reading(at: int, room: str) -> Point:
    tags = {"site": "lycksele", "device": f"radar-{room}"}
    return Point("presence", tags, at, {"occupied": float(occupied(at, room))})


class Lively:
    """On a folder that ``fill`` has filled."""

    def __init__(self, folder: Path) -> None:
        self.settings = settings_of(
            folder, contacts=folder / "contacts.yaml", broker_files=folder / "broker"
        )
        self.state = wiring.state_of(self.settings)
        self.outbox = wiring.outbox_of(self.settings)
        self.store = wiring.store_of(self.settings)
        self.registry = read_registry(self.settings.rooms)

    @classmethod
    def fill(cls, folder: Path) -> None:
        folder.mkdir()
        (folder / "rooms.yaml").write_text(yaml.safe_dump(SITE, allow_unicode=True))
        (folder / "contacts.yaml").write_text("people: []\n")
        (folder / "broker").mkdir()
        (folder / "broker" / "passwd").write_text("radar:hash\n")
        (folder / "broker" / "passwd").chmod(0o640)
        with closing(cls(folder)) as house:
            event_key(house.settings.data)
            house._live()

    def _live(self) -> None:
        rolled_up(self.settings, self.outbox, self.state, self.store)  # nothing to do yet
        self.state.claims.check_in("granen", CheckIn(NOW - 3 * HOUR, "norr"), "page", NOW)
        points = [
            reading(at, room)
            for at in range(BEGAN, NOW, 10 * MIN)
            for room in ("granen", "tallen")
            if room == "granen" or at < NOW - 2 * HOUR  # tallen's sensor falls silent
        ]
        accounts = {Account("2026-11-03", "av", "radar-granen", "stored"): 72}
        self.outbox.commit(Batch(points=points, accounts=accounts))  # type: ignore[arg-type]
        self.forward()
        self.watch()
        rolled_up(self.settings, self.outbox, self.state, self.store)
        issue(self.settings, self.state, self.store)
        self._waiting()
        # the newest is still in the outbox when the backup is made
        self.outbox.commit(Batch(points=[reading(NOW - MIN, "granen")]))

    def forward(self) -> None:
        forwarder = Forwarder(
            self.outbox, self.store, clock=lambda: NOW, day_of=lambda _: "2026-11-03"
        )
        while forwarder.step():
            pass

    def watch(self) -> None:
        watch = Watch(self.outbox, self.state, self.store, self.registry, clock=lambda: NOW)
        watch.load()
        while watch.step():
            pass

    def _waiting(self) -> None:
        silent = Finding("device_silent", "radar-tallen", "", "warning", NOW - HOUR)
        self.state.faults.settle({"device_silent"}, [silent], NOW)
        (fault,) = self.state.faults.open()
        entries = (Entry(fault.id, "opened", NOW - MIN),)
        put = self.state.alerts.put
        put(Alert(0, "anna", "faults", "lycksele", NOW + HOUR, NOW - MIN, entries=entries))
        sent = put(Alert(0, "anna", "faults", "lycksele", NOW - HOUR, NOW - HOUR, state="sent"))
        self.state.alerts.put_deliveries([Delivery(sent, "email", next_try=NOW)])
        self.state.statements.queue("issued", "2026-10", 1, "anna", "norr", NOW)

    def close(self) -> None:
        self.state.close()
        self.outbox.close()
        self.store.close()


def issue(settings: Settings, state: ServiceState, store: Store, amount: str = "") -> None:
    """October; once more where the rent is another ``amount``."""
    (cost,) = HOUSE["costs"]
    registry = registry_of(SITE | ({"costs": [cost | {"amount": amount}]} if amount else {}))
    statements_of(settings, lambda: registry, state, store).issue("2026-10", "åsa", reason=amount)


def rolled_up(settings: Settings, outbox: Outbox, state: ServiceState, store: Store) -> int:
    registry = read_registry(settings.rooms)
    return wiring.rollup_of(settings, lambda: registry, outbox, state, store).step()


def roll_up_anew(settings: Settings) -> int:
    """As the service does once it is started on a folder: drain the outbox, take it in, compute
    what is dirty; how many room-days."""
    registry = read_registry(settings.rooms)
    with (
        closing(wiring.outbox_of(settings)) as outbox,
        closing(wiring.state_of(settings)) as state,
        closing(wiring.store_of(settings)) as store,
    ):
        forwarder = Forwarder(outbox, store, clock=lambda: NOW, day_of=lambda _: "2026-11-03")
        while forwarder.step():
            pass
        watch = Watch(outbox, state, store, registry, clock=lambda: NOW)
        watch.load()
        while watch.step():
            pass
        assert outbox.behind("watch") == 0
        return rolled_up(settings, outbox, state, store)


def answers(settings: Settings) -> dict[str, Any]:
    """Every number that the API gives."""
    app = wiring.api_of(settings, RegistryWatch(settings.rooms))

    async def ask() -> dict[str, Any]:
        transport = httpx.ASGITransport(app=app, client=("127.0.0.1", 50_000))
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            found = {}
            for path in ASKED:
                reply = await client.get(f"/api/v1/{path}", headers={"Accept-Language": "en"})
                assert reply.status_code == 200, (path, reply.text)
                found[path] = reply.json()
            return found

    return asyncio.run(ask())


def points_of(store: Store) -> dict[str, list[Point]]:
    return {
        name: sorted(
            store.read(name, {}, 0, MAX_TIME), key=lambda p: (p.time, sorted(p.tags.items()))
        )
        for name in MEASUREMENTS
    }
