"""The walk test's page: who reacted since the walk began, and who has not."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.api.house import MIN, NOW, House
from tests.unit.api.test_api_access import call
from tests.unit.api.test_api_board import page, words


def react(house: House, device: str, at: int, *what: tuple[str, int]) -> None:
    row = house.state.live.get("device", device)
    body: dict[str, Any] = {"site": "lycksele", "room": None, "heard": at, "latest": {}}
    body = body if row is None else row.body
    told = {"at": at, "what": [list(one) for one in what]}
    house.state.live.put("device", {device: body | {"reacted": told}}, at)


def test_before_anybody_walks(house: House) -> None:
    shown = words(page(house, "/walktest"))
    assert "0 av 5 enheter har reagerat" in shown  # not the private room's, nor the call's alone
    assert "Ingen enhet har reagerat än." in shown
    assert "kontoret-pir" not in shown
    assert "tallen-vc" not in shown
    assert "bjorken-pir Björken har inte reagerat" in shown


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        (
            "sv",
            "2 av 5 enheter har reagerat Senaste reaktionerna Renen renen-antal 3 personer 10.00.00"
            " Granen granen-pir rörelse 09.59.58",
        ),
        (
            "en",
            "2 of 5 devices have reacted Latest reactions Renen renen-antal 3 people 10:00:00"
            " The Spruce granen-pir motion 09:59:58",
        ),
    ],
)
def test_the_newest_stands_first(house: House, lang: str, expected: str) -> None:
    react(house, "granen-pir", NOW - 2000, ("presence", 1))
    react(house, "renen-antal", NOW, ("people", 3))
    assert expected in words(page(house, f"/walktest?since={NOW - MIN}", lang))


def test_what_reacted_before_the_walk_is_silent(house: House) -> None:
    react(house, "granen-pir", NOW - 2 * MIN, ("motion", 1))
    assert "0 av 5" in words(page(house, f"/walktest?since={NOW - MIN}"))
    assert "1 av 5" in words(page(house, f"/walktest?since={NOW - 3 * MIN}"))


def test_the_links_keep_the_beginning_and_the_fragment_is_the_same(house: House) -> None:
    react(house, "granen-pir", NOW, ("motion", 1))
    whole = page(house, f"/walktest?since={NOW - MIN}")
    assert f'href="/walktest?since={NOW - MIN}"' in whole
    part = page(house, f"/walktest/now?since={NOW - MIN}")
    assert part.startswith('<div id="walk">')
    assert part.strip() in whole


def test_it_says_when_nothing_can_come(house: House) -> None:
    assert "tar inte emot något" not in page(house, "/walktest")
    house.now += 10 * MIN
    assert "tar inte emot något" in page(house, "/walktest")


def test_an_impossible_beginning(house: House) -> None:
    answer = call(house, "GET", "/walktest?since=-1", headers=house.key("maintainer"))
    assert answer.status_code == 422
