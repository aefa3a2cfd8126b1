"""The morning digest and the room check: each thing is told once."""

from __future__ import annotations

from typing import Any

import pytest
from alerted import a_house, lines

CASES: dict[str, tuple[dict[str, Any], str, str, str]] = {
    "that it is over waits for the morning, and is not told if it is there again": (
        {},
        """
        11-23 19:00 + camera fan
        11-23 21:00 - camera fan
        11-23 21:30 + fan
        """,
        "11-24 12:00",
        """
        11-23 19:01 anna faults: opened fan camera
        11-24 07:00 anna faults: resolved camera
        """,
    ),
    "warnings come in the digest, once, with how many remain": (
        {},
        """
        11-23 10:00 + battery
        11-25 10:00 + battery2
        11-26 10:00 - battery
        11-26 10:00 + filter
        """,
        "11-28 12:00",
        """
        11-24 07:15 anna digest: opened battery
        11-26 07:15 anna digest: opened battery2; reminder battery
        11-27 07:15 anna digest: opened filter; reminder battery2; resolved battery
        """,
    ),
    "no digest on a closed day; what is over by then is not told": (
        {},
        """
        11-27 10:00 + battery battery2
        11-28 10:00 - battery
        """,
        "11-30 12:00",
        "11-30 07:15 anna digest: opened battery2",
    ),
    "no digest": ({"digest": None}, "11-23 10:00 + battery", "11-25 12:00", ""),
    "warnings at once": (
        {"routes": [{"id": "all", "send": "now"}]},
        "11-23 10:00 + battery",
        "11-23 12:00",
        "11-23 10:01 anna faults: opened battery",
    ),
    "a warning gets worse": (
        {},
        """
        11-23 10:00 + filter
        11-24 10:00 + filter!
        """,
        "11-24 12:00",
        """
        11-24 07:15 anna digest: opened filter
        11-24 10:01 anna faults: escalated filter
        """,
    ),
    "the room check tells of what is broken where people meet today": (
        {"routes": [{"id": "all", "remind": "7d"}]},
        """
        11-23 10:00 + camera
        11-23 10:00 book granen 11-23 11:00 11-23 12:00
        11-23 10:00 book granen 11-25 00:00 11-25 10:00
        """,
        "11-26 12:00",
        """
        11-23 10:01 anna faults: opened camera
        11-25 07:30 anna room_check: reminder camera
        """,
    ),
    "a weak battery is nothing that those who meet will notice": (
        {},
        """
        11-23 10:00 + battery
        11-24 06:00 book tallen 11-24 09:00 11-24 10:00
        11-25 06:00 book tallen 11-25 09:00 11-25 10:00
        """,
        "11-25 12:00",
        "11-24 07:15 anna digest: opened battery",
    ),
    "nor is there a room check of what somebody takes care of": (
        {},
        """
        11-23 10:00 + camera
        11-23 10:30 ack camera
        11-24 06:00 book granen 11-24 09:00 11-24 10:00
        """,
        "11-24 12:00",
        "11-23 10:01 anna faults: opened camera",
    ),
    "the room check sums up, and who has read it is not told of the same again": (
        {"gather": "10 min", "routes": [{"id": "all", "remind": "7d"}]},
        """
        11-23 10:00 + camera
        11-24 07:25 + panel fan battery
        11-24 07:25 book granen 11-24 09:00 11-24 10:00
        """,
        "11-24 12:00",
        """
        11-23 10:10 anna faults: opened camera
        11-24 07:30 anna room_check: reminder camera; opened panel
        11-24 07:35 anna faults: opened fan
        """,
    ),
    "a morning tells nothing twice": (
        {},
        """
        11-24 01:00 + camera report
        11-24 01:00 + battery filter
        11-24 01:00 book granen 11-24 09:00 11-24 10:00
        """,
        "11-24 12:00",
        """
        11-24 07:00 anna faults: opened camera report
        11-24 07:15 anna digest: opened battery filter
        """,
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_mornings(case: str) -> None:
    alerts, happens, until, told = CASES[case]
    for kill in (None, 7):
        with a_house(**alerts) as house:
            assert house.play(happens, until, kill=kill) == lines(told)
