"""One person's own office, and panels' tokens: not a byte reaches the disk (design 3, 9)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from posting import DAY, HOUR, MIN, NOW, SITE, Post, checkin, message, native, registry

from collector.incoming import Incoming

SECRET = "HEMLIGT77"


@pytest.fixture
def post(tmp_path: Path) -> Iterator[Post]:
    post = Post(tmp_path)
    yield post
    post.outbox.close()


PRIVATE: list[tuple[Incoming, str]] = [
    (native("egen", "presence", {"people": 7771}), "egen ignored private"),
    (native("egen", "climate", {"co2_ppm": 7771}), "egen ignored private"),
    (native("egen", "equipment", {"people": 7771}), "egen ignored private"),
    (native("egen", "equipment", {"people": 7771, "error_fan": 1}), "egen stored"),
    # broken ones
    (native("egen", "presence", f'{{"people": 7771, "x": {SECRET}'), "egen quarantined bad_json"),
    (native("egen", "presence", {"people": "7771"}), "egen quarantined wrong_type"),
    (native("egen", "climate", {"co2_ppm": 7771_000}), "egen quarantined out_of_range"),
    (native("egen", "presense", {"people": 7771}), "egen quarantined unknown_kind"),
    (
        native("egen", "presence", {"people": 7771, "time": NOW - 30 * DAY}),
        "egen quarantined too_old",
    ),
    (
        message("zigbee2mqtt/egen/pir", f'{{"occupancy": "{SECRET}"}}'),
        "egenpir quarantined wrong_type",
    ),
    # a device that is not known, in a topic that names the room
    (
        native("ny", "presence", {"people": 7771}, room="kontoret"),
        "quarantined unknown_device",
    ),
    (native("ny", "presence", f"{{{SECRET}", room="kontoret"), "quarantined bad_json"),
]


@pytest.mark.parametrize(("incoming", "outcome"), PRIVATE)
def test_nothing_of_a_private_room_is_kept(post: Post, incoming: Incoming, outcome: str) -> None:
    post.send(incoming)
    assert post.account == {outcome: 1}
    assert all("7771" not in str(point.fields) for point in post.points)
    disk = post.on_disk()
    assert SECRET.encode() not in disk
    assert b"7771" not in disk
    assert all(payload == b"" for _, payload in post.kept)


def test_the_same_of_an_open_room_is_kept(post: Post) -> None:
    """The search above would find it."""
    post.send(native("radar", "presence", f'{{"people": 7771, "x": {SECRET}'))
    assert SECRET.encode() in post.on_disk()
    assert b"7771" in post.on_disk()


def test_what_is_withheld_tells_its_size_and_cannot_be_replayed(post: Post) -> None:
    post.send(native("egen", "presence", b'{"people": 7'))
    [row] = post.outbox.quarantine.newest()
    assert (row.payload, row.size, row.detail) == (b"", 12, "")
    assert post.outbox.quarantine.request_replay([row.id]) == 0


@pytest.mark.parametrize("topic", ["checkin", "CheckIn", "check-in", "checkin/x"])
@pytest.mark.parametrize(
    "payload",
    [
        f'{{"partner": "vindel", "token": "{SECRET}"}}',
        f'{{"partner": 5, "token": "{SECRET}"}}',
        f'{{"partner": "vindel", "token": "{SECRET}"',
        f'{{"partner": "vindel", "until": {{"token": "{SECRET}"}}, "token": "{SECRET}"}}',
        f"{SECRET}",
    ],
)
@pytest.mark.parametrize("device", ["panel", "who"])
def test_a_panels_token_is_never_kept(post: Post, topic: str, payload: str, device: str) -> None:
    post.send(native(device, topic, payload, room="tallen"))
    post.send(native(device, topic, payload, room="tallen", retain=True))
    assert SECRET.encode() not in post.on_disk()
    assert sum(post.account.values()) == 2


@pytest.mark.parametrize(
    ("body", "reason", "detail"),
    [
        (
            {"token": SECRET},
            "wrong_token",
            "not a valid token of panel: make a new one with rumskoll keys panel panel",
        ),
        ({"token": None}, "wrong_token", "no token: make one with rumskoll keys panel panel"),
        ({"partner": "vindal"}, "unknown_partner", "'vindal' is no partner's id in s's rooms.yaml"),
        ({"partner": 7}, "wrong_type", ""),
        ({"until": SECRET}, "bad_time", ""),
        ({"time": NOW - 30 * DAY}, "too_old", ""),
    ],
)
def test_a_refused_check_in_says_why_and_shows_no_token(
    post: Post, body: dict[str, object], reason: str, detail: str
) -> None:
    """What is kept has no payload at all, so that it cannot be played again either: a person
    who mends rooms.yaml corrects the time instead."""
    post.send(checkin(**body))
    [row] = post.outbox.quarantine.newest()
    assert (row.reason, row.detail, row.payload, row.device) == (reason, detail, b"", "panel")
    assert post.outbox.quarantine.request_replay([row.id]) == 0
    disk = post.on_disk()
    assert b"t0ken" not in disk
    assert SECRET.encode() not in disk


def test_a_check_in_that_is_stored_leaves_its_token_behind(post: Post) -> None:
    post.send(checkin(until=NOW + HOUR, seq=3), checkin(partner=None, at=NOW + MIN))
    assert post.seen == {
        "panel": [
            (0, {"partner": "vindel", "until": str(NOW + HOUR)}),
            (MIN, {"partner": ""}),
        ]
    }
    assert b"t0ken" not in post.on_disk()


def test_a_forged_check_in_hides_no_other(post: Post) -> None:
    """The panel's own message of that number is no copy of it."""
    post.send(checkin(seq=3, token="x"), checkin(seq=3, token="x"), checkin(seq=3), checkin(seq=3))
    assert post.account == {
        "panel quarantined wrong_token": 2,
        "panel stored": 1,
        "panel duplicate copy": 1,
    }


