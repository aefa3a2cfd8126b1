"""Quarantined messages tried again; and an outbox without room (design 3, 4)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from posting import DAY, HOUR, NOW, SITE, Post, native, registry

from collector.incoming import Busy
from rooms.readings import Point
from storage.forwarder import Forwarder
from storage.outbox import Batch, OutboxFull
from storage.store import Refused

NEW = {"id": "ny", "source": "av", "address": "ny", "model": "generic-presence"}


@pytest.fixture
def post(tmp_path: Path) -> Iterator[Post]:
    post = Post(tmp_path)
    yield post
    post.outbox.close()


def replay(post: Post, *, any_age: bool = False) -> None:
    quarantine = post.outbox.quarantine
    quarantine.request_replay(quarantine.ids(), any_age=any_age)
    post.pipeline.idle()


def know_the_new_one(post: Post) -> None:
    placed = [*SITE["placements"], {"device": "ny", "room": "granen"}]
    post.pipeline.use(registry(devices=[*SITE["devices"], NEW], placements=placed))


def test_a_device_that_is_known_by_now(post: Post) -> None:
    post.send(*[native("ny", "presence", {"people": n}) for n in range(3)])
    assert post.account == {"quarantined unknown_device": 3}
    know_the_new_one(post)
    post.send(native("ny", "presence", {"people": 9}, NOW + 2 * DAY))
    replay(post)
    assert post.account == {"ny stored": 4}
    # at their arrival, in order, none hiding another
    assert sorted((time, fields["people"]) for time, fields in post.seen["ny"]) == [
        (0, 0.0),
        (1, 1.0),
        (2, 2.0),
        (2 * DAY, 9.0),
    ]
    assert post.kept == []


def test_a_replay_hides_no_message_of_the_same_moment(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    import collector.decoders.base as base

    with monkeypatch.context() as patch:
        patch.setattr(base, "MAX_PAYLOAD", 13)
        post.send(*[native("radar", "presence", {"people": n}) for n in (1, 100, 3)])
    assert post.account == {"radar stored": 2, "radar quarantined too_large": 1}
    replay(post)
    assert post.account == {"radar stored": 3}
    assert sorted((t, f["people"]) for t, f in post.seen["radar"] if "people" in f) == [
        (0, 1.0),
        (1, 100.0),
        (2, 3.0),
    ]


def test_what_is_still_broken_stays(post: Post) -> None:
    post.send(native("radar", "presence", b"{"), native("ny", "presence", {"people": 1}))
    [newest, *_] = post.outbox.quarantine.newest()
    for _ in range(2):
        replay(post)
        post.pipeline._look_at = 0.0
    assert post.account == {"radar quarantined bad_json": 1, "quarantined unknown_device": 1}
    assert post.kept == [("bad_json", b"{"), ("unknown_device", b'{"people": 1}')]
    [again, *_] = post.outbox.quarantine.newest()
    assert again.time == newest.time
    assert again.replay == 0


def test_too_old_needs_any_age(post: Post) -> None:
    old = {"seq": 4, "people": 2, "time": NOW - 30 * DAY}
    post.send(native("radar", "presence", old))
    replay(post)
    assert post.account == {"radar quarantined too_old": 1}
    post.pipeline._look_at = 0.0
    replay(post, any_age=True)  # its number has been seen, but never stored: no copy
    assert post.account == {"radar stored": 1}
    assert post.seen == {"radar": [(-30 * DAY, {"people": 2.0})]}


def test_the_rest_of_a_cut_message_is_not_tried(post: Post) -> None:
    post.send(native("radar", "presence", b"x" * (2**18 + 1)))
    [row] = post.outbox.quarantine.newest()
    assert (len(row.payload), row.size) == (2**18, 2**18 + 1)
    assert post.outbox.quarantine.request_replay([row.id]) == 0


class Refusing:
    """A store that takes nothing."""

    def write(self, points: list[Point]) -> list[Refused]:
        return [Refused(point, "field type conflict") for point in points]


def test_points_that_the_store_refused_go_to_the_store_again(post: Post) -> None:
    post.send(native("radar", "presence", {"people": 2}))
    forwarder = Forwarder(post.outbox, Refusing(), clock=lambda: NOW, day_of=lambda _: "2026-11-23")  # type: ignore[arg-type]
    assert forwarder.step()
    assert post.outbox.behind("store") == 0
    assert post.account == {"radar stored": 1, "radar refused presence": 1}
    post.outbox.finished("watch", post.outbox.done("store"))
    assert post.points == []
    replay(post)
    assert post.points == [
        Point("presence", {"site": "s", "device": "radar"}, NOW, {"people": 2.0})
    ]
    assert post.account == {"radar stored": 1}
    assert post.kept == []


# ---- no room


class Full:
    """Lets ``room`` commits through."""

    def __init__(self, post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
        self.room = 0
        self._commit = post.outbox.commit
        monkeypatch.setattr(post.outbox, "commit", self)

    def __call__(self, batch: Batch) -> None:
        if not self.room:
            raise OutboxFull("no room")
        self.room -= 1
        self._commit(batch)


def test_no_room_keeps_the_order_and_loses_nothing(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = Full(post, monkeypatch)
    with pytest.raises(Busy, match="no room"):
        post.send(*[native("radar", "presence", {"people": n}) for n in range(3)])
    with pytest.raises(Busy):
        post.send(native("radar", "presence", b"{"))
    with pytest.raises(Busy):
        post.pipeline.retry()
    assert post.account == {}
    full.room = 1
    with pytest.raises(Busy):
        post.pipeline.retry()
    assert post.account == {"radar stored": 3}
    full.room = 9
    post.pipeline.retry()
    post.pipeline.retry()
    post.send(native("radar", "presence", {"people": 3}))
    assert post.account == {"radar stored": 4, "radar quarantined bad_json": 1}
    assert [f["people"] for _, f in post.seen["radar"] if "people" in f] == [0.0, 1.0, 2.0, 3.0]


def test_a_replay_without_room_happens_once(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    post.send(native("ny", "presence", {"people": 1}))
    know_the_new_one(post)
    full = Full(post, monkeypatch)
    with pytest.raises(Busy):
        replay(post)
    full.room = 9
    post.pipeline.retry()
    post.pipeline._look_at = 0.0
    post.pipeline.idle()
    assert post.account == {"ny stored": 1}
    assert post.kept == []


def test_at_the_limit_messages_wait_until_there_is_room(tmp_path: Path) -> None:
    post = Post(tmp_path, limit=100)
    post.send(*[native("radar", "presence", {"people": n}) for n in range(5)])
    with pytest.raises(Busy, match="limit of 100 bytes"):
        post.send(native("radar", "presence", {"people": 5}, NOW + HOUR))
    for consumer in ("store", "watch"):
        post.outbox.finished(consumer, 1)
    post.pipeline.retry()
    assert post.seen == {"radar": [(HOUR, {"people": 5.0})]}
    assert post.account == {"radar stored": 6}
    post.outbox.close()
