"""Are the settings, rooms.yaml and contacts.yaml in order?"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping

from dotenv import dotenv_values

from rooms.registry import Registry
from rooms.registry.mistakes import RegistryError, nearest
from rumskoll.contacts import read_contacts
from rumskoll.doctor.check import Check, said
from rumskoll.registry_files import read_registry
from rumskoll.setting_errors import ADMIN_TOKEN, PREFIX, variable
from rumskoll.setting_rules import broken_rules
from rumskoll.settings import Settings


def check_settings(
    settings: Settings, environ: Mapping[str, str | None] | None = None
) -> Iterator[Check]:
    """The rules between variables, and names that nothing reads (misspelt ones)."""
    broken = broken_rules(settings)
    for mistake in broken:
        yield said("settings", "fail", "as_said", what=mistake)
    given = {**dotenv_values(".env"), **os.environ} if environ is None else environ
    known = [variable(name) for name in Settings.model_fields] + [ADMIN_TOKEN]
    known += [f"{name}_FILE" for name in known]
    unknown = sorted(n for n in given if n.startswith(PREFIX) and n not in known)
    for name in unknown:
        near = nearest(name.removeprefix(PREFIX), (n.removeprefix(PREFIX) for n in known))
        meant = near and PREFIX + near
        key = "variable_misspelt" if meant else "variable_unknown"
        yield said("settings", "warn", key, name=name, meant=meant)
    if not broken and not unknown:
        yield said("settings", "ok", "settings_ok")


def check_files(settings: Settings) -> Iterator[Check]:
    """Every mistake in the files, with file, line and field."""
    registry: Registry | None = None
    try:
        registry = read_registry(settings.rooms)
    except RegistryError as error:
        yield from _mistakes("rooms", error)
    else:
        counts = {"rooms": len(registry.rooms), "devices": len(registry.devices)}
        yield said("rooms", "ok", "rooms_ok", **counts)
        yield from _placements(registry)
    if settings.contacts is None:
        return
    try:
        contacts = read_contacts(settings.contacts, registry)
    except RegistryError as error:
        yield from _mistakes("contacts", error)
    else:
        yield said("contacts", "ok", "contacts_ok", people=len(contacts.people))


def _mistakes(name: str, error: RegistryError) -> Iterator[Check]:
    for mistake in error.mistakes:
        yield said(name, "fail", "as_said", what=mistake)
    if error.more:
        yield said(name, "fail", "more", count=error.more)


def _placements(registry: Registry) -> Iterator[Check]:
    placed = {p.device for site in registry.sites.values() for p in site.placements}
    homeless = sorted(set(registry.devices) - placed)
    if homeless:
        yield said("rooms", "warn", "devices_unplaced", devices=", ".join(homeless))
