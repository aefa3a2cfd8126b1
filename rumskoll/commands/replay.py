"""``rumskoll replay``: a recording back to the broker."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rumskoll.commands.common import (
    LANGUAGE,
    fail,
    out,
    plainly,
    say,
    settings_for,
    stop_by_signal,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from collector.link import Broker
    from rumskoll.recording import Recorded


@plainly
def replay(
    file: Annotated[Path, typer.Argument(help=say("help.replay_file"))],
    speed: Annotated[
        float, typer.Option(min=0.01, max=1_000_000, help=say("help.replay_speed"))
    ] = 1.0,
    fast: Annotated[bool, typer.Option("--fast", help=say("help.replay_fast"))] = False,
) -> None:
    from rumskoll.commands.progress import counting
    from rumskoll.listening import beside
    from rumskoll.recording import read_recording
    from rumskoll.wiring import broker_of

    total = _check(file)  # all of it first: half a recording helps nobody
    broker = beside(broker_of(settings_for()), "replay")
    sent = 0

    def told(done: int) -> None:
        nonlocal sent
        sent += done
        count(done)

    with counting("replay.bar", total) as count:
        stop_by_signal()
        try:
            _play(broker, read_recording(file), None if fast else speed, told)
        except KeyboardInterrupt:
            raise fail(say("replay.stopped", count=sent), 130) from None
    out.print(say("replay.done", count=sent, host=broker.host, port=broker.port))


def _check(file: Path) -> int:
    from rumskoll.recording import BadLine, read_recording

    try:
        total = sum(1 for _ in read_recording(file))
    except BadLine as bad:
        reason = say(bad.key)
        raise fail(say("replay.line", file=file, line=bad.line, reason=reason)) from None
    if not total:
        raise fail(say("replay.empty", file=file))
    return total


def _play(
    broker: Broker,
    messages: Iterable[Recorded],
    speed: float | None,
    told: Callable[[int], None],
) -> None:
    """With its own spacing, ``speed`` times faster; ``None``: as fast as it goes."""
    from rumskoll.sending import Sender

    with Sender(broker, LANGUAGE) as sender:
        began, first = time.monotonic(), None
        for message in messages:
            first = message.time if first is None else first
            if speed is not None:
                due = began + (message.time - first) / 1000 / speed
                sender.wait(due - time.monotonic())
            sender.send(message)
            told(1)
