"""``rumskoll influx init``: prepare an InfluxDB server."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated
from urllib.parse import parse_qsl, urlsplit, urlunsplit

import typer

from rumskoll.commands.common import LANGUAGE, fail, out, plainly, say, settings_for

app = typer.Typer(no_args_is_help=True, help=say("help.influx"))


@app.command(help=say("help.influx_init"))
@plainly
def init(
    store: Annotated[str | None, typer.Option(help=say("help.store"))] = None,
    user: Annotated[str, typer.Option(help=say("help.admin_user"))] = "",
    token: Annotated[
        str, typer.Option(envvar="RUMSKOLL_INFLUX_ADMIN_TOKEN", help=say("help.admin_token"))
    ] = "",
    token_file: Annotated[
        Path | None,
        typer.Option(envvar="RUMSKOLL_INFLUX_ADMIN_TOKEN_FILE", help=say("help.admin_token_file")),
    ] = None,
    org: Annotated[str, typer.Option(help=say("help.org"))] = "rumskoll",
    shorten: Annotated[bool, typer.Option("--shorten", help=say("help.shorten"))] = False,
    keep: Annotated[Path | None, typer.Option(help=say("help.influx_keep"))] = None,
) -> None:
    from rumskoll import kept_tokens
    from storage.influx_admin import plan, prepare

    settings = settings_for(store=store)
    address = settings.store_url
    if address.startswith("sqlite:"):
        raise fail(say("influx.sqlite", store=address))
    parts = urlsplit(address)
    options = dict(parse_qsl(parts.query))
    steps = prepare(
        urlunsplit(parts._replace(query="")),
        user=user,
        token=token or _admin_token(token_file),
        org=org,
        ca=options.get("ca"),
        plan=plan(
            options.get("db", "rooms"),
            options.get("history", "rooms_history"),
            settings.retention_days,
            shorten=shorten,
        ),
        renew=() if keep is None else kept_tokens.missing(keep),
    )
    for step in steps:
        out.print(step.render(LANGUAGE))
    for step in (step for step in steps if step.secret):
        if keep is None:
            out.print(say("influx.secret", name=step.name, secret=step.secret))
        else:
            file = kept_tokens.keep(keep, step.name, step.secret)
            out.print(say("influx.kept", name=step.name, file=file))


def _admin_token(file: Path | None) -> str:
    """Of the file, or typed where somebody sits."""
    if file is not None:
        return file.read_text("utf-8").strip()
    if not sys.stdin.isatty():
        raise fail(say("influx.no_token"))
    return str(typer.prompt("Token", hide_input=True))
