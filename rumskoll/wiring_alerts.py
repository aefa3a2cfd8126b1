"""The parts by which alerts and statements are written and sent, for the collector, the doctor
and a trial."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from collector.composing import Composer
from collector.statements import StatementMailer
from collector.transports.apprise import AppriseTransport
from collector.transports.base import Transport
from collector.transports.smtp import SmtpServer, SmtpTransport
from collector.undeliverable import Undeliverable
from rooms.alerts.awake import Awake
from rooms.alerts.message import Alert, Recipient
from rooms.registry import Registry
from rumskoll.settings import Settings
from storage.ledger import Ledger
from storage.state import ServiceState
from storage.store import Store


def composer_of(
    settings: Settings, state: ServiceState, registry: Callable[[], Registry]
) -> Composer:
    return Composer(
        state,
        registry,
        secret=settings.signing_secret.get_secret_value(),
        public_url=settings.public_url,
    )


def transports_of(settings: Settings) -> dict[str, Transport]:
    """By what a channel's name begins with; without a mail server nobody has that channel."""
    transports: dict[str, Transport] = {"url": AppriseTransport()}
    if settings.smtp_host:
        transports["email"] = smtp_of(settings)
    return transports


def smtp_of(settings: Settings) -> SmtpTransport:
    return SmtpTransport(
        SmtpServer(
            settings.smtp_host,
            settings.smtp_port,
            settings.smtp_security,
            settings.smtp_from,
            settings.smtp_username,
            settings.smtp_password.get_secret_value(),
        )
    )


def mailer_of(
    settings: Settings,
    state: ServiceState,
    store: Store,
    registry: Callable[[], Registry],
    people: Callable[[], Sequence[Recipient]],
    undeliverable: Undeliverable,
    clock: Callable[[], int],
) -> StatementMailer:
    return StatementMailer(
        Ledger(settings.data / "statements", state),
        store,
        registry,
        people,
        smtp_of(settings) if settings.smtp_host else None,
        undeliverable,
        clock=clock,
        public_url=settings.public_url,
    )


def waking(registry: Registry, alert: Alert, at: int) -> int:
    """When from ``at`` on (ms) it may still disturb somebody, that could not be sent in time."""
    site = registry.sites.get(alert.site) or next(iter(registry.sites.values()))
    return Awake(site).soonest(at, urgent=alert.urgent)
