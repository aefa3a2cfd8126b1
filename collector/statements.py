"""The month's end by itself: managers hear of drafts, everybody gets what was issued.

What is to be sent stands in ``service.db`` before it is sent, and is marked right after the
mail server took it on: a kill repeats the one in flight and loses none. Who is written to
follows from the statements and from contacts.yaml as it stands, so nothing is forgotten when
either changes while the service is down.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Sequence
from contextlib import closing
from datetime import date
from typing import Final

import structlog

from collector.alerts import FIRST_PAUSE_MS, LONG_MS, pause
from collector.statement_mail import (
    PDF,
    XLSX,
    Draft,
    draft_words,
    file_name,
    manager_words,
    message_of,
    partner_words,
)
from collector.statement_queue import MANAGERS, StatementQueue, path_of
from collector.transports.base import (
    Attachment,
    Batch,
    Message,
    Passing,
    Permanent,
    ServerAway,
    ServerTrouble,
    Transport,
    Undelivered,
)
from collector.undeliverable import Undeliverable
from rooms.alerts.failure import Failure, one_line
from rooms.alerts.message import Recipient
from rooms.registry import Registry
from rooms.statement.codec import decode
from rooms.statement.compute import CannotCompute, compute
from rooms.statement.document import Statement
from rooms.texts import Language
from rooms.units import DAY_MS
from storage.ledger import Ledger
from storage.ledger_files import STATEMENT
from storage.state import Issued, StatementMail
from storage.statement_inputs import gather, pending
from storage.store import Store, StoreError

log = structlog.get_logger()

STEP_S: Final = 5.0
LOOK_MS: Final = 600_000  # how often it is looked who is to be told, at least
GIVE_UP_MS: Final = 7 * DAY_MS


class StatementMailer:
    """One thread runs ``run``. Without a ``transport`` (no mail server) nothing is queued."""

    def __init__(
        self,
        ledger: Ledger,
        store: Store,
        registry: Callable[[], Registry],
        people: Callable[[], Sequence[Recipient]],
        transport: Transport | None,
        undeliverable: Undeliverable,
        *,
        clock: Callable[[], int],
        public_url: str,
    ) -> None:
        self._ledger = ledger
        self._state = ledger.state
        self._store = store
        self._registry = registry
        self._queue = StatementQueue(ledger, store, registry)
        self._people_now = people
        self._transport = transport
        self._undeliverable = undeliverable
        self._clock = clock
        self._public_url = public_url
        self._people: dict[str, Recipient] | None = None
        self._unstored: dict[int, tuple[str | None, int | None, int]] = {}
        self._issued: list[Issued] = []
        self._last_step = self._last_look = 0  # ms
        self._stop = threading.Event()

    def run(self) -> None:
        while not self._stop.is_set():
            self.step()
            self._stop.wait(STEP_S)

    def stop(self) -> None:
        self._stop.set()

    def step(self) -> None:
        """Queue what is to be told, send what is due."""
        if self._transport is None:
            return
        now = self._clock()
        self._write_down()  # first: a disk that was full must not make us send again
        people = {person.id: person for person in self._people_now() if person.email}
        # what is set right, here or by a restart, is tried at once; so if the clock is set back
        anew = people != self._people or now < self._last_step - FIRST_PAUSE_MS
        self._people, self._last_step = people, now
        self._look(people.values(), anew, now)
        due = [mail for mail in self._state.statements.waiting() if anew or mail.due <= now]
        if due:
            self._send(due, self._transport, now)

    def _look(self, people: Collection[Recipient], anew: bool, now: int) -> None:
        """Now and then, and at once when something was issued."""
        issued = self._state.statements.all()
        if not anew and issued == self._issued and now - self._last_look < LOOK_MS:
            return
        self._issued, self._last_look = issued, now
        for queue in (self._queue.issued, self._queue.notices):
            try:
                queue(people, now)
            except StoreError as error:
                log.warning("mail about statements waits", reason=str(error))

    # ---- sending

    def _send(self, due: Sequence[StatementMail], transport: Transport, now: int) -> None:
        drafts: dict[str, Draft] = {}  # one look at a month serves all who are told of it
        with closing(transport.batch()) as batch:
            # one that fails again and again goes behind those that may not
            for mail in sorted(due, key=lambda m: m.tries):
                if self._stop.is_set():
                    return
                person = (self._people or {}).get(mail.person)
                if moot := self._queue.moot(mail, person):
                    self._keep(mail, Failure(moot).stored, None, now)
                elif person is not None:
                    self._deliver(batch, mail, person, drafts)

    def _deliver(
        self, batch: Batch, mail: StatementMail, person: Recipient, drafts: dict[str, Draft]
    ) -> None:
        try:
            batch.send(person.email or "", self._message(mail, person, drafts))
        except Undelivered as error:
            self._failed(mail, person, error)
        except StoreError as error:  # the store is away, or a file is not as it was issued
            self._failed(mail, person, Passing("composing", one_line(str(error))))
        except Exception:  # nobody behind it must wait for it
            log.exception("a statement's mail could not be written", mail=mail.id)
            self._failed(mail, person, Passing("composing"))
        else:
            now = self._clock()
            self._keep(mail, None, None, now)
            self._undeliverable.delivered(person.id, "email", now)

    def _message(self, mail: StatementMail, person: Recipient, drafts: dict[str, Draft]) -> Message:
        now, language, url = self._clock(), person.language, self._public_url
        if mail.number is None:
            if mail.month not in drafts:
                drafts[mail.month] = self._draft(mail.month, now)
            words = draft_words(mail, drafts[mail.month], self._issuer(language), language, url)
            return message_of(mail, words, now)
        one = next(s for s in self._ledger.issued() if s.number == mail.number)
        content = self._ledger.read(one, path_of(mail.partner, STATEMENT))
        statement = decode(content, Statement)
        if mail.partner == MANAGERS:
            words = manager_words(statement, language, url)
        else:
            words = partner_words(statement, mail.partner, language, url)
        attachments = [
            Attachment(
                file_name(mail, kind, language),
                media,
                self._ledger.read(one, path_of(mail.partner, f"statement.{language}.{kind}")),
            )
            for kind, media in (("pdf", PDF), ("xlsx", XLSX))
        ]
        return message_of(mail, words, now, attachments)

    def _issuer(self, language: Language) -> str:
        site = next(iter(self._registry().sites.values()))
        return site.billing.issuer or str(getattr(site.name, language))

    def _draft(self, month: str, now: int) -> Draft:
        registry, first = self._registry(), date.fromisoformat(f"{month}-01")
        inputs = gather(self._store, self._state, registry, first, now)
        waiting = pending(self._state, registry, first, now)
        try:
            return Draft(compute(inputs), waiting)
        except CannotCompute as error:
            return Draft(None, waiting, (error.key, dict(error.values)))

    def _failed(self, mail: StatementMail, person: Recipient, error: Undelivered) -> None:
        now, lasts = self._clock(), self._clock() - mail.made
        over = isinstance(error, Permanent) or lasts >= GIVE_UP_MS
        again = None if over else now + pause(mail.tries + 1, error)
        log.warning(
            "a statement's mail was not delivered",
            mail=mail.id,
            person=mail.person,
            reason=error.failure.stored,
            again=not over,
        )
        self._keep(mail, error.failure.stored, again, now)
        long = over or lasts >= LONG_MS
        if isinstance(error, ServerTrouble) or (isinstance(error, ServerAway) and long):
            self._undeliverable.failing("", "email", now)
        elif long:
            self._undeliverable.failing(person.id, "email", now, person.email or "")

    def _keep(self, mail: StatementMail, failure: str | None, again: int | None, now: int) -> None:
        self._unstored[mail.id] = (failure, again, now)
        self._write_down()

    def _write_down(self) -> None:
        """What became of mail; raises what the disk says, and forgets nothing."""
        for id_, (failure, again, at) in [*self._unstored.items()]:
            if failure is None:
                self._state.statements.sent(id_, at)
            else:
                self._state.statements.failed(id_, failure, again, at)
            del self._unstored[id_]
