"""What the rules of design 7 should find of the simulator's mishaps: when, and after how long.

Written from the design and the thresholds alone, not from the rules: a mistake made twice
would hide.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from devices.simulator.chirpstack import gateways
from devices.simulator.device_day import trait_of
from devices.simulator.mishaps import DIAGNOSTICS, FLAP, Mishap
from rooms.devicemodels import Evidence
from rooms.intervals import Interval, Intervals
from rooms.registry import Registry, SourceDevice
from rooms.registry.fault_limits import Limits

_S: Final = 1000
_MINUTE: Final = 60_000
_CLOCK_RUNNING: Final = 3  # messages with a wrong time
_DISAGREEING: Final = "sensor_disagreement"
_SEEING: Final[frozenset[Evidence]] = frozenset({"motion", "presence", "count"})
_STILL: Final = 5 * _MINUTE  # people may sit so still between two movements
_SILENT: Final = "device_silent"


class Expected(NamedTuple):
    """A fault that has to be found. ``detail`` ``None``: any.

    It is there from one of ``onsets`` on (what is found counts from the latest before it) until
    ``stop``; the rule waits ``delay`` ms, and the device speaks every ``every`` ms.
    """

    code: str
    subject: str
    detail: str | None
    onsets: tuple[int, ...]
    stop: int
    delay: int
    every: int


class Explained(NamedTuple):
    """A fault that may well be found: a consequence of a mishap."""

    code: str
    subject: str
    start: int
    stop: int


class Truth(NamedTuple):
    expected: list[Expected]
    explained: list[Explained]


class House(NamedTuple):
    """``stays``: when somebody was in a room, truly."""

    registry: Registry
    seed: int
    stays: dict[str, Intervals]

    def every(self, device: str) -> int:
        return self.registry.devices[device].expect_every * _S

    def limits(self, device: str) -> Limits:
        return self.registry.limits_of(device)

    def together(self, device: str, at: int) -> list[SourceDevice]:
        """All that stand in the room of a device."""
        room = self.registry.room_of(device, at)
        return [p.device for p in self.registry.devices_in(room, at, at + 1)] if room else []


Found = Iterator[Expected | Explained]


def truth_of(house: House, mishaps: Iterable[Mishap]) -> Truth:
    found = [one for mishap in mishaps for one in _TRUTH[mishap.kind](house, mishap)]
    return Truth(
        [one for one in found if isinstance(one, Expected)],
        [one for one in found if isinstance(one, Explained)],
    )


def _expected(
    house: House,
    mishap: Mishap,
    code: str,
    delay: int,
    detail: str = "",
    onsets: Sequence[int] = (),
) -> Expected:
    """Of one device, from the mishap's start or from ``onsets``."""
    every = house.every(mishap.target)
    times = tuple(onsets) or (mishap.start,)
    return Expected(code, mishap.target, detail, times, mishap.stop, delay, every)


def _strange(house: House, mishap: Mishap, devices: Iterable[str]) -> Iterator[Explained]:
    """What is not heard keeps its last state for as long as it is known: others disagree."""
    for device in devices:
        known = house.registry.devices[device].known_for_ms
        for other in house.together(device, mishap.start):
            yield Explained(_DISAGREEING, other.device.id, mishap.start, mishap.stop + known)


# ---- silence


def _silent(house: House, mishap: Mishap) -> Found:
    known_for = house.registry.devices[mishap.target].known_for_ms
    yield _expected(house, mishap, _SILENT, known_for)
    yield from _strange(house, mishap, [mishap.target])


def _offline(house: House, mishap: Mishap) -> Found:
    limit = house.limits(mishap.target).device_silent
    assert limit is not None, "the example house has all rules on"
    yield _expected(house, mishap, _SILENT, limit.offline * _S)
    yield from _strange(house, mishap, [mishap.target])


def _flapping(house: House, mishap: Mishap) -> Found:
    """It opens and resolves in each round; one change more than allowed is too many."""
    silent, limit = house.limits(mishap.target).device_silent, _site_limits(house, mishap).flapping
    assert silent is not None
    assert limit is not None
    rounds, half = divmod(limit.changes + 1, 2)
    delay = rounds * sum(FLAP) + (silent.offline * _S if half else -FLAP[1])
    yield _expected(house, mishap, "flapping", delay, _SILENT)
    yield Explained(_SILENT, mishap.target, mishap.start, mishap.stop)
    yield from _strange(house, mishap, [mishap.target])


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
        if source.decoder != "chirpstack":
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
    yield from _strange(house, mishap, devices)


