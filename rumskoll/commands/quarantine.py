"""``rumskoll quarantine``: look at messages that could not be used, try them again."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.table import Table

from rumskoll.commands.common import Data, errors, out, plainly, say, settings_for, when
from rumskoll.wiring import outbox_of
from storage.outbox import Outbox
from storage.quarantine import Kept

app = typer.Typer(no_args_is_help=True, help=say("help.quarantine"))
Reason = Annotated[str | None, typer.Option(help=say("help.reason"))]
Ids = Annotated[list[int] | None, typer.Argument(help=say("help.ids"))]
All = Annotated[bool, typer.Option("--all", help=say("help.all"))]
MOST = 1_000_000


def _outbox(data: object) -> Outbox:
    settings = settings_for(data=data)
    if not (settings.data / "outbox.db").exists():
        errors.print(say("quarantine.no_data", folder=settings.data))
        raise typer.Exit(2)
    return outbox_of(settings)


@app.command("list", help=say("help.quarantine_list"))
@plainly
def list_(
    reason: Reason = None,
    most: Annotated[int, typer.Option(min=1, help=say("help.most"))] = 50,
    data: Data = None,
) -> None:
    kept = _outbox(data).quarantine.newest(reason, most)
    if not kept:
        out.print(say("quarantine.empty"))
        return
    table = Table(box=None, pad_edge=False)
    for name in ("id", "time", "source", "device", "reason", "topic", "detail"):
        table.add_column("#" if name == "id" else say(f"quarantine.{name}"), overflow="fold")
    for row in reversed(kept):
        who = row.device or row.address
        table.add_row(
            str(row.id), when(row.time), row.source, who, row.reason, row.topic, row.detail
        )
    out.print(table)


@app.command(help=say("help.quarantine_show"))
@plainly
def show(id_: Annotated[int, typer.Argument(metavar="ID")], data: Data = None) -> None:
    kept = _outbox(data).quarantine.get(id_)
    if kept is None:
        errors.print(say("quarantine.none", id=id_))
        raise typer.Exit(1)
    for name in ("time", "source", "device", "topic", "reason", "detail"):
        value = when(kept.time) if name == "time" else getattr(kept, name)
        out.print(f"{say(f'quarantine.{name}')}: {value}", markup=False)
    if kept.size > len(kept.payload):
        out.print(say("quarantine.cut", kept=len(kept.payload), size=kept.size))
    out.print()
    out.print(_shown(kept), markup=False)


def _shown(kept: Kept) -> str:
    """Text as text, anything else as hex."""
    try:
        text = kept.payload.decode()
    except UnicodeDecodeError:
        return kept.payload.hex(" ")
    return text if text.isprintable() or "\n" in text else kept.payload.hex(" ")


@app.command(help=say("help.quarantine_replay"))
@plainly
def replay(
    ids: Ids = None,
    reason: Reason = None,
    all_: All = False,
    any_age: Annotated[bool, typer.Option("--any-age", help=say("help.any_age"))] = False,
    data: Data = None,
) -> None:
    outbox = _outbox(data)
    count = outbox.quarantine.request_replay(_chosen(outbox, ids, reason, all_), any_age=any_age)
    out.print(say("quarantine.replayed", count=count))


@app.command(help=say("help.quarantine_discard"))
@plainly
def discard(ids: Ids = None, reason: Reason = None, all_: All = False, data: Data = None) -> None:
    outbox = _outbox(data)
    count = outbox.quarantine.discard(_chosen(outbox, ids, reason, all_))
    out.print(say("quarantine.discarded", count=count))


def _chosen(outbox: Outbox, ids: list[int] | None, reason: str | None, all_: bool) -> list[int]:
    if ids:
        return ids
    if not reason and not all_:
        errors.print(say("quarantine.which"))
        raise typer.Exit(2)
    return [row.id for row in outbox.quarantine.newest(reason, MOST)]
