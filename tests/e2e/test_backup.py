"""A service that has a place for backups makes its first one by itself, while it takes in data."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from rumskoll.backup.archive import opened
from rumskoll.backup.manifest import kind_of
from tests.e2e.whole import until, whole
from tests.servers.ports import free_port
from tests.unit.backup.test_restore import silently


def test_the_first_backup(tmp_path: Path) -> None:
    away = tmp_path / "away"
    ports = ["--port", str(free_port()), "--mqtt-port", str(free_port())]
    with whole(tmp_path, *ports, "--history", "6h", RUMSKOLL_BACKUP=str(away)) as run:
        until(lambda: run.get("/readyz").status_code == 200, "ready")

        def made() -> list[Path]:
            return [file for file in away.glob("*") if kind_of(file.name) == "full"]

        (file,) = until(made, "a backup")

        def noted() -> bool:
            with closing(sqlite3.connect(tmp_path / "data" / "service.db")) as db:
                query = "SELECT 1 FROM cursor WHERE name = 'backup_at'"
                return db.execute(query).fetchone() is not None

        until(noted, "its note")
        with opened(file) as archive:
            archive.verify(silently)
            assert archive.names("config/")[0] == "config/contacts.yaml"
        assert run.get("/healthz").status_code == 200
        faults = run.get("/api/v1/faults").json()["faults"]
        assert not [fault for fault in faults if fault["code"] == "backup_failed"]
