"""From what breaks to what one person is told: at once, together, quietly, not too often."""

from __future__ import annotations

from typing import Any

import pytest
from alerted import a_house, lines

ALL = {"id": "all"}
CASES: dict[str, tuple[dict[str, Any], str, str, str]] = {
    "an error is told, and that it is over": (
        {},
        """
        11-23 10:00 + camera
        11-23 10:20 - camera
        """,
        "11-23 12:00",
        """
        11-23 10:01 anna faults: opened camera
        11-23 10:21 anna faults: resolved camera
        """,
    ),
    "what is over before it is told is not told": (
        {},
        """
        11-23 10:00:00 + camera
        11-23 10:00:40 - camera
        """,
        "11-23 12:00",
        "",
    ),
    "what opens together comes as one": (
        {},
        """
        11-23 10:00:00 + camera
        11-23 10:00:55 + fan
        11-23 10:01:05 + report
        """,
        "11-23 12:00",
        """
        11-23 10:01 anna faults: opened camera fan
        11-23 10:02:05 anna faults: opened report
        """,
    ),
    "the night is quiet": (
        {},
        """
        11-23 20:00 + camera
        11-23 23:00 + fan
        11-24 02:00 - camera
        """,
        "11-24 12:00",
        "11-24 07:00 anna faults: opened fan",
    ),
    "just before the night it waits as well": (
        {},
        "11-23 19:59:30 + camera",
        "11-24 07:10",
        "11-24 07:00 anna faults: opened camera",
    ),
    "the weekend is quiet": (
        {},
        "11-27 20:30 + camera",
        "11-30 12:00",
        "11-30 07:00 anna faults: opened camera",
    ),
    "so are holidays and what is between": (
        {},
        "12-24 10:00 + camera",
        "12-28 12:00",
        "12-28 07:00 anna faults: opened camera",
    ),
    "a half-day is a day": (
        {},
        "04-30 14:00 + camera",
        "04-30 15:00",
        "04-30 14:01 anna faults: opened camera",
    ),
    "the night of 25 hours": (
        {"routes": [{"id": "all"}], "awake": "01:00-02:30"},
        "10-23 12:00 + camera",  # a Friday; on Monday by the new clock
        "10-26 12:00",
        "10-26 01:00 anna faults: opened camera",
    ),
    "urgent at night, and so is its end": (
        {"routes": [{"id": "vc", "codes": ["peripheral_missing"], "urgent": True}, ALL]},
        """
        11-28 03:00 + camera fan
        11-28 03:30 - camera
        """,
        "11-30 12:00",
        """
        11-28 03:01 anna faults: opened camera
        11-28 03:31 anna faults: resolved camera
        11-30 07:00 anna faults: opened fan
        """,
    ),
    "what waits for the morning becomes urgent": (
        {"routes": [ALL | {"send": "now"}, {"id": "e", "severity": ["error"], "urgent": True}]},
        """
        11-23 22:00 + filter
        11-23 23:00 + filter!
        """,
        "11-24 08:00",
        "11-23 23:01 anna faults: opened filter",
    ),
    "a route with hours waits for them": (
        {"routes": [{"id": "av", "hours": {"mon-fri": "12:00-13:00"}}]},
        """
        11-23 10:00 + camera
        11-23 12:30 + fan
        11-23 12:59:30 + panel
        """,
        "11-24 12:00",
        """
        11-23 12:00 anna faults: opened camera
        11-23 12:31 anna faults: opened fan
        11-24 12:00 anna faults: opened panel; reminder camera fan
        """,
    ),
    "hours that never meet the waking ones stand alone": (
        {"routes": [{"id": "night", "hours": {"mon-sun": "22:00-23:00"}}]},
        "11-28 10:00 + camera",
        "11-28 23:00",
        "11-28 22:00 anna faults: opened camera",
    ),
    "infos are not told, reports are": (
        {},
        "11-23 10:00 + air report",
        "11-23 12:00",
        "11-23 10:01 anna faults: opened report",
    ),
    "never": (
        {"routes": [{"id": "all", "send": "never"}]},
        "11-23 10:00 + camera battery",
        "11-24 12:00",
        "",
    ),
    "ten in an hour, then all together when the first leaves it": (
        {"at_most": 2, "routes": [{"id": "all", "remind": None}]},
        """
        11-23 10:00 + camera
        11-23 10:10 + fan
        11-23 10:20 + panel
        11-23 10:40 + report
        """,
        "11-23 14:00",
        """
        11-23 10:01 anna faults: opened camera
        11-23 10:11 anna faults: opened fan
        11-23 11:01 anna faults: opened panel report
        """,
    ),
    "the limit reaches into the night": (
        {"at_most": 1},
        """
        11-23 19:20 + camera
        11-23 19:30 + fan
        """,
        "11-24 07:10",
        """
        11-23 19:21 anna faults: opened camera
        11-24 07:00 anna faults: opened fan
        """,
    ),
    "what belongs to the service goes by the first site": (
        {},
        "11-23 10:00 + store camera",
        "11-23 12:00",
        "11-23 10:01 anna faults: opened camera store",
    ),
    "nobody is told that they cannot be told": ({}, "11-23 10:00 + mail", "11-23 12:00", ""),
}


@pytest.mark.parametrize("case", CASES)
def test_told(case: str) -> None:
    alerts, happens, until, told = CASES[case]
    for kill in (None, 7):
        with a_house(**alerts) as house:
            assert house.play(happens, until, kill=kill) == lines(told)
