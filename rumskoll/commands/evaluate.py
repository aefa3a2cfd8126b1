"""``rumskoll evaluate``: how near the computed occupancy comes to a truth that is known."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from rumskoll.commands.common import LANGUAGE, errors, fail, out, plainly, same_file, say
from rumskoll.commands.evaluate_faults import faults

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from rooms.devicemodels import Evidence
    from rumskoll.evaluation.run import Outcome
    from rumskoll.evaluation.strips import Strip
    from rumskoll.evaluation.table import Columns, Table

MOST_SHOWN = 20  # refused rows told one by one
COLUMN_OPTIONS = frozenset({"--time", "--motion", "--state", "--people"})


class SeveralColumns(TyperGroup):
    """Lets several names follow one option: ``--motion A B`` is ``--motion A --motion B``."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        return super().parse_args(ctx, spread(args))


def spread(words: Sequence[str]) -> list[str]:
    """Each further name after a column option as that option's own."""
    option, filled = "", True
    whole: list[str] = []
    for word in words:
        if word.startswith("--"):
            option, filled = word if word in COLUMN_OPTIONS else "", False
        elif option and filled:
            whole.append(option)
        else:
            filled = True
        whole.append(word)
    return whole


def _columns_option(name: str, help_: str) -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(name, metavar="COLUMN …", help=say(help_))
    return option


app = typer.Typer(cls=SeveralColumns, invoke_without_command=True, help=say("help.evaluate"))
app.command("faults", help=say("help.evaluate_faults"))(faults)


@app.callback()
@plainly
def evaluate(
    ctx: typer.Context,
    file: Annotated[
        Path | None, typer.Option("--csv", metavar="FILE", help=say("help.evaluate_csv"))
    ] = None,
    time: Annotated[list[str] | None, _columns_option("--time", "help.evaluate_time")] = None,
    motion: Annotated[list[str] | None, _columns_option("--motion", "help.evaluate_motion")] = None,
    state: Annotated[list[str] | None, _columns_option("--state", "help.evaluate_state")] = None,
    people: Annotated[list[str] | None, _columns_option("--people", "help.evaluate_people")] = None,
    truth: Annotated[
        str | None, typer.Option(metavar="COLUMN", help=say("help.evaluate_truth"))
    ] = None,
    expect_every: Annotated[
        int | None,
        typer.Option(min=1, max=86_400, metavar="SECONDS", help=say("help.evaluate_every")),
    ] = None,
    zone: Annotated[str, typer.Option(help=say("help.evaluate_zone"))] = "UTC",
    seed: Annotated[int, typer.Option(help=say("help.seed"))] = 1,
    as_json: Annotated[bool, typer.Option("--json", help=say("help.evaluate_json"))] = False,
    as_markdown: Annotated[
        bool, typer.Option("--markdown", help=say("help.evaluate_markdown"))
    ] = False,
    plot: Annotated[
        Path | None, typer.Option(metavar="FILE.svg", help=say("help.evaluate_plot"))
    ] = None,
) -> None:
    from rumskoll.evaluation.table import Columns

    if ctx.invoked_subcommand is not None:
        return
    if file is None:
        if time or motion or state or people or truth or expect_every:
            raise fail(say("evaluate.csv_needed"))
        _scenarios(seed, plot, as_json=as_json, as_markdown=as_markdown)
        return
    if not (time and truth and expect_every and (motion or state or people)):
        raise fail(say("evaluate.options_needed"))
    if as_markdown:
        raise fail(say("evaluate.no_markdown"))
    if plot is not None and same_file(plot, file):
        raise fail(say("cli.own_input", file=plot))
    given: dict[Evidence, list[str] | None]
    given = {"motion": motion, "presence": state, "count": people}
    sensors = [(kind, name) for kind, names in given.items() for name in names or ()]
    columns = Columns(time, truth, sensors)
    _csv(file, columns, expect_every, zone, plot, as_json=as_json)


# ---- a CSV file


