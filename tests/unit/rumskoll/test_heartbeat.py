"""The heartbeat: fetched while all is well, told once when it fails."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import structlog

from rumskoll.heartbeat import Heartbeat

URL = "https://watch.example/ping/s3cret"


class Stream(httpx.SyncByteStream):
    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces

    def __iter__(self) -> Iterator[bytes]:
        return self._pieces


class Watchdog:
    """Answers as it is told, and counts."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.status = 200
        self.broken = False

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(str(request.url))
        if self.broken:
            raise httpx.ConnectError(f"cannot reach {request.url}")
        return httpx.Response(self.status)


def test_only_while_all_is_well() -> None:
    dog, wells = Watchdog(), iter([True, False, True])
    heart = Heartbeat(URL, 60, lambda: next(wells), httpx.MockTransport(dog))
    for _ in range(3):
        heart.step()
    assert dog.asked == [URL, URL]


def test_a_failure_and_its_end_are_told_once_and_the_address_never() -> None:
    dog = Watchdog()
    heart = Heartbeat(URL, 60, lambda: True, httpx.MockTransport(dog))
    with structlog.testing.capture_logs() as logs:
        for status, broken in ((200, False), (503, False), (200, True), (200, False), (200, False)):
            dog.status, dog.broken = status, broken
            heart.step()
    assert [(line["event"], line.get("reason")) for line in logs] == [
        ("the heartbeat's address cannot be fetched", "it answers 503"),
        ("the heartbeat's address answers again", None),
    ]
    assert "s3cret" not in str(logs)
    assert len(dog.asked) == 5


def test_a_body_without_end_is_not_read() -> None:
    def endless() -> Iterator[bytes]:
        yield b"x"
        raise AssertionError("read on")

    def answer(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, stream=Stream(endless()))

    Heartbeat(URL, 60, lambda: True, httpx.MockTransport(answer)).step()


def test_without_an_address_there_is_nothing_to_do() -> None:
    Heartbeat("", 60, lambda: True).run()
