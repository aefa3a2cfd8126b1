"""A house in which things are and were wrong, written by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from rooms.alerts.message import Alert, Delivery, Entry
from rooms.attribution import Booking
from rooms.faults import Change, Fault, Finding, Place
from rooms.faults.lifecycle import hold
from rooms.readings import Point
from storage.state import Asked
from tests.unit.api.house import HOUR, MIN, NOW, House
from tests.unit.api.usage_house import usage_house

DAY = 24 * HOUR
CAMERA = Finding("peripheral_missing", "granen-vc", "camera: Quad", "error", NOW - 65 * MIN)
SILENT = Finding("device_silent", "bjorken-pir", "", "warning", NOW - 108 * MIN)
BATTERY = Finding("battery_low", "granen-pir", "", "warning", NOW - 26 * HOUR)
FAN = Finding("equipment_error", "tallen-vc", "fan", "error", NOW - 3 * DAY)
REPORT = Finding("reported", "tallen", "sound", "warning", NOW - 20 * MIN)
SOURCE = Finding(
    "source_silent", "source:av", "", "error", NOW - 30 * MIN, ("renen-antal", "tallen-radar")
)
HELD = Finding("device_silent", "tallen-radar", "", "warning", NOW - 30 * MIN)


def fault_house(folder: Path, **more: Any) -> House:
    """Open: a camera, a silent sensor, a battery, a report. Over: Tallen's fan, three days ago
    from 08 to 12, reopened at 12:30 until 13. Held: a device under its source."""
    house = usage_house(folder, **more)
    for table in ("fault", "fault_spell", "fault_transition"):
        house.state.db.execute(f"DELETE FROM {table}")  # those of every house
    _fan(house)
    opened(house, BATTERY, NOW - 26 * HOUR)
    opened(house, SILENT, NOW - 83 * MIN)
    opened(house, CAMERA, NOW - 63 * MIN)
    source = opened(house, SOURCE, NOW - 25 * MIN)
    opened(house, REPORT, NOW - 20 * MIN)
    held = opened(house, HELD, NOW - 20 * MIN)
    faults = house.state.faults
    faults.put([hold(held, f"under:{source.id}", NOW - 20 * MIN)], NOW)
    faults.act(the(house, BATTERY).id, "acknowledged", NOW - 25 * HOUR, "anna", "Nytt batteri köpt")
    _readings(house)
    bookings = [Booking("a", NOW + HOUR, NOW + 2 * HOUR, "norrsken")]
    house.state.claims.put_bookings("granen", bookings, NOW - DAY, NOW + DAY, NOW)
    return house


def opened(house: House, finding: Finding, at: int) -> Fault:
    (change,) = settle(house, finding, at, there=True)
    return change.fault


def settle(house: House, finding: Finding, at: int, *, there: bool) -> list[Change]:
    def place_of(subject: str) -> Place:
        return house.registry.place_of(subject, at)

    found = [finding] if there else []
    return house.state.faults.settle({finding.code}, found, at, place_of, {finding.subject})


def the(house: House, finding: Finding) -> Fault:
    """The fault as it stands now; the latest of its kind."""
    found = house.state.faults.find(Asked(subject=finding.subject, code=finding.code))
    return next(fault for fault in found if fault.key == finding.key)


def alert(house: House, *findings: Finding, person: str = "anna") -> int:
    """One that told of these, by e-mail, five minutes ago."""
    at = NOW - 5 * MIN
    entries = tuple(Entry(the(house, one).id, "opened", at) for one in findings)
    id_ = house.state.alerts.put(
        Alert(0, person, "faults", "lycksele", at, at, False, entries, "sent", at)
    )
    house.state.alerts.put_deliveries([Delivery(id_, "email", "delivered", 1, at, "", at)])
    return id_


def _fan(house: House) -> None:
    begin = NOW - 3 * DAY - 2 * HOUR  # Friday at 08
    for minute, there in ((0, True), (240, False), (270, True), (300, False)):
        at = begin + minute * MIN
        settle(house, FAN._replace(since=at), at, there=there)


def _readings(house: House) -> None:
    add = house.store.points.append
    pir = {"site": "lycksele", "device": "granen-pir"}
    for hour in range(14 * 24):
        if not 120 < hour < 170:  # away for two days
            level = 48.0 - hour * 0.1
            add(Point("health", pir, NOW - (14 * 24 - hour) * HOUR, {"battery_pct": level}))
    silent = {"site": "lycksele", "device": "bjorken-pir"}
    for minute in range(240, 108, -10):
        add(Point("presence", silent, NOW - minute * MIN, {"motion": 0.0}))
        add(Point("health", silent, NOW - minute * MIN, {"rssi_dbm": -97.0 - minute % 7}))
    camera = {"site": "lycksele", "device": "granen-vc"}
    for minute in range(240, 0, -1):
        there = minute > 65
        parts = [{"id": "1", "type": "Camera", "name": "Quad", "connected": there}]
        add(Point("equipment", camera, NOW - minute * MIN, {"online": 1.0, "in_call": 0.0}))
        if minute % 30 == 5:
            said = {"peripherals": json.dumps(parts)}
            add(Point("equipment", camera, NOW - minute * MIN + 1, said))
