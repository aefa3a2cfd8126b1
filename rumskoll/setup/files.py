"""The files of a new installation, from the answers: path -> content. Nothing is written here."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from email.utils import parseaddr
from pathlib import Path
from typing import Any, Final

from rooms.texts import Language, text
from rumskoll.setting_errors import variable
from rumskoll.setup.names import id_of
from rumskoll.setup.questions import Answers
from rumskoll.setup.yaml_text import scalar

_SOURCES: Final = {  # how each stands in rooms.yaml
    "chirpstack": "- {id: lora, decoder: chirpstack}",
    "zigbee2mqtt": "- {id: zigbee, decoder: zigbee2mqtt}",
    "native": "- {id: av, decoder: native}",
}
_NO_LOGINS: Final = "{} # roomos: {username: rumskoll, password: ...}; or a device's id"
_STACK_SECRETS: Final = ("influx_admin_password", "influx_admin_token", "grafana_admin_password")


@dataclass(frozen=True)
class NewFiles:
    """By path below the installation's folder; secrets are for their owner's eyes only.

    ``shared``: containers of other users read them too. Then their folder alone is closed: a
    file is mounted by itself, and keeps its own rights.
    """

    open: Mapping[str, str]
    secret: Mapping[str, str] = field(repr=False)
    shared: bool = False


ALWAYS: Final = NewFiles({".env": ""}, {})  # whatever is answered


def files_of(answers: Answers, language: Language, data: Path | None = None) -> NewFiles:
    """``data``: where the service keeps what it knows, if not beside these files."""
    secret = {"signing_secret": secrets.token_urlsafe(32)}
    if answers.get("mqtt_password"):
        secret["mqtt_password"] = answers["mqtt_password"]
    if answers.get("smtp_password"):
        secret["smtp_password"] = answers["smtp_password"]
    if answers["size"] == "docker":
        secret |= {name: secrets.token_urlsafe(24) for name in _STACK_SECRETS}
        secret.setdefault("smtp_password", "")  # docker-compose.yml names it in any case
        secret["bridge_logins"] = _NO_LOGINS
    docker = answers["size"] == "docker"
    where = "config/" if docker else ""  # a folder is mounted whole, and sees what is changed
    files = {f"{where}rooms.yaml": rooms_yaml(answers, language)}
    files[".env"] = env(answers, secret, language, data)
    if answers["alerts"] or docker:
        files[f"{where}contacts.yaml"] = contacts_yaml(answers, language)
    whole = {f"secrets/{name}": f"{value}\n" for name, value in secret.items()}
    return NewFiles(files, whole, shared=docker)


def rooms_yaml(answers: Answers, language: Language) -> str:
    def note(key: str) -> str:
        return _comment(text(language, f"init.note.{key}"))

    lines = [
        note("rooms_yaml"),
        "",
        f"id: {scalar(id_of(answers['site'], kind='site'))}",
        f"name: {scalar(answers['site'])}",
        f"timezone: {answers['timezone']}",
        f"language: {language}",
        "",
        note("hours"),
        "opening_hours:",
        *(f'  {days}: "{span}"' for days, span in answers["hours"].items()),
        "",
        note("sources"),
        "sources:",
        *(f"  {_SOURCES[source]}" for source in answers["sources"]),
        "",
        note("rooms"),
        "rooms:",
        *_named(answers["rooms"], "room"),
        "",
    ]
    if answers["partners"]:
        lines += [note("partners"), "partners:", *_named(answers["partners"], "partner"), ""]
    return "\n".join([*lines, note("devices"), "devices: []", "placements: []", ""])


def _named(entries: Collection[Any], kind: str) -> Iterator[str]:
    taken: set[str] = set()
    for entry in entries:
        id_ = id_of(entry.name, taken, kind)
        taken.add(id_)
        yield f"  - id: {scalar(id_)}"
        yield f"    name: {scalar(entry.name)}"
        if kind == "room":
            yield f"    capacity: {entry.seats}"
        elif entry.domain:
            yield f"    domains: [{scalar(entry.domain)}]"


def contacts_yaml(answers: Answers, language: Language) -> str:
    people = "people:" if answers["alerts"] else "people: []"
    lines, taken = [_comment(text(language, "init.note.contacts_yaml")), "", people], set[str]()
    for n, person in enumerate(answers["alerts"]):
        id_ = id_of(person.name, taken, "person")
        taken.add(id_)
        roles = "[maintainer, manager]" if n == 0 else "[maintainer]"
        lines += [
            f"  - id: {scalar(id_)}",
            f"    name: {scalar(person.name)}",
            f"    email: {scalar(person.email)}",
            f"    language: {language}",
            f"    roles: {roles}",
        ]
    return "\n".join([*lines, ""])


def env(
    answers: Answers, secret: Collection[str], language: Language, data: Path | None = None
) -> str:
    """Only what differs from the defaults. The stack's own paths stand in docker-compose.yml."""
    docker = answers["size"] == "docker"
    told = {
        "language": language,
        "public_url": answers["public_url"],
        "smtp_host": answers.get("smtp_host"),
        "smtp_from": answers.get("smtp_from"),
        "smtp_username": answers.get("smtp_username"),
    }
    if docker and answers.get("smtp_password"):
        told |= {"smtp_password_file": "/run/secrets/smtp_password"}  # without one it is empty
    if not docker:
        told |= {
            "data": str(data or ""),
            "contacts": "contacts.yaml" if answers["alerts"] else "",
            "mqtt_url": answers.get("mqtt_url", "mqtt://127.0.0.1:1883"),
            "mqtt_username": answers.get("mqtt_username", "rumskoll"),
            "store": answers.get("store"),
        }
        told |= {f"{name}_file": f"secrets/{name}" for name in _needed(answers, secret)}
    lines = [_comment(text(language, "init.note.env")), ""]
    lines += [f"{variable(name)}={_quoted(value)}" for name, value in told.items() if value]
    lines += [
        f"{name}={_quoted(value)}" for name, value in (_stack(answers, language) if docker else ())
    ]
    return "\n".join([*lines, ""])


def _stack(answers: Answers, language: Language) -> Iterator[tuple[str, str]]:
    """For docker-compose.yml alone."""
    yield "STACK_MQTT_HOST", answers["host"]
    yield "STACK_GRAFANA_LANGUAGE", "sv-SE" if language == "sv" else "en-US"
    if answers.get("smtp_host") and answers["alerts"]:
        yield "RUMSKOLL_GRAFANA_EMAIL", answers["alerts"][0].email
        yield "STACK_GRAFANA_SMTP", "true"
        yield "STACK_GRAFANA_FROM", parseaddr(answers["smtp_from"])[1]


def _needed(answers: Answers, secret: Collection[str]) -> list[str]:
    """Secrets that the settings name; our broker's password comes with its users."""
    names = [*secret]
    if answers.get("broker") == "here":
        names.append("mqtt_password")
    return names


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return value if value.isascii() and not set(value) & set(" #'\"\\$") else f"'{escaped}'"


def _comment(words: str) -> str:
    return "\n".join(f"# {line}".rstrip() for line in words.splitlines())
