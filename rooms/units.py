"""Lengths of time in ms, the unit of all times here. A local day may be longer or shorter."""

from typing import Final

HOUR_MS: Final = 3_600_000
DAY_MS: Final = 24 * HOUR_MS
