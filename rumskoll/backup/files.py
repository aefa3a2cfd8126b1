"""The plain files of an installation, and what they are called in a backup."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from rumskoll.backup.archive import Writer
from rumskoll.backup.manifest import CONFIG, DATA, SECRETS
from rumskoll.registry_files import read_files
from rumskoll.settings import Settings
from storage.ledger_files import Place

ENV: Final = ".env"
EVENT_KEY: Final = "event.key"
STATEMENTS: Final = "statements"
# each comes back under the name that `rumskoll init` gives its file
KEPT_SECRETS: Final = ("signing_secret", "mqtt_password", "influx_token", "smtp_password")


def add(writer: Writer, settings: Settings) -> None:
    """Configuration, keys and statements. Raises ``OSError`` for one that cannot be read, and
    ``RegistryError`` where there is no rooms.yaml."""
    for name, path in sorted(_config(settings)):
        writer.add_file(CONFIG + name, path)
    for name in KEPT_SECRETS:
        if secret := getattr(settings, name).get_secret_value():
            writer.add_bytes(SECRETS + name, secret.encode())
    if (key := settings.data / EVENT_KEY).exists():
        writer.add_file(DATA + EVENT_KEY, key)
    for path in _statements(settings.data / STATEMENTS):
        writer.add_file(DATA + path.relative_to(settings.data).as_posix(), path)


def _config(settings: Settings) -> Iterator[tuple[str, Path]]:
    rooms = settings.rooms
    for name in read_files(rooms):
        yield (f"rooms/{Path(name).name}" if rooms.is_dir() else "rooms.yaml"), Path(name)
    if settings.contacts is not None:
        yield "contacts.yaml", settings.contacts
    if settings.broker_files is not None:
        for path in _files(settings.broker_files):
            yield f"broker/{path.relative_to(settings.broker_files).as_posix()}", path
    if (env := Path(ENV)).is_file():
        yield ENV, env


def _statements(folder: Path) -> Iterator[Path]:
    """Of whole ones only: one that is just being written has another name."""
    if folder.exists():
        for name in sorted(entry.name for entry in folder.iterdir() if Place.of(entry.name)):
            yield from _files(folder / name)


def _files(folder: Path) -> Iterator[Path]:
    """Links are not followed out of the folder."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield path
