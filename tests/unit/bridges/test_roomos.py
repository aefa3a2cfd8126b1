"""RoomOS over a real TLS WebSocket, and by polling: feedback laid over, what goes wrong."""

from __future__ import annotations

import json
from threading import Event, Thread
from typing import Any

import pytest
from watching import told

from devices.bridges import BRIDGES
from devices.bridges.base import BadAnswer, Lost, Refused, Target, Told
from devices.bridges.roomos import session
from devices.simulator.av.faults import Fault
from devices.simulator.av.roomos import RoomOs, awake

BRIDGE = BRIDGES["roomos"]


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "ANSWER_WITHIN_S", 1.0)
    monkeypatch.setattr(session, "_SETTLED_S", 0.05)
    monkeypatch.setattr("devices.bridges.https.ANSWER_WITHIN_S", 1.0)


def seen(device: RoomOs, **more: Any) -> Told:
    with device:
        target = {"username": "rumskoll", "password": "secret", "certificate": device.certificate}
        (one,) = told(BRIDGE, device.port, **(target | more))
    return one


IDLE = {
    "online": True,
    "in_call": False,
    "people": 0,
    "room_in_use": False,
    "standby": False,
    "muted": False,
    "firmware": "RoomOS 11.20.1",
    "peripherals": [
        {"id": "1001", "name": "Navigator", "type": "TouchPanel", "connected": True},
        {"id": "camera-1", "name": "Quad Camera", "type": "Camera", "connected": True},
    ],
    "diagnostics": [],
}


def test_what_stands_now() -> None:
    assert seen(RoomOs()) == {"equipment": IDLE}


def test_the_same_by_polling_where_there_is_no_websocket() -> None:
    device = RoomOs(websocket=False)
    assert seen(device) == {"equipment": IDLE}
    assert device.polled == len(session.PATHS)


class Watched:
    """A device that is watched in a thread; ``next`` waits for what is told next."""

    def __init__(self, device: RoomOs) -> None:
        self._stop, self._news, self._heard = Event(), Event(), list[Told]()
        self.ended: Exception | None = None
        target = Target("vc", "127.0.0.1", device.port, device.certificate, "rumskoll", "secret")
        self._thread = Thread(target=self._run, args=(target,))
        self._thread.start()

    def _run(self, target: Target) -> None:
        try:
            BRIDGE.watch(target, self._tell, self._stop)
        except (Lost, Refused) as error:
            self.ended = error
            self._news.set()

    def _tell(self, what: Told) -> None:
        self._heard.append(what)
        self._news.set()

    def next(self) -> dict[str, Any]:
        assert self._news.wait(10)
        self._news.clear()
        return self._heard[-1]["equipment"] if self._heard else {}

    def end(self) -> None:
        self._stop.set()
        self._thread.join(10)
        assert not self._thread.is_alive()


@pytest.fixture
def device() -> Any:
    with RoomOs() as made:
        yield made


@pytest.fixture
def watched(device: RoomOs) -> Any:
    watched = Watched(device)
    yield watched
    watched.end()


def test_a_call_comes_and_goes(device: RoomOs, watched: Watched) -> None:
    watched.next()
    device.change({"SystemUnit": {"State": {"NumberOfActiveCalls": 1, "System": "InCall"}}})
    assert watched.next() == {**IDLE, "in_call": True}
    device.change({"SystemUnit": {"State": {"NumberOfActiveCalls": 0}}})
    assert watched.next() == IDLE


def test_a_peripheral_that_is_gone_is_gone(device: RoomOs, watched: Watched) -> None:
    watched.next()
    device.change({"Peripherals": {"ConnectedDevice": [{"id": "1001", "ghost": True}]}})
    (camera,) = watched.next()["peripherals"]
    assert camera["type"] == "Camera"
    device.change({"Cameras": {"Camera": [{"id": "1", "Connected": "False"}]}})
    (camera,) = watched.next()["peripherals"]
    assert camera["connected"] is False


def test_a_diagnostic_message_and_its_end(device: RoomOs, watched: Watched) -> None:
    watched.next()
    message = {"id": "4", "Level": "Error", "Type": "TouchPanel", "Description": "No panel"}
    device.change({"Diagnostics": {"Message": [message]}})
    assert watched.next()["diagnostics"] == [
        {"level": "Error", "type": "TouchPanel", "description": "No panel"}
    ]
    device.change({"Diagnostics": {"Message": [{"id": "4", "ghost": "True"}]}})
    assert watched.next()["diagnostics"] == []


def test_a_dropped_connection(device: RoomOs, watched: Watched) -> None:
    watched.next()
    device.hang_up()
    watched.next()
    assert isinstance(watched.ended, Lost)


@pytest.mark.parametrize(
    ("analytics", "expected"),
    [
        ({"PeopleCount": {"Current": -1}, "PeoplePresence": "Unknown"}, {}),
        ({"PeopleCount": {"Current": -1}, "PeoplePresence": "Yes"}, {"room_in_use": True}),
        ({"PeopleCount": {"Current": 3}}, {"people": 3, "room_in_use": True}),
        (
            {"PeopleCount": {"Current": 0}, "PeoplePresence": "No", "RoomInUse": "True"},
            {"people": 0, "room_in_use": True},
        ),
    ],
)
def test_whether_the_room_is_in_use(analytics: Any, expected: dict[str, Any]) -> None:
    got = seen(RoomOs(status={**awake(), "RoomAnalytics": analytics}))["equipment"]
    assert {name: got[name] for name in ("people", "room_in_use") if name in got} == expected


@pytest.mark.parametrize("websocket", [True, False])
def test_a_wrong_password(websocket: bool) -> None:
    with pytest.raises(Refused, match="password is wrong"):
        seen(RoomOs(websocket=websocket), password="wrong")


@pytest.mark.parametrize("certificate", [None, ":".join(["ab"] * 32)])
def test_no_password_for_another_certificate(certificate: str | None) -> None:
    with pytest.raises(Refused, match="certificate"):
        seen(RoomOs(), certificate=certificate)


@pytest.mark.parametrize("fault", ["drop", "half", "slow", "garbage"])
def test_answers_that_go_wrong(fault: Fault) -> None:
    with pytest.raises(Lost):
        seen(RoomOs(fault=fault))


@pytest.mark.parametrize("fault", ["half", "garbage"])
def test_polled_answers_that_go_wrong(fault: Fault) -> None:
    with pytest.raises(Refused, match="no RoomOS"):
        seen(RoomOs(fault=fault, websocket=False))


def test_nobody_there() -> None:
    with RoomOs() as device:
        port = device.port
    with pytest.raises(Lost):
        told(BRIDGE, port)


BOMB = (
    '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><Status><Standby>&b;</Standby></Status>'
)


@pytest.mark.parametrize("answer", ["", "hello", "[1]", "<Status>", BOMB, '{"a":' * 40 + "1"])
def test_what_makes_no_sense(answer: str) -> None:
    with pytest.raises(BadAnswer):
        BRIDGE.read(answer.encode(), "")


def test_too_deep() -> None:
    deep: Any = "x"
    for _ in range(60):
        deep = {"a": deep}

    with pytest.raises(BadAnswer, match="deeply"):
        BRIDGE.read(json.dumps({"Status": deep}).encode(), "")
