"""The partners' parts of a pool, with their rooms, as a statement tells them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from fractions import Fraction

from rooms.costs.split import Split, mean_share
from rooms.costs.tally import Seconds, Tally
from rooms.costs.terms import Terms
from rooms.statement.document import Part, PartRoom
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
    rooms: defaultdict[str, defaultdict[str, Seconds]]
    rooms = defaultdict(lambda: defaultdict(Seconds))
    for key, seconds in use.seconds.items():
        rooms[key.partner][key.room].add(seconds)

    def part(who: str) -> Part:
        own = Seconds()
        for seconds in rooms[who].values():
            own.add(seconds)
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
            rooms=tuple(_rooms(who, rooms[who], use, treatments, result.price or Fraction(0))),
        )

    return tuple(part(who) for who in sorted(exact))


def _rooms(
    who: str,
    seconds: Mapping[str, Seconds],
    use: Tally,
    treatments: Mapping[str, Treatment],
    price: Fraction,
) -> Iterator[PartRoom]:
    for room, one in sorted(seconds.items()):
        if one.used or one.no_show or one.outside:
            units = use.units.get((who, room), Fraction(0))
            told = one.used, one.no_show, one.outside
            yield PartRoom(room, treatments[room], *told, units=units, exact=units * price)
