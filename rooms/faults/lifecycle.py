"""What becomes of a fault: opened, escalated, acknowledged, snoozed, resolved, reopened.

Pure: faults, findings and a time in, changes out. Who stores them does so as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final, Literal

from rooms.faults.fault import Change, Fault, Kind, Place, Transition, fault_id
from rooms.faults.finding import SEVERITIES, Finding, Key
from rooms.units import DAY_MS, HOUR_MS

REOPEN_MS: Final = HOUR_MS  # what comes back sooner is the same fault again
LONGEST_SNOOZE_MS: Final = 31 * DAY_MS

Place_of = Callable[[str], Place]  # by subject
# When a key's last spell began or ended (ms): nothing can happen to it before, although the
# clock may have been set back.
Latest = Callable[[Key], int | None]
Act = Literal["acknowledged", "snoozed", "commented", "resolved"]


class NotPossible(Exception):
    """A person asked for something that this fault does not allow; ``key`` names the text."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def nowhere(_: str) -> Place:
    return Place()


def never(_: Key) -> None:
    return None


def advance(
    known: Iterable[Fault],
    findings: Iterable[Finding],
    now: int,
    place_of: Place_of = nowhere,
    latest: Latest = never,
) -> list[Change]:
    """What the findings of ``now`` change.

    ``known`` are the faults, of the codes and subjects that were looked at, that are open or
    were resolved within ``REOPEN_MS``. Findings that are not there any more are resolved; one
    that has moved to another room is another fault. ``latest`` knows of faults of any age.
    """
    faults: dict[Key, Fault] = {}
    for fault in sorted(known, key=lambda f: (f.open, f.resolved or 0)):
        faults[fault.key] = fault  # an open one, or the latest
    found = {finding.key: finding for finding in findings}
    changes = []
    for key, fault in faults.items():
        if fault.open and (key not in found or _elsewhere(fault, place_of)):
            changes.append(_resolve(fault, max(now, latest(key) or now)))
            faults[key] = changes[-1].fault
    for key, finding in found.items():
        changes += _found(faults.get(key), finding, now, place_of, latest)
    return changes


def _found(
    fault: Fault | None, finding: Finding, now: int, place_of: Place_of, latest: Latest
) -> Iterator[Change]:
    if fault is None or (
        fault.resolved is not None
        and (now - fault.resolved > REOPEN_MS or _elsewhere(fault, place_of))
    ):
        ends = (latest(finding.key), None if fault is None else fault.resolved)
        ended = max((at for at in ends if at is not None), default=None)
        yield _open(finding, now, place_of(finding.subject), ended)
        return
    after = fault._replace(members=finding.members)
    if not fault.site:  # of before faults knew their place
        after = after._replace(**place_of(finding.subject)._asdict())
    if fault.resolved is not None:
        ended = max(fault.resolved, latest(fault.key) or fault.resolved)
        yield _reopen(after, finding, now, ended)
    elif SEVERITIES.index(finding.severity) > SEVERITIES.index(fault.severity):
        yield _change(after._replace(severity=finding.severity), now, "escalated")
    elif after != fault:
        yield Change(after, None)


def _elsewhere(fault: Fault, place_of: Place_of) -> bool:
    """Is its subject in another room than it was? Then that room has nothing of it any more."""
    place = place_of(fault.subject)
    return bool(fault.site and place.site) and fault.room != place.room


def _open(finding: Finding, now: int, place: Place, ended: int | None) -> Change:
    """Its onset is after all that was told of its like: else it would be the old one again."""
    since = min(finding.since, now)
    if ended is not None:
        since = max(since, ended + 1)
    at = max(now, since)
    fault = Fault(
        fault_id(place.site, finding.key, since),
        *finding.key,
        finding.severity,
        since,
        place.site,
        place.room,
        opened=at,
        members=finding.members,
    )
    return _change(fault, at, "opened")._replace(start=since)


def _reopen(fault: Fault, finding: Finding, now: int, ended: int) -> Change:
    at = max(now, ended)
    after = fault._replace(
        severity=finding.severity,
        resolved=None,
        acknowledged=None,  # it was thought to be mended
        acknowledged_by="",
        snoozed_until=None,
        held="",
        level=0,
        reopened=fault.reopened + 1,
    )
    return _change(after, at, "reopened")._replace(start=min(max(finding.since, ended), at))


def _resolve(fault: Fault, now: int, who: str = "", note: str = "") -> Change:
    at = max(now, fault.opened)
    after = fault._replace(resolved=at, snoozed_until=None, held="")
    return _change(after, at, "resolved", who, note)


def act(
    fault: Fault, what: Act, now: int, who: str, note: str = "", until: int | None = None
) -> Change:
    """What a person does to a fault. Raises ``NotPossible``."""
    if what == "commented":
        return _change(fault, now, what, who, note)
    if not fault.open:
        raise NotPossible("fault.resolved_already")
    if what == "acknowledged":
        if fault.acknowledged is not None:
            raise NotPossible("fault.acknowledged_already")
        return _change(fault._replace(acknowledged=now, acknowledged_by=who), now, what, who, note)
    if what == "snoozed":
        if until is None or not now < until <= now + LONGEST_SNOOZE_MS:
            raise NotPossible("fault.snooze_time")
        after = fault._replace(snoozed_until=until)
        return Change(after, Transition(fault.id, now, what, fault.severity, who, note, until))
    if fault.code != "reported":  # all else is resolved when it is over
        raise NotPossible("fault.resolves_itself")
    return _resolve(fault, now, who, note)


def hold(fault: Fault, why: str, now: int) -> Change:
    """Keep its alerts back from now on."""
    return Change(
        fault._replace(held=why), Transition(fault.id, now, "held", fault.severity, held=why)
    )


def release(fault: Fault, now: int) -> Change:
    return Change(
        fault._replace(held=""),
        Transition(fault.id, now, "released", fault.severity, held=fault.held),
    )


def escalate(fault: Fault, now: int, note: str) -> Change:
    """Nobody answered: the next ones are told."""
    return _change(fault._replace(level=fault.level + 1), now, "escalated", note=note)


def _change(fault: Fault, now: int, kind: Kind, who: str = "", note: str = "") -> Change:
    return Change(fault, Transition(fault.id, now, kind, fault.severity, who, note))
