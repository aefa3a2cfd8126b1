"""A message as an e-mail: plain text, HTML and files, no header that anybody can break out of."""

from __future__ import annotations

from datetime import UTC, datetime
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr, parseaddr
from typing import Final, NamedTuple

from collector.transports.base import Message

# folded lines of ASCII only: what every server takes
_POLICY: Final = SMTP.clone(cte_type="7bit")
_LINE: Final = 74  # characters: no encoded word may be longer than 75


class Mail(NamedTuple):
    recipient: str  # the envelope's
    content: bytes


def mail_of(message: Message, sender: str, recipient: str) -> Mail:
    """RFC 5322. ``References`` names a message that never was, so that all about one thing
    stands together however it began; ``Auto-Submitted`` (RFC 3834) keeps holiday replies away."""
    to, (name, address) = _ascii_domain(recipient), parseaddr(sender)
    address = _ascii_domain(address)
    domain = address.rpartition("@")[2]
    mail = EmailMessage(_POLICY)
    mail["From"] = formataddr((_plain(name), address)) if name else address
    mail["To"] = to
    mail["Date"] = format_datetime(datetime.fromtimestamp(message.at / 1000, UTC))
    mail["Message-ID"] = f"<{message.id}@{domain}>"
    if message.thread:
        mail["In-Reply-To"] = mail["References"] = f"<{message.thread}@{domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"  # the same to Exchange
    mail.set_content(_encodable(message.text))
    mail.add_alternative(_encodable(message.html), subtype="html")
    for one in message.attachments:
        main, _, sub = one.kind.partition("/")
        mail.add_attachment(one.content, main, sub, filename=_plain(one.name).replace("/", "-"))
    return Mail(to, _subject(message.subject) + mail.as_bytes())


def _subject(said: str) -> bytes:
    """RFC 2047 by the older ``Header``: ``EmailMessage`` loses or doubles the space where it
    folds between two encoded words (one of 30 Swedish subjects)."""
    plain = _plain(said)
    charset = "us-ascii" if plain.isascii() else "utf-8"
    header = Header(plain, charset, _LINE, "Subject").encode(linesep="\r\n")
    return f"Subject: {header}\r\n".encode("ascii")


def _ascii_domain(address: str) -> str:
    """``bo@höjden.example`` -> ``bo@xn--hjden-kua.example``, where that can be had."""
    local, _, domain = address.rpartition("@")
    try:
        return f"{local}@{domain.encode('idna').decode()}"
    except UnicodeError:
        return address


def _plain(said: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in _encodable(said)).split())


def _encodable(said: str) -> str:
    """Without lone surrogates, which no encoding knows."""
    return said.encode("utf-8", "replace").decode()
