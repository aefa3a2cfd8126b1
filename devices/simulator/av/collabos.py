"""A simulated Logitech Rally Bar: the CollabOS local interface, with its token."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from devices.simulator.av.https import Answer


@dataclass
class CollabOs:
    """Its state may be changed at any time; ``reply`` answers."""

    password: str = "secret"  # noqa: S105
    state: str = "IDLE"
    muted: bool = False
    people: int | None = None  # older versions do not count
    camera: bool = True
    log_ins: int = field(default=0, init=False)
    _token: str = field(default="", init=False)

    def reply(self, method: str, path: str, headers: Mapping[str, str], body: Any) -> Answer:
        if (method, path) == ("POST", "/api/v1/signin"):
            if not isinstance(body, dict) or body.get("password") != self.password:
                return Answer(401, {"code": 401, "message": "Unauthorized"})
            self.log_ins += 1
            self._token = f"token-{self.log_ins}"
            return Answer(200, {"code": 200, "result": {"auth_token": self._token}})
        if not self._token or headers.get("authorization") != f"Bearer {self._token}":
            return Answer(401, {"code": 401, "message": "Unauthorized"})
        result = self._results().get(path.removeprefix("/api/v1/"))
        if result is None:
            return Answer(404, {"code": 404, "message": "Not found"})
        return Answer(200, {"code": 200, "result": result})

    def expire(self) -> None:
        """The token's 15 minutes are over."""
        self._token = ""

    def _results(self) -> dict[str, Any]:
        return {
            "device": {
                "collabOSVersion": "1.15.200",
                "deviceName": "Rally Bar",
                "serialNumber": "SIMULATED",
                "somethingNew": 1,
            },
            "peripherals": {
                "sights": [
                    {"id": "1", "cameraConnected": self.camera, "microphoneConnected": True}
                ],
                "displays": [{"id": 1, "hdmiPort": 1}],
                "usbDevices": [{"id": "33", "isAudioDevice": True, "name": "Mic Pod"}],
            },
            "insights/device": {
                "deviceState": self.state,
                "micState": "MUTED" if self.muted else "UNMUTED",
            },
            **({} if self.people is None else {"insights/room": self._room()}),
        }

    def _room(self) -> dict[str, Any]:
        air = {"co2": 640, "temp": 21.5, "relativeHumidity": 33}
        return {"occupancyCount": self.people, "environmentalData": air}
