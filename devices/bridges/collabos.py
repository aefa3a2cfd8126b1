"""Logitech CollabOS (Rally Bar, RoomMate): the device's own HTTPS interface.

Resources: Logitech, "CollabOS Local Network Access API" v1. A token lasts 15 minutes; a device
answers 10 questions a minute (and 5 log-ins), so what seldom changes is asked seldom.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import Any, Final

import msgspec

from devices.bridges.base import BadAnswer, Bridge, Refused, Target, Told
from devices.bridges.https import Https, LoggedOut
from devices.bridges.rounds import rounds
from rooms.values import possible

_EVERY_S: Final = 20.0
_OFTEN: Final = ("api/v1/insights/device", "api/v1/insights/room")
_SELDOM: Final = ("api/v1/device", "api/v1/peripherals")  # every third round
_IN_CALL: Final = {"IDLE": False, "IN_USE": True, "AUDIO_ONLY": True}
_MUTED: Final = {"MUTED": True, "UNMUTED": False}
_CLIMATE: Final = {
    "co2": "co2_ppm",
    "temp": "temperature_c",
    "relativeHumidity": "humidity_pct",
}


def read(answer: bytes, request: str = "") -> Told:  # noqa: ARG001 - known by its shape
    """What one answer means. Raises ``BadAnswer``."""
    try:
        message = msgspec.json.decode(answer)
    except (ValueError, RecursionError):
        raise BadAnswer("it is not JSON") from None
    if not isinstance(message, dict) or message.get("code", 200) != 200:
        raise BadAnswer(f"an error: {str(message)[:80]}")
    result = message.get("result")
    if not isinstance(result, dict):
        raise BadAnswer("there is no result in it")
    told: Told = {"equipment": {"online": True, **_state(result), **_peripherals(result)}}
    climate = _numbers(result.get("environmentalData"))
    if climate:
        told["climate"] = climate
    return told


def _state(result: dict[str, Any]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    version, people = result.get("collabOSVersion"), result.get("occupancyCount")
    if isinstance(version, str) and version:
        fields["firmware"] = version
    if type(people) is int and 0 <= people <= 1000:
        fields["people"] = people
    for name, key, words in (
        ("in_call", "deviceState", _IN_CALL),
        ("muted", "micState", _MUTED),
    ):
        word = result.get(key)
        if isinstance(word, str) and word.upper() in words:
            fields[name] = words[word.upper()]
    surroundings = result.get("environmentalData")
    presence = surroundings.get("presence") if isinstance(surroundings, dict) else None
    if presence in ("OCCUPIED", "UNOCCUPIED"):
        fields["room_in_use"] = presence == "OCCUPIED"
    return fields


def _numbers(given: Any) -> dict[str, Any]:
    """Of a device whose sensor is out of order nothing is told; the rest of its answer counts."""
    if not isinstance(given, dict):
        return {}
    values = {ours: given.get(theirs) for theirs, ours in _CLIMATE.items()}
    return {name: value for name, value in values.items() if possible("climate", name, value)}


def _peripherals(result: dict[str, Any]) -> dict[str, Any]:
    """Those that are listed are connected, but for a Sight, which tells of its parts."""
    lists = {name: result[name] for name in _PARTS if isinstance(result.get(name), list)}
    if not lists:
        return {}
    parts = [
        part
        for name, items in lists.items()
        for item in items
        if isinstance(item, dict)
        for part in _PARTS[name](item)
    ]
    return {"peripherals": parts}


def _part(item: dict[str, Any], kind: str, name: str, *ids: str) -> dict[str, Any]:
    told = next((item[key] for key in ids if isinstance(item.get(key), str | int)), "")
    label = item.get("name")
    return {
        "id": f"{kind}-{told}"[:80],
        "name": label[:80] if isinstance(label, str) and label else name,
        "type": kind,
        "connected": True,
    }


def _usb(item: dict[str, Any]) -> list[dict[str, Any]]:
    kind = "camera" if item.get("isVideoDevice") is True else "microphone"
    known = item.get("isVideoDevice") is True or item.get("isAudioDevice") is True
    return [_part(item, kind if known else "other", "USB device", "id")]


def _sight(item: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {**_part(item, kind, "Sight", "id"), "connected": item.get(told) is not False}
        for kind, told in (("camera", "cameraConnected"), ("microphone", "microphoneConnected"))
    ]


_PARTS: Final[dict[str, Callable[[dict[str, Any]], list[dict[str, Any]]]]] = {
    "displays": lambda item: [_part(item, "display", "Display", "id", "hdmiPort")],
    "ipControllers": lambda item: [_part(item, "touch_panel", "Tap", "serialNumber", "ipAddress")],
    "usbControllers": lambda item: [_part(item, "touch_panel", "Tap", "name")],
    "remotes": lambda item: [_part(item, "remote", "Remote", "macAddress")],
    "sights": _sight,
    "usbDevices": _usb,
}


def watch(target: Target, tell: Callable[[Told], None], stop: Event) -> None:
    with Https(target, BRIDGE.port) as https:
        session = _Session(target, https)
        rounds(session.ask, tell, stop, _EVERY_S)


class _Session:
    def __init__(self, target: Target, https: Https) -> None:
        self._target = target
        self._https = https
        self._token = ""
        self._rounds = 0
        self._whole: Told = {}

    def ask(self) -> Told:
        """This round's answers over those of earlier ones. Raises ``Lost``, ``Refused``."""
        seldom = _SELDOM if self._rounds % 3 == 0 else ()
        understood = 0
        trouble = BadAnswer("no answer")
        for path in (*seldom, *_OFTEN):
            try:
                told = read(self._get(path))
            except BadAnswer as error:  # older versions know nothing of rooms
                trouble = error
                continue
            understood += 1
            for kind, fields in told.items():
                self._whole[kind] = {**self._whole.get(kind, {}), **fields}
        if not understood:
            raise Refused(f"what answers there is no CollabOS: {trouble}")
        self._rounds += 1
        return {kind: {**fields} for kind, fields in self._whole.items()}

    def _get(self, path: str) -> bytes:
        for _ in range(2):
            if not self._token:
                self._log_in()
            try:
                return self._https.get(path, {"Authorization": f"Bearer {self._token}"})
            except LoggedOut:
                self._token = ""
        raise Refused("it logs us out at once")

    def _log_in(self) -> None:
        body = {"username": self._target.username, "password": self._target.password}
        try:
            answer, _ = self._https.post("api/v1/signin", body)
            result = msgspec.json.decode(answer).get("result", {})
            self._token = str(result.get("auth_token") or "")
        except LoggedOut:
            raise Refused("the name or password is wrong") from None
        except (BadAnswer, ValueError, AttributeError):
            raise Refused("what answers there is no CollabOS") from None
        if not self._token:
            raise Refused("the name or password is wrong")


BRIDGE: Final = Bridge("collabos", "logitech-collabos", 443, read, watch)
