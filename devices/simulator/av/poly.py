"""A simulated Poly Studio X: Poly's VideoOS REST interface, with a session cookie and a token."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from devices.simulator.av.https import Answer

_COOKIE: Final = "simulated-session"
_TOKEN: Final = "simulated-token"  # noqa: S105 - of a device that is not there


@dataclass
class Poly:
    """Its state may be changed at any time; ``reply`` answers."""

    password: str = "secret"  # noqa: S105
    asleep: bool = False
    in_call: bool = False
    muted: bool = False
    sharing: bool = False
    down: tuple[str, ...] = ()  # parts of the system, as in "mr.camera"
    microphones: int = 1
    log_ins: int = field(default=0, init=False)
    _logged_in: bool = field(default=False, init=False)

    def reply(self, method: str, path: str, headers: Mapping[str, str], body: Any) -> Answer:
        if (method, path) == ("POST", "/rest/session"):
            if not isinstance(body, dict) or body.get("password") != self.password:
                return Answer(403, {"success": False, "loginStatus": {"loginResult": "FAILED"}})
            self.log_ins += 1
            self._logged_in = True
            session = {"success": True, "session": {"sessionId": _COOKIE, "role": "ADMIN"}}
            cookies = {"Set-Cookie": f"session_id={_COOKIE}; Path=/", "X-XSRF-Token": _TOKEN}
            return Answer(200, session, cookies)
        logged_in = self._logged_in and _COOKIE in headers.get("cookie", "")
        if not logged_in or headers.get("x-xsrf-token") != _TOKEN:
            return Answer(401, {"error": "not logged in"})
        answers = self._answers()
        return Answer(200, answers[path]) if path in answers else Answer(404, {"error": path})

    def log_out(self) -> None:
        """Forget the session, as after a restart."""
        self._logged_in = False

    def _answers(self) -> dict[str, Any]:
        parts = ("ipnetwork", "mr.camera", "mr.audio", "sipserver", "gatekeeper")
        return {
            "/rest/system": {
                "model": "StudioX30",
                "softwareVersion": "4.1.0",
                "state": "ASLEEP" if self.asleep else "READY",
                "systemName": "Simulated",
                "uptime": 4711.5,
                "somethingNew": {"in": ["later", "versions"]},
            },
            "/rest/system/status": [
                {
                    "langtag": part.upper(),
                    "name": f"system.status.{part}",
                    "stateList": ["down" if part in self.down else "up"],
                }
                for part in parts
            ],
            "/rest/conferences": [{"id": "17", "terminals": []}] if self.in_call else [],
            "/rest/audio/muted": self.muted,
            "/rest/audio/microphones": [
                {"number": n, "state": "MIC_STATE_GREEN", "typeInString": "Table microphone"}
                for n in range(self.microphones)
            ],
            "/rest/cameras/contentstatus": "CONTENT_SENDING" if self.sharing else "CONTENT_IDLE",
        }
