"""What people do to a room's air: first-order responses, exact between changes.

CO2 mass balance of a well-mixed room: V dC/dt = G n - Q (C - C_out), so C moves
towards C_out + G n / Q with time constant V / Q. One person at a desk breathes
out about 18 l of CO2 an hour (Persily & de Jonge 2017).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from math import exp, pi, sin

_OUTDOOR_PPM = 420.0
_CO2_L_S = 18 / 3600  # per person
_FRESH_L_S = (6.0, 4.0)  # per seat, and for the room itself
_HEIGHT_M = 2.6
_AREA_M2 = (2.2, 6.0)  # per seat, and for the room itself
_WARMTH_TAU_S = 2400.0


class Response:
    """``x' = (rest + gain * people - x) / tau`` along a step function of people."""

    def __init__(
        self,
        rest: float,
        gain: float,
        tau_s: float,
        start: int,
        steps: Sequence[tuple[int, int, int]],
    ) -> None:
        self._tau = tau_s * 1000
        self._times = [start]
        self._values = [rest]
        self._targets = [rest]
        for begin, end, people in steps:
            self._turn(max(begin, start), rest + gain * people)
            self._turn(end, rest)

    def _turn(self, t: int, target: float) -> None:
        value = self.at(t)
        self._times.append(t)
        self._values.append(value)
        self._targets.append(target)

    def at(self, t: int) -> float:
        i = max(0, bisect_right(self._times, t) - 1)
        target = self._targets[i]
        return target + (self._values[i] - target) * exp((self._times[i] - t) / self._tau)


class Air:
    """CO2 (ppm) and temperature (°C) of a room with ``capacity`` seats.

    ``share`` of the fresh air that it should have comes in.
    """

    def __init__(
        self,
        capacity: int,
        start: int,
        steps: Sequence[tuple[int, int, int]],
        share: float = 1.0,
    ) -> None:
        fresh = share * (_FRESH_L_S[0] * capacity + _FRESH_L_S[1])
        volume_l = _HEIGHT_M * (_AREA_M2[0] * capacity + _AREA_M2[1]) * 1000
        gain = _CO2_L_S * 1e6 / fresh
        self._co2 = Response(_OUTDOOR_PPM, gain, volume_l / fresh, start, steps)
        self._warmth = Response(20.9, 2.4 / capacity, _WARMTH_TAU_S, start, steps)

    def co2_ppm(self, t: int) -> float:
        return self._co2.at(t)

    def temperature_c(self, t: int) -> float:
        """People warm the room; it also swings a little over the day."""
        return self._warmth.at(t) + 0.4 * sin(2 * pi * (t / 86_400_000 - 0.35))
