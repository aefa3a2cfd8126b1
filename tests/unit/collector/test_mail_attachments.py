"""Files that go with a mail arrive whole, under their names; too big a mail is refused for good."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Sequence
from contextlib import closing
from email.message import EmailMessage

from hypothesis import given, settings
from hypothesis import strategies as st

from collector.transports.base import Attachment, Message, Permanent, Undelivered
from collector.transports.mail import mail_of
from collector.transports.smtp import SmtpServer, SmtpTransport
from tests.servers.smtp import OK, mail_server

PDF = Attachment("Avräkning åäö ÅÄÖ 2026-10.pdf", "application/pdf", bytes(range(256)) * 300)
SHEET = Attachment(
    "Avräkning 2026-10.xlsx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    b"PK\x03\x04\r\n.\r\n\x00\xff",
)


def message(*files: Attachment) -> Message:
    return Message("statement-1-ab", "", 0, "info", "Avräkning", "Att betala", "<p>", "line", files)


def parsed(content: bytes) -> EmailMessage:
    mail = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(mail, EmailMessage)
    return mail


def files_of(mail: EmailMessage) -> list[Attachment]:
    return [
        Attachment(
            part.get_filename() or "", part.get_content_type(), part.get_payload(decode=True)
        )
        for part in mail.iter_attachments()
    ]


def transport(port: int) -> SmtpTransport:
    return SmtpTransport(SmtpServer("127.0.0.1", port, "none", "rum@inland.example"), timeout_s=5.0)


def fates(way: SmtpTransport, mails: Sequence[Message]) -> list[Undelivered | None]:
    found: list[Undelivered | None] = []
    with closing(way.batch()) as batch:
        for one in mails:
            try:
                batch.send("bo@x.example", one)
                found.append(None)
            except Undelivered as error:
                found.append(error)
    return found


def test_files_arrive_whole_and_words_stay_words() -> None:
    with mail_server() as server:
        assert fates(transport(server.port), [message(PDF, SHEET)]) == [None]
        (taken,) = server.taken
    assert files_of(taken.mail) == [PDF, SHEET]
    assert taken.text.strip() == "Att betala"
    assert taken.mail.get_content_type() == "multipart/mixed"
    html = taken.mail.get_body(("html",))
    assert html is not None
    assert "<p>" in html.as_string()


def refused_for_its_size(fate: Undelivered | None) -> bool:
    return isinstance(fate, Permanent) and fate.failure.key == "too_big"


def test_a_size_above_what_the_server_announced_is_refused_for_good() -> None:
    """And hinders no other mail: it is neither the sender's nor the server's fault."""
    with mail_server(largest=20_000) as server:
        big, small = fates(transport(server.port), [message(PDF), message(SHEET)])
    assert refused_for_its_size(big)
    assert small is None


def test_a_size_refused_at_the_end_is_refused_for_good() -> None:
    with mail_server() as server:
        server.replies = lambda step, _: "552 5.3.4 too big" if step == "data" else OK
        (big,) = fates(transport(server.port), [message(PDF)])
    assert refused_for_its_size(big)


# Python's reader takes quotes off twice: a name within quotes comes back without them
NAMES = st.text(st.characters(min_codepoint=32, exclude_categories=("C", "Z")), min_size=1).filter(
    lambda name: not (name.startswith('"') and name.endswith('"'))
)


@settings(max_examples=60)
@given(NAMES, st.binary(max_size=300))
def test_any_name_and_any_bytes(name: str, content: bytes) -> None:
    made = mail_of(message(Attachment(name, "application/pdf", content)), "a@x.example", "b@x.se")
    made.content.decode("ascii")
    assert all(len(line) <= 998 for line in made.content.split(b"\r\n"))
    (found,) = files_of(parsed(made.content))
    assert found == Attachment(name.replace("/", "-"), "application/pdf", content)


def test_a_name_breaks_out_of_no_header() -> None:
    hostile = Attachment('a"\r\nBcc: eve@x.example\r\n\r\n.pdf', "application/pdf", b"x")
    mail = parsed(mail_of(message(hostile), "a@x.example", "b@x.se").content)
    assert mail["Bcc"] is None
    assert [part["Bcc"] for part in mail.walk()] == [None] * 5
