"""The evidence that the roll-up keeps: written with the sums, rewritten with them, and gone
where a room is private."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from rolled import DAY, HOUR, MIN, RolledHouse, at, rooms_with, site_of

from rooms.dayevidence import DayEvidence, Stretch, Vacancy
from rooms.statement.inputs import Empty, PartnerDay, Stay
from rooms.utilisation import UNATTRIBUTED
from storage.statement_inputs import gather
from storage.store import StoreUnavailable

DATE = date(2026, 11, 23)
MONDAY = at("2026-11-23 00:00")
NOW = MONDAY + 2 * DAY + 12 * HOUR  # Wednesday at noon


@pytest.fixture
def house(tmp_path: Path) -> Iterator[RolledHouse]:
    house = RolledHouse(tmp_path, NOW)
    yield house
    house.close()


def a_monday(house: RolledHouse) -> None:
    """Booked by Vindel from nine to ten, used from 9.05 to 10.20; Renen booked two to three."""
    house.hear("radar", MONDAY - DAY, MONDAY + 2 * DAY, [(minute(545), minute(620))])
    house.book(MONDAY + 9 * HOUR, MONDAY + 10 * HOUR, "vindel")
    house.book(MONDAY + 14 * HOUR, MONDAY + 15 * HOUR, "renen")
    house.wrong("equipment_error", "vc", minute(600), minute(630), "error")
    house.roll(MONDAY, MONDAY + DAY)


def minute(n: int) -> int:
    return MONDAY + n * MIN


def evidence(house: RolledHouse, room: str = "granen") -> DayEvidence | None:
    return next((one for _, _, one in house.state.evidence.read([room], DATE, DATE)), None)


WHOLE = DayEvidence(
    (Stretch(minute(545), minute(620), "vindel", "booking", False),),
    (Vacancy(minute(840), minute(900), "renen"),),
    (),
    {"renen": 3600, "vindel": 3600},
    {"vindel": 1200},
)


def test_a_day_by_hand(house: RolledHouse) -> None:
    a_monday(house)
    assert evidence(house) == WHOLE
    stored = house.partners(MONDAY)
    assert stored == {
        "vindel": {"booking_s": 4500},
        "renen": {"no_show_s": 3600},
        UNATTRIBUTED: {},
    }
    assert evidence(house, "tallen") == DayEvidence()


def test_late_readings_and_corrections_rewrite_it(house: RolledHouse) -> None:
    a_monday(house)
    house.hear("radar", minute(660), minute(661), [(minute(660), minute(690))])
    house.state.claims.correct("granen", minute(600), minute(620), "renen", "agreed", "anna", NOW)
    house.roll(MONDAY + 9 * HOUR, MONDAY + 12 * HOUR, "granen")
    told = evidence(house)
    assert told is not None
    assert told.stretches == (
        Stretch(minute(545), minute(600), "vindel", "booking", False),
        Stretch(minute(600), minute(620), "renen", "correction", False),
        Stretch(minute(660), minute(670), None, "unattributed", False),
    )
    assert told.lost == {"renen": 1200}


def test_of_a_private_day_nothing_is_kept(house: RolledHouse) -> None:
    a_monday(house)
    private = [{"value": False}, {"from": "2026-11-24", "value": True}]
    house.registry = site_of(rooms=rooms_with("granen", private=private))
    house.rollup.step()
    assert evidence(house) == WHOLE  # not yet private
    house.registry = site_of(rooms=rooms_with("granen", private=True))
    house.rollup.step()
    kept = house.state.evidence.read(["granen", "tallen"], date.min, date.max)
    assert {room for room, _, _ in kept} == {"tallen"}


def test_a_frozen_day_that_is_private_by_now_keeps_no_evidence(house: RolledHouse) -> None:
    a_monday(house)
    house.retention_ms = 4 * DAY
    house.now = MONDAY + 10 * DAY
    house.start()
    house.rollup.step()
    assert evidence(house) == WHOLE
    house.registry = site_of(rooms=rooms_with("granen", private=True))
    house.rollup.step()
    assert evidence(house) is None
    assert evidence(house, "tallen") == DayEvidence()


def test_a_statement_takes_what_the_roll_up_kept(house: RolledHouse) -> None:
    a_monday(house)
    house.registry = site_of(pools=[{"id": "hyra", "name": "Hyra"}])
    house.start()
    house.rollup.step()  # all that was heard of: Sunday to Wednesday
    inputs = gather(house.store, house.state, house.registry, date(2026, 11, 1), house.now)
    assert inputs.detailed
    assert [one for one in inputs.partner_days if one.room == "granen"] == [
        PartnerDay("granen", DATE, "renen", no_show_s=3600, booked_s=3600),
        PartnerDay("granen", DATE, "vindel", booking_s=4500, booked_s=3600, lost_s=1200),
    ]
    assert inputs.stays == (Stay("granen", minute(545), minute(620), "vindel", "booking", False),)
    assert inputs.empty == (Empty("granen", minute(840), minute(900), "renen"),)
    (lost,) = [one.lost_s for one in inputs.room_days if one.lost_s]
    assert lost == 1800
    assert sum(one.bookable_s for one in inputs.room_days) == 2 * (24 * 9 + 4) * 3600


def failing_after(calls: int, do: Callable[..., Any]) -> Callable[..., Any]:
    done = count()

    def failing(*given: Any) -> Any:
        if next(done) == calls:
            raise StoreUnavailable("away")
        return do(*given)

    return failing


@pytest.mark.parametrize("calls", range(2))
def test_killed_between_sums_and_evidence_it_is_done_again(
    house: RolledHouse, monkeypatch: pytest.MonkeyPatch, calls: int
) -> None:
    """``calls``: of a first week, then of a second one."""
    house.roll(MONDAY - 7 * DAY, MONDAY - 6 * DAY)
    with monkeypatch.context() as patch:
        patch.setattr(house.state.evidence, "put", failing_after(calls, house.state.evidence.put))
        house.state.dirty.mark_time("granen", [(MONDAY - 7 * DAY, MONDAY - 6 * DAY)])
        with pytest.raises(StoreUnavailable):
            a_monday(house)
    assert house.partners(MONDAY)["vindel"] == {"booking_s": 4500}
    assert (evidence(house) is None) == (calls == 0)
    assert house.state.dirty.count(MONDAY, MONDAY + DAY) == (48 if calls == 0 else 0)
    assert house.state.dirty.count(MONDAY - 7 * DAY, MONDAY - 6 * DAY) > 0
    house.start()
    house.rollup.step()
    assert evidence(house) == WHOLE
    assert house.state.dirty.count(-(2**60), MONDAY + DAY) == 0


def test_days_of_an_older_version_are_computed_once_more(
    house: RolledHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as older:
        older.setattr("collector.rollup_registry._KEPT", 0)
        house.start()
        a_monday(house)
    before = house.everything()
    house.state.evidence.prune(date.max)  # which that version did not write
    assert evidence(house) is None
    house.start()
    house.rollup.step()
    assert evidence(house) == WHOLE
    assert set(before) <= set(house.everything())
    house.state.evidence.prune(date.max)
    house.start()
    house.rollup.step()
    assert evidence(house) is None
