"""What each pays, as it is and as proposed, side by side: an SVG of our own."""

from __future__ import annotations

from html import escape
from typing import Final

from rooms.statement.money import kronor
from rooms.statement.whatif import Line, WhatIf
from rooms.texts import Language, text

_WIDTH: Final = 760
_LEFT: Final = 210  # where bars begin; names stand before it
_ROOM: Final = 130  # for an amount beside a bar
_BAR: Final = 14
_ROW: Final = 48
_TOP: Final = 56
_LONGEST: Final = 28  # of a name, in characters
# Told apart without colour as well: the first is only outlined.
_NOW: Final = 'fill="none" stroke="#767d88" stroke-width="1.5"'
_THEN: Final = 'fill="#0a7ac2" stroke="#0a7ac2" stroke-width="1.5"'


def plot(found: WhatIf, language: Language) -> str:
    """A whole SVG document, drawn in the reader's text colour."""
    months = [month.month for month in found.months]
    span = "–".join(dict.fromkeys([months[0], months[-1]])) if months else ""
    title = escape(text(language, "whatif.plot", span=span))
    height = _TOP + _ROW * len(found.sums)
    amounts = [0, *(amount for line in found.sums for amount in (line.now, line.then))]
    low, high = min(amounts), max(amounts)
    space = _WIDTH - _LEFT - _ROOM - (_ROOM if low < 0 else 0)
    scale = space / ((high - low) or 1)
    zero = _WIDTH - _ROOM - high * scale
    rows = [
        piece
        for i, line in enumerate(found.sums)
        for piece in _row(line, found.names, _TOP + i * _ROW, zero, scale, language)
    ]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img"'
            ' font-family="sans-serif" font-size="13" fill="currentColor">',
            f"<title>{title}</title>",
            f'<text x="0" y="16" font-size="15">{title}</text>',
            *_legend(language),
            *rows,
            f'<path d="M{zero:.1f} {_TOP - 8}V{height}" stroke="currentColor"/>',
            "</svg>",
            "",
        ]
    )


def _legend(language: Language) -> list[str]:
    return [
        f'<rect x="{x}" y="28" width="12" height="10" {look}/>'
        f'<text x="{x + 18}" y="37">{escape(text(language, key))}</text>'
        for x, look, key in ((0, _NOW, "whatif.now"), (150, _THEN, "whatif.then"))
    ]


def _row(
    line: Line, names: dict[str, str], top: int, zero: float, scale: float, language: Language
) -> list[str]:
    name = names.get(line.partner, line.partner)
    short = name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…"
    pieces = [f'<text x="0" y="{top + _BAR + 5}">{escape(short)}</text>']
    for y, amount, look in ((top, line.now, _NOW), (top + _BAR + 4, line.then, _THEN)):
        width = abs(amount) * scale
        x = zero - width if amount < 0 else zero
        beside = x - 6 if amount < 0 else x + width + 6
        anchor = "end" if amount < 0 else "start"
        pieces.append(f'<rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="{_BAR}" {look}/>')
        pieces.append(
            f'<text x="{beside:.1f}" y="{y + 11}" text-anchor="{anchor}">'
            f"{escape(kronor(amount, language))}</text>"
        )
    return pieces
