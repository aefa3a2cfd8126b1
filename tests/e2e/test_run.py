"""The first of the two commands, from start to Ctrl-C."""

from __future__ import annotations

import signal
import socket
from pathlib import Path

import psutil

from tests.e2e.whole import until, whole
from tests.servers.ports import free_port


def test_a_newcomer_sees_rooms_and_ends_with_ctrl_c(tmp_path: Path) -> None:
    ports = ["--port", str(free_port()), "--mqtt-port", str(free_port())]
    with whole(tmp_path, *ports, "--history", "6h", "--seed", "7") as run:
        assert run.get("/readyz").status_code == 200
        page = run.get("/")
        assert page.status_code == 200
        assert "Granen" in page.text

        def known() -> bool:
            rooms = run.get("/api/v1/rooms").json()["rooms"]
            shown = [room for room in rooms if room["state"] != "private"]
            return all(room["state"] in ("occupied", "vacant") for room in shown)

        until(known, "every room known")
        until(lambda: "The history is in place" in run.output, "the history")
        children = psutil.Process(run.process.pid).children(recursive=True)
        assert len(children) >= 4  # broker, collector, API, simulator
        assert run.stop() == 0, run.output
        assert "Stopped." in run.output
        assert "Traceback" not in run.output
        assert "Fatal" not in run.output
        assert not [child for child in children if child.is_running()]


def test_a_taken_port_is_answered_with_another(tmp_path: Path) -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as web,
        socket.create_server(("127.0.0.1", 0)) as mqtt,
    ):
        taken_web, taken_mqtt = web.getsockname()[1], mqtt.getsockname()[1]
        ports = ["--port", str(taken_web), "--mqtt-port", str(taken_mqtt)]
        with whole(tmp_path, *ports, "--no-simulator") as run:
            until(lambda: run.get("/readyz").status_code == 200, "ready")
            assert f"Port {taken_web} is taken by another program; the board gets" in run.output
            assert f"Port {taken_mqtt} is taken by another program; MQTT gets" in run.output
            assert run.board != f"http://127.0.0.1:{taken_web}/"
            assert run.mqtt_port != taken_mqtt
            assert run.stop(signal.SIGTERM) == 0


def test_a_killed_role_comes_back_and_no_role_outlives_the_whole(tmp_path: Path) -> None:
    ports = ["--port", str(free_port()), "--mqtt-port", str(free_port())]
    with whole(tmp_path, *ports, "--no-simulator") as run:
        until(lambda: run.get("/readyz").status_code == 200, "ready")
        before = run.child("role collector")
        before.kill()
        until(lambda: "collector ended (code -9)" in run.output, "the line about it")
        until(lambda: run.child("role collector").pid != before.pid, "a new collector")
        until(lambda: run.get("/readyz").status_code == 200, "ready again")
        children = psutil.Process(run.process.pid).children(recursive=True)
        run.process.kill()  # no chance to stop anything in order
        run.process.wait()
        _, alive = psutil.wait_procs(children, timeout=30)
        assert not alive
