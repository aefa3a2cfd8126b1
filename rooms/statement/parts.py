"""The partners' parts of a pool, with their rooms, as a statement tells them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple

from rooms.costs.split import Split, mean_share
from rooms.costs.tally import Key, Seconds, Tally
from rooms.costs.terms import Terms
from rooms.statement.document import Part, PartRoom, Period
from rooms.statement.inputs import Treatment


def parts_of(
    terms: tuple[Terms, ...],
    use: Tally,
    treatments: Mapping[str, Treatment],
    result: Split,
    amounts: Mapping[str, int],
    ends: Mapping[str, tuple[int, int]],
) -> tuple[Part, ...]:
    """By partner's id; ``amounts`` and ``ends`` (lowest, highest) in whole öre."""
    shares, exact = mean_share(terms), result.exact
    keys: defaultdict[str, list[Key]] = defaultdict(list)
    for key in use.seconds:
        keys[key.partner].append(key)
    rooms = _Rooms(terms, use, treatments, result.price or Fraction(0))

    def part(who: str) -> Part:
        own = Seconds()
        for key in keys[who]:
            own.add(use.seconds[key])
        low, high = ends[who]
        return Part(
            partner=who,
            share=shares[who],
            used_s=own.used,
            no_show_s=own.no_show,
            outside_s=own.outside,
            units=use.of(who),
            lost_s=own.lost,
            capacity=result.capacity[who],
            usage=result.usage[who],
            unattributed=result.unattributed[who],
            fixed=result.fixed[who] + result.unused[who],
            credit=result.credit[who],
            exact=exact[who],
            amount=amounts[who],
            remainder=amounts[who] - exact[who],
            low=low,
            high=high,
            rooms=tuple(rooms.lines(keys[who])),
        )

    return tuple(part(who) for who in sorted(exact))


def periods_of(terms: tuple[Terms, ...], use: Tally, result: Split) -> tuple[Period, ...]:
    """What falls under each agreement, before it is split by its key."""
    return tuple(
        Period(
            agreement=one.agreement.id,
            days=len(one.days),
            capacity=part.capacity,
            usage=part.usage,
            unattributed_units=use.nobody.get(index, Fraction(0)),
            credit=part.credit,
        )
        for index, (one, part) in enumerate(zip(terms, result.periods, strict=True))
    )


class _Rooms(NamedTuple):
    terms: tuple[Terms, ...]
    use: Tally
    treatments: Mapping[str, Treatment]
    price: Fraction

    def lines(self, keys: Iterable[Key]) -> Iterator[PartRoom]:
        """By room, then agreement and weight."""
        for key in sorted(keys, key=lambda one: (one.room, one.terms, one.weight)):
            told, agreement = self.use.seconds[key], self.terms[key.terms].agreement
            if told.used or told.no_show or told.outside or (told.lost and agreement.lost_credit):
                units = self.use.units.get(key, Fraction(0))
                yield PartRoom(
                    room=key.room,
                    treatment=self.treatments[key.room],
                    agreement=agreement.id,
                    weight=key.weight,
                    used_s=told.used,
                    no_show_s=told.no_show,
                    outside_s=told.outside,
                    lost_s=told.lost,
                    units=units,
                    exact=units * self.price,
                )
