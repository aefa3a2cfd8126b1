"""A source or gateway from which nothing comes at all (design 7: ``source_silent``)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from heapq import heapify, heapreplace
from typing import Final, NamedTuple

from rooms.faults.case import Held, Standing
from rooms.faults.finding import SOURCE, Finding
from rooms.faults.history import SourceHistory
from rooms.registry.fault_limits import SourceSilent

JITTER_MS: Final = 60_000  # a message may come so much later than the last one lets expect


class Member(NamedTuple):
    id: str
    heard: int | None
    known_for: int  # ms
    every: int  # ms
    awaited: bool = True  # it was not taken down


class Group(NamedTuple):
    """The devices of a source, or those that one gateway of it hears best."""

    gateway: str  # "": the source
    members: Sequence[Member]


class SourceCase(NamedTuple):
    source: str
    history: SourceHistory
    limit: SourceSilent | None
    standing: Standing
    grace: int
    groups: Collection[Group]  # the source's own first
    now: int


def source_silent(case: SourceCase) -> list[Held]:
    """A silent source stands for its gateways, except for those that fell silent before it."""
    found: list[Held] = []
    if case.limit is None:
        return found
    for group in case.groups:
        whole = any(held.opens <= case.now and not held.finding.detail for held in found)
        if group.gateway and whole and ("source_silent", group.gateway) not in case.standing:
            continue
        held = _silent(case, case.limit, group)
        if held is not None:
            found.append(held)
    return found


def _silent(case: SourceCase, limit: SourceSilent, group: Group) -> Held | None:
    """An open one ends with a word: of a device of it, or of the source itself."""
    history = case.history
    own = None if group.gateway else history.online
    heard = max((m.heard for m in group.members if m.heard is not None), default=None)
    last = max((at for at in (heard, own) if at is not None), default=None)
    offline = None if group.gateway else history.offline
    was = case.standing.get(("source_silent", group.gateway))
    if was is not None and (offline is not None or last is None or last <= was.since):
        there = {member.id for member in group.members if member.awaited}
        members = tuple(id_ for id_ in was.members if id_ in there)
        if len(members) >= limit.devices:  # else the others are heard by another, or gone
            return Held(was.finding(SOURCE + case.source)._replace(members=members))
    live = alive(group, heard)
    if len(live) < limit.devices:
        return None
    since = history.begun if last is None else last
    grace = max(0 if was is not None else case.grace, history.begun if last is None else 0)
    if group.gateway and was is None:
        grace = max(grace, history.back)
    opens = max(due_by(live, since, grace, limit.due), max(since, grace) + limit.least * 1000)
    if offline is not None:
        told = max(offline + limit.offline * 1000, grace + limit.least * 1000)
        if told < opens:
            opens, since = told, offline
    members = tuple(sorted(member.id for member in live))
    finding = Finding("source_silent", SOURCE + case.source, group.gateway, "error", since, members)
    return Held(finding, opens)


def alive(group: Group, last: int | None) -> list[Member]:
    """Those that were heard until it fell silent: only their silence is explained by it."""
    return [
        m
        for m in group.members
        if m.awaited and (last is None or (m.heard is not None and m.heard >= last - m.known_for))
    ]


def due_by(live: Collection[Member], last: int, grace: int, count: int) -> int:
    """When so many messages would have come after the ``last`` one, at the latest.

    Each member speaks every so often after its own last word; many of them may speak at once.
    """
    coming = []
    for index, member in enumerate(live):
        counted = member.heard is not None and member.heard > grace
        first = (member.heard or 0) + JITTER_MS if counted else grace
        missed = max(0, (last - first) // member.every)  # before all fell silent: not its doing
        coming.append((first + (missed + 1) * member.every, index, member.every))
    heapify(coming)
    for _ in range(count - 1):
        at, index, every = coming[0]
        heapreplace(coming, (at + every, index, every))
    return coming[0][0]
