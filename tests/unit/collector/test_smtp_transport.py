"""E-mail against a real server that refuses, stalls and hangs up."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from collector.transports.base import (
    Message,
    Passing,
    Permanent,
    ServerAway,
    ServerTrouble,
    Undelivered,
)
from collector.transports.smtp import SmtpServer, SmtpTransport
from rooms.alerts.failure import Failure
from tests.servers.certificates import self_signed
from tests.servers.ports import free_port
from tests.servers.smtp import OK, MailServer, mail_server

HELLO = Message(
    "alert-7-0a1b2c3d",
    "fault-f1",
    1_795_424_400_000,
    "warning",
    "Granen: kameran borta sedan 08.55. Möte 09.00.",
    "Granen: kameran borta sedan 08.55.\n\nKontrollera USB-kabeln.",
    "<p>Granen: kameran borta sedan 08.55.</p>",
    "Granen: kameran borta.",
)
BO, ASA = "bo@x.example", "asa@x.example"


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as made:
        yield made


def transport(port: int, timeout_s: float = 5.0, **given: Any) -> SmtpTransport:
    context = given.pop("context", ssl.create_default_context)
    server = {"host": "127.0.0.1", "security": "none", "sender": "Rumskoll <rum@inland.example>"}
    return SmtpTransport(
        SmtpServer(**{**server, **given, "port": port}), context=context, timeout_s=timeout_s
    )


def send(way: SmtpTransport, *addresses: str, message: Message = HELLO) -> list[Undelivered | None]:
    """What became of a mail to each, in one batch."""
    fates: list[Undelivered | None] = []
    with closing(way.batch()) as batch:
        for address in addresses:
            try:
                batch.send(address, message)
                fates.append(None)
            except Undelivered as error:
                fates.append(error)
    return fates


def only(step: str, address: str, reply: str) -> Callable[[str, str], str]:
    return lambda s, a: reply if (s, a) == (step, address) else OK


def test_a_mail_as_it_arrives(server: MailServer) -> None:
    assert send(transport(server.port), BO, ASA) == [None, None]
    assert server.sessions == 1
    first, second = server.taken
    assert (first.sender, first.recipient, second.recipient) == ("rum@inland.example", BO, ASA)
    mail = first.mail
    assert mail["From"] == "Rumskoll <rum@inland.example>"
    assert mail["To"] == BO
    assert mail["Subject"] == HELLO.subject
    assert mail["Message-ID"] == "<alert-7-0a1b2c3d@inland.example>"
    assert mail["References"] == mail["In-Reply-To"] == "<fault-f1@inland.example>"
    assert mail["Date"] == "Mon, 23 Nov 2026 09:00:00 +0000"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_content_type() == "multipart/alternative"
    plain, html = mail.iter_parts()
    assert plain.get_content().replace("\r\n", "\n").strip() == HELLO.text
    assert html.get_content().strip() == HELLO.html
    assert (plain.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")


def test_nothing_breaks_out_of_a_header(server: MailServer) -> None:
    hostile = "Granen\r\nBcc: all@x.example\n\n<b>\x00\x1b[2J\u2028\ud800" + "ö" * 10_000
    message = HELLO._replace(subject=hostile, text=hostile, html=hostile, thread="")
    way = transport(server.port, sender="Rum\u0000 <rum@inland.example>")
    assert send(way, BO, message=message) == [None]
    [taken] = server.taken
    assert taken.mail["Bcc"] is None
    assert taken.mail["References"] is None
    assert taken.mail["Subject"].startswith("Granen Bcc: all@x.example <b> [2J ?öö")
    assert len(taken.mail["Subject"]) > 10_000
    assert "ö" * 10_000 in taken.text


def test_addresses_beyond_ascii(server: MailServer) -> None:
    fates = send(transport(server.port), "bo@höjden.example", "åsa@x.example", BO)
    assert [type(fate) for fate in fates] == [type(None), Permanent, type(None)]
    assert [taken.recipient for taken in server.taken] == ["bo@xn--hjden-jua.example", BO]


@pytest.mark.parametrize(
    ("step", "reply", "kind", "key", "detail"),
    [
        ("rcpt", "550 None: bo@x.example", Permanent, "recipient", "550 None: …"),
        ("rcpt", "452 4.2.2 Mailbox full", Passing, "busy", "452 4.2.2 Mailbox full"),
        ("rcpt", "530 5.7.0 Log in first", ServerTrouble, "login", "530 5.7.0 Log in first"),
        ("data", "554 5.7.1 Looks like spam", Permanent, "message", "554 5.7.1 Looks like spam"),
        ("data", "451 4.3.0 Try later", Passing, "busy", "451 4.3.0 Try later"),
        ("data", "hang up", Passing, "lost", ""),
    ],
)  # fmt: skip
def test_one_refused_mail_is_no_other_ones_trouble(
    server: MailServer, step: str, reply: str, kind: type[Undelivered], key: str, detail: str
) -> None:
    server.replies = only(step, BO, reply)
    bad, good = send(transport(server.port), BO, ASA)
    assert good is None
    assert type(bad) is kind
    assert bad.failure == Failure(key, detail)
    assert [taken.recipient for taken in server.taken] == [ASA]


def test_a_refused_sender_is_the_servers_trouble(server: MailServer) -> None:
    server.replies = only("mail", "rum@inland.example", "550 not ours")
    [fate] = send(transport(server.port), BO)
    assert type(fate) is ServerTrouble
    assert fate.failure == Failure("sender", "550 not ours")


def test_a_server_that_stalls(server: MailServer) -> None:
    server.replies = only("data", BO, "stall")
    bad, good = send(transport(server.port, timeout_s=0.2), BO, ASA)
    assert (type(bad), good) == (Passing, None)
    assert bad is not None
    assert bad.failure == Failure("timeout")


def test_a_server_that_is_not_there_is_asked_once_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = 0
    way = transport(free_port())
    connect = way.connect

    def counted() -> object:
        nonlocal calls
        calls += 1
        return connect()

    monkeypatch.setattr(way, "connect", counted)
    fates = send(way, BO, ASA)
    assert [fate and fate.failure.key for fate in fates] == ["unreachable", "unreachable"]
    assert calls == 1
    for host in ("nowhere.invalid", "höst..example"):
        [fate] = send(transport(25, host=host), BO)
        assert type(fate) is ServerAway
        assert fate.failure.key == "unreachable"


def test_one_that_accepts_and_says_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        [fate] = send(transport(silent.getsockname()[1], timeout_s=0.1), BO)
    assert fate is not None
    assert fate.failure == Failure("timeout")


@pytest.mark.filterwarnings("ignore:Requiring AUTH")
def test_login() -> None:
    with mail_server(password="hemligt") as server:
        assert send(transport(server.port, username="rum", password="hemligt"), BO) == [None]
        wrong, other = send(transport(server.port, username="rum", password="fel"), BO, ASA)
        assert type(wrong) is ServerTrouble
        assert wrong.failure.key == "login"
        assert wrong.failure.detail.startswith("535 ")
        assert wrong is other  # asked once
        [beyond] = send(transport(server.port, username="åsa", password="nyckelhål"), BO)
        assert type(beyond) is ServerTrouble
        assert beyond.failure.key == "login"
        server.password = "nyckelhål"
        assert send(transport(server.port, username="åsa", password="nyckelhål"), BO) == [None]
        [without] = send(transport(server.port), BO)
        assert type(without) is ServerTrouble
        assert without.failure.key == "login"


def test_tls_and_starttls(tmp_path: Path) -> None:
    file = self_signed(tmp_path)
    served = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    served.load_cert_chain(file)

    def trusting() -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(file))

    with mail_server(tls=served) as server:
        assert send(transport(server.port, security="tls", context=trusting), BO) == [None]
        [fate] = send(transport(server.port, security="tls"), BO)
        assert type(fate) is ServerTrouble
        assert fate.failure == Failure("tls", "self-signed certificate")
    with mail_server(starttls=served) as server:
        assert send(transport(server.port, security="starttls", context=trusting), BO) == [None]
        [fate] = send(transport(server.port), BO)
        assert type(fate) is ServerTrouble
    with mail_server() as server:
        [fate] = send(transport(server.port, security="starttls"), BO)
        assert type(fate) is ServerTrouble
        assert fate.failure.key == "tls"
