"""What a device kept while nobody heard it: each reading under its own time, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from posting import DAY, HOUR, MIN, NOW, Post, native

from collector.decoders.native import NativeDecoder
from rooms.readings import Decoded, Partial

YES = {"occupied": 1.0}


@pytest.fixture
def post(tmp_path: Path) -> Iterator[Post]:
    post = Post(tmp_path)
    yield post
    post.outbox.close()


def telling(
    monkeypatch: pytest.MonkeyPatch, past: list[int], device: str = "radar", **more: Any
) -> None:
    """Every native message then says this."""
    kept = tuple(Partial("presence", dict(YES), NOW + told) for told in past)
    decoded = Decoded(device, past=kept, **more)
    monkeypatch.setattr(NativeDecoder, "decode", lambda *_: decoded)


def test_each_has_its_own_time_and_is_never_now(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = (Partial("climate", {"co2_ppm": 500.0}),)
    telling(monkeypatch, [-2 * DAY, -HOUR, -7 * DAY - 1, 5 * MIN + 1], partials=now)
    post.send(native("radar", "presence", b"x"))
    assert post.seen == {
        "radar": [(0, {"co2_ppm": 500.0}), (-2 * DAY, YES), (-HOUR, YES)],
    }
    assert post.account == {"radar stored history_out_of_range": 1}


def test_what_is_too_old_as_a_whole_is_set_aside(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    telling(monkeypatch, [-8 * DAY, -9 * DAY])
    post.send(native("radar", "presence", b"x"))
    assert post.account == {"radar quarantined too_old": 1}


def test_a_private_room_keeps_nothing_of_then_either(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    telling(monkeypatch, [-HOUR], device="egen")
    post.send(native("egen", "presence", b"x"))
    assert post.account == {"egen ignored private": 1}


def test_what_could_not_be_used_of_a_message_is_told(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    telling(monkeypatch, [-HOUR], note="truncated")
    post.send(native("radar", "presence", b"x"))
    assert post.account == {"radar stored truncated": 1}
