"""contacts.yaml: people's addresses and delivery URLs, never kept in rooms.yaml (design 2)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, SecretStr
from pydantic_core import PydanticCustomError

from rooms.registry.checks import entries, known, twice
from rooms.registry.document import Document
from rooms.registry.fields import Id, Model
from rooms.registry.mistakes import Mistake
from rooms.registry.parse import parse_yaml
from rooms.registry.registry import Registry
from rumskoll.registry_files import decode, read_file

EMAIL_PATTERN = r"^[^@\s<>,;]+@[^@\s<>,;.]+(\.[^@\s<>,;.]+)+$"


def _email(value: str) -> str:
    if not re.fullmatch(EMAIL_PATTERN, value):
        raise PydanticCustomError("email", "not an e-mail address")
    return value


def _url(value: SecretStr) -> SecretStr:
    if not re.match(r"[A-Za-z][A-Za-z0-9+.-]*://\S+$", value.get_secret_value()):
        raise PydanticCustomError("delivery_url", "not a delivery URL")
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


class Contacts(Model):
    """One contacts.yaml."""

    people: tuple[Person, ...] = ()


def parse_contacts(text: str, file: str, registry: Registry | None = None) -> Contacts:
    """Raises ``RegistryError``; with a registry, also for partners that it does not know."""

    def check(document: Document) -> list[Mistake]:
        return _check(document, registry)

    return parse_yaml(text, file, Contacts, check).value


def read_contacts(path: Path, registry: Registry | None = None) -> Contacts:
    """Raises ``RegistryError``."""
    text = decode(str(path), read_file(path, "RUMSKOLL_CONTACTS"))
    return parse_contacts(text, str(path), registry)


def _check(document: Document, registry: Registry | None) -> list[Mistake]:
    people = entries(document, "people")
    ids = [(person["id"], ("people", i, "id")) for i, person in people if "id" in person]
    mistakes = list(twice(document, [(str(id_), path) for id_, path in ids], "id_twice"))
    if registry is not None:
        partners = [p.id for site in registry.sites.values() for p in site.partners]
        for i, person in people:
            path = ("people", i, "partner")
            mistakes += known(document, path, person.get("partner"), partners, "unknown_partner")
    return mistakes
