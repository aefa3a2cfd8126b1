"""``rumskoll statement``: who owes what for a month, and how it came about."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import datetime
from getpass import getuser
from typing import TYPE_CHECKING, Annotated, Final, Literal

import typer

from rumskoll.commands.common import (
    LANGUAGE,
    Data,
    Rooms,
    errors,
    fail,
    out,
    plainly,
    say,
)
from rumskoll.commands.statement_adopt import adopt
from rumskoll.commands.statement_data import month_of, settings_in, state_in, statements_in
from rumskoll.commands.statement_whatif import whatif

if TYPE_CHECKING:
    from api.statements.service import Statements
    from storage.state import Issued

MOST_REASON: Final = 500
MOST_DIGITS: Final = 9  # of a statement's number

app = typer.Typer(no_args_is_help=True, help=say("help.statement"))
app.command("adopt", help=say("help.statement_adopt"))(adopt)
app.command("whatif", help=say("help.statement_whatif"))(whatif)

Number = Annotated[int, typer.Argument(min=1, help=say("help.statement_number"))]


@app.command(help=say("help.statement_draft"))
@plainly
def draft(
    month: Annotated[str | None, typer.Argument(help=say("help.statement_draft_month"))] = None,
    language: Annotated[
        Literal["sv", "en"], typer.Option(help=say("help.statement_language"))
    ] = LANGUAGE,
    json: Annotated[bool, typer.Option("--json", help=say("help.statement_json"))] = False,
    data: Data = None,
    rooms: Rooms = None,
) -> None:
    from rooms.statement.codec import encode
    from rumskoll.commands.statement_tables import blocked, drafted

    running = f"{datetime.now().astimezone():%Y-%m}"
    with statements_in(data, rooms) as (service, _, _):
        made = service.draft(month_of(running if month is None else month))
    if made.statement is None:
        raise fail(blocked(made.blocks, language))
    if json:
        sys.stdout.buffer.write(encode(made.statement))
        return
    drafted(made.statement, language)
    if made.blocks:
        out.print(blocked(made.blocks, language))


@app.command(help=say("help.statement_issue"))
@plainly
def issue(
    month: Annotated[str, typer.Argument(help=say("help.statement_month"))],
    reason: Annotated[str, typer.Option(help=say("help.statement_reason"))] = "",
    override: Annotated[
        list[str] | None, typer.Option(metavar="ROOM=REASON", help=say("help.statement_override"))
    ] = None,
    author: Annotated[str | None, typer.Option(help=say("help.statement_author"))] = None,
    yes: Annotated[bool, typer.Option("--yes", help=say("help.statement_yes"))] = False,
    data: Data = None,
    rooms: Rooms = None,
) -> None:
    from api.statements.drafting import CannotIssue
    from rumskoll.commands.statement_tables import blocked, drafted

    overrides = dict(_override(one) for one in override or [])
    reason = _one_line("--reason", reason)
    author = _one_line("--author", author or _logged_in())
    with statements_in(data, rooms) as (service, settings, _):
        made = service.draft(month_of(month), overrides, reason)
        if made.blocks or made.statement is None:
            raise fail(blocked(made.blocks, LANGUAGE))
        drafted(made.statement, LANGUAGE)
        if not yes and not typer.confirm(say("statement.cli.sure", month=month)):
            raise fail(say("statement.cli.not_issued"), 1)
        try:
            one = service.issue(month, author, overrides=overrides, reason=reason)
        except CannotIssue as error:
            raise fail(blocked(error.blocks, LANGUAGE)) from None
        folder = settings.data / "statements" / one.folder
        out.print(say("statement.cli.issued", number=one.number, folder=folder, head=one.head))


@app.command("list", help=say("help.statement_list"))
@plainly
def list_(data: Data = None, rooms: Rooms = None) -> None:
    from rumskoll.commands.statement_list import listed
    from rumskoll.contacts import contacts_for
    from rumskoll.registry_files import read_registry

    with statements_in(data, rooms) as (service, settings, state):
        contacts = contacts_for(settings.contacts, read_registry(settings.rooms))
        listed(service, state, contacts, mail_server=bool(settings.smtp_host))


@app.command(help=say("help.statement_diff"))
@plainly
def diff(
    which: Annotated[str, typer.Argument(metavar="NUMBER|MONTH", help=say("help.statement_which"))],
    data: Data = None,
    rooms: Rooms = None,
) -> None:
    from api.statements.service import NoStatement
    from rumskoll.commands.statement_tables import changed

    with statements_in(data, rooms) as (service, _, _):
        if not which.isdecimal() or len(which) > MOST_DIGITS:
            _diff_month(service, month_of(which))
            return
        try:
            statement = service.statement(int(which))
        except NoStatement:
            raise _unknown(service.issued(), which) from None
        if statement.before is None:
            out.print(say("statement.cli.first_version", number=which))
            return
        before = statement.before.number
        out.print(say("statement.cli.against_before", number=which, before=before))
        changed(statement.changes, statement, LANGUAGE)


def _diff_month(service: Statements, month: str) -> None:
    """The version that holds against what the month comes to now."""
    from rumskoll.commands.statement_tables import changed, newer

    own = [one for one in service.issued() if one.month == month]
    if not own:
        raise fail(say("statement.cli.none_issued", month=month))
    found = service.newer(month)
    if not found:
        out.print(say("statement.cli.no_newer", month=month, number=own[-1].number))
    for one in found:
        out.print(newer(one, LANGUAGE))
        changed(one.changes, service.statement(one.issued.number), LANGUAGE)


@app.command(help=say("help.statement_verify"))
@plainly
def verify(data: Data = None) -> None:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    from api.statements.verify import verify as findings_of
    from storage.ledger import Ledger

    settings = settings_in(data)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    bar = Progress(*columns, console=errors, disable=not errors.is_terminal)
    with state_in(settings) as state, bar:
        ledger = Ledger(settings.data / "statements", state)
        issued = ledger.issued()
        task = bar.add_task(say("statement.cli.verifying"), total=len(issued))
        findings = findings_of(ledger, lambda done, _: bar.update(task, completed=done))
    for finding in findings:
        out.print(finding.text(LANGUAGE))
    if findings:
        raise typer.Exit(1)
    if not issued:
        out.print(say("statement.cli.empty"))
        return
    out.print(say("statement.cli.verified", count=len(issued)))
    for one in issued:
        out.print(say("statement.cli.head", number=one.number, month=one.month, head=one.head))


@app.command(help=say("help.statement_mail"))
@plainly
def mail(number: Number, data: Data = None) -> None:
    from rumskoll.wiring import clock

    with state_in(settings_in(data)) as state:
        issued = state.statements.all()
        if all(one.number != number for one in issued):
            raise _unknown(issued, number)
        again = state.statements.again(number, clock())
    key = "statement.cli.mail_again" if again else "statement.cli.mail_none"
    out.print(say(key, count=again, number=number))


def _logged_in() -> str:
    try:
        return getuser()
    except (KeyError, OSError):  # a container's user may have no name
        raise fail(say("statement.cli.who")) from None


def _override(given: str) -> tuple[str, str]:
    room, equals, reason = given.partition("=")
    if not (equals and room.strip() and reason.strip()):
        raise fail(say("statement.cli.override", given=given))
    return room.strip(), _one_line("--override", reason)


def _one_line(option: str, said: str) -> str:
    """It is printed on the statement for good."""
    from api.asked import one_line

    try:
        return one_line(said, MOST_REASON)
    except ValueError:
        raise fail(say("statement.cli.words", option=option, most=MOST_REASON)) from None


def _unknown(issued: Iterable[Issued], number: object) -> typer.Exit:
    known = ", ".join(str(one.number) for one in issued)
    return fail(
        say("statement.cli.unknown" if known else "statement.cli.none", number=number, known=known)
    )
