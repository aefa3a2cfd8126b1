"""``rumskoll mqtt-tls``: a certificate for the broker, and the authority that issues it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from rumskoll.commands.common import LANGUAGE, out, plainly, say
from rumskoll.commands.mqtt_users import Group


@plainly
def mqtt_tls(
    host: Annotated[list[str] | None, typer.Option(help=say("help.mqtt_tls_host"))] = None,
    folder: Annotated[Path, typer.Option(help=say("help.mqtt_tls_folder"))] = Path("broker/tls"),
    renew: Annotated[bool, typer.Option("--renew", help=say("help.mqtt_tls_renew"))] = False,
    group: Group = None,
) -> None:
    from rumskoll.broker.certificates import utc_now
    from rumskoll.broker.tls_files import write_tls
    from rumskoll.broker.writing import group_id

    reader = None if group is None else group_id(group, LANGUAGE)
    made = write_tls(folder, host or (), utc_now(), LANGUAGE, renew=renew, group=reader)
    if made.ca_new:
        until = f"{made.ca_until:%Y-%m-%d}"
        out.print(say("mqtt_tls.new_ca", until=until, fingerprint=made.ca_fingerprint))
    key = "mqtt_tls.new" if made.new else "mqtt_tls.same"
    out.print(say(key, hosts=", ".join(made.hosts), until=f"{made.until:%Y-%m-%d}"))
    out.print(say("mqtt_tls.copy", ca=made.ca, key=made.ca_key, host=_in_address(made.hosts[0])))
    if made.new:
        out.print(say("mqtt.reload"))


def _in_address(host: str) -> str:
    """IPv6 addresses stand in brackets there."""
    return f"[{host}]" if ":" in host else host
