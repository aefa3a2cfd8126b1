"""Whatever is said: a restart changes nothing but grace, and looking often changes nothing."""

from __future__ import annotations

import json
from typing import Any

from faulty import MIN, House, limits, site
from hypothesis import given
from hypothesis import strategies as st

DEVICES: dict[str, Any] = {
    "pir": "generic-motion@granen",
    "radar": "generic-presence@granen",
    "vc": "cisco-roomos@granen",
    "luft": "elsys-ers-co2@granen",
    "zon": {"source": "zig", "model": "aqara-fp1", "room": "tallen"},
    "dorr": {"source": "zig", "evidence": ["line"], "room": "tallen"},
    "egen": "generic-motion@kontoret",
}
MOVED = [
    {"device": "kring", "room": "tallen", "until": "2026-11-24"},
    {"device": "kring", "room": "granen", "from": "2026-11-24"},
]
# short enough for all of it to happen within a day
SHORT = limits(
    sensor_stuck={"occupied": 7200, "never": 14400, "others": 2},
    device_silent={"clear": 60},
    decode_failing={"running": 2},
    peripheral_missing={"clear": 60},
)
REGISTRY = site(DEVICES | {"kring": {"model": "generic-presence"}}, placements=MOVED, **SHORT)


def parts(*here: bool) -> str:
    return json.dumps(
        [
            {"id": str(n), "name": f"Part {n}", "type": "Camera", "connected": connected}
            for n, connected in enumerate(here)
        ]
    )


SAID = st.one_of(
    st.tuples(st.just("status"), st.fixed_dictionaries({"online": st.integers(0, 1)})),
    st.tuples(
        st.just("presence"),
        st.fixed_dictionaries(
            {},
            optional={
                "occupied": st.integers(0, 1),
                "motion_count": st.integers(0, 2),
                "people": st.integers(0, 2),
                "in_total": st.integers(0, 3),
                "backlog": st.just(1),
            },
        ),
    ),
    st.tuples(
        st.just("climate"), st.fixed_dictionaries({"co2_ppm": st.sampled_from([500, 1100, 1900])})
    ),
    st.tuples(
        st.just("equipment"),
        st.fixed_dictionaries(
            {},
            optional={
                "online": st.integers(0, 1),
                "in_call": st.integers(0, 1),
                "room_in_use": st.integers(0, 1),
                "error_fan": st.integers(0, 2),
                "diagnostics": st.sampled_from(["[]", '[{"level": "Error", "type": "Net"}]']),
                "peripherals": st.builds(parts, st.booleans(), st.booleans()) | st.just("[]"),
            },
        ),
    ),
    st.tuples(
        st.just("health"),
        st.fixed_dictionaries(
            {},
            optional={
                "battery_pct": st.sampled_from([10, 22, 80]),
                "skew_s": st.sampled_from([400, -400]),
                "gateway": st.sampled_from(["east", "west"]),
            },
        ),
    ),
    st.tuples(st.just("decode"), st.just({"failed": 1})),
)
STEP = st.tuples(
    st.sampled_from([0.0, 0.5, 3.0, 10.0, 11.0, 40.0, 200.0]),  # minutes until it is said
    st.sampled_from([*REGISTRY.devices, "source:hus", "source:zig"]),
    SAID,
    st.sampled_from([0.0, 0.0, 0.0, 1.0, 8.0, 90.0]),  # late
    st.booleans(),  # something happens to the engine
)
STEPS = st.lists(STEP, max_size=40)


def say(house: House, step: Any, since: int | None = None) -> None:
    wait, device, (kind, fields), late, _ = step
    house.until(((house.now if since is None else since) - START_MS) / MIN + wait)
    house.say(device, kind, late=late, **fields)


START_MS = House(REGISTRY).now


def same(one: House, other: House) -> None:
    assert one.log == other.log
    assert sorted(one.faults) == sorted(other.faults)


@given(STEPS)
def test_a_restart_is_a_grace(steps: list[Any]) -> None:
    restarted, other = House(REGISTRY), House(REGISTRY)
    for step in steps:
        say(restarted, step)
        say(other, step)
        if step[-1]:
            restarted.restart()
            other.engine.grace(other.now)
    for house in (restarted, other):
        house.until((house.now - START_MS) / MIN + 600)
    same(restarted, other)


@given(STEPS)
def test_looking_often_is_looking_when_due(steps: list[Any]) -> None:
    often, other = House(REGISTRY), House(REGISTRY)
    for step in steps:
        before = often.now
        if step[-1]:
            for part in range(1, 8):
                often.until((before - START_MS) / MIN + step[0] * part / 8)
        say(often, step, before)
        say(other, step)
    for house in (often, other):
        house.until((house.now - START_MS) / MIN + 600)
    same(often, other)


@given(STEPS)
def test_what_is_stored_is_all_that_is_found(steps: list[Any]) -> None:
    """States and records agree, whatever was said, and states stay small."""
    house = House(REGISTRY)
    for step in steps:
        say(house, step)
    standing = set()
    for name, text in house.states.items():
        assert len(text) < 2000
        for code, detail, *_ in json.loads(text)[1]:
            standing.add((code, name.removeprefix("room:"), detail))
    assert standing == {fault.key for fault in house.open}
