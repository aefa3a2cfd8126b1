"""The Dockerfile's steps, run one by one as a script in an empty folder, and what comes of them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers.ports import free_port

ROOT = Path(__file__).parents[2]
LINES = re.sub(r"\\\n", " ", (ROOT / "Dockerfile").read_text("utf-8")).splitlines()
STEPS = [line.split(maxsplit=1) for line in LINES if line and not line.startswith("#")]
STAGES = [n for n, (what, _) in enumerate(STEPS) if what == "FROM"]
BUILD, FINAL = STEPS[STAGES[0] : STAGES[1]], STEPS[STAGES[1] :]


def test_it_is_pinned_and_nobodys_root() -> None:
    bases = [value for what, value in STEPS if what == "ARG" and value.startswith("BASE=")]
    assert re.fullmatch(r"BASE=python:\d+\.\d+\.\d+-slim-[a-z]+", bases[0])
    assert [value.split(" ")[0] for what, value in STEPS if what == "FROM"] == ["${BASE}"] * 2
    users = [value for what, value in FINAL if what == "USER"]
    assert users == ["10001:10001"]
    assert {"HEALTHCHECK", "LABEL", "ENTRYPOINT"} <= {what for what, _ in FINAL}
    written = " ".join(value for what, value in FINAL if what == "RUN")
    assert "apt" not in written
    assert "pip" not in written


def test_every_install_is_held_to_its_checksums() -> None:
    installs = [v for what, v in BUILD if what == "RUN" and " install " in v]
    assert installs
    for command in installs:
        assert "--require-hashes" in command or "--no-deps --no-build-isolation" in command


def test_nothing_private_gets_in() -> None:
    """Only what .dockerignore lets through, and the Dockerfile copies."""
    let_in = [
        line.removeprefix("!")
        for line in (ROOT / ".dockerignore").read_text().splitlines()
        if line.startswith("!")
    ]
    copied = [part.rstrip("/") for what, v in BUILD if what == "COPY" for part in v.split()[:-1]]
    assert sorted(let_in) == sorted(copied)
    assert not {".env", "secrets", "config", "broker", "data", ".git"} & set(let_in)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The build stage, in a folder of its own."""
    folder = tmp_path_factory.mktemp("image")
    env = {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "HOME": str(folder)}
    env |= {
        name: value
        for name, value in os.environ.items()
        if name.startswith(("PIP_", "UV_", "SSL_"))
    }
    env |= {n: v for n, v in os.environ.items() if n.lower().endswith("_proxy")}
    for what, value in BUILD:
        if what == "COPY":
            *sources, to = value.split()
            for source in sources:
                if (ROOT / source).is_dir():
                    ignore = shutil.ignore_patterns("__pycache__")
                    shutil.copytree(ROOT / source, folder / to, ignore=ignore)
                else:
                    shutil.copy(ROOT / source, folder / to)
        elif what == "ENV":
            env |= dict(pair.split("=", 1) for pair in value.split())
        elif what == "RUN":
            done = subprocess.run(
                ["sh", "-c", value],
                cwd=folder,
                env=env,
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 0, f"{value}\n{done.stderr[-2000:]}"
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.servers
@pytest.mark.timeout(300)
def test_what_it_makes_runs(made: Path, tmp_path: Path) -> None:
    program = made / ".venv" / "bin" / "rumskoll"
    env = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
    said = subprocess.run(
        [program, "--version"], cwd=tmp_path, env=env, capture_output=True, text=True, check=True
    )
    assert said.stdout.strip()

    port = free_port()
    env |= {
        "RUMSKOLL_ROOMS": str(made / "examples" / "lycksele" / "rooms.yaml"),
        "RUMSKOLL_DATA": str(tmp_path / "data"),
        "RUMSKOLL_PORT": str(port),
        "RUMSKOLL_SIGNING_SECRET": "a-secret-of-32-letters-or-more-0123456789",
    }
    with subprocess.Popen([program, "role", "api"], cwd=tmp_path, env=env) as api:
        try:
            until = time.monotonic() + 60
            while True:
                try:
                    url = f"http://127.0.0.1:{port}/healthz"
                    answer = json.loads(urllib.request.urlopen(url, timeout=5).read())
                    break
                except OSError:
                    assert time.monotonic() < until
                    assert api.poll() is None
                    time.sleep(0.1)
            assert answer["status"] == "alive"
            healthy = subprocess.run(
                [program, "healthy", "api"], cwd=tmp_path, env=env, check=False
            )
            assert healthy.returncode == 0
        finally:
            api.terminate()
