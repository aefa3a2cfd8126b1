"""A narrow window equals the same part of a wide one, whatever the devices said."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from rooms.devicemodels import Evidence
from rooms.intervals import clip, total, union
from rooms.occupancy import DeviceHistory, Sample, Timeline, padding, room_now, room_timeline

MIN = 60_000
SPAN = 60 * 60 * MIN  # 60 h: memory is 24 h
FLAG = st.sampled_from([0.0, 1.0])
FIELDS: dict[str, st.SearchStrategy[float]] = {
    "motion": st.just(1.0),
    "motion_count": st.sampled_from([0.0, 3.0, 3.0]),
    "occupied": FLAG,
    "room_in_use": FLAG,
    "people": st.sampled_from([0.0, 1.0, 4.0]),
    "in_total": st.sampled_from([0.0, 1.0, 2.0, 65535.0]),
    "in_call": FLAG,
    "online": FLAG,
    "backlog": st.just(1.0),
    "co2_ppm": st.just(500.0),
}
KINDS: dict[Evidence, list[str]] = {
    "motion": ["motion", "motion_count", "occupied"],
    "presence": ["occupied", "room_in_use"],
    "count": ["people"],
    "line": ["in_total"],
    "call": ["in_call"],
}
# Around the limits: bridge and company 10 min, shortest stay 2 min, known 25 and 45 min.
STEPS = [
    *(0, 1, 999, 29_000, MIN, 90_000, 2 * MIN, 5 * MIN, 9 * MIN, 10 * MIN, 10 * MIN + 1),
    *(11 * MIN, 12 * MIN, 20 * MIN, 24 * MIN, 25 * MIN, 26 * MIN, 44 * MIN, 45 * MIN),
]
PLACES = st.lists(
    st.tuples(st.integers(0, 60 * 60), st.integers(1, 20 * 60)), min_size=1, max_size=2
).map(lambda ab: union((a * MIN, (a + b) * MIN) for a, b in ab))


@st.composite
def samples(draw: Any, evidence: tuple[Evidence, ...], start: int) -> list[Sample]:
    own = [name for kind in evidence for name in KINDS[kind]]
    kinds = st.one_of(
        st.sampled_from(own).map(lambda name: (name,)),
        st.sampled_from([("co2_ppm",), ("online",), (own[0], "backlog"), (own[-1], "backlog")]),
    )
    time = start
    out = []
    heartbeat = draw(st.sampled_from([0, 0, 0, 5, 24]))  # hours of life without evidence
    for step, names in draw(st.lists(st.tuples(st.sampled_from(STEPS), kinds), max_size=12)):
        time += step
        out.append(Sample(time, {name: draw(FIELDS[name]) for name in names}))
        if heartbeat and len(out) == 2:
            beats = range(time, time + heartbeat * 60 * MIN, 20 * MIN)
            out += [Sample(beat, {"co2_ppm": 500.0}) for beat in beats]
            time = beats[-1]
    return out


@st.composite
def devices(draw: Any) -> list[DeviceHistory]:
    out = []
    start = 20 * 60 * MIN
    for n in range(draw(st.integers(1, 2))):
        every = draw(st.sampled_from([60, 600]))
        kinds = st.lists(st.sampled_from(list(KINDS)), min_size=1, max_size=2, unique=True)
        evidence = tuple(draw(kinds))
        out.append(
            DeviceHistory(
                f"d{n}",
                evidence,
                every,
                round(draw(st.sampled_from([2.5, 4.5])) * every * 1000),
                draw(st.sampled_from([0, 90, 1200])),
                draw(st.sampled_from([None, "a", "b"])),
                draw(samples(evidence, start + draw(st.sampled_from([0, *STEPS])))),
                draw(st.one_of(st.just([(0, 2 * SPAN)]), st.just([(0, 2 * SPAN)]), PLACES)),
                draw(st.one_of(st.just([]), st.just([]), PLACES)),
            )
        )
    if draw(st.booleans()):  # its hold was changed one day: two histories of one device
        last, when = out[-1], draw(st.sampled_from(moments(out) or [start]))
        out[-1:] = [
            replace(last, placed=clip(last.placed, 0, when)),
            replace(last, placed=clip(last.placed, when, 2 * SPAN), hold=last.hold + 30),
        ]
    return out


def fetched(history: list[DeviceHistory], start: int, stop: int) -> list[DeviceHistory]:
    return [replace(d, samples=[s for s in d.samples if start <= s.time < stop]) for d in history]


def parts(line: Timeline, start: int, stop: int) -> dict[str, list[Any]]:
    """A timeline's content within a window."""
    within: dict[str, list[Any]] = {
        "occupied": clip(line.occupied, start, stop),
        "unknown": clip(line.unknown, start, stop),
        "vacant": clip(line.vacant, start, stop),
    }
    for name in ("people", "evidence"):
        within[name] = sorted(
            (max(a, start), min(b, stop), *rest)
            for a, b, *rest in getattr(line, name)
            if max(a, start) < min(b, stop)
        )
    return within


def moments(history: list[DeviceHistory]) -> list[int]:
    """Whole seconds at and around what was said."""
    times = {s.time + step for d in history for s in d.samples[:8] for step in (0, -MIN, 9 * MIN)}
    return sorted(time - time % 1000 for time in times)


@given(devices(), st.sampled_from([1000, MIN, 15 * MIN]))
def test_narrow_equals_wide(history: list[DeviceHistory], length: int) -> None:
    back, forward = padding(history)
    wide = room_timeline(history, -SPAN, 4 * SPAN, 5 * SPAN)
    for start in moments(history):
        stop = start + length
        some = fetched(history, start - back, stop + forward)
        narrow = room_timeline(some, start, stop, 5 * SPAN)
        assert parts(narrow, start, stop) == parts(wide, start, stop)


@given(devices(), st.integers(0, 40))
def test_narrow_equals_wide_while_live(history: list[DeviceHistory], late: int) -> None:
    back, forward = padding(history)
    for start in moments(history):
        stop = start + MIN
        now = stop + late * MIN
        some = fetched(history, start - back, stop + forward)
        narrow = room_timeline(some, start, stop, now)
        wide = room_timeline(history, start - SPAN, stop + SPAN, now)
        assert parts(narrow, start, stop) == parts(wide, start, stop)


@given(devices())
def test_what_is_settled_stays(history: list[DeviceHistory]) -> None:
    """Nothing that comes after ``known_until`` changes what is before ``settled_until``."""
    final = room_timeline(history, -SPAN, 4 * SPAN, 5 * SPAN)
    for now in moments(history):
        live = room_timeline(history, -SPAN, now, now)
        assert parts(live, -SPAN, live.settled_until) == parts(final, -SPAN, live.settled_until)


@given(devices())
def test_every_second_has_one_state_and_now_agrees(history: list[DeviceHistory]) -> None:
    for stop in moments(history):
        line = room_timeline(history, stop - 60 * MIN, stop, stop)
        states = {"occupied": line.occupied, "unknown": line.unknown, "vacant": line.vacant}
        assert sum(total(spells) for spells in states.values()) == line.stop - line.start
        assert union(one for spells in states.values() for one in spells) == [
            (line.start, line.stop)
        ]
        assert all(a % 1000 == b % 1000 == 0 for spells in states.values() for a, b in spells)
        now = room_now(line)
        assert states[now.state][-1] == (now.since, line.stop)
        assert bool(now.evidence) == (now.state == "occupied")
