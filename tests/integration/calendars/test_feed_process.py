"""The process that reads a calendar: what goes in and out, and that it can be killed."""

from __future__ import annotations

import os
import sys
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from threading import Event, Thread

import msgspec
import pytest

from collector.calendars.asking import Readers
from collector.calendars.protocol import Reply
from tests.unit.calendars.feeds import calendar, event, request, times
from tests.unit.calendars.serving import plain, serving

FEED = calendar(event("DTSTART:20261103T090000Z", "DURATION:PT1H"))


def python(code: str) -> Readers:
    return Readers(command=(sys.executable, "-c", code))


def test_a_calendar_over_http_and_what_is_new_in_it() -> None:
    with serving(plain(200, FEED.encode(), ETag='"1"')) as served:
        found = Readers().ask(request(served.url))
    assert times(found) == ["11-03 09:00 10:00"]
    assert found.etag == '"1"'
    with serving(plain(304)) as served:
        same = Readers().ask(msgspec.structs.replace(request(served.url), etag='"1"'))
    assert same == Reply(unchanged=True)
    with serving(plain(200, b"<html></html>")) as served:
        assert Readers().ask(request(served.url)).error == "html"


def test_a_slow_drip_is_cut_off() -> None:
    """Every byte is in time; the whole is not."""
    gone, first = Event(), Event()

    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while not gone.wait(0.02):
            handler.wfile.write(b"B")
            first.set()

    with serving(drip) as served:
        assert Readers(wall_s=1.5).ask(request(served.url)) == Reply(error="too_slow")
        gone.set()


def test_stopping_kills_what_runs(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)  # opening it waits for a writer that never comes
    readers, replies = Readers(), list[Reply]()
    thread = Thread(target=lambda: replies.append(readers.ask(request(pipe.as_uri()))))
    thread.start()
    while not readers._children._running:
        assert thread.is_alive()
    readers.stop()
    thread.join(10)
    assert [reply.error for reply in replies] == ["crashed"]
    assert readers._children._running == set()
    assert readers.ask(request(pipe.as_uri())).error == "crashed"  # and starts no other


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("raise SystemExit(3)", Reply(error="crashed", values={"code": 3})),
        ("print('half a {')", Reply(error="crashed", values={"code": 0})),
        ("print('{\"events\": [[1]]}')", Reply(error="crashed", values={"code": 0})),
        ("import os; os.kill(os.getpid(), 11)", Reply(error="crashed", values={"code": -11})),
        ("import os; os.kill(os.getpid(), 14)", Reply(error="too_slow")),
        ("import os; os.kill(os.getpid(), 24)", Reply(error="too_slow")),
    ],
)
def test_a_crash_is_a_clear_error(code: str, error: Reply) -> None:
    assert python(code).ask(request()) == error


def test_no_process_at_all() -> None:
    found = Readers(command=("/nowhere/python",)).ask(request())
    assert found.error == "no_process"


def test_settings_stay_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RUMSKOLL_SIGNING_SECRET", "hemligt")
    monkeypatch.setenv("PLAIN", "x")
    code = "import os,json; print(json.dumps({'values': {k: 1 for k in os.environ}}))"
    values = python(code).ask(request()).values
    assert "PLAIN" in values
    assert not [name for name in values if name.startswith("RUMSKOLL_")]


def test_limits_hold_inside() -> None:
    """Memory: a feed that would need more than its share is told so."""
    code = (
        "from collector.calendars import worker\n"
        "worker.fetch = lambda *_: [bytearray(2**26) for _ in range(64)]\n"
        "worker.main()"
    )
    assert python(code).ask(request()) == Reply(error="too_heavy")
    code = (
        "from collector.calendars import worker\n"
        "worker.PROCESSOR_S = 1\n"
        "def fetch(*_):\n"
        "    while True: pass\n"
        "worker.fetch = fetch\n"
        "worker.main()"
    )
    assert python(code).ask(request()) == Reply(error="too_slow")
