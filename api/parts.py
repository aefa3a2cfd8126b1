"""What the API is given. Wired in one place, filled by hand in tests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from api.statements.service import Statements
from rooms.registry import Registry
from rooms.texts import Language
from storage.outbox import Account
from storage.quarantine import Quarantine
from storage.state import ServiceState
from storage.store import Store


@dataclass(frozen=True)
class Parts:
    state: ServiceState
    store: Store
    registry: Callable[[], Registry]  # the current one: it is reloaded while we run
    quarantine: Quarantine | None
    accounts: Callable[[], Counter[Account]] | None
    clock: Callable[[], int]  # ms of UTC
    demo: bool
    public_url: str
    signing_secret: str
    language: Language
    version: str
    statements: Statements
    accounts_of: Callable[[str], Counter[Account]] | None = None  # of a day, YYYY-MM-DD
    day_of: Callable[[int], str] | None = None  # the account's day of a time in ms
    retention_ms: int = 90 * 86_400_000  # how long raw readings are kept

    @property
    def https(self) -> bool:
        return self.public_url.startswith("https://")
