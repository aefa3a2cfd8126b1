"""What a trial ran with, kept in its data folder: ``--data data/demo`` is then all that the
other commands need to be told."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Final

from dotenv import dotenv_values

from rumskoll.setting_errors import variable
from rumskoll.setting_rules import is_secret
from rumskoll.settings import Settings

_NAME: Final = "demo.env"
_KEPT: Final = (
    "demo",
    "rooms",
    "contacts",
    "host",
    "port",
    "broker",
    "mqtt_port",
    "mqtt_url",
    "store",
    "signing_secret",
)
_PATHS: Final = ("rooms", "contacts")  # relative ones hold in the folder of the start only


def file(data: Path) -> Path:
    return data / _NAME


def signing_secret(data: Path) -> str:
    """The earlier start's, so that a printed QR code goes on working; else a new one."""
    kept = dotenv_values(file(data)).get(variable("signing_secret")) or ""
    return kept if is_secret(kept) else secrets.token_urlsafe(32)


def keep(settings: Settings) -> None:
    """For the owner's eyes only, as it holds the secret. Raises ``OSError``."""
    env = settings.to_env()
    for name in _PATHS:
        if variable(name) in env:
            env[variable(name)] = str(Path(env[variable(name)]).resolve())
    lines = [f"{name}={_quoted(env[name])}\n" for name in map(variable, _KEPT) if name in env]
    settings.data.mkdir(parents=True, exist_ok=True)
    fresh = file(settings.data).with_suffix(".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.writelines(lines)
    fresh.replace(file(settings.data))


def forget(data: Path) -> None:
    """The folder is a service's now."""
    file(data).unlink(missing_ok=True)


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"
