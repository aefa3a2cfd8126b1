"""From statements to what the API lists of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from zoneinfo import ZoneInfo

from api import schemas
from api.access import Caller
from api.parts import Parts
from api.statement_access import IssuedSums, Sums, drafted, running_month, seen, whose
from api.statements.drafting import Draft
from api.statements.late import Newer
from api.statements.verify import verify
from rooms.statement.document import Change, Statement
from rooms.texts import Language
from rooms.texts.times import moment
from storage.state import Issued, latest


def statements_view(
    parts: Parts, sums: IssuedSums, caller: Caller, language: Language
) -> schemas.Statements:
    """Raises ``Problem`` 403, ``StoreError``."""
    months = parts.statements.months()
    running = running_month(parts)
    return schemas.Statements(
        issued=entries(parts, sums, caller),
        newer=[newer_view(one) for one in newer_seen(parts, caller)],
        running=_running(parts, running, caller, language) if running in months else None,
        months=months[::-1] if caller.only is None else [],
    )


def verification(parts: Parts, language: Language) -> schemas.StatementVerification:
    """Raises ``StoreError``."""
    ledger = parts.statements.ledger
    found = verify(ledger)
    return schemas.StatementVerification(
        intact=not found,
        statements=len(ledger.issued()),
        findings=[
            schemas.StatementFinding(number=one.number, file=one.file, text=one.text(language))
            for one in found
        ],
    )


def entries(parts: Parts, sums: IssuedSums, caller: Caller) -> list[schemas.StatementEntry]:
    partner = whose(caller)
    held = {one.number for one in latest(parts.statements.issued()).values()}
    zone = _zone(parts)
    return [
        _entry(one, told, zone, caller, held, parts.statements.files(one.number, partner))
        for one, told in seen(parts, sums, caller)
    ]


def _entry(
    one: Issued,
    told: Sums,
    zone: ZoneInfo,
    caller: Caller,
    held: set[int],
    files: Iterable[str],
) -> schemas.StatementEntry:
    return schemas.StatementEntry(
        number=one.number,
        month=one.month,
        version=one.version,
        holds=one.number in held,
        issued=moment(one.issued, zone),
        author=one.author if caller.only is None else None,
        reason=one.reason,
        total=told.total,
        amounts=[
            schemas.StatementAmount(partner=id_, name=told.names[id_], amount=total.amount)
            for id_, total in told.totals.items()
        ],
        files=list(files),
    )


def newer_seen(parts: Parts, caller: Caller) -> list[Newer]:
    """Issued months whose result differs now; to a partner where its own does."""
    partner = whose(caller)
    every = parts.statements.newer()
    if partner is None:
        return every
    own = [one._replace(changes=tuple(own_changes(one.changes, partner))) for one in every]
    return [one for one in own if one.changes]


def own_changes(changes: Iterable[Change], partner: str | None) -> Iterator[Change]:
    return (one for one in changes if partner in (None, one.partner) and one.difference)


def newer_view(one: Newer) -> schemas.StatementNewer:
    return schemas.StatementNewer(
        month=one.issued.month,
        number=one.issued.number,
        reaches=one.reaches,
        changes=[change_view(change) for change in one.changes],
    )


def change_view(one: Change) -> schemas.StatementChange:
    return schemas.StatementChange(
        partner=one.partner, before=one.before, now=one.now, difference=one.difference
    )


def diff_view(statement: Statement) -> schemas.StatementDiff:
    """Of an issued one, which has a number."""
    assert statement.head.number is not None
    return schemas.StatementDiff(
        number=statement.head.number,
        month=statement.head.month,
        version=statement.head.version,
        replaces=None if statement.before is None else statement.before.number,
        changes=[change_view(change) for change in statement.changes],
    )


def _running(
    parts: Parts, month: str, caller: Caller, language: Language
) -> schemas.StatementSummary | None:
    partner = whose(caller)
    draft = parts.statements.draft(month)
    totals = () if draft.statement is None else draft.statement.totals
    if partner is not None and partner not in {total.partner for total in totals}:
        return None
    return summary(*drafted(parts, month, caller), caller, language)


def summary(
    draft: Draft, statement: Statement | None, caller: Caller, language: Language
) -> schemas.StatementSummary:
    rooms = () if statement is None else statement.rooms
    totals = () if statement is None else statement.totals
    return schemas.StatementSummary(
        month=draft.inputs.month,
        total=None if statement is None else sum(total.amount for total in totals),
        used_s=sum(total.used_s for total in totals),
        bookable_s=sum(room.bookable_s for room in rooms),
        known_s=sum(room.known_s for room in rooms),
        pending_hours=draft.pending,
        amounts=[
            schemas.StatementAmount(
                partner=total.partner,
                name=statement.name_of(total.partner) if statement else total.partner,
                amount=total.amount,
            )
            for total in totals
        ],
        blocks=blocks_view(draft, language) if caller.only is None else [],
    )


def blocks_view(draft: Draft, language: Language) -> list[schemas.StatementBlock]:
    return [
        schemas.StatementBlock(key=block.key, text=block.text(language)) for block in draft.blocks
    ]


def _zone(parts: Parts) -> ZoneInfo:
    registry = parts.registry()
    return registry.zone(next(iter(registry.sites)))
