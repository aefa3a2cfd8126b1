"""Readings as something to draw: a row for each, one time axis, gaps where nothing was heard.

Places are SVG percentages, lines lie in a box of 1000 x 100, so that no inline style is needed.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from statistics import median
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.numbers import format_decimal

from api.board.fault_readings import Samples, Series
from api.board.numbers import place
from api.board.strip import Mark, Piece
from rooms.calendar import day_bounds, local_days
from rooms.intervals import Interval
from rooms.readings import FIELDS
from rooms.registry import Registry
from rooms.texts import TEXTS, Language, text
from rooms.texts.times import clock, moment
from rooms.units import DAY_MS

MOST_SAMPLES: Final = 400  # more cannot be told apart
MOST_ROWS: Final = 60  # of the table
_STEPS: Final = tuple(n * 60_000 for n in (15, 30, 60, 120, 180, 360, 720))
_MOST_MARKS: Final = 8
_WIDTH, _HEIGHT, _EDGE = 1000, 100, 8  # of a line's box; its ends keep off the border


class Row(NamedTuple):
    """One series. A line is "x,y x,y ..."; ``low`` and ``high`` name the box's ends."""

    label: str
    shape: str
    dots: list[str]
    lines: list[str]
    pieces: list[Piece]
    low: str
    high: str
    words: str  # for those who do not see it


class Chart(NamedTuple):
    rows: list[Row]
    marks: list[Mark]
    opened: str
    since: str | None  # where the onset is in the picture
    table: list[tuple[str, str, str]]  # time, what, value; newest first
    start_label: str
    stop_label: str


class Frame(NamedTuple):
    """The time that is shown, and for whom."""

    start: int
    stop: int
    now: int
    zone: ZoneInfo
    language: Language

    def at(self, time: int) -> float:
        return (min(max(time, self.start), self.stop) - self.start) / (self.stop - self.start)


def chart(
    series: list[Series], frame: Frame, registry: Registry, opened: int, since: int
) -> Chart | None:
    """``None`` where nothing at all was heard."""
    if not any(one.samples for one in series):
        return None
    several = len({one.device for one in series}) > 1
    rows = [_row(one, frame, registry, several=several) for one in series]
    return Chart(
        rows,
        _marks(frame),
        place(frame.at(opened)),
        place(frame.at(since)) if since > frame.start else None,
        _table(series, frame, registry, several=several),
        _at(frame.start, frame),
        _at(frame.stop, frame),
    )


def _row(one: Series, frame: Frame, registry: Registry, *, several: bool) -> Row:
    label = _label(one, registry, frame.language, several=several)
    longest = longest_gap(one, registry)
    samples = thinned(one.samples)
    words = _said(one, frame)
    if one.shape == "heard":
        dots = [place(frame.at(time)) for time, _ in samples]
        return Row(label, "heard", dots, [], [], "", "", words)
    if one.shape == "state":
        return Row(label, "state", [], [], _pieces(one, longest, frame), "", "", words)
    low, high = _scale(one)
    lines = [
        " ".join(_spot(frame, time, value, low, high) for time, value in run)
        for run in runs(samples, longest)
    ]
    ends = [_value(one.field, end, frame.language) for end in (low, high)]
    return Row(label, "number", [], lines, [], ends[0], ends[1], words)


def longest_gap(one: Series, registry: Registry) -> int:
    """Longer than this between two readings, and nothing is known in between (ms)."""
    known = registry.devices[one.device].known_for_ms
    steps = [b - a for (a, _), (b, _) in pairwise(one.samples)]
    return max(known, round(3 * median(steps))) if steps else known


def runs(samples: Samples, longest: int) -> list[Samples]:
    """Unbroken stretches."""
    found: list[Samples] = []
    for sample in samples:
        if found and sample[0] - found[-1][-1][0] <= longest:
            found[-1].append(sample)
        else:
            found.append([sample])
    # one reading alone is a line of no length, which is drawn as a dot
    return [run if len(run) > 1 else run * 2 for run in found]


