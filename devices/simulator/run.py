"""Publishes a history and then, or meanwhile, the present.

Live starts at once on its own connection. The history is published beside it:
the last three hours first, so that today looks right within seconds, then from
the oldest day on. It ends exactly where live begins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event
from time import time

from devices.simulator.av.house import Equipment
from devices.simulator.calendar import day_bounds, local_days, open_spans
from devices.simulator.disturb import Disturbances, disturb
from devices.simulator.feeds import CalendarFiles
from devices.simulator.generate import Setting, messages
from devices.simulator.jobs import CutLink, Job
from devices.simulator.link import Address, Link, Stopped
from devices.simulator.lively import lively_mishaps
from devices.simulator.message import Message
from devices.simulator.progress import Quiet, Reporter
from devices.simulator.truth import TruthFile
from rooms.registry.registry import FOREVER, Registry

_RECENT_MS = 3 * 3_600_000
_IDLE_S = 0.5


@dataclass(frozen=True)
class Options:
    """``history_s`` seconds of past before ``now`` (ms); ``cut_s``: drop the connection so often.

    ``silence_s``: devices that fell silent so many seconds before now.
    """

    address: Address
    seed: int = 1
    now: int = field(default_factory=lambda: int(time() * 1000))
    history_s: int = 0
    live: bool = True
    lively: bool = False
    truth: Path | None = None
    calendars: Path | None = None  # folder for the rooms' iCalendar files
    loss: float = 0.0
    duplicates: float = 0.0
    disorder: float = 0.0
    garbage: float = 0.0
    skew_s: dict[str, int] = field(default_factory=dict)
    silence_s: dict[str, int] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)  # by check-in panel
    cut_s: float | None = None

    @property
    def setting(self) -> Setting:
        skew_ms = {device: s * 1000 for device, s in self.skew_s.items()}
        return Setting(self.seed, skew_ms=skew_ms, tokens=self.tokens)

    def live_setting(self, registry: Registry) -> Setting:
        mishaps = lively_mishaps(registry, self.now) if self.lively else ()
        return replace(self.setting, live_from=self.now, lively=self.lively, mishaps=mishaps)

    @property
    def disturbances(self) -> Disturbances:
        silent = {device: self.now - s * 1000 for device, s in self.silence_s.items()}
        return Disturbances(self.loss, self.duplicates, self.disorder, self.garbage, silent)


def run(
    registry: Registry,
    options: Options,
    stop: Event,
    reporter: Reporter | None = None,
    notice: Callable[[str], object] = lambda _: None,
) -> None:
    """Publish until ``stop`` is set (live) or the history is out.

    Raises ``Refused`` when the broker refuses the credentials, ``CannotAnswer`` when the port of
    equipment that bridges ask is taken.
    """
    with Equipment(registry if options.live else Registry([])) as house:
        _run(registry, options, stop, reporter, notice, house)


def _run(
    registry: Registry,
    options: Options,
    stop: Event,
    reporter: Reporter | None,
    notice: Callable[[str], object],
    house: Equipment,
) -> None:
    told = reporter or Quiet()
    start = options.now - options.history_s * 1000
    setting = options.live_setting(registry) if options.live else options.setting
    truth = options.truth and TruthFile(options.truth, registry, setting, start)
    feeds = options.calendars and CalendarFiles(options.calendars, registry, setting, start)
    files = [file for file in (truth, feeds) if file]
    for file in files:
        file.reach(options.now)
    jobs = [Job(lambda link: _history(registry, options, start, link, told, house, stop))]
    if options.live:
        jobs.append(Job(lambda link: _live(registry, options, link, told, files, house, stop)))
    for job in jobs:
        job.start(Link(options.address, stop, notice), stop, options.cut_s)
    for job in jobs:
        job.join()


def _history(
    registry: Registry,
    options: Options,
    start: int,
    link: CutLink,
    told: Reporter,
    house: Equipment,
    stop: Event,
) -> None:
    if start >= options.now:
        return
    total = estimate(registry, options.setting, start, options.now)
    told.sent(0, total)
    sent = 0
    for message in _recent_first(registry, options, start):
        if stop.is_set():
            raise Stopped
        link.send(house.before(message))
        sent += 1
        told.sent(sent, max(total, sent))
    link.flush()
    told.done(sent)


def _recent_first(registry: Registry, options: Options, start: int) -> Iterator[Message]:
    recent = max(start, options.now - _RECENT_MS)
    for begin, end in ((recent, options.now), (start, recent)):
        stream = messages(registry, options.setting, begin, end)
        yield from disturb(stream, options.disturbances, options.seed)


def _live(
    registry: Registry,
    options: Options,
    link: CutLink,
    told: Reporter,
    files: Sequence[TruthFile | CalendarFiles],
    house: Equipment,
    stop: Event,
) -> None:
    stream = messages(registry, options.live_setting(registry), options.now, FOREVER)
    began = False
    for message in disturb(stream, options.disturbances, options.seed):
        while (wait := message.time / 1000 - time()) > 0 and not stop.is_set():
            link.turn(min(wait, _IDLE_S))
        if stop.is_set():
            break
        if not house.takes(message):
            link.send(message)
        if not began:
            began = True
            told.live()
        for file in files:
            file.reach(message.time)
    link.flush()


def estimate(registry: Registry, setting: Setting, start: int, stop: int) -> int:
    """About how many messages a range has, from one open and one closed day of each site."""
    total = 0.0
    for site in registry.sites.values():
        one = Registry([site])
        zone = one.zone(site.id)
        counted: dict[bool, float] = {}  # messages per ms
        for day in local_days(start, stop, zone):
            begin, end = day_bounds(day, zone)
            is_open = bool(open_spans(site, day))
            if is_open not in counted:
                n = sum(1 for _ in messages(one, setting, begin, end))
                counted[is_open] = n / (end - begin)
            total += counted[is_open] * (min(end, stop) - max(begin, start))
    return round(total)
