from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.api.house import House
from tests.unit.statement.papers import _papers

__all__ = ["_papers", "house"]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A filled house whose clock says 10:00."""
    house = House(tmp_path)
    house.fill()
    yield house
    house.close()
