"""Serves a house filled by hand: ``python -m tests.browser.serve PORT FOLDER``.

Whoever opens ``service.db`` in the folder plays the collector's part.
"""

from __future__ import annotations

import sys
from pathlib import Path

from api.server import serve
from tests.unit.api.house import House


def main(port: int, folder: Path) -> None:
    house = House(folder, demo=True)
    house.fill()
    serve(house.app, "127.0.0.1", port, lambda: print("ready", flush=True))  # noqa: T201
    house.close()


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
