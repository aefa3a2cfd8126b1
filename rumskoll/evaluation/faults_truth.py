"""What the rules of design 7 should find of the simulator's mishaps: when, and after how long.

Written from the design and the thresholds alone, not from the rules: a mistake made twice
would hide.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from devices.simulator.device_day import trait_of
from devices.simulator.lorawan import gateways
from devices.simulator.mishaps import DIAGNOSTICS, FLAP, Mishap
from rooms.registry.fault_limits import Limits
from rumskoll.evaluation.faults_blind import blind, stuck
from rumskoll.evaluation.faults_expected import (
    Expected,
    Explained,
    Found,
    House,
    Truth,
    expected,
    strange,
)

_S: Final = 1000
_CLOCK_RUNNING: Final = 3  # messages with a wrong time
_SILENT: Final = "device_silent"


def truth_of(house: House, mishaps: Iterable[Mishap]) -> Truth:
    found = [one for mishap in mishaps for one in _TRUTH[mishap.kind](house, mishap)]
    return Truth(
        [one for one in found if isinstance(one, Expected)],
        [one for one in found if isinstance(one, Explained)],
    )


# ---- silence


def _silent(house: House, mishap: Mishap) -> Found:
    known_for = house.registry.devices[mishap.target].known_for_ms
    yield expected(house, mishap, _SILENT, known_for)
    yield from strange(house, mishap, [mishap.target])


def _offline(house: House, mishap: Mishap) -> Found:
    limit = house.limits(mishap.target).device_silent
    assert limit is not None, "the example house has all rules on"
    yield expected(house, mishap, _SILENT, limit.offline * _S)
    yield from strange(house, mishap, [mishap.target])


def _flapping(house: House, mishap: Mishap) -> Found:
    """It opens and resolves in each round; one change more than allowed is too many."""
    silent, limit = house.limits(mishap.target).device_silent, _site_limits(house, mishap).flapping
    assert silent is not None
    assert limit is not None
    rounds, half = divmod(limit.changes + 1, 2)
    delay = rounds * sum(FLAP) + (silent.offline * _S if half else -FLAP[1])
    yield expected(house, mishap, "flapping", delay, _SILENT)
    yield Explained(_SILENT, mishap.target, mishap.start, mishap.stop)
    yield from strange(house, mishap, [mishap.target])


def _site_limits(house: House, mishap: Mishap) -> Limits:
    entry = house.registry.devices[mishap.target]
    return house.registry.sites[entry.site].faults.of()


def _source(house: House, mishap: Mishap) -> Found:
    site, source = house.registry.sources[mishap.target]
    devices = [d.id for d in site.devices if d.source == source.id]
    told = source.decoder == "zigbee2mqtt"  # whose bridge has a last will
    yield from _together_silent(house, mishap, source.id, "", devices, told=told)


def _gateway(house: House, mishap: Mishap) -> Found:
    for site, source in house.registry.sources.values():
        if source.decoder not in ("chirpstack", "tts"):
            continue
        devices = [
            d.id
            for d in site.devices
            if d.source == source.id and gateways(trait_of(house.seed, d.id)) == (mishap.target,)
        ]
        yield from _together_silent(house, mishap, source.id, mishap.target, devices, told=False)


def _together_silent(
    house: House, mishap: Mishap, source: str, gateway: str, devices: Sequence[str], *, told: bool
) -> Found:
    site, _ = house.registry.sources[source]
    limit = site.faults.of().source_silent
    assert limit is not None
    every = sorted(house.every(device) for device in devices)
    due = sorted(n * one for one in every for n in range(1, limit.due + 1))[limit.due - 1]
    delay = limit.offline * _S if told else max(due, limit.least * _S)
    subject = f"source:{source}"
    yield Expected("source_silent", subject, gateway, (mishap.start,), mishap.stop, delay, every[0])
    for device in devices:
        yield Explained(_SILENT, device, mishap.start, mishap.stop + house.every(device))
    yield from strange(house, mishap, devices)


# ---- what devices say


def _garbled(house: House, mishap: Mishap) -> Found:
    limit = house.limits(mishap.target).decode_failing
    assert limit is not None
    delay = (limit.running - 1) * house.every(mishap.target)
    yield expected(house, mishap, "decode_failing", delay)
    yield from strange(house, mishap, [mishap.target])


def _clock(house: House, mishap: Mishap) -> Found:
    delay = (_CLOCK_RUNNING - 1) * house.every(mishap.target)
    yield expected(house, mishap, "clock_skew", delay)


def _battery(house: House, mishap: Mishap) -> Found:
    yield expected(house, mishap, "battery_low", 0)


def _unplugged(house: House, mishap: Mishap) -> Found:
    """The camera is missing; that the system says so as well is no fault of its own."""
    limit = house.limits(mishap.target).peripheral_missing
    assert limit is not None
    yield expected(house, mishap, "peripheral_missing", limit.after * _S, "camera: Camera")


def _said(house: House, mishap: Mishap) -> Found:
    level, _, description = DIAGNOSTICS[mishap.kind]
    yield expected(house, mishap, f"equipment_{level}", _after(house, mishap, level), description)


def _flag(house: House, mishap: Mishap) -> Found:
    level = mishap.kind.removeprefix("flag_")
    yield expected(house, mishap, f"equipment_{level}", _after(house, mishap, level), mishap.detail)


def _after(house: House, mishap: Mishap, level: str) -> int:
    limit = getattr(house.limits(mishap.target), f"equipment_{level}")
    return int(limit.after) * _S


def _nothing(_: House, __: Mishap) -> Found:
    """Judged by the air itself."""
    yield from ()


_TRUTH: Final[dict[str, Callable[[House, Mishap], Found]]] = {
    "silent": _silent,
    "offline": _offline,
    "flapping": _flapping,
    "source": _source,
    "gateway": _gateway,
    "garbled": _garbled,
    "clock": _clock,
    "battery": _battery,
    "unplugged": _unplugged,
    "error": _said,
    "warning": _said,
    "flag_error": _flag,
    "flag_warning": _flag,
    "stuck": stuck,
    "blind": blind,
    "ventilation": _nothing,
}
