"""Fills an empty installation from a backup.

Everything is checked before anything is written. It is put together in a folder of its own
within the data folder; ``service.db`` comes last, so that a service finds all of it or nothing.
Broken off, the same command does it again.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from io import StringIO
from pathlib import Path
from typing import Final, NamedTuple

from dotenv import dotenv_values

from rooms.registry import Registry
from rooms.registry.mistakes import RegistryError
from rumskoll.backup import databases, series
from rumskoll.backup.archive import Archive, Told
from rumskoll.backup.files import ENV
from rumskoll.backup.manifest import CONFIG, DATA, MANIFEST, BackupError
from rumskoll.backup.settle import Dropped, drop_stale, mark_late
from rumskoll.registry_files import read_registry
from rumskoll.setting_errors import variable
from rumskoll.settings import Settings
from storage.ledger_files import sync
from storage.outbox import MIGRATIONS as OUTBOX_TABLES
from storage.state import ServiceState
from storage.state.service import MIGRATIONS as SERVICE_TABLES
from storage.store import Store

WORK: Final = ".restoring"
LAST: Final = "service.db"
_OUTSIDE: Final = frozenset({WORK, "lost+found"})
_TABLES: Final = {"service.db": len(SERVICE_TABLES), "outbox.db": len(OUTBOX_TABLES)}


class Restored(NamedTuple):
    refused: Counter[str]  # points that the store would not take, by reason
    dropped: Dropped
    registry_wrong: RegistryError | None  # then nothing was marked to be computed again


def check_versions(archive: Archive, path: Path) -> None:
    """Raises ``BackupError`` for a backup of a newer program."""
    for file, version in archive.manifest.schemas.items():
        if version > _TABLES.get(file, 0):
            raise BackupError.say("backup.newer", file=path, what=file)


def check_store(archive: Archive, settings: Settings) -> None:
    """Raises ``BackupError`` where readings would go elsewhere than the restored .env will look
    for them."""
    env = CONFIG + ENV
    if archive.manifest.kind == "light" or env not in archive.names(env):
        return
    kept = dotenv_values(stream=StringIO(archive.open(env).read().decode()))
    before = kept.get(variable("store"))
    if before and before != settings.store:
        raise BackupError.say("restore.other_store", before=before, now=settings.store_url)


def restore(archive: Archive, path: Path, settings: Settings, config: Path, told: Told) -> Restored:
    """``settings`` tell data folder and store; ``config`` is where rooms.yaml and the like go.

    The archive has been verified. Raises ``StoreError``, ``OSError``.
    """
    from rumskoll import wiring

    data = settings.data
    work = data / WORK
    again = _begun(work, archive)
    _check_targets(archive, data, config, again=again)
    work.mkdir(parents=True, exist_ok=True)
    light = archive.manifest.kind == "light"
    with closing(wiring.store_of(settings)) as store:
        store.check()
        if not (light or again or series.is_empty(store)):
            shutil.rmtree(work)
            raise BackupError.say("restore.store_filled", store=settings.store_url)
        _write(work / MANIFEST, archive.manifest_bytes, 0o600)
        _unpack(archive, DATA, work)
        _unpack(archive, CONFIG, config)
        refused = series.read_in(archive, store, told)
        found = _settled(archive, path, settings, config, store)
    _move(work, data)
    return Restored(refused, *found)


def _begun(work: Path, archive: Archive) -> bool:
    """Has this very backup been restored here, and broken off?"""
    try:
        return (work / MANIFEST).read_bytes() == archive.manifest_bytes
    except FileNotFoundError:
        return False


def _check_targets(archive: Archive, data: Path, config: Path, *, again: bool) -> None:
    there = {entry.name for entry in data.iterdir()} if data.exists() else set()
    if LAST in there or (not again and there - _OUTSIDE):
        raise BackupError.say("restore.data_filled", folder=data)
    for name, target in _targets(archive, CONFIG, config):
        if target.exists() and not (again and target.read_bytes() == archive.open(name).read()):
            raise BackupError.say("restore.config_there", file=target)


def _targets(archive: Archive, below: str, folder: Path) -> Iterator[tuple[str, Path]]:
    for name in archive.names(below):
        yield name, folder / name.removeprefix(below)


def _unpack(archive: Archive, below: str, folder: Path) -> None:
    for name, target in _targets(archive, below, folder):
        target.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(name) as file:
            if name.endswith(".db.gz"):
                plain = target.with_suffix("")
                plain.unlink(missing_ok=True)
                databases.unpack(file, plain)
                sync(plain)
            else:
                _write(target, file.read(), archive.mode(name))


def _write(path: Path, content: bytes, mode: int) -> None:
    """Nobody else may read it before it has its mode."""
    path.unlink(missing_ok=True)
    path.touch(0o600)
    path.write_bytes(content)
    path.chmod(mode)
    sync(path)


def _settled(
    archive: Archive, path: Path, settings: Settings, config: Path, store: Store
) -> tuple[Dropped, RegistryError | None]:
    from rumskoll import wiring

    now = wiring.clock()
    with closing(ServiceState(settings.data / WORK / LAST)) as state:  # migrates an older one
        dropped = drop_stale(state, path.name, now)
        try:
            registry = _registry(config)
        except RegistryError as error:
            return dropped, error
        retention_ms = wiring.retention_ms(settings)
        mark_late(state, store, registry, archive.manifest.time, retention_ms, now)
    return dropped, None


def _registry(config: Path) -> Registry:
    file = config / "rooms.yaml"
    return read_registry(file if file.exists() else config / "rooms")


def _move(work: Path, data: Path) -> None:
    for path in sorted(work.iterdir(), key=lambda one: one.name == LAST):
        if path.name == MANIFEST:
            continue
        target = data / path.name
        if target.is_dir():  # of an attempt that was broken off just here
            shutil.rmtree(target)
        path.rename(target)
    sync(data)
    shutil.rmtree(work)
