"""The results as Markdown, to paste into docs/performance.md."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from bench.latency import Latency
from bench.rounds import Round, Row


class Memory(msgspec.Struct, frozen=True):
    """Resident megabytes (10^6 bytes) at numbers of messages, and the kernel's high-water mark."""

    at: list[tuple[int, float]]
    peak_mb: float


class Report(msgspec.Struct, frozen=True):
    store: str
    messages: int  # in a round, to each subscriber
    rounds: int
    rows: list[Row]
    results: list[Round]
    latency: Latency | None
    memory: Memory | None


def markdown(report: Report) -> str:
    parts = [_table(report)]
    if report.latency:
        parts.append(_latency(report.latency))
    if report.memory:
        parts.append(_memory(report.memory))
    return "\n\n".join(parts)


def _table(report: Report) -> str:
    head = [
        f"{report.rounds} rounds of {report.messages:,} messages, store: {report.store}",
        "",
        "| subscriber | messages/s (least to most) | to paho | CPU µs/message | to paho |",
        "| --- | --- | --- | --- | --- |",
    ]
    return "\n".join([*head, *map(_line, report.rows)])


def _line(row: Row) -> str:
    return (
        f"| {row.name} | {row.rate:,.0f} ({row.lowest:,.0f} to {row.highest:,.0f})"
        f" | {row.rate_ratio:.2f} | {row.cpu_us:.0f} | {row.cpu_ratio:.2f} |"
    )


def _latency(latency: Latency) -> str:
    return (
        f"Publish to visible in the store: p50 {latency.p50} ms, p99 {latency.p99} ms, longest"
        f" {latency.longest} ms over {latency.readings} readings (longest pause between two"
        f" looks: {latency.step} ms)."
    )


def _memory(memory: Memory) -> str:
    (_, first), (count, last) = memory.at[0], memory.at[-1]
    most = max(memory.at, key=lambda entry: entry[1])
    lines: Sequence[str] = [
        f"Resident memory: {first:.0f} MB at first, {last:.0f} MB after {count:,} messages;"
        f" most at a look {most[1]:.0f} MB (after {most[0]:,}), peak {memory.peak_mb:.0f} MB.",
        "",
        ", ".join(f"{mb:.0f}" for _, mb in memory.at) + " MB",
    ]
    return "\n".join(lines)
