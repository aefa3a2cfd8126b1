"""What is to go wrong in a month: every kind of mishap, on devices that can have it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import Final, NamedTuple

from devices.simulator.device_day import trait_of
from devices.simulator.lorawan import GATEWAYS, gateways
from devices.simulator.mishap_known import House, drained, tells_battery
from devices.simulator.mishaps import Kind
from rooms.registry.registry import SourceDevice

_HOUR: Final = 3_600_000
_DAY: Final = 24 * _HOUR
_MONTH: Final = 30 * _DAY
_FLAGS: Final = ("fan", "lamp", "temperature", "cover", "filter", "other")
_SENSES: Final = frozenset({"motion", "presence"})


class Draft(NamedTuple):
    """One mishap before it has a place in time: ``lasts`` ms, ``on`` the devices that it takes."""

    kind: Kind
    target: str
    lasts: int
    on: Sequence[str]
    detail: str = ""
    whole_days: bool = False  # open ones


def drafts(house: House, rng: Random) -> Iterator[Draft]:
    """The longest first."""
    months = max(1, round((house.stop - house.start) / _MONTH))
    for _ in range(months):
        for make in _KINDS:
            yield from make(house, rng)


def _sensing(house: House) -> list[SourceDevice]:
    """Sensors of people in rooms where another device sees them too."""
    seeing = [e for e in house.devices("sensor", "vc") if {*e.evidence} & {*_SENSES, "call"}]
    rooms = [house.room(e) for e in seeing]
    shared = {r for r in rooms if rooms.count(r) > 1}
    shared -= {room.id for room in house.site.rooms if room.private.first}
    return [
        e
        for e in seeing
        if e.model.family == "sensor" and house.room(e) in shared and {*e.evidence} & _SENSES
    ]


def _together(house: House, entry: SourceDevice) -> list[str]:
    """It and all that stand in its room: they are compared."""
    return [e.device.id for e in house.devices() if house.room(e) == house.room(entry)]


def _blind_long(house: House, rng: Random) -> Iterator[Draft]:
    for entry in rng.sample(_sensing(house), 1):
        yield Draft("blind", entry.device.id, 9 * _DAY, _together(house, entry))


def _people(house: House, rng: Random) -> Iterator[Draft]:
    for entry in rng.sample(_sensing(house), 4):
        yield Draft("blind", entry.device.id, 2 * _DAY, _together(house, entry), "", True)
    for entry in rng.sample(_sensing(house), 3):
        lasts = rng.randint(22, 40) * _HOUR
        yield Draft("stuck", entry.device.id, lasts, _together(house, entry))


def _sources(house: House, rng: Random) -> Iterator[Draft]:
    for source in house.site.sources:
        on = [e.device.id for e in house.devices() if e.device.source == source.id]
        if len(on) > 1:
            yield Draft("source", source.id, rng.randint(3, 8) * _HOUR, on)
    lora = [e for e in house.devices() if house.source(e).decoder in ("chirpstack", "tts")]
    for gateway in GATEWAYS[:1] if lora else ():
        on = [e.device.id for e in lora]
        alone = [id_ for id_ in on if gateways(trait_of(house.setting.seed, id_)) == (gateway,)]
        if len(alone) > 1:
            yield Draft("gateway", gateway, rng.randint(3, 8) * _HOUR, on)


def _air(house: House, rng: Random) -> Iterator[Draft]:
    measured = {
        room
        for e in house.devices("sensor")
        if "co2" in e.device.model and (room := house.room(e)) is not None
    }
    shared = sorted(measured - {room.id for room in house.site.rooms if room.private.first})
    for room in rng.sample(shared, min(3, len(shared))):
        on = [e.device.id for e in house.devices() if house.room(e) == room]
        yield Draft("ventilation", room, 2 * _DAY, on, "", True)


def _single(
    kind: Kind,
    count: int,
    families: tuple[str, ...],
    hours: tuple[int, int],
    details: Sequence[str] = ("",),
    decoders: tuple[str, ...] = (),
    intervals: int = 0,
) -> Callable[[House, Random], Iterator[Draft]]:
    """``hours`` and so many intervals of the device long."""

    def make(house: House, rng: Random) -> Iterator[Draft]:
        able = [
            e
            for e in house.devices(*families)
            if (not decoders or house.source(e).decoder in decoders)
            and (kind != "battery" or _fresh(house, e))
        ]
        for entry in rng.sample(able, min(count, len(able))):
            own = intervals * entry.expect_every * 1000
            lasts = rng.randint(*(60 * h for h in hours)) * 60_000 + own
            yield Draft(kind, entry.device.id, lasts, [entry.device.id], rng.choice(details))

    return make


def _fresh(house: House, entry: SourceDevice) -> bool:
    low = {mishap.target for mishap in drained(house)}
    return tells_battery(house.source(entry), entry) and entry.device.id not in low


_OWN_CLOCK: Final = ("native", "mapped_json")
_LAST_WILL: Final = ("native", "zigbee2mqtt")
_KINDS: Final[Sequence[Callable[[House, Random], Iterator[Draft]]]] = (
    _blind_long,
    _people,
    _sources,
    _air,
    _single("battery", 3, ("sensor",), (72, 120)),
    _single("clock", 3, ("vc", "sensor"), (12, 36), ("ahead", "behind"), _OWN_CLOCK),
    _single("silent", 4, ("sensor",), (2, 6), intervals=5),
    _single("silent", 3, ("vc", "display", "panel"), (2, 6)),
    _single("garbled", 4, (), (1, 3), intervals=8),
    _single("offline", 4, (), (1, 6), decoders=_LAST_WILL),
    _single("flapping", 2, ("vc", "display"), (2, 4)),
    _single("unplugged", 2, ("vc",), (1, 30)),
    _single("error", 3, ("vc",), (1, 6)),
    _single("warning", 3, ("vc",), (1, 6)),
    _single("flag_error", 2, ("display",), (1, 6), _FLAGS),
    _single("flag_warning", 2, ("display",), (1, 6), _FLAGS),
)
