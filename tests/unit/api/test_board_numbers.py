"""Numbers as people read them."""

from __future__ import annotations

from api.board.numbers import bounds, covered, duration, hours, percent
from rooms.figures import Ratio, figures
from rooms.utilisation import Use


def test_numbers() -> None:
    space = "\N{NO-BREAK SPACE}"
    assert [percent(Ratio(n, 200)) for n in (0, 1, 3, 199)] == [
        f"{n}{space}%" for n in (0, 1, 2, 100)
    ]
    assert percent(Ratio(0, 0)) == covered(Ratio(0, 0)) == "–"
    assert [covered(Ratio(n, 1000)) for n in (899, 900, 999, 1000)] == [
        f"{n}{space}%" for n in (89, 90, 99, 100)
    ]
    assert [hours(s) for s in (0, 29, 30, 3599, 360_000)] == [
        "0:00",
        "0:00",
        "0:01",
        "1:00",
        "100:00",
    ]
    told = [duration(s, "sv").replace(space, " ") for s in (0, 3540, 3600, 4_446_000)]
    assert told == ["0 min", "59 min", "1 tim", "1 235 tim"]
    assert duration(148_800, "en").replace(space, " ") == "41 h 20 min"
    assert bounds(figures(Use(bookable_s=10, known_s=10, occupied_s=5)), "sv") == ""
    assert bounds(figures(Use()), "sv") == ""
