"""A house's equipment as bridges find it: what the registry connects to this computer answers
there, and shows what the simulation says of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack, suppress
from typing import Any, Final

import msgspec

from devices.simulator.av.collabos import CollabOs
from devices.simulator.av.https import HttpsDevice
from devices.simulator.av.pjlink import PjLink
from devices.simulator.av.poly import Poly
from devices.simulator.av.roomos import RoomOs, Tree
from devices.simulator.message import Message
from rooms.registry.registry import Registry

HERE: Final = "127.0.0.1"
_FLAGS: Final = ("fan", "lamp", "temperature", "cover", "filter", "other")
_OF_ITSELF: Final = ("peripherals", "diagnostics", "firmware")
_LEVELS: Final = ("level", "type", "description")

Show = Callable[[Mapping[str, Any]], None]
"""Takes the fields of an ``equipment`` message; those that are missing stay as they were."""


class CannotAnswer(Exception):
    """The port of a device is taken; the arguments are device, port and reason."""


class Equipment:
    """Use as a context manager. Entering raises ``CannotAnswer``."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._shows: dict[str, Show] = {}
        self._stack = ExitStack()

    def __enter__(self) -> Equipment:
        with ExitStack() as stack:
            for id_, entry in self._registry.devices.items():
                connect, opened = entry.device.connect, _KINDS.get(entry.model.bridge or "")
                if connect is None or connect.host != HERE or connect.port is None or not opened:
                    continue
                try:
                    self._shows[id_] = opened(connect.port, stack)
                except OSError as error:
                    raise CannotAnswer(id_, connect.port, error.strerror or str(error)) from error
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def before(self, message: Message) -> Message:
        """A message of the past without what such equipment is made of: it names its parts
        itself, in its own way, and those of other names would be missing."""
        if message.device not in self._shows or not message.topic.endswith("/equipment"):
            return message
        try:
            said = msgspec.json.decode(message.payload, type=dict[str, Any])
        except msgspec.DecodeError:
            return message
        kept = {name: value for name, value in said.items() if name not in _OF_ITSELF}
        return message._replace(payload=msgspec.json.encode(kept))

    def takes(self, message: Message) -> bool:
        """Whether it is about equipment that answers by itself; if so it shows what it says."""
        show = self._shows.get(message.device)
        if show is None:
            return False
        if message.topic.endswith("/equipment"):
            with suppress(msgspec.DecodeError):  # garbled on purpose; sockets do not garble
                show(msgspec.json.decode(message.payload, type=dict[str, Any]))
        return True


def _roomos(port: int, stack: ExitStack) -> Show:
    device = stack.enter_context(RoomOs(port))

    def show(now: Mapping[str, Any]) -> None:
        in_use = now.get("room_in_use")
        news: Tree = {
            "SystemUnit": {"State": {"NumberOfActiveCalls": int(now["in_call"])}},
            "Standby": {"State": "Standby" if now["standby"] else "Off"},
            "RoomAnalytics": {
                "PeopleCount": {"Current": now.get("people", -1)},  # -1: it does not know
                "PeoplePresence": "Yes" if in_use else "Unknown" if in_use is None else "No",
            },
            "Audio": {"Microphones": {"Mute": "On" if now["muted"] else "Off"}},
        }
        if "peripherals" in now:
            camera = {"id": "1", "Connected": str(_camera(now))}
            news["Cameras"] = {"Camera": [camera]}
            news["Diagnostics"] = {"Message": _messages(device.status, now["diagnostics"])}
        device.change(news)

    return show


def _messages(status: Tree, diagnostics: list[dict[str, str]]) -> list[Tree]:
    """The list as it is now; those that are no more leave as ghosts."""
    now = [
        {"id": str(n), **{word.capitalize(): said[word] for word in _LEVELS}}
        for n, said in enumerate(diagnostics, 1)
    ]
    before = status.get("Diagnostics", {}).get("Message", [])
    kept = {message["id"] for message in now}
    return [*now, *({"id": m["id"], "ghost": "True"} for m in before if m["id"] not in kept)]


def _poly(port: int, stack: ExitStack) -> Show:
    device = Poly()
    stack.enter_context(HttpsDevice(device.reply, port))

    def show(now: Mapping[str, Any]) -> None:
        device.asleep, device.in_call, device.muted = now["standby"], now["in_call"], now["muted"]
        if "peripherals" in now:
            device.down = () if _camera(now) else ("mr.camera",)

    return show


def _collabos(port: int, stack: ExitStack) -> Show:
    device = CollabOs()
    stack.enter_context(HttpsDevice(device.reply, port))

    def show(now: Mapping[str, Any]) -> None:
        device.state, device.muted = "IN_USE" if now["in_call"] else "IDLE", now["muted"]
        device.people = now.get("people", device.people)
        if "peripherals" in now:
            device.camera = _camera(now)

    return show


def _pjlink(port: int, stack: ExitStack) -> Show:
    device = stack.enter_context(PjLink(port))

    def show(now: Mapping[str, Any]) -> None:
        device.power = now["power"]
        device.lamps = ((now["lamp_h"], device.power == "on"),)
        device.errors = "".join(str(now[f"error_{flag}"]) for flag in _FLAGS)

    return show


def _camera(now: Mapping[str, Any]) -> bool:
    return all(part["connected"] for part in now["peripherals"] if part["type"] == "camera")


_KINDS: Final[Mapping[str, Callable[[int, ExitStack], Show]]] = {
    "roomos": _roomos,
    "poly": _poly,
    "collabos": _collabos,
    "pjlink": _pjlink,
}
