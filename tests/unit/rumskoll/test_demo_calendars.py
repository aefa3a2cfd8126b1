"""The trial's calendars, and the key that ids of events are hashed with."""

from __future__ import annotations

import re
import stat
from pathlib import Path

from rumskoll import demo_calendars
from rumskoll.contacts import read_contacts
from rumskoll.event_key import event_key
from rumskoll.registry_files import read_registry
from rumskoll.settings import Settings
from rumskoll.wiring import example_rooms

NOW = 1_795_424_400_000  # 2026-11-23 10:00 in Lycksele, a Monday


def test_a_calendar_for_every_shared_room(tmp_path: Path) -> None:
    data = tmp_path / "data å"
    demo_calendars.write(Settings(rooms=example_rooms(), data=data, history="7d"), NOW)
    registry = read_registry(example_rooms())
    contacts = read_contacts(demo_calendars.contacts_file(data), registry)
    rooms = [calendar.room for calendar in contacts.calendars]
    assert rooms == [room for room in registry.rooms if room != "gammplatsen"]
    expected = (demo_calendars.folder(data) / "granen.ics").resolve().as_uri()
    assert contacts.calendars[0].url.get_secret_value() == expected
    feed = demo_calendars.folder(data) / "granen.ics"
    starts = re.findall(r"DTSTART:(\d{8})", feed.read_text("utf-8"))
    assert min(starts) < "20261120" < "20261124" < max(starts)


def test_the_key_is_made_once_and_nobody_else_reads_it(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    other.mkdir()
    key = event_key(one)
    assert len(key) == 64
    assert event_key(one) == key
    [path] = one.iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert event_key(other) != key
