"""Whose time it was: used time by partner and by what shows it (metrics.md 3)."""

from __future__ import annotations

from typing import Final, NamedTuple

from api import schemas
from api.access import Caller
from api.board.numbers import covered, duration, hours, percent, place
from api.board.period import Asked
from api.parts import Parts
from api.usage.report import partner_utilisation
from rooms.figures import Ratio, enough
from rooms.texts import Language, text
from rooms.utilisation import UNATTRIBUTED

_CLASSES: Final = ("correction", "checkin", "booking", "host")


class Line(NamedTuple):
    name: str
    told: str  # used time, for sentences
    used: str
    share: str  # of all used time
    width: str  # the same, for SVG
    classes: list[str]
    no_show: str
    outside: str


class Whose(NamedTuple):
    lines: list[Line]
    total: Line
    classes: list[str]  # of evidence, those that there were
    attributed: str  # a sentence
    weak: bool  # less than 90 % is attributed
    own: bool  # a partner sees its own time only
    source: list[str]


def whose(parts: Parts, what: Asked, caller: Caller, language: Language) -> Whose:
    """Raises ``StoreError``."""
    own = caller.only
    body = partner_utilisation(parts, what.site, what.period, language, what.only, only=own)
    used = body.total.used_s
    total = text(language, "use.all_partners" if own else "use.total")
    classes = [name for name in _CLASSES if getattr(body.total, f"{name}_s")]
    rows = [row for row in body.rows if own or any(row.sums.model_dump().values())]
    rows.sort(key=lambda row: (row.key == UNATTRIBUTED, -row.sums.used_s))
    return Whose(
        [_line(row.label, row.sums, used, classes, language) for row in rows],
        _line(total, body.total, used, classes, language),
        classes,
        attributed(body, language),
        weak(Ratio(body.attributed_time.numerator, body.attributed_time.denominator)),
        own is not None,
        body.source,
    )


def _line(
    name: str, sums: schemas.PartnerSums, used: int, classes: list[str], language: Language
) -> Line:
    share = Ratio(sums.used_s, used)
    return Line(
        name,
        duration(sums.used_s, language),
        hours(sums.used_s),
        percent(share),
        place(share.value or 0.0),
        [hours(getattr(sums, f"{own}_s")) for own in classes],
        hours(sums.no_show_s),
        hours(sums.outside_s),
    )


def attributed(body: schemas.PartnerUtilisation, language: Language) -> str:
    """What share of time and bookings has a partner, in a sentence."""
    if not body.total.used_s:
        return text(language, "use.nobody")
    time = Ratio(body.attributed_time.numerator, body.attributed_time.denominator)
    events = Ratio(body.attributed_events.numerator, body.attributed_events.denominator)
    if not events.denominator:
        return text(language, "use.attributed.no_events", time=covered(time))
    return text(
        language,
        "use.attributed",
        time=covered(time),
        events=covered(events),
        attributed=events.numerator,
        total=events.denominator,
    )


def weak(attributed: Ratio) -> bool:
    """Is so little of the used time anybody's that somebody should look after it?"""
    return attributed.denominator > 0 and not enough(*attributed)
