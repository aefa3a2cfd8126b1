"""The trial's rooms.yaml when bridges run: the example, with its equipment behind ports of this
computer, where the simulator lets it answer."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import yaml

from devices.simulator.av.certificate import own_certificate
from rooms.devicemodels import MODELS
from rumskoll.embedded_broker import listens
from rumskoll.ports import free_port
from rumskoll.wiring import example_rooms

LOGINS: Final = """\
roomos: {username: rumskoll, password: secret}
poly: {username: rumskoll, password: secret}
collabos: {username: rumskoll, password: secret}
"""
_HEAD: Final = "# Made anew with each start of the trial with bridges, from the example site.\n"
_FIRST_PORT: Final = 14_350
_HERE: Final = "127.0.0.1"


def rooms_file(data: Path) -> Path:
    return data / "demo-rooms.yaml"


def write(data: Path) -> None:
    """Raises ``CannotListen`` when no port is free."""
    site = yaml.safe_load(example_rooms().read_text("utf-8"))
    _, certificate = own_certificate()
    port = _FIRST_PORT
    for device in site["devices"]:
        bridge = MODELS[device["model"]].bridge
        if not bridge:
            continue
        port = free_port(_HERE, port)
        device["connect"] = {"host": _HERE, "port": port}
        if bridge != "pjlink":  # which has no TLS
            device["connect"]["certificate"] = certificate
        port += 1
    data.mkdir(parents=True, exist_ok=True)
    text = yaml.safe_dump(site, allow_unicode=True, sort_keys=False)
    rooms_file(data).write_text(_HEAD + text, "utf-8")


def answers(data: Path) -> bool:
    """Is all the equipment there? Bridges that come first would complain."""
    site = yaml.safe_load(rooms_file(data).read_text("utf-8"))
    return all(listens(d["connect"]["port"]) for d in site["devices"] if "connect" in d)
