"""What VC equipment and displays report about themselves (design 7)."""

from __future__ import annotations

from typing import Final

from rooms.faults.case import ALWAYS, Case, Held
from rooms.faults.finding import Finding
from rooms.faults.history import Part, Said

# A system that starts lists nothing yet: that all is gone is believed when it lasts
STARTS_MS: Final = 10 * 60_000


def equipment_error(case: Case) -> list[Held]:
    """Display flag 2; diagnostics Error and Critical."""
    limit = case.limits.equipment_error
    return [] if limit is None else _reported(case, "error", limit.after)


def equipment_warning(case: Case) -> list[Held]:
    """Display flag 1; diagnostics Warning."""
    limit = case.limits.equipment_warning
    return [] if limit is None else _reported(case, "warning", limit.after)


def _reported(case: Case, severity: str, after: int) -> list[Held]:
    known = case.placed.history.equipment
    code = f"equipment_{severity}"
    if known is None:
        return _as_it_was(case, code)
    return [
        Held(
            Finding(code, case.placed.id, one.text, one.severity, one.since),
            ALWAYS if case.open(code, one.text) else one.since + after * 1000,
        )
        for one in (*known.flags, *known.said)
        if one.severity == severity and not _of_missing(one, case)
    ]


def _of_missing(one: Said, case: Case) -> bool:
    """Does it tell of a part that is gone, which is a fault of its own?"""
    limit, known = case.limits.peripheral_missing, case.placed.history.equipment
    if limit is None or known is None:
        return False
    gone = {part.word for part in known.parts if part.gone is not None} & {*limit.types}
    text = "".join(c for c in one.text.lower() if c.isalpha())
    return any(word.replace("_", "") in text for word in gone)


def peripheral_missing(case: Case) -> list[Held]:
    """Cameras, microphones and panels that were there and are no longer seen."""
    limit = case.limits.peripheral_missing
    known = case.placed.history.equipment
    if limit is None:
        return []
    if known is None:
        return _as_it_was(case, "peripheral_missing")
    found = []
    for part in known.parts:
        if part.gone is None or part.word not in limit.types:
            continue
        finding = Finding("peripheral_missing", case.placed.id, part.label, "error", part.gone)
        if case.open("peripheral_missing", part.label):
            found.append(Held(finding))
        elif part.gone - part.seen <= limit.seen * 1000:
            start = max(part.gone, known.listed if _went_at_start(part, known.listed) else 0)
            wait = max(limit.after * 1000, STARTS_MS if known.empty else 0)
            found.append(Held(finding, start + wait))
    return found


def _went_at_start(part: Part, listed: int) -> bool:
    """Other parts are listed again since then, and this may follow."""
    return part.gone is not None and part.gone <= listed


def _as_it_was(case: Case, code: str) -> list[Held]:
    """Nothing has been heard since it was found."""
    return [Held(one.finding(case.placed.id)) for one in case.standing.values() if one.code == code]
