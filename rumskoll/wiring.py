"""The only place where real parts are put together."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from fastapi import FastAPI

from api.app import create_app
from api.parts import Parts
from collector.alert_queue import AlertQueue
from collector.alerts import Alerts
from collector.bookings import Bookings
from collector.calendars.asking import Readers
from collector.coverage import Coverage
from collector.fault_copies import FaultCopies
from collector.link import Broker
from collector.mqtt import Session
from collector.pipeline import Pipeline
from collector.publish import Publisher
from collector.reporter import Reporter
from collector.rollup import Rollup
from collector.statements import StatementMailer
from collector.watch import Watch
from rooms.alerts.message import Recipient
from rooms.registry import Registry
from rumskoll.backup.nightly import Backups
from rumskoll.chores import Chores
from rumskoll.contacts import ContactsWatch
from rumskoll.event_key import event_key
from rumskoll.registry_files import RegistryWatch
from rumskoll.settings import Settings
from rumskoll.wiring_alerts import composer_of, mailer_of, transports_of, waking
from rumskoll.wiring_backups import backups_of
from rumskoll.wiring_series import reporter_of
from rumskoll.wiring_statements import statements_of
from storage.forwarder import Forwarder
from storage.open import open_store
from storage.outbox import Outbox
from storage.state import ServiceState
from storage.store import Store

VERSION = version("rumskoll")


def clock() -> int:
    """Now, in ms of UTC."""
    return time.time_ns() // 1_000_000


def outbox_of(settings: Settings) -> Outbox:
    settings.data.mkdir(parents=True, exist_ok=True)
    return Outbox(
        settings.data / "outbox.db",
        limit=settings.outbox_limit,
        quarantine_rows=settings.quarantine_rows,
        quarantine_bytes=settings.quarantine_limit,
    )


def state_of(settings: Settings) -> ServiceState:
    settings.data.mkdir(parents=True, exist_ok=True)
    return ServiceState(settings.data / "service.db")


def store_of(settings: Settings) -> Store:
    settings.data.mkdir(parents=True, exist_ok=True)
    return open_store(
        settings.store_url,
        user=settings.influx_user,
        token=settings.influx_token.get_secret_value(),
        retention_days=settings.retention_days,
        clock=clock,
    )


def broker_of(settings: Settings) -> Broker:
    address = settings.mqtt
    return Broker(
        address.host,
        address.port,
        settings.mqtt_client_id,
        username=settings.mqtt_username or None,
        password=settings.mqtt_password.get_secret_value() or None,
        tls=_tls(settings) if address.tls else None,
        v5=settings.mqtt_version == "5",
        keepalive=settings.mqtt_keepalive,
    )


def _tls(settings: Settings) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=settings.mqtt_ca)
    if settings.mqtt_cert:
        context.load_cert_chain(settings.mqtt_cert, settings.mqtt_key)
    return context


def day_of(registry: Registry) -> Callable[[int], str]:
    """The account's day: local to the first site."""
    zone = registry.zone(next(iter(registry.sites)))
    return lambda at: datetime.fromtimestamp(at / 1000, zone).date().isoformat()


@dataclass(frozen=True)
class Collector:
    """The collector's parts; ``rumskoll.collector_role`` gives them threads."""

    files: RegistryWatch
    contacts: ContactsWatch
    outbox: Outbox
    state: ServiceState
    panels: ServiceState  # a connection of its own: the session must not wait for the watch
    store: Store
    pipeline: Pipeline
    session: Session
    forwarder: Forwarder
    watch: Watch
    rollup: Rollup
    copies: FaultCopies
    reporter: Reporter | None
    chores: Chores
    bookings: Bookings
    readers: Readers
    publisher: Publisher | None
    alerts: Alerts
    mailer: StatementMailer
    backups: Backups | None


