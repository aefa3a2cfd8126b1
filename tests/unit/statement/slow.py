"""The definition once more, day by day and line by line, to check the quick way against.

Written from metrics.md 4 and decision 18, not from the code: nothing is grouped, nothing
shared with ``rooms.costs``.
"""

from __future__ import annotations

import calendar
from datetime import date
from fractions import Fraction

from rooms.statement.inputs import AgreementInput, Inputs, PoolInput, RoomDay


def exact_parts(inputs: Inputs, pool: PoolInput) -> dict[str, Fraction]:
    """What each party owes before rounding."""
    year, month = (int(part) for part in inputs.month.split("-"))
    days = [date(year, month, d + 1) for d in range(calendar.monthrange(year, month)[1])]
    total = sum(cost.amount for cost in inputs.costs if cost.pool == pool.id)
    a_day = Fraction(total) / len(days)
    held = {day: one for day in days for one in inputs.agreements if _holds(one, pool, day)}
    if not held:
        return {}
    last = held[max(held)]
    owed = {who: Fraction(0) for one in held.values() for who in one.shares}

    def owe(day: date, amount: Fraction) -> None:
        """By the fixed key of the day."""
        for who, part in _key(held[day]).items():
            owed[who] += amount * part

    pot = Fraction(0)
    for day, agreement in held.items():
        owe(day, a_day * agreement.capacity)
        pot += a_day * (1 - agreement.capacity)

    open_days = [one for one in inputs.room_days if one.room in pool.rooms and not one.private]
    treatment: dict[str, str] = {}
    for room in pool.rooms:
        own = [one for one in open_days if one.room == room]
        known, bookable = sum(one.known_s for one in own), sum(one.bookable_s for one in own)
        private = any(one.room == room and one.private for one in inputs.room_days) and not own
        treatment[room] = "measured"
        if private:
            treatment[room] = "private"
        elif not any(one.sensor for one in own):
            treatment[room] = last.fallback
        elif Fraction(known) < Fraction(9, 10) * bookable and last.low_coverage:
            treatment[room] = last.low_coverage

    weighted = {room: Fraction(0) for room in pool.rooms}
    for one in open_days:
        weighted[one.room] += one.weight * one.bookable_s
    whole = sum(weighted[room] for room in pool.rooms if treatment[room] != "private")
    by_key = sum(weighted[room] for room in pool.rooms if treatment[room] == "shares")
    fixed = pot * by_key / whole if whole else Fraction(0)

    lines = _lines(inputs, held, open_days, treatment)
    if not sum(units for *_, units in lines) and last.fallback == "bookings":
        instead = {r: "bookings" if t == "measured" else t for r, t in treatment.items()}
        lines = _lines(inputs, held, open_days, instead)
    units = sum(units for *_, units in lines)
    if not units:
        fixed = pot
    for day, agreement in held.items():
        if pot:
            owe(day, fixed * a_day * (1 - agreement.capacity) / pot)
    for day, who, own_units in lines:
        amount = (pot - fixed) * own_units / units if units else Fraction(0)
        if who in held[day].shares:
            owed[who] += amount
        else:
            owe(day, amount)

    places = {(one.room, one.day) for one in open_days}
    for use in inputs.partner_days:
        if (use.room, use.day) in places and use.day in held:
            agreement = held[use.day]
            if use.partner in agreement.shares:
                credit = Fraction(use.lost_s, 3600) * agreement.lost_credit
                owed[use.partner] -= credit
                owe(use.day, credit)
    return owed


def _lines(
    inputs: Inputs,
    held: dict[date, AgreementInput],
    open_days: list[RoomDay],
    treatment: dict[str, str],
) -> list[tuple[date, str, Fraction]]:
    """(day, who, units) of all use that counts."""
    weights = {(one.room, one.day): one.weight for one in open_days}
    lines = []
    for use in inputs.partner_days:
        if (use.room, use.day) not in weights or use.day not in held:
            continue
        agreement, how = held[use.day], treatment[use.room]
        seconds = Fraction(0)
        if how == "bookings":
            seconds += use.booked_s
        if how == "measured":
            seconds += use.used_s + agreement.no_show * use.no_show_s
            seconds += use.outside_s if agreement.outside else 0
        lines.append((use.day, use.partner, weights[use.room, use.day] * seconds))
    return lines


def _holds(one: AgreementInput, pool: PoolInput, day: date) -> bool:
    return one.pool == pool.id and one.since <= day and (one.until is None or day < one.until)


def _key(agreement: AgreementInput) -> dict[str, Fraction]:
    shares = agreement.shares
    if not any(shares.values()):
        return {who: Fraction(1, len(shares)) for who in shares}
    return {who: Fraction(weight) / sum(shares.values()) for who, weight in shares.items()}
