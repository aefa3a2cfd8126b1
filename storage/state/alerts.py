"""The queue of alerts and how far each has come (design 7).

A delivery is marked delivered only after it was; so a kill in between repeats that one, and
loses none.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from rooms.alerts.message import Alert, AlertKind, Delivery, Entry, Told

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
    "CREATE TABLE told (fault TEXT NOT NULL, person TEXT NOT NULL, first INTEGER NOT NULL,"
    " last INTEGER NOT NULL, digest INTEGER NOT NULL, PRIMARY KEY (fault, person)) WITHOUT ROWID",
)
_ALERT: Final = ", ".join(Alert._fields)
_DELIVERY: Final = ", ".join(Delivery._fields)


class Totals(NamedTuple):
    """How many of the alerts that are kept are where; ``oldest`` is when the one that waits
    longest was handed over (ms)."""

    alerts: dict[str, int]  # by state
    deliveries: dict[tuple[str, str], int]  # by state and kind of channel
    oldest: int | None


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

    def newest(self, most: int, before: int | None = None) -> list[Alert]:
        """Of all people, newest first; ``before`` is the id of the last one of the page before."""
        return self._alerts("id < ? ORDER BY id DESC LIMIT ?", (before or 2**62, most))

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

    def totals(self) -> Totals:
        with self._state.reading() as db:
            alerts = db.execute("SELECT state, count(*) FROM alert GROUP BY state").fetchall()
            deliveries = db.execute(
                "SELECT state, substr(channel, 1, instr(channel || ':', ':') - 1), count(*)"
                " FROM delivery GROUP BY 1, 2"
            ).fetchall()
            (oldest,) = db.execute(
                "SELECT min(alert.settled) FROM delivery JOIN alert ON alert.id = delivery.alert"
                " WHERE delivery.state = 'waiting'"
            ).fetchone()
        return Totals(dict(alerts), {(a, b): n for a, b, n in deliveries}, oldest)

    def outcomes(self, start: int, stop: int) -> dict[str, int]:
        """By state, the deliveries that were settled in ``[start, stop)`` ms."""
        with self._state.reading() as db:
            return dict(
                db.execute(
                    "SELECT state, count(*) FROM delivery WHERE settled >= ? AND settled < ?"
                    " GROUP BY state",
                    (start, stop),
                ).fetchall()
            )

    def _deliveries(self, where: str, given: Sequence[Any]) -> list[Delivery]:
        with self._state.reading() as db:
            rows = db.execute(
                f"SELECT {_DELIVERY} FROM delivery WHERE {where}",  # noqa: S608
                given,
            ).fetchall()
        return [Delivery(*row) for row in rows]

    # ---- who knows

    def tell(self, faults: Iterable[str], person: str, at: int, *, digest: bool = False) -> None:
        """They have been told that these are there. What was told by itself stays so."""
        with self._state.transaction() as db:
            db.executemany(
                "INSERT INTO told (fault, person, first, last, digest) VALUES (?, ?, ?, ?, ?)"
                " ON CONFLICT DO UPDATE SET first = min(first, excluded.first),"
                " last = excluded.last, digest = min(digest, excluded.digest)",
                [(fault, person, at, at, digest) for fault in faults],
            )

    def told(self) -> list[Told]:
        """Who knows of what, until they have been told that it is over."""
        with self._state.reading() as db:
            rows = db.execute("SELECT fault, person, first, last, digest FROM told").fetchall()
        return [Told(*row)._replace(digest=bool(row[4])) for row in rows]

    def untell(self, faults: Iterable[str], person: str) -> None:
        """They are over, and the person has been told so."""
        with self._state.transaction() as db:
            db.executemany(
                "DELETE FROM told WHERE fault = ? AND person = ?",
                [(fault, person) for fault in faults],
            )

    def prune(self, before: int) -> None:
        """Forget what was settled before (ms)."""
        with self._state.transaction() as db:
            old = "(SELECT id FROM alert WHERE settled < ?)"
            db.execute(f"DELETE FROM delivery WHERE alert IN {old}", (before,))  # noqa: S608
            db.execute("DELETE FROM alert WHERE settled < ?", (before,))
