"""One report of the API, timed in a process of its own: the first answer and the best later one.

As a process (``python -m bench.report_ask``) it takes an ``Order`` on stdin.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Final

import httpx
import msgspec

from api.app import create_app
from api.parts import Parts
from api.statements.service import Statements
from bench.report_site import NOW, SITE, Place, clock, registry_of, room_id
from rooms.units import DAY_MS
from storage.ledger import Ledger

WARM: Final = 5  # answers after the first

_USE: Final = "/api/v1/utilisation?by="
REPORTS: Final = {
    "rooms": f"{_USE}room",
    "days": f"{_USE}day",
    "hours of the week": f"{_USE}hour-of-week",
    "partners": f"{_USE}partner",
    "peaks": "/api/v1/peaks?",
    "hours of the week, one room": f"{_USE}hour-of-week&room={room_id(0)}",
}
PERIODS: Final = {
    "month": "&start=2026-11-01&end=2026-12-01",
    "year": "&start=2026-01-01&end=2027-01-01",
}


class Order(msgspec.Struct, frozen=True):
    place: Place
    path: str


class Took(msgspec.Struct, frozen=True):
    wall_ms: float
    cpu_ms: float  # of the process that answers, without the store's where that is another


class Timed(msgspec.Struct, frozen=True):
    cold: Took
    warm: Took  # the least of several, each for itself
    size: int  # bytes of the answer


def timed(place: Place, report: str, period: str) -> Timed:
    """Raises ``SystemExit`` when the API does not answer 200."""
    if place.store.startswith("sqlite:"):
        forget(Path(place.store.removeprefix("sqlite:")))
    order = Order(place, REPORTS[report] + PERIODS[period])
    run = subprocess.run(
        [sys.executable, "-m", "bench.report_ask"],
        input=msgspec.json.encode(order),
        stdout=subprocess.PIPE,
        check=False,
    )
    if run.returncode:
        raise SystemExit(f"{report}, {period}: no answer")
    return msgspec.json.decode(run.stdout, type=Timed)


def forget(file: Path) -> None:
    """Ask the kernel to drop a file's pages from its cache."""
    if file.exists():
        with file.open("rb") as opened:
            os.fsync(opened.fileno())
            os.posix_fadvise(opened.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


async def _ask(order: Order) -> Timed:
    registry = registry_of(order.place.rooms)
    with closing(order.place.open()) as store, closing(order.place.state()) as state:
        parts = Parts(
            state=state,
            store=store,
            registry=lambda: registry,
            quarantine=None,
            accounts=None,
            clock=clock,
            demo=False,
            public_url="http://rooms.example",
            signing_secret="s" * 40,
            language="en",
            version="0",
            statements=Statements(
                state,
                store,
                lambda: registry,
                Ledger(order.place.path / "statements", state),
                clock=clock,
                retention_ms=90 * DAY_MS,
                program="Rumskoll 0",
            ),
        )
        _, secret = state.access.create_key("viewer", "bench", NOW)
        transport = httpx.ASGITransport(create_app(parts))
        headers = {"Authorization": f"Bearer {secret}"}
        async with httpx.AsyncClient(
            transport=transport, base_url=f"http://{SITE}", headers=headers
        ) as client:
            took, size = [], 0
            for _ in range(1 + WARM):
                began, used = time.perf_counter(), time.process_time()
                reply = await client.get(order.path)
                used = time.process_time() - used
                took.append(Took((time.perf_counter() - began) * 1000, used * 1000))
                if reply.status_code != 200:
                    raise SystemExit(f"{order.path}: {reply.status_code} {reply.text[:300]}")
                size = len(reply.content)
    cold, *later = took
    warm = Took(min(one.wall_ms for one in later), min(one.cpu_ms for one in later))
    return Timed(cold, warm, size)


def main() -> None:
    order = msgspec.json.decode(sys.stdin.buffer.read(), type=Order)
    print(msgspec.json.encode(asyncio.run(_ask(order))).decode())


if __name__ == "__main__":
    main()
