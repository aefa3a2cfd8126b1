"""Managers hear of a month that is over: on the first, and again until it is issued."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from collector.transports.base import Passing
from rooms.registry import Registry, Site
from tests.unit.collector.posting import SITE
from tests.unit.collector.stated import ASA, NORA, SHARED, VERA, House, at

EVE = ASA._replace(id="eve", name="Eve", language="en", email="eve@x.example")


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path, "2026-11-01 06:59")
    made.had_data("2026-10")
    yield made
    made.close()


def changed(**changes: Any) -> Registry:
    return Registry([Site.model_validate(SITE | SHARED | changes)])


def test_the_draft_on_the_first_and_reminders_until_it_is_issued(house: House) -> None:
    house.step()
    assert house.queued == []
    told = []
    while house.now < at("2026-11-16 00:00"):
        before = len(house.mails())
        house.step(30)
        told += [(m.kind, house.now - at("2026-11-01 07:00")) for m in house.mails()[before:]]
        if house.now == at("2026-11-12 12:29"):
            house.issue()
    days = [(kind, after // 86_400_000, after % 86_400_000 < 3_600_000) for kind, after in told]
    assert days[:3] == [("draft", 0, True), ("reminder", 4, True), ("reminder", 9, True)]
    assert {kind for kind, *_ in days[3:]} == {"issued"}  # and no reminder on day 15


def test_only_managers_and_each_in_their_language(house: House) -> None:
    house.people = [ASA, EVE, VERA, NORA]
    house.step(10)
    assert house.got == ["asa", "eve"]
    asa, eve = (message for _, message in house.way.sent)
    assert asa.subject == "Utkastet till avräkning för oktober 2026 är klart att granskas."
    assert "Vindelåns Teknik: 6\u00a0214,00\u00a0kr" in asa.text
    assert "https://rum.example/statements/draft/2026-10" in asa.text
    assert "rumskoll statement issue 2026-10" in asa.text
    assert (
        eve.subject == "The draft of the statement for October 2026 is ready to be looked through."
    )
    assert asa.attachments == ()


def test_not_twice_after_a_restart_or_with_the_clock_set_back(house: House) -> None:
    house.step(10)
    house.start()
    house.step()
    house.step(-120)
    house.step(300)
    assert house.queued == ["draft 2026-10 asa"]


def test_no_costs_no_data_no_manager_no_notice(house: House) -> None:
    house.now = at("2026-11-02 12:00")
    shared = house.registry
    house.registry = changed(costs=[])
    house.step()
    house.registry, house.people = shared, [VERA, NORA]
    house.step(10)
    house.people = [ASA._replace(email=None)]
    house.step(10)
    assert house.queued == []
    house.people = [ASA]  # an address is found
    house.step(10)
    assert house.queued == ["draft 2026-10 asa"]  # and none of September, when nothing ran


def test_a_month_that_is_issued_before_anybody_was_told(house: House) -> None:
    house.now = at("2026-11-01 07:30")
    house.way.fate = _busy
    house.step()
    house.way.fate = lambda address: None
    house.issue()
    house.step(10)
    assert [(m.kind, m.failure) for m in house.mails() if m.number is None] == [
        ("draft", "overtaken")
    ]


def test_a_draft_that_cannot_be_computed_says_why(house: House) -> None:
    agreement = SHARED["agreements"][0] | {"until": "2026-10-20"}
    house.registry = changed(agreements=[agreement])
    house.step(10)
    ((_, message),) = house.way.sent
    assert "Utkastet går inte att räkna fram:" in message.text
    assert "2026-10-20" in message.text


def _busy(address: str) -> None:
    raise Passing("busy")
