"""``rumskoll healthy ROLE``: for containers and supervisors; nothing is said, the exit code is."""

from __future__ import annotations

import json
import sqlite3
import urllib.request
from contextlib import closing
from typing import Annotated, Final, Literal

import typer

from rumskoll.commands.common import errors, plainly, say, settings_for

FRESH_MS: Final = 60_000  # the collector reports every 5 s


@plainly
def healthy(
    role: Annotated[Literal["collector", "api"], typer.Argument(help=say("help.healthy_role"))],
) -> None:
    wrong = _collector() if role == "collector" else _api()
    if wrong:
        errors.print(wrong)
        raise typer.Exit(1)


def _collector() -> str:
    """Its last report; that broker or store is away does not make it ill: a restart mends
    neither."""
    from rumskoll.wiring import clock

    path = settings_for().data / "service.db"
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=5)) as db:
            query = "SELECT body FROM state WHERE kind = 'role' AND id = 'collector'"
            row = db.execute(query).fetchone()
    except sqlite3.Error as error:
        return f"{path}: {error}"
    heartbeat = 0 if row is None else json.loads(row[0])["heartbeat"]
    age = clock() - heartbeat
    return "" if age < FRESH_MS else say("healthy.silent", seconds=age // 1000)


def _api() -> str:
    settings = settings_for()
    host = settings.host.strip("[]")
    host = "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104 - where it listens
    url = f"http://{host}:{settings.port}/healthz"
    try:
        urllib.request.urlopen(url, timeout=5).close()
    except OSError as error:
        return f"{url}: {error}"
    return ""
