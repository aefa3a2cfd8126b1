"""A period day by day: a bar for each, which leads to the day."""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple
from urllib.parse import urlencode

from babel.dates import format_date

from api import schemas
from api.board.numbers import covered, percent, place
from api.board.period import Asked
from api.parts import Parts
from api.usage.report import utilisation
from rooms.figures import figures
from rooms.texts import Language, text
from rooms.utilisation import Use

MOST: Final = 93  # more bars are too thin to hit
_LABELS: Final = 16


class Bar(NamedTuple):
    """A day's column; places are SVG percentages, the height is of 100."""

    x: str
    width: str
    middle: str
    height: float
    low: float  # where the hatching of what is possible begins, and how long it is;
    span: float  # nothing where enough is known
    label: str  # the day of the month, where there is room for it
    words: str
    href: str


def days(parts: Parts, what: Asked, language: Language) -> list[Bar]:
    """The days on which something was bookable; none of a period too short or too long for it.

    Raises ``StoreError``.
    """
    if not 2 <= len(what.period.days) <= MOST:
        return []
    body = utilisation(parts, what.site, what.period, "day", language, what.only)
    rows = [row for row in body.rows if row.sums.bookable_s]
    every = -(-len(rows) // _LABELS)
    return [_bar(row, n, len(rows), n % every == 0, what, language) for n, row in enumerate(rows)]


def _bar(
    row: schemas.UseRow, n: int, count: int, labelled: bool, what: Asked, language: Language
) -> Bar:
    day = date.fromisoformat(row.key)
    made = figures(Use(**row.sums.model_dump()))
    low, high = (100 * (bound.value or 0.0) for bound in (made.lowest, made.highest))
    words = text(
        language,
        "use.days.day",
        day=format_date(day, "EEE d MMM", locale=language),
        share=percent(made.frequency),
        coverage=covered(made.coverage),
    )
    if not made.sufficient:
        words = f"{words} ({text(language, 'use.weak')})"
    return Bar(
        place(n / count),
        place(0.8 / count),
        place((n + 0.4) / count),
        round(100 * (made.frequency.value or 0.0) if made.sufficient else low, 1),
        round(low, 1),
        0.0 if made.sufficient else round(high - low, 1),
        format_date(day, "d/M", locale=language) if labelled else "",
        words,
        _href(day, what),
    )


def _href(day: date, what: Asked) -> str:
    query = {"date": day.isoformat()}
    if what.room is not None:
        return f"/rooms/{what.room}/day?{urlencode(query)}"
    if len(what.sites) > 1:
        query["site"] = what.site.id
    return f"/day?{urlencode(query)}"
