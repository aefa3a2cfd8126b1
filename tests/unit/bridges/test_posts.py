"""What RoomOS devices post by themselves."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from devices.bridges.base import Told
from devices.bridges.roomos.posts import Posts

SECRET = "s3cret-s3cret-s3cret"


class House:
    def __init__(self) -> None:
        self.heard: list[tuple[str, Told]] = []

    def hear(self, device: str, told: Told) -> bool:
        self.heard.append((device, told))
        return device == "vc"


@pytest.fixture
def house() -> House:
    return House()


@pytest.fixture
def url(house: House) -> Iterator[str]:
    posts = Posts(0, SECRET, house.hear)
    yield f"http://127.0.0.1:{posts.port}"
    posts.close()


def test_posts_are_laid_over_each_other(house: House, url: str) -> None:
    first = {"Status": {"Identification": {"IPAddress": {"Value": "10.0.0.1"}}}}
    first["Status"] |= {"RoomAnalytics": {"PeoplePresence": {"Value": "Yes"}}}  # type: ignore[dict-item]
    count = "<PeopleCount><Current>2</Current></PeopleCount>"
    xml = f"<Status><RoomAnalytics>{count}</RoomAnalytics></Status>"
    assert httpx.post(f"{url}/{SECRET}/vc", json=first).status_code == 200
    assert httpx.post(f"{url}/{SECRET}/vc", content=xml).status_code == 200
    assert house.heard == [
        ("vc", {"equipment": {"online": True, "room_in_use": True}}),
        ("vc", {"equipment": {"online": True, "people": 2, "room_in_use": True}}),
    ]


def test_who_does_not_know_the_secret_is_not_heard(house: House, url: str) -> None:
    assert httpx.post(f"{url}/guess/vc", json={"Status": {}}).status_code == 404
    assert house.heard == []


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [(f"/{SECRET}/vc", b"rubbish", 400), (f"/{SECRET}/other", b'{"Status": {}}', 404)],
)
def test_what_cannot_be_used(url: str, path: str, body: bytes, status: int) -> None:
    assert httpx.post(url + path, content=body).status_code == status


def test_a_post_that_is_too_large_is_refused(url: str) -> None:
    assert httpx.post(f"{url}/{SECRET}/vc", content=b" " * 1_000_001).status_code == 413
