"""What the doctor says of the running month's costs, and of who gets its statements."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from rumskoll.doctor.statements import check_statements
from rumskoll.settings import Settings
from tests.unit.doctor.helpers import settings, told
from tests.unit.registry.broken_billing import whole

BO = '{id: bo, name: Bo, partner: vindel, email: "bo@vindel.example"}'
RUT = '{id: rut, name: Rut, partner: renen, email: "rut@renen.example"}'


def lines(day: str, *people: str, **given: str) -> list[tuple[str, str]]:
    now = int(datetime.fromisoformat(day).replace(hour=12, tzinfo=UTC).timestamp()) * 1000
    Path("contacts.yaml").write_text(f"people: [{', '.join(people)}]")
    made: Settings = settings(**({"contacts": "contacts.yaml"} | given))
    return told(check_statements(made, lambda: now))


@pytest.fixture(autouse=True)
def _shared() -> None:
    Path("rooms.yaml").write_text(whole())


def test_in_order() -> None:
    assert lines("2026-03-20", BO, RUT) == [
        ("ok", "the month's costs can be shared; statements reach 2 partners.")
    ]


def test_a_partner_whom_nobody_reads_for() -> None:
    wrong = "nobody gets the statements of: vindel. Set partner and email for a person in"
    assert lines("2026-03-20", RUT) == [("warn", f"{wrong} contacts.yaml.")]
    without = BO.replace(', email: "bo@vindel.example"', "")
    assert lines("2026-03-20", RUT, without) == [("warn", f"{wrong} contacts.yaml.")]


def test_a_pool_without_costs_this_month() -> None:
    assert lines("2026-01-05", BO, RUT) == [
        ("warn", "the pool vc has no costs in 2026-01. Add them under costs in rooms.yaml.")
    ]


def test_an_agreement_that_has_ended() -> None:
    ended = ("    from: 2026-03-15\n", "    from: 2026-03-15\n    until: 2026-11-20\n")
    Path("rooms.yaml").write_text(whole(ended))
    assert lines("2026-11-05", BO, RUT) == [
        (
            "warn",
            "the pool house has no agreement from 2026-11-20 on, so 2026-11 cannot be billed."
            " Add one under agreements in rooms.yaml.",
        )
    ]


def test_nothing_to_say() -> None:
    shared = Path("rooms.yaml").read_text()
    Path("rooms.yaml").write_text(shared.partition("pools:")[0])
    assert lines("2026-03-20") == []
    Path("rooms.yaml").write_text("broken")
    assert lines("2026-03-20") == []
