"""A real SMTP server (aiosmtpd) that refuses, stalls and fails as it is told."""

from __future__ import annotations

import asyncio
import email
import email.policy
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from typing import NamedTuple

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

OK = "250 OK"


class Taken(NamedTuple):
    sender: str
    recipient: str
    mail: EmailMessage

    @property
    def id(self) -> str:
        return str(self.mail["Message-ID"])

    @property
    def text(self) -> str:
        plain = self.mail.get_body(("plain",))
        assert isinstance(plain, EmailMessage)
        return str(plain.get_content())


class MailServer:
    """``replies`` answers a step ("mail", "rcpt", "data") for an address; a reply of "stall"
    keeps the client waiting until ``go_on`` is called, "hang up" breaks the connection."""

    def __init__(self, password: str = "") -> None:
        self.taken: list[Taken] = []
        self.sessions = 0
        self.replies: Callable[[str, str], str] = lambda step, address: OK
        self.password = password
        self.host, self.port = "127.0.0.1", 0
        self.stalled = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._go_on = asyncio.Event()

    def go_on(self) -> None:
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._go_on.set)

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, name: str, lines: list[str]
    ) -> list[str]:
        self.sessions += 1
        self._loop = asyncio.get_running_loop()
        session.host_name = name
        return lines

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        reply = await self._reply("mail", address, server)
        if reply.startswith("2"):
            envelope.mail_from = address
        return reply

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        reply = await self._reply("rcpt", address, server)
        if reply.startswith("2"):
            envelope.rcpt_tos.append(address)
        return reply

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        [recipient] = envelope.rcpt_tos
        reply = await self._reply("data", recipient, server)
        if reply.startswith("2"):
            content = envelope.content
            assert isinstance(content, bytes)
            mail = email.message_from_bytes(content, policy=email.policy.default)
            assert isinstance(mail, EmailMessage)
            self.taken.append(Taken(envelope.mail_from or "", recipient, mail))
        return reply

    async def _reply(self, step: str, address: str, server: SMTP) -> str:
        reply = self.replies(step, address)
        if reply == "stall":
            self.stalled.set()
            await self._go_on.wait()
            return "451 slept"
        if reply == "hang up":
            assert server.transport is not None
            server.transport.abort()
            return "421 gone"
        return reply

    def login(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object
    ) -> AuthResult:
        right = isinstance(data, LoginPassword) and data.password == self.password.encode()
        return AuthResult(success=right, handled=False)


@contextmanager
def mail_server(
    password: str = "",
    tls: ssl.SSLContext | None = None,
    starttls: ssl.SSLContext | None = None,
    largest: int = 2**25,
) -> Iterator[MailServer]:
    """``largest``: bytes of a mail; what is bigger is refused at MAIL, or at DATA."""
    handler = MailServer(password)

    def session() -> SMTP:
        return SMTP(
            handler,
            data_size_limit=largest,
            enable_SMTPUTF8=False,
            tls_context=starttls,
            require_starttls=starttls is not None,
            authenticator=handler.login if password else None,
            auth_required=bool(password),
            auth_require_tls=False,
            loop=loop,
        )

    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    listening = loop.create_server(session, "127.0.0.1", 0, ssl=tls)
    server = asyncio.run_coroutine_threadsafe(listening, loop).result(10)
    handler.port = server.sockets[0].getsockname()[1]
    try:
        yield handler
    finally:
        asyncio.run_coroutine_threadsafe(_end(server), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _end(server: asyncio.Server) -> None:
    server.close()
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
