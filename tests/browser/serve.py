"""Serves a house filled by hand: ``python -m tests.browser.serve PORT FOLDER [WHAT]``, with
``faults`` or ``statements`` if asked for.

Whoever opens ``service.db`` in the folder plays the collector's part.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from api.server import serve
from rooms.utilisation import HourUse as Hour
from rooms.utilisation import Quarter, Use
from tests.unit.api.fault_house import fault_house
from tests.unit.api.house import NOW, House
from tests.unit.api.statement_house import StatementHouse
from tests.unit.api.usage_house import at, put, put_hour, usage_house

_HOUSES: Final[dict[str, Callable[..., House]]] = {
    "faults": fault_house,
    "statements": StatementHouse,
}


def main(port: int, folder: Path, what: str = "") -> None:
    house = _HOUSES.get(what, usage_house)(folder, demo=True)
    used(house)
    serve(house.app, "127.0.0.1", port, lambda: print("ready", flush=True))  # noqa: T201
    house.close()


def used(house: House) -> None:
    """November, as a roll-up would have left it."""
    month = Use(360_000, 342_000, 136_800, booked_s=180_000, bookings=40, assessable=38, no_shows=5)
    for room in ("granen", "tallen", "renen"):
        put(house, "use_month", "2026-11-01", month, room=room)
    full, weak = Quarter(3600, 3600, 1800), Quarter(3600, 1800, 900)
    for hour in range(8, 17):
        start = at(house, "2026-11-09", hour)
        quarters = (full, full, weak, full)
        use = Use(14_400, 12_600, 6_300)
        put_hour(house, "2026-11-09", Hour(start, use, quarters), hour)
    house.state.live.set_cursor("rollup_at", NOW - 60_000)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:])
