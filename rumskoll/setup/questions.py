"""Every question, in the order in which they are asked; the texts are ``init.ask.<key>``."""

from __future__ import annotations

import socket
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from rumskoll.setup import checks

Answers = Mapping[str, Any]


def _always(_: Answers) -> bool:
    return True


def _is(key: str, *values: str) -> Callable[[Answers], bool]:
    return lambda answers: answers.get(key) in values


def _has(key: str) -> Callable[[Answers], bool]:
    return lambda answers: bool(answers.get(key))


def _nothing(_: Answers) -> str | None:
    return None


def _hours(answers: Answers) -> str:
    return "mån-fre 08:00-17:00" if answers["language"] == "sv" else "mon-fri 08:00-17:00"


def _fixed(value: str) -> Callable[[Answers], str]:
    return lambda _: value


def _board(answers: Answers) -> str:
    return f"http://{socket.gethostname()}:8080" if answers["size"] == "docker" else ""


def _sender(answers: Answers) -> str:
    return str(answers["alerts"][0].email)


class Question(NamedTuple):
    """``default``: what Enter means, ``None`` where there must be an answer. ``several``: one a
    line, until an empty one."""

    key: str
    check: Callable[[str], Any]
    default: Callable[[Answers], str | None] = _nothing
    when: Callable[[Answers], bool] = _always
    several: bool = False
    hidden: bool = False


SIZES: Final = ("box", "docker", "influx")
SOURCES: Final = ("chirpstack", "zigbee2mqtt", "native")
BROKERS: Final = ("here", "other")

QUESTIONS: Final = (
    Question("site", checks.name),
    Question("timezone", checks.timezone, _fixed("Europe/Stockholm")),
    Question("hours", checks.hours, _hours),
    Question("rooms", checks.room, several=True),
    Question("partners", checks.partner, _fixed(""), several=True),
    Question("sources", checks.some_of(*SOURCES), _fixed("1")),
    Question("size", checks.one_of(*SIZES), _fixed("1")),
    Question("store", checks.influx, _fixed("http://127.0.0.1:8086"), _is("size", "influx")),
    Question("broker", checks.one_of(*BROKERS), _fixed("1"), _is("size", "box", "influx")),
    Question("mqtt_url", checks.mqtt, when=_is("broker", "other")),
    Question("mqtt_username", checks.any_text, _fixed("rumskoll"), _is("broker", "other")),
    Question("mqtt_password", checks.any_text, _fixed(""), _is("broker", "other"), hidden=True),
    Question("host", checks.host, lambda _: socket.gethostname(), _is("size", "docker")),
    Question("public_url", checks.web, _board),
    Question("alerts", checks.person, _fixed(""), several=True),
    Question("smtp_host", checks.any_text, _fixed(""), _has("alerts")),
    Question("smtp_from", checks.sender, _sender, _has("smtp_host")),
    Question("smtp_username", checks.any_text, _fixed(""), _has("smtp_host")),
    Question("smtp_password", checks.any_text, when=_has("smtp_username"), hidden=True),
)
