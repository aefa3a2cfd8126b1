"""``rumskoll statement adopt``: statements that are newer than a restored backup."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rumskoll.commands.common import Data, out, plainly, say
from rumskoll.commands.statement_data import settings_in, state_in


@plainly
def adopt(
    file: Annotated[Path, typer.Argument(help=say("help.statement_adopt_file"))],
    data: Data = None,
) -> None:
    from rumskoll.backup.found import statements_in_file
    from rumskoll.wiring import clock
    from storage.ledger import Ledger
    from storage.ledger_adopt import adopt as take_in

    settings = settings_in(data)
    with state_in(settings) as state, statements_in_file(file) as candidates:
        adopted = take_in(Ledger(settings.data / "statements", state), candidates, clock(), "cli")
    if not adopted:
        out.print(say("statement.adopt.nothing_new", file=file))
        return
    for one in adopted:
        out.print(say("statement.adopt.done", number=one.number, month=one.month, head=one.head))
    out.print(say("statement.adopt.mail"))
