"""``rumskoll influx init``: prepare an InfluxDB server."""

from __future__ import annotations

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
        str,
        typer.Option(
            envvar="RUMSKOLL_INFLUX_ADMIN_TOKEN",
            prompt=True,
            hide_input=True,
            help=say("help.admin_token"),
        ),
    ] = "",
    org: Annotated[str, typer.Option(help=say("help.org"))] = "rumskoll",
    shorten: Annotated[bool, typer.Option("--shorten", help=say("help.shorten"))] = False,
) -> None:
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
        token=token,
        org=org,
        ca=options.get("ca"),
        plan=plan(
            options.get("db", "rooms"),
            options.get("history", "rooms_history"),
            settings.retention_days,
            shorten=shorten,
        ),
    )
    for step in steps:
        out.print(step.render(LANGUAGE))
    for step in steps:
        if step.secret:
            out.print(say("influx.secret", name=step.name, secret=step.secret))
