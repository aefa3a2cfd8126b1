"""What is kept back: by a window, while it flaps, under its gateway."""

from __future__ import annotations

import pytest
from alerted import SENSORS, a_house, lines
from structlog.testing import capture_logs

from storage.state import StoredWindow

HELD = {
    "by a window, and told at its end if it is there still": (
        """
        11-23 09:00 window service 11-23 10:00 2h
        11-23 10:00 + camera fan
        11-23 11:00 - fan
        """,
        "11-23 13:00",
        "11-23 12:01 anna faults: released camera",
        "camera",
        """
        11-23 10:00 opened
        11-23 10:00 held window:service
        11-23 12:00 released window:service
        """,
    ),
    "by a window of one room only": (
        """
        11-23 09:00 window granen 11-23 10:00 2h rooms=granen
        11-23 10:00 + camera fan
        """,
        "11-23 11:00",
        "11-23 10:01 anna faults: opened fan",
        "camera",
        """
        11-23 10:00 opened
        11-23 10:00 held window:granen
        """,
    ),
    "by a window that begins before it was told": (
        """
        11-23 09:59:30 window service 11-23 10:00 2h
        11-23 09:59:40 + camera
        11-23 11:00:00 - camera
        """,
        "11-23 13:00",
        "",
        "camera",
        """
        11-23 09:59:40 opened
        11-23 10:00 held window:service
        11-23 11:00 resolved
        """,
    ),
    "told before the window: that it is over is told after it": (
        """
        11-23 09:00 + camera fan
        11-23 09:30 window service 11-23 10:00 2h
        11-23 10:30 - camera fan
        11-23 11:30 + fan
        """,
        "11-23 13:00",
        """
        11-23 09:01 anna faults: opened fan camera
        11-23 12:01 anna faults: resolved camera
        """,
        "fan",
        """
        11-23 09:00 opened
        11-23 10:00 held window:service
        11-23 10:30 resolved
        11-23 11:30 reopened
        11-23 11:30 held window:service
        11-23 12:00 released window:service
        """,
    ),
    "no reminder in a window": (
        """
        11-23 10:00 + camera
        11-24 09:00 window service 11-24 09:00 4h
        """,
        "11-24 14:00",
        """
        11-23 10:01 anna faults: opened camera
        11-24 13:00 anna faults: reminder camera
        """,
        "camera",
        """
        11-23 10:00 opened
        11-24 09:00 held window:service
        11-24 13:00 released window:service
        """,
    ),
    "while it flaps": (
        """
        11-23 10:00 + camera
        11-23 10:10 - camera
        11-23 10:20 + camera
        11-23 10:25 + flaps
        11-23 10:30 - camera
        11-23 10:35 + camera
        11-23 12:00 - flaps
        """,
        "11-24 08:00",
        """
        11-23 10:01 anna faults: opened camera
        11-23 10:11 anna faults: resolved camera
        11-23 12:01 anna faults: released camera
        """,
        "camera",
        """
        11-23 10:00 opened
        11-23 10:10 resolved
        11-23 10:20 reopened
        11-23 10:25 held flapping
        11-23 10:30 resolved
        11-23 10:35 reopened
        11-23 10:35 held flapping
        11-23 12:00 released flapping
        """,
    ),
    "under its gateway, all forty": (
        f"""
        11-23 10:00 + gateway
        11-23 10:20 + {" ".join(SENSORS)}
        11-23 11:00 - gateway
        11-23 11:05 - {" ".join(SENSORS)}
        """,
        "11-24 12:00",
        """
        11-23 10:01 anna faults: opened gateway
        11-23 11:01 anna faults: resolved gateway
        """,
        "s7",
        """
        11-23 10:20 opened
        11-23 10:20 held under:<gateway>
        11-23 11:05 resolved
        """,
    ),
    "not under its gateway, as it spoke after it": (
        """
        11-23 10:00 + gateway
        11-23 11:00 - gateway
        11-23 11:05 + offline
        11-23 11:05 + report
        """,
        "11-23 11:30",
        """
        11-23 10:01 anna faults: opened gateway
        11-23 11:01 anna faults: resolved gateway
        11-23 11:06 anna faults: opened report
        """,
        "offline",
        "11-23 11:05 opened",
    ),
    "under its gateway, though it opened first; one stays": (
        """
        11-23 09:50 + s1 s2
        11-23 10:00 + gateway
        11-23 11:00 - gateway
        11-23 11:02 + s3 s4
        11-23 11:09 - s2 s4
        """,
        "11-23 12:00",
        """
        11-23 09:51 anna faults: opened s1 s2
        11-23 10:01 anna faults: opened gateway
        11-23 11:01 anna faults: resolved gateway
        11-23 11:10 anna faults: resolved s2; released s3
        """,
        "s1",
        """
        11-23 09:50 opened
        11-23 10:00 held under:<gateway>
        11-23 11:10 released under:<gateway>
        """,
    ),
}


@pytest.mark.parametrize("case", HELD)
def test_held(case: str) -> None:
    happens, until, told, fault, record = HELD[case]
    route = {"id": "all", "send": "now"} if "opened first" in case else {"id": "all"}
    for kill in (None, 3):
        with a_house(routes=[route]) as house:
            assert house.play(happens, until, kill=kill) == lines(told)
            assert house.happened(fault) == lines(record)


def test_a_window_that_cannot_be_read_holds_nothing_up() -> None:
    """It was made by another version: said once, not at every tick."""
    with a_house() as house, capture_logs() as logged:
        house.state.windows.put(StoredWindow("w", "inland", '{"id": "w"}', 0, "bo"))
        told = house.play("11-23 10:00 + camera", "11-23 12:00")
    assert told == "11-23 10:01 anna faults: opened camera"
    assert [line["window"] for line in logged] == ["w"]
