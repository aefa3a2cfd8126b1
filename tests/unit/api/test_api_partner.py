"""A partner sees the rooms, and no devices: not in evidence, nor in problems."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from api.access import Caller
from api.routes import stream as routes
from api.tail import Stream, Tail
from rooms.faults import Finding
from rooms.readings import Point
from tests.unit.api.house import HOUR, MIN, NOW, PROBLEMS, House, room
from tests.unit.api.test_api_access import call
from tests.unit.api.test_api_stream import Asked


def get(house: House, path: str, role: str = "partner") -> Any:
    answer = call(house, "GET", path, headers=house.key(role) | {"Accept-Language": "en"})
    assert answer.status_code == 200, answer.text
    return answer.json() if path.startswith("/api") else answer.text


def names_devices(house: House, told: object) -> list[str]:
    return [id_ for id_ in house.registry.devices if id_ in str(told)]


def test_rooms_now(house: House) -> None:
    twice = [{"device": f"granen-{it}", "evidence": "motion"} for it in ("pir", "vc")]
    house.state.live.put("room", {"granen": room("occupied", evidence=twice)}, NOW)
    granen = get(house, "/api/v1/rooms/granen")
    assert granen["evidence"] == [{"device": None, "evidence": "motion"}]
    (problem,) = granen["problems"]
    assert (problem["subject"], problem["name"]) == ("granen", "The Spruce")
    assert problem["text"] == "The camera (Quad) has been missing since 08:55"
    for path in ("/api/v1/rooms", "/api/v1/rooms/bjorken", "/", "/tiles/granen", "/summary"):
        assert names_devices(house, get(house, path)) == [], path
    viewers = get(house, "/api/v1/rooms/granen", "viewer")
    assert viewers["evidence"] == twice
    assert viewers["problems"][0]["subject"] == "granen-vc"


def test_a_problem_of_a_device_in_no_room_is_not_told(house: House) -> None:
    site = house.site.model_copy(update={"placements": house.site.placements[1:]})
    house.registry = type(house.registry)([site])  # granen-pir stands nowhere
    low = Finding("battery_low", "granen-pir", "", "warning", NOW)
    house.state.faults.settle({"battery_low"}, [low], NOW)
    codes = {p["code"] for p in get(house, "/api/v1/rooms", "viewer")["problems"]}
    assert codes == {"store_down", "battery_low"}
    assert [p["code"] for p in get(house, "/api/v1/rooms")["problems"]] == ["store_down"]


def test_the_past(house: House) -> None:
    tags = {"site": "lycksele", "device": "renen-antal"}
    add = house.store.points.append
    add(Point("presence", tags, NOW - HOUR, {"people": 2.0}))
    add(Point("presence", tags, NOW - 50 * MIN, {"people": 0.0}))
    path = "/api/v1/rooms/renen/occupancy"
    mine, theirs = get(house, path), get(house, path, "viewer")
    assert [(e["device"], e["evidence"]) for e in mine["evidence"]] == [(None, "count")]
    assert [e["device"] for e in theirs["evidence"]] == ["renen-antal"]
    assert {**mine, "evidence": 0} == {**theirs, "evidence": 0}


def streamed(house: House, role: str, most: int) -> list[tuple[str, Any]]:
    """The first events after granen-pir has a problem and granen has changed."""
    low = Finding("battery_low", "granen-pir", "", "warning", NOW)

    async def test() -> list[tuple[str, Any]]:
        tail = Tail(house.parts)
        stream: Stream = await tail.subscribe(None, devices=False)
        caller = Caller(role, None, "x", "session")  # type: ignore[arg-type]
        events = routes._events(Asked(house), caller, tail, stream, "en")  # type: ignore[arg-type]
        await anext(events)
        house.state.faults.settle({"battery_low"}, [low], NOW)
        evidence = [{"device": "granen-pir", "evidence": "motion"}]
        house.state.live.put("room", {"granen": room("occupied", evidence=evidence)}, NOW)
        await tail.step()
        out = []
        for _ in range(most):
            _, kind, data, *_ = (await anext(events)).split("\n")
            out.append((kind, json.loads(data.removeprefix("data: "))))
        await events.aclose()
        return out

    return asyncio.run(test())


def test_the_stream(house: House) -> None:
    (kind, problem), (_, changed) = streamed(house, "partner", 2)
    assert kind == "event: problem"
    assert (problem["subject"], problem["room"]) == ("granen", "granen")
    # all that is wrong with the room, as that is the subject now
    assert sorted(p["code"] for p in problem["problems"]) == ["battery_low", PROBLEMS[0].code]
    assert changed["evidence"] == [{"device": None, "evidence": "motion"}]
    assert names_devices(house, (problem, changed)) == []


def test_the_stream_of_others_is_as_it_was(house: House) -> None:
    (_, problem), (_, changed) = streamed(house, "viewer", 2)
    assert problem["subject"] == "granen-pir"
    assert changed["evidence"][0]["device"] == "granen-pir"


def test_the_stream_passes_over_a_device_in_no_room(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(house.registry), "room_of", lambda *_: None)
    ((kind, changed),) = streamed(house, "partner", 1)
    assert (kind, changed["id"]) == ("event: room", "granen")
