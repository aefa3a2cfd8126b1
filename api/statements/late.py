"""What came after a statement was issued: how its month's result differs now, and what of it
is carried into the next month (metrics.md 4)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import Final, NamedTuple

from msgspec.structs import replace

from api.statements.recent import Recent
from rooms.statement.codec import decode, encode
from rooms.statement.compute import CannotCompute, compute
from rooms.statement.difference import carry_of, difference, reaches
from rooms.statement.document import Change, Statement
from rooms.statement.inputs import Carry, Inputs
from rooms.statement.seal import sha256
from rooms.units import DAY_MS
from storage.ledger import INPUTS, Ledger, LedgerError
from storage.ledger_files import STATEMENT
from storage.state import Issued, latest

FRESH_MS: Final = 60_000
# For so long what was carried is given back, where a later version took it in.
SETTLED_MS: Final = 400 * DAY_MS


class Newer(NamedTuple):
    """An issued month whose result differs now."""

    issued: Issued
    changes: tuple[Change, ...]  # by partner, of those who differ
    reaches: bool  # is it for a new version? Else it is carried


class Result(NamedTuple):
    """An issued month, without the long lists: as it was issued, and as it is now."""

    before: Statement
    now: Statement


def facts(inputs: Inputs) -> str:
    """A hash of all that amounts and evidence come from: equal ones need no computing."""
    return sha256(encode(replace(inputs, registry="", before=None, reason="")))


def still(now: Inputs, kept: Inputs) -> Inputs:
    """A month's inputs as they are now, with what its next version keeps of the one before: its
    carries, and the names of partners that are no more."""
    known = {one.id for one in now.partners}
    gone = (one for one in kept.partners if one.id not in known)
    partners = sorted((*now.partners, *gone), key=lambda one: one.id)
    return replace(now, partners=tuple(partners), carries=kept.carries)


class View(NamedTuple):
    """From where one looks back."""

    stamp: tuple[str, str]  # what results depend on besides the stored sums
    now: int  # ms
    retention_ms: int  # so long after a month's end its sums may still change

    def open(self, result_stop: int) -> bool:
        return self.now - self.retention_ms <= result_stop


class Late:
    """``gather`` gives a month's inputs as they are now."""

    def __init__(
        self, ledger: Ledger, gather: Callable[[str], Inputs], *, clock: Callable[[], int]
    ) -> None:
        self._ledger = ledger
        self._gather = gather
        self._kept: dict[str, tuple[str, Inputs]] = {}
        self._results: Recent[Result] = Recent(clock, FRESH_MS)

    def kept(self, issued: Issued) -> tuple[str, Inputs]:
        """The facts' hash of what it was computed from, and that without its long lists."""
        if issued.sums not in self._kept:
            inputs = decode(self._ledger.read(issued, INPUTS), Inputs)
            short = replace(inputs, room_days=(), partner_days=(), stays=(), empty=(), clashes=())
            self._kept[issued.sums] = facts(inputs), short
        return self._kept[issued.sums]

    def newer(self, issued: Sequence[Issued], view: View, month: str | None) -> list[Newer]:
        """By month, or of one. What was changed on the disk is left to ``verify``."""
        found: list[Newer] = []
        for one in latest(issued).values():
            if month in {None, one.month}:
                with suppress(LedgerError):
                    found += self._newer(one, view)
        return found

    def _newer(self, one: Issued, view: View) -> Iterator[Newer]:
        if view.open(self._stop(one)):
            result = self._result(one, view)
            changes = difference(result.before, result.now)
            if differing := tuple(change for change in changes if change.difference):
                yield Newer(one, differing, reaches(result.before, result.now))

    def carries(self, month: str, issued: Sequence[Issued], view: View) -> tuple[Carry, ...]:
        """What the versions that hold of earlier months leave to this one: each difference that
        no new version will take in, less what others carry already."""
        held = latest(issued)
        found = []
        for one in held.values():
            already = [
                carry
                for other in held.values()
                if other.month != month
                for carry in self.kept(other)[1].carries
                if carry.month == one.month
            ]
            since = self._stop(one) + SETTLED_MS
            if one.month < month and (view.open(self._stop(one)) or (already and view.now < since)):
                found.append(self._carry(one, already, view))
        return tuple(carry for carry in found if carry)

    def _carry(self, one: Issued, already: Sequence[Carry], view: View) -> Carry | None:
        result = self._result(one, view)
        if reaches(result.before, result.now):
            return None  # a new version will settle it
        return carry_of(result.before, result.now, already)

    def forget(self) -> None:
        self._results.clear()

    def _result(self, one: Issued, view: View) -> Result:
        """Computed again as it was decided then, from what is known now."""
        return self._results.get((one.sums, view.stamp), lambda: self._compare(one))

    def _stop(self, one: Issued) -> int:
        return max((site.stop for site in self.kept(one)[1].sites), default=0)

    def _compare(self, issued: Issued) -> Result:
        was, kept = self.kept(issued)
        before = _short(decode(self._ledger.read(issued, STATEMENT), Statement))
        now = replace(
            still(self._gather(issued.month), kept),
            overrides=kept.overrides,
            before=kept.before,
            reason=kept.reason,
        )
        if facts(now) == was:
            return Result(before, before)
        try:
            return Result(before, _short(compute(now)))
        except CannotCompute:  # the registry lacks what it had: the month's draft says so
            return Result(before, before)


def _short(statement: Statement) -> Statement:
    return replace(statement, stays=(), empty=(), clashes=())
