"""``rumskoll dashboards``: what Grafana reads, with this installation's addresses."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rooms.texts import Language
from rumskoll.cannot_run import CannotRun
from rumskoll.commands.common import LANGUAGE, out, plainly, say, settings_for

if TYPE_CHECKING:
    from dashboards.installing import Installation
    from rumskoll.settings import Settings

PASSWORD_FILE = "rumskoll-grafana"  # noqa: S105 - the name that `rumskoll influx init` gives it


@plainly
def dashboards(
    to: Annotated[Path, typer.Option("--to", help=say("help.dashboards_to"))],
    language: Annotated[
        Language, typer.Option("--lang", help=say("help.dashboards_lang"))
    ] = LANGUAGE,
    board: Annotated[str | None, typer.Option(help=say("help.dashboards_board"))] = None,
    influx: Annotated[str | None, typer.Option(help=say("help.dashboards_influx"))] = None,
    password_file: Annotated[
        Path | None, typer.Option(help=say("help.dashboards_password"))
    ] = None,
) -> None:
    from dashboards.installing import tree

    settings = settings_for(public_url=board, store=influx)
    folder = to.absolute()
    installation = _installation(settings, language, folder, password_file)
    _without_variables(installation)
    files = dict(tree(installation))
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    out.print(say("dashboards.written", folder=folder, count=len(files)))
    out.print(say("dashboards.board", address=installation.board))
    told = [installation.email, "webhook" if installation.webhook else ""]
    who = ", ".join(filter(None, told))
    out.print(say("dashboards.alerts", who=who) if who else say("dashboards.no_alerts"))


def _installation(
    settings: Settings, language: Language, folder: Path, password_file: Path | None
) -> Installation:
    from dashboards.installing import Installation
    from storage.open import influx_address

    if settings.store_url.startswith("sqlite:"):
        raise CannotRun(say("dashboards.sqlite", store=settings.store_url))
    address, options = influx_address(settings.store_url)
    ca = options.get("ca")
    return Installation(
        language=language,
        folder=str(folder),
        board=settings.public_url or f"http://localhost:{settings.port}",
        influx=address.rstrip("/"),
        password_file=str((password_file or folder / PASSWORD_FILE).absolute()),
        rooms=options.get("database", "rooms"),
        history=options.get("history", "rooms_history"),
        ca_file=str(Path(ca).absolute()) if ca else "",
        email=settings.grafana_email,
        webhook=settings.grafana_webhook.get_secret_value().replace("$", "%24"),
    )


def _without_variables(installation: Installation) -> None:
    """Grafana would look up what follows a dollar sign, and some of its versions its escape."""
    for name, value in installation._asdict().items():
        if "$" in value or (name in {"password_file", "ca_file"} and "}" in value):
            raise CannotRun(say("dashboards.dollar", value=value))
