"""contacts.yaml: people's addresses and delivery URLs, never kept in rooms.yaml (design 2)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Final, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr
from pydantic_core import PydanticCustomError

from rooms.alerts.message import Recipient
from rooms.registry.checking import entries, known, twice
from rooms.registry.document import Document
from rooms.registry.fields import Id, Model
from rooms.registry.mistakes import Mistake, RegistryError, nearest, shown
from rooms.registry.parse import parse_yaml
from rooms.registry.registry import Registry
from rumskoll.registry_files import decode, read_file
from rumskoll.urls import EMAIL_PATTERN

CALENDAR_SCHEMES: Final = ("https", "http", "webcal", "webcals", "file")


def _email(value: str) -> str:
    if not re.fullmatch(EMAIL_PATTERN, value):
        raise PydanticCustomError("email", "not an e-mail address")
    return value


def _url(value: SecretStr) -> SecretStr:
    if not re.match(r"[A-Za-z][A-Za-z0-9+.-]*://\S+$", value.get_secret_value()):
        raise PydanticCustomError("delivery_url", "not a delivery URL")
    return value


def _calendar(value: SecretStr) -> SecretStr:
    """With a host, or for ``file:`` with an absolute path; anything else names no calendar."""
    url = value.get_secret_value()
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises for one that is none
        named = parts.path.startswith("/") if parts.scheme == "file" else bool(parts.hostname)
    except ValueError:
        named = False
    if not named or parts.scheme not in CALENDAR_SCHEMES or not url.isprintable() or " " in url:
        raise PydanticCustomError("calendar_url", "not a calendar's address")
    return value


class Person(Model):
    """Someone who gets alerts or statements."""

    id: Id
    name: str = Field(min_length=1, max_length=120)
    email: Annotated[str, AfterValidator(_email)] | None = None
    language: Literal["sv", "en"] = "sv"
    roles: tuple[Literal["viewer", "maintainer", "manager"], ...] = Field(
        (), description="maintainer gets alerts, manager drafts of statements"
    )
    partner: Id | None = Field(None, description="Gets this partner's statements")
    deliver: tuple[Annotated[SecretStr, AfterValidator(_url)], ...] = Field(
        (), description="Apprise URLs for Teams, Slack, ntfy, SMS, webhooks; secrets are in them"
    )


class Calendar(Model):
    """A room's published calendar."""

    room: Id
    url: Annotated[SecretStr, AfterValidator(_calendar)] = Field(
        description="https, http, webcal or file address of an iCalendar feed; it is a secret"
    )


class Contacts(Model):
    """One contacts.yaml."""

    people: tuple[Person, ...] = ()
    calendars: tuple[Calendar, ...] = Field((), description="At most one for each room")

    def recipients(self, *, by_email: bool) -> tuple[Recipient, ...]:
        """The people as they are written to; without a mail server nobody has an e-mail address."""
        return tuple(
            Recipient(
                person.id,
                person.name,
                person.language,
                person.email if by_email else None,
                tuple(url.get_secret_value() for url in person.deliver),
                "maintainer" in person.roles,
                "manager" in person.roles,
                person.partner,
            )
            for person in self.people
        )


def parse_contacts(text: str, file: str, registry: Registry | None = None) -> Contacts:
    """Raises ``RegistryError``; with a registry, also for partners that it does not know."""

    def check(document: Document) -> list[Mistake]:
        return _check(document, registry)

    return parse_yaml(text, file, Contacts, check).value


def read_contacts(path: Path, registry: Registry | None = None) -> Contacts:
    """Raises ``RegistryError``."""
    text = decode(str(path), read_file(path, "RUMSKOLL_CONTACTS"))
    return parse_contacts(text, str(path), registry)


def contacts_for(path: Path | None, registry: Registry) -> Contacts:
    """Of the file, if there is one. Raises ``RegistryError``, also if rooms.yaml names people
    and there is none."""
    if path is not None:
        return read_contacts(path, registry)
    if mistakes := list(_unknown_people(registry, [], "RUMSKOLL_CONTACTS")):
        raise RegistryError(mistakes)
    return Contacts()


def _check(document: Document, registry: Registry | None) -> list[Mistake]:
    people = entries(document, "people")
    ids = [(person["id"], ("people", i, "id")) for i, person in people if "id" in person]
    mistakes = list(twice(document, [(str(id_), path) for id_, path in ids], "id_twice"))
    calendars = entries(document, "calendars")
    rooms = [(str(c["room"]), ("calendars", i, "room")) for i, c in calendars if "room" in c]
    mistakes += twice(document, rooms, "calendar_twice")
    if registry is not None:
        for i, calendar in calendars:
            room_path = ("calendars", i, "room")
            given = calendar.get("room")
            mistakes += known(document, room_path, given, [*registry.rooms], "unknown_room")
        partners = [p.id for site in registry.sites.values() for p in site.partners]
        for i, person in people:
            path = ("people", i, "partner")
            mistakes += known(document, path, person.get("partner"), partners, "unknown_partner")
        mistakes += _unknown_people(registry, [str(id_) for id_, _ in ids], document.file)
    return mistakes


def _unknown_people(registry: Registry, people: list[str], file: str) -> Iterator[Mistake]:
    """Those whom routes in rooms.yaml name and contacts.yaml does not know."""
    for site in registry.sites.values():
        for i, route in enumerate(site.alerts.routes):
            named = {"to": route.to or ()}
            if route.escalate is not None:
                named["escalate.to"] = route.escalate.to
            for field, ids in named.items():
                for id_ in dict.fromkeys(ids):
                    if id_ not in people:
                        where = f"alerts.routes[{i}].{field}"
                        values = {"value": shown(id_), "site": site.id, "where": where}
                        near = nearest(id_, people)
                        yield Mistake(file, 0, 0, "people", "unknown_person", values, near)


class ContactsWatch:
    """The contacts in force. A broken new file keeps the old one, as with rooms.yaml.

    ``error`` is what is wrong with the file now. Raises ``RegistryError`` if it is broken
    from the start; without a path there are no contacts.
    """

    def __init__(self, path: Path | None, registry: Callable[[], Registry]) -> None:
        self._path = path
        self._registry = registry
        self.error: RegistryError | None = None
        self._seen: tuple[bytes, str] | None = None
        self.current = contacts_for(path, registry())

    @property
    def calendars(self) -> dict[str, str]:
        """Room -> address of its calendar."""
        return {c.room: c.url.get_secret_value() for c in self.current.calendars}

    def poll(self) -> bool:
        """Look at the file, every few seconds; true if it now says something else."""
        if self._path is None:
            return False
        registry = self._registry()
        seen, self._seen = self._seen, None  # a file that cannot be read is looked at anew
        try:
            content = read_file(self._path, "RUMSKOLL_CONTACTS")
            self._seen = content, registry.hash
            if self._seen == seen:
                return False
            found = parse_contacts(decode(str(self._path), content), str(self._path), registry)
        except RegistryError as error:
            self.error = error
            return False
        before, self.current, self.error = self.current, found, None
        return found != before
