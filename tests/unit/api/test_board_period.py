"""Which days a page is about: what its address may say, and what it offers."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qsl

import pytest

from api.board.period import asked
from api.problems import Problem
from rooms.registry import Registry, Site
from tests.unit.api.house import NOW
from tests.unit.api.usage_house import WHOLE, midnight

REGISTRY = Registry([Site.model_validate(WHOLE)])
ZONE = REGISTRY.zone("lycksele")


@pytest.mark.parametrize(
    ("query", "first", "last", "label", "chosen"),
    [
        ("", "2026-11-01", "2026-11-23", "1–23 nov. 2026", "month"),
        ("period=last-month", "2026-10-01", "2026-10-31", "oktober 2026", "last-month"),
        ("period=7d", "2026-11-17", "2026-11-23", "17–23 nov. 2026", "7d"),
        ("period=30d", "2026-10-25", "2026-11-23", "25 okt.–23 nov. 2026", "30d"),
        ("month=2024-02", "2024-02-01", "2024-02-29", "februari 2024", None),
        ("month=2026-11", "2026-11-01", "2026-11-23", "1–23 nov. 2026", "month"),
        ("from=2026-11-02&to=2026-11-02", "2026-11-02", "2026-11-02", "2 november 2026", None),
        # the form sends the dates that it was shown with as well
        ("from=2026-11-02&to=2026-11-03&month=2025-12", "2025-12-01", "2025-12-31", "", None),
        ("from=2026-11-02&to=2026-12-31", "2026-11-02", "2026-11-23", "2–23 nov. 2026", None),
    ],
)
def test_periods(query: str, first: str, last: str, label: str, chosen: str | None) -> None:
    what = asked(dict(parse_qsl(query)), REGISTRY, NOW, "sv")
    assert (what.first, what.last) == (date.fromisoformat(first), date.fromisoformat(last))
    assert what.label == (label or "december 2025")
    assert [choice.value for choice in what.named if choice.chosen] == [chosen] * bool(chosen)
    assert what.period.start == midnight(what.first, ZONE)
    ends = what.last.fromordinal(what.last.toordinal() + 1)
    assert what.period.stop == min(midnight(ends, ZONE), NOW)


@pytest.mark.parametrize(
    ("query", "status", "message"),
    [
        ("period=year", 422, "”year” är ingen period."),
        ("month=2026-13", 422, "”2026-13” är ingen månad."),
        ("month=0000-01", 422, "är ingen månad"),
        ("month=2026-12", 422, "Perioden ligger i framtiden"),
        ("from=2026-11-02", 422, "Ange både från och med och till och med."),
        ("to=2026-11-02", 422, "Ange både från och med och till och med."),
        ("from=x&to=2026-11-02", 422, "”x” är inget datum."),
        ("from=2026-11-02&to=9999-12-31", 422, "är inget datum."),
        ("from=2026-11-03&to=2026-11-02", 422, "Från och med ska inte ligga efter"),
        ("from=2026-11-24&to=2026-11-25", 422, "Perioden ligger i framtiden"),
        ("from=2000-01-01&to=2026-11-02", 422, "Högst 400 dagar åt gången."),
        ("site=nowhere", 404, "Huset ”nowhere” finns inte"),
        ("room=nowhere", 404, "Rummet ”nowhere” finns inte"),
        ("room=kontoret", 404, "Rummet ”kontoret” är privat"),
    ],
)
def test_refusals(query: str, status: int, message: str) -> None:
    with pytest.raises(Problem) as refusal:
        asked(dict(parse_qsl(query)), REGISTRY, NOW, "sv")
    problem = refusal.value
    assert problem.status == status
    told = [error["message"] for error in problem.errors or ()] or [problem.detail("sv")]
    assert message in told[0]


def test_what_can_be_chosen() -> None:
    what = asked({"room": "tallen"}, REGISTRY, NOW, "en")
    assert [choice.value for choice in what.rooms] == ["granen", "tallen", "bjorken", "renen"]
    assert [choice.label for choice in what.rooms if choice.chosen] == ["Tallen"]
    assert what.only == ["tallen"]
    months = [choice.value for choice in what.months]
    assert (months[0], months[11], len(months)) == ("2026-11", "2025-12", 24)
    assert what.named[1].href == "?period=last-month&room=tallen"


def test_several_sites() -> None:
    other = Site.model_validate(
        WHOLE
        | {"id": "umea", "name": "Umeå", "rooms": [WHOLE["rooms"][0] | {"id": "asp"}]}
        | {"devices": [], "placements": [], "sources": [{"id": "b", "decoder": "native"}]}
    )
    both = Registry([*REGISTRY.sites.values(), other])
    assert asked({}, both, NOW, "sv").site.id == "lycksele"
    what = asked({"site": "umea"}, both, NOW, "sv")
    assert [choice.value for choice in what.rooms] == ["asp"]
    assert [(choice.label, choice.chosen) for choice in what.sites][1] == ("Umeå", True)
    assert what.named[0].href == "?period=month&site=umea"
    with pytest.raises(Problem):  # a room of the other site
        asked({"site": "umea", "room": "granen"}, both, NOW, "sv")
