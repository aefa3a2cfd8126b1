"""The process that sends one message by Apprise: a task on standard input, an answer on output."""

from __future__ import annotations

import logging
import re
import signal
import sys
from typing import Any, Final, Protocol

import msgspec

WALL_S: Final = 45
CONNECT_S: Final = 10.0  # Apprise's own 4 s make slow services repeat what they have sent
ANSWER_S: Final = 20.0


class Task(msgspec.Struct, frozen=True):
    """Without words, only the address is looked at."""

    url: str
    subject: str = ""
    text: str = ""
    line: str = ""
    tone: str = "info"


class Answer(msgspec.Struct, frozen=True):
    """``failed`` names a text ("delivery.failed." + failed), "" if it was sent; ``detail`` holds
    nothing of the address."""

    failed: str = ""
    detail: str = ""


class _Roomy(Protocol):
    """One of Apprise's services; it takes so many characters."""

    body_maxlen: int


class _Status(logging.Handler):
    """Apprise only says that it failed; its log says with which HTTP status."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.found = ""

    def emit(self, record: logging.LogRecord) -> None:
        if match := re.search(r"\berror=([1-5]\d\d)\b", record.getMessage()):
            self.found = f"HTTP {match[1]}"


def answer(task: Task) -> Answer:
    from apprise import Apprise, AppriseAsset, NotifyFormat
    from apprise.url import URLBase

    URLBase.socket_connect_timeout, URLBase.socket_read_timeout = CONNECT_S, ANSWER_S
    # a redirect turns POST into GET, and what was never read would count as sent
    asset = AppriseAsset(async_mode=False, interpret_emojis=False)
    asset.http_redirects = False
    service = Apprise.instantiate(task.url, asset=asset)
    if service is None:
        return Answer("bad_url")
    if not task.text:
        return Answer()
    status = _Status()
    logging.getLogger("apprise").addHandler(status)
    title, body = (calling_nobody(said) for said in words(task, service))
    sender = Apprise(asset=asset)
    sender.add(service)
    sent = sender.notify(
        body=body, title=title, notify_type=task.tone, body_format=NotifyFormat.TEXT
    )
    return Answer() if sent else Answer("not_taken", status.found)


def words(task: Task, service: _Roomy) -> tuple[str, str]:
    """(title, body): all of it, or one line where there is no room (SMS)."""
    if len(task.subject) + len(task.text) > service.body_maxlen:
        return "", task.line
    first, _, rest = (part.strip() for part in task.text.partition("\n"))
    said_already = first in (task.subject, task.line) and rest
    return (first, rest) if said_already else (task.subject, task.text)


def calling_nobody(said: str) -> str:
    """What anybody wrote on a report page shall call no whole chat room: an invisible space
    stands where Discord, Slack, Teams and the like look for ``@everyone`` or ``<!channel>``."""
    return re.sub(r"(?<!\w)@(?=\w)|<(?=[!@#])", "\\g<0>\u200b", said)


def main() -> None:
    signal.alarm(WALL_S)  # also when nobody is left to kill it
    out: Any = sys.stdout.buffer
    sys.stdout = sys.stderr  # a plugin's words are no part of the answer
    task = msgspec.json.decode(sys.stdin.buffer.read(), type=Task)
    out.write(msgspec.json.encode(answer(task)))


if __name__ == "__main__":
    main()
