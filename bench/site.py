"""The made-up site of the measurements: 500 climate sensors in 50 rooms, and one marker."""

from __future__ import annotations

from typing import Final

SITE: Final = "bench"
DEVICES: Final = 500
PER_ROOM: Final = 10
MARKER: Final = "marker"  # the device whose readings the latency is measured on


def device(number: int) -> str:
    return f"sensor-{number:03d}"


def room(number: int) -> str:
    """The room of device ``number``."""
    return f"room-{number // PER_ROOM:02d}"


def topic(base: str, number: int) -> str:
    return f"{base}/{SITE}/{room(number)}/{device(number)}/climate"


def marker_topic(base: str) -> str:
    return f"{base}/{SITE}/{room(0)}/{MARKER}/climate"


def rooms_yaml(base: str) -> str:
    """The registry file, for native messages under ``base``."""
    placed = {device(n): room(n) for n in range(DEVICES)} | {MARKER: room(0)}
    lines = [
        f"id: {SITE}",
        "name: Bench",
        "timezone: Europe/Stockholm",
        'opening_hours: {mon-fri: "07:00-18:00"}',
        "sources:",
        f"  - {{id: {SITE}, decoder: native, base: {base}, max_age: unlimited}}",
        "rooms:",
        *(f"  - {{id: {r}, name: {r}, capacity: 8}}" for r in dict.fromkeys(placed.values())),
        "devices:",
        *(f"  - {{id: {d}, source: {SITE}, address: {d}, model: generic-motion}}" for d in placed),
        "placements:",
        *(f"  - {{device: {d}, room: {r}}}" for d, r in placed.items()),
    ]
    return "\n".join(lines) + "\n"
