"""Messages of known devices that could not be used are told to the fault rules."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from posting import DAY, NOW, Post, native

from storage.schema import check_fields, check_tags


@pytest.fixture
def post(tmp_path: Path) -> Iterator[Post]:
    post = Post(tmp_path)
    yield post
    post.outbox.close()


def failed(post: Post) -> list[tuple[str, int]]:
    """Device and ms from now."""
    for point in post.points:
        check_fields(point, check_tags(point.measurement, point.tags).fields)
    return [(p.tags["device"], p.time - NOW) for p in post.points if p.measurement == "decode"]


def test_each_one_counts(post: Post) -> None:
    post.send(*(native("radar", "presence", "{broken") for _ in range(3)))
    assert failed(post) == [("radar", 0), ("radar", 1), ("radar", 2)]


def test_what_is_too_old_was_understood(post: Post) -> None:
    post.send(native("radar", "presence", {"occupied": True, "time": NOW - 30 * DAY}))
    assert post.account == {"radar quarantined too_old": 1}
    assert failed(post) == []


def test_of_unknown_devices_nothing_is_told(post: Post) -> None:
    post.send(native("nobody", "presence", "{broken"))
    assert failed(post) == []


def test_a_replay_that_fails_again_is_no_news(post: Post) -> None:
    post.send(native("radar", "presence", "{broken"))
    quarantine = post.outbox.quarantine
    quarantine.request_replay(quarantine.ids())
    post.pipeline.replay(quarantine.to_replay())
    assert failed(post) == [("radar", 0)]


def test_in_a_private_room_the_time_is_coarse(post: Post) -> None:
    post.send(native("egen", "presence", "{broken", at=NOW + 61_000))
    assert failed(post) == [("egen", 0)]
