"""``rumskoll bridge``: a small process that watches one kind of equipment."""

from __future__ import annotations

import json
import os
import signal
import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from rumskoll.cannot_run import CannotRun
from rumskoll.commands.common import LANGUAGE, Rooms, fail, out, plainly, say, settings_for

if TYPE_CHECKING:
    from devices.bridges.base import Bridge, Target
    from devices.bridges.roomos.posts import Posts
    from devices.bridges.run import Watchers
    from rooms.registry import Registry
    from rumskoll.registry_files import RegistryWatch
    from rumskoll.settings import Settings

ALL = "all"
_LOOK_S = 5.0


@plainly
def bridge(
    name: Annotated[str, typer.Argument(help=say("help.bridge_name"))],
    try_: Annotated[
        str | None, typer.Option("--try", metavar="DEVICE", help=say("help.bridge_try"))
    ] = None,
    rooms: Rooms = None,
) -> None:
    from devices.bridges import BRIDGES
    from rumskoll.bridging import read_logins, targets
    from rumskoll.registry_files import RegistryWatch

    known = {str(id_): one for id_, one in BRIDGES.items()}
    chosen = known if name == ALL else {name: known[name]} if name in known else {}
    if not chosen:
        raise fail(say("bridge.unknown", name=name, known=", ".join([*known, ALL])))
    settings = settings_for(rooms=rooms)
    files = RegistryWatch(settings.rooms)
    logins = read_logins(settings.bridge_logins.get_secret_value(), LANGUAGE)

    def watched(registry: Registry) -> dict[str, dict[str, Target]]:
        return {one: targets(bridge_, registry, logins) for one, bridge_ in chosen.items()}

    now = watched(files.current)
    if not any(now.values()) and (name != ALL or try_ is not None):
        models = ", ".join(bridge_.model for bridge_ in chosen.values())
        raise fail(say("bridge.nothing", name=name, model=models))
    if try_ is not None:
        _ask_once(chosen, now, try_)
        return
    _supervised()
    stop = threading.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, lambda *_: stop.set())
    all_ = {one: _watchers(bridge_, settings, files) for one, bridge_ in chosen.items()}
    takes_posts = "roomos" in all_ and settings.roomos_posts_port
    posts = _posts(settings, all_["roomos"]) if takes_posts else None
    try:
        _use(all_, now)
        while not stop.wait(_LOOK_S):
            if (registry := files.poll()) is not None:
                _use(all_, watched(registry))
    finally:
        for watchers in all_.values():
            watchers.end()
        if posts is not None:
            posts.close()


def _use(all_: Mapping[str, Watchers], watched: Mapping[str, Mapping[str, Target]]) -> None:
    for name, watchers in all_.items():
        watchers.use(watched[name])


def _watchers(chosen: Bridge, settings: Settings, files: RegistryWatch) -> Watchers:
    from devices.bridges.publisher import Broker, Publisher
    from devices.bridges.run import Watchers
    from rumskoll import logs
    from rumskoll.bridging import topic_of
    from rumskoll.wiring import broker_of, clock

    logs.configure(settings.log_level, f"bridge {chosen.name}")
    told = broker_of(settings)
    broker = Broker(told.host, told.port, told.username or "", told.password or "", told.tls)

    def topic(registry: Registry, device: str) -> str:
        return topic_of(registry, device, clock())

    def speaker(target: Target) -> Publisher:
        client_id = f"{settings.mqtt_client_id}-bridge-{target.device}"
        return Publisher(broker, client_id, lambda: topic(files.current, target.device))

    return Watchers(chosen, speaker)


def _posts(settings: Settings, watchers: Watchers) -> Posts:
    from devices.bridges.roomos.posts import Posts

    port, secret = settings.roomos_posts_port, settings.roomos_posts_secret.get_secret_value()
    if len(secret) < 16:
        raise CannotRun(say("bridge.posts_secret"))
    try:
        return Posts(port, secret, watchers.hear)
    except OSError as error:
        raise CannotRun(say("bridge.posts_port", port=port, reason=error.strerror)) from None


def _ask_once(
    chosen: Mapping[str, Bridge], watched: Mapping[str, Mapping[str, Target]], device: str
) -> None:
    """For whoever installs it: is it reached, and what does it say?"""
    name = next((one for one, targets in watched.items() if device in targets), None)
    if name is None:
        known = ", ".join(id_ for targets in watched.values() for id_ in targets)
        raise fail(say("bridge.not_its_device", device=device, known=known))
    target = watched[name][device]
    from devices.bridges.base import Lost, Refused, Told

    stop = threading.Event()

    def tell(told: Told) -> None:
        stop.set()
        out.print(json.dumps(told, ensure_ascii=False, indent=2))

    try:
        chosen[name].watch(target, tell, stop)
    except Lost as error:
        raise fail(say("bridge.lost", device=target.device, reason=error), 1) from None
    except Refused as error:
        raise fail(say("bridge.refused", device=target.device, reason=error), 1) from None


def _supervised() -> None:
    from rumskoll.commands.run import end_with_parent

    if os.environ.get("RUMSKOLL_SUPERVISED"):
        threading.Thread(target=end_with_parent, daemon=True).start()
