"""The plot: for each room one strip of the truth above one of what was computed, as SVG."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from html import escape
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from rooms.intervals import Intervals, clip, intersect, subtract
from rooms.registry.registry import midnight
from rooms.texts import Language, text
from rumskoll.evaluation.comparison import Comparison

_LEFT: Final = 250
_WIDTH: Final = 1000
_TOP: Final = 52
_STRIP: Final = 13
_ROW: Final = 44
_MOST_DAYS: Final = 14  # with a label each
# colours that differ in lightness too; "unknown" is grey
_COLOURS: Final = {
    "true": "#1b4332",
    "right": "#2a6fbb",
    "invented": "#e07a1f",
    "missed": "#b3123f",
    "unknown": "#c4c9cf",
}


class Strip(NamedTuple):
    """One row of the plot."""

    label: str
    compared: Comparison


def svg(strips: Sequence[Strip], zone: ZoneInfo, language: Language) -> str:
    """All rows under one time axis, from the first start to the last stop."""
    start = min(strip.compared.timeline.start for strip in strips)
    stop = max(strip.compared.timeline.stop for strip in strips)
    scale = _WIDTH / (stop - start)
    height = _TOP + _ROW * len(strips) + 6
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_LEFT + _WIDTH + 10} {height}" '
        'role="img" font-family="sans-serif" font-size="12" fill="#222">',
        f"<title>{escape(text(language, 'evaluate.plot.title'))}</title>",
        '<rect width="100%" height="100%" fill="#fff"/>',
        *_legend(language),
        *_days(start, stop, scale, height, zone),
    ]
    for n, strip in enumerate(strips):
        parts += _row(strip, _TOP + n * _ROW, start, scale, language)
    return "\n".join([*parts, "</svg>", ""])


def _row(strip: Strip, y: int, start: int, scale: float, language: Language) -> Iterator[str]:
    yield f'<text x="8" y="{y + 19}" font-weight="bold">{escape(strip.label)}</text>'
    line, case = strip.compared.timeline, strip.compared.case
    true = clip(case.true, line.start, line.stop)
    untold = subtract([(line.start, line.stop)], case.told)
    for name, offset, layers in (
        ("truth", 0, {"true": true, "unknown": untold}),
        (
            "computed",
            _STRIP + 2,
            {
                "right": intersect(line.occupied, true),
                "invented": subtract(subtract(line.occupied, true), untold),
                "missed": subtract(subtract(true, line.occupied), line.unknown),
                "unknown": line.unknown,
            },
        ),
    ):
        top = y + offset
        label = escape(text(language, f"evaluate.plot.{name}"))
        place = f'x="{_LEFT - 6}" y="{top + 11}"'
        yield f'<text {place} text-anchor="end" font-size="10">{label}</text>'
        yield _path([(line.start, line.stop)], "#eef1f4", top, start, scale)
        for layer, times in layers.items():
            if times:
                yield _path(times, _COLOURS[layer], top, start, scale)


def _path(times: Intervals, colour: str, top: int, start: int, scale: float) -> str:
    boxes = "".join(
        f"M{_LEFT + (a - start) * scale:.1f} {top}h{max((b - a) * scale, 0.3):.1f}v{_STRIP}"
        f"H{_LEFT + (a - start) * scale:.1f}z"
        for a, b in times
    )
    return f'<path fill="{colour}" d="{boxes}"/>'


def _legend(language: Language) -> Iterator[str]:
    x = _LEFT
    for name, colour in _COLOURS.items():
        label = text(language, f"evaluate.plot.{name}")
        yield f'<rect x="{x}" y="8" width="12" height="12" fill="{colour}"/>'
        yield f'<text x="{x + 17}" y="18">{escape(label)}</text>'
        x += 40 + 7 * len(label)


def _days(start: int, stop: int, scale: float, height: int, zone: ZoneInfo) -> Iterator[str]:
    """A line at each local midnight, and its date where there is room."""
    day: date = datetime.fromtimestamp(start / 1000, zone).date()
    every = 1 + (stop - start) // (_MOST_DAYS * 86_400_000)
    shown = 0
    while (at := midnight(day, zone)) < stop:
        if at >= start:
            x = _LEFT + (at - start) * scale
            if shown % every == 0:
                yield (
                    f'<path stroke="#9aa3ad" stroke-width="0.6" d="M{x:.1f} 32V{height}"/>'
                    f'<text x="{x + 3:.1f}" y="42" font-size="10">{day.isoformat()}</text>'
                )
            shown += 1
        day += timedelta(days=1)
