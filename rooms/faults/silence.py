"""A device that is not heard (design 7: ``device_silent``)."""

from __future__ import annotations

from rooms.faults.case import Case, Held
from rooms.faults.finding import Finding, Severity


def silence(case: Case) -> list[Held]:
    """Said to be offline, or not heard for longer than lost messages explain.

    Where nobody of its company has been heard since either, it waits for what is found of them
    all. An open one ends with a word of the device and nothing else: neither grace, nor a restart,
    nor another limit mean that it is heard.
    """
    limit = case.limits.device_silent
    placed, history = case.placed, case.placed.history
    if limit is None:
        return []
    severity: Severity = "error" if placed.device.model.family == "vc" else "warning"
    every = placed.device.expect_every * 1000
    known_for = (
        placed.device.known_for_ms if limit.intervals is None else round(limit.intervals * every)
    )
    gone = [at for at in (history.offline, history.unreachable) if at is not None]
    if (was := case.open("device_silent")) is not None:
        heard = history.heard is not None and history.heard > was.since
        if gone or not heard:
            return [Held(was.finding(placed.id)._replace(severity=severity))]
    awaited = history.begun if history.heard is None else history.heard
    due = max(awaited, placed.since) + known_for
    since, missed = awaited, awaited + every
    if gone and (told := min(gone)) + limit.offline * 1000 < due:
        due, since, missed = told + limit.offline * 1000, told, told
    opens = due if was is not None else max(due, case.grace + every)
    if was is None and opens <= case.now and case.company.heard < max(missed, case.grace):
        opens = max(opens, case.company.judged)
    return [Held(Finding("device_silent", placed.id, "", severity, since), opens)]
