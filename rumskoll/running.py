"""What ``rumskoll run`` runs for given settings, and what it tells the person who started it."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from api.server import CannotListen
from rooms.texts import text
from rumskoll import demo_calendars, demo_equipment, embedded_broker, simulated_panels
from rumskoll.cannot_run import CannotRun
from rumskoll.ports import free_port
from rumskoll.setting_errors import PREFIX
from rumskoll.settings import Settings
from rumskoll.supervisor import Child, Supervisor
from rumskoll.wiring import clock

ROLES: Final = ("collector", "api")
READY_S: Final = 60.0
SIMULATOR_ENV: Final = ("RUMSKOLL_MQTT_USERNAME", "RUMSKOLL_MQTT_PASSWORD")


class Run:
    """One run of the whole."""

    def __init__(
        self,
        settings: Settings,
        console: Console,
        panel_tokens: Mapping[str, str],
        *,
        bridges: bool = False,
    ) -> None:
        self._console = console
        self._bridges = bridges
        self._panel_tokens = dict(panel_tokens)  # the simulated panels', by device
        self.settings = self._with_free_ports(settings)  # the ports that are used
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=console,
            transient=True,
        )
        self._task = self._bar.add_task(self._t("history"), total=None)
        self._filled = False
        self._supervisor = Supervisor(self._children(), on_failure=self._failed)

    def __call__(self) -> int:
        for sign in (signal.SIGINT, signal.SIGTERM):
            signal.signal(sign, lambda *_: self._supervisor.stop())
        signal.signal(signal.SIGHUP, lambda *_: self._supervisor.pass_on(signal.SIGHUP, ROLES))
        try:
            late = self._supervisor.start(READY_S)
            if late is not None:
                raise CannotRun(self._t("not_ready", part=late.name))
            if not self._supervisor.stopping:
                self._tell_addresses()
                self._supervisor.watch()
        finally:
            self._bar.stop()
            self._console.print(self._t("stopping"))
            self._supervisor.end()
        self._console.print(self._t("stopped"))
        return 0

    # ---- the children

    def _children(self) -> list[Child]:
        settings = self.settings
        env = {**os.environ, **settings.to_env(), "RUMSKOLL_SUPERVISED": "1"}
        # the broker and the simulator are told what they need; secrets are not their business
        bare = {n: v for n, v in env.items() if not n.startswith(PREFIX) or n in SIMULATOR_ENV}
        children = []
        if settings.broker != "none":
            if not embedded_broker.installed(settings.broker):
                raise CannotRun(self._t("no_mosquitto"))
            children.append(
                Child(
                    "broker",
                    embedded_broker.command(
                        settings.broker, settings.mqtt_port, settings.data / "broker"
                    ),
                    bare,
                    ready=lambda: embedded_broker.listens(settings.mqtt_port),
                )
            )
        children += [
            Child("collector", _role("collector"), env),
            # simulated devices wait for all that takes them in; real ones are there already,
            # and the board must come up even while the broker is away
            Child("api", _role("api"), env, ready=self._answers(ready=settings.simulator)),
        ]
        if settings.simulator:
            children.append(
                Child(
                    "simulator",
                    self._simulator(),
                    bare | {simulated_panels.ENV: json.dumps(self._panel_tokens)},
                    on_line=self._progress,
                    ready=self._equipment_answers,
                )
            )
        if self._bridges:
            command = [sys.executable, "-m", "rumskoll", "bridge", "all"]
            children.append(Child("bridges", command, env))
        return children

    def _equipment_answers(self) -> bool:
        data = self.settings.data
        theirs = self.settings.rooms == demo_equipment.rooms_file(data)
        return not theirs or demo_equipment.answers(data)

    def _simulator(self) -> list[str]:
        settings = self.settings
        command = [sys.executable, "-m", "devices.simulator", "--rooms", str(settings.rooms)]
        command += ["--host", settings.mqtt.host, "--port", str(settings.mqtt.port)]
        command += ["--seed", str(settings.seed), "--history", f"{self._missing_history()}s"]
        command += ["--truth", str(settings.data / "truth.jsonl"), "--progress", "json"]
        command += ["--language", settings.language]
        if settings.contacts == demo_calendars.contacts_file(settings.data):
            command += ["--calendars", str(demo_calendars.folder(settings.data))]
        return [*command, "--lively"] if settings.demo else command

    def _missing_history(self) -> int:
        """Seconds of history that an earlier run has not brought yet."""
        file = self.settings.data / "service.db"
        if not self._brought.exists() or not file.exists():
            return self.settings.history
        try:
            with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as db:
                bodies = db.execute("SELECT body FROM state WHERE kind = 'device'").fetchall()
        except sqlite3.Error:
            return self.settings.history
        heard = max((json.loads(body)["heard"] or 0 for (body,) in bodies), default=0)
        return min(self.settings.history, max(0, (clock() - heard) // 1000))

    @property
    def _brought(self) -> Path:
        """Exists when a whole history has been sent; one broken off is sent again."""
        return self.settings.data / f"history-{self.settings.seed}.done"

    # ---- what is told

    def _t(self, key: str, **values: object) -> str:
        return text(self.settings.language, f"run.{key}", **values)

    def _with_free_ports(self, settings: Settings) -> Settings:
        self.settings = settings

        def other(key: str, taken: int) -> Callable[[int], None]:
            return lambda port: self._console.print(self._t(key, taken=taken, port=port))

        try:
            port = free_port(settings.host, settings.port, other("port_taken", settings.port))
            settings = settings.model_copy(update={"port": port})
            if settings.broker != "none":
                taken = settings.mqtt_port
                mqtt = free_port("127.0.0.1", taken, other("mqtt_port_taken", taken))
                url = f"mqtt://127.0.0.1:{mqtt}"
                settings = settings.model_copy(update={"mqtt_port": mqtt, "mqtt_url": url})
        except CannotListen as error:
            raise CannotRun(
                self._t("cannot_listen", host=error.host, port=error.port, reason=error.reason)
            ) from None
        return settings

    def _answers(self, *, ready: bool) -> Callable[[], bool]:
        """Asks the API whether it lives, or is ready: also has a collector with a broker."""
        url = f"{_address(self.settings)}{'readyz' if ready else 'healthz'}"

        def ask() -> bool:
            try:
                with urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310
                    return bool(answer.status == 200)
            except (urllib.error.URLError, OSError):
                return False

        return ask

    def _tell_addresses(self) -> None:
        settings = self.settings
        self._console.print(self._t("ready", address=_address(settings)))
        self._console.print(self._t("mqtt", host=settings.mqtt.host, port=settings.mqtt.port))
        if settings.broker == "iotcore":
            self._console.print(self._t("memory_only"))
        self._console.print(self._t("how_to_stop"))
        if settings.simulator and settings.history and not self._filled:
            self._bar.start()

    def _progress(self, line: str) -> None:
        try:
            said = json.loads(line)
        except ValueError:
            return
        if self._filled or "total" not in said:
            return
        self._bar.update(self._task, completed=said["sent"], total=said["total"])
        if said["sent"] >= said["total"]:
            self._filled = True
            self._brought.touch()
            self._bar.stop()
            self._console.print(self._t("history_done", messages=said["total"]))

    def _failed(self, child: Child, code: int) -> None:
        if not self._supervisor.stopping:
            self._console.print(
                self._t("restarts", part=child.name, code=code, pause=f"{child.pause:.0f}")
            )


def _address(settings: Settings) -> str:
    """Where this computer reaches the board; "any address" is none to go to."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)  # noqa: S104
    return f"http://{f'[{host}]' if ':' in host else host}:{settings.port}/"


def _role(name: str) -> list[str]:
    return [sys.executable, "-m", "rumskoll", "role", name]
