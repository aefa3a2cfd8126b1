"""``rumskoll mqtt-users``: Mosquitto's users and their rights, from rooms.yaml."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rumskoll.commands.common import LANGUAGE, Rooms, out, plainly, say, settings_for

if TYPE_CHECKING:
    from rumskoll.broker.user_files import Changes

Group = Annotated[str | None, typer.Option(help=say("help.mqtt_group"))]


@plainly
def mqtt_users(
    folder: Annotated[Path, typer.Option(help=say("help.mqtt_users_folder"))] = Path("broker"),
    renew: Annotated[list[str] | None, typer.Option(help=say("help.mqtt_users_renew"))] = None,
    remove: Annotated[bool, typer.Option("--remove", help=say("help.mqtt_users_remove"))] = False,
    simulator: Annotated[
        bool, typer.Option("--simulator", help=say("help.mqtt_users_simulator"))
    ] = False,
    secret: Annotated[Path | None, typer.Option(help=say("help.mqtt_users_secret"))] = None,
    group: Group = None,
    rooms: Rooms = None,
) -> None:
    from rumskoll.broker.acl import check_topics
    from rumskoll.broker.user_files import PLAIN, write_users
    from rumskoll.broker.users import RUMSKOLL, users_of
    from rumskoll.broker.writing import group_id, make_folder, replace
    from rumskoll.registry_files import read_registry

    settings = settings_for(rooms=rooms)
    registry = read_registry(settings.rooms)
    check_topics(registry, LANGUAGE)
    prefix = settings.homeassistant_prefix if settings.homeassistant else None
    users = users_of(registry, discovery_prefix=prefix, simulator=simulator)
    changes = write_users(
        folder,
        users,
        LANGUAGE,
        renew=[_whole(name, users) for name in renew or ()],
        forget=remove,
        group=None if group is None else group_id(group, LANGUAGE),
    )
    if secret is not None:
        make_folder(secret.parent)
        replace(secret, f"{changes.passwords[RUMSKOLL]}\n".encode(), 0o600)
    _tell(changes)
    out.print(say("mqtt_users.where", file=folder / PLAIN, count=len(users)))
    if changes.any:
        out.print(say("mqtt.reload"))


def _whole(name: str, users: Iterable[str]) -> str:
    """A device's or a source's id will do, as long as only one user is meant."""
    meant = [user for user in users if name in (user, user.partition(".")[2])]
    return meant[0] if len(meant) == 1 else name


def _tell(changes: Changes) -> None:
    for key in ("new", "renewed", "changed", "gone", "kept"):
        names = getattr(changes, key)
        if names:
            out.print(say(f"mqtt_users.{key}", count=len(names), names=", ".join(names)))
    if not changes.any:
        out.print(say("mqtt_users.same"))
