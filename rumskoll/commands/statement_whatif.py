"""``rumskoll statement whatif``: another agreement, over past months. Nothing is issued."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rumskoll.commands.common import (
    LANGUAGE,
    Data,
    Rooms,
    errors,
    fail,
    out,
    plainly,
    same_file,
    say,
)
from rumskoll.commands.statement_data import month_of, settings_in, statements_in

if TYPE_CHECKING:
    from rich.table import Table

    from api.statements.whatif import Outcome
    from rooms.statement.inputs import AgreementInput
    from rooms.statement.whatif import Line, WhatIf
    from rumskoll.settings import Settings

_SHOW_AFTER_S = 2.0


@plainly
def whatif(
    agreement: Annotated[Path, typer.Option(help=say("help.whatif_agreement"))],
    months: Annotated[int | None, typer.Option(min=1, help=say("help.whatif_months"))] = None,
    first: Annotated[str | None, typer.Option("--from", help=say("help.whatif_from"))] = None,
    last: Annotated[str | None, typer.Option("--to", help=say("help.whatif_to"))] = None,
    plot: Annotated[Path | None, typer.Option(help=say("help.whatif_plot"))] = None,
    csv: Annotated[Path | None, typer.Option(help=say("help.whatif_csv"))] = None,
    data: Data = None,
    rooms: Rooms = None,
) -> None:
    _check(agreement, months, first, last, plot, csv)
    proposed = _agreements(agreement, settings_in(data, rooms))
    outcome = _computed(proposed, months, first, last, data, rooms)
    for one in outcome.left_out:
        why = one.why.text(LANGUAGE)
        errors.print(say("whatif.left_out", month=one.month, why=why))
    if not outcome.found.months:
        raise fail(say("whatif.none"), 1)
    out.print(_table(outcome.found))
    out.print(say("whatif.exact"))
    _write(outcome.found, plot, csv)


def _check(
    agreement: Path,
    months: int | None,
    first: str | None,
    last: str | None,
    plot: Path | None,
    csv: Path | None,
) -> None:
    for month in (first, last):
        if month is not None:
            month_of(month)
    if months is not None and (first or last):
        raise fail(say("whatif.cli.both"))
    if first and last and first > last:
        raise fail(say("whatif.cli.order", first=first, last=last))
    for option, file, kind in (("--plot", plot, ".svg"), ("--csv", csv, ".csv")):
        if file is not None and same_file(file, agreement):
            raise fail(say("whatif.cli.same_file", file=file))
        if file is not None and file.suffix.lower() != kind:  # rooms.yaml is not written over
            raise fail(say("whatif.cli.kind", option=option, file=file, kind=kind))


def _agreements(file: Path, settings: Settings) -> Sequence[AgreementInput]:
    from rooms.registry.agreement_file import parse_agreements
    from rooms.statement.registered import agreement_input
    from rumskoll.registry_files import read_registry

    try:
        content = file.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise fail(say("whatif.cli.not_text", file=file)) from None
    found = parse_agreements(content, str(file), read_registry(settings.rooms))
    return [agreement_input(one) for one in found]


def _computed(
    proposed: Sequence[AgreementInput],
    months: int | None,
    first: str | None,
    last: str | None,
    data: Path | None,
    rooms: Path | None,
) -> Outcome:
    """With a progress bar once it takes long."""
    from time import monotonic

    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    from api.statements.whatif import past_months, what_if
    from rumskoll import wiring

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    bar = Progress(*columns, console=errors, disable=not errors.is_terminal, transient=True)
    with statements_in(data, rooms) as (service, _, _):
        running = f"{datetime.fromtimestamp(wiring.clock() / 1000).astimezone():%Y-%m}"
        chosen = past_months(service, running, first=first, last=last, most=months)
        task = bar.add_task(say("whatif.cli.computing"), total=len(chosen))
        began = monotonic()

        def progress(done: int) -> None:
            if monotonic() - began > _SHOW_AFTER_S:
                bar.start()
            bar.update(task, completed=done)

        try:
            return what_if(service, proposed, chosen, progress)
        finally:
            bar.stop()


def _table(found: WhatIf) -> Table:
    from rich.box import SIMPLE
    from rich.table import Table

    table = Table(box=SIMPLE)
    table.add_column(say("whatif.month"))
    table.add_column(say("whatif.partner"))
    for key in ("whatif.now", "whatif.then", "whatif.difference"):
        table.add_column(say(key), justify="right", no_wrap=True)
    for month in found.months:
        _add(table, found, month.month, month.lines)
    if len(found.months) > 1:
        _add(table, found, say("whatif.sum"), found.sums)
    return table


def _add(table: Table, found: WhatIf, label: str, lines: Sequence[Line]) -> None:
    from rich.text import Text

    from rooms.statement.money import kronor

    for i, line in enumerate(lines):
        name = Text(found.names.get(line.partner, line.partner))
        amounts = (kronor(a, LANGUAGE) for a in (line.now, line.then, line.difference))
        table.add_row(label if i == 0 else "", name, *amounts)
    now, then = sum(line.now for line in lines), sum(line.then for line in lines)
    amounts = (kronor(a, LANGUAGE) for a in (now, then, then - now))
    table.add_row("", say("whatif.all"), *amounts, end_section=True)


def _write(found: WhatIf, plot: Path | None, csv: Path | None) -> None:
    from api.statements.whatif_csv import table
    from api.statements.whatif_plot import plot as drawn

    if plot is not None:
        plot.write_text(drawn(found, LANGUAGE), "utf-8", newline="\n")
        out.print(say("whatif.cli.written", file=plot))
    if csv is not None:
        csv.write_bytes(table(found))
        out.print(say("whatif.cli.written", file=csv))
