"""Maintenance windows: when they are open, and what they hold."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from rooms.faults import Fault
from rooms.faults.windows import SiteWindow, active, holding, occurrences, windows_of
from rooms.registry import Registry, Site
from rooms.registry.alerting import Maintenance

HERE = ZoneInfo("Europe/Stockholm")


def at(local: str, fold: int = 0) -> int:
    when = datetime.fromisoformat(local).replace(tzinfo=HERE, fold=fold)
    return int(when.timestamp() * 1000)


def window(start: str, lasts: str, repeat: str | None = None, **names: Any) -> Maintenance:
    given = {"id": "w", "from": start, "lasts": lasts, "repeat": repeat, "reason": "byte"}
    return Maintenance.model_validate(given | names)


def test_its_edges_are_half_open() -> None:
    once = window("2026-12-01 22:00", "2h")
    start, stop = at("2026-12-01 22:00"), at("2026-12-02 00:00")
    told = [active(once, now, HERE) for now in (start - 1, start, stop - 1, stop)]
    assert told == [False, True, True, False]


def test_over_midnight_every_sunday() -> None:
    weekly = window("2026-11-25 22:30", "4h", "FREQ=WEEKLY;BYDAY=SU")  # from a Wednesday on
    for local, open_ in [
        ("2026-11-25 23:00", False),
        ("2026-11-29 22:29", False),
        ("2026-11-29 22:30", True),
        ("2026-11-30 02:29", True),
        ("2026-11-30 02:30", False),
        ("2027-06-20 23:00", True),
    ]:
        assert active(weekly, at(local), HERE) is open_, local


def test_longer_than_until_the_next_one() -> None:
    daily = window("2026-12-01 12:00", "3d", "FREQ=DAILY;COUNT=2")
    start, stop = at("2026-12-01 00:00"), at("2026-12-10 00:00")
    assert occurrences(daily, start, stop, HERE) == [
        (at("2026-12-01 12:00"), at("2026-12-04 12:00")),
        (at("2026-12-02 12:00"), at("2026-12-05 12:00")),
    ]
    assert active(daily, at("2026-12-05 11:59"), HERE)
    assert not active(daily, at("2026-12-05 12:00"), HERE)


def test_the_night_on_which_clocks_go_forward() -> None:
    nightly = window("2027-03-26 02:30", "1h", "FREQ=DAILY")
    # there is no half past two: it begins when the clocks show half past three
    found = occurrences(nightly, at("2027-03-27 12:00"), at("2027-03-29 12:00"), HERE)
    assert found == [
        (at("2027-03-28 03:30"), at("2027-03-28 04:30")),
        (at("2027-03-29 02:30"), at("2027-03-29 03:30")),
    ]
    evening = window("2027-03-27 22:00", "8h")
    assert active(evening, at("2027-03-28 06:59"), HERE)  # eight hours, not nine


def test_the_night_on_which_they_go_back() -> None:
    nightly = window("2026-10-01 02:30", "1h", "FREQ=DAILY")
    (found,) = occurrences(nightly, at("2026-10-25 00:00"), at("2026-10-25 12:00"), HERE)
    assert found == (at("2026-10-25 02:30"), at("2026-10-25 02:30", fold=1))
    assert not active(nightly, at("2026-10-25 02:45", fold=1), HERE)


# ---- what they hold

SITES = [
    {
        "id": name,
        "name": name,
        "opening_hours": {"mon-fri": "08:00-17:00"},
        "sources": [{"id": f"{name}av", "decoder": "native"}],
        "rooms": [{"id": f"{name}{n}", "name": "R", "capacity": 4} for n in (1, 2)],
        "devices": [
            {"id": f"{name}d{n}", "source": f"{name}av", "address": str(n), "model": "generic"}
            for n in (1, 2)
        ],
        "placements": [{"device": f"{name}d{n}", "room": f"{name}{n}"} for n in (1, 2)],
    }
    for name in ("a", "b")
]
NOW = at("2026-12-01 22:30")
SILENT = Fault("f", "device_silent", "ad1", "", "warning", NOW, "a", "a1", NOW)


def held(fault: Fault, site: str = "a", **names: Any) -> bool:
    registry = Registry([Site.model_validate(one) for one in SITES])
    windows = [SiteWindow(site, window("2026-12-01 22:00", "1h", **names))]
    return holding(windows, fault, registry, NOW) == "w"


@pytest.mark.parametrize(
    ("names", "holds"),
    [
        ({}, True),
        ({"rooms": ["a1"]}, True),
        ({"rooms": ["a2"]}, False),
        ({"devices": ["ad1"]}, True),
        ({"devices": ["ad2"]}, False),
        ({"rooms": ["a2"], "devices": ["ad1"]}, True),
        ({"codes": ["device_silent"]}, True),
        ({"codes": ["battery_low"]}, False),
        ({"rooms": ["a1"], "codes": ["battery_low"]}, False),
    ],
)
def test_by_room_device_and_code(names: dict[str, Any], holds: bool) -> None:
    assert held(SILENT, **names) is holds


def test_by_site() -> None:
    assert not held(SILENT, "b")
    service = SILENT._replace(code="store_down", subject="service", site="", room=None)
    assert held(service)  # the first site's windows
    assert not held(service, "b")
    assert not held(service, rooms=["a1"])


def test_a_room_of_its_own() -> None:
    assert held(SILENT._replace(code="air_quality", subject="a1"), rooms=["a1"])


def test_what_flaps_is_named_by_its_code_too() -> None:
    flaps = SILENT._replace(code="flapping", detail="peripheral_missing: camera: Quad")
    assert held(flaps, codes=["flapping"])
    assert held(flaps, codes=["peripheral_missing"])
    assert not held(flaps, codes=["device_silent"])


def test_a_source_is_held_where_all_its_devices_are() -> None:
    source = SILENT._replace(
        code="source_silent", subject="source:aav", room=None, members=("ad1", "ad2")
    )
    assert held(source)
    assert held(source, rooms=["a1"], devices=["ad2"])
    assert not held(source, rooms=["a1"])


def test_those_of_the_file_and_those_made_over_the_api() -> None:
    made = window("2026-12-01 22:00", "1h").model_dump_json(by_alias=True)
    own = {"id": "own", "from": "2026-12-01 22:00", "lasts": "1h", "reason": "byte"}
    registry = Registry([Site.model_validate(SITES[0] | {"maintenance": [own]})])
    older = '{"id": "older", "from": "2026-12-01 22:00", "lasts": "1 fortnight"}'
    found = windows_of(registry, [("a", made), ("gone", made), ("a", older)])
    assert [(one.site, one.window.id) for one in found] == [("a", "own"), ("a", "w")]
    assert holding(found, SILENT, registry, NOW) == "own"
