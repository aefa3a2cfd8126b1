"""What is done each hour."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from collector.coverage import Coverage
from rooms.alerts.message import Alert
from rooms.dayevidence import DayEvidence
from rooms.faults import Finding
from rooms.registry import Registry
from rooms.units import DAY_MS
from rumskoll.chores import Chores
from storage.outbox import Account, Batch, Outbox
from storage.sqlite import SqliteStore
from storage.state import ServiceState

NOW = 1_795_424_400_000
CODES = ("battery_low",)


def test_what_is_old_is_let_go(tmp_path: Path) -> None:
    outbox, state = Outbox(tmp_path / "outbox.db"), ServiceState(tmp_path / "service.db")
    store = SqliteStore(tmp_path / "store.db", retention_s=None, clock=lambda: NOW)
    for at in (NOW - 402 * DAY_MS, NOW - 399 * DAY_MS):
        low = Finding("battery_low", f"d{at}", "", "warning", at)
        state.faults.settle(CODES, [low], at)
        state.faults.settle(CODES, [], at + 1)
        alert = Alert(0, "anna", "faults", "s", at, at, state="sent", settled=at)
        state.alerts.put(alert)
    days = ("2025-01-01", "2026-11-01")
    accounts = {Account(day, "av", "d", "stored", ""): 1 for day in days}
    outbox.commit(Batch(accounts=accounts))
    kept = [date(2024, 9, 13), date(2024, 9, 14)]
    state.evidence.put(("granen", day, DayEvidence()) for day in kept)
    chores = Chores(
        outbox,
        state,
        store,
        Coverage(state, store, lambda: Registry([]), clock=lambda: NOW),
        clock=lambda: NOW,
        day_of={NOW - 400 * DAY_MS: "2025-10-19", NOW - 800 * DAY_MS: "2024-09-14"}.__getitem__,
        retention_days=90,
    )
    chores.step()
    assert [spell.start for spell in state.faults.spells(0, NOW)] == [NOW - 399 * DAY_MS]
    assert [alert.settled for alert in state.alerts.sent_since("anna", 0)] == [NOW - 399 * DAY_MS]
    assert [account.day for account in outbox.accounts()] == ["2026-11-01"]
    assert [d for _, d, _ in state.evidence.read(["granen"], date.min, date.max)] == kept[1:]
    for part in (outbox, state, store):
        part.close()
