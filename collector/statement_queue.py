"""Who is to be written to about statements: kept in ``service.db`` until it is sent.

It follows from the statements, the month's clock and contacts.yaml as it stands; a step that
is cut short is made up for by the next.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Final

from rooms.alerts.failure import Failure
from rooms.alerts.message import Recipient
from rooms.registry import Registry
from rooms.statement.monthend import ended_months, first_zone, to_tell
from rooms.statement.registered import costs_of
from rooms.units import DAY_MS
from storage.ledger import Ledger
from storage.ledger_files import STATEMENT, folder_of
from storage.state import Issued, StatementMail, latest
from storage.statement_inputs import months_with_data
from storage.store import Store, StoreError

ADDRESS_MS: Final = 60 * DAY_MS  # older statements would only surprise
MANAGERS: Final = ""  # in place of a partner's id
_GONE: Final = Failure("gone").stored


class StatementQueue:
    def __init__(self, ledger: Ledger, store: Store, registry: Callable[[], Registry]) -> None:
        self._ledger = ledger
        self._state = ledger.state
        self._store = store
        self._registry = registry

    def issued(self, people: Collection[Recipient], now: int) -> None:
        """Queue statements for partners and managers of whom nobody has been written to yet.

        Raises ``StoreError`` for one that cannot be read, when the others are queued.
        """
        trouble: StoreError | None = None
        for one in sorted(latest(self._ledger.issued()).values()):
            if now - one.issued > ADDRESS_MS:
                continue
            try:
                found = [*self._unserved(one, people)]
            except StoreError as error:
                trouble = error
                continue
            with self._state.transaction():
                for person, audience in found:
                    self._state.statements.queue(
                        "issued", one.month, one.number, person, audience, now
                    )
        if trouble is not None:
            raise trouble

    def _unserved(self, one: Issued, people: Collection[Recipient]) -> Iterator[tuple[str, str]]:
        """Person, and as whom."""
        mails = self._state.statements.mails(one.number)
        served = {mail.partner for mail in mails if mail.given_up is None}
        tried = {(mail.person, mail.partner) for mail in mails if mail.failure != _GONE}
        for person in people:
            for audience in audiences(person):
                new = audience not in served and (person.id, audience) not in tried
                if new and (audience == MANAGERS or self._has_part(one, audience)):
                    yield person.id, audience

    def _has_part(self, one: Issued, partner: str) -> bool:
        return path_of(partner, STATEMENT) in self._ledger.files(one)

    def notices(self, people: Collection[Recipient], now: int) -> None:
        """Queue what managers are to be told of months that are over and not issued.

        Raises ``StoreError``.
        """
        registry, managers = self._registry(), [person for person in people if person.manager]
        zone = first_zone(registry)
        for month in ended_months(now, zone):
            name = f"{month:%Y-%m}"
            if not costs_of(registry, month) or self._state.statements.latest(name):
                continue
            told = self._state.statements.told(name)
            wanted = [
                (notice, person.id)
                for person in managers
                if (notice := to_tell(month, zone, now, _when(told, person.id)))
            ]
            # a month before the service was there is nothing to share
            if wanted and month in months_with_data(self._store, registry):
                with self._state.transaction():
                    for notice, person_id in wanted:
                        self._state.statements.queue(notice, name, None, person_id, MANAGERS, now)

    def moot(self, mail: StatementMail, person: Recipient | None) -> str | None:
        """Why it is not sent after all (the key of a ``Failure``)."""
        if person is None or mail.partner not in audiences(person):
            return "gone"
        holding = self._state.statements.latest(mail.month)
        return "overtaken" if holding and holding.number != mail.number else None


def audiences(person: Recipient) -> list[str]:
    """As whom a person is written to: as a manager, for a partner, or both."""
    managing = [MANAGERS] if person.manager else []
    return [*managing, person.partner] if person.partner else managing


def path_of(audience: str, name: str) -> str:
    """Of a file in a statement's folder: the managers', or a partner's."""
    return folder_of(audience or None) + name


def _when(told: Iterable[StatementMail], person: str) -> list[int]:
    return [mail.made for mail in told if mail.person == person]
