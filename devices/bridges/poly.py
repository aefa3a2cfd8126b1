"""Poly VideoOS (Studio X, G7500): the system's own REST interface.

Resources: Poly, "VideoOS REST API Reference Guide"; the session's path and token changed with
VideoOS 4, both are tried. An answer is known by its shape where the question is not told.
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
_SESSIONS: Final = ("rest/session", "rest/current/session")
_ASKED: Final = (
    "rest/system",
    "rest/system/status",
    "rest/conferences",
    "rest/audio/muted",
    "rest/audio/microphones",
    "rest/cameras/contentstatus",
)
# what the room cannot do without; other parts that are down are a warning
_VITAL: Final = ("ipnetwork", "mr.camera", "mr.audio", "trackablecamera")
_STATUS: Final = "system.status."


def read(answer: bytes, request: str = "") -> Told:
    """What one answer means. Raises ``BadAnswer``."""
    text = answer.decode("utf-8", "replace").strip()
    try:
        value = msgspec.json.decode(text)
    except (ValueError, RecursionError):
        value = text  # some resources answer a bare word
    if isinstance(value, str):
        return _word(value)
    if isinstance(value, bool):
        return _equipment(muted=value)
    if isinstance(value, list):
        return _list(value, request)
    if isinstance(value, dict):
        return _object(value)
    raise BadAnswer(f"{text[:40]!r} is no answer of VideoOS")


def _equipment(**fields: Any) -> Told:
    return {"equipment": {"online": True, **fields}}


def _word(word: str) -> Told:
    if not word.startswith("CONTENT_"):
        raise BadAnswer(f"{word[:40]!r} is no answer of VideoOS")
    return _equipment(sharing=word != "CONTENT_IDLE")


def _object(value: dict[str, Any]) -> Told:
    state, version, uptime = (value.get(k) for k in ("state", "softwareVersion", "uptime"))
    fields: dict[str, Any] = {}
    if isinstance(state, str):
        fields["standby"] = state.upper() == "ASLEEP"
    if isinstance(version, str) and version:
        fields["firmware"] = version
    told = _equipment(**fields)
    if possible("health", "uptime_s", uptime):
        told["health"] = {"uptime_s": uptime}
    return told


def _list(value: list[Any], request: str) -> Told:
    items = [item for item in value if isinstance(item, dict)]
    path = request.lower().rstrip("/ ")
    if path.endswith("microphones") or any("typeInString" in item for item in items):
        return _equipment(peripherals=[_microphone(item) for item in items])
    if path.endswith("status") or any("stateList" in item for item in items):
        return _equipment(diagnostics=_diagnostics(items))
    if len(items) != len(value):
        raise BadAnswer("a list of what is no conference")
    return _equipment(in_call=bool(items))


def _microphone(item: dict[str, Any]) -> dict[str, Any]:
    """Those that are listed are connected."""
    name = item.get("typeInString")
    return {
        "id": f"microphone-{str(item.get('number', ''))[:20]}",
        "name": name[:80] if isinstance(name, str) else "Microphone",
        "type": "microphone",
        "connected": True,
    }


def _diagnostics(items: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Parts that are down; "off" is not configured, and no fault."""
    found = []
    for item in items:
        name, states = item.get("name"), item.get("stateList")
        words = [s for s in states if isinstance(s, str)] if isinstance(states, list) else []
        if isinstance(name, str) and any(word.lower().endswith("down") for word in words):
            part = name.removeprefix(_STATUS)[:60]
            level = "Error" if part in _VITAL else "Warning"
            found.append({"level": level, "type": part, "description": ", ".join(words)[:120]})
    return found


def watch(target: Target, tell: Callable[[Told], None], stop: Event) -> None:
    with Https(target, BRIDGE.port) as https:
        session = _Session(target, https)
        rounds(session.ask, tell, stop, _EVERY_S)


class _Session:
    """Logged in by a cookie, and from VideoOS 4 on a token beside it."""

    def __init__(self, target: Target, https: Https) -> None:
        self._target = target
        self._https = https
        self._headers: dict[str, str] | None = None

    def ask(self) -> Told:
        """All that is asked, laid over each other. Raises ``Lost``, ``Refused``."""
        whole: Told = {}
        understood = 0
        trouble = BadAnswer("no answer")
        for path in _ASKED:
            try:
                told = read(self._get(path), path)
            except BadAnswer as error:  # not every system has all of them
                trouble = error
                continue
            understood += 1
            for kind, fields in told.items():
                whole.setdefault(kind, {}).update(fields)
        if not understood:
            raise Refused(f"what answers there is no VideoOS: {trouble}")
        return whole

    def _get(self, path: str) -> bytes:
        for _ in range(2):
            if self._headers is None:
                self._log_in()
            try:
                return self._https.get(path, self._headers)
            except LoggedOut:
                self._headers = None
        raise Refused("it logs us out at once")

    def _log_in(self) -> None:
        body = {"user": self._target.username, "password": self._target.password}
        for path in _SESSIONS:
            try:
                _, headers = self._https.post(path, {"action": "Login", **body})
            except LoggedOut:
                raise Refused("the name or password is wrong") from None
            except BadAnswer:
                continue  # the other version's path
            token = headers.get("X-XSRF-Token") or self._https.cookie("XSRF-TOKEN", "XSRF_TOKEN")
            self._headers = {"X-XSRF-Token": token} if token else {}
            return
        raise Refused("what answers there has no VideoOS session")


BRIDGE: Final = Bridge("poly", "poly-videoos", 443, read, watch)
