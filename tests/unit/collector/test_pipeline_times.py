"""When a message happened, and what is told of clocks (design 3)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from posting import DAY, HOUR, MIN, NOW, Post, message, native, uplink
from structlog.testing import capture_logs

YES = {"occupied": True}


@pytest.fixture
def post(tmp_path: Path) -> Iterator[Post]:
    post = Post(tmp_path)
    yield post
    post.outbox.close()


@pytest.mark.parametrize(
    ("told", "placed"),
    [
        (0, 0),
        (-7 * DAY, -7 * DAY),
        (-HOUR, -HOUR),
        (5 * MIN, 5 * MIN),
        (5 * MIN + 1, 0),  # a clock that is off: the arrival
        (DAY, 0),
    ],
)
def test_the_devices_time(post: Post, told: int, placed: int) -> None:
    post.send(native("radar", "presence", YES | {"time": NOW + told}))
    assert post.seen == {"radar": [(placed, {"occupied": 1.0})]}


def test_a_late_sign_of_life_is_one_of_then(post: Post) -> None:
    """Of what says nothing that is kept, too: a device is not there because old mail is."""
    post.send(
        native("radar", "presence", {"colour": "red", "time": NOW - HOUR}),
        native("radar", "presence", {"colour": "red", "time": NOW - 8 * DAY}),
        uplink(event="status", time="2026-11-23T08:30:00Z", externalPowerSource=True),
        native("egen", "equipment", {"in_call": True, "time": NOW - HOUR + 1}, room="kontoret"),
    )
    alive = {"alive": 1.0}
    assert post.seen == {
        "radar": [(-HOUR, alive)],
        "luft": [(-HOUR // 2, alive)],
        "egen": [(-HOUR, alive)],  # private: on the grid of five minutes
    }
    assert post.account["radar quarantined too_old"] == 1


def test_unlimited_age(tmp_path: Path) -> None:
    from posting import SITE, registry

    sources = [{"id": "av", "decoder": "native", "max_age": "unlimited"}, *SITE["sources"][1:]]
    post = Post(tmp_path, registry(sources=sources))
    post.send(native("radar", "presence", YES | {"time": NOW - 400 * DAY}))
    assert post.seen == {"radar": [(-400 * DAY, {"occupied": 1.0})]}
    post.outbox.close()


@pytest.mark.parametrize("told", [{}, {"time": NOW + DAY}])
def test_arrivals_are_unique_per_device(post: Post, told: dict[str, int]) -> None:
    post.send(
        *[native("radar", "presence", YES | told | {"people": n}) for n in range(3)],
        native("vc", "status", "online"),
        native("radar", "presence", {"people": 9}, NOW + 1),
    )
    messages = [time for time, fields in post.seen["radar"] if "skew_s" not in fields]
    assert messages == [0, 1, 2, 3]
    assert post.seen["vc"] == [(0, {"online": 1.0})]


def test_arrivals_are_unique_after_a_restart(post: Post) -> None:
    post.send(*[native("radar", "presence", YES) for _ in range(3)])
    post.restart()
    post.send(native("radar", "presence", YES))
    assert [time for time, _ in post.seen["radar"]] == [0, 1, 2, 3]


def test_one_message_has_one_arrival(post: Post) -> None:
    post.send(message("zigbee2mqtt/hall pir", {"occupancy": True, "battery": 90}))
    assert [time for time, _ in post.seen["pir"]] == [0, 0]


def test_backlog_marks_evidence_without_a_time(post: Post) -> None:
    post.send(
        native("radar", "presence", YES, backlog=True),
        native("radar", "presence", YES | {"time": NOW - MIN}, backlog=True),
        native("radar", "climate", {"co2_ppm": 500}, backlog=True),
        native("vc", "equipment", {"in_call": True}, backlog=True),
        native("vc", "equipment", {"in_call": False, "time": NOW + DAY}, backlog=True),
    )
    assert post.seen == {
        "radar": [
            (0, {"occupied": 1.0, "backlog": 1.0}),
            (-MIN, {"occupied": 1.0}),
            (1, {"co2_ppm": 500.0}),
        ],
        "vc": [(0, {"in_call": 1.0, "backlog": 1.0}), (1, {"in_call": 0.0, "backlog": 1.0})],
    }


# ---- clocks


def skews(post: Post) -> list[float | str]:
    return [fields["skew_s"] for _, fields in post.seen.get("radar", []) if "skew_s" in fields]


def clocked(off: int, n: int, every: int = 10 * MIN, **more: bool) -> object:
    at = NOW + n * every
    return native("radar", "presence", YES | {"time": at + off}, at, **more)


@pytest.mark.parametrize(("off", "told"), [(20 * MIN, 1200.0), (-20 * MIN, -1200.0)])
def test_a_clock_that_is_off_is_told_after_three(post: Post, off: int, told: float) -> None:
    post.send(clocked(off, 0), clocked(off, 1))
    assert skews(post) == []
    post.send(clocked(off, 2))
    assert skews(post) == [told]


def test_a_message_of_many_kinds_counts_once(post: Post) -> None:
    time = "2026-11-23T08:00:00Z"  # an hour behind
    both = "AQDiAwo="  # temperature and acceleration, plus what the gateway heard
    rx = [{"rssi": -70, "snr": 7}]
    post.send(uplink(data=both, time=time, rxInfo=rx))
    assert len(post.seen["luft"]) == 2
    assert not any("skew_s" in fields for _, fields in post.seen["luft"])


def test_what_waited_is_no_clock(post: Post) -> None:
    post.send(*[clocked(-HOUR, n, every=1) for n in range(20)])  # all at once
    post.send(*[clocked(-HOUR, n, backlog=True) for n in range(20)])  # in the broker
    assert skews(post) == []


def test_clocks_in_order_are_not_told(post: Post) -> None:
    post.send(*[clocked(4 * MIN, n) for n in range(5)])
    assert skews(post) == []


# ---- rooms named by topics


def test_the_registry_wins_over_the_topic(post: Post) -> None:
    with capture_logs() as logged:
        for _ in range(3):
            post.send(native("radar", "presence", YES, room="tallen"))
    assert post.points[0].tags == {"site": "s", "device": "radar"}
    assert [(entry["log_level"], entry["room"]) for entry in logged] == [("warning", "granen")]
