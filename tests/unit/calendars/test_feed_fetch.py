"""Fetching: validators, sizes, redirects, errors that tell the host and no more."""

from __future__ import annotations

import os
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from collector.calendars.fetch import Fetched, _Redirects, _request, fetch
from collector.calendars.protocol import FeedError
from tests.servers.ports import free_port
from tests.unit.calendars.serving import Answer, plain, serving


def refused(url: str, **given: int) -> tuple[str, dict[str, str | int]]:
    with pytest.raises(FeedError) as caught:
        fetch(url, **given)
    return caught.value.key, caught.value.values


def test_validators_come_back() -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        same = handler.headers.get("If-None-Match") == '"1"'
        found = plain(304) if same else plain(200, "å".encode(), ETag='"1"', Last_Modified="Mon")
        found(handler)

    with serving(answer) as served:
        assert fetch(served.url) == Fetched("å", '"1"', "Mon")
        assert fetch(served.url, '"1"', "Mon") == Fetched(None, '"1"', "Mon")
        first, second = (headers for _, headers in served.asked)
    assert first["If-None-Match"] is first["If-Modified-Since"] is None
    assert second["If-Modified-Since"] == "Mon"


def test_credentials_and_odd_addresses() -> None:
    with serving(plain(200, b"x")) as served:
        fetch(served.url.replace("//", "//elin:hem%3Alig@") + "/å/b?c=d%20e&f=ö")
    [(path, headers)] = served.asked
    assert path == "/%C3%A5/b?c=d%20e&f=%C3%B6"
    assert headers["Authorization"] == "Basic ZWxpbjpoZW06bGln"  # elin:hem:lig
    assert _request("webcal://a.example/x", None, None).full_url == "https://a.example/x"


@pytest.mark.parametrize(
    ("answer", "key"),
    [
        (plain(401), "not_allowed"),
        (plain(403), "not_allowed"),
        (plain(404), "gone"),
        (plain(500), "status"),
        (plain(302, Location="/again"), "redirects"),
        (plain(302, Location="file:///etc/passwd"), "redirects"),
        (plain(302, Location="ftp://127.0.0.1/x"), "redirects"),
        (plain(302), "redirects"),
        (plain(304), "status"),  # nothing was read before: there is no "unchanged"
        (plain(200, b"abc", Content_Length="9"), "cut_off"),
        (plain(200, b"fff\r\nabc", Transfer_Encoding="chunked"), "garbled"),
        (lambda handler: None, "garbled"),
        (lambda handler: handler.wfile.write(b"HTTP/9 hej\r\n\r\n") and None, "garbled"),
    ],
)
def test_answers_that_are_no_calendar(answer: Answer, key: str) -> None:
    with serving(answer) as served:
        found, values = refused(served.url.replace("//", "//elin:hemlig@") + "/hemlig/x.ics")
    assert found == key
    assert values.get("host", "127.0.0.1") == "127.0.0.1"
    assert "hemlig" not in str(values)


def test_redirects_lead_on_without_the_password() -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        end = handler.path == "/there"
        (plain(200, b"x") if end else plain(301, Location="/there"))(handler)

    with serving(answer) as served:
        assert fetch(served.url.replace("//", "//a:b@")).text == "x"
    assert [path for path, _ in served.asked] == ["/", "/there"]
    assert served.asked[1][1]["Authorization"] is None


def test_never_from_https_to_http() -> None:
    asked = _request("https://a.example/x", None, None)
    with pytest.raises(FeedError, match="redirect_plain"):
        _Redirects().redirect_request(asked, None, 302, "", None, "http://a.example/x")  # type: ignore[arg-type]


def test_sizes() -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while True:
            handler.wfile.write(b"x" * 65_536)

    with serving(endless) as served:
        assert refused(served.url, most=2**20) == ("too_big", {"mib": 1})
    with serving(plain(200, b"x" * 2**20)) as served:
        assert len(fetch(served.url, most=2**20).text or "") == 2**20


def test_nobody_there() -> None:
    assert refused(f"http://127.0.0.1:{free_port()}/x") == ("unreachable", {"host": "127.0.0.1"})
    assert refused("http://nowhere.invalid/x") == ("unknown_host", {"host": "nowhere.invalid"})


def test_silence() -> None:
    import threading

    done = threading.Event()
    with serving(lambda _: done.wait() and None) as served:
        found = refused(served.url, silence_s=0.05)
        done.set()
    assert found == ("timeout", {"host": "127.0.0.1"})


def test_files(tmp_path: Path) -> None:
    path = tmp_path / "rum å.ics"
    url = path.as_uri()
    assert refused(url) == ("file_missing", {"file": "rum å.ics"})
    path.write_text("en", "utf-8-sig")
    first = fetch(url)
    assert first.text == "en"
    assert fetch(url, first.etag).text is None
    path.write_text("två")
    os.utime(path, ns=(1, 1))
    assert fetch(url, first.etag).text == "två"
    assert refused(url, most=2) == ("too_big", {"mib": 0})
    assert refused(tmp_path.as_uri())[0] == "file_unreadable"
