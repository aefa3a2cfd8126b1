"""What a fault's page draws of the readings around it, and what it keeps to itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from rooms.faults import Finding
from rooms.readings import Point
from storage.store import StoreUnavailable
from tests.unit.api.fault_house import (
    BATTERY,
    CAMERA,
    FAN,
    REPORT,
    SILENT,
    fault_house,
    opened,
)
from tests.unit.api.house import HOUR, MIN, NOW, House
from tests.unit.api.test_api_page_faults import fault_page
from tests.unit.api.test_api_page_use import rows, words


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = fault_house(tmp_path)
    yield house
    house.close()


def drawing(page: str, label: str) -> str:
    found = re.search(rf"<h4><bdi>{label}</bdi></h4>.*?</svg>\s*</div>", page, re.S)
    assert found is not None
    return found[0]


def test_when_it_was_heard(house: House) -> None:
    """Björken's sensor every 10 min until 08:10; shown is 06:37 to 09:37."""
    page = fault_page(house, SILENT)
    assert "Från 06.37 till 09.37." in words(page)
    heard = drawing(page, "Hörd")
    assert heard.count('class="tick"') == 10  # 06:40 to 08:10
    assert f'x1="{3 / 1.8:.3f}%"' in heard
    assert f'class="since" x1="{95 / 1.8:.3f}%"' in heard
    assert f'class="opened" x1="{120 / 1.8:.3f}%"' in heard
    assert "10 meddelanden, det sista 08.10." in words(page)


def test_gaps_look_like_gaps(house: House) -> None:
    """The battery over a fortnight, with two days in which nothing was heard."""
    page = fault_page(house, BATTERY)
    lines = re.findall(r'<polyline class="line" points="([^"]+)"', drawing(page, "Batteri"))
    assert len(lines) == 2
    (first, *_, before), (after, *_, last) = (line.split() for line in lines)
    width = 14 * 24 + 1  # hours, from 14 days before it opened to one hour after
    gap = float(after.split(",")[0]) - float(before.split(",")[0])
    assert gap == pytest.approx(50 * 1000 / width, abs=0.2)  # hours 120 to 170
    assert first.split(",")[1] < last.split(",")[1]  # it falls: down is more
    assert "Sist 17 %, i går 08.00" in words(page)


def test_the_camera_as_the_system_lists_it(house: House) -> None:
    page = fault_page(house, CAMERA)
    looks = re.findall(r'<rect class="(\w+)"', drawing(page, "Tillbehöret"))
    assert looks == ["on", "off"]
    assert "Sist saknas, 09.55." in words(page)
    (newest, *_) = rows(page, "Värdena i en tabell")
    assert newest == "09.56 Svarar ja"


def test_one_reading_alone_is_a_dot(house: House) -> None:
    house.store.points.clear()
    tags = {"site": "lycksele", "device": "granen-pir"}
    house.store.write([Point("health", tags, NOW - 48 * HOUR, {"battery_pct": 21.0})])
    (line,) = re.findall(r'points="([^"]+)"', fault_page(house, BATTERY))
    assert line.split()[0] == line.split()[1]


def test_without_readings(house: House) -> None:
    assert "Inget har hörts från enheten omkring felet." in fault_page(house, FAN)
    assert "Mätvärden omkring felet" not in fault_page(house, REPORT)
    house.store.fails = StoreUnavailable("timeout")
    page = fault_page(house, SILENT)
    assert "Mätvärden omkring felet" in page
    assert "<svg width" not in page
    house.now += 92 * 24 * HOUR
    assert "Mätvärdena från den tiden är raderade." in fault_page(house, SILENT)


def test_a_sensor_and_the_call_that_it_misses(house: House) -> None:
    missed = Finding("sensor_disagreement", "granen-pir", "call", "warning", NOW - 30 * MIN)
    opened(house, missed, NOW - 10 * MIN)
    pir, camera = ({"site": "lycksele", "device": f"granen-{it}"} for it in ("pir", "vc"))
    house.store.write([Point("presence", pir, NOW - 40 * MIN, {"motion": 0.0})])
    house.store.write([Point("equipment", camera, NOW - 40 * MIN, {"in_call": 1.0})])
    told = words(fault_page(house, missed))
    assert "granen-pir: Rörelse 09.20 nej Sist nej, 09.20." in told
    assert "granen-vc: I samtal" in told
    other = Finding("sensor_disagreement", "tallen-radar", "tallen-vc", "warning", NOW - MIN)
    opened(house, other, NOW - MIN)
    radar = {"site": "lycksele", "device": "tallen-radar"}
    house.store.write([Point("presence", radar, NOW - 40 * MIN, {"occupied": 0.0})])
    assert "tallen-vc: Hörd Inget hördes." in words(fault_page(house, other))


def test_nothing_of_people_in_ones_own_office(house: House) -> None:
    tags = {"site": "lycksele", "device": "kontoret-pir"}
    stuck = Finding("sensor_stuck", "kontoret-pir", "occupied", "warning", NOW - HOUR)
    opened(house, stuck, NOW)
    house.store.write([Point("presence", tags, NOW - 90 * MIN, {"occupied": 1.0})])
    assert "Upptaget" not in fault_page(house, stuck)
