"""Texts of what is published over MQTT: key -> (Swedish, English)."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    # a line on a door sign
    "publish.occupied.since": ("Upptaget sedan {time}", "Occupied since {time}"),
    "publish.occupied.until": ("Upptaget, bokat till {time}", "Occupied, booked until {time}"),
    # names in Home Assistant
    "publish.occupancy": ("Närvaro", "Occupancy"),
    "publish.people": ("Personer", "People"),
    "publish.co2": ("Koldioxid", "Carbon dioxide"),
    "publish.problem": ("Fel", "Problem"),
}
