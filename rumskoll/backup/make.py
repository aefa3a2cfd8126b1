"""Makes a backup while the service runs.

The order matters: first both databases at one moment, then what they speak of. Statements are
only ever added, and what left the outbox before that moment is in the store; so a backup may
know a little more than its databases, and never less.
"""

from __future__ import annotations

from contextlib import ExitStack, closing
from pathlib import Path
from typing import Final

from rumskoll.backup import databases, files, series
from rumskoll.backup.archive import Told, sweep, writing
from rumskoll.backup.manifest import FORMAT, OUTBOX, SERVICE, Kind, Manifest, name_of
from rumskoll.settings import Settings
from storage.state import ServiceState

MADE: Final = "backup_at"  # cursors in service.db: when the last full one was made, ms
COVERED: Final = "backup_statement"  # number of the last statement that is in a backup


def make_backup(settings: Settings, folder: Path, kind: Kind, told: Told) -> Path:
    """A new archive in ``folder``, which is made if need be; ``light`` leaves out readings.

    Raises ``StoreError`` (``BackupError`` among them), ``OSError``, ``RegistryError``.
    """
    from rumskoll import wiring

    data = settings.data
    names = {SERVICE: data / "service.db"}
    if kind == "full" and (data / "outbox.db").exists():
        names[OUTBOX] = data / "outbox.db"
    service, *more = names.values()
    with ExitStack() as stack:
        found = stack.enter_context(databases.snapshots(service, more))
        at = wiring.clock()
        schemas = {path.name: databases.version(made) for path, made in found.items()}
        sweep(data, f"{databases.TEMPORARY}*")
        writer = stack.enter_context(writing(folder, name_of(kind, at)))
        for name, path in names.items():
            databases.add(writer, name, found[path], data)
            found[path].close()  # a snapshot keeps the file's log growing
        files.add(writer, settings)
        points: dict[str, int] = {}
        if kind == "full":
            store = stack.enter_context(closing(wiring.store_of(settings)))
            points = series.add(writer, store, data, told)
        program = f"Rumskoll {wiring.VERSION}"
        writer.close(Manifest(FORMAT, kind, program, at, schemas, points, writer.members))
    return folder / name_of(kind, at)


def note(state: ServiceState, kind: Kind, at: int, statement: int) -> None:
    """A backup of ``at`` (ms) lies where backups belong; ``statement`` is the newest in it."""
    with state.transaction():
        if kind == "full":
            state.live.set_cursor(MADE, at)
        state.live.set_cursor(COVERED, statement)


def newest_statement(state: ServiceState) -> int:
    """Its number; 0 as long as there is none."""
    return max((one.number for one in state.statements.all()), default=0)
