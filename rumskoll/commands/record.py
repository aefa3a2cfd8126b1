"""``rumskoll record``: MQTT traffic into a file, to look at or to play back."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rumskoll.commands.common import (
    LANGUAGE,
    Rooms,
    errors,
    fail,
    out,
    plainly,
    say,
    settings_for,
    stop_by_signal,
)

if TYPE_CHECKING:
    from collector.incoming import Incoming


@plainly
def record(
    file: Annotated[Path, typer.Argument(help=say("help.record_file"))],
    topic: Annotated[list[str] | None, typer.Option(help=say("help.record_topic"))] = None,
    for_: Annotated[
        str | None, typer.Option("--for", metavar="TIME", help=say("help.record_for"))
    ] = None,
    messages: Annotated[int | None, typer.Option(min=1, help=say("help.record_messages"))] = None,
    rooms: Rooms = None,
) -> None:
    from collector.known import Known
    from rumskoll.listening import Listener, beside
    from rumskoll.recording import line_of, withheld
    from rumskoll.registry_files import read_registry
    from rumskoll.wiring import broker_of, clock

    seconds = None if for_ is None else seconds_of(for_)
    _check_topics(topic or [])
    settings = settings_for(rooms=rooms)
    known = Known.of(read_registry(settings.rooms))
    broker = beside(broker_of(settings), "record")
    written = left_out = 0
    started = time.monotonic()

    def going_on() -> bool:
        late = seconds is not None and time.monotonic() - started >= seconds
        return not late and (messages is None or written < messages)

    try:
        into = file.open("x", encoding="utf-8")
    except FileExistsError:
        raise fail(say("record.exists", file=file)) from None
    from rumskoll.commands.progress import counting

    with into, counting("record.bar", messages) as count:

        def take(message: Incoming) -> None:
            nonlocal written, left_out
            if not going_on():
                return
            if withheld(known, message):
                left_out += 1
                return
            into.write(line_of(message))
            into.flush()
            written += 1
            count(1)

        listener = Listener(
            broker,
            topic or known.router.subscriptions,
            take,
            clock=clock,
            language=LANGUAGE,
            trouble=errors.print,
        )
        values = {"host": broker.host, "port": broker.port, "file": file}
        errors.print(say("record.started", **values))
        stop_by_signal()
        try:
            listener.run(going_on)
        except KeyboardInterrupt:
            pass
        except BaseException:
            if not written:
                file.unlink()
            raise
    out.print(say("record.done", count=written, file=file))
    if left_out:
        out.print(say("record.withheld", count=left_out))


def seconds_of(given: str) -> int:
    """A length of time, as in rooms.yaml."""
    from pydantic_core import PydanticCustomError

    from rooms.registry.fields import parse_duration

    try:
        seconds = parse_duration(int(given) if given.isdecimal() else given)
    except PydanticCustomError:
        seconds = 0
    if seconds <= 0:
        raise fail(say("record.bad_for", given=given))
    return int(seconds)


def _check_topics(topics: list[str]) -> None:
    from rooms.registry.topics import valid

    for one in topics:
        if not valid(one):
            raise fail(say("record.bad_topic", topic=one))
