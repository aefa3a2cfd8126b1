"""The week, hour by hour: how much each local hour of each weekday was in use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from babel.dates import get_day_names

from api import schemas
from api.board.numbers import covered, percent
from rooms.figures import figures
from rooms.texts import Language, text
from rooms.utilisation import Use

LEVELS: Final = 8  # shades


class Cell(NamedTuple):
    value: str  # per cent without the sign, or nothing where the house is closed
    words: str
    look: str  # classes: the shade, and "weak" where too little is known


class Week(NamedTuple):
    hours: list[str]
    days: list[tuple[str, list[Cell]]]
    busiest: str  # a sentence; nothing where no hour is known well enough


def week(body: schemas.Utilisation, language: Language) -> Week:
    """From the first hour to the last in which something is bookable on any weekday; closed
    days at the week's end are left out."""
    uses = {row.key: Use(**row.sums.model_dump()) for row in body.rows}
    open_ = [key.split("-") for key, use in uses.items() if use.bookable_s]
    if not open_:
        return Week([], [], "")
    shown = range(min(int(h) for _, h in open_), max(int(h) for _, h in open_) + 1)
    last = max(5, *(int(day) for day, _ in open_))
    names = get_day_names("wide", locale=language)
    return Week(
        [f"{hour:02}" for hour in shown],
        [
            (
                names[day - 1].capitalize(),
                [_cell(names[day - 1], h, uses[f"{day}-{h:02}"], language) for h in shown],
            )
            for day in range(1, last + 1)
        ],
        _busiest(uses, names, language),
    )


def _busiest(uses: Mapping[str, Use], names: Mapping[int, str], language: Language) -> str:
    """The hour with the highest share, the earliest of equals."""
    known = {key: made for key, use in uses.items() if (made := figures(use)).sufficient}
    used = {key: made.frequency for key, made in known.items() if made.frequency.value}
    if not used:
        return ""
    key = max(used, key=lambda key: used[key].value or 0.0)
    day, hour = (int(part) for part in key.split("-"))
    span = {"day": names[day - 1], "hour": f"{hour:02}", "next": f"{hour + 1:02}"}
    return text(language, "use.week.busiest", **span, share=percent(used[key]))


def _cell(day: str, hour: int, use: Use, language: Language) -> Cell:
    span = {"day": day, "hour": f"{hour:02}", "next": f"{hour + 1:02}"}
    if not use.bookable_s:
        closed = text(language, "use.week.closed")
        return Cell("", f"{day} {hour:02}–{hour + 1:02}: {closed}", "closed")
    made = figures(use)
    share = percent(made.frequency)
    words = text(language, "use.week.cell", **span, share=share, coverage=covered(made.coverage))
    level = min(LEVELS - 1, int((made.frequency.value or 0.0) * LEVELS))
    if not made.sufficient:
        words = f"{words} ({text(language, 'use.weak')})"
        return Cell(share.split()[0], words, "weak")
    return Cell(share.split()[0], words, f"heat-{level}")
