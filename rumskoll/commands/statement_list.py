"""``rumskoll statement list``: what was issued, and what is still to be done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rooms.alerts.failure import Failure, read_failure
from rumskoll.commands.common import LANGUAGE, out, say, when
from rumskoll.commands.statement_tables import changed, newer, table_of
from storage.ledger import LedgerError
from storage.state import StatementMail, latest

if TYPE_CHECKING:
    from api.statements.service import Statements
    from rumskoll.contacts import Contacts
    from storage.state import Issued, ServiceState

_OVERTAKEN = Failure("overtaken").stored


def listed(
    service: Statements, state: ServiceState, contacts: Contacts, *, mail_server: bool
) -> None:
    issued = service.issued()
    if not issued:
        out.print(say("statement.cli.empty"))
        return
    holding = latest(issued)
    table = table_of(LANGUAGE, "month_heading", "number", "version", "at", "author", "total")
    for one in issued:
        table.add_row(
            one.month,
            str(one.number),
            str(one.version),
            when(one.issued),
            one.author,
            _total(service, one),
        )
    out.print(table)
    for late in service.newer():
        out.print(newer(late, LANGUAGE))
        changed(late.changes, service.statement(late.issued.number), LANGUAGE)
    disputes = [one for one in state.disputes.touching(0, 2**62) if one.state == "open"]
    if disputes:
        out.print(say("statement.cli.disputes", count=len(disputes)))
    if not mail_server:
        out.print(say("statement.cli.no_mail_server"))
    for one in issued:
        if holding[one.month] == one:
            for line in _mail_lines(service, state, contacts, one):
                out.print(line)


def _total(service: Statements, one: Issued) -> str:
    from rooms.statement.money import kronor

    try:
        return kronor(service.statement(one.number).total, LANGUAGE)
    except LedgerError:
        return say("statement.cli.broken")


def _mail_lines(
    service: Statements, state: ServiceState, contacts: Contacts, one: Issued
) -> list[str]:
    """What has not arrived, and who cannot get anything."""
    lines = []
    mails = state.statements.mails(one.number)
    for mail in mails:
        if mail.sent is None and mail.failure and mail.failure != _OVERTAKEN:
            lines.append(_undelivered(mail))
    reached = {person.partner for person in contacts.people if person.email}
    reached |= {mail.partner for mail in mails if mail.sent is not None}
    try:
        partners = [total.partner for total in service.statement(one.number).totals]
    except LedgerError as error:
        return [*lines, error.render(LANGUAGE)]
    for partner in partners:
        if partner not in reached:
            lines.append(say("statement.cli.nobody", number=one.number, partner=partner))
    return lines


def _undelivered(mail: StatementMail) -> str:
    key = "mail_tries" if mail.given_up is None else "mail_failed"
    why = read_failure(mail.failure).render(LANGUAGE)
    return say(
        f"statement.cli.{key}",
        number=mail.number,
        person=mail.person,
        why=why,
        tries=mail.tries,
        until=when(mail.due),
    )
