"""Mistakes in ``alerts`` and ``maintenance``, and the exact lines that they give."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rooms.registry.fields import length, parse_duration
from rooms.registry.parse import parse_site
from tests.unit.registry.broken import SITE, mistakes
from tests.unit.registry.broken_alerts import WHOLE, given


def test_the_whole_is_in_order() -> None:
    assert given() == []


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        # routes
        (
            "rooms: [granen]\n      kinds",
            "rooms: [grannen]\n      kinds",
            '17: alerts.routes[0].rooms[0]: "grannen" is not a room here. Did you mean "granen"?',
        ),
        (
            "kinds: [vc, display]",
            "kinds: [camera]",
            '18: alerts.routes[0].kinds[0]: "camera" will not do.'
            " Choose from: sensor, vc, display, panel.",
        ),
        (
            "      to: [anna]",
            "      to: []",
            "16: alerts.routes[0].to: the list needs at least one item.",
        ),
        (
            "    - id: granen",
            "    - id: granen\n    - id: granen",
            '16: alerts.routes[1].id: "granen" stands on line 15 already. Use each id once.',
        ),
        (
            "codes: [equipment_error, peripheral_missing]",
            "codes: [battery_low, equipment_warning]",
            "20: alerts.routes[0].severity: the route can never match: none of battery_low,"
            " equipment_warning ever has that severity. Change codes or severity.",
        ),
        (
            "codes: [equipment_error, peripheral_missing]\n      severity: [error]",
            "codes: [reported, air_quality]",
            "18: alerts.routes[0].kinds: the route can never match: reported, air_quality is not"
            " about a device, and so has no kind. Remove kinds.",
        ),
        (
            "kinds: [vc, display]\n      codes: [equipment_error, peripheral_missing]",
            "codes: [broker_down]",
            "17: alerts.routes[0].rooms: the route can never match: broker_down belongs to no"
            " room. Remove rooms.",
        ),
        (
            '{mon-fri: "07:00-20:00"}',
            "{}",
            "21: alerts.routes[0].hours: there are no times here, so the route never holds."
            ' Write for example {mon-fri: "08:00-17:00"}, or remove the line.',
        ),
        (
            "severity: [error]",
            "send: digest",
            "20: alerts.routes[0].send: there is no digest: alerts.digest is null."
            " Give a time of day there, or change send.",
        ),
        (
            "escalate: {after: 1 h, to: [bo]}",
            "escalate: {after: 1 h}",
            '22: alerts.routes[0].escalate.to: "to" is missing. Add it.',
        ),
        (
            "  digest: null",
            "  digest: 7",
            '13: alerts.digest: 7 is not a time of day. Write for example "07:15".',
        ),
        (
            "  digest: null",
            '  room_check: "24:00"',
            '13: alerts.room_check: "24:00" is not a time of day. Write for example "07:15".',
        ),
        # maintenance
        (
            "from: 2026-12-05 08:00",
            "from: 2026-12-05",
            "25: maintenance[0].from: 2026-12-05 is not a date and time from 2000 to 2100."
            ' Write both, for example "2026-12-01 22:00".',
        ),
        (
            "from: 2026-12-05 08:00",
            "from: 2026-02-30 08:00",
            '25: maintenance[0].from: "2026-02-30 08:00" is not a date and time from 2000 to 2100.'
            ' Write both, for example "2026-12-01 22:00".',
        ),
        (
            "lasts: 4 h",
            "lasts: 32 d",
            '26: maintenance[0].lasts: "32 d" is too large. Give at most 31 d.',
        ),
        (
            "FREQ=WEEKLY;BYDAY=SA",
            "every week",
            '27: maintenance[0].repeat: "every week" is not a rule of recurrence. Write for'
            " example FREQ=WEEKLY;BYDAY=SU (DAILY, WEEKLY, MONTHLY or YEARLY; from says when it"
            " begins).",
        ),
        (
            "rooms: [granen]\n    devices",
            "rooms: [gran]\n    devices",
            '28: maintenance[0].rooms[0]: "gran" is not a room here. Did you mean "granen"?',
        ),
        (
            "    devices: [oga]",
            "    devices: [ogat]",
            '29: maintenance[0].devices[0]: "ogat" is not a device here. Did you mean "oga"?',
        ),
        (
            "    codes: [device_silent]",
            "    codes: []",
            "30: maintenance[0].codes: the list needs at least one item.",
        ),
        (
            "maintenance:\n",
            "maintenance:\n  - {id: helg, from: 2026-12-05 08:00, lasts: 1 h, reason: x}\n",
            '25: maintenance[1].id: "helg" stands on line 24 already. Use each id once.',
        ),
    ],
)
def test_one_mistake_gives_one_exact_line(old: str, new: str, line: str) -> None:
    first = str(SITE.count("\n"))
    (found,) = given((old, new))
    # lines are told from the file's beginning
    before, _, rest = line.partition(" already")
    if rest:
        head, _, number = before.rpartition(" ")
        line = f"{head} {int(number) + int(first)} already{rest}"
    assert found == line


@pytest.mark.parametrize(
    "changes",
    [
        [("codes: [equipment_error, peripheral_missing]", "codes: [device_silent, battery_low]")],
        [("codes: [equipment_error, peripheral_missing]", "codes: [reported, equipment_error]")],
        [("severity: [error]", "send: never")],
        # what stands for several devices has their rooms and kinds
        [("codes: [equipment_error, peripheral_missing]", "codes: [source_silent]")],
        [("{below: 15}", "{below: 25}")],
        # what turns a rule off forgets what was set above it
        [("{below: 15}", "{below: 15, clear: 16}"), ("{below: 20, clear: 30}", "false")],
        [
            ("{below: 15}", "{below: 40, clear: 50}"),
            ("device_silent: {intervals: 4}", "battery_low: false"),
            ("{below: 20, clear: 30}", "{clear: 22}"),
        ],
        [("air_quality: false", "air_quality: {above: 900, clear: 900}")],
        [("maintenance:\n", "maintenance: []\nx-unused: &x\n")],
    ],
)
def test_what_is_in_order(changes: list[tuple[str, str]]) -> None:
    found = given(*changes)
    assert [line for line in found if "x-unused" not in line and "maintenance" not in line] == []


def test_what_the_example_shows_in_comments_holds() -> None:
    example = Path(__file__).parents[3].joinpath("examples/lycksele/rooms.yaml").read_text("utf-8")
    before, key, rest = example.partition("\nfaults:\n")
    whole = before + key + re.sub(r"^( +)# ", r"\1", rest, flags=re.MULTILINE)
    assert mistakes(whole) == []
    site = parse_site(whole, "rooms.yaml")
    assert [route.id for route in site.alerts.routes] == ["all", "conference", "server"]
    assert [window.id for window in site.maintenance] == ["christmas", "updates"]
    assert set(site.faults.kinds) | set(site.faults.devices) == {"display", "ripan-radar"}


def test_swedish() -> None:
    text = WHOLE.replace("{below: 15}", "15").replace("4 h", "32 d")
    assert [line.partition(": ")[2] for line in mistakes(SITE + text, "sv")] == [
        "faults.site.battery_low: 15 går inte."
        " Ange gränser, {namn: värde}, eller false för att stänga av regeln.",
        'maintenance[0].lasts: "32 d" är för stort. Ange högst 31 d.',
    ]


@pytest.mark.parametrize("written", ["0", "90 s", "5 min", "2 h", "36 h", "31 d"])
def test_lengths_are_written_as_they_are_read(written: str) -> None:
    assert length(0 if written == "0" else parse_duration(written)) == written