# ---- dated: the time of the reading decides, not that of its arrival


def dated(folder: Path, private: list[dict[str, object]]) -> Post:
    rooms = [*SITE["rooms"][:2], SITE["rooms"][2] | {"private": private}]
    return Post(folder, registry(rooms=rooms))


@pytest.mark.parametrize(
    ("private", "today", "two_days_ago"),
    [
        ([{"value": True}, {"from": "2026-11-23", "value": False}], "stored", "ignored private"),
        ([{"value": False}, {"from": "2026-11-23", "value": True}], "ignored private", "stored"),
    ],
)
def test_private_from_a_day_on(
    tmp_path: Path, private: list[dict[str, object]], today: str, two_days_ago: str
) -> None:
    post = dated(tmp_path, private)
    post.send(native("egen", "presence", {"people": 1}))
    assert post.account == {f"egen {today}": 1}
    post.send(native("egen", "climate", {"co2_ppm": 400, "time": NOW - 2 * DAY}, NOW + MIN))
    assert post.account == {f"egen {today}": 1, f"egen {two_days_ago}": 1}
    post.outbox.close()


def test_too_old_and_private_then(tmp_path: Path) -> None:
    post = dated(tmp_path, [{"value": True}, {"from": "2026-11-23", "value": False}])
    post.send(native("egen", "presence", {"people": 7771, "time": NOW - 30 * DAY}))
    assert post.kept == [("too_old", b"")]
    post.outbox.close()


def test_a_reloaded_registry_counts_from_the_next_message_on(post: Post) -> None:
    rooms = [room | {"private": True} for room in SITE["rooms"]]
    post.send(native("radar", "presence", {"people": 1}))
    post.pipeline.use(registry(rooms=rooms))
    post.send(native("radar", "presence", {"people": 2}))
    assert post.account == {"radar stored": 1, "radar ignored private": 1}
