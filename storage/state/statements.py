"""Issued statements and what became of their mail. The statements themselves are files
(``storage.ledger``); a row here is made when a whole one stands in its folder."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

if TYPE_CHECKING:
    from storage.state.service import ServiceState

MailKind = Literal["issued", "draft", "reminder"]

STATEMENTS_V4: Final = (
    # sums: SHA-256 of the folder's SHA256SUMS
    "CREATE TABLE statement (number INTEGER PRIMARY KEY, month TEXT NOT NULL,"
    " version INTEGER NOT NULL, folder TEXT NOT NULL UNIQUE, sums TEXT NOT NULL,"
    " head TEXT NOT NULL, issued INTEGER NOT NULL, author TEXT NOT NULL, reason TEXT NOT NULL,"
    " UNIQUE (month, version))",
    # number NULL: about a month's draft; partner '' to managers
    "CREATE TABLE statement_mail (id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL,"
    " month TEXT NOT NULL, number INTEGER, person TEXT NOT NULL, partner TEXT NOT NULL,"
    " made INTEGER NOT NULL, due INTEGER NOT NULL, tries INTEGER NOT NULL DEFAULT 0,"
    " sent INTEGER, given_up INTEGER, failure TEXT NOT NULL DEFAULT '')",
    "CREATE INDEX statement_mail_due ON statement_mail (due)"
    " WHERE sent IS NULL AND given_up IS NULL",
)


class Issued(NamedTuple):
    number: int
    month: str  # 2026-10
    version: int
    folder: str  # its name within the statements' folder
    sums: str
    head: str
    issued: int  # ms
    author: str
    reason: str


class StatementMail(NamedTuple):
    id: int
    kind: MailKind
    month: str
    number: int | None
    person: str  # id in contacts.yaml
    partner: str  # "" to managers
    made: int  # ms
    due: int  # not before
    tries: int
    sent: int | None
    given_up: int | None
    failure: str  # ``rooms.alerts.failure.Failure.stored``; "" as long as nothing failed


_ISSUED: Final = "number, month, version, folder, sums, head, issued, author, reason"
_MAIL: Final = "id, kind, month, number, person, partner, made, due, tries, sent, given_up, failure"


def latest(issued: Iterable[Issued]) -> dict[str, Issued]:
    """Month -> the version that holds, by month."""
    ordered = sorted(issued, key=lambda one: (one.month, one.version))
    return {one.month: one for one in ordered}


class StoredStatements:
    def __init__(self, state: ServiceState) -> None:
        self._state = state

    # ---- issued

    def put(self, one: Issued) -> None:
        """It has been issued; with the audit trail."""
        with self._state.transaction() as db:
            db.execute(
                f"INSERT INTO statement ({_ISSUED}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608
                one,
            )
            detail = f"{one.month} version {one.version}" + (f": {one.reason}" * bool(one.reason))
            subject = f"statement {one.number}"
            self._state.access.audit(one.issued, one.author, "statement issued", subject, detail)

    def all(self) -> list[Issued]:
        """By number."""
        with self._state.reading() as db:
            rows = db.execute(f"SELECT {_ISSUED} FROM statement ORDER BY number").fetchall()  # noqa: S608
        return [Issued(*row) for row in rows]

    def latest(self, month: str) -> Issued | None:
        """The version of a month that holds."""
        return latest(self.all()).get(month)

    # ---- mail

    def queue(
        self,
        kind: MailKind,
        month: str,
        number: int | None,
        person: str,
        partner: str,
        now: int,
    ) -> None:
        with self._state.transaction() as db:
            db.execute(
                "INSERT INTO statement_mail (kind, month, number, person, partner, made, due)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (kind, month, number, person, partner, now, now),
            )

    def waiting(self) -> list[StatementMail]:
        """What is still to be sent, now or later, oldest first."""
        return self._mails("sent IS NULL AND given_up IS NULL")

    def mails(self, number: int) -> list[StatementMail]:
        """All mail about one statement."""
        return self._mails("number = ?", number)

    def told(self, month: str) -> list[StatementMail]:
        """All mail about a month's draft."""
        return self._mails("number IS NULL AND month = ?", month)

    def sent(self, id_: int, now: int) -> None:
        with self._state.transaction() as db:
            db.execute(
                "UPDATE statement_mail SET sent = ?, tries = tries + 1, failure = '' WHERE id = ?",
                (now, id_),
            )

    def failed(self, id_: int, failure: str, due: int | None, now: int) -> None:
        """To be tried again at ``due``; ``None``: never."""
        with self._state.transaction() as db:
            db.execute(
                "UPDATE statement_mail SET failure = ?, tries = tries + 1,"
                " due = coalesce(?, due), given_up = CASE WHEN ? IS NULL THEN ? END WHERE id = ?",
                (failure, due, due, now, id_),
            )

    def again(self, number: int, now: int) -> int:
        """What was given up about a statement is to be sent after all; how many that are."""
        with self._state.transaction() as db:
            return db.execute(
                "UPDATE statement_mail SET given_up = NULL, due = ?, made = ?"
                " WHERE number = ? AND given_up IS NOT NULL",
                (now, now, number),
            ).rowcount

    def _mails(self, where: str, *values: object) -> list[StatementMail]:
        with self._state.reading() as db:
            rows = db.execute(
                f"SELECT {_MAIL} FROM statement_mail WHERE {where} ORDER BY id",  # noqa: S608
                values,
            ).fetchall()
        return [StatementMail(*row) for row in rows]
