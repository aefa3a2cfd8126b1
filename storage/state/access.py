"""Who may do what: API keys, one-time login links, the audit trail (design 8).

Only hashes are kept. The secrets are 256 random bits, so a plain SHA-256 is as
strong as a slow password hash here and costs nothing on every request
(docs/decisions/0006).
"""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

if TYPE_CHECKING:
    from storage.state.service import ServiceState

Role = Literal["viewer", "maintainer", "manager", "partner"]
ROLES: tuple[Role, ...] = get_args(Role)
Kind = Literal["api", "display", "panel"]

ACCESS_V1 = (
    # kind: api (Authorization header), display (read-only link of a wall screen),
    # panel (a check-in panel's token: its role is never asked for)
    "CREATE TABLE key (id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL,"
    " hash BLOB NOT NULL UNIQUE, role TEXT NOT NULL, partner TEXT, label TEXT NOT NULL,"
    " created INTEGER NOT NULL, revoked INTEGER)",
    "CREATE TABLE login_link (hash BLOB PRIMARY KEY, role TEXT NOT NULL, partner TEXT,"
    " label TEXT NOT NULL, expires INTEGER NOT NULL, used INTEGER) WITHOUT ROWID",
    "CREATE TABLE audit (id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL,"
    " actor TEXT NOT NULL, action TEXT NOT NULL, subject TEXT NOT NULL, detail TEXT NOT NULL)",
)
ACCESS_V2 = ("ALTER TABLE key ADD COLUMN device TEXT",)  # a panel's


class Key(NamedTuple):
    id: int
    kind: Kind
    role: Role
    partner: str | None
    label: str
    created: int
    revoked: int | None
    device: str | None = None


class LoginLink(NamedTuple):
    role: Role
    partner: str | None
    label: str
    expires: int


def _hash(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()


_KEY = "id, kind, role, partner, label, created, revoked, device"


class Access:
    def __init__(self, state: ServiceState) -> None:
        self._state = state

    def create_key(
        self,
        role: Role,
        label: str,
        now: int,
        *,
        partner: str | None = None,
        kind: Kind = "api",
        device: str | None = None,
        actor: str = "cli",
    ) -> tuple[int, str]:
        """(id, secret): the secret is shown once and cannot be read again.

        A key of kind "panel" is its ``device``'s token and opens nothing else.
        """
        secret = secrets.token_urlsafe(32)
        with self._state.transaction() as db:
            id_ = db.execute(
                "INSERT INTO key (kind, hash, role, partner, label, created, device)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (kind, _hash(secret), role, partner, label, now, device),
            ).lastrowid
            self.audit(now, actor, f"{kind} key created", f"key {id_}", f"{role} {label}")
        assert id_ is not None
        return id_, secret

    def key_of(self, secret: str, kind: Kind = "api") -> Key | None:
        """The key, unless it is unknown or revoked."""
        with self._state.reading() as db:
            row = db.execute(
                f"SELECT {_KEY} FROM key WHERE hash = ? AND kind = ? AND revoked IS NULL",  # noqa: S608
                (_hash(secret), kind),
            ).fetchone()
        return Key(*row) if row else None

    def panel_of(self, token: str) -> str | None:
        """The panel whose token it is, unless it is unknown or revoked."""
        key = self.key_of(token, "panel")
        return key.device if key else None

    def key(self, id_: int) -> Key | None:
        with self._state.reading() as db:
            row = db.execute(f"SELECT {_KEY} FROM key WHERE id = ?", (id_,)).fetchone()  # noqa: S608
        return Key(*row) if row else None

    def keys(self) -> list[Key]:
        with self._state.reading() as db:
            rows = db.execute(f"SELECT {_KEY} FROM key ORDER BY id").fetchall()  # noqa: S608
        return [Key(*row) for row in rows]

    def revoke(self, id_: int, now: int, actor: str = "cli") -> bool:
        with self._state.transaction() as db:
            done = db.execute(
                "UPDATE key SET revoked = ? WHERE id = ? AND revoked IS NULL", (now, id_)
            ).rowcount
            if done:
                self.audit(now, actor, "key revoked", f"key {id_}", "")
        return bool(done)

    def create_link(
        self, role: Role, label: str, now: int, expires: int, *, partner: str | None = None
    ) -> str:
        """A secret for a login that works once, until ``expires`` (ms)."""
        secret = secrets.token_urlsafe(32)
        with self._state.transaction() as db:
            db.execute(
                "INSERT INTO login_link (hash, role, partner, label, expires)"
                " VALUES (?, ?, ?, ?, ?)",
                (_hash(secret), role, partner, label, expires),
            )
            self.audit(now, "cli", "login link created", label, role)
        return secret

    def link(self, secret: str, now: int) -> LoginLink | None:
        """The link if it can still be used."""
        with self._state.reading() as db:
            row = db.execute(
                "SELECT role, partner, label, expires FROM login_link"
                " WHERE hash = ? AND used IS NULL AND expires > ?",
                (_hash(secret), now),
            ).fetchone()
        return LoginLink(*row) if row else None

    def use_link(self, secret: str, now: int) -> LoginLink | None:
        """Use it up; of two at once, one gets it."""
        with self._state.transaction() as db:
            link = self.link(secret, now)
            if link is not None:
                db.execute("UPDATE login_link SET used = ? WHERE hash = ?", (now, _hash(secret)))
                self.audit(now, link.label, "logged in", link.label, link.role)
        return link

    def audit(self, at: int, actor: str, action: str, subject: str, detail: str) -> None:
        with self._state.transaction() as db:
            db.execute(
                "INSERT INTO audit (at, actor, action, subject, detail) VALUES (?, ?, ?, ?, ?)",
                (at, actor, action, subject, detail),
            )

    def audit_trail(self, most: int = 100) -> list[tuple[int, str, str, str, str]]:
        """(time, actor, action, subject, detail), the newest first."""
        with self._state.reading() as db:
            return db.execute(
                "SELECT at, actor, action, subject, detail FROM audit ORDER BY id DESC LIMIT ?",
                (most,),
            ).fetchall()
