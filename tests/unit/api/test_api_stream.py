"""The live stream: what changes arrives, once, in order; who was away catches up."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from api import tail as tails
from api.access import Caller
from api.problems import Problem
from api.routes import stream as routes
from api.tail import Stream, Tail
from rooms.faults import Finding
from tests.unit.api.house import NOW, House, collector, room

Got = list[tuple[str, str]]


def told(stream: Stream) -> Got:
    """(kind, id or subject) of all that waits."""
    out = []
    while not stream.queue.empty():
        event = stream.queue.get_nowait()
        if event is None:
            out.append(("end", ""))
            continue
        body = json.loads(event.body["sv"])
        out.append((event.kind, body.get("id") or body.get("subject") or ""))
    return out


def run(test: Callable[[], Awaitable[None]]) -> None:
    asyncio.run(test())  # type: ignore[arg-type]


@pytest.fixture
def tail(house: House) -> Tail:
    return Tail(house.parts)


def change(house: House, id_: str, **more: Any) -> None:
    house.state.live.put("room", {id_: room(**more)}, NOW)


def test_changes_reach_every_stream_once_and_in_order(house: House, tail: Tail) -> None:
    async def test() -> None:
        one = await tail.subscribe(None, devices=False)
        two = await tail.subscribe(None, devices=True)
        change(house, "tallen", people=1)
        change(house, "granen", state="vacant")
        change(house, "tallen", people=2)
        house.state.live.put("device", {"granen-pir": {"heard": NOW, "latest": {}}}, NOW)
        house.state.live.put("role", {"collector": collector(received=7)}, NOW)
        await tail.step()
        assert told(one) == [("room", "granen"), ("room", "tallen")]
        assert told(two) == [("room", "granen"), ("room", "tallen"), ("device", "granen-pir")]
        await tail.step()
        assert told(one) == []

    run(test)


def test_a_problem_says_all_that_is_wrong_with_its_subject(house: House, tail: Tail) -> None:
    async def test() -> None:
        stream = await tail.subscribe(None, devices=False)
        low = Finding("battery_low", "granen-pir", "", "warning", NOW)
        house.state.faults.settle({"battery_low"}, [low], NOW)
        await tail.step()
        event = stream.queue.get_nowait()
        assert event is not None
        body = json.loads(event.body["en"])
        assert (event.kind, body["room"]) == ("problem", "granen")
        assert [p["text"] for p in body["problems"]] == ["Low battery since 10:00"]
        house.state.faults.settle({"battery_low"}, [], NOW)
        await tail.step()
        gone = stream.queue.get_nowait()
        assert gone is not None
        assert json.loads(gone.body["sv"])["problems"] == []

    run(test)


def test_who_was_away_catches_up(house: House, tail: Tail) -> None:
    async def test() -> None:
        seen = house.state.live.last_change()
        change(house, "tallen", people=1)
        change(house, "granen", people=1)
        await tail.step()
        stream = await tail.subscribe(seen, devices=False)
        assert told(stream) == [("room", "tallen"), ("room", "granen")]
        stream = await tail.subscribe(seen + 1, devices=False)
        assert told(stream) == [("room", "granen")]
        stream = await tail.subscribe(seen + 2, devices=False)
        assert told(stream) == []

    run(test)


def test_who_was_away_too_long_is_told_to_reload(
    house: House, tail: Tail, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def test() -> None:
        seen = house.state.live.last_change()
        for people in range(5):
            change(house, "tallen", people=people)
        await tail.step()
        with house.state.transaction() as db:
            db.execute("DELETE FROM change WHERE seq <= ?", (seen + 2,))
        assert told(await tail.subscribe(seen + 1, devices=False)) == [("reload", "")]
        assert told(await tail.subscribe(seen + 2, devices=False)) == [("room", "tallen")]
        monkeypatch.setattr(tails, "MOST_CHANGES", 2)
        assert told(await tail.subscribe(seen + 2, devices=False)) == [("reload", "")]
        # a number from another service.db
        assert told(await tail.subscribe(10**9, devices=False)) == [("reload", "")]

    run(test)


def test_a_page_newer_than_our_last_poll_need_not_reload(house: House, tail: Tail) -> None:
    async def test() -> None:
        change(house, "tallen", people=1)
        newest = house.state.live.last_change()
        stream = await tail.subscribe(newest, devices=False)
        assert told(stream) == []

    run(test)


def test_when_the_collector_stops_everybody_is_told(house: House, tail: Tail) -> None:
    async def test() -> None:
        stream = await tail.subscribe(None, devices=False)
        await tail.step()
        assert told(stream) == []
        house.now += 120_000
        await tail.step()
        event = stream.queue.get_nowait()
        assert event is not None
        assert (event.kind, event.body["sv"]) == ("service", '{"current":false}')
        await tail.step()
        assert told(stream) == []

    run(test)


def test_a_slow_stream_is_ended_and_the_others_go_on(
    house: House, tail: Tail, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def test() -> None:
        monkeypatch.setattr(tails, "MOST_WAITING", 2)
        slow = await tail.subscribe(None, devices=False)
        monkeypatch.setattr(tails, "MOST_WAITING", 200)
        quick = await tail.subscribe(None, devices=False)
        for id_ in ("granen", "tallen", "bjorken"):
            change(house, id_, people=5)
        await tail.step()
        assert told(slow) == [("end", "")]
        assert len(told(quick)) == 3
        assert tail.streams == 1

    run(test)


def test_too_many_streams(house: House, tail: Tail, monkeypatch: pytest.MonkeyPatch) -> None:
    async def test() -> None:
        monkeypatch.setattr(tails, "MOST_STREAMS", 2)
        await tail.subscribe(None, devices=False)
        second = await tail.subscribe(None, devices=False)
        with pytest.raises(Problem) as refused:
            await tail.subscribe(None, devices=False)
        assert refused.value.status == 503
        tail.leave(second)
        await tail.subscribe(None, devices=False)

    run(test)


def test_closing_ends_every_stream_and_takes_no_more(house: House, tail: Tail) -> None:
    async def test() -> None:
        stream = await tail.subscribe(None, devices=False)
        tail.close()
        assert told(stream) == [("end", "")]
        with pytest.raises(Problem):
            await tail.subscribe(None, devices=False)

    run(test)


class Asked:
    """The part of a request that the generator of events looks at."""

    def __init__(self, house: House) -> None:
        self.app = house.app


def test_the_text_of_events_and_the_heartbeat(
    house: House, tail: Tail, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def test() -> None:
        monkeypatch.setattr(routes, "BEAT_S", 0.001)
        caller = Caller("viewer", None, "x", "session")
        stream = await tail.subscribe(None, devices=False)
        events = routes._events(Asked(house), caller, tail, stream, "en")  # type: ignore[arg-type]
        assert await anext(events) == f"retry: 3000\nid: {stream.start}\n\n"
        assert await anext(events) == ": still here\n\n"
        change(house, "tallen", people=1)
        await tail.step()
        head, event, data, *rest = (await anext(events)).split("\n")
        assert (head, event, rest) == (f"id: {stream.start + 1}", "event: room", ["", ""])
        assert json.loads(data.removeprefix("data: "))["name"] == "Tallen"
        await events.aclose()
        assert tail.streams == 0

    run(test)


def test_revoking_a_key_ends_its_streams(house: House, tail: Tail) -> None:
    async def test() -> None:
        id_, _ = house.state.access.create_key("viewer", "wall", NOW, kind="display")
        caller = Caller("viewer", None, "wall", "display", id_)
        stream = await tail.subscribe(None, devices=False)
        events = routes._events(Asked(house), caller, tail, stream, "sv")  # type: ignore[arg-type]
        await anext(events)
        house.state.access.revoke(id_, NOW)
        change(house, "tallen", people=1)
        await tail.step()
        assert [text async for text in events] == []
        assert tail.streams == 0

    run(test)
