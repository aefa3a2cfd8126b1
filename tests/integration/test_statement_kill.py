"""Killed at any point while issuing: there is no statement, or a whole one; two at once share no
number."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Final

import pytest

from api.statements.verify import verify
from tests.integration.issuing import Plan
from tests.issuing import H, Issuing

pytestmark = pytest.mark.timeout(180)
KILLS: Final = 30
LONGEST_S: Final = 0.5  # issuing one takes about as long


@contextmanager
def forks() -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        (sys.executable, "-m", "tests.integration.issuing"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    with process:
        try:
            yield process
        finally:
            os.killpg(process.pid, signal.SIGKILL)


def begin(process: subprocess.Popen[str], plan: Plan) -> int:
    """Its process id."""
    assert process.stdin is not None
    print(json.dumps(plan), file=process.stdin, flush=True)
    return int(said(process))


def said(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[Issuing]:
    house = Issuing(tmp_path)
    yield house
    house.close()


def whole(house: Issuing, since: int = 0) -> int:
    """How many statements there are, in one chain without a gap, those after ``since`` read."""
    issued = house.statements.issued()
    assert [one.number for one in issued] == list(range(1, len(issued) + 1))
    folders = {one.name for one in house.ledger.folder.glob("*") if not one.name.startswith(".")}
    assert folders == {one.folder for one in issued}
    for before, one in pairwise(issued[max(0, since - 1) :]):
        assert house.statements.statement(one.number).head.previous == before.sums
        assert all(house.ledger.read(one, path) for path in house.ledger.files(one))
    return len(issued)


def test_killed_at_thirty_random_points(house: Issuing, tmp_path: Path) -> None:
    chance = random.Random(5)
    counts, left = [0], 0
    with forks() as process:
        for _ in range(KILLS):
            pid = begin(process, Plan(str(tmp_path), "2026-10"))
            if chance.random() < 0.7:  # else in the midst of its first one
                assert said(process) == "issued"
            time.sleep(chance.uniform(0, LONGEST_S))  # a random point, not a condition
            os.kill(pid, signal.SIGKILL)
            while (line := said(process)) == "issued":
                pass
            assert int(line) == -signal.SIGKILL
            left += bool([*house.ledger.folder.glob(".new-*")])
            counts.append(whole(house, counts[-1]))
    assert left > 3, "nothing was killed while it wrote"
    assert counts == sorted(counts)
    house.use("granen", "2026-10-08", {"norr": 5 * H})
    assert house.statements.issue("2026-10", "åsa", reason="the last").number == counts[-1] + 1
    assert whole(house) == counts[-1] + 1
    assert not [*house.ledger.folder.glob(".new-*")]
    assert verify(house.ledger) == []


def test_two_at_once(house: Issuing, tmp_path: Path) -> None:
    house.fill("2026-09", {"skog": H})
    with forks() as one, forks() as other:
        begin(one, Plan(str(tmp_path), "2026-10", 3))
        begin(other, Plan(str(tmp_path), "2026-09", 3))
        for process in (one, other):
            assert [said(process) for _ in range(4)] == ["issued"] * 3 + ["0"]
    assert whole(house) == 6
    assert verify(house.ledger) == []
    versions = sorted((one.month, one.version) for one in house.statements.issued())
    assert versions == [(month, n) for month in ("2026-09", "2026-10") for n in (1, 2, 3)]
