"""From the embedded store into a real InfluxDB and back again: not a point is lost or bent."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from rumskoll import wiring
from rumskoll.backup.make import make_backup
from storage.store import StoreError
from tests.integration.readings import create_databases, influx_settings
from tests.servers.influxd import Influxd
from tests.unit.backup.lively import Lively, answers, points_of, roll_up_anew, settings_of
from tests.unit.backup.test_restore import back_up, restored, settled, silently

pytestmark = [pytest.mark.servers, pytest.mark.timeout(180)]


def test_there_and_back(house: Lively, influxd: Influxd, tmp_path: Path) -> None:
    create_databases(influxd)
    points, before = points_of(house.store), answers(house.settings)
    assert sum(map(len, points.values())) > 10_000
    influx = influx_settings(influxd)
    restored(back_up(house, tmp_path / "one"), tmp_path / "influx", **influx)
    there = settings_of(tmp_path / "influx", **influx)
    with closing(wiring.store_of(there)) as store:
        assert points_of(store) == points
    assert settled(answers(there)) == settled(before)

    file = make_backup(there, tmp_path / "two", "full", silently)
    restored(file, tmp_path / "back")
    back = settings_of(tmp_path / "back")
    with closing(wiring.store_of(back)) as store:
        assert points_of(store) == points
    roll_up_anew(back)
    roll_up_anew(there)
    roll_up_anew(house.settings)
    assert answers(back) == answers(there) == answers(house.settings)


def test_a_server_that_is_away_leaves_the_folder_empty(
    house: Lively, influxd: Influxd, tmp_path: Path
) -> None:
    file = back_up(house, tmp_path / "one")
    influxd.stop()
    with pytest.raises(StoreError):
        restored(file, tmp_path / "new", **influx_settings(influxd))
    assert not [path for path in (tmp_path / "new").rglob("*") if path.is_file()]
    influxd.start()
    create_databases(influxd)
    restored(file, tmp_path / "new", **influx_settings(influxd))
