"""``rumskoll quarantine``: look at messages that could not be used, try them again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rumskoll.commands.common import Data, fail, out, plainly, say, settings_with, when

if TYPE_CHECKING:
    from storage.quarantine import Kept, Quarantine

app = typer.Typer(no_args_is_help=True, help=say("help.quarantine"))
Reason = Annotated[str | None, typer.Option(help=say("help.reason"))]
Ids = Annotated[list[int] | None, typer.Argument(help=say("help.ids"))]
All = Annotated[bool, typer.Option("--all", help=say("help.all"))]


def _quarantine(data: Path | None) -> Quarantine:
    settings = settings_with("outbox.db", data)
    from rumskoll.wiring import outbox_of

    return outbox_of(settings).quarantine


@app.command("list", help=say("help.quarantine_list"))
@plainly
def list_(
    reason: Reason = None,
    most: Annotated[int, typer.Option(min=1, max=10_000, help=say("help.most"))] = 50,
    data: Data = None,
) -> None:
    from rich.table import Table

    kept = _quarantine(data).newest(reason, most)
    if not kept:
        out.print(say("quarantine.empty"))
        return
    table = Table(box=None, pad_edge=False)
    for name in ("id", "time", "source", "device", "reason", "topic", "detail"):
        table.add_column("#" if name == "id" else say(f"quarantine.{name}"), overflow="fold")
    for row in reversed(kept):
        who = row.device or row.address
        cells = (row.source, who, row.reason, row.topic, row.detail)
        table.add_row(str(row.id), when(row.time), *map(_plain, cells))
    out.print(table)


@app.command(help=say("help.quarantine_show"))
@plainly
def show(id_: Annotated[int, typer.Argument(metavar="ID")], data: Data = None) -> None:
    kept = _quarantine(data).get(id_)
    if kept is None:
        raise fail(say("quarantine.none", id=id_), 1)
    for name in ("time", "source", "device", "topic", "reason", "detail"):
        value = when(kept.time) if name == "time" else getattr(kept, name)
        out.print(f"{say(f'quarantine.{name}')}: {_plain(value)}")
    if kept.size > len(kept.payload):
        key = "quarantine.cut" if kept.payload else "quarantine.withheld"
        out.print(say(key, kept=len(kept.payload), size=kept.size))
    out.print()
    out.print(_shown(kept))


def _shown(kept: Kept) -> str:
    """Text as text, anything else (a terminal's control codes, too) as hex."""
    try:
        text = kept.payload.decode()
    except UnicodeDecodeError:
        return kept.payload.hex(" ")
    return text if all(c.isprintable() or c in "\r\n\t" for c in text) else kept.payload.hex(" ")


def _plain(text: str) -> str:
    """What came from outside, without control codes."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


@app.command(help=say("help.quarantine_replay"))
@plainly
def replay(
    ids: Ids = None,
    reason: Reason = None,
    all_: All = False,
    any_age: Annotated[bool, typer.Option("--any-age", help=say("help.any_age"))] = False,
    data: Data = None,
) -> None:
    quarantine = _quarantine(data)
    chosen = _chosen(quarantine, ids, reason, all_)
    count = quarantine.request_replay(chosen, any_age=any_age)
    out.print(say("quarantine.replayed", count=count))
    if count < len(chosen):
        out.print(say("quarantine.not_whole", count=len(chosen) - count))


@app.command(help=say("help.quarantine_discard"))
@plainly
def discard(ids: Ids = None, reason: Reason = None, all_: All = False, data: Data = None) -> None:
    quarantine = _quarantine(data)
    count = quarantine.discard(_chosen(quarantine, ids, reason, all_))
    out.print(say("quarantine.discarded", count=count))


def _chosen(
    quarantine: Quarantine, ids: list[int] | None, reason: str | None, all_: bool
) -> list[int]:
    known = set(quarantine.ids(reason))
    if ids:
        unknown = [id_ for id_ in ids if id_ not in known]
        if unknown:
            raise fail(say("quarantine.none", id=unknown[0]), 1)
        return [*dict.fromkeys(ids)]
    if not reason and not all_:
        raise fail(say("quarantine.which"))
    return sorted(known)