def thinned(samples: Samples) -> Samples:
    """At most ``MOST_SAMPLES``, evenly, the last among them."""
    step = -(-len(samples) // MOST_SAMPLES)
    return samples if step <= 1 else samples[::-1][::step][::-1]


def _pieces(one: Series, longest: int, frame: Frame) -> list[Piece]:
    """From each reading to the next, or as long as it was good for."""
    stretches: list[tuple[Interval, float]] = []
    ends = [time for time, _ in one.samples[1:]] + [frame.stop]
    for (time, value), following in zip(one.samples, ends, strict=True):
        stop = min(following, time + longest)
        if stretches and stretches[-1][1] == value and stretches[-1][0][1] == time:
            stretches[-1] = ((stretches[-1][0][0], stop), value)
        else:
            stretches.append(((time, stop), value))
    pieces = []
    for (start, stop), value in stretches:
        a, b = frame.at(start), frame.at(stop)
        words = f"{_at(start, frame)} {_value(one.field, value, frame.language)}"
        look = ("off", "on", "bad")[min(2, round(value))]
        pieces.append(Piece(place(a), place(b - a), look, words))
    return pieces


def _spot(frame: Frame, time: int, value: float, low: float, high: float) -> str:
    share = (value - low) / (high - low)
    y = _HEIGHT - _EDGE - share * (_HEIGHT - 2 * _EDGE)
    return f"{frame.at(time) * _WIDTH:.1f},{y:.1f}"


def _scale(one: Series) -> tuple[float, float]:
    """The ends of its box: of percent the whole, else from the least to the most."""
    if one.field.endswith("_pct"):
        return 0.0, 100.0
    low, high = min(v for _, v in one.samples), max(v for _, v in one.samples)
    return (low, high) if high > low else (low - 1, high + 1)


def _label(one: Series, registry: Registry, language: Language, *, several: bool) -> str:
    what = text(language, f"faults.field.{one.field}")
    if not several:
        return what
    name = registry.devices[one.device].device.name
    return f"{one.device if name is None else name.in_(language)}: {what}"


def _said(one: Series, frame: Frame) -> str:
    """The last that was told of it."""
    if not one.samples:
        return text(frame.language, "faults.chart.nothing")
    time, value = one.samples[-1]
    if one.shape == "heard":
        count = len(one.samples)
        form = "one" if count == 1 else "many"
        key = f"faults.chart.heard.{form}"
        return text(frame.language, key, count=count, time=_at(time, frame))
    told = _value(one.field, value, frame.language)
    return text(frame.language, "faults.chart.last", value=told, time=_at(time, frame))


def _value(field: str, value: float, language: Language) -> str:
    kind, _, name = field.partition(".")
    if f"faults.value.{field}.{value:.0f}" in TEXTS:
        return text(language, f"faults.value.{field}.{value:.0f}")
    told = FIELDS[kind][name]  # type: ignore[index]
    if name.startswith("error_"):
        return text(language, f"faults.value.error.{min(2, round(value))}")
    if told.type == "bool":
        return text(language, f"faults.value.bool.{min(1, round(value))}")
    return f"{format_decimal(value, '#,##0.#', locale=language)} {told.unit}".strip()


def _table(
    series: Iterable[Series], frame: Frame, registry: Registry, *, several: bool
) -> list[tuple[str, str, str]]:
    rows = [
        (time, _label(one, registry, frame.language, several=several), one.field, value)
        for one in series
        if one.shape != "heard"
        for time, value in one.samples
    ]
    rows.sort(key=lambda row: -row[0])
    return [
        (_at(time, frame), label, _value(field, value, frame.language))
        for time, label, field, value in rows[:MOST_ROWS]
    ]


def _at(time: int, frame: Frame) -> str:
    return clock(time, frame.now, frame.zone, frame.language)


def _marks(frame: Frame) -> list[Mark]:
    """Whole local hours, or days, not too many of them."""
    if frame.stop - frame.start > 3 * DAY_MS:
        days = list(local_days(frame.start, frame.stop, frame.zone))[1:]
        step = -(-len(days) // _MOST_MARKS)
        return [
            Mark(
                place(frame.at(day_bounds(day, frame.zone)[0])),
                format_date(day, "d MMM", locale=frame.language),
            )
            for day in days[::step]
        ]
    span = frame.stop - frame.start
    step = next((s for s in _STEPS if span // s <= _MOST_MARKS), _STEPS[-1])
    offset = moment(frame.start, frame.zone).utcoffset()
    shift = round(offset.total_seconds() * 1000) if offset else 0
    first = -(-(frame.start + shift) // step) * step - shift
    pattern = "%H.%M" if frame.language == "sv" else "%H:%M"
    return [
        Mark(place(frame.at(at)), moment(at, frame.zone).strftime(pattern))
        for at in range(first, frame.stop, step)
    ]
