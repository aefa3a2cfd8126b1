"""Work in a thread with a connection of its own, one that breaks now and then if so told."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread
from time import monotonic

from devices.simulator.link import Link, Stopped
from devices.simulator.message import Message

_IDLE_S = 0.5


class Job:
    """A thread with its own connection; its failure stops the others and is raised by join."""

    def __init__(self, work: Callable[[CutLink], None]) -> None:
        self._work = work
        self._error: BaseException | None = None
        self._thread: Thread | None = None

    def start(self, link: Link, stop: Event, cut_s: float | None) -> None:
        def body() -> None:
            try:
                self._work(CutLink(link, cut_s))
            except Stopped:
                pass
            except BaseException as error:  # noqa: BLE001 - raised again by join
                self._error = error
                stop.set()
            finally:
                link.close()

        self._thread = Thread(target=body, daemon=True)
        self._thread.start()

    def join(self) -> None:
        assert self._thread is not None
        while self._thread.is_alive():  # with a timeout, so that signals are handled
            self._thread.join(_IDLE_S)
        if self._error is not None:
            raise self._error


class CutLink:
    """A link whose connection breaks every ``cut_s`` seconds."""

    def __init__(self, link: Link, cut_s: float | None) -> None:
        self._link = link
        self._cut_s = cut_s
        self._due = monotonic() + (cut_s or 0)

    def send(self, message: Message) -> None:
        self._maybe_cut()
        self._link.send(message.topic, message.payload, message.retain)

    def turn(self, timeout: float) -> None:
        self._maybe_cut()
        self._link.turn(timeout)

    def flush(self) -> None:
        self._link.flush()

    def _maybe_cut(self) -> None:
        if self._cut_s is not None and monotonic() >= self._due:
            self._due = monotonic() + self._cut_s
            self._link.cut()
