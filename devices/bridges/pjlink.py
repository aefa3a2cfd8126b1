"""PJLink class 1 and 2: displays and projectors over TCP, line by line.

Commands, answers and errors: JBMIA, "PJLink Specifications", version 2.11. A device serves few
connections at a time and closes one that is idle for 30 s: each round has a connection of its own.
"""

from __future__ import annotations

import hashlib
import re
import socket
from collections.abc import Callable
from threading import Event
from time import monotonic
from typing import Any, Final

from devices.bridges.base import ANSWER_WITHIN_S, BadAnswer, Bridge, Lost, Refused, Target, Told
from devices.bridges.rounds import rounds

_EVERY_S: Final = 20.0
_MOST: Final = 2048  # bytes of an answer
_ANSWER: Final = re.compile(r"[%]([12])([A-Z0-9]{4})=(.*)")
_GREETING: Final = re.compile(r"PJLINK (0|1 ([!-~]{1,64})|ERRA)", re.IGNORECASE)

_POWER: Final = {"0": "standby", "1": "on", "2": "cooling", "3": "warming"}
_INPUT: Final = {
    "1": "RGB",
    "2": "Video",
    "3": "Digital",
    "4": "Storage",
    "5": "Network",
    "6": "Internal",
}
_FLAGS: Final = ("fan", "lamp", "temperature", "cover", "filter", "other")
_SOUND: Final = {"21": True, "31": True, "11": False, "20": False, "30": False, "10": False}
_BROKEN: Final = "ERR4"  # "projector/display failure"; the others speak of the question


def read(answer: bytes, request: str = "") -> Told:  # noqa: ARG001 - answers name their question
    """What one answer, or several lines of them, means. ``ERR3`` ("unavailable time", as in
    standby) and the greeting only say that it is there. Raises ``BadAnswer``."""
    fields: dict[str, Any] = {"online": True}
    lines = [line.strip() for line in re.split(r"[\r\n]+", _text(answer)) if line.strip()]
    if not lines:
        raise BadAnswer("an empty answer")
    for line in lines:
        if not _GREETING.fullmatch(line):
            fields |= _line(line)
    return {"equipment": fields}


def _text(answer: bytes) -> str:
    if len(answer) > _MOST:
        raise BadAnswer(f"{len(answer)} bytes, expected at most {_MOST}")
    return answer.decode("utf-8", "replace")


def _line(line: str) -> dict[str, Any]:
    match = _ANSWER.fullmatch(line[:5].upper() + line[5:].upper()[:2] + line[7:])
    if match is None:
        raise BadAnswer(f"{line[:40]!r} is no PJLink answer")
    _, command, value = match.groups()
    word = value.strip().upper()
    if re.fullmatch(r"ERR[1-4]", word):
        return {"error_other": 2} if word == _BROKEN else {}
    reader = _READERS.get(command)
    return {} if reader is None else reader(value.strip())


def _power(value: str) -> dict[str, Any]:
    if value not in _POWER:
        raise BadAnswer(f"POWR={value[:20]!r}")
    return {"power": _POWER[value]}


def _input(value: str) -> dict[str, Any]:
    if len(value) != 2 or value[0] not in _INPUT:
        raise BadAnswer(f"INPT={value[:20]!r}")
    return {"input": f"{_INPUT[value[0]]} {value[1].upper()}"}


def _errors(value: str) -> dict[str, Any]:
    if not re.fullmatch("[0-2]{6}", value):
        raise BadAnswer(f"ERST={value[:20]!r}")
    return {f"error_{flag}": int(level) for flag, level in zip(_FLAGS, value, strict=True)}


def _lamp(value: str) -> dict[str, Any]:
    """Hours and lit or not of each lamp; the one that has burnt longest needs care first."""
    if not re.fullmatch(r"\d{1,5} [01]( \d{1,5} [01]){0,7}", value):
        raise BadAnswer(f"LAMP={value[:40]!r}")
    return {"lamp_h": max(int(hours) for hours in value.split()[::2])}


def _mute(value: str) -> dict[str, Any]:
    if value not in _SOUND:
        raise BadAnswer(f"AVMT={value[:20]!r}")
    return {"muted": _SOUND[value]}


