"""``rumskoll alerts``: try the ways by which people are told, look at what they were told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from rumskoll.commands.common import (
    LANGUAGE,
    Data,
    Rooms,
    fail,
    out,
    plainly,
    say,
    settings_for,
    settings_with,
    when,
)

if TYPE_CHECKING:
    from rich.table import Table

    from collector.composing import Composed, Composer
    from collector.transports.base import Message, Transport
    from rooms.alerts.message import Alert, Delivery, Recipient
    from rooms.registry import Registry, Site
    from rooms.registry.alerting import Route
    from rumskoll.settings import Settings
    from storage.state import ServiceState

app = typer.Typer(no_args_is_help=True, help=say("help.alerts"))


@app.command("test", help=say("help.alerts_test"))
@plainly
def try_(
    route: Annotated[str, typer.Argument(help=say("help.alerts_route"))],
    site: Annotated[str | None, typer.Option(help=say("help.alerts_site"))] = None,
    data: Data = None,
    rooms: Rooms = None,
) -> None:
    from rooms.alerts.routes import reached
    from rumskoll.contacts import contacts_for
    from rumskoll.registry_files import read_registry
    from rumskoll.wiring_alerts import composer_of, transports_of

    settings = settings_for(data=data, rooms=rooms)
    registry = read_registry(settings.rooms)
    contacts = contacts_for(settings.contacts, registry)
    house, chosen = _route(registry, route, site)
    everybody = contacts.recipients(by_email=bool(settings.smtp_host))
    to = reached(chosen.to, everybody)
    people = [person for person in everybody if person.id in to]
    if not people:
        raise fail(say("alerts.nobody", route=route))
    table, failed = _table("person", "channel", "result"), False
    with _state(settings) as state:
        composer, transports = (
            composer_of(settings, state, lambda: registry),
            transports_of(settings),
        )
        for person in people:
            with out.status(say("alerts.sending", person=person.name)):
                for channel, wrong, said in _try(person, house.id, composer, transports):
                    table.add_row(person.id, channel, said)
                    failed = failed or wrong
    out.print(table)
    raise typer.Exit(int(failed))


def _route(registry: Registry, route: str, site: str | None) -> tuple[Site, Route]:
    every = [(house, one) for house in registry.sites.values() for one in house.alerts.routes]
    found = [(h, one) for h, one in every if one.id == route and site in (None, h.id)]
    if not found:
        known = ", ".join(f"{one.id} ({h.id})" for h, one in every)
        raise fail(say("alerts.no_route", route=route, known=known))
    if len(found) > 1:
        sites = ", ".join(house.id for house, _ in found)
        raise fail(say("alerts.which_site", route=route, sites=sites))
    return found[0]


@contextmanager
def _state(settings: Settings) -> Iterator[ServiceState]:
    """What the service knows of rooms and bookings; nothing, before it has run."""
    from rumskoll.wiring import state_of
    from storage.state import ServiceState

    with TemporaryDirectory() as folder:
        known = (settings.data / "service.db").exists()
        state = state_of(settings) if known else ServiceState(Path(folder) / "service.db")
        with closing(state):
            yield state


def _try(
    person: Recipient, site: str, composer: Composer, transports: Mapping[str, Transport]
) -> Iterator[tuple[str, bool, str]]:
    """By channel: whether it failed, and what to say of it. The first failure is enough."""
    from collector.composing import SAMPLES
    from collector.transports.base import Undelivered
    from rooms.alerts.message import channels
    from rumskoll.wiring import clock

    ways = channels(person)
    if not ways:
        yield "-", True, say("alerts.no_channel")
    now = clock()
    words = [composer.sample(which, site, person, now) for which in SAMPLES]
    for channel, address in ways.items():
        with closing(transports[channel.partition(":")[0]].batch()) as batch:
            try:
                for number, said in enumerate(words):
                    batch.send(address, _message(said, number, now))
            except Undelivered as error:
                yield channel, True, say("alerts.failed", why=error.failure.render(LANGUAGE))
            else:
                yield channel, False, say("alerts.sent", count=len(words))


def _message(words: Composed, number: int, now: int) -> Message:
    from secrets import token_hex

    from collector.transports.base import Message

    return Message(f"test-{number}-{token_hex(4)}", "", now, "info", *words)


@app.command("list", help=say("help.alerts_list"))
@plainly
def list_(
    most: Annotated[int, typer.Option(min=1, max=10_000, help=say("help.alerts_most"))] = 50,
    data: Data = None,
) -> None:
    from rumskoll.wiring import state_of

    table = _table("time", "person", "kind", "channel", "state")
    with closing(state_of(settings_with("service.db", data))) as state:
        newest = state.alerts.newest(most)
        alerts = [one for one in newest if one.entries or one.state != "dropped"]  # it had no news
        for alert in reversed(alerts):
            kind = say(f"alerts.kind.{alert.kind}", count=len(alert.entries))
            for channel, stands in _standing(alert, state.alerts.deliveries(alert.id)):
                table.add_row(when(alert.created), alert.person, kind, channel, stands)
    out.print(table if alerts else say("alerts.none"))


def _standing(alert: Alert, deliveries: list[Delivery]) -> Iterator[tuple[str, str]]:
    """How far it has come, by channel."""
    if alert.state == "waiting":
        yield "", say("alerts.state.waits", until=when(alert.due))
    elif alert.state == "dropped":
        yield "", say("alerts.state.dropped")
    for delivery in deliveries:
        yield delivery.channel, _came(delivery)


def _came(delivery: Delivery) -> str:
    from rooms.alerts.failure import read_failure

    if delivery.state == "delivered" and delivery.settled is not None:
        return say("alerts.state.delivered", at=when(delivery.settled))
    if not delivery.error:
        return say("alerts.state.on_its_way")
    why = read_failure(delivery.error).render(LANGUAGE)
    if delivery.state == "failed":
        return say("alerts.state.failed", why=why)
    until, attempts = when(delivery.next_try), delivery.attempts
    return say("alerts.state.tries_again", attempts=attempts, why=why, until=until)


def _table(*columns: str) -> Table:
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for name in columns:
        table.add_column(say(f"alerts.{name}"), overflow="fold")
    return table
