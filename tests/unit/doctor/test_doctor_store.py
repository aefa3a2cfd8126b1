"""What the doctor says of a store in and out of order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from rumskoll.doctor.store import check_server, check_store
from tests.servers.ports import free_port
from tests.unit.doctor.answering import answering
from tests.unit.doctor.helpers import settings, told

NOW = 1_800_000_000_000


def test_an_embedded_store(tmp_path: Path) -> None:
    found = told(check_store(settings(store=f"sqlite:{tmp_path / 'store.db'}")))
    assert found == [
        ("ok", f"sqlite:{tmp_path / 'store.db'}: a test value was written and read back.")
    ]


def test_a_store_that_is_away_or_broken(tmp_path: Path) -> None:
    port = free_port()
    [(state, line)] = told(check_store(settings(store=f"http://127.0.0.1:{port}")))
    assert state == "fail"
    assert f"127.0.0.1:{port}" in line
    (tmp_path / "store.db").write_bytes(b"this is no database " * 100)
    [(state, line)] = told(check_store(settings(store=f"sqlite:{tmp_path / 'store.db'}")), "sv")
    assert state == "fail"
    assert "skadad" in line


class _ForgetfulStore:
    def check(self) -> None: ...
    def close(self) -> None: ...
    def write(self, points: Any) -> list[Any]:
        return []

    def read(self, *_: Any) -> Iterator[Any]:
        return iter(())


def test_a_store_that_keeps_nothing() -> None:
    [(state, line)] = told(check_store(settings(), lambda *_, **__: _ForgetfulStore()))
    assert state == "fail"
    assert "was written but could not be read back" in line


def _date(seconds_ahead: int) -> str:
    at = datetime.fromtimestamp(NOW / 1000, UTC) + timedelta(seconds=seconds_ahead)
    return format_datetime(at, usegmt=True)


@pytest.mark.parametrize(
    ("ahead", "state", "line"),
    [
        (-5, "ok", "agrees with the store's."),
        (60, "warn", "differs from the store's by 60 seconds."),
        (-301, "fail", "differs from the store's by 301 seconds."),
    ],
)
def test_clocks(ahead: int, state: str, line: str) -> None:
    with answering(_date(ahead), b'{"error": "not here"}') as url:
        [(found, said_)] = told(check_server(settings(store=url), lambda: NOW))
    assert found == state
    assert said_.startswith(line)


@pytest.mark.parametrize(
    ("duration", "line"),
    [
        ("8736h0m0s", ("ok", "364 days in rooms_history.")),
        (
            "168h0m0s",
            ("warn", "7 days in rooms_history make long queries slow. Run rumskoll influx init."),
        ),
    ],
)
def test_shard_length(duration: str, line: tuple[str, str]) -> None:
    columns = b'["name","duration","shardGroupDuration","replicaN","default"]'
    row = b'["autogen","0s","%s",1,true]' % duration.encode()
    answer = b'{"results":[{"series":[{"columns":%s,"values":[%s]}]}]}' % (columns, row)
    with answering(_date(0), answer) as url:
        assert told(check_server(settings(store=url), lambda: NOW))[1:] == [line]
