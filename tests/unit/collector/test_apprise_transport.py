"""Webhooks by Apprise: what arrives, what fails, what is killed, and what is never told."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from collector.transports.apprise import AppriseTransport
from collector.transports.apprise_worker import Answer, Task, answer, calling_nobody, words
from collector.transports.base import Message, Passing, Permanent
from rooms.alerts.failure import Failure
from tests.servers.ports import free_port
from tests.servers.webhook import Webhook, webhook

LINE = "Granen: kameran borta."
HELLO = Message("alert-7-0a1b2c3d", "", 0, "warning", LINE, f"{LINE}\n\nSe <b>:fire: \\n", "", LINE)


@pytest.fixture
def hook() -> Iterator[Webhook]:
    with webhook() as made:
        yield made


def task(url: str) -> Task:
    return Task(url, HELLO.subject, HELLO.text, HELLO.line, HELLO.tone)


def answering(code: str, wall_s: float = 10.0) -> AppriseTransport:
    return AppriseTransport(wall_s, (sys.executable, "-c", code))


def test_a_message_as_it_arrives(hook: Webhook) -> None:
    """By the process that is used in earnest."""
    AppriseTransport().batch().send(hook.url("arrives"), HELLO)
    [(path, body)] = hook.taken
    assert path == "arrives"
    assert (body["title"], body["message"]) == (LINE, "Se <b>:fire: \\n")  # said once, and as it is
    assert body["type"] == "warning"


@pytest.mark.parametrize("status", [500, 429, 302])
def test_a_service_that_refuses(hook: Webhook, status: int) -> None:
    """A redirect is no delivery: following it would drop the message and call it sent."""
    hook.status = lambda path: status
    assert answer(task(hook.url("hemlig"))) == Answer("not_taken", f"HTTP {status}")
    assert len(hook.asked) == 1


def test_nobody_there() -> None:
    assert answer(task(f"json://127.0.0.1:{free_port()}/hemlig")) == Answer("not_taken")


@pytest.mark.parametrize("url", ["nosuch://hemlig", "json://", "tgram://hemlig/x", ""])
def test_an_address_that_is_none(url: str) -> None:
    assert answer(task(url)) == Answer("bad_url")


def test_checking_sends_nothing(hook: Webhook) -> None:
    assert answer(Task(hook.url("checked"))) == Answer()
    assert hook.asked == []


def test_what_the_process_answers_is_told() -> None:
    bad = answering("""print('{"failed": "bad_url"}')""")
    with pytest.raises(Permanent) as permanent:
        bad.send("json://x", HELLO)
    assert permanent.value.failure == Failure("bad_url")
    assert bad.check("json://x") == Failure("bad_url")
    with pytest.raises(Passing) as passing:
        answering("""print('{"failed": "not_taken", "detail": "HTTP 500"}')""").send("x", HELLO)
    assert passing.value.failure == Failure("not_taken", "HTTP 500")
    assert answering("print('{}')").check("json://x") is None


def test_the_address_is_in_no_list_of_processes() -> None:
    """Neither it nor our settings: all that the process was started with is here."""
    seen = "import os, sys; print('{\"failed\": \"', *sys.argv, *os.environ, '\"}', sep=' ')"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RUMSKOLL_SMTP_PASSWORD", "x")
        failure = answering(seen).check("json://hemlig")
    assert failure is not None
    assert "PATH" in failure.key
    assert "hemlig" not in failure.key
    assert "RUMSKOLL" not in failure.key


def test_a_service_that_stalls_is_left() -> None:
    with pytest.raises(Passing) as caught:
        answering("import time; time.sleep(600)", wall_s=0.1).send("json://x", HELLO)
    assert caught.value.failure == Failure("too_slow")


def test_the_end_of_the_service_ends_what_is_under_way() -> None:
    transport, caught = answering("import time; time.sleep(600)"), []

    def send() -> None:
        try:
            transport.send("json://x", HELLO)
        except Passing as error:
            caught.append(str(error))

    thread = threading.Thread(target=send)
    thread.start()
    transport.stop()
    thread.join(10)
    assert caught == ["crashed: -9"]


@pytest.mark.parametrize("says", ["raise SystemExit(3)", "print('nonsense')"])
def test_a_process_that_fails(says: str) -> None:
    with pytest.raises(Passing) as caught:
        answering(says).send("json://x", HELLO)
    assert caught.value.failure.key == "crashed"


def test_what_is_said_where_there_is_room_for_how_much() -> None:
    whole = Task("x", "A subject", "A subject\n\nand more", "One line")
    assert words(whole, SimpleNamespace(body_maxlen=160)) == ("A subject", "and more")
    assert words(whole, SimpleNamespace(body_maxlen=20)) == ("", "One line")
    by_line = Task("x", "A subject", "One line\n\nand more", "One line")
    assert words(by_line, SimpleNamespace(body_maxlen=160)) == ("One line", "and more")
    other = Task("x", "A subject", "Another beginning\n\nand more", "One line")
    assert words(other, SimpleNamespace(body_maxlen=160)) == (other.subject, other.text)
    short = Task("x", "A subject", "A subject", "One line")
    assert words(short, SimpleNamespace(body_maxlen=160)) == ("A subject", "A subject")


@pytest.mark.parametrize(
    ("said", "sent"),
    [
        ("hej @everyone, @here", "hej @\u200beveryone, @\u200bhere"),
        ("<!channel> <@U123>", "<\u200b!channel> <\u200b@\u200bU123>"),
        ("fråga anna@huset.example", "fråga anna@huset.example"),
        ("5 @ 3 < 4", "5 @ 3 < 4"),
    ],
)
def test_nobody_is_called_by_what_a_stranger_wrote(said: str, sent: str) -> None:
    assert calling_nobody(said) == sent


def test_a_message_calls_nobody(hook: Webhook) -> None:
    shout = Task(hook.url("shout"), LINE, f"{LINE}\n\n@everyone", LINE)
    assert answer(shout) == Answer()
    [(_, body)] = hook.taken
    assert body["message"] == "@\u200beveryone"
