"""Alerts against a real mail server and a real webhook that refuse, stall and answer 500."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from collector.alerts import Alerts
from collector.transports.apprise import AppriseTransport
from collector.transports.smtp import SmtpServer, SmtpTransport
from rooms.alerts.message import Alert, Delivery, Entry, Recipient, channels
from storage.state import ServiceState
from tests.integration.alerting import Composer
from tests.servers.smtp import OK, MailServer, mail_server
from tests.servers.waiting import until
from tests.servers.webhook import Webhook, webhook

NOW = 1_795_424_400_000
MIN = 60_000


class Site:
    """A service with two people, by e-mail and by webhook."""

    def __init__(self, folder: Path, mail: MailServer, hook: Webhook) -> None:
        self.state, self.now = ServiceState(folder / "service.db"), NOW
        self.faults = 0
        url = (hook.url("asa"),)
        self.asa = Recipient("asa", "Åsa", "sv", "asa@x.example", url, True)
        self.bo = Recipient("bo", "Bo", "en", "bo@x.example", (), True)
        server = SmtpServer("127.0.0.1", mail.port, "none", "rum@inland.example")
        self.alerts = Alerts(
            self.state,
            Composer(),
            lambda: (self.asa, self.bo),
            {"email": SmtpTransport(server, timeout_s=20), "url": AppriseTransport()},
            clock=lambda: self.now,
        )

    def tell(self, person: Recipient) -> int:
        self.faults += 1
        entry = Entry(f"fault-{self.faults}", "opened", self.now)
        alert = Alert(0, person.id, "faults", "s", self.now, self.now, entries=(entry,))
        id_ = self.state.alerts.put(alert._replace(state="sent", settled=self.now))
        self.state.alerts.put_deliveries(Delivery(id_, way) for way in channels(person))
        return id_

    def step(self, minutes: int = 0) -> None:
        self.now += minutes * MIN
        self.alerts.step()
        self.alerts.join(60)

    def left(self) -> list[tuple[int, str]]:
        return [(d.alert, d.channel.partition(":")[0]) for d in self.state.alerts.on_their_way()]


@pytest.fixture
def mail() -> Iterator[MailServer]:
    with mail_server() as server:
        yield server


@pytest.fixture
def hook() -> Iterator[Webhook]:
    with webhook() as server:
        yield server


@pytest.fixture
def site(tmp_path: Path, mail: MailServer, hook: Webhook) -> Iterator[Site]:
    made = Site(tmp_path, mail, hook)
    yield made
    mail.go_on()
    hook.go_on()
    made.alerts.stop()
    made.alerts.join(30)
    made.state.close()


def test_in_turn_refused_and_taken(site: Site, mail: MailServer, hook: Webhook) -> None:
    """What passes is tried again, with the same Message-ID, until it is taken; once."""
    seen: list[str] = []
    hook.status = lambda _: 500 if len(hook.asked) < 3 else 200
    mail.replies = lambda step, to: (
        seen.append(to) or ("451 later" if len(seen) < 3 else OK) if step == "data" else OK  # type: ignore[func-returns-value]
    )
    alert = site.tell(site.asa)
    for minutes in (0, 1, 2):
        assert site.left() == [(alert, "email"), (alert, "url")]
        site.step(minutes)
    assert site.left() == []
    assert seen == ["asa@x.example"] * 3
    assert [one.recipient for one in mail.taken] == ["asa@x.example"]
    assert hook.asked == ["asa"] * 3
    assert len(hook.taken) == 1


def test_a_stalled_mail_server_delays_no_webhook(
    site: Site, mail: MailServer, hook: Webhook
) -> None:
    mail.replies = lambda step, _: "stall" if step == "rcpt" else OK
    first = site.tell(site.asa)
    site.alerts.step()
    until(mail.stalled.is_set)
    until(lambda: site.left() == [(first, "email")])
    second = site.tell(site.asa)
    until(lambda: site.alerts.step() or (second, "url") not in site.left())  # type: ignore[func-returns-value]
    assert [path for path, _ in hook.taken] == ["asa", "asa"]
    assert mail.taken == []
    mail.replies = lambda step, _: OK
    mail.go_on()
    site.alerts.join(30)
    site.step(1)
    assert len(mail.taken) == 2


def test_a_stalled_webhook_delays_no_mail(site: Site, mail: MailServer, hook: Webhook) -> None:
    hook.status = lambda _: 0
    alert = site.tell(site.asa)
    site.alerts.step()
    until(hook.stalled.is_set)
    until(lambda: site.left() == [(alert, "url")])
    site.tell(site.bo)
    until(lambda: site.alerts.step() or len(mail.taken) == 2)  # type: ignore[func-returns-value]


def test_a_bad_address_and_a_refused_sender(site: Site, mail: MailServer) -> None:
    def undeliverable() -> list[str]:
        return [f.detail for f in site.state.faults.open() if f.code == "alert_undeliverable"]

    mail.replies = lambda step, to: "550 no such user" if to == "asa@x.example" else OK
    site.tell(site.asa)
    site.tell(site.bo)
    site.step()
    assert undeliverable() == ["asa email"]
    assert [one.recipient for one in mail.taken] == ["bo@x.example"]
    mail.replies = lambda step, to: "550 who are you" if step == "mail" else OK
    waiting = site.tell(site.bo)
    site.step()
    assert undeliverable() == ["asa email", "email"]
    assert site.left() == [(waiting, "email")]
    mail.replies = lambda step, to: OK
    site.step(1)
    assert undeliverable() == ["asa email"]
    site.tell(site.asa)
    site.step()
    assert undeliverable() == []


def test_nothing_of_an_address_is_told_to_anybody(
    site: Site, hook: Webhook, capfd: pytest.CaptureFixture[str]
) -> None:
    hook.status = lambda _: 403
    site.asa = site.asa._replace(urls=(f"{hook.url('hemligt')}?+X-Token=hemligt",))
    site.tell(site.asa)
    site.step()
    assert site.left()[0][1] == "url"
    stored = [d.error for d in site.state.alerts.on_their_way()]
    assert stored == ["not_taken: HTTP 403"]
    said = "".join(capfd.readouterr()) + "".join(stored)
    assert "not_taken" in said
    assert "hemligt" not in said