# ---- what devices say


def _garbled(house: House, mishap: Mishap) -> Found:
    limit = house.limits(mishap.target).decode_failing
    assert limit is not None
    delay = (limit.running - 1) * house.every(mishap.target)
    yield _expected(house, mishap, "decode_failing", delay)
    yield from _strange(house, mishap, [mishap.target])


def _clock(house: House, mishap: Mishap) -> Found:
    delay = (_CLOCK_RUNNING - 1) * house.every(mishap.target)
    yield _expected(house, mishap, "clock_skew", delay)


def _battery(house: House, mishap: Mishap) -> Found:
    yield _expected(house, mishap, "battery_low", 0)


def _unplugged(house: House, mishap: Mishap) -> Found:
    """The camera is missing, and the system says so as well."""
    limit = house.limits(mishap.target).peripheral_missing
    assert limit is not None
    yield _expected(house, mishap, "peripheral_missing", limit.after * _S, "camera: Camera")
    yield from _said(house, mishap)


def _said(house: House, mishap: Mishap) -> Found:
    level, _, description = DIAGNOSTICS[mishap.kind]
    yield _expected(house, mishap, f"equipment_{level}", _after(house, mishap, level), description)


def _flag(house: House, mishap: Mishap) -> Found:
    level = mishap.kind.removeprefix("flag_")
    yield _expected(
        house, mishap, f"equipment_{level}", _after(house, mishap, level), mishap.detail
    )


def _after(house: House, mishap: Mishap, level: str) -> int:
    limit = getattr(house.limits(mishap.target), f"equipment_{level}")
    return int(limit.after) * _S


# ---- sensors of people


def _stuck(house: House, mishap: Mishap) -> Found:
    limit = house.limits(mishap.target).sensor_stuck
    assert limit is not None
    yield _expected(house, mishap, "sensor_stuck", limit.occupied * _S, "occupied")
    for other in house.together(mishap.target, mishap.start):
        if other.device.id != mishap.target:
            yield Explained(_DISAGREEING, other.device.id, mishap.start, mishap.stop)


def _blind(house: House, mishap: Mishap) -> Found:
    limit = house.limits(mishap.target).sensor_stuck
    assert limit is not None
    if mishap.stop - mishap.start > limit.never * _S:
        yield _expected(house, mishap, "sensor_stuck", limit.never * _S, "never")
    yield Explained(_DISAGREEING, mishap.target, mishap.start, mishap.stop)
    onsets, certain = _stays_seen(house, mishap)
    if certain:
        after = house.limits(mishap.target).sensor_disagreement
        assert after is not None
        one = _expected(house, mishap, _DISAGREEING, after.after * _S, onsets=onsets)
        yield one._replace(detail=None)


def _stays_seen(house: House, mishap: Mishap) -> tuple[list[int], bool]:
    """When the stays of the time begin, and whether one is so long that another device must
    have seen people for as long as the rule waits, and be heard about it."""
    limit = house.limits(mishap.target).sensor_disagreement
    room = house.registry.room_of(mishap.target, mishap.start)
    assert limit is not None
    assert room is not None
    after = limit.after * _S
    own = house.every(mishap.target) if house.every(mishap.target) <= after else 0
    others = [
        2 * house.every(o.device.id) if o.model.lorawan else _STILL
        for o in house.together(mishap.target, mishap.start)
        if o.device.id != mishap.target and _SEEING & {*o.evidence}
    ]
    spans = [span for span in house.stays[room] if _within(span, mishap)]
    longest = max((stop - start for start, stop in spans), default=0)
    certain = bool(others) and longest > after + own + min(others)
    return [start for start, _ in spans], certain


def _within(span: Interval, mishap: Mishap) -> bool:
    return mishap.start + 10 * _MINUTE <= span[0] and span[1] <= mishap.stop


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
    "stuck": _stuck,
    "blind": _blind,
    "ventilation": _nothing,
}
