"""What a server's reply makes the caller do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from rooms.readings import Point
from storage.influx import InfluxStore
from storage.influx_http import retry_after
from storage.open import open_store
from storage.store import StoreMisconfigured, StoreUnavailable
from tests.servers.certificates import self_signed
from tests.servers.fake_influx import (
    FakeInflux,
    Reply,
    error_in_200,
    fake_influx,
    version_2,
    version_3,
)
from tests.servers.ports import free_port

NOW = 1_790_000_000_000
T = NOW - 60_000


def point(i: int = 0, **fields: float) -> Point:
    tags = {"site": "lycksele", "device": "granen"}
    return Point("presence", tags, T + i, dict(fields) or {"motion": 1.0})


def store_at(url: str, token: str = "secret", retention_s: int | None = None) -> InfluxStore:
    return InfluxStore(url, token=token, retention_s=retention_s, clock=lambda: NOW)


@pytest.fixture
def server() -> Iterator[FakeInflux]:
    with fake_influx() as fake:
        fake.databases = {"rooms": {}, "rooms_history": {}}
        yield fake


@pytest.fixture
def store(server: FakeInflux) -> Iterator[InfluxStore]:
    with closing(store_at(server.url)) as opened:
        yield opened


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_passing_trouble_is_to_be_tried_again(
    server: FakeInflux, store: InfluxStore, status: int
) -> None:
    for body in ({"error": "timeout"}, "<html>Bad gateway</html>"):
        server.replies = [Reply(status, body)] * 2
        with pytest.raises(StoreUnavailable, match=f"HTTP {status}") as caught:
            store.write([point()])
        assert caught.value.retry_after is None
        with pytest.raises(StoreUnavailable):
            list(store.read("presence", {}, 0, NOW))
    assert store.write([point()]) == []


def test_429_says_how_long_to_wait(server: FakeInflux, store: InfluxStore) -> None:
    server.replies = [Reply(429, {"message": "rate limit"}, {"Retry-After": "17"})]
    with pytest.raises(StoreUnavailable) as caught:
        store.write([point()])
    assert caught.value.retry_after == 17.0


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, None),
        ("0", 0.0),
        ("120", 120.0),
        ("Mon, 21 Sep 2026 14:14:20 GMT", 60.0),  # NOW is 14:13:20
        ("Mon, 21 Sep 2026 14:00:00 GMT", 0.0),
        ("soon", None),
        ("-5", None),
        ("²", None),
    ],
)
def test_retry_after_is_seconds_or_a_date(header: str | None, seconds: float | None) -> None:
    assert retry_after(header, NOW) == seconds


@pytest.mark.parametrize(
    ("reply", "line"),
    [
        (Reply(401, {"message": "unauthorized access"}), "Correct RUMSKOLL_INFLUX_USER"),
        (Reply(401, "<html>login</html>"), "Correct RUMSKOLL_INFLUX_USER"),
        (Reply(403, {"message": "insufficient permissions"}), 'no right to "rooms" .insuff'),
        (Reply(404, {"error": 'database not found: "rooms"'}), 'no database "rooms"'),
        (Reply(200, {"results": [{"error": "database not found: rooms"}]}), 'no database "rooms"'),
        (Reply(200, {"results": [{"error": "not authorized to write"}]}), 'no right to "rooms"'),
        (Reply(404, "404 page not found"), "not as InfluxDB does"),
        (Reply(200, "<html>Welcome</html>"), "not as InfluxDB does"),
        (Reply(400, "Client sent an HTTP request to an HTTPS server."), "not as InfluxDB does"),
        (Reply(400, "<html>Bad request</html>"), "not as InfluxDB does"),
        (Reply(302, "", {"Location": "https://elsewhere.example/"}), "not as InfluxDB does"),
        (Reply(405, "<html>not allowed</html>"), "not as InfluxDB does"),
    ],
)
def test_a_person_must_act_and_no_point_is_given_up(
    server: FakeInflux, store: InfluxStore, reply: Reply, line: str
) -> None:
    server.replies = [reply]
    with pytest.raises(StoreMisconfigured, match=line) as caught:
        store.write([point(), point(1)])
    assert "\n" not in str(caught.value)
    assert caught.value.render("sv") != str(caught.value)
    server.replies = [reply]
    with pytest.raises(StoreMisconfigured, match=line):
        store.last("presence", {}, NOW)


def test_the_server_may_say_what_is_wrong_in_three_places() -> None:
    for personality in (version_2, version_3, error_in_200):
        with fake_influx(personality) as server:
            server.databases = {"rooms": {}, "rooms_history": {}}
            server.keep("rooms", f'presence,device=x,site=y motion="text" {T}')
            with closing(store_at(server.url)) as store:
                (refused,) = store.write([point()])
            assert 'field type conflict: input field "motion"' in refused.reason


@pytest.mark.parametrize("status", [410, 451])
def test_other_client_errors_are_permanent_for_that_payload(
    server: FakeInflux, store: InfluxStore, status: int
) -> None:
    server.replies = [Reply(status, {"error": "no"})]
    points = [point(i) for i in range(3)]
    assert [r.point for r in store.write(points)] == points
    assert server.posts == ["/write"]


def test_a_batch_that_is_too_large_is_split(server: FakeInflux, store: InfluxStore) -> None:
    server.replies = [Reply(413, "<html>Too large</html>")]
    points = [point(i) for i in range(10)]
    assert store.write(points) == []
    assert len(server.posts) == 3
    assert list(store.read("presence", {}, 0, NOW)) == points


def test_a_line_that_is_too_large_on_its_own_is_refused(
    server: FakeInflux, store: InfluxStore
) -> None:
    server.replies = [Reply(413, {"error": "Request Entity Too Large"})]
    (refused,) = store.write([point()])
    assert refused.reason == "Request Entity Too Large"


def test_beyond_retention_is_permanent_whatever_the_status(
    server: FakeInflux, store: InfluxStore
) -> None:
    server.expired_before["rooms"] = T + 5  # the server keeps less than we were told
    points = [point(i) for i in range(40)]
    refused = store.write(points)  # the fake answers with 500
    assert [r.point for r in refused] == points[:5]
    assert all("beyond retention policy" in r.reason for r in refused)
    assert list(store.read("presence", {}, 0, NOW)) == points[5:]


def test_expired_points_are_not_even_sent(server: FakeInflux) -> None:
    with closing(store_at(server.url, retention_s=60)) as store:
        (refused,) = store.write([point(-1)])
        assert refused.reason.startswith("expired")
        assert server.posts == []


def test_at_most_5000_lines_a_write(server: FakeInflux, store: InfluxStore) -> None:
    store.write([point(i) for i in range(5001)])
    assert server.posts == ["/write"] * 2


def test_bisecting_asks_no_more_than_it_must(server: FakeInflux, store: InfluxStore) -> None:
    server.keep("rooms", f'presence,device=x,site=y people="text" {T}')
    points = [point(i) for i in range(1023)] + [point(2000, people=1.0)]
    assert len(store.write(points)) == 1
    assert len(server.posts) == 21  # once whole, then two halves for each of 10 halvings


def test_points_go_to_the_database_of_their_measurement(
    server: FakeInflux, store: InfluxStore
) -> None:
    account = Point("account", {"site": "s", "source": "av", "device": "d"}, T, {"stored": 1.0})
    slot = Point("room_slot", {"site": "s", "room": "r"}, T, {"known_s": 300.0})
    assert store.write([account, point(), slot]) == []
    assert set(server.databases["rooms"]) == {"presence", "room_slot"}
    assert set(server.databases["rooms_history"]) == {"account"}


def test_a_connection_that_was_closed_loses_nothing(server: FakeInflux, store: InfluxStore) -> None:
    store.write([point()])
    server.replies = [None]
    assert store.write([point(1)]) == []
    assert [p.time for p in store.read("presence", {}, 0, NOW)] == [T, T + 1]


def test_a_server_that_always_hangs_up_is_unavailable(
    server: FakeInflux, store: InfluxStore
) -> None:
    server.replies = [None] * 2
    with pytest.raises(StoreUnavailable, match="does not answer"):
        store.write([point()])


def test_nobody_there() -> None:
    with closing(store_at(f"http://127.0.0.1:{free_port()}")) as store:
        for act in (store.check, lambda: store.write([point()])):
            with pytest.raises(StoreUnavailable, match="does not answer"):
                act()


def test_a_name_that_does_not_exist_is_no_traceback() -> None:
    with closing(store_at("http://influx.invalid:8086")) as store, pytest.raises(StoreUnavailable):
        store.check()


def test_a_cut_reply_is_never_taken_for_the_whole(server: FakeInflux, store: InfluxStore) -> None:
    series = {"columns": ["time", "motion", "site", "device"], "values": [[T, 1, "s", "d"]]}
    server.replies = [Reply(200, {"results": [{"series": [series | {"partial": True}]}]})]
    with pytest.raises(StoreMisconfigured, match="max-row-limit"):
        list(store.read("presence", {}, 0, NOW))


def test_a_question_that_fails_is_tried_again_later(server: FakeInflux, store: InfluxStore) -> None:
    server.replies = [Reply(200, {"results": [{"error": "query-timeout limit exceeded"}]})]
    with pytest.raises(StoreUnavailable, match="query-timeout"):
        list(store.read("presence", {}, 0, NOW))


def test_check_asks_for_both_databases(server: FakeInflux, store: InfluxStore) -> None:
    store.check()
    assert server.databases == {"rooms": {}, "rooms_history": {}}
    del server.databases["rooms_history"]
    with pytest.raises(StoreMisconfigured, match='no database "rooms_history"'):
        store.check()


def test_wrong_token(server: FakeInflux) -> None:
    with closing(store_at(server.url, token="wrong")) as store:
        for act in (store.check, lambda: store.write([point()])):
            with pytest.raises(StoreMisconfigured, match="Correct RUMSKOLL_INFLUX_USER"):
                act()


def test_a_ca_file_that_is_not_there() -> None:
    with pytest.raises(StoreMisconfigured, match=re.escape("no-such.pem")):
        InfluxStore("https://localhost", ca="no-such.pem", retention_s=None, clock=int)


def test_a_certificate_must_be_trusted(tmp_path: Path) -> None:
    certificate = self_signed(tmp_path)
    with fake_influx(certificate=certificate) as server:
        server.databases = {"rooms": {}, "rooms_history": {}}
        with (
            closing(store_at(server.url)) as store,
            pytest.raises(StoreMisconfigured, match=r"not trusted .*\?ca=FILE"),
        ):
            store.check()
        url = f"{server.url}?ca={certificate}"
        with closing(open_store(url, token="secret", clock=int)) as store:
            store.check()
