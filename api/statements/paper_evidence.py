"""What the amounts rest on: plots, intervals, empty bookings, unattributed time, coverage."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import Final, Protocol

from api.statements.blocks import Block, bars, foremost, heading, note, paragraph, table
from api.statements.reading import Reading, evidence
from rooms.statement.document import Gate, RoomLine
from rooms.statement.inputs import NOBODY, Stay

OWN, NOBODYS, OTHERS = range(3)  # tones of the bars
LISTED: Final = 500  # more intervals than these are listed in the workbook and the CSV only


class Timed(Protocol):
    @property
    def room(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def stop(self) -> int: ...


def blocks(reading: Reading) -> Iterator[Block]:
    word, statement = reading.word, reading.statement
    yield heading(1, word("use"))
    yield from _room_bars(reading)
    if not reading.own:
        yield from _partner_bars(reading)
    yield from _coverage(reading)
    yield heading(1, word("evidence"))
    if not reading.own:
        yield paragraph(word("evidence_elsewhere"))
    else:
        yield paragraph(word("evidence_how"), soft=True)
        yield from _days(reading, [one for one in statement.stays if one.partner != NOBODY])
        yield from _empty(reading)
        yield from _clashes(reading)
    yield from _unattributed(reading)


def _room_bars(reading: Reading) -> Iterator[Block]:
    """Each room's use: one's own or all partners', nobody's, and (for a partner) others'."""
    own = _own_seconds(reading)
    rooms, others = foremost(
        [one for one in reading.statement.rooms if one.treatment != "private"],
        lambda one: (own.get(one.room, 0) if reading.own else 0, one.occupied_s),
    )
    top = max((one.occupied_s for one in rooms), default=0) or 1
    rows = []
    for one in rooms:
        attributed = max(0, one.occupied_s - one.unattributed_s)
        mine = min(own.get(one.room, 0), attributed) if reading.own else attributed
        rest = attributed - mine
        parts = [(OWN, mine / top), (NOBODYS, one.unattributed_s / top), (OTHERS, rest / top)]
        told = reading.hours(mine if reading.own else one.occupied_s)
        rows.append((reading.room(one.room), [part for part in parts if part[1]], told))
    if not rows:
        return
    word = reading.word
    yield heading(2, word("use_by_room"))
    alt = "; ".join(f"{label}: {told}" for label, _, told in rows)
    legend = [
        (OWN, word("legend_own" if reading.own else "legend_partners")),
        (NOBODYS, word("nobody")),
        *([(OTHERS, word("legend_others"))] if reading.own else []),
    ]
    yield bars(f"{word('use_by_room')}. {alt}.", rows, legend)
    if others:
        yield paragraph(word("rooms_elsewhere", count=len(others)), soft=True)


def _own_seconds(reading: Reading) -> dict[str, int]:
    seconds: dict[str, int] = defaultdict(int)
    for one in reading.statement.stays:
        if one.partner != NOBODY and not one.outside:
            seconds[one.room] += (one.stop - one.start) // 1000
    return seconds


def _partner_bars(reading: Reading) -> Iterator[Block]:
    totals = reading.statement.totals
    top = max((one.used_s for one in totals), default=0) or 1
    rows = [
        (reading.partner(one.partner), [(OWN, one.used_s / top)], reading.hours(one.used_s))
        for one in totals
    ]
    if rows:
        title = reading.word("use_by_partner")
        yield heading(2, title)
        yield bars(f"{title}. " + "; ".join(f"{label}: {told}" for label, _, told in rows), rows)


def _coverage(reading: Reading) -> Iterator[Block]:
    word, statement = reading.word, reading.statement
    yield heading(2, word("coverage_by_room"))
    yield paragraph(word("coverage_how"), soft=True)
    shown, others = foremost(
        statement.rooms, lambda one: (not one.sufficient, one.bookable_s - one.known_s)
    )
    yield table(
        "<1 >auto >auto >auto >auto >auto <auto",
        [
            word(key)
            for key in ("room", "bookable", "known", "coverage", "time", "lost", "counted_by")
        ],
        [
            *(_covered(reading, one) for one in shown),
            *([_others_covered(reading, others)] if others else []),
        ],
        size=8.5,
    )
    for gate in statement.gate:
        yield note(_gate(reading, gate))
    steps: defaultdict[int, list[str]] = defaultdict(list)
    for room in statement.rooms:
        if room.grain_s:
            steps[room.grain_s].append(reading.room(room.room))
    for step, names in sorted(steps.items()):
        yield note(word("grain", rooms=", ".join(names), step=reading.hours(step)))


def _covered(reading: Reading, one: RoomLine) -> tuple[str, ...]:
    how = reading.word(f"treatment_{one.treatment}")
    if one.treatment == "private":
        return (reading.room(one.room), "", "", "", "", "", how)
    share = Fraction(one.known_s, one.bookable_s) if one.bookable_s else Fraction(0)
    times = [reading.hours(s) for s in (one.bookable_s, one.known_s, one.occupied_s, one.lost_s)]
    return (reading.room(one.room), *times[:2], reading.percent(share), *times[2:], how)