_READERS: Final[dict[str, Callable[[str], dict[str, Any]]]] = {
    "POWR": _power,
    "INPT": _input,
    "ERST": _errors,
    "LAMP": _lamp,
    "AVMT": _mute,
    "INNM": lambda value: {"input": value} if value else {},  # class 2: the terminal's own name
    "SVER": lambda value: {"firmware": value} if value else {},  # class 2
}
_ALWAYS: Final = ("POWR", "ERST", "LAMP")
_WHEN_ON: Final = ("INPT", "AVMT")


def watch(target: Target, tell: Callable[[Told], None], stop: Event) -> None:
    rounds(lambda: _ask(target), tell, stop, _EVERY_S)


def _ask(target: Target) -> Told:
    """One connection, and all that it says. Raises ``Lost``, ``Refused``."""
    fields: dict[str, Any] = {}
    with _Conversation(target) as talk:
        second = talk.ask("1", "CLSS").strip() == "2"
        for command in _ALWAYS:
            fields |= talk.told("1", command)
        for command in _WHEN_ON if fields.get("power") == "on" else ():
            fields |= talk.told("1", command)
        if second:
            fields |= talk.told("2", "SVER")
        if second and "input" in fields:
            fields |= talk.named()
    return {"equipment": {"online": True, **fields}}


class _Conversation:
    """One connection. The password's digest stands before the first command."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self._terminal = ""
        self._rest = b""

    def __enter__(self) -> _Conversation:
        address = (self._target.host, self._target.port or BRIDGE.port)
        try:
            self._socket = socket.create_connection(address, ANSWER_WITHIN_S)
        except OSError as error:
            raise Lost(str(error)) from error
        try:
            self._digest = self._greeted()
        except BaseException:
            self._socket.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def told(self, class_: str, command: str, parameter: str = "?") -> dict[str, Any]:
        """What an answer means; one that makes no sense means nothing."""
        value = self.ask(class_, command, parameter)
        if command == "INPT":
            self._terminal = value.strip()
        try:
            return _line(f"%{class_}{command}={value}")
        except BadAnswer:
            return {}

    def named(self) -> dict[str, Any]:
        """The name of the terminal that is shown, "HDMI 2" rather than "Digital 2"."""
        return self.told("2", "INNM", f"?{self._terminal}")

    def ask(self, class_: str, command: str, parameter: str = "?") -> str:
        """The answer's value. Raises ``Lost``, or ``Refused`` where the password is wrong."""
        try:
            self._socket.sendall(f"{self._digest}%{class_}{command} {parameter}\r".encode())
        except OSError as error:
            raise Lost(str(error)) from error
        self._digest = ""
        until = monotonic() + ANSWER_WITHIN_S
        while monotonic() < until:
            line = self._line()
            if line.upper() == "PJLINK ERRA":
                raise Refused("the password is wrong")
            head, equals, value = line.partition("=")
            if equals and head[2:].upper() == command:
                return value
        raise Lost(f"no answer to {command} among much else")

    def _greeted(self) -> str:
        greeting = _GREETING.fullmatch(self._line())
        if greeting is None:
            raise Lost("what answers there does not speak PJLink")
        if greeting[1].upper() == "ERRA":
            raise Refused("it refuses to talk to us")
        if greeting[1] == "0":
            return ""
        if not self._target.password:
            raise Refused("it wants a password")
        mixed = f"{greeting[2]}{self._target.password}"
        return hashlib.md5(mixed.encode(), usedforsecurity=False).hexdigest()  # as specified

    def _line(self) -> str:
        """Up to the next carriage return."""
        until = monotonic() + ANSWER_WITHIN_S
        while b"\r" not in self._rest:
            left = until - monotonic()
            if left <= 0 or len(self._rest) > _MOST:
                raise Lost("no whole answer in time")
            self._socket.settimeout(left)
            try:
                more = self._socket.recv(_MOST)
            except OSError as error:
                raise Lost(str(error)) from error
            if not more:
                raise Lost("it hung up in the middle" if self._rest else "it hung up")
            self._rest += more
        line, _, self._rest = self._rest.partition(b"\r")
        return line.decode("utf-8", "replace").strip()


BRIDGE: Final = Bridge("pjlink", "pjlink-display", 4352, read, watch)
