"""Opens ``service.db`` and holds its schema; the tables' words are in the files beside."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storage.state.access import ACCESS_V1, ACCESS_V2, Access
from storage.state.alerts import ALERTS_V3, StoredAlerts
from storage.state.claims import CLAIMS_V2, StoredClaims
from storage.state.dirty import DIRTY_V2, Dirty
from storage.state.disputes import DISPUTES_V4, StoredDisputes
from storage.state.evidence import EVIDENCE_V4, StoredEvidence
from storage.state.faults import FAULTS_V3, StoredFaults
from storage.state.live import LIVE_V1, LIVE_V2, Live
from storage.state.problems_v2 import adopt_problems
from storage.state.statements import STATEMENTS_V4, StoredStatements
from storage.state.windows import WINDOWS_V3, StoredWindows
from storage.versions import open_versioned, transaction


def _v1(db: sqlite3.Connection) -> None:
    for statement in (*LIVE_V1, *ACCESS_V1):
        db.execute(statement)


def _v2(db: sqlite3.Connection) -> None:
    for statement in (*LIVE_V2, *DIRTY_V2, *CLAIMS_V2, *ACCESS_V2):
        db.execute(statement)


def _v3(db: sqlite3.Connection) -> None:
    for statement in (*FAULTS_V3, *ALERTS_V3, *WINDOWS_V3):
        db.execute(statement)
    adopt_problems(db)


def _v4(db: sqlite3.Connection) -> None:
    for statement in (*EVIDENCE_V4, *STATEMENTS_V4, *DISPUTES_V4):
        db.execute(statement)


MIGRATIONS = (_v1, _v2, _v3, _v4)


class ServiceState:
    """One connection, safe between threads; processes share the file (WAL)."""

    def __init__(self, path: Path) -> None:
        self.db = open_versioned(path, MIGRATIONS, what="service state")
        self._lock = threading.RLock()
        self.live = Live(self)
        self.dirty = Dirty(self)
        self.claims = StoredClaims(self)
        self.access = Access(self)
        self.faults = StoredFaults(self)
        self.alerts = StoredAlerts(self)
        self.windows = StoredWindows(self)
        self.evidence = StoredEvidence(self)
        self.statements = StoredStatements(self)
        self.disputes = StoredDisputes(self)

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing; nested use joins the outer transaction."""
        with self._lock:
            if self.db.in_transaction:
                yield self.db
                return
            with transaction(self.db):
                yield self.db

    @contextmanager
    def part(self) -> Iterator[None]:
        """Within a transaction: what fails in here is undone by itself, and raised.

        Where a full disk has undone the whole transaction, that is for the outer one to see.
        """
        with self.transaction() as db:
            db.execute("SAVEPOINT part")
            try:
                yield
            except BaseException:
                if db.in_transaction:
                    db.execute("ROLLBACK TO part")
                    db.execute("RELEASE part")
                raise
            db.execute("RELEASE part")

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            yield self.db

    def close(self) -> None:
        with self._lock:
            self.db.close()
