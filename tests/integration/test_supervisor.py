"""Children are started in order, started again with growing pauses, and ended in reverse."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from rumskoll import supervisor
from rumskoll.supervisor import Child, Supervisor
from tests.servers.waiting import until

Failures = list[tuple[str, int]]  # name and exit code
Run = Callable[..., tuple[Supervisor, Child | None]]

# Each tells what happens to it in a common file, and ends when its standard input closes.
_TELL = "import sys; tell = lambda what: open('log', 'a').write(what + chr(10)); "
SERVE = _TELL + "import signal; signal.signal(signal.SIGTERM, {on_term}); tell('+{name}'); {rest}"
QUIT = "lambda *_: (tell('-{name}'), sys.exit())"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(supervisor, "LOOK_S", 0.01)


@pytest.fixture
def failures() -> Failures:
    return []


@pytest.fixture
def run(failures: Failures) -> Iterator[Run]:
    """Starts a supervisor, and ends what it started."""
    started: list[Supervisor] = []

    def run(*children: Child, timeout: float = 20) -> tuple[Supervisor, Child | None]:
        def failed(child: Child, code: int) -> None:
            failures.append((child.name, code))

        made = Supervisor(children, on_failure=failed)
        started.append(made)
        return made, made.start(timeout)

    yield run
    for made in started:
        made.stop()
        made.end()


def child(name: str, code: str = "", **options: object) -> Child:
    """A child that serves until it is asked to end, or runs ``code``."""
    rest = "sys.stdin.read()"
    served = SERVE.format(name=name, on_term=QUIT.format(name=name), rest=rest)
    command = [sys.executable, "-c", code or served]
    options.setdefault("pause", 0.01)
    return Child(name, command, os.environ, **options)  # type: ignore[arg-type]


def told(line: str) -> int:
    log = Path("log")
    return log.read_text().splitlines().count(line) if log.exists() else 0


def watching(made: Supervisor) -> threading.Thread:
    thread = threading.Thread(target=made.watch, daemon=True)
    thread.start()
    return thread


def test_each_waits_for_the_one_before_and_the_end_is_in_reverse(run: Run) -> None:
    names = ("broker", "collector", "api")
    made, late = run(*(child(n, ready=lambda n=n: told(f"+{n}") == 1) for n in names))
    assert late is None
    made.end()
    log = Path("log").read_text().split()
    assert log == ["+broker", "+collector", "+api", "-api", "-collector", "-broker"]


def test_a_killed_child_is_started_again(run: Run, failures: Failures) -> None:
    one, two = child("one"), child("two")
    made, _ = run(one, two)
    thread = watching(made)
    until(lambda: told("+one") == told("+two") == 1)
    assert one.process is not None
    one.process.kill()
    until(lambda: told("+one") == 2)
    assert told("+two") == 1, "the other one is left alone"
    assert failures == [("one", -9)]
    made.stop()
    thread.join(10)
    assert not thread.is_alive()


def test_pauses_grow_to_a_limit(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "LONGEST_PAUSE_S", 0.04)
    broken = child("broken", "import sys; sys.exit(3)")
    made, _ = run(broken)
    pauses: list[float] = []
    made._on_failure = lambda one, code: pauses.append(one.pause)
    thread = watching(made)
    until(lambda: len(pauses) >= 4)
    made.stop()
    thread.join(10)
    assert pauses[:4] == [0.02, 0.04, 0.04, 0.04], "the pause after the next failure"


def test_after_steady_work_the_pause_is_short_again(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor, "STEADY_S", 0.0)
    monkeypatch.setattr(supervisor, "FIRST_PAUSE_S", 0.01)
    one = child("one", "pass", pause=30.0)
    made, _ = run(one)
    thread = watching(made)
    until(lambda: one.failures >= 2)
    made.stop()
    thread.join(10)


def test_one_that_may_end_is_not_started_again(run: Run, failures: Failures) -> None:
    once = child("once", _TELL + "tell('+once')", once=True)
    made, _ = run(once, child("other"))
    thread = watching(made)
    until(lambda: told("+once") == 1 and not once.running)
    for _ in range(3):
        made._look()
    made.stop()
    thread.join(10)
    assert told("+once") == 1
    assert failures == []


def test_one_that_is_never_ready_is_named(run: Run) -> None:
    never, after = child("never", ready=lambda: False), child("after")
    _, late = run(never, after, timeout=0.2)
    assert late is never
    assert after.process is None


def test_one_that_fails_again_and_again_is_named_before_the_time_is_up(run: Run) -> None:
    broken = child("broken", "raise SystemExit(1)", ready=lambda: False)
    _, late = run(broken, timeout=1000)
    assert late is broken


def test_one_that_does_not_listen_is_killed(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "GRACE_S", 0.1)
    deaf = SERVE.format(
        name="deaf", on_term="signal.SIG_IGN", rest="tell('deaf'); sys.stdin.read()"
    )
    one = child("deaf", deaf, ready=lambda: told("deaf") == 1)
    made, _ = run(one)
    made.end()
    assert one.process is not None
    assert one.process.returncode == -9


def test_what_a_child_prints_is_passed_on(run: Run) -> None:
    lines: list[str] = []
    run(child("talker", "print('hello')", on_line=lines.append, once=True))
    until(lambda: lines == ["hello\n"])


def test_children_end_when_the_supervisor_is_killed() -> None:
    """However it came about: their standard input closes."""
    code = (
        "import os, sys; from rumskoll.supervisor import Child, Supervisor\n"
        "c = Child('c', [sys.executable, '-c', 'import sys; sys.stdin.read()'], os.environ)\n"
        "s = Supervisor([c], on_failure=lambda *_: None); s.start(10)\n"
        "print(c.process.pid, flush=True); s.watch()\n"
    )
    parent = psutil.Popen([sys.executable, "-c", code], stdout=-1, cwd=Path(__file__).parents[2])
    pid = int(parent.stdout.readline())
    assert psutil.pid_exists(pid)
    parent.kill()
    parent.wait()
    parent.stdout.close()
    until(lambda: not psutil.pid_exists(pid))


def test_a_signal_is_passed_on_to_those_it_concerns(run: Run) -> None:
    told_of = _TELL + (
        "import signal; signal.signal(signal.SIGHUP, lambda *_: tell('hup {name}'));"
        " tell('+{name}'); sys.stdin.read()"
    )
    names = ("collector", "other")
    children = [
        child(n, told_of.format(name=n), ready=lambda n=n: told(f"+{n}") == 1) for n in names
    ]
    made, _ = run(*children)
    made.pass_on(signal.SIGHUP, ("collector", "api"))
    until(lambda: told("hup collector") == 1)
    assert told("hup other") == 0