def _others_covered(reading: Reading, rooms: Sequence[RoomLine]) -> tuple[str, ...]:
    """Of rooms of which more is known than of those above."""
    bookable, known = (
        sum(s) for s in zip(*((r.bookable_s, r.known_s) for r in rooms), strict=True)
    )
    share = Fraction(known, bookable) if bookable else Fraction(0)
    return (
        reading.word("other_rooms", count=len(rooms)),
        reading.hours(bookable),
        reading.hours(known),
        reading.percent(share),
        reading.hours(sum(one.occupied_s for one in rooms)),
        reading.hours(sum(one.lost_s for one in rooms)),
        "",
    )


def _gate(reading: Reading, gate: Gate) -> str:
    known = reading.percent(Fraction(gate.known_s, gate.bookable_s or 1))
    values = {"room": reading.room(gate.room), "pool": reading.pool(gate.pool), "known": known}
    if gate.fallback is not None:
        return reading.word(
            "gate_fallback", how=reading.word(f"treatment_{gate.fallback}"), **values
        )
    if gate.reason is not None:
        return reading.word("gate_reason", reason=gate.reason, **values)
    return reading.word("gate_open", **values)


def _days(reading: Reading, stays: Iterable[Stay]) -> Iterator[Block]:
    """A table for each room, a row for each day: its intervals and their sum."""
    stays = list(stays)
    if len(stays) > LISTED:
        yield paragraph(reading.word("evidence_elsewhere"))
        return
    rooms: dict[str, dict[date, list[Stay]]] = defaultdict(lambda: defaultdict(list))
    for one in stays:
        rooms[one.room][reading.local_day(one.room, one.start)].append(one)
    for room, days in rooms.items():
        yield heading(3, reading.room(room))
        yield table(
            "<auto <1 >auto",
            [reading.word(key) for key in ("day", "intervals", "time")],
            [
                (
                    reading.day(day),
                    "; ".join(_stay(reading, one) for one in of_day),
                    _sum(reading, of_day),
                )
                for day, of_day in days.items()
            ],
            [(reading.word("sum"), "", _sum(reading, [s for d in days.values() for s in d]))],
            size=8,
        )


def _stay(reading: Reading, one: Stay) -> str:
    span = reading.span(one.room, one.start, one.stop).replace(" ", "\N{NO-BREAK SPACE}")
    by = "" if one.partner == NOBODY else f" {evidence(one.by, reading.language)}"
    return f"{span}{by}{reading.word('outside_mark') if one.outside else ''}"


def _sum(reading: Reading, stays: Iterable[Stay]) -> str:
    """Time in opening hours; use outside them is listed, and summed on the lines."""
    return reading.hours(sum((s.stop - s.start) // 1000 for s in stays if not s.outside))


def _where(reading: Reading, one: Timed) -> tuple[str, str, str]:
    day = reading.day(reading.local_day(one.room, one.start))
    return (reading.room(one.room), day, reading.span(one.room, one.start, one.stop))


def _empty(reading: Reading) -> Iterator[Block]:
    if rows := [
        (
            *_where(reading, one),
            reading.partner(one.partner),
            reading.hours((one.stop - one.start) // 1000),
        )
        for one in reading.statement.empty
    ]:
        word = reading.word
        yield heading(2, word("no_shows"))
        yield paragraph(word("no_shows_how"), soft=True)
        head = [word(key) for key in ("room", "day", "interval", "partner", "length")]
        yield table("<1 <auto <auto <1 >auto", head, rows, size=8)


def _clashes(reading: Reading) -> Iterator[Block]:
    if rows := [
        (*_where(reading, one), reading.word("held_own" if one.first != NOBODY else "held_other"))
        for one in reading.statement.clashes
    ]:
        word = reading.word
        yield heading(2, word("clashes"))
        yield paragraph(word("clashes_how"), soft=True)
        head = [word(key) for key in ("room", "day", "interval", "held")]
        yield table("<1 <auto <auto <auto", head, rows, size=8)


def _unattributed(reading: Reading) -> Iterator[Block]:
    word, statement = reading.word, reading.statement
    pools = [pool for pool in statement.pools if pool.unattributed_units]
    if not pools:
        return
    yield heading(1, word("unattributed"))
    yield paragraph(word("unattributed_how"), soft=True)
    yield table(
        "<1 >auto >auto >auto >auto",
        [
            word(key)
            for key in (
                "pool",
                "time",
                "weighted_short",
                "price_short",
                "your_part" if reading.own else "amount",
            )
        ],
        [
            (
                reading.name(pool.name),
                reading.hours(pool.unattributed_s),
                reading.weighted(pool.unattributed_units),
                reading.exact(pool.price or Fraction(0)),
                reading.exact(sum((part.unattributed for part in pool.parts), Fraction(0))),
            )
            for pool in pools
        ],
        size=8.5,
    )
    if reading.own:
        yield from _days(reading, [one for one in statement.stays if one.partner == NOBODY])
