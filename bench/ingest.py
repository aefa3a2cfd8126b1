"""``make bench``: what the collector costs, against subscribers that only receive.

Messages per second and CPU time per message in interleaved rounds on one Mosquitto,
the time from publish to visible in the store, and resident memory over very many
messages. What is counted how: docs/performance.md.
"""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated, Literal

import msgspec
import typer
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from bench import latency, rounds
from bench.broker import Broker
from bench.collector import Collector
from bench.influx import influxdb
from bench.ingest_report import Memory, Report, markdown
from bench.publisher import Leg
from bench.soak import soak
from bench.subscribers import BarePaho, MosquittoSub, Subscriber
from rumskoll.wiring import clock
from storage.open import open_store

errors = Console(stderr=True)


def main(
    store: Annotated[Literal["sqlite", "influx"], typer.Option()] = "sqlite",
    number_of_rounds: Annotated[int, typer.Option("--rounds", min=1)] = 5,
    messages: Annotated[int, typer.Option(min=500, help="to each subscriber in a round")] = 60_000,
    seconds: Annotated[int, typer.Option("--latency", min=0, help="seconds; 0: leave out")] = 30,
    soaked: Annotated[int, typer.Option("--soak", min=0, help="messages, e.g. 1000000")] = 0,
    quick: Annotated[bool, typer.Option("--quick", help="a short run that shows it works")] = False,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    if quick:
        number_of_rounds, messages, seconds, soaked = 1, 2000, 1, 1000
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        broker = Broker(folder / "broker")
        stack.callback(broker.stop)
        address, login = f"sqlite:{folder / 'store.db'}", ("", "")
        if store == "influx":
            address, login = stack.enter_context(influxdb(folder / "influxd"))
        collector = Collector(folder / "collector", address, login)
        results = _rounds(broker, collector, number_of_rounds, messages)
        with collector.running(broker):
            delays = _latency(broker, collector, seconds) if seconds else None
            memory = _soak(broker, collector, soaked) if soaked else None
    rows = rounds.rows(results, BarePaho.name)
    report = Report(store, messages, number_of_rounds, rows, results, delays, memory)
    if as_json:
        print(msgspec.json.format(msgspec.json.encode(report)).decode())
    else:
        print(markdown(report))


def _progress() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=errors,
        transient=True,
    )


def _rounds(broker: Broker, collector: Collector, number: int, messages: int) -> list[rounds.Round]:
    subscribers: list[Subscriber] = [BarePaho(), MosquittoSub(), collector]
    with _progress() as progress:
        task = progress.add_task("rounds", total=number * len(subscribers))

        def tell(done: rounds.Round) -> None:
            progress.advance(task)
            errors.print(f"{done.subscriber}: {done.rate:,.0f}/s, {done.cpu_us:.0f} µs/message")

        return rounds.run(broker, subscribers, number, messages, tell)


def _latency(broker: Broker, collector: Collector, seconds: int) -> latency.Latency:
    user, token = collector.login
    reader = open_store(collector.store, user=user, token=token, clock=clock)
    count = seconds * latency.RATE
    leg = Leg(broker.port, collector.base, clock(), count, latency.RATE)
    with errors.status(f"latency, {seconds} s"):
        found = latency.measure(leg, reader, count)
    collector.wait(count)
    reader.close()
    return found


def _soak(broker: Broker, collector: Collector, count: int) -> Memory:
    with _progress() as progress:
        task = progress.add_task("memory", total=count)
        at = []
        for done, mb in soak(broker, collector, clock(), count):
            progress.update(task, completed=done)
            at.append((done, mb))
    return Memory(at, collector.peak_mb())


if __name__ == "__main__":
    typer.run(main)
