"""Reminders, snoozes, answers, and what comes back."""

from __future__ import annotations

from typing import Any

import pytest
from alerted import a_house, lines

CASES: dict[str, tuple[dict[str, Any], str, str, str]] = {
    "reminded once a day of all together, until somebody answers": (
        {},
        """
        11-23 10:00 + camera
        11-23 15:00 + fan
        11-25 12:00 ack camera
        11-25 12:00 ack fan
        """,
        "11-27 12:00",
        """
        11-23 10:01 anna faults: opened camera
        11-23 15:01 anna faults: opened fan
        11-24 10:15 anna faults: reminder camera fan
        11-25 10:15 anna faults: reminder camera fan
        """,
    ),
    "a reminder of the night waits and comes with the news": (
        {"routes": [{"id": "all", "remind": "10h"}]},
        """
        11-23 18:00 + camera
        11-24 03:00 + fan
        """,
        "11-24 12:00",
        """
        11-23 18:01 anna faults: opened camera
        11-24 07:00 anna faults: opened fan; reminder camera
        """,
    ),
    "no reminders": (
        {"routes": [{"id": "all", "remind": None}]},
        "11-23 10:00 + camera",
        "11-26 12:00",
        "11-23 10:01 anna faults: opened camera",
    ),
    "acknowledged before it is told: silence until it is over": (
        {},
        """
        11-23 22:00 + camera
        11-23 22:10 ack camera
        11-24 09:00 - camera
        """,
        "11-24 12:00",
        "",
    ),
    "a snooze ends with a reminder, though there are none by the route": (
        {"routes": [{"id": "all", "remind": None}]},
        """
        11-23 10:00 + camera
        11-23 10:30 snooze camera 11-25 13:00
        """,
        "11-26 12:00",
        """
        11-23 10:01 anna faults: opened camera
        11-25 13:00 anna faults: reminder camera
        """,
    ),
    "snoozed before it is told: told when the snooze ends": (
        {},
        """
        11-23 06:00 + camera
        11-23 06:10 snooze camera 11-23 14:00
        """,
        "11-23 15:00",
        "11-23 14:01 anna faults: opened camera",
    ),
    "it comes back": (
        {},
        """
        11-23 10:00 + camera
        11-23 10:20 - camera
        11-23 10:50 + camera
        11-23 11:10 - camera
        """,
        "11-23 12:00",
        """
        11-23 10:01 anna faults: opened camera
        11-23 10:21 anna faults: resolved camera
        11-23 11:00 anna faults: reopened camera
        11-23 11:20 anna faults: resolved camera
        """,
    ),
    "it comes and goes, and is not found to be flapping yet": (
        {},
        """
        11-23 10:00 + camera
        11-23 10:04 - camera
        11-23 10:09 + camera
        11-23 10:13 - camera
        11-23 10:24 + camera
        11-23 10:28 - camera
        """,
        "11-23 12:00",
        """
        11-23 10:01 anna faults: opened camera
        11-23 10:05 anna faults: resolved camera
        """,
    ),
    "it comes back before it was told to be over: nothing new": (
        {},
        """
        11-23 10:00:00 + camera
        11-23 10:20:00 - camera
        11-23 10:20:50 + camera
        """,
        "11-23 12:00",
        "11-23 10:01 anna faults: opened camera",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_reminded(case: str) -> None:
    alerts, happens, until, told = CASES[case]
    for kill in (None, 7):
        with a_house(**alerts) as house:
            assert house.play(happens, until, kill=kill) == lines(told)
