"""``rumskoll evaluate faults``: what is found of faults that were made on purpose."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from rumskoll.commands.common import LANGUAGE, errors, fail, out, plainly, say

if TYPE_CHECKING:
    from rumskoll.evaluation.faults_run import Month


@plainly
def faults(
    seed: Annotated[int, typer.Option(help=say("help.seed"))] = 1,
    days: Annotated[int, typer.Option(min=1, max=90, help=say("help.evaluate_faults_days"))] = 30,
    as_json: Annotated[bool, typer.Option("--json", help=say("help.evaluate_json"))] = False,
    as_markdown: Annotated[
        bool, typer.Option("--markdown", help=say("help.evaluate_faults_markdown"))
    ] = False,
) -> None:
    from rumskoll.evaluation import faults_report as report

    month = _run(seed, days)
    if as_json:
        out.print(json.dumps(report.as_json(month), indent=2))
    elif as_markdown:
        out.print(report.markdown(month, LANGUAGE))
    else:
        _print(month)
    for line in report.amiss(month, LANGUAGE):
        errors.print(line)
    if not month.met:
        raise fail(say("evaluate_faults.aim_missed"), 1)


def _run(seed: int, days: int) -> Month:
    """With a progress bar beside the output."""
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    from rumskoll.evaluation.faults_run import run_month
    from rumskoll.evaluation.run import example

    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    shown = errors.is_terminal
    with Progress(*columns, console=errors, transient=True, disable=not shown) as progress:
        task = progress.add_task(say("evaluate_faults.playing"), total=1.0)
        return run_month(example(), seed, days, lambda part: progress.update(task, completed=part))


def _print(month: Month) -> None:
    from rich.table import Table

    from rumskoll.evaluation.faults_report import headings, of_messages, rows

    table = Table(box=None, pad_edge=False)
    for n, name in enumerate(headings(LANGUAGE)):
        table.add_column(name, justify="right" if n else "left", no_wrap=not n)
    for row in rows(month, LANGUAGE):
        table.add_row(*row)
    out.print(table)
    out.print()
    out.print(of_messages(month, LANGUAGE))
