"""Faults and what happened to them (design 7): ``rooms.faults.lifecycle`` decides, this keeps.

The transitions are the truth; a fault's row is how it stands after the last of them, and its
spells are when it was there (a fault that came back has several).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from rooms.faults.fault import Change, Fault, Transition
from rooms.faults.finding import Finding, Key
from rooms.faults.lifecycle import REOPEN_MS, Act, NotPossible, Place_of, act, advance, nowhere
from rooms.faults.report import REPORTED, REPORTER, report
from rooms.spell import Spell
from rooms.units import DAY_MS

if TYPE_CHECKING:
    from storage.state.service import ServiceState

KEEP_MS: Final = 400 * DAY_MS  # a year and a month to look back on
MOST_REPORTS: Final = 20  # with words on one fault: enough to read, and no room to flood

FAULTS_V3: Final = (
    "CREATE TABLE fault (id TEXT PRIMARY KEY, code TEXT NOT NULL, subject TEXT NOT NULL,"
    " detail TEXT NOT NULL, severity TEXT NOT NULL, since INTEGER NOT NULL, site TEXT NOT NULL,"
    " room TEXT, opened INTEGER NOT NULL, resolved INTEGER, acknowledged INTEGER,"
    " acknowledged_by TEXT NOT NULL, snoozed_until INTEGER, held TEXT NOT NULL,"
    " level INTEGER NOT NULL, reopened INTEGER NOT NULL, members TEXT NOT NULL) WITHOUT ROWID",
    "CREATE INDEX fault_key ON fault (code, subject)",
    "CREATE INDEX fault_open ON fault (opened) WHERE resolved IS NULL",
    "CREATE INDEX fault_resolved ON fault (resolved) WHERE resolved IS NOT NULL",
    "CREATE TABLE fault_spell (fault TEXT NOT NULL, start INTEGER NOT NULL, stop INTEGER)",
    "CREATE INDEX fault_spell_fault ON fault_spell (fault)",
    "CREATE INDEX fault_spell_stop ON fault_spell (stop)",
    "CREATE TABLE fault_transition (seq INTEGER PRIMARY KEY AUTOINCREMENT, fault TEXT NOT NULL,"
    " at INTEGER NOT NULL, kind TEXT NOT NULL, severity TEXT NOT NULL, who TEXT NOT NULL,"
    " note TEXT NOT NULL, until INTEGER, held TEXT NOT NULL)",
    "CREATE INDEX fault_transition_fault ON fault_transition (fault)",
    "CREATE INDEX fault_transition_at ON fault_transition (at)",
    # what the rules remember of a subject, as text of their own making
    "CREATE TABLE rule_state (subject TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID",
)
_FAULT: Final = ", ".join(Fault._fields[:-1])
_AGAIN: Final = (
    "(SELECT nullif(max(start), fault.since) FROM fault_spell WHERE fault_spell.fault = fault.id)"
)
_TRANSITION: Final = "fault, at, kind, severity, who, note, until, held, seq"
_MARKS: Final = ", ".join("?" * (len(Fault._fields) - 1))


class Asked(NamedTuple):
    """Which faults: all that are given must hold. Newest first; ``before`` is the (opened, id)
    of the last one of the page before."""

    open: bool | None = None
    site: str | None = None
    room: str | None = None
    subject: str | None = None
    code: str | None = None
    severity: str | None = None
    held: bool | None = None  # are its alerts kept back?
    start: int | None = None  # there at some time in [start, stop)
    stop: int | None = None
    before: tuple[int, str] | None = None
    most: int = 100


class StoredFaults:
    def __init__(self, state: ServiceState) -> None:
        self._state = state

    # ---- what changes them

    def settle(
        self,
        codes: Collection[str],
        findings: Iterable[Finding],
        now: int,
        place_of: Place_of = nowhere,
        subjects: Collection[str] | None = None,
    ) -> list[Change]:
        """Make ``findings`` all that is wrong, of these codes (and subjects, if given)."""
        if subjects is not None and not subjects:
            return []
        with self._state.transaction():
            known = self._recent(codes, now, subjects)
            changes = advance(known, findings, now, place_of, self._latest)
            self.put(changes, now)
        return changes

    def act(
        self, id_: str, what: Act, now: int, who: str, note: str = "", until: int | None = None
    ) -> Fault | None:
        """What a person does; ``None`` if there is no such fault. Raises ``NotPossible``."""
        with self._state.transaction():
            fault = self.get(id_)
            if fault is None:
                return None
            at = now if what != "resolved" else max(now, self._latest(fault.key) or now)
            change = act(fault, what, at, who, note, until)
            self.put([change], now)
            self._state.access.audit(now, who, f"fault {what}", id_, note)
        return change.fault

    def report(
        self, room: str, thing: str, words: str, now: int, place_of: Place_of = nowhere
    ) -> Fault:
        """Somebody in the room says that something is wrong. Raises ``NotPossible``.

        The words stand in the fault's history alone, which is pruned; the audit trail is not.
        """
        with self._state.transaction():
            known = self._recent((REPORTED,), now, {room})
            change = report(known, room, thing, words, now, place_of, self._latest)
            if change.transition is not None:
                before = [t for t in self.transitions(change.fault.id) if t.who == REPORTER]
                if change.transition.kind == "commented" and len(before) >= MOST_REPORTS:
                    raise NotPossible("api.reported_often")
                self.put([change], now)
                self._state.access.audit(now, REPORTER, "report", change.fault.id, thing)
        return change.fault

    def put(self, changes: Iterable[Change], now: int) -> None:
        """Keep what has been decided."""
        subjects = set()
        with self._state.transaction() as db:
            for fault, transition, start in changes:
                subjects.add(fault.subject)
                row = fault._replace(members=json.dumps(fault.members))  # type: ignore[arg-type]
                db.execute(f"INSERT OR REPLACE INTO fault ({_FAULT}) VALUES ({_MARKS})", row[:-1])  # noqa: S608
                if transition is not None:
                    self._put_transition(db, transition, start)
            if subjects:
                self._state.live.tell("problem", sorted(subjects), now)

    def _put_transition(self, db: sqlite3.Connection, what: Transition, start: int | None) -> None:
        db.execute(
            "INSERT INTO fault_transition (fault, at, kind, severity, who, note, until, held)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            what[:-1],
        )
        if start is not None:
            db.execute("INSERT INTO fault_spell VALUES (?, ?, NULL)", (what.fault, start))
        elif what.kind == "resolved":
            db.execute(
                "UPDATE fault_spell SET stop = ? WHERE fault = ? AND stop IS NULL",
                (what.at, what.fault),
            )

    def prune(self, now: int) -> None:
        """Forget what was over long ago."""
        with self._state.transaction() as db:
            old = "(SELECT id FROM fault WHERE resolved < ?)"
            for table in ("fault_spell", "fault_transition"):
                db.execute(f"DELETE FROM {table} WHERE fault IN {old}", (now - KEEP_MS,))  # noqa: S608
            db.execute("DELETE FROM fault WHERE resolved < ?", (now - KEEP_MS,))

    # ---- what is asked of them

    def get(self, id_: str) -> Fault | None:
        found = self._faults("id = ?", (id_,))
        return found[0] if found else None

    def open(self) -> list[Fault]:
        """By onset."""
        return self._faults("resolved IS NULL ORDER BY since, code, subject, detail", ())

    def find(self, asked: Asked) -> list[Fault]:
        where, given = ["1"], []
        if asked.open is not None:
            where.append(f"resolved IS {'' if asked.open else 'NOT '}NULL")
        for name in ("site", "room", "subject", "code", "severity"):
            if (value := getattr(asked, name)) is not None:
                where.append(f"{name} = ?")
                given.append(value)
        if asked.held is not None:
            where.append("held != ''" if asked.held else "held = ''")
        if asked.start is not None:
            where.append("coalesce(resolved, ?) > ?")
            given += [asked.start + 1, asked.start]
        if asked.stop is not None:
            where.append("since < ?")
            given.append(asked.stop)
        if asked.before is not None:
            where.append("(opened, id) < (?, ?)")
            given += asked.before
        given.append(asked.most)
        return self._faults(f"{' AND '.join(where)} ORDER BY opened DESC, id DESC LIMIT ?", given)

    def transitions(self, fault: str) -> list[Transition]:
        """Of one fault, oldest first."""
        return self._transitions("fault = ? ORDER BY seq", (fault,))

    def after(self, seq: int, most: int = 1000) -> list[Transition]:
        """Of all, in the order they were stored."""
        return self._transitions("seq > ? ORDER BY seq LIMIT ?", (seq, most))

    def between(self, start: int, stop: int) -> list[Transition]:
        """Of all, at a time in ``[start, stop)``."""
        return self._transitions("at >= ? AND at < ? ORDER BY seq", (start, stop))

    def spells(self, start: int, stop: int) -> list[Spell]:
        """When something was wrong, of what touches ``[start, stop)`` ms, by onset."""
        with self._state.reading() as db:
            rows = db.execute(
                "SELECT code, subject, detail, severity, start, stop FROM fault_spell"
                " JOIN fault ON fault.id = fault WHERE (stop > ? OR stop IS NULL) AND start < ?"
                " ORDER BY start, code, subject, detail",
                (start, stop),
            ).fetchall()
        return [Spell(*row) for row in rows]

    def happened(self, start: int, stop: int) -> list[tuple[Fault, Transition]]:
        """As ``between``, each with its fault as it is now."""
        them = self.between(start, stop)
        ids = json.dumps([*{one.fault for one in them}])
        found = self._faults("id IN (SELECT value FROM json_each(?))", (ids,))
        faults = {fault.id: fault for fault in found}
        return [(faults[one.fault], one) for one in them]

    def times(self, fault: str) -> list[tuple[int, int | None]]:
        """When it was there, oldest first; ``None``: it still is."""
        with self._state.reading() as db:
            return db.execute(
                "SELECT start, stop FROM fault_spell WHERE fault = ? ORDER BY rowid", (fault,)
            ).fetchall()

    def _latest(self, key: Key) -> int | None:
        """When its last spell began or ended."""
        with self._state.reading() as db:
            row = db.execute(
                "SELECT max(coalesce(stop, start)) FROM fault_spell JOIN fault ON id = fault"
                " WHERE code = ? AND subject = ? AND detail = ?",
                key,
            ).fetchone()
        return None if row[0] is None else int(row[0])

    def _recent(
        self, codes: Collection[str], now: int, subjects: Collection[str] | None
    ) -> list[Fault]:
        """Open, or over for so short a time that it could come back."""
        where = "(resolved IS NULL OR resolved >= ?) AND code IN (SELECT value FROM json_each(?))"
        given = [now - REOPEN_MS, json.dumps([*codes])]
        if subjects is not None:
            where += " AND subject IN (SELECT value FROM json_each(?))"
            given.append(json.dumps([*subjects]))
        return self._faults(where, given)

    def _faults(self, where: str, given: Sequence[Any]) -> list[Fault]:
        with self._state.reading() as db:
            rows = db.execute(
                f"SELECT {_FAULT}, {_AGAIN} FROM fault WHERE {where}",  # noqa: S608
                given,
            ).fetchall()
        faults = (Fault(*row) for row in rows)
        return [fault._replace(members=tuple(json.loads(str(fault.members)))) for fault in faults]

    def _transitions(self, where: str, given: Sequence[Any]) -> list[Transition]:
        with self._state.reading() as db:
            rows = db.execute(
                f"SELECT {_TRANSITION} FROM fault_transition WHERE {where}",  # noqa: S608
                given,
            ).fetchall()
        return [Transition(*row) for row in rows]

    # ---- what the rules remember

    def rule_states(self) -> dict[str, str]:
        with self._state.reading() as db:
            return dict(db.execute("SELECT subject, body FROM rule_state"))

    def put_rule_states(self, bodies: Iterable[tuple[str, str]]) -> None:
        with self._state.transaction() as db:
            db.executemany("INSERT OR REPLACE INTO rule_state VALUES (?, ?)", bodies)

    def drop_rule_states(self, subjects: Iterable[str]) -> None:
        with self._state.transaction() as db:
            db.executemany("DELETE FROM rule_state WHERE subject = ?", [(s,) for s in subjects])
