"""What was typed, as an answer; what cannot be one says why, and is asked again.

The rules are those of rooms.yaml, contacts.yaml and the settings: their own types are asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final, NamedTuple

from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from rooms.registry.fields import WEEKDAYS, Domain, Hours
from rooms.registry.models import Timezone
from rumskoll.contacts import Person
from rumskoll.urls import checked_mqtt, checked_sender, checked_store, checked_web

_SWEDISH: Final = dict(
    zip(("mån", "tis", "ons", "tor", "fre", "lör", "sön"), WEEKDAYS, strict=True)
)
_HOURS: Final = TypeAdapter[Any](Hours)
_DOMAIN: Final = TypeAdapter(Domain)
_ZONE: Final = TypeAdapter(Timezone)


class Wrong(Exception):
    """The text ``init.wrong.<key>`` says what is accepted."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key, self.values = key, values


class NamedRoom(NamedTuple):
    name: str
    seats: int


class NamedPartner(NamedTuple):
    name: str
    domain: str  # "": none


class Told(NamedTuple):
    """Someone who gets alerts."""

    name: str
    email: str


def name(typed: str) -> str:
    if not typed or not typed.isprintable() or len(typed) > 80:
        raise Wrong("name")
    return typed


def timezone(typed: str) -> str:
    return str(_held(_ZONE, typed, "timezone"))


def hours(typed: str) -> dict[str, str]:
    """``mån-tor 07:00-18:00, fre 07:00-17:00``, in either language."""
    found: dict[str, str] = {}
    for part in filter(None, (part.strip() for part in typed.split(","))):
        days, _, span = part.lower().replace("–", "-").rpartition(" ")
        found["-".join(_SWEDISH.get(day, day) for day in re.split(r"\s*-\s*", days))] = span
    if not found:
        raise Wrong("hours")
    _held(_HOURS, found, "hours")
    return found


def room(typed: str) -> NamedRoom:
    """``Granen 8``: a name, then its seats."""
    match = re.fullmatch(r"(.*\S)[\s,;:]+(\d{1,5})\D*", typed)
    if match is None or not 1 <= int(match[2]) <= 10_000:
        raise Wrong("room")
    return NamedRoom(name(match[1].rstrip(" ,;:")), int(match[2]))


def partner(typed: str) -> NamedPartner:
    """``Norrsken AB, norrsken.example``; the domain may be left out."""
    told, _, domain = typed.rpartition(",") if "," in typed else (typed, "", "")
    domain = domain.strip().removeprefix("@").lower()
    if domain:
        _held(_DOMAIN, domain, "domain")
    return NamedPartner(name(told.strip()), domain)


def person(typed: str) -> Told:
    """``Anna Berg, anna@arenan.example``."""
    told, _, email = typed.rpartition("," if "," in typed else " ")
    try:
        Person(id="a", name=name(told.strip()), email=email.strip(" <>"))
    except ValidationError:
        raise Wrong("person") from None
    return Told(told.strip(), email.strip(" <>"))


def one_of(*words: str) -> Callable[[str], str]:
    """A word, or its number in the list that the question shows."""

    def check(typed: str) -> str:
        if typed.isdecimal() and 1 <= int(typed) <= len(words):
            return words[int(typed) - 1]
        if typed.lower() not in words:
            raise Wrong("one_of", count=len(words))
        return typed.lower()

    return check


def some_of(*words: str) -> Callable[[str], tuple[str, ...]]:
    one = one_of(*words)

    def check(typed: str) -> tuple[str, ...]:
        chosen = {one(part) for part in re.findall(r"[^\s,;]+", typed)}
        return tuple(word for word in words if word in chosen)

    return check


def host(typed: str) -> str:
    """A computer's name or address, without a port."""
    if not re.fullmatch(r"[A-Za-z0-9](?:[A-Za-z0-9.:-]{0,251}[A-Za-z0-9])?", typed):
        raise Wrong("host")
    return typed


def any_text(typed: str) -> str:
    if not typed.isprintable():
        raise Wrong("name")
    return typed


def _address(accept: Callable[[str], str], key: str) -> Callable[[str], str]:
    def check(typed: str) -> str:
        try:
            return accept(typed)
        except PydanticCustomError:
            raise Wrong(key) from None

    return check


web: Final = _address(checked_web, "web")
mqtt: Final = _address(checked_mqtt, "mqtt")
influx: Final = _address(checked_store, "influx")
sender: Final = _address(checked_sender, "sender")


def _held(type_: TypeAdapter[Any], value: object, key: str) -> Any:
    try:
        return type_.validate_python(value)
    except ValidationError:
        raise Wrong(key) from None
