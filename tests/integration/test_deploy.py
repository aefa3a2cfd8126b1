"""Install, upgrade and rollback: the real scripts in folders of their own, with a stand-in for
systemd and releases that are small programs of ours."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers.ports import free_port

ROOT = Path(__file__).parents[2]

# A release: its schema decides what it does to service.db, its state whether it comes up.
PROGRAM = """\
#!{python}
import http.server, os, pathlib, sqlite3, sys
data = pathlib.Path(os.environ["DATA"])
with open(os.environ["CALLS"], "a") as calls:
    print("{version}", *sys.argv[1:], file=calls)
if sys.argv[1] == "backup":
    (pathlib.Path(sys.argv[3]) / "rumskoll-{version}.tar").touch()
elif sys.argv[1] == "doctor":
    sys.exit({refuses})
elif sys.argv[1] == "run":
    db = sqlite3.connect(data / "service.db", isolation_level=None)
    (found,) = db.execute("PRAGMA user_version").fetchone()
    if found > {schema}:
        sys.exit("a newer file")
    if 0 < found < {schema}:
        copy = sqlite3.connect(data / f"service.db.v{{found}}-20261124.bak")
        db.backup(copy)
        copy.close()
    db.execute("PRAGMA user_version = {schema}")
    db.execute("CREATE TABLE IF NOT EXISTS ran (version)")
    db.execute("INSERT INTO ran VALUES ('{version}')")
    db.close()
    if {ill}:
        sys.exit(1)
    class Ready(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            away = self.path == "/readyz" and (data / "broker-away").exists()
            self.send_response(503 if away else 200)
            self.send_header("Content-Length", "{length}")
            self.end_headers()
            self.wfile.write(b"{version}")
        def log_message(self, *_):
            pass
    http.server.HTTPServer(("127.0.0.1", {port}), Ready).serve_forever()
"""
MAKEFILE = """\
install:
\t@test ! -e unbuildable
\t@mkdir -p .venv/bin
\t@ln -sf {python} .venv/bin/python
\t@cp program .venv/bin/rumskoll
\t@chmod +x .venv/bin/rumskoll
"""
SYSTEMCTL = """\
#!/bin/sh
echo "$*" >>"$CALLS"
stop() { [ ! -e "$PID" ] || { kill "$(cat "$PID")" 2>/dev/null; rm -f "$PID"; }; }
case $1 in
stop) stop ;;
restart)
    stop
    "$PREFIX/current/.venv/bin/rumskoll" run >/dev/null 2>&1 </dev/null &
    echo $! >"$PID"
    ;;
