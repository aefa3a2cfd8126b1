"""``rumskoll``: the command line."""

from __future__ import annotations

from typing import Annotated

import typer

from rumskoll.commands import alerts, devices, evaluate, influx, keys, quarantine, statement
from rumskoll.commands.backup import backup
from rumskoll.commands.bridge import bridge
from rumskoll.commands.common import LANGUAGE, Data, Rooms, out, plainly, say, settings_for
from rumskoll.commands.dashboards import dashboards
from rumskoll.commands.decode import decode
from rumskoll.commands.healthy import healthy
from rumskoll.commands.import_ import import_
from rumskoll.commands.init import init
from rumskoll.commands.mqtt_tls import mqtt_tls
from rumskoll.commands.mqtt_users import mqtt_users
from rumskoll.commands.privacy import privacy
from rumskoll.commands.qr import qr
from rumskoll.commands.record import record
from rumskoll.commands.replay import replay
from rumskoll.commands.restore import restore
from rumskoll.commands.rollup import rollup
from rumskoll.commands.run import role, run
from rumskoll.commands.walktest import walktest

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help=say("help.rumskoll"),
)
app.command("init", help=say("help.init"))(init)
app.command("run", help=say("help.run"))(run)
app.command("role", hidden=True)(role)
app.command("dashboards", help=say("help.dashboards"))(dashboards)
app.command("healthy", help=say("help.healthy"))(healthy)
app.command("privacy", help=say("help.privacy"))(privacy)
app.command("mqtt-users", help=say("help.mqtt_users"))(mqtt_users)
app.command("mqtt-tls", help=say("help.mqtt_tls"))(mqtt_tls)
app.command("qr", help=say("help.qr"))(qr)
app.command("import", help=say("help.import"))(import_)
app.command("backup", help=say("help.backup"))(backup)
app.command("restore", help=say("help.restore"))(restore)
app.command("rollup", help=say("help.rollup"))(rollup)
app.command("decode", help=say("help.decode"))(decode)
app.command("record", help=say("help.record"))(record)
app.command("replay", help=say("help.replay"))(replay)
app.command("walktest", help=say("help.walktest"))(walktest)
app.command("bridge", help=say("help.bridge"))(bridge)
app.add_typer(devices.app, name="devices")
app.add_typer(evaluate.app, name="evaluate")
app.add_typer(alerts.app, name="alerts")
app.add_typer(quarantine.app, name="quarantine")
app.add_typer(keys.app, name="keys")
app.add_typer(influx.app, name="influx")
app.add_typer(statement.app, name="statement")


@app.command(help=say("help.doctor"))
@plainly
def doctor(
    data: Data = None,
    rooms: Rooms = None,
    files: Annotated[bool, typer.Option("--files", help=say("help.doctor_files"))] = False,
) -> None:
    from rumskoll.doctor import CHECKS, FILE_CHECKS, exit_code, run_checks

    settings = settings_for(data=data, rooms=rooms)
    checks = run_checks(settings, FILE_CHECKS if files else CHECKS)
    for check in checks:
        out.print(check.render(LANGUAGE))
    raise typer.Exit(exit_code(checks))


@app.callback(invoke_without_command=True)
def start(
    version: Annotated[bool, typer.Option("--version", help=say("help.version"))] = False,
) -> None:
    if version:
        from importlib.metadata import version as version_of

        out.print(version_of("rumskoll"))
        raise typer.Exit


def main() -> None:
    app()