def _csv(
    file: Path, columns: Columns, every: int, zone: str, plot: Path | None, *, as_json: bool
) -> None:
    from rumskoll.evaluation import report
    from rumskoll.evaluation.run import compare_file
    from rumskoll.evaluation.strips import Strip
    from rumskoll.evaluation.table import Unusable

    try:
        table, found = compare_file(file, columns, every, _zone(zone))
    except Unusable as error:
        raise fail(say(error.key, **error.values)) from None
    _tell_refused(table)
    if found is None:
        raise fail(say("evaluate.no_rows", file=file))
    if plot:
        _plot(plot, [Strip(file.name, found)], zone)
    if as_json:
        counts = {"rows": len(table.truth), "refused": len(table.refused)}
        _print_json({**report.as_json(found.score), **counts})
        return
    for line in report.summary(found.score, LANGUAGE):
        out.print(line)
    _print_causes([report.cause_row(file.name, found.score, LANGUAGE)])


def _zone(name: str) -> ZoneInfo:
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # OSError: the name of a folder of zones
        raise fail(say("evaluate.zone", zone=name)) from None


def _tell_refused(table: Table) -> None:
    for row in table.refused[:MOST_SHOWN]:
        reason = say(row.key, **row.values)
        errors.print(say("evaluate.refused", line=row.line, reason=reason))
    if len(table.refused) > MOST_SHOWN:
        errors.print(say("evaluate.refused_more", count=len(table.refused) - MOST_SHOWN))


# ---- the simulator's scenarios


def _scenarios(seed: int, plot: Path | None, *, as_json: bool, as_markdown: bool) -> None:
    from rumskoll.evaluation import report
    from rumskoll.evaluation.run import example
    from rumskoll.evaluation.strips import Strip

    outcomes = _run(seed)
    names = [report.name_of(outcome, LANGUAGE) for outcome in outcomes]
    if plot:
        shown = (outcome.shown for outcome in outcomes)
        _plot(plot, list(map(Strip, names, shown)), example().timezone)
    if as_json:
        _print_json([report.outcome_json(outcome) for outcome in outcomes])
    elif as_markdown:
        out.print(report.markdown(outcomes, LANGUAGE))
    else:
        rows = [report.row(outcome, LANGUAGE) for outcome in outcomes]
        _print_table(report.headings(LANGUAGE), rows)
        scores = [outcome.whole for outcome in outcomes]
        _print_causes(list(map(report.cause_row, names, scores, repeat(LANGUAGE))))
        longest = max(score.wrong for score in scores)
        _print_table(
            (), [(n, report.bar(s, longest, LANGUAGE)) for n, s in zip(names, scores, strict=True)]
        )
        out.print()
        for name, outcome in zip(names, outcomes, strict=True):
            out.print(f"{name}: {say(f'evaluate.why.{outcome.scenario.key}')}")
    failed = [name for name, outcome in zip(names, outcomes, strict=True) if not outcome.met]
    if failed:
        raise fail(say("evaluate.aim_missed", names=", ".join(failed)), 1)


def _run(seed: int) -> list[Outcome]:
    """All scenarios, with a progress bar beside the output."""
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    from rumskoll.evaluation.run import run_scenario
    from rumskoll.evaluation.scenarios import SCENARIOS

    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    outcomes = []
    with Progress(*columns, console=errors, transient=True) as progress:
        task = progress.add_task("", total=len(SCENARIOS))
        for n, scenario in enumerate(SCENARIOS):
            name = say(f"evaluate.scenario.{scenario.key}")
            progress.update(task, description=name)

            def step(part: float, done: int = n) -> None:
                progress.update(task, completed=done + part)

            outcomes.append(run_scenario(scenario, seed, step))
    return outcomes


# ---- output


def _plot(path: Path, strips: Sequence[Strip], zone: str) -> None:
    from rumskoll.evaluation.strips import svg

    path.write_text(svg(strips, _zone(zone), LANGUAGE), "utf-8")


def _print_json(value: object) -> None:
    out.print(json.dumps(value, indent=2))


def _print_causes(rows: Sequence[Sequence[str]]) -> None:
    from rumskoll.evaluation.report import cause_headings

    out.print()
    out.print(say("evaluate.causes"))
    _print_table(cause_headings(LANGUAGE), rows)
    out.print(say("evaluate.causes_meaning"))
    out.print()


def _print_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from rich.table import Table as Shown

    table = Shown(box=None, pad_edge=False, show_header=bool(head))
    for n, name in enumerate(head):
        table.add_column(name, justify="right" if n else "left", no_wrap=not n)
    for row in rows:
        table.add_row(*row)
    out.print(table)
