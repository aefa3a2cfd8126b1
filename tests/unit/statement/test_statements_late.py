"""What comes after a statement was issued: told, carried once, or issued anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.statements import files
from api.statements.drafting import CannotIssue
from rooms.statement.booked import booked_of
from rooms.statement.document import Change
from rooms.statement.inputs import Booked, Carry
from rooms.units import DAY_MS
from storage.state import Issued
from tests.issuing import HOUSE, H, Issuing

SMALL = {"norr": 2 * H + 600, "skog": H}  # on a day that had norr two hours, skog one
LARGE = {"norr": 9 * H}


@pytest.fixture(autouse=True)
def _only_json(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "FILES", files.FILES[:1])


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Issuing]:
    house = Issuing(tmp_path)
    house.statements.issue("2026-10", "åsa")
    yield house
    house.close()


def november(house: Issuing) -> None:
    house.fill("2026-11", {"norr": H, "skog": H})
    house.now += 30 * DAY_MS


def content(house: Issuing, one: Issued) -> dict[Path, bytes]:
    folder = house.ledger.folder / one.folder
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# October: norr 62 h, skog 31 h of 93. Ten minutes more for norr: 500 000 öre x 373/559 and
# x 186/559 are 333 631 and 166 369, where 333 333 and 166 667 were issued.
NORR, SKOG = 583_333, 291_667
CARRY = Carry(
    "2026-10",
    1,
    (Booked("norr", "hyra", 298, "lycksele"), Booked("skog", "hyra", -298, "lycksele")),
)


def test_nothing_came(house: Issuing) -> None:
    assert house.statements.newer() == []


def test_what_came_late_is_told(house: Issuing) -> None:
    (one,) = house.statements.issued()
    before = content(house, one)
    house.use("granen", "2026-10-07", SMALL)
    (newer,) = house.statements.newer("2026-10")
    assert newer.issued == one
    assert newer.changes == (Change("norr", NORR, NORR + 298), Change("skog", SKOG, SKOG - 298))
    assert not newer.reaches
    assert house.statements.newer("2026-09") == []
    assert content(house, one) == before
    assert house.statements.statement(1).totals[0].amount == NORR


def test_what_is_for_a_new_version(house: Issuing) -> None:
    house.use("granen", "2026-10-07", LARGE)
    (newer,) = house.statements.newer()
    assert newer.reaches
    assert [one.key for one in house.statements.draft("2026-10").blocks] == [
        "statement.block.reason"
    ]
    with pytest.raises(CannotIssue):
        house.statements.issue("2026-10", "åsa")
    two = house.statements.issue("2026-10", "bo", reason="Givaren kom ikapp")
    assert (two.number, two.version, two.reason) == (2, 2, "Givaren kom ikapp")
    statement = house.statements.statement(2)
    assert statement.before is not None
    assert statement.before.number == 1
    assert {one.partner: one.before for one in statement.changes}["norr"] == NORR
    assert house.statements.newer() == []


def test_who_no_longer_takes_part_is_told_so(house: Issuing) -> None:
    """vind owed 1 250 kr; it gets a statement that says that it owes nothing."""
    house.change(
        agreements=[HOUSE["agreements"][0] | {"shares": {"norr": 2, "skog": 1}}],
        partners=HOUSE["partners"][:2],
    )
    (newer,) = house.statements.newer()
    assert newer.changes[-1] == Change("vind", 125_000, 0)
    house.statements.issue("2026-10", "åsa", reason="vind gick ur")
    own = house.statements.statement(2, "vind")
    assert [(one.partner, one.amount) for one in own.totals] == [("vind", 0)]
    assert own.changes == (Change("vind", 125_000, 0),)
    assert own.name_of("vind") == "Vind AB"
    assert house.statements.newer() == []
    assert [one.key for one in house.statements.draft("2026-10", reason="x").blocks] == [
        "statement.block.unchanged"
    ]


def test_a_corrected_cost_is_for_a_new_version(house: Issuing) -> None:
    cost = HOUSE["costs"][0] | {"amount": "10 000,04"}  # four öre
    house.change(costs=[cost])
    (newer,) = house.statements.newer()
    assert newer.reaches
    november(house)
    assert house.statements.draft("2026-11").inputs.carries == ()


def test_too_late(house: Issuing) -> None:
    """Once the readings are gone a month is not looked at any more."""
    house.use("granen", "2026-10-07", SMALL)
    house.now += 92 * DAY_MS
    assert house.statements.newer() == []


def test_carried_into_the_next_month_once(house: Issuing) -> None:
    house.use("granen", "2026-10-07", SMALL)
    november(house)
    assert house.statements.draft("2026-11").inputs.carries == (CARRY,)
    house.statements.issue("2026-11", "åsa")
    statement = house.statements.statement(2)
    assert statement.carries == (CARRY,)
    # 10 000 kr: 2 500 + 2 500, 1 250 + 2 500, 1 250
    assert {one.partner: (one.pools, one.carried, one.amount) for one in statement.totals} == {
        "norr": (500_000, 298, 500_298),
        "skog": (375_000, -298, 374_702),
        "vind": (125_000, 0, 125_000),
    }
    assert len(house.statements.newer("2026-10")) == 1  # it still differs from what was issued
    house.fill("2026-12", {"norr": H})
    house.now += 31 * DAY_MS
    assert house.statements.draft("2026-12").inputs.carries == ()


def test_a_month_before_carries_nothing(house: Issuing) -> None:
    house.use("granen", "2026-10-07", SMALL)
    house.fill("2026-09", {"norr": H})
    assert house.statements.draft("2026-09").inputs.carries == ()


def test_what_a_new_version_took_in_is_given_back(house: Issuing) -> None:
    house.use("granen", "2026-10-07", SMALL)
    november(house)
    house.statements.issue("2026-11", "åsa")
    house.use("granen", "2026-10-08", LARGE)
    house.statements.issue("2026-10", "åsa", reason="mer kom")
    house.fill("2026-12", {"norr": H})
    house.now += 31 * DAY_MS
    (carry,) = house.statements.draft("2026-12").inputs.carries
    assert carry == Carry(
        "2026-10",
        3,
        (Booked("norr", "hyra", -298, "lycksele"), Booked("skog", "hyra", 298, "lycksele")),
    )


def test_a_new_version_keeps_what_it_carried(house: Issuing) -> None:
    house.use("granen", "2026-10-07", SMALL)
    november(house)
    house.statements.issue("2026-11", "åsa")
    house.use("granen", "2026-11-08", LARGE)
    house.use("granen", "2026-10-09", SMALL)  # more came, for December to carry
    house.statements.issue("2026-11", "åsa", reason="sent")
    assert house.statements.statement(3).carries == (CARRY,)
    house.fill("2026-12", {"norr": H})
    house.now += 31 * DAY_MS
    (carry,) = house.statements.draft("2026-12").inputs.carries
    assert carry.month == "2026-10"
    assert 0 < carry.parts[0].amount < 400


def test_after_a_restart(house: Issuing) -> None:
    house.use("granen", "2026-10-07", SMALL)
    november(house)
    assert house.fresh().draft("2026-11").inputs.carries == (CARRY,)


# ---- over time each partner pays what the newest result says

MONTHS = ("2026-09", "2026-10", "2026-11")
DAYS = st.integers(1, 28)
USES = st.sampled_from([600, 1200, H, 3 * H, 7 * H])
LATE = st.lists(st.tuples(st.integers(0, 2), DAYS, USES), max_size=3)


@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(rounds=st.lists(LATE, min_size=3, max_size=5))
def test_all_in_all(
    tmp_path_factory: pytest.TempPathFactory, rounds: list[list[tuple[int, int, int]]]
) -> None:
    folder = tmp_path_factory.mktemp("house")
    house = Issuing(folder, "2026-12-03 12:00", fill=False, retention_days=120)
    for month in (*MONTHS, "2026-12"):
        house.fill(month, {"norr": H, "skog": H})
    for i, late in enumerate(rounds):
        for month, day, used in late:
            house.use("granen", f"{MONTHS[month]}-{day:02}", {"norr": used, "vind": 600})
        for newer in house.statements.newer():
            if newer.reaches:
                house.statements.issue(newer.issued.month, "åsa", reason="late")
        if i < len(MONTHS):
            house.statements.issue(MONTHS[i], "åsa")
    house.now += 31 * DAY_MS
    house.statements.issue("2026-12", "åsa")
    held = {one.month: house.statements.statement(one.number) for one in house.ledger.issued()}
    carried = [carry for one in held.values() for carry in one.carries]
    for month in MONTHS:
        now = house.statements._late._compare(
            max(one for one in house.ledger.issued() if one.month == month)
        ).now
        paid: Counter[tuple[str, str | None]] = Counter()
        for one in booked_of(held[month]):
            paid[one.partner, one.pool] += one.amount
        for carry in carried:
            for part in carry.parts:
                if carry.month == month:
                    paid[part.partner, part.pool] += part.amount
                if carry in held[month].carries:  # not of this month's own costs
                    paid[part.partner, part.pool] -= part.amount
        owed = {(p.partner, pool.id): p.amount for pool in now.pools for p in pool.parts}
        assert {key: amount for key, amount in paid.items() if amount} == {
            key: amount for key, amount in owed.items() if amount
        }
    house.close()
