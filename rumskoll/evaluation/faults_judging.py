"""Holds the faults that were found against what was wrong."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Final, NamedTuple

from rumskoll.evaluation.faults_expected import Expected, Truth

_SLACK: Final = 5 * 60_000  # a mishap's last message may be followed by one that is under way


class FoundFault(NamedTuple):
    """It was told at ``opened``, and that it is over at ``closed``; ms."""

    code: str
    subject: str
    detail: str
    opened: int
    closed: int


class Detection(NamedTuple):
    """``took``: ms from the onset; ``None``: it was not found."""

    expected: Expected
    took: int | None


@dataclass(slots=True)
class CodeScore:
    code: str
    detections: list[Detection] = field(default_factory=list)
    false: list[FoundFault] = field(default_factory=list)

    @property
    def found(self) -> list[Detection]:
        return [one for one in self.detections if one.took is not None]

    @property
    def rate(self) -> float | None:
        return len(self.found) / len(self.detections) if self.detections else None

    @property
    def took(self) -> list[int]:
        return sorted(one.took for one in self.detections if one.took is not None)

    @property
    def delay(self) -> float | None:
        return median(one.expected.delay for one in self.found) if self.found else None

    @property
    def every(self) -> float | None:
        return median(one.expected.every for one in self.found) if self.found else None

    @property
    def in_time(self) -> bool:
        """Is the median within one reporting interval of the rule's delay?"""
        late = [
            one.took - one.expected.delay - one.expected.every for one in self.found if one.took
        ]
        return not late or median(late) <= 0

    @property
    def met(self) -> bool:
        return not self.false and self.in_time and len(self.found) == len(self.detections)


def judge(codes: Iterable[str], truth: Truth, found: Sequence[FoundFault]) -> list[CodeScore]:
    scores = {code: CodeScore(code) for code in codes}
    for expected in truth.expected:
        scores[expected.code].detections.append(Detection(expected, _took(expected, found)))
    for fault in found:
        if not _explained(fault, truth):
            scores.setdefault(fault.code, CodeScore(fault.code)).false.append(fault)
    return list(scores.values())


def _took(expected: Expected, found: Iterable[FoundFault]) -> int | None:
    """By the first that was open while it was there."""
    opened = [
        fault.opened
        for fault in found
        if _is(expected, fault)
        and fault.closed > expected.onsets[0]
        and fault.opened <= expected.stop + expected.every
    ]
    if not opened:
        return None
    first = min(opened)
    onset = max((at for at in expected.onsets if at <= first), default=expected.onsets[0])
    return max(0, first - onset)


def _is(expected: Expected, fault: FoundFault) -> bool:
    return (fault.code, fault.subject) == (expected.code, expected.subject) and expected.detail in (
        None,
        fault.detail,
    )


def _explained(fault: FoundFault, truth: Truth) -> bool:
    return any(
        _is(one, fault) and one.onsets[0] <= fault.opened <= one.stop + one.every + _SLACK
        for one in truth.expected
    ) or any(
        (one.code, one.subject) == (fault.code, fault.subject)
        and one.start <= fault.opened <= one.stop + _SLACK
        for one in truth.explained
    )
