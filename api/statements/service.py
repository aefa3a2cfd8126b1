"""Cost-sharing statements: drafts, issuing, what came later. The one door for API, board and
command line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Final

from msgspec.structs import replace

from api.statements import files
from api.statements.drafting import Block, CannotIssue, Draft, made, overridden
from api.statements.late import Late, Newer, View, still
from api.statements.recent import Recent
from rooms.registry import Registry
from rooms.statement.codec import decode, encode
from rooms.statement.compute import compute
from rooms.statement.difference import before_of
from rooms.statement.document import Statement
from rooms.statement.inputs import Carry, Inputs
from rooms.statement.seal import Seal, sha256
from storage.ledger import INPUTS, MANIFEST, Ledger, LedgerError
from storage.ledger_files import STATEMENT, folder_of
from storage.state import Issued, ServiceState, latest
from storage.statement_inputs import gather, months_with_data, pending
from storage.store import Store

FRESH_MS: Final = 20_000  # how long a draft is shown before it is made anew
_NONE: Final[Mapping[str, str]] = MappingProxyType({})


class NoStatement(LookupError):
    """There is none of this number, or no such file for this reader."""


class Statements:
    """``program`` is what issues, with its version. Methods raise ``StoreError`` when the store,
    ``service.db`` or the folder of statements cannot be used."""

    def __init__(
        self,
        state: ServiceState,
        store: Store,
        registry: Callable[[], Registry],
        ledger: Ledger,
        *,
        clock: Callable[[], int],
        retention_ms: int,
        program: str,
    ) -> None:
        self._state = state
        self._store = store
        self._registry = registry
        self.ledger = ledger
        self._clock = clock
        self._retention_ms = retention_ms
        self._program = program
        self._late = Late(ledger, self._gathered, clock=clock)
        self._drafts: Recent[Draft] = Recent(clock, FRESH_MS)
        self._read: Recent[Statement] = Recent(clock, 600_000, most=4)

    # ---- what there is

    def months(self) -> list[str]:
        """Those with data or statements, ascending: 2026-10."""
        found = {f"{month:%Y-%m}" for month in months_with_data(self._store, self._registry())}
        return sorted(found | {one.month for one in self.issued()})

    def issued(self) -> list[Issued]:
        """By number."""
        return self.ledger.issued()

    def statement(self, number: int, partner: str | None = None) -> Statement:
        """As it was issued, to the manager or to a partner. Raises ``NoStatement``."""
        one = self._one(number)

        def read() -> Statement:
            return decode(self.file(number, STATEMENT, partner), Statement)

        return self._read.get((one.sums, partner), read)

    def files(self, number: int, partner: str | None = None) -> tuple[str, ...]:
        """The paths of its files; a partner's are its own, without the folder they lie in."""
        own = folder_of(partner)
        paths = sorted(self.ledger.files(self._one(number)))
        return tuple(path.removeprefix(own) for path in paths if path.startswith(own))

    def file(self, number: int, path: str, partner: str | None = None) -> bytes:
        """One of ``files``. Raises ``NoStatement`` for any other."""
        one = self._one(number)
        try:
            return self.ledger.read(one, folder_of(partner) + path)
        except KeyError:
            raise NoStatement(path) from None

    def _one(self, number: int) -> Issued:
        for one in self.issued():
            if one.number == number:
                return one
        raise NoStatement(str(number))

    # ---- the result as it is now

    def draft(self, month: str, overrides: Mapping[str, str] = _NONE, reason: str = "") -> Draft:
        """The month as it would be issued now, at most ``FRESH_MS`` old; ``overrides``: room ->
        a manager's reason to bill it although too little is known. Raises ``ValueError`` if
        ``month`` is none."""
        first_day(month)
        issued = self.issued()
        key = (month, tuple(sorted(overrides.items())), reason, self._view(issued).stamp)
        return self._drafts.get(key, lambda: self._draft(month, overrides, reason, issued))

    def newer(self, month: str | None = None) -> list[Newer]:
        """Issued months, or this one, whose result differs now, as long as late data can come."""
        issued = self.issued()
        return self._late.newer(issued, self._view(issued), month)

    def issue(
        self, month: str, author: str, *, overrides: Mapping[str, str] = _NONE, reason: str = ""
    ) -> Issued:
        """Raises ``CannotIssue``; ``ValueError`` if ``month`` is none."""
        first_day(month)
        with self.ledger.turn() as turn:
            self._late.forget()
            draft = self._draft(month, overrides, reason, turn.issued)
            if draft.blocks:
                raise CannotIssue(*draft.blocks)
            inputs = encode(draft.inputs)
            before = draft.inputs.before
            seal = Seal(
                number=turn.number,
                version=1 if before is None else before.version + 1,
                month=month,
                previous=turn.previous,
                inputs=sha256(inputs),
                issued=self._clock(),
                author=author,
                program=self._program,
                libraries=files.libraries(),
            )
            return turn.keep(month, seal.version, _all_files(inputs, draft.inputs, seal))

    def _draft(
        self, month: str, overrides: Mapping[str, str], reason: str, issued: Sequence[Issued]
    ) -> Draft:
        inputs = self._gathered(month)
        hours = pending(self._state, self._registry(), first_day(month), self._clock())
        before = latest(issued).get(month)
        if before is None:
            carries, blocks = self._carries(month, issued)
            given = overridden((), overrides)
            inputs = replace(inputs, overrides=given, carries=carries, reason=reason.strip())
            return made(inputs, hours, self._program, *blocks, was=None)
        was, kept = self._late.kept(before)
        inputs = replace(
            still(inputs, kept),
            overrides=overridden(kept.overrides, overrides),
            before=before_of(self.statement(before.number)),
            reason=reason.strip(),
        )
        return made(inputs, hours, self._program, was=was)

    def _gathered(self, month: str) -> Inputs:
        now = self._clock()
        return gather(self._store, self._state, self._registry(), first_day(month), now)

    def _carries(
        self, month: str, issued: Sequence[Issued]
    ) -> tuple[tuple[Carry, ...], tuple[Block, ...]]:
        """What earlier months leave to this one."""
        try:
            return self._late.carries(month, issued, self._view(issued)), ()
        except LedgerError as error:  # an issued statement is not as it was issued
            return (), (Block(error.key, error.values),)

    def _view(self, issued: Sequence[Issued]) -> View:
        stamp = self._registry().hash, issued[-1].sums if issued else ""
        return View(stamp, self._clock(), self._retention_ms)


def first_day(month: str) -> date:
    """Of ``2026-10``. Raises ``ValueError`` for anything else."""
    if not re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", month, re.ASCII):
        raise ValueError(f"not a month: {month!r}")
    return date.fromisoformat(f"{month}-01")


def _all_files(inputs: bytes, read: Inputs, seal: Seal) -> Iterator[tuple[str, bytes]]:
    yield INPUTS, inputs
    yield MANIFEST, encode(seal)
    yield from files.written(compute(read, seal))
