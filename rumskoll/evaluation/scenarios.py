"""The simulator's standard scenarios: one week of the example house's people, Monday to Sunday,
seen by one kind of sensor after the other. One line registers a scenario."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from rooms.devicemodels import MODELS
from rooms.registry.models import DecoderName, Device, Placement, Site, Source
from rooms.registry.registry import Registry

MONDAY: Final = date(2026, 11, 16)
DAYS: Final = 7
SILENT_DAY: Final = MONDAY + timedelta(days=2)
SHOWN_ROOM: Final = "bjorken"  # stands for the house in the plot


@dataclass(frozen=True, slots=True)
class Scenario:
    """``key`` names its texts. Aimed at: an accuracy of ``least``, and an occupied share no
    further than ``nearest`` (if told) from the true one. ``silent``: Wednesday is not heard."""

    key: str
    house: Callable[[Site], Site]
    least: float
    nearest: float | None
    silent: bool = False


def house_of(scenario: Scenario, example: Site) -> Registry:
    return Registry([scenario.house(example)])


def _one_each(model: str, decoder: DecoderName) -> Callable[[Site], Site]:
    """The example house with one device of ``model`` in every room that is not private."""

    def house(example: Site) -> Site:
        rooms = [room for room in example.rooms if not room.private.at(MONDAY)]
        return example.model_copy(
            update={
                "sources": (Source(id="source", decoder=decoder, max_age="unlimited"),),
                "devices": tuple(
                    Device(
                        id=f"sensor-{room.id}",
                        source="source",
                        address=f"{n:016x}" if MODELS[model].lorawan else f"sensor-{room.id}",
                        model=model,
                    )
                    for n, room in enumerate(rooms, 1)
                ),
                "placements": tuple(
                    Placement(device=f"sensor-{room.id}", room=room.id) for room in rooms
                ),
                "rooms": tuple(rooms),
            }
        )

    return house


def _only(room: str, house: Callable[[Site], Site]) -> Callable[[Site], Site]:
    def smaller(example: Site) -> Site:
        whole = house(example)
        return whole.model_copy(
            update={
                "rooms": tuple(one for one in whole.rooms if one.id == room),
                "placements": tuple(one for one in whole.placements if one.room == room),
            }
        )

    return smaller


_PIR = _one_each("aqara-rtcgq11lm", "zigbee2mqtt")

SCENARIOS: Final[tuple[Scenario, ...]] = (
    Scenario("pir", _PIR, 0.99, 0.005),
    Scenario("radar", _one_each("aqara-fp1", "zigbee2mqtt"), 0.99, 0.005),
    Scenario("counter", _one_each("generic-count", "native"), 0.99, 0.005),
    Scenario("elsys", _one_each("elsys-ers-co2", "chirpstack"), 0.95, None),
    Scenario("mixed", lambda example: example, 0.95, None),
    Scenario("silent", _only(SHOWN_ROOM, _PIR), 0.99, 0.005, silent=True),
)
