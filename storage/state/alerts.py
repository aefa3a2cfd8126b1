"""The queue of alerts and how far each has come (design 7).

A delivery is marked delivered only after it was; so a kill in between repeats that one, and
loses none.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from rooms.alerts.message import Alert, AlertKind, Delivery, Entry

if TYPE_CHECKING:
    from storage.state.service import ServiceState

ALERTS_V3: Final = (
    "CREATE TABLE alert (id INTEGER PRIMARY KEY AUTOINCREMENT, person TEXT NOT NULL,"
    " kind TEXT NOT NULL, site TEXT NOT NULL, due INTEGER NOT NULL, created INTEGER NOT NULL,"
    " urgent INTEGER NOT NULL, entries TEXT NOT NULL, state TEXT NOT NULL, settled INTEGER,"
    " answered INTEGER)",
    "CREATE INDEX alert_waiting ON alert (due) WHERE state = 'waiting'",
    "CREATE INDEX alert_settled ON alert (settled)",
    "CREATE TABLE delivery (alert INTEGER NOT NULL, channel TEXT NOT NULL, state TEXT NOT NULL,"
    " attempts INTEGER NOT NULL, next_try INTEGER NOT NULL, error TEXT NOT NULL,"
    " settled INTEGER, PRIMARY KEY (alert, channel)) WITHOUT ROWID",
    "CREATE INDEX delivery_waiting ON delivery (next_try) WHERE state = 'waiting'",
    # who was told that a fault is there, so that the same are told when it is over
    "CREATE TABLE told (fault TEXT NOT NULL, person TEXT NOT NULL, at INTEGER NOT NULL,"
    " PRIMARY KEY (fault, person)) WITHOUT ROWID",
)
_ALERT: Final = ", ".join(Alert._fields)
_DELIVERY: Final = ", ".join(Delivery._fields)


class StoredAlerts:
    def __init__(self, state: ServiceState) -> None:
        self._state = state

    # ---- alerts

    def put(self, alert: Alert) -> int:
        """Keep a new alert (its ``id`` is 0) or what became of an old one; return its id."""
        row: list[Any] = [*alert]
        row[0] = alert.id or None
        row[Alert._fields.index("entries")] = json.dumps(alert.entries)
        marks = ", ".join("?" * len(row))
        with self._state.transaction() as db:
            id_ = db.execute(
                f"INSERT OR REPLACE INTO alert ({_ALERT}) VALUES ({marks})",  # noqa: S608
                row,
            ).lastrowid
        assert id_ is not None
        return alert.id or id_

    def get(self, id_: int) -> Alert | None:
        found = self._alerts("id = ?", (id_,))
        return found[0] if found else None

    def waiting(self) -> list[Alert]:
        """By the time at which they are due."""
        return self._alerts("state = 'waiting' ORDER BY due, id", ())

    def sent_since(self, person: str, at: int) -> list[Alert]:
        """By the time at which they were sent."""
        return self._alerts(
            "person = ? AND state = 'sent' AND settled >= ? ORDER BY settled, id", (person, at)
        )

    def last(self, kind: AlertKind, person: str, site: str) -> Alert | None:
        found = self._alerts(
            "kind = ? AND person = ? AND site = ? ORDER BY id DESC LIMIT 1", (kind, person, site)
        )
        return found[0] if found else None

    def answer(self, id_: int, now: int) -> bool:
        """Use an alert's link; false if it has been used, or there is no such alert."""
        with self._state.transaction() as db:
            return (
                db.execute(
                    "UPDATE alert SET answered = ? WHERE id = ? AND answered IS NULL", (now, id_)
                ).rowcount
                == 1
            )

    def _alerts(self, where: str, given: Sequence[Any]) -> list[Alert]:
        with self._state.reading() as db:
            rows = db.execute(f"SELECT {_ALERT} FROM alert WHERE {where}", given).fetchall()  # noqa: S608
        return [
            Alert(*row)._replace(
                urgent=bool(row[6]), entries=tuple(Entry(*e) for e in json.loads(row[7]))
            )
            for row in rows
        ]

    # ---- deliveries

    def put_deliveries(self, deliveries: Iterable[Delivery]) -> None:
        marks = ", ".join("?" * len(Delivery._fields))
        with self._state.transaction() as db:
            db.executemany(
                f"INSERT OR REPLACE INTO delivery ({_DELIVERY}) VALUES ({marks})",  # noqa: S608
                deliveries,
            )

    def deliveries(self, alert: int) -> list[Delivery]:
        return self._deliveries("alert = ? ORDER BY channel", (alert,))

    def on_their_way(self) -> list[Delivery]:
        """By the time of the next try."""
        return self._deliveries("state = 'waiting' ORDER BY next_try, alert, channel", ())

    def _deliveries(self, where: str, given: Sequence[Any]) -> list[Delivery]:
        with self._state.reading() as db:
            rows = db.execute(
                f"SELECT {_DELIVERY} FROM delivery WHERE {where}",  # noqa: S608
                given,
            ).fetchall()
        return [Delivery(*row) for row in rows]

    # ---- who knows

    def tell(self, faults: Iterable[str], person: str, at: int) -> None:
        with self._state.transaction() as db:
            db.executemany(
                "INSERT OR REPLACE INTO told (fault, person, at) VALUES (?, ?, ?)",
                [(fault, person, at) for fault in faults],
            )

    def told(self, fault: str) -> dict[str, int]:
        """By person, when they were told last."""
        with self._state.reading() as db:
            rows = db.execute("SELECT person, at FROM told WHERE fault = ?", (fault,)).fetchall()
        return dict(rows)

    def untell(self, fault: str) -> None:
        """It is over, and those who knew have been told so."""
        with self._state.transaction() as db:
            db.execute("DELETE FROM told WHERE fault = ?", (fault,))

    def prune(self, before: int) -> None:
        """Forget what was settled before (ms)."""
        with self._state.transaction() as db:
            old = "(SELECT id FROM alert WHERE settled < ?)"
            db.execute(f"DELETE FROM delivery WHERE alert IN {old}", (before,))  # noqa: S608
            db.execute("DELETE FROM alert WHERE settled < ?", (before,))