def collector_of(settings: Settings) -> Collector:
    """Raises ``RegistryError`` or ``StoreError`` when the parts cannot be had."""
    files = RegistryWatch(settings.rooms)
    contacts = ContactsWatch(settings.contacts, lambda: files.current)
    outbox, state, store = outbox_of(settings), state_of(settings), store_of(settings)
    panels = state_of(settings)
    # the embedded broker neither sets dup nor keeps message ids over a reconnect
    pipeline = Pipeline(
        files.current,
        outbox,
        panel_of=panels.access.panel_of,
        dup_flag=settings.broker != "iotcore",
    )

    def listening() -> bool:
        link = session.link
        return link.connected and link.refused is None and link.busy is None

    def people() -> tuple[Recipient, ...]:
        return contacts.current.recipients(by_email=bool(settings.smtp_host))

    watch = Watch(
        outbox,
        state,
        store,
        files.current,
        clock=clock,
        listening=listening,
        after=AlertQueue(state, people).step,
    )
    session = Session(
        broker_of(settings),
        lambda: pipeline.subscriptions,
        pipeline,
        clock=clock,
        on_connect=watch.grace,
    )
    forwarder = Forwarder(outbox, store, clock=clock, day_of=day_of(files.current))
    rollup = rollup_of(settings, lambda: files.current, outbox, state, store)
    chores = Chores(
        outbox,
        state,
        store,
        Coverage(state, store, lambda: files.current, clock=clock),
        clock=clock,
        day_of=day_of(files.current),
        retention_days=settings.retention_days,
    )
    alerts = Alerts(
        state,
        composer_of(settings, state, lambda: files.current),
        people,
        transports_of(settings),
        clock=clock,
        soonest=lambda alert, at: waking(files.current, alert, at),
    )
    mailer = mailer_of(
        settings, state, store, lambda: files.current, people, alerts.undeliverable, clock
    )
    readers = Readers()
    bookings = Bookings(
        state,
        lambda: files.current,
        lambda: contacts.calendars,
        readers.ask,
        clock=clock,
        every_s=settings.calendar_every,
        key=event_key(settings.data),
    )
    return Collector(
        files,
        contacts,
        outbox,
        state,
        panels,
        store,
        pipeline,
        session,
        forwarder,
        watch,
        rollup,
        FaultCopies(state, store, lambda: files.current, clock=clock),
        reporter_of(
            settings, outbox, state, store, lambda: files.current, session, forwarder, watch, clock
        ),
        chores,
        bookings,
        readers,
        publisher_of(settings, lambda: files.current, watch) if settings.publish else None,
        alerts,
        mailer,
        backups_of(settings, state, lambda: files.current, clock),
    )


def publisher_of(settings: Settings, registry: Callable[[], Registry], watch: Watch) -> Publisher:
    """With a session and a connection to service.db of its own: nobody waits for it."""
    broker = broker_of(settings)
    return Publisher(
        replace(broker, client_id=f"{broker.client_id}-state"),
        state_of(settings),
        registry,
        clock=clock,
        watched=lambda: watch.last_step,
        discovery_prefix=settings.homeassistant_prefix,
        home_assistant=settings.homeassistant,
    )


def rollup_of(
    settings: Settings,
    registry: Callable[[], Registry],
    outbox: Outbox,
    state: ServiceState,
    store: Store,
) -> Rollup:
    return Rollup(outbox, state, store, registry, clock=clock, retention_ms=retention_ms(settings))


def retention_ms(settings: Settings) -> int:
    """Of raw readings."""
    return settings.retention_days * 86_400_000


def api_of(settings: Settings, files: RegistryWatch) -> FastAPI:
    outbox = outbox_of(settings)

    def account_day(at: int) -> str:
        return day_of(files.current)(at)  # of the registry as it is then

    def registry() -> Registry:
        return files.current

    state, store = state_of(settings), store_of(settings)
    return create_app(
        Parts(
            state=state,
            store=store,
            registry=registry,
            quarantine=outbox.quarantine,
            accounts=lambda: outbox.accounts(account_day(clock())),
            clock=clock,
            demo=settings.demo,
            public_url=settings.public_url,
            signing_secret=settings.signing_secret.get_secret_value(),
            language=settings.language,
            version=VERSION,
            statements=statements_of(settings, registry, state, store),
            accounts_of=outbox.accounts,
            day_of=account_day,
            retention_ms=settings.retention_days * 86_400_000,
        )
    )


def example_rooms() -> Path:
    """The example site that trials run on."""
    return Path(__file__).resolve().parent.parent / "examples" / "lycksele" / "rooms.yaml"
