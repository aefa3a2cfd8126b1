"""What the service finds wrong with itself (design 7): pure, signs and a time in, findings out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from rooms.faults import SERVICE, Fault, Finding, Severity

CODES: Final = (
    "broker_down",
    "store_down",
    "outbox_filling",
    "registry_invalid",
    "backup_failed",
)

LASTING_MS: Final = 30_000  # a broker or store away for a moment is no fault, nor back at once
FILLING: Final = 0.5  # of the outbox's limit
EMPTIED: Final = 0.4  # below this an open one clears
DISK_LOW: Final = 2**30  # bytes; also what ``rumskoll doctor`` warns of
DISK_ENOUGH: Final = DISK_LOW * 5 // 4
DISK_FULL: Final = 100 * 2**20

_DISK: Final = "disk"  # details: words of texts/board
_CONTACTS: Final = "contacts"


class Signs(NamedTuple):
    """How the collector is at a moment."""

    connected: bool
    store_down: bool | None  # ``None``: not tried yet
    filled: float  # share of the outbox's limit
    refusing: bool  # no room: it acknowledges nothing
    disk_free: int  # bytes, where the data folder is
    rooms_wrong: bool  # rooms.yaml cannot be used
    contacts_wrong: bool
    backup_failed: bool = False  # the last one could not be made


class _Condition:
    """On after it has held for ``after`` ms, off after it has not for ``clear`` ms."""

    def __init__(self, since: int | None, *, after: int = 0, clear: int = 0) -> None:
        self.on = since is not None
        self._since = since
        self._over: int | None = None
        self._after = after
        self._clear = clear

    def look(self, wrong: bool | None, now: int) -> int | None:
        """Since when it is on, if it is; ``None`` as ``wrong`` tells nothing new."""
        if wrong:
            self._over = None
            self._since = now if self._since is None else self._since
            self.on = self.on or now - self._since >= self._after
        elif wrong is not None and self._since is not None:
            self._over = now if self._over is None else self._over
            if not self.on or now - self._over >= self._clear:
                self.on, self._since, self._over = False, None, None
        return self._since if self.on else None


class ServiceRules:
    """``open_faults`` are those from before: what is still wrong stays the same fault."""

    def __init__(self, open_faults: Iterable[Fault] = ()) -> None:
        since = {fault.key: fault.since for fault in open_faults}

        def condition(code: str, detail: str = "", lasting: int = 0) -> _Condition:
            return _Condition(since.get((code, SERVICE, detail)), after=lasting, clear=lasting)

        self._broker = condition("broker_down", lasting=LASTING_MS)
        self._store = condition("store_down", lasting=LASTING_MS)
        self._outbox = condition("outbox_filling")
        self._disk = condition("outbox_filling", _DISK)
        self._rooms = condition("registry_invalid")
        self._contacts = condition("registry_invalid", _CONTACTS)
        self._backup = condition("backup_failed")

    def findings(self, signs: Signs, now: int) -> list[Finding]:
        """All that is wrong at ``now`` (ms)."""
        full = signs.refusing or signs.filled > (EMPTIED if self._outbox.on else FILLING)
        low = signs.disk_free < (DISK_ENOUGH if self._disk.on else DISK_LOW)
        urgent: Severity = "error" if signs.refusing else "warning"
        no_disk: Severity = "error" if signs.disk_free < DISK_FULL else "warning"
        found: tuple[tuple[str, str, Severity, int | None], ...] = (
            ("broker_down", "", "error", self._broker.look(not signs.connected, now)),
            ("store_down", "", "error", self._store.look(signs.store_down, now)),
            ("outbox_filling", "", urgent, self._outbox.look(full, now)),
            ("outbox_filling", _DISK, no_disk, self._disk.look(low, now)),
            ("registry_invalid", "", "error", self._rooms.look(signs.rooms_wrong, now)),
            (
                "registry_invalid",
                _CONTACTS,
                "error",
                self._contacts.look(signs.contacts_wrong, now),
            ),
            ("backup_failed", "", "error", self._backup.look(signs.backup_failed, now)),
        )
        return [
            Finding(code, SERVICE, detail, severity, since)
            for code, detail, severity, since in found
            if since is not None
        ]
