"""Which equipment a bridge watches, where it publishes, and what it logs in with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, SecretStr, TypeAdapter, ValidationError

from devices.bridges.base import Bridge, Target
from rooms.registry import Registry
from rooms.texts import Language, text
from rumskoll.cannot_run import CannotRun

NOWHERE = "unplaced"  # the room of a device that stands in none; its site knows better


class Login(BaseModel):
    model_config = ConfigDict(extra="forbid")

    username: str = ""
    password: SecretStr = SecretStr("")


_LOGINS: TypeAdapter[dict[str, Login]] = TypeAdapter(dict[str, Login])


def read_logins(given: str, language: Language) -> dict[str, Login]:
    """By name of a bridge or a device. Raises ``CannotRun``; nothing of a password is told."""
    try:
        return _LOGINS.validate_python(yaml.safe_load(given) or {}) if given.strip() else {}
    except yaml.YAMLError as error:
        reason = f"YAML, {getattr(error, 'problem_mark', None) or '?'}".splitlines()[0]
    except ValidationError as error:
        first: Any = error.errors(include_input=False)[0]
        reason = f"{'.'.join(str(step) for step in first['loc'])}: {first['msg']}"
    raise CannotRun(text(language, "bridge.logins_broken", reason=reason))


def targets(bridge: Bridge, registry: Registry, logins: Mapping[str, Login]) -> dict[str, Target]:
    """By device id: equipment of native sources that says where it is reached."""
    found: dict[str, Target] = {}
    for id_, entry in registry.devices.items():
        connect, native = entry.device.connect, _decoder(registry, id_) == "native"
        if connect is None or entry.model.bridge != bridge.name or not native:
            continue
        login = logins.get(id_) or logins.get(bridge.name) or Login()
        found[id_] = Target(
            id_,
            connect.host,
            connect.port,
            connect.certificate,
            login.username,
            login.password.get_secret_value(),
        )
    return found


def topic_of(registry: Registry, device: str, at: int) -> str:
    """Where a device publishes at a time (ms): ``rumskoll/<site>/<room>/<address>``."""
    entry = registry.devices[device]
    _, source = registry.sources[entry.device.source]
    room = registry.room_of(device, at) or NOWHERE
    return f"{source.base or 'rumskoll'}/{entry.site}/{room}/{entry.device.address}"


def _decoder(registry: Registry, device: str) -> str:
    return registry.sources[registry.devices[device].device.source][1].decoder
