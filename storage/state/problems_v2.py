"""What version 2 of ``service.db`` knew of faults: open problems, and those that were over."""

from __future__ import annotations

import sqlite3
from typing import Final

from rooms.faults.fault import Fault, fault_id

_COLUMNS: Final = ", ".join(Fault._fields[:-1])
_MARKS: Final = ", ".join("?" * (len(Fault._fields) - 1))


def adopt_problems(db: sqlite3.Connection) -> None:
    """The problems of version 2 become faults, so that no time that was lost is forgotten."""
    rows = db.execute("SELECT code, subject, detail, severity, since, NULL FROM problem").fetchall()
    rows += db.execute(
        "SELECT code, subject, detail, severity, since, until FROM problem_past"
    ).fetchall()
    for code, subject, detail, severity, since, until in rows:
        id_ = fault_id("", (code, subject, detail), since)
        fault = Fault(
            id_, code, subject, detail, severity, since, opened=since, resolved=until
        )._replace(members="[]")  # type: ignore[arg-type]
        if db.execute("SELECT 1 FROM fault WHERE id = ?", (id_,)).fetchone():
            continue
        db.execute(f"INSERT INTO fault ({_COLUMNS}) VALUES ({_MARKS})", fault[:-1])  # noqa: S608
        db.execute("INSERT INTO fault_spell VALUES (?, ?, ?)", (id_, since, until))
        for kind, at in (("opened", since), ("resolved", until)):
            if at is not None:
                db.execute(
                    "INSERT INTO fault_transition (fault, at, kind, severity, who, note, until,"
                    " held) VALUES (?, ?, ?, ?, '', '', NULL, '')",
                    (id_, at, kind, severity),
                )
    db.execute("DROP TABLE problem")
    db.execute("DROP TABLE problem_past")
