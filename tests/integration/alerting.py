"""The way of an alert from a fault's transition to the people, in a process that can be killed.

Its clock runs fast, so that back-off takes no time; what it says are the faults' ids. Run as a
program, it forks one such process for each line (a plan) that it reads; the process tells its
number, and its end is told.
"""

from __future__ import annotations

import json
import os
import sys
import time
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple

from collector.alert_queue import AlertQueue
from collector.alerts import Alerts
from collector.transports.apprise_worker import Task, answer
from collector.transports.base import Message, Passing
from collector.transports.smtp import SmtpServer, SmtpTransport
from rooms.alerts.message import Alert, Recipient
from rooms.faults import Finding
from rooms.registry.parse import parse_site
from rooms.registry.registry import Registry
from rumskoll.logs import configure
from storage.state import ServiceState

CODE: Final = "peripheral_missing"
SPEED: Final = 1000  # a minute takes 60 ms
EVERY_MS: Final = 40_000  # a fault
SITE: Final = """
id: s
name: Inland
opening_hours: {mon-sun: "00:00-24:00"}
sources: [{id: av, decoder: native}]
rooms: [{id: granen, name: Granen, capacity: 8}]
devices: [{id: codec, source: av, address: codec, model: cisco-roomos}]
placements: [{device: codec, room: granen}]
alerts:
  routes: [{id: all, urgent: true, remind: null}]
  gather: 1s
  at_most: 1000
  digest: null
  room_check: null
"""
REGISTRY: Final = Registry([parse_site(SITE, "rooms.yaml")])


class Plan(NamedTuple):
    """``began`` is when the whole began (seconds), over all restarts."""

    folder: str
    smtp_port: int
    hook: str
    began: float
    faults: int

    @property
    def people(self) -> tuple[Recipient, ...]:
        return (
            Recipient("asa", "Åsa", "sv", "asa@x.example", (f"{self.hook}/asa?rto=0.3",), True),
            Recipient("bo", "Bo", "en", "bo@x.example", (), True),
        )

    def clock(self) -> int:
        return round((self.began + (time.time() - self.began) * SPEED) * 1000)


class Words(NamedTuple):
    subject: str
    text: str
    html: str
    line: str


class Composer:
    def compose(self, alert: Alert, recipient: Recipient, now: int) -> Words:
        told = json.dumps([[entry.fault, entry.event] for entry in alert.entries])
        return Words(f"alert {alert.id} {recipient.id}", told, told, told)


class Here:
    """Apprise in this process, so that a kill hits it too."""

    def batch(self) -> Here:
        return self

    def send(self, address: str, message: Message) -> None:
        said = answer(Task(address, message.subject, message.text, message.line, message.tone))
        if said.failed:
            raise Passing(said.failed, said.detail)

    def close(self) -> None:
        pass

    def stop(self) -> None:
        pass


def work(plan: Plan) -> None:
    """Let faults open one after the other and tell of them, until all is told."""
    state = ServiceState(Path(plan.folder) / "service.db")
    queue = AlertQueue(state, lambda: plan.people)
    server = SmtpServer("127.0.0.1", plan.smtp_port, "none", "rum@inland.example")
    ways = {"email": SmtpTransport(server, timeout_s=0.3), "url": Here()}
    alerts = Alerts(state, Composer(), lambda: plan.people, ways, clock=plan.clock)
    tell(os.getpid())
    while not done(state, plan):
        now, open_ = plan.clock(), state.faults.open()
        if len(open_) < plan.faults and all(now - f.opened >= EVERY_MS for f in open_[-1:]):
            break_one_more(state, len(open_), now)
        with state.transaction():
            queue.step(REGISTRY, now)
        alerts.step()
        time.sleep(0.005)  # as often as a fast clock's seconds ask for it
    alerts.join()


def break_one_more(state: ServiceState, count: int, now: int) -> None:
    """The fault's transition is stored by itself, as the API's are."""
    findings = [Finding(CODE, "codec", f"camera: {n}", "error", now) for n in range(count + 1)]
    state.faults.settle((CODE,), findings, now, lambda subject: REGISTRY.place_of(subject, now))


def done(state: ServiceState, plan: Plan) -> bool:
    return (
        len(state.faults.open()) == plan.faults
        and not state.alerts.waiting()
        and not state.alerts.on_their_way()
        and {t.fault for t in state.alerts.told()} == {f.id for f in state.faults.open()}
    )


def warm_up() -> None:
    """What is loaded late is loaded once for all, lest every kill hits the loading."""
    answer(Task("json://x"))
    with TemporaryDirectory() as folder, closing(ServiceState(Path(folder) / "s.db")) as state:
        now = round(time.time() * 1000)
        break_one_more(state, 0, now)
        AlertQueue(state, lambda: Plan("", 0, "json://x", 0, 0).people).step(REGISTRY, now)


def tell(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


def main() -> None:
    configure("error", "alerts")  # logs go to the standard error
    warm_up()
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            work(Plan(*json.loads(line)))
            os._exit(0)
        _, status = os.waitpid(pid, 0)
        tell(os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main()
