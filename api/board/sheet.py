"""The sheet of QR codes to print: one file that needs nothing else, not even the service."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import segno
from markupsafe import Markup

from api.board.environment import environment
from rooms.texts import Language, text


class Card(NamedTuple):
    room: str  # its name
    address: str
    code: Markup  # inline SVG


def card(room: str, address: str) -> Card:
    """``address`` as a QR code that still reads with a sixth of it dirty (level M)."""
    code = segno.make(address, error="m", micro=False)
    return Card(room, address, Markup(code.svg_inline(border=2, omitsize=True, svgclass=None)))  # noqa: S704


def sheet(house: str, cards: Sequence[Card], language: Language) -> str:
    other: Language = "en" if language == "sv" else "sv"
    return (
        environment()
        .get_template("sheet.html")
        .render(
            lang=language,
            title=text(language, "qr.title"),
            intro=text(language, "qr.sheet"),
            house=house,
            cards=cards,
            how=text(language, "qr.how"),
            other=other,
            other_how=text(other, "qr.how"),
        )
    )
