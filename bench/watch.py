"""``make bench-watch``: what the fault rules cost, for very many devices on one core.

Each device reports every minute. A round is a minute of the house: readings are noted, looked at,
settled and stored in service.db second by second, as the watch does. Docs: docs/performance.md.
"""

from __future__ import annotations

import gc
import os
import tempfile
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Annotated

import msgspec
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from rooms.faults.engine import CODES, Engine
from rooms.readings import Point
from rooms.registry import Registry, Site
from storage.state import ServiceState

START = 1_795_424_400_000
MINUTE = 60_000
IN_ROOM = 4  # a motion sensor, a presence sensor, one for the air, VC equipment
errors = Console(stderr=True)


class Round(msgspec.Struct, frozen=True):
    """CPU seconds of one minute of the house."""

    rules: float  # note and look
    storing: float  # settle, changed states, commit


class Report(msgspec.Struct, frozen=True):
    devices: int
    messages_s: float  # that one core takes
    headroom: float  # times as many as come
    rules_us: float  # CPU per message
    storing_us: float
    memory_bytes: float  # per device and its rule state
    state_bytes: float  # of its text in service.db
    faults: int  # open at the end
    rounds: list[Round]
    load: float


def main(
    devices: Annotated[int, typer.Option(min=8, help="rounded down to whole rooms")] = 50_000,
    minutes: Annotated[int, typer.Option(min=2, help="simulated")] = 12,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    report = measure(devices // IN_ROOM, minutes)
    print(msgspec.json.encode(report).decode() if as_json else markdown(report))


def measure(rooms: int, minutes: int) -> Report:
    registry, load = house(rooms), os.getloadavg()[0]
    engine, memory = _weighed(registry)
    rounds = []
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, _progress() as progress:
        task = progress.add_task("minutes", total=minutes)
        state = ServiceState(Path(folder) / "service.db")
        for minute in range(2, minutes + 2):
            rounds.append(_minute(engine, state, registry, minute))
            progress.advance(task)
        texts = state.faults.rule_states()
        open_faults = len(state.faults.open())
        state.close()
    count = len(registry.devices)
    warm = rounds[1:] or rounds
    cpu = median(one.rules + one.storing for one in warm)
    return Report(
        count,
        count / cpu,
        60 / cpu,
        median(one.rules for one in warm) / count * 1e6,
        median(one.storing for one in warm) / count * 1e6,
        memory / count,
        sum(len(texts[id_]) for id_ in registry.devices) / count,
        open_faults,
        rounds,
        load,
    )


def house(rooms: int) -> Registry:
    ids = [f"r{n}" for n in range(rooms)]
    kinds = ("generic-motion", "generic-presence", "generic", "cisco-roomos")
    devices = [(f"{room}-{n}", room, kind) for room in ids for n, kind in enumerate(kinds)]
    body = {
        "id": "s",
        "name": "Bench",
        "opening_hours": {"mon-fri": "08:00-17:00"},
        "sources": [{"id": "av", "decoder": "native"}],
        "rooms": [{"id": room, "name": room, "capacity": 8} for room in ids],
        "devices": [
            {"id": id_, "source": "av", "address": id_, "model": kind, "expect_every": 60}
            for id_, _, kind in devices
        ],
        "placements": [{"device": id_, "room": room} for id_, room, _ in devices],
    }
    return Registry([Site.model_validate(body)])


def messages(registry: Registry, minute: int) -> Iterator[list[tuple[int, list[Point]]]]:
    """Second by second: (time, the points of one message). A fifth of the rooms is in use; one
    device in 200 has a low battery, and one system in 100 an error for some minutes."""
    ids = list(registry.devices)
    for second in range(60):
        now = START + minute * MINUTE + second * 1000
        yield [
            (now, _message(i, id_, minute, now)) for i, id_ in enumerate(ids) if i % 60 == second
        ]


def _message(number: int, id_: str, minute: int, now: int) -> list[Point]:
    room, kind = divmod(number, IN_ROOM)
    tags = {"site": "s", "device": id_}
    used = float((room + minute // 7) % 5 == 0)
    health = {"battery_pct": 15.0 if number % 200 == 0 else 80.0, "rssi_dbm": -70.0}
    if kind == 3:
        fan = 2.0 if room % 100 == minute % 20 else 0.0
        fields = {"online": 1.0, "in_call": used, "room_in_use": used, "error_fan": fan}
        return [Point("equipment", tags, now, fields)]
    if kind == 2:
        climate = Point("climate", tags, now, {"co2_ppm": 1300.0 if used else 600.0})
        return [climate, Point("health", tags, now, health)]
    seen = {"motion_count": used * 3} if kind == 0 else {"occupied": used}
    return [Point("presence", tags, now, seen), Point("health", tags, now, health)]


def _minute(engine: Engine, state: ServiceState, registry: Registry, minute: int) -> Round:
    rules = storing = 0.0
    for batch in messages(registry, minute):
        began = time.process_time()
        now = batch[0][0] if batch else START + minute * MINUTE
        for at, points in batch:
            for point in points:
                engine.note(point, at)
        looked = engine.look(now)
        noted = time.process_time()
        with state.transaction():
            state.faults.settle(
                CODES,
                looked.findings,
                now,
                lambda subject, at=now: registry.place_of(subject, at),  # type: ignore[misc]
                looked.subjects,
            )
            state.faults.put_rule_states(engine.changed_states())
        rules += noted - began
        storing += time.process_time() - noted
    return Round(rules, storing)


def _weighed(registry: Registry) -> tuple[Engine, int]:
    """An engine that has heard everybody twice, and what it holds, bytes."""
    for id_ in registry.devices:  # the registry's own memory of limits is not the engine's
        registry.limits_of(id_)
    gc.collect()
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    engine = Engine(registry, START)
    for minute in (0, 1):
        for batch in messages(registry, minute):
            for at, points in batch:
                for point in points:
                    engine.note(point, at)
            engine.look(batch[0][0] if batch else START)
            engine.changed_states()
    gc.collect()
    held = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    return engine, held


def markdown(report: Report) -> str:
    rows = [
        ("devices, each every minute", f"{report.devices:,}"),
        ("messages/s on one core", f"{report.messages_s:,.0f}"),
        ("headroom", f"{report.headroom:.1f}x"),
        ("CPU per message, rules (µs)", f"{report.rules_us:.0f}"),
        ("CPU per message, storing (µs)", f"{report.storing_us:.0f}"),
        ("memory per device and rule state (bytes)", f"{report.memory_bytes:.0f}"),
        ("stored text per device (bytes)", f"{report.state_bytes:.0f}"),
        ("faults open at the end", f"{report.faults:,}"),
    ]
    table = "\n".join(f"| {name} | {value} |" for name, value in rows)
    return f"| what | value |\n| --- | ---: |\n{table}\n\nLoad before: {report.load:.1f}."


def _progress() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=errors,
    )


if __name__ == "__main__":
    typer.run(main)
