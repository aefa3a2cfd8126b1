"""E-mail, by SMTP (RFC 5321) over ``smtplib``.

Replies are told apart by the step they answer: a recipient or a message refused with 5xx is
permanent for that delivery, and so is a message that is too big, whichever step says so; a
login or sender refused is the server's trouble for all, 4xx and broken connections pass.
"""

from __future__ import annotations

import smtplib
import ssl
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from email.utils import parseaddr
from typing import Final, Literal

from collector.transports.base import (
    Message,
    Passing,
    Permanent,
    ServerAway,
    ServerTrouble,
    Undelivered,
)
from collector.transports.mail import mail_of
from rooms.alerts.failure import one_line

TIMEOUT_S: Final = 20.0  # for each answer
_LOGGED_IN: Final = 235  # RFC 4954
_TOO_BIG: Final = 552  # RFC 1870: to MAIL, where the server said how much it takes, or to DATA
_LOGIN_NEEDED: Final = 530  # RFC 4954: may answer any command


@dataclass(frozen=True)
class SmtpServer:
    """As the settings say; ``sender`` is an address, with or without a name."""

    host: str
    port: int
    security: Literal["starttls", "tls", "none"]
    sender: str
    username: str = ""
    password: str = ""

    @property
    def envelope(self) -> str:
        """The sender's bare address."""
        return parseaddr(self.sender)[1]


class SmtpTransport:
    def __init__(
        self,
        server: SmtpServer,
        *,
        context: Callable[[], ssl.SSLContext] = ssl.create_default_context,
        timeout_s: float = TIMEOUT_S,
    ) -> None:
        self._server = server
        self._context = context
        self._timeout_s = timeout_s

    def batch(self) -> SmtpBatch:
        return SmtpBatch(self._server, self.connect)

    def stop(self) -> None:
        """What is being sent is seen through: no answer takes longer than the timeout."""

    def connect(self) -> smtplib.SMTP:
        """A session that is ready for mail. Raises ``ServerAway``."""
        client: smtplib.SMTP | None = None
        try:
            client = self._open()
            client.ehlo_or_helo_if_needed()
            if self._server.security == "starttls":
                client.starttls(context=self._context())
                client.ehlo()
            if self._server.username:
                _login(client, self._server)
        except (smtplib.SMTPException, OSError, UnicodeError) as error:
            if client is not None:
                client.close()
            raise _not_ready(error) from None
        return client

    def _open(self) -> smtplib.SMTP:
        server = self._server
        if server.security == "tls":
            return smtplib.SMTP_SSL(
                server.host, server.port, timeout=self._timeout_s, context=self._context()
            )
        return smtplib.SMTP(server.host, server.port, timeout=self._timeout_s)


class SmtpBatch:
    """What goes wrong before the first mail goes wrong for the whole batch."""

    def __init__(self, server: SmtpServer, connect: Callable[[], smtplib.SMTP]) -> None:
        self._server = server
        self._connect = connect
        self._client: smtplib.SMTP | None = None
        self._broken: ServerAway | None = None

    def send(self, address: str, message: Message) -> None:
        mail = mail_of(message, self._server.sender, address)
        client = self.ready()
        try:
            options = () if mail.recipient.isascii() else ("SMTPUTF8",)  # RFC 6531
            client.sendmail(self._server.envelope, [mail.recipient], mail.content, options)
        except (smtplib.SMTPException, OSError) as error:
            failed = _not_sent(error, address)
            if not isinstance(failed, Permanent):
                self._drop()  # the session may be in any state
            raise failed from None

    def close(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            try:
                client.quit()
            except (smtplib.SMTPException, OSError):
                client.close()  # what it took, it has

    def ready(self) -> smtplib.SMTP:
        """The session, once it is logged in. Raises the same ``ServerAway`` for the whole batch."""
        if self._broken is not None:
            raise self._broken
        if self._client is None:
            try:
                self._client = self._connect()
            except ServerAway as error:
                self._broken = error
                raise
        return self._client

    def _drop(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            client.close()


def _login(client: smtplib.SMTP, server: SmtpServer) -> None:
    """``smtplib`` knows no passwords beyond ASCII; PLAIN does (RFC 4616)."""
    if (server.username + server.password).isascii():
        client.login(server.username, server.password)
        return
    words = f"\0{server.username}\0{server.password}".encode()
    code, said = client.docmd("AUTH", f"PLAIN {b64encode(words).decode()}")
    if code != _LOGGED_IN:
        raise smtplib.SMTPAuthenticationError(code, said)


def _not_ready(error: Exception) -> ServerAway:
    """Why there is no session."""
    match error:
        case smtplib.SMTPAuthenticationError() if error.smtp_code >= 500:
            return ServerTrouble("login", _said(error))
        case smtplib.SMTPResponseException() if error.smtp_code >= 500:
            return ServerTrouble("other", _said(error))
        case smtplib.SMTPNotSupportedError():
            return ServerTrouble(
                "tls" if "STARTTLS" in str(error) else "login", one_line(str(error))
            )
        case ssl.SSLError():
            return ServerTrouble(
                "tls", one_line(getattr(error, "verify_message", "") or error.reason or str(error))
            )
        case UnicodeError():  # a host name that cannot be one
            return ServerAway("unreachable", one_line(str(error)))
    return ServerAway(*_passing(error).failure)


def _not_sent(error: Exception, address: str) -> Undelivered:
    """Why a mail was not taken."""
    match error:
        case smtplib.SMTPSenderRefused() if error.smtp_code >= 500 and not _too_big(error):
            key = "login" if error.smtp_code == _LOGIN_NEEDED else "sender"
            return ServerTrouble(key, _said(error))
        case smtplib.SMTPRecipientsRefused():
            code, said = next(iter(error.recipients.values()))
            reply = one_line(f"{code} {one_line(said)}", address)
            if code == _LOGIN_NEEDED:
                return ServerTrouble("login", reply)
            return Permanent("recipient", reply) if code >= 500 else Passing("busy", reply)
        case smtplib.SMTPDataError() | smtplib.SMTPSenderRefused() if error.smtp_code >= 500:
            return Permanent("too_big" if _too_big(error) else "message", _said(error, address))
        case smtplib.SMTPNotSupportedError():  # an address that needs SMTPUTF8
            return Permanent("recipient", one_line(str(error), address))
    return _passing(error, address)


def _too_big(error: smtplib.SMTPResponseException) -> bool:
    return error.smtp_code == _TOO_BIG


def _passing(error: Exception, address: str = "") -> Passing:
    match error:
        case smtplib.SMTPResponseException():
            return Passing("busy", _said(error, address))
        case TimeoutError():
            return Passing("timeout")
        case smtplib.SMTPServerDisconnected():
            timed_out = isinstance(error.__context__, TimeoutError)
            return Passing("timeout" if timed_out else "lost")
        case OSError() if error.strerror:
            return Passing("unreachable", one_line(error.strerror))
    return Passing("other", one_line(str(error), address))


def _said(error: smtplib.SMTPResponseException, address: str = "") -> str:
    return one_line(f"{error.smtp_code} {one_line(error.smtp_error)}", address)
