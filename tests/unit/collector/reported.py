"""A watched house with a reporter, whose minutes pass by hand."""

from __future__ import annotations

from typing import Any

from posting import MIN, NOW
from watched import WatchedHouse

from collector.reporter import Reporter
from rooms.readings import Point
from storage.forwarder import Forwarder

SUMMED = ("received", "stored", "duplicate", "ignored", "quarantined")


class ReportedHouse(WatchedHouse):
    def open(self) -> None:
        super().open()
        self.up = True
        self.forwarder = Forwarder(
            self.post.outbox, self.store, clock=self.clock, day_of=lambda _: "2026-11-23"
        )
        self.reporter = Reporter(
            self.post.outbox,
            self.state,
            self.store,
            lambda: self.registry,
            clock=self.clock,
            progress=self.forwarder.progress,
            watched=lambda: self.watch.last_step,
            broker_up=lambda: self.up,
            disk_free=lambda: 5_000,
        )

    def forward(self) -> None:
        while self.forwarder.step():
            pass

    def minutes(self, until: float) -> None:
        """Let whole minutes pass, each looked at a second late."""
        first = (self.now - NOW) // MIN + 1
        for minute in range(first, round(until) + 1):
            self.now = NOW + minute * MIN + 1_000
            self.look()
            self.reporter.step()

    def points(self, measurement: str) -> list[tuple[float, Point]]:
        """By minute from the start."""
        found = self.store.read(measurement, {}, 0, 2**42)
        return [((point.time - NOW) / MIN, point) for point in found]

    def service(self, *names: str) -> dict[float, Any]:
        return {
            at: tuple(p.fields[n] for n in names) if len(names) > 1 else p.fields[names[0]]
            for at, p in self.points("service")
        }

    def sums(self) -> dict[str, float]:
        found = [p.fields for _, p in self.points("service")]
        return {name: sum(float(fields[name]) for fields in found) for name in SUMMED}

    def counted(self) -> dict[str, float]:
        """As the accounts have it, over all days."""
        whole = dict.fromkeys(SUMMED, 0.0)
        for account, count in self.post.outbox.accounts().items():
            whole[account.outcome] += count
            whole["received"] += count
        return whole
