"""Killed at any point between a fault and its alert: none is lost, and only what was in flight
comes twice."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest

from storage.state import ServiceState
from tests.integration.alerting import Plan
from tests.servers.smtp import OK, mail_server
from tests.servers.webhook import webhook

KILLS: Final = 50
FAULTS: Final = 100
BAD_MAIL: Final = ("rcpt 450 refused", "data stall", "data 451 broken", "rcpt hang up")
MAIL: Final = ("", "", "", "", "", *BAD_MAIL)
HOOK: Final = (200, 200, 200, 200, 500, 403, 0)  # 0 stalls


def unreliable(chance: random.Random) -> Callable[[str, str], str]:
    """A fate for each mail; it names the step that it hits."""
    fate = ""

    def reply(step: str, _: str) -> str:
        nonlocal fate
        if step == "mail":
            fate = chance.choice(MAIL)
        hit, _, said = fate.partition(" ")
        return said if hit == step else OK

    return reply


@pytest.fixture
def forks() -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        (sys.executable, "-m", "tests.integration.alerting"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    with process:
        yield process
        os.killpg(process.pid, signal.SIGKILL)


def run(forks: subprocess.Popen[str], plan: Plan, kill_after: float | None) -> int:
    """How it ended: 0 by itself."""
    assert forks.stdin is not None
    assert forks.stdout is not None
    print(json.dumps(plan), file=forks.stdin, flush=True)
    pid = int(forks.stdout.readline())
    if kill_after is not None:
        time.sleep(kill_after)  # a random point, not a condition
        os.kill(pid, signal.SIGKILL)
    return int(forks.stdout.readline())


def test_killed_at_fifty_random_points(tmp_path: Path, forks: subprocess.Popen[str]) -> None:
    chance = random.Random(4)
    with mail_server() as mail, webhook() as hook:
        mail.replies = unreliable(random.Random(5))
        fates = random.Random(6)
        hook.status = lambda _: fates.choice(HOOK)
        plan = Plan(str(tmp_path), mail.port, hook.url("hook"), time.time(), FAULTS)
        ends = [run(forks, plan, chance.uniform(0.0, 0.3)) for _ in range(KILLS)]
        assert {*ends} == {-signal.SIGKILL}, "there was nothing left to kill"
        assert min(len(mail.taken), len(hook.taken)) > 10, "nothing got so far before it was killed"
        assert run(forks, plan, None) == 0
        mails = [(one.recipient, one.id, one.text) for one in mail.taken]
        hooks = [(path, body["title"], body["message"]) for path, body in hook.taken]

    state = ServiceState(tmp_path / "service.db")
    faults = {fault.id for fault in state.faults.open()}
    sent = state.alerts.newest(10_000)
    deliveries = [d for alert in sent for d in state.alerts.deliveries(alert.id)]
    state.close()
    assert len(faults) == FAULTS
    assert {alert.state for alert in sent} == {"sent"}
    assert {delivery.state for delivery in deliveries} == {"delivered"}
    assert len(deliveries) == 3 * len([a for a in sent if a.person == "asa"])  # bo has one way
    for where in ("asa@x.example", "bo@x.example"):
        assert told(text for to, _, text in mails if to == where) == faults
    assert told(text for _, _, text in hooks) == faults
    ids = Counter(id_ for _, id_, _ in mails)
    assert len(ids) == len(sent)
    twice = ids.total() - len(ids)
    again = len(hooks) - len({title for _, title, _ in hooks})
    assert twice <= KILLS
    assert again <= KILLS


def told(texts: object) -> set[str]:
    return {fault for text in texts for fault, event in json.loads(text) if event == "opened"}  # type: ignore[attr-defined]