esac
exit 0
"""


class Machine:
    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        for name in ("etc", "data", "backups", "units", "bin", "fake"):
            (folder / name).mkdir()
        (folder / "etc" / ".env").write_text(f"RUMSKOLL_PORT={self.port}\n")
        systemctl = folder / "fake" / "systemctl"
        systemctl.write_text(SYSTEMCTL)
        systemctl.chmod(0o755)
        self.env = os.environ | {
            "PATH": f"{folder / 'fake'}:{os.environ['PATH']}",
            "PREFIX": str(folder / "opt"),
            "CONFIG": str(folder / "etc"),
            "DATA": str(folder / "data"),
            "BACKUPS": str(folder / "backups"),
            "UNITS": str(folder / "units"),
            "BIN": str(folder / "bin"),
            "RUN_AS": "root",
            "READY_S": "20",
            "CALLS": str(folder / "calls"),
            "PID": str(folder / "pid"),
        }

    def source(self, version: str, schema: int = 4, ill: bool = False, refuses: int = 0) -> Path:
        """A checkout of that version."""
        folder = self.folder / f"source-{version}"
        shutil.copytree(ROOT / "deploy", folder / "deploy")
        (folder / "pyproject.toml").write_text(f'version = "{version}"\n')
        values = {"python": sys.executable, "port": self.port, "length": len(version)}
        values |= {"version": version, "schema": schema, "ill": ill, "refuses": refuses}
        (folder / "program").write_text(PROGRAM.format(**values))
        (folder / "Makefile").write_text(MAKEFILE.format(**values))
        return folder

    def script(self, source: Path, name: str, **env: str) -> subprocess.CompletedProcess[str]:
        command = ["sh", str(source / "deploy" / name)]
        return subprocess.run(
            command, env=self.env | env, capture_output=True, text=True, check=False, timeout=60
        )

    def installed(self, version: str = "1.0", **how: int) -> Path:
        """Installed and running, with a line of its own in service.db."""
        source = self.source(version, **how)
        made = self.script(source, "install")
        assert made.returncode == 0, made.stderr
        started = self.script(source, "upgrade")  # of the same version: a start
        assert started.returncode == 0, started.stderr
        return source

    @property
    def current(self) -> str:
        return (self.folder / "opt" / "current").readlink().name

    @property
    def ran(self) -> list[str]:
        with sqlite3.connect(self.folder / "data" / "service.db") as db:
            return [version for (version,) in db.execute("SELECT version FROM ran")]

    @property
    def calls(self) -> list[str]:
        return (self.folder / "calls").read_text().splitlines()

    def stop(self) -> None:
        pid = self.folder / "pid"
        if pid.exists():
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(pid.read_text()), signal.SIGKILL)


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    machine = Machine(tmp_path)
    yield machine
    machine.stop()


def test_install_twice(machine: Machine) -> None:
    source = machine.source("1.0")
    for _ in range(2):
        made = machine.script(source, "install")
        assert made.returncode == 0, made.stderr
    assert machine.current == "1.0"
    assert "rumskoll init" in made.stdout
    assert (machine.folder / "bin" / "rumskoll").exists()
    unit = (machine.folder / "units" / "rumskoll.service").read_text()
    assert unit == (ROOT / "deploy" / "systemd" / "rumskoll.service").read_text()
    assert not any(call.startswith(("restart", "enable")) for call in machine.calls)


def test_upgrade(machine: Machine) -> None:
    machine.installed()
    made = machine.script(machine.source("1.1"), "upgrade")
    assert made.returncode == 0, made.stderr
    assert machine.current == "1.1"
    assert machine.ran == ["1.0", "1.1"]
    backups = machine.folder / "backups"
    assert [path.name for path in backups.iterdir()] == ["rumskoll-1.0.tar"]
    checked = machine.calls.index("1.1 doctor --files")
    saved = machine.calls.index(f"1.0 backup --to {backups}")
    assert checked < saved < machine.calls.index("stop rumskoll")


@pytest.mark.parametrize("schema", [4, 5])
def test_rollback(machine: Machine, schema: int) -> None:
    """Without a migration nothing is lost; with one the file is as the old version left it."""
    machine.installed()
    assert machine.script(machine.source("1.1", schema), "upgrade").returncode == 0
    back = machine.script(machine.source("x"), "rollback")
    assert back.returncode == 0, back.stderr
    assert machine.current == "1.0"
    assert machine.ran == (["1.0", "1.1", "1.0"] if schema == 4 else ["1.0", "1.0"])
    kept = machine.folder / "data" / "service.db.1.1"
    assert kept.exists() == (schema == 5)
    assert ("what happened in it since" in back.stdout) == (schema == 5)


@pytest.mark.parametrize("schema", [4, 5])
def test_one_that_does_not_come_up_is_taken_back(machine: Machine, schema: int) -> None:
    machine.installed()
    made = machine.script(machine.source("1.1", schema, ill=True), "upgrade", READY_S="1")
    assert made.returncode == 1
    assert machine.current == "1.0"
    assert "1.0 runs again." in made.stdout
    assert machine.ran[-1] == "1.0"


@pytest.mark.parametrize("ill", [False, True])
def test_while_the_broker_is_away(machine: Machine, ill: bool) -> None:
    """No version can be ready then; what does not come up at all is taken back all the same."""
    machine.installed()
    (machine.folder / "data" / "broker-away").touch()
    made = machine.script(machine.source("1.1", ill=ill), "upgrade", READY_S="1")
    assert machine.current == ("1.0" if ill else "1.1")
    assert made.returncode == int(ill)
    assert (
        f"Not ready, as before; what it lacks: rumskoll doctor\n{'1.0' if ill else '1.1'} runs"
        in (made.stdout)
    )


def test_one_that_is_not_ready_where_the_old_one_was_is_taken_back(machine: Machine) -> None:
    machine.installed()
    source = machine.source("1.1")
    program = (source / "program").read_text()
    (source / "program").write_text(program.replace(".exists()", ".parent.exists()"))
    made = machine.script(source, "upgrade", READY_S="1")
    assert made.returncode == 1
    assert machine.current == "1.0"


@pytest.mark.parametrize("broken", ["unbuildable", "refuses"])
def test_what_cannot_work_changes_nothing(machine: Machine, broken: str) -> None:
    machine.installed()
    source = machine.source("1.1", refuses=int(broken == "refuses"))
    if broken == "unbuildable":
        (source / broken).touch()
    before = len(machine.calls)
    made = machine.script(source, "upgrade")
    assert made.returncode == 1
    assert "nothing has changed" in made.stderr
    assert machine.current == "1.0"
    assert "stop rumskoll" not in machine.calls[before:]


def test_nothing_to_upgrade_or_go_back_to(machine: Machine) -> None:
    source = machine.source("1.0")
    made = machine.script(source, "upgrade")
    assert (made.returncode, made.stderr) == (
        1,
        f"Nothing is installed in {machine.folder}/opt: run deploy/install.\n",
    )
    machine.installed("2.0")
    back = machine.script(source, "rollback")
    assert back.returncode == 1
    assert "no upgrade was made here" in back.stderr
    assert machine.current == "2.0"


@pytest.mark.parametrize("moment", ["building", "stop rumskoll", "restart rumskoll"])
def test_cut_short_and_run_again(machine: Machine, moment: str) -> None:
    """Killed while it builds, before the switch, and after it."""
    machine.installed()
    source = machine.source("1.1", 5)
    fake = machine.folder / "fake"
    halt = f'echo "$$ $PPID" >"{machine.folder}/halted"; exec sleep 60'
    if moment == "building":
        make = (source / "Makefile").read_text()
        (source / "Makefile").write_text(f"install:\n\t@{halt.replace('$', '$$')}\n")
    else:
        call = SYSTEMCTL.replace(
            "case $1 in", f'[ "$*" != "{moment}" ] || {{ {halt}; }}\ncase $1 in'
        )
        (fake / "systemctl").write_text(call)
    command = ["sh", str(source / "deploy" / "upgrade")]
    process = subprocess.Popen(
        command,
        env=machine.env,
        start_new_session=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    until = time.monotonic() + 30
    while not (machine.folder / "halted").exists():
        assert time.monotonic() < until
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    if moment == "building":
        (source / "Makefile").write_text(make)
    (fake / "systemctl").write_text(SYSTEMCTL)
    made = machine.script(source, "upgrade")
    assert made.returncode == 0, made.stderr
    assert machine.current == "1.1"
    assert machine.script(source, "rollback").returncode == 0
    assert machine.ran == ["1.0", "1.0"]
