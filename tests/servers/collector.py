"""The collector as the process that it really is."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from tests.servers.waiting import until


class Collector:
    """``rumskoll role collector`` with its own folder; ``settings`` without RUMSKOLL_."""

    def __init__(self, folder: Path, rooms: str, **settings: object) -> None:
        folder.mkdir()
        self.folder = folder
        self._connections = 0  # before the last start
        (folder / "rooms.yaml").write_text(rooms)
        given = {"demo": "true", "language": "en", "rooms": "rooms.yaml", "data": "data"}
        told = {**given, **settings}
        self.data = folder / str(told["data"])
        clean = {k: v for k, v in os.environ.items() if not k.upper().startswith("RUMSKOLL_")}
        self._env = clean | {f"RUMSKOLL_{k.upper()}": str(v) for k, v in told.items()}
        self._process: subprocess.Popen[bytes] | None = None

    def configure(self, **settings: object) -> None:
        """From the next start on."""
        self._env |= {f"RUMSKOLL_{k.upper()}": str(v) for k, v in settings.items()}

    def start(self) -> None:
        """Returns at once."""
        assert self._process is None
        self._connections = len(self.lines("broker connected"))
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "rumskoll", "role", "collector"],
                env=self._env,
                cwd=self.folder,
                stdout=log,
                stderr=log,
            )

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def kill(self) -> None:
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(30)
            self._process = None

    # ---- what it says and keeps

    @property
    def log(self) -> str:
        file = self.folder / "log"
        return file.read_text() if file.exists() else ""

    def tail(self) -> str:
        """For a person who asks why a test waited in vain."""
        return f"{self.outcomes} {self.waiting} points wait\n{self.log[-3000:]}"

    def lines(self, text: str) -> list[str]:
        return [line for line in self.log.splitlines() if text in line]

    def wait_connected(self, times: int = 1) -> None:
        """Until it has had so many connections since its last start."""
        wanted = self._connections + times
        until(lambda: len(self.lines("broker connected")) >= wanted, self.tail)

    def _rows(self, file: str, query: str) -> list[Any]:
        path = self.data / file
        if not path.exists():
            return []
        try:
            with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db:
                return db.execute(query).fetchall()
        except sqlite3.OperationalError:  # not yet there, or just being made
            return []

    @property
    def outcomes(self) -> Counter[str]:
        rows = self._rows("outbox.db", "SELECT outcome, sum(messages) FROM account GROUP BY 1")
        return Counter(dict(rows))

    @property
    def waiting(self) -> int:
        """Points in the outbox that some consumer has not yet finished."""
        ((points,),) = self._rows("outbox.db", "SELECT coalesce(sum(points), 0) FROM chunk") or (
            (0,),
        )
        return int(points)

    @property
    def state(self) -> Mapping[str, Any]:
        """What it tells about itself, or nothing yet."""
        rows = self._rows("service.db", "SELECT body FROM state WHERE kind = 'role'")
        return json.loads(rows[0][0]) if rows else {}

    @property
    def faults(self) -> set[tuple[str, str]]:
        """Code and detail of those that are open."""
        rows = self._rows("service.db", "SELECT code, detail FROM fault WHERE resolved IS NULL")
        return {(code, detail) for code, detail in rows}
