"""A month's statement is computed from the same facts, whichever store has kept them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from collector.rollup_series import write_sums
from rooms.statement.inputs import Inputs
from storage.statement_inputs import months_with_data
from storage.store import Store
from tests.contract.conftest import NOW
from tests.unit.storage.kept_months import VASA, KeptMonths, lycksele, registry_of

SEPTEMBER = date(2026, 9, 1)


@pytest.fixture
def reference(tmp_path: Path) -> Iterator[Inputs]:
    (tmp_path / "reference").mkdir()
    with closing(KeptMonths(tmp_path / "reference", NOW)) as kept:
        yield a_month(kept)


def a_month(kept: KeptMonths) -> Inputs:
    kept.registry = registry_of(lycksele(), VASA)
    for n in range(1, 20):
        kept.keep_booked("granen", f"2026-09-{n:02}", n % 5 + 1, "norr" if n % 2 else "vindel")
        kept.keep_booked("tallen", f"2026-09-{n:02}", 2, "norr")
    return kept.gather(SEPTEMBER)


def test_every_store_gives_the_same_inputs(store: Store, reference: Inputs, tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    kept = KeptMonths(tmp_path / "own", NOW)
    with closing(kept.store):
        kept.store = store
        assert a_month(kept) == reference
        days = [one.day for one in reference.room_days]
        assert write_sums(store, "lycksele", days, kept.registry) == []
        assert months_with_data(store, kept.registry) == [SEPTEMBER]
    kept.state.close()
