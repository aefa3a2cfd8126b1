"""What becomes of a fault: tables of minutes and findings in, changes out."""

from __future__ import annotations

import pytest

from rooms.faults import Change, Fault, Finding, Place, fault_id
from rooms.faults.lifecycle import (
    LONGEST_SNOOZE_MS,
    REOPEN_MS,
    NotPossible,
    act,
    advance,
    escalate,
    hold,
    release,
)

MIN = 60_000
SILENT = Finding("device_silent", "d", "", "warning", 5 * MIN)
ROOM = Place("s", "granen")


def opened(finding: Finding = SILENT, at: int = 10 * MIN) -> Fault:
    (change,) = advance([], [finding], at, lambda _: ROOM)
    return change.fault


def one(changes: list[Change]) -> tuple[Fault, str | None]:
    (change,) = changes
    return change.fault, change.transition and change.transition.kind


def test_it_opens_where_and_since_when() -> None:
    (change,) = advance([], [SILENT], 10 * MIN, lambda _: ROOM)
    fault = change.fault
    assert (fault.site, fault.room, fault.since, fault.opened) == ("s", "granen", 5 * MIN, 10 * MIN)
    assert fault.id == fault_id("s", SILENT.key, 5 * MIN)
    assert change.transition is not None
    assert change.transition[:4] == (fault.id, 10 * MIN, "opened", "warning")
    assert change.start == 5 * MIN


def test_told_twice_it_is_one() -> None:
    assert advance([opened()], [SILENT._replace(since=99 * MIN)], 11 * MIN) == []


def test_an_onset_in_the_future_is_now() -> None:
    fault = opened(SILENT._replace(since=99 * MIN))
    assert (fault.since, fault.opened) == (10 * MIN, 10 * MIN)


def test_it_ends_and_the_others_stay() -> None:
    other = opened(SILENT._replace(subject="e"))
    fault, kind = one(advance([opened(), other], [other.finding], 20 * MIN))
    assert (fault.subject, fault.resolved, kind) == ("d", 20 * MIN, "resolved")


def test_an_end_lifts_what_held_it() -> None:
    known = opened()._replace(snoozed_until=99 * MIN, held="window:w")
    fault, _ = one(advance([known], [], 20 * MIN))
    assert (fault.snoozed_until, fault.held) == (None, "")


@pytest.mark.parametrize(("after", "kind"), [(REOPEN_MS, "reopened"), (REOPEN_MS + 1, "opened")])
def test_it_comes_back(after: int, kind: str) -> None:
    known = opened()._replace(
        resolved=20 * MIN, acknowledged=15 * MIN, acknowledged_by="anna", level=2
    )
    now = 20 * MIN + after
    (change,) = advance([known], [SILENT._replace(since=now - MIN)], now)
    assert change.transition is not None
    assert change.transition.kind == kind
    fault = change.fault
    assert (fault.id == known.id) == (kind == "reopened")
    assert (fault.resolved, fault.acknowledged, fault.level) == (None, None, 0)
    assert change.start == now - MIN
    assert fault.since == (known.since if kind == "reopened" else now - MIN)


def test_what_comes_back_was_not_there_meanwhile() -> None:
    known = opened()._replace(resolved=20 * MIN)
    (change,) = advance([known], [SILENT], 25 * MIN)  # its rule tells the first onset again
    assert change.start == 20 * MIN


def test_one_like_an_old_one_is_another_one() -> None:
    """Its rule tells the onset of long ago, as when a device was taken out and put back."""
    old = opened()
    (change,) = advance([], [SILENT], 500 * MIN, lambda _: ROOM, lambda _: 20 * MIN)
    assert change.fault.id != old.id
    assert change.fault.since == 20 * MIN + 1


def test_worse_is_told_and_better_is_not() -> None:
    fault, kind = one(advance([opened()], [SILENT._replace(severity="error")], 11 * MIN))
    assert (fault.severity, kind) == ("error", "escalated")
    assert advance([fault], [SILENT], 12 * MIN) == []


def test_its_members_are_kept_without_a_word() -> None:
    more = SILENT._replace(members=("a", "b"))
    assert one(advance([opened()], [more], 11 * MIN)) == (
        opened()._replace(members=("a", "b")),
        None,
    )


def test_one_of_before_faults_knew_their_place() -> None:
    known = opened()._replace(site="", room=None)
    fault, kind = one(advance([known], [SILENT], 11 * MIN, lambda _: ROOM))
    assert (fault.site, fault.room, fault.id, kind) == ("s", "granen", known.id, None)


def test_a_clock_that_is_set_back() -> None:
    fault, _ = one(advance([opened()], [], 1 * MIN))
    assert fault.resolved == 10 * MIN
    (change,) = advance([fault], [SILENT], 2 * MIN)
    assert (change.start, change.transition and change.transition.at) == (10 * MIN, 10 * MIN)


# ---- what people do


def test_acknowledged_once() -> None:
    change = act(opened(), "acknowledged", 12 * MIN, "anna", "på väg")
    assert (change.fault.acknowledged, change.fault.acknowledged_by) == (12 * MIN, "anna")
    assert change.transition is not None
    assert change.transition[1:6] == (12 * MIN, "acknowledged", "warning", "anna", "på väg")
    with pytest.raises(NotPossible, match="acknowledged_already"):
        act(change.fault, "acknowledged", 13 * MIN, "bo")


@pytest.mark.parametrize(
    ("until", "fine"),
    [
        (None, False),
        (12 * MIN, False),
        (12 * MIN + 1, True),
        (12 * MIN + LONGEST_SNOOZE_MS, True),
        (12 * MIN + LONGEST_SNOOZE_MS + 1, False),
    ],
)
def test_snoozed_for_a_while(until: int | None, fine: bool) -> None:
    if not fine:
        with pytest.raises(NotPossible, match="snooze_time"):
            act(opened(), "snoozed", 12 * MIN, "anna", until=until)
        return
    change = act(opened(), "snoozed", 12 * MIN, "anna", until=until)
    assert change.fault.snoozed_until == until
    assert change.transition is not None
    assert change.transition.until == until


def test_only_what_people_report_do_people_end() -> None:
    with pytest.raises(NotPossible, match="resolves_itself"):
        act(opened(), "resolved", 12 * MIN, "anna")
    reported = opened(Finding("reported", "granen", "sound", "warning", 9 * MIN))
    assert act(reported, "resolved", 12 * MIN, "anna").fault.resolved == 12 * MIN


def test_of_what_is_over_only_words_are_taken() -> None:
    over = opened()._replace(resolved=11 * MIN)
    assert act(over, "commented", 12 * MIN, "anna", "kabeln").fault == over
    for what in ("acknowledged", "snoozed", "resolved"):
        with pytest.raises(NotPossible, match="resolved_already"):
            act(over, what, 12 * MIN, "anna", until=13 * MIN)  # type: ignore[arg-type]


def test_held_released_escalated() -> None:
    held = hold(opened(), "window:w", 11 * MIN)
    assert (held.fault.held, held.transition and held.transition.held) == ("window:w", "window:w")
    free = release(held.fault, 12 * MIN)
    assert (free.fault.held, free.transition and free.transition.held) == ("", "window:w")
    louder = escalate(free.fault, 13 * MIN, "till: bo")
    assert (louder.fault.level, louder.fault.severity) == (1, "warning")
    assert louder.transition is not None
    assert (louder.transition.kind, louder.transition.note) == ("escalated", "till: bo")
