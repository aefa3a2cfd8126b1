"""Subjects arrive as they were written, whatever words they are folded between."""

from __future__ import annotations

import email
import email.policy
import re

from hypothesis import given
from hypothesis import strategies as st

from collector.transports.base import Message
from collector.transports.mail import mail_of

WORDS = st.sampled_from(
    [
        "Granen:",
        "kameran",
        "borta",
        "sedan",
        "08.55.",
        "Möte",
        "ström",
        "Umeälven",
        "är",
        "högtalare",
    ]
)
TEXT = st.text(st.characters(min_codepoint=32, blacklist_categories=("C", "Z")), min_size=1)


def subject_of(said: str) -> tuple[str, bytes]:
    message = Message("alert-1-00", "", 0, "info", said, "text", "<p>html</p>", said)
    content = mail_of(message, "Rumskoll <rum@huset.example>", "anna@huset.example").content
    mail = email.message_from_bytes(content, policy=email.policy.default)
    return str(mail["Subject"]), content


@given(st.lists(WORDS, min_size=1, max_size=18).map(" ".join))
def test_swedish_subjects(said: str) -> None:
    got, content = subject_of(said)
    assert got == said
    assert all(len(line) <= 78 for line in content.split(b"\r\n\r\n")[0].split(b"\r\n"))
    # RFC 2047: none longer than this
    assert all(len(word) <= 75 for word in re.findall(rb"=\?.*?\?=", content))


@given(st.lists(TEXT, min_size=1, max_size=8).map(" ".join))
def test_any_subject(said: str) -> None:
    got, content = subject_of(said)
    assert got.split() == said.split()
    head = content.split(b"\r\n\r\n")[0]
    assert re.findall(rb"(?m)^([A-Za-z-]+):", head).count(b"Subject") == 1


def test_a_space_between_two_encoded_words_is_kept() -> None:
    said = "högtalare ledig skärm högtalare ström ström starta till skärm till ström"
    assert subject_of(said)[0] == said
