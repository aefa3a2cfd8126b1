"""Attribution on random days, on a grid of 5 minutes, and against a clerk with a notebook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from rooms.attribution import (
    EARLY,
    LEFT,
    LOOKBACK,
    Booking,
    CheckIn,
    Claims,
    Correction,
    Share,
    attribute,
)
from rooms.intervals import Intervals, clip, total, union

TICK = 5 * 60_000
DAY, SOON, LONG_EMPTY = LOOKBACK // TICK, EARLY // TICK, LEFT // TICK
# a few minutes, and around a day, where all that is carried ends
LENGTHS = st.sampled_from([1, 1, 2, 2, 3, 3, 4, 5, 12, 40, DAY - 1, DAY, DAY + 7])
WHO = st.sampled_from(["a", "b"])


@dataclass
class Case:
    states: list[str]  # by tick: occupied, vacant, unknown
    claims: Claims

    def during(self, state: str) -> Intervals:
        own = [n for n, one in enumerate(self.states) if one == state]
        return union((n * TICK, (n + 1) * TICK) for n in own)

    def shares(self, start: int, stop: int, claims: Claims | None = None) -> list[Share]:
        """Told no more than is asked for."""
        begin, end = start - LOOKBACK - LEFT, stop + LEFT
        given = claims or Claims(
            [b for b in self.claims.bookings if b.stop > begin and b.start < end],
            [c for c in self.claims.checkins if begin <= c.time < end],
            [c for c in self.claims.corrections if c.stop > start and c.start < stop],
            self.claims.host,
        )
        occupied, unknown = self.during("occupied"), self.during("unknown")
        return attribute(clip(occupied, begin, end), clip(unknown, begin, end), given, start, stop)


@st.composite
def cases(draw: Any) -> Case:
    kinds = st.sampled_from(["occupied", "occupied", "vacant", "unknown"])
    spells = draw(st.lists(st.tuples(kinds, LENGTHS), min_size=1, max_size=10))
    states = [state for state, length in spells for _ in range(length)]
    edges = [0, *accumulate(length for _, length in spells)]
    # what is claimed begins and ends near where the room's state changes
    at = st.tuples(st.sampled_from(edges), st.integers(-4, 4)).map(sum)
    within = st.sampled_from([0, 0, 1, 999])  # moved down to the whole second
    ms = st.tuples(at, within).map(lambda both: both[0] * TICK + both[1])
    bookings = [
        Booking(f"b{n}", start, start + length * TICK, who)
        for n, (start, length, who) in enumerate(
            draw(st.lists(st.tuples(ms, LENGTHS, st.one_of(WHO, WHO, st.none())), max_size=5))
        )
    ]
    untils = st.one_of(st.none(), st.integers(-1, 20), st.just(DAY + 1))
    checkins = [
        CheckIn(time, who, None if lasts is None else time + lasts * TICK)
        for time, who, lasts in draw(
            st.lists(
                st.tuples(ms, st.one_of(WHO, st.none()), untils),
                max_size=4,
                unique_by=lambda one: one[0] // TICK,
            )
        )
    ]
    corrections = [
        Correction(n, start, start + length * TICK, who)
        for n, (start, length, who) in enumerate(
            draw(st.lists(st.tuples(ms, LENGTHS, st.one_of(WHO, st.none())), max_size=2))
        )
    ]
    host = draw(st.sampled_from([None, None, "h"]))
    return Case(states, Claims(bookings, checkins, corrections, host))


# ---- the clerk: goes through the day tick by tick and remembers who has the room


def ticks(of: Booking | Correction) -> range:
    return range(of.start // TICK, of.stop // TICK)


class Clerk:
    def __init__(self, case: Case) -> None:
        self.claims = case.claims
        self.length = len(case.states)
        self.states = case.states
        self.events = {one.time // TICK: one for one in case.claims.checkins}
        first = min([0, *(b.start // TICK for b in case.claims.bookings), *self.events])
        last = max([self.length, *(b.stop // TICK for b in case.claims.bookings)])
        self.span = range(first - 1, last + 2)
        order = sorted(case.claims.bookings, key=lambda b: (b.start // 1000, b.id))
        self.booked = {t: next((b for b in order if t in ticks(b)), None) for t in self.span}

    def state(self, tick: int) -> str:
        return self.states[tick] if 0 <= tick < self.length else "vacant"

    def begins(self, tick: int) -> Booking | None:
        now = self.booked.get(tick)
        return now if now is not self.booked.get(tick - 1) else None

    def foreign(self, tick: int, partner: str) -> bool:
        begun = self.begins(tick)
        return begun is not None and begun.partner != partner

    def checked_in(self) -> dict[int, str]:
        found = {}
        partner, since, until, empty = None, 0, 0, 0
        for t in self.span:
            stays = self.state(t - 1) == self.state(t) == "occupied"
            if partner is not None and (
                t - since >= DAY
                or empty >= LONG_EMPTY
                or self.foreign(t, partner)
                or (t >= until and not stays)
            ):
                partner = None
            if event := self.events.get(t):
                since, empty = t, 0
                until = 10**9 if event.until is None else event.until // TICK
                partner = event.partner if until > t else None
            empty = empty + 1 if self.state(t) == "vacant" else 0
            if partner is not None:
                found[t] = partner
        return found

    def carried(self) -> dict[int, str]:
        found = {}
        partner, since = None, 0
        for t in self.span:
            before = self.booked.get(t - 1)
            if before and before.stop // TICK == t and self.state(t - 1) == "occupied":
                partner, since = before.partner, t
            if partner is not None and (
                self.state(t) != "occupied"
                or t in self.events
                or t - since >= DAY
                or self.foreign(t, partner)
            ):
                partner = None
            if partner is not None:
                found[t] = partner
        return found

    def early(self) -> dict[int, str]:
        found: dict[int, str] = {}
        for t in self.span:
            begun = self.begins(t)
            came = t
            while self.state(came - 1) == "occupied":
                came -= 1
            if begun and begun.partner and t - came <= SOON and self.state(came - 1) == "vacant":
                for early in range(came, t):
                    found.setdefault(early, begun.partner)
        return found

    def book(self) -> list[tuple[str | None, str] | None]:
        checked_in, carried, early = self.checked_in(), self.carried(), self.early()
        corrections = sorted(self.claims.corrections, reverse=True)
        out: list[tuple[str | None, str] | None] = []
        for t in range(self.length):
            booking = self.booked[t]
            corrected = next((c for c in corrections if t in ticks(c)), None)
            if self.state(t) != "occupied":
                out.append(None)
            elif corrected:
                out.append((corrected.partner, "correction"))
            elif t in checked_in:
                out.append((checked_in[t], "checkin"))
            elif booking and booking.partner:
                out.append((booking.partner, "booking"))
            elif t in carried:
                out.append((carried[t], "booking"))
            elif t in early and not booking:
                out.append((early[t], "booking"))
            else:
                host = self.claims.host
                out.append((host, "host") if host else (None, "unattributed"))
        return out


@given(cases())
def test_the_clerk_agrees(case: Case) -> None:
    found: list[tuple[str | None, str] | None] = [None] * len(case.states)
    for start, stop, partner, by in case.shares(0, len(case.states) * TICK):
        assert start % TICK == stop % TICK == 0
        found[start // TICK : stop // TICK] = [(partner, by)] * ((stop - start) // TICK)
    assert found == Clerk(case).book()


@given(cases(), st.data())
def test_each_occupied_moment_of_the_window_is_in_one_share(case: Case, data: Any) -> None:
    start, stop = window(case, data)
    shares = case.shares(start, stop)
    pieces = [(share.start, share.stop) for share in shares]
    inside = clip(case.during("occupied"), start, stop)
    assert union(pieces) == inside
    assert total(pieces) == total(inside)
    assert pieces == sorted(pieces)


@given(cases(), st.data())
def test_a_narrow_window_is_the_same_part_of_a_wide_one(case: Case, data: Any) -> None:
    start, stop = window(case, data)
    wide = case.shares(-2 * LOOKBACK, len(case.states) * TICK + LOOKBACK, case.claims)
    part = [
        share._replace(start=max(share.start, start), stop=min(share.stop, stop))
        for share in wide
        if share.stop > start and share.start < stop
    ]
    assert case.shares(start, stop) == part


@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_what_is_claimed_changes_nothing(case: Case, random: Random) -> None:
    def shuffled(these: Sequence[Any]) -> list[Any]:
        return random.sample(these, len(these))

    said = case.claims
    other = Claims(
        shuffled(said.bookings), shuffled(said.checkins), shuffled(said.corrections), said.host
    )
    stop = len(case.states) * TICK
    assert case.shares(0, stop, other) == case.shares(0, stop, said)


def window(case: Case, data: Any) -> tuple[int, int]:
    """Off the grid, from before what happened to after it."""
    last = len(case.states)
    start = data.draw(st.integers(-3, last), label="start") * TICK + 1000
    length = data.draw(st.sampled_from([1, 3, 12, DAY]), label="length")
    return start, start + length * TICK - 61_000
