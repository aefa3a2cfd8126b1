"""The API is given what the collector wrote."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import httpx

from rumskoll.registry_files import RegistryWatch
from rumskoll.settings import Settings
from rumskoll.wiring import api_of, clock, day_of, example_rooms, outbox_of
from storage.outbox import Account, Batch


def test_the_account_of_a_day(tmp_path: Path) -> None:
    settings = Settings(demo=True, data=tmp_path, rooms=example_rooms())
    files = RegistryWatch(settings.rooms)
    device = next(iter(files.current.devices))
    outbox, today = outbox_of(settings), day_of(files.current)(clock())
    batch = Batch()
    batch.accounts[Account("2026-01-02", "av", device, "stored")] = 3
    outbox.commit(batch)
    outbox.close()

    async def ask() -> list[Any]:
        transport = httpx.ASGITransport(app=api_of(settings, files), client=("127.0.0.1", 50_000))
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            paths = ("/api/v1/accounts?day=2026-01-02", "/api/v1/accounts")
            return [(await client.get(path)).json() for path in paths]

    then, now = asyncio.run(ask())
    assert [(a["device"], a["received"]) for a in then["accounts"]] == [(device, 3)]
    assert now["accounts"] == []
    assert now["day"] >= today  # midnight may have passed between the two
