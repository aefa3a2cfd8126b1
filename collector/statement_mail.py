"""What is written to partners and managers about statements, each in the reader's language."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final, NamedTuple

from babel.dates import format_date

from collector.composing.details import Row
from collector.composing.message import Button, Composed, Parts, render
from collector.transports.base import Attachment, Message
from rooms.statement.document import Statement, Total
from rooms.statement.inputs import Name
from rooms.statement.money import hours, kronor
from rooms.texts import Language, text
from storage.state import StatementMail

PDF: Final = "application/pdf"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Draft(NamedTuple):
    """A month as it stands; ``cannot`` says (key, values) why there is nothing to show."""

    statement: Statement | None
    pending: int = 0  # room-hours that are still to be computed
    cannot: tuple[str, dict[str, object]] | None = None


def partner_words(
    statement: Statement, partner: str, language: Language, public_url: str
) -> Composed:
    """``statement`` is the partner's own: nobody else's name can stand in its mail."""
    total = next(one for one in statement.totals if one.partner == partner)
    used, everybody = hours(total.used_s, language), hours(statement.used_s, language)
    key = "statement.mail.refund" if total.amount < 0 else "statement.mail.owed"
    amount = kronor(abs(total.amount), language)
    line = text(language, key, used=used, all=everybody, amount=amount)
    return render(
        Parts(
            language,
            _subject(statement, total.amount, language),
            line,
            line,
            "info",
            rows=[*_own_rows(statement, total, language), *_rows(statement, language)],
            buttons=_button(f"/statements/{statement.head.number}", "show", language, public_url),
            end=[text(language, "statement.mail.not_right"), _why(statement, language)],
        )
    )


def manager_words(statement: Statement, language: Language, public_url: str) -> Composed:
    amount = kronor(statement.total, language)
    month = month_name(statement.head.month, language)
    line = text(language, "statement.mail.issued", month=month, amount=amount)
    return render(
        Parts(
            language,
            _subject(statement, statement.total, language),
            line,
            line,
            "info",
            rows=[*_shares(statement, language), *_rows(statement, language)],
            buttons=_button(f"/statements/{statement.head.number}", "show", language, public_url),
            end=[text(language, "statement.mail.each_got"), _why(statement, language)],
        )
    )


def draft_words(
    mail: StatementMail, draft: Draft, issuer: str, language: Language, public_url: str
) -> Composed:
    """The first notice, or a reminder; ``issuer`` is who writes it."""
    line = text(language, f"statement.mail.{mail.kind}", month=month_name(mail.month, language))
    statement, notes, rows = draft.statement, list[str](), list[Row]()
    if draft.cannot is not None:
        key, values = draft.cannot
        told = {k: v.in_(language) if isinstance(v, Name) else v for k, v in values.items()}
        why = text(language, f"statement.cannot.{key}", **told)
        notes.append(text(language, "statement.mail.cannot", why=why))
    if draft.pending:
        notes.append(text(language, "statement.mail.pending", hours=draft.pending))
    if statement is not None:
        notes += _open_gates(statement, language)
        amount = kronor(statement.total, language)
        notes.append(text(language, "statement.mail.shared", amount=amount))
        rows = _shares(statement, language)
    return render(
        Parts(
            language,
            line,
            line,
            line,
            "info",
            notes=notes,
            rows=rows,
            buttons=_button(f"/statements/draft/{mail.month}", "show_draft", language, public_url),
            end=[
                text(language, "statement.mail.how", month=mail.month),
                text(language, "statement.mail.why", issuer=issuer),
            ],
        )
    )


def message_of(
    mail: StatementMail, words: Composed, now: int, attachments: Sequence[Attachment] = ()
) -> Message:
    """Equal for each try; all about one month stands together."""
    whose = f"{mail.id}\x1f{mail.person}\x1f{mail.made}"  # another service has other ids
    mark = hashlib.sha256(whose.encode()).hexdigest()[:8]
    return Message(
        f"statement-{mail.id}-{mark}",
        f"statement-{mail.month}",
        now,
        "info",
        *words,
        attachments=tuple(attachments),
    )


def month_name(month: str, language: Language) -> str:
    """``oktober 2026``, of ``2026-10``."""
    return format_date(date.fromisoformat(f"{month}-01"), "MMMM y", locale=language)


def file_name(mail: StatementMail, kind: str, language: Language) -> str:
    return text(language, "statement.mail.file", month=mail.month, number=mail.number, kind=kind)


def _subject(statement: Statement, amount: int, language: Language) -> str:
    head = statement.head
    key = "subject" if head.version == 1 else "subject_again"
    values = {"number": head.number, "version": head.version, "amount": kronor(amount, language)}
    month = month_name(head.month, language)
    return text(language, f"statement.mail.{key}", month=month, **values)


def _own_rows(statement: Statement, total: Total, language: Language) -> Iterator[Row]:
    own = next(one for one in statement.partners if one.id == total.partner)
    if own.reference:
        yield text(language, "statement.mail.reference"), own.reference
    if own.cost_centre:
        yield text(language, "statement.mail.cost_centre"), own.cost_centre
    for change in statement.changes:
        yield text(language, "statement.mail.before"), kronor(change.before, language)
        # what was paid already must not be paid again
        yield text(language, "statement.mail.difference"), kronor(change.difference, language)


def _rows(statement: Statement, language: Language) -> Iterator[Row]:
    head = statement.head
    yield text(language, "statement.mail.month"), month_name(head.month, language)
    yield text(language, "statement.mail.number"), str(head.number)
    if statement.before is not None:
        yield text(language, "statement.mail.version"), str(head.version)
        yield text(language, "statement.mail.replaces"), str(statement.before.number)
    if head.reason:
        yield text(language, "statement.mail.reason"), head.reason
    yield text(language, "statement.mail.head"), head.seal


def _shares(statement: Statement, language: Language) -> list[Row]:
    return [
        (statement.name_of(one.partner), kronor(one.amount, language)) for one in statement.totals
    ]


def _open_gates(statement: Statement, language: Language) -> Iterator[str]:
    names = {one.room: one.name.in_(language) for one in statement.rooms}
    for gate in statement.gate:
        if gate.open:
            room, known = names.get(gate.room, gate.room), gate.known_s * 100 // gate.bookable_s
            yield text(language, "statement.mail.gate", room=room, known=known)


def _button(path: str, label: str, language: Language, public_url: str) -> list[Button]:
    said = text(language, f"statement.mail.{label}")
    return [Button(said, public_url + path)] if public_url else []


def _why(statement: Statement, language: Language) -> str:
    issuer = statement.sites[0].issuer if statement.sites else ""
    return text(language, "statement.mail.why", issuer=issuer)
