"""A session whose loop no longer turns ends the process, which is then started anew."""

from __future__ import annotations

import os
import time
from types import SimpleNamespace
from typing import Any

import pytest

from collector.link import Link
from rumskoll.collector_role import STUCK_S, Status
from tests.integration.sessions import registry


class Ended(BaseException):
    """In place of the process's end."""


@pytest.fixture
def link(monkeypatch: pytest.MonkeyPatch) -> Link:
    def end(code: int) -> None:
        assert code == 70
        raise Ended

    monkeypatch.setattr(os, "_exit", end)
    return Link()


def status(link: Link) -> Status:
    """Of a collector of which nothing but the loop can be looked at: reports fail."""
    parts: Any = SimpleNamespace(
        session=SimpleNamespace(link=link),
        files=SimpleNamespace(current=registry(1)),
        state=SimpleNamespace(faults=SimpleNamespace(open=list)),
    )
    return Status(parts, "broker", lambda: 2**40)


def test_a_stuck_loop_ends_the_process_even_if_nothing_can_be_reported(link: Link) -> None:
    link.turn = time.monotonic() - STUCK_S - 1
    with pytest.raises(Ended):
        status(link).run()


@pytest.mark.parametrize("ago", [0.0, STUCK_S / 2])
def test_a_loop_that_turns_is_left_alone(link: Link, ago: float) -> None:
    link.turn = time.monotonic() - ago
    status(link)._look_after_the_loop()


def test_before_the_first_turn_there_is_nothing_to_say(link: Link) -> None:
    status(link)._look_after_the_loop()
