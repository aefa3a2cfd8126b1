"""Several people: routes, escalation, and who comes and goes."""

from __future__ import annotations

from typing import Any

import pytest
from alerted import ANNA, BO, CARIN, a_house, lines

TEAM: dict[str, tuple[dict[str, Any], str, str, str]] = {
    "who is in two routes is told once, at the earliest": (
        {
            "routes": [
                {"id": "slow", "to": ["anna"], "hours": {"mon-fri": "13:00-14:00"}},
                {"id": "av", "to": ["bo", "anna"], "kinds": ["vc"]},
                {"id": "digest", "to": ["anna"], "send": "digest"},
            ]
        },
        "11-23 10:00 + camera fan",
        "11-23 14:00",
        """
        11-23 10:01 anna faults: opened camera
        11-23 10:01 bo faults: opened camera
        11-23 13:00 anna faults: opened fan
        """,
    ),
    "by room, code and severity; a gateway by what stands behind it": (
        {
            "routes": [
                {"id": "granen", "to": ["anna"], "rooms": ["granen"]},
                {"id": "sensors", "to": ["bo"], "rooms": ["tallen"], "kinds": ["sensor"]},
                {"id": "fans", "to": ["carin"], "codes": ["equipment_error"]},
                {"id": "infos", "to": ["carin"], "severity": ["info"], "send": "now"},
            ]
        },
        """
        11-23 10:00 + camera fan gateway
        11-23 11:00 + air
        """,
        "11-23 12:00",
        """
        11-23 10:01 anna faults: opened camera
        11-23 10:01 bo faults: opened gateway
        11-23 10:01 carin faults: opened fan
        11-23 11:01 carin faults: opened air
        """,
    ),
    "escalated when nobody answers": (
        {"routes": [{"id": "all", "to": ["anna"], "escalate": {"after": "2h", "to": ["bo"]}}]},
        """
        11-23 10:00 + camera
        11-23 11:00 + fan
        11-23 12:00 ack fan
        11-23 15:00 - camera fan
        """,
        "11-23 18:00",
        """
        11-23 10:01 anna faults: opened camera
        11-23 11:01 anna faults: opened fan
        11-23 12:16 bo faults: escalated camera
        11-23 15:01 anna faults: resolved camera fan
        11-23 15:01 bo faults: resolved camera
        """,
    ),
    "escalation counts waking hours": (
        {"routes": [{"id": "all", "to": ["anna"], "escalate": {"after": "2h", "to": ["bo"]}}]},
        "11-27 19:00 + camera",
        "11-30 09:00",
        """
        11-27 19:01 anna faults: opened camera
        11-30 07:00 anna faults: reminder camera
        11-30 08:16 bo faults: escalated camera
        """,
    ),
    "escalation of what is urgent does not": (
        {
            "routes": [
                {"id": "all", "to": ["anna"], "urgent": True}
                | {"escalate": {"after": "2h", "to": ["bo"]}}
            ]
        },
        "11-28 01:00 + camera",
        "11-28 12:00",
        """
        11-28 01:01 anna faults: opened camera
        11-28 03:16 bo faults: escalated camera
        """,
    ),
    "two steps": (
        {
            "routes": [
                {"id": "a", "to": ["anna"], "escalate": {"after": "4h", "to": ["carin"]}},
                {"id": "b", "to": ["anna"], "escalate": {"after": "2h", "to": ["bo"]}},
            ]
        },
        "11-23 10:00 + camera",
        "11-23 18:00",
        """
        11-23 10:01 anna faults: opened camera
        11-23 12:16 bo faults: escalated camera
        11-23 14:16 carin faults: escalated camera
        """,
    ),
    "it comes back: the time to answer begins anew": (
        {
            "gather": "30 min",
            "routes": [{"id": "a", "to": ["anna"], "escalate": {"after": "2h", "to": ["bo"]}}],
        },
        """
        11-23 10:00 + camera
        11-23 10:40 ack camera
        11-23 13:00 - camera
        11-23 13:20 + camera
        """,
        "11-23 16:00",
        """
        11-23 10:30 anna faults: opened camera
        11-23 16:00 bo faults: escalated camera
        """,
    ),
    "somebody is gone: others are told in their place": (
        {"routes": [{"id": "all", "to": ["anna"], "escalate": {"after": "2h", "to": ["carin"]}}]},
        """
        11-23 06:00 + camera
        11-23 06:30 people bo
        11-23 11:00 people bo carin
        """,
        "11-23 12:00",
        """
        11-23 07:00 bo faults: opened camera
        11-23 11:01 carin faults: escalated camera
        """,
    ),
    "escalated to somebody who is gone: to all maintainers": (
        {"routes": [{"id": "all", "to": ["anna"], "escalate": {"after": "2h", "to": ["dan"]}}]},
        "11-23 10:00 + camera",
        "11-23 18:00",
        """
        11-23 10:01 anna faults: opened camera
        11-23 12:16 bo faults: escalated camera
        """,
    ),
    "somebody is gone for a while: what they know they know": (
        {"routes": [{"id": "all", "to": ["anna"]}]},
        """
        11-23 10:00 + camera
        11-23 10:30 people
        11-23 11:30 people anna
        11-23 12:00 - camera
        """,
        "11-23 13:00",
        """
        11-23 10:01 anna faults: opened camera
        11-23 12:01 anna faults: resolved camera
        """,
    ),
    "nobody at first": (
        {},
        """
        11-23 09:00 people
        11-23 10:00 + camera fan
        11-23 11:00 people carin bo
        """,
        "11-23 12:00",
        "11-23 11:01 bo faults: opened fan camera",
    ),
    "who says that it is mended knows": (
        {},
        """
        11-23 10:00 + report
        11-23 11:00 mended report bo
        """,
        "11-23 12:00",
        """
        11-23 10:01 anna faults: opened report
        11-23 10:01 bo faults: opened report
        11-23 11:01 anna faults: resolved report
        """,
    ),
    "who cannot be reached is not told of it, others are": (
        {},
        "11-23 10:00 + mail",
        "11-23 12:00",
        "11-23 10:01 bo faults: opened mail",
    ),
    "the mail server takes nobody's: those who have another way are told": (
        {},
        """
        11-23 09:00 people anna dan
        11-23 10:00 + mailserver
        11-23 12:00 - mailserver
        """,
        "11-23 13:00",
        """
        11-23 10:01 dan faults: opened mailserver
        11-23 12:01 dan faults: resolved mailserver
        """,
    ),
}


@pytest.mark.parametrize("case", TEAM)
def test_several_people(case: str) -> None:
    alerts, happens, until, told = TEAM[case]
    for kill in (None, 5):
        with a_house(ANNA, BO, CARIN, **alerts) as house:
            assert house.play(happens, until, kill=kill) == lines(told)
