"""Does what breaks reach somebody: people, mail server, delivery addresses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import Final

from collector.transports.apprise import AT_ONCE, AppriseTransport
from collector.transports.base import Undelivered
from rooms.alerts.failure import Failure
from rooms.alerts.message import channels
from rooms.registry import Registry
from rooms.registry.mistakes import RegistryError
from rumskoll.contacts import Contacts, contacts_for
from rumskoll.doctor.check import Check, said
from rumskoll.registry_files import read_registry
from rumskoll.settings import Settings
from rumskoll.wiring_alerts import smtp_of

_MOST_NAMED: Final = 5  # of people


def check_delivery(
    settings: Settings, ask: Callable[[str], Failure | None] | None = None
) -> Iterator[Check]:
    """``ask`` looks at an Apprise URL; nothing is sent to anybody."""
    try:
        registry = read_registry(settings.rooms)
        contacts = contacts_for(settings.contacts, registry)
    except RegistryError as error:
        if settings.contacts is None:  # of files, the files' check tells
            yield from _nobody_known(error)
        return
    people = [p for p in contacts.people if p.id in _told(registry, contacts)]
    if not people:
        yield said("delivery", "warn", "delivery_nobody")
        return
    found = [*_unreachable(settings, contacts, {p.id for p in people})]
    found += _urls(contacts, ask or AppriseTransport().check)
    yield from found
    if settings.smtp_host:
        yield _mail_server(settings)
    if not found:
        ways = sum(len(p.deliver) + (p.email is not None) for p in people)
        yield said("delivery", "ok", "delivery_ok", people=len(people), channels=ways)


def _nobody_known(error: RegistryError) -> Iterator[Check]:
    for mistake in error.mistakes:
        if mistake.key == "unknown_person":
            yield said("delivery", "fail", "as_said", what=mistake)


def _told(registry: Registry, contacts: Contacts) -> set[str]:
    """Those to whom some route leads."""
    maintainers = {p.id for p in contacts.people if "maintainer" in p.roles}
    told: set[str] = set()
    for site in registry.sites.values():
        for route in site.alerts.routes:
            told |= maintainers if route.to is None else {*route.to}
            told |= {*route.escalate.to} if route.escalate else set()
    return told


def _unreachable(settings: Settings, contacts: Contacts, told: set[str]) -> Iterator[Check]:
    by_mail = [p.id for p in contacts.people if p.id in told and p.email]
    if by_mail and not settings.smtp_host:
        named = ", ".join(by_mail[:_MOST_NAMED]) + (" …" if len(by_mail) > _MOST_NAMED else "")
        yield said("delivery", "fail", "delivery_no_smtp", people=named)
    for person in contacts.recipients(by_email=True):
        if person.id in told and not channels(person):
            yield said("delivery", "fail", "delivery_unreachable", person=person.id)


def _urls(contacts: Contacts, ask: Callable[[str], Failure | None]) -> Iterator[Check]:
    """The addresses themselves are secrets: they are told by number."""
    urls = [
        (person.id, number, url.get_secret_value())
        for person in contacts.people
        for number, url in enumerate(person.deliver, 1)
    ]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(ask, [url for _, _, url in urls]))
    for (person, number, _), wrong in zip(urls, answers, strict=True):
        if wrong is not None:
            values = {"person": person, "number": number, "why": wrong}
            yield said("delivery", "fail", "delivery_url", **values)


def _mail_server(settings: Settings) -> Check:
    """Connects and logs in; sends nothing."""
    where = {"host": settings.smtp_host, "port": settings.smtp_port}
    try:
        with closing(smtp_of(settings).batch()) as batch:
            batch.ready()
    except Undelivered as error:
        return said("delivery", "fail", "delivery_smtp", why=error.failure, **where)
    return said("delivery", "ok", "delivery_smtp_ok", **where)
