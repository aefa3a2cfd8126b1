"""Mosquitto as it is delivered: ``deploy/mosquitto``, with our users and certificates."""

from __future__ import annotations

import getpass
import signal
import ssl
import subprocess
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from paho.mqtt.client import Client, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion, MQTTErrorCode, MQTTProtocolVersion

from rooms.registry import Registry
from rumskoll.broker.tls_files import write_tls
from rumskoll.broker.user_files import Changes, write_users
from rumskoll.broker.users import Right, users_of
from tests.servers.mosquitto import _program
from tests.servers.ports import free_port
from tests.servers.waiting import until

DEPLOY = Path(__file__).parents[2] / "deploy" / "mosquitto"
HOST = "localhost"
ALL = "everything"  # may hear and say all, for the tests alone


class Secured:
    """``folder`` stands for ``/mosquitto`` in the container."""

    def __init__(self, folder: Path, registry: Registry) -> None:
        self.folder = folder
        self.port, self.tls_port = free_port(), free_port()
        self.broker = folder / "config" / "broker"
        for name in ("config/conf.d", "data"):
            (folder / name).mkdir(parents=True)
        text = (DEPLOY / "mosquitto.conf").read_text()
        for before, after in (
            ("/mosquitto/", f"{folder}/"),
            ("listener 1883", f"listener {self.port} 127.0.0.1"),
            ("listener 8883", f"listener {self.tls_port} 127.0.0.1"),
        ):
            assert before in text
            text = text.replace(before, after)
        (folder / "config" / "mosquitto.conf").write_text(f"user {getpass.getuser()}\n{text}")
        older = (DEPLOY / "persistence-2.0.conf").read_text()
        (folder / "config" / "conf.d" / "persistence.conf").write_text(older)
        self.passwords: dict[str, str] = {}
        self.users(registry)
        self.certify()
        self._process: subprocess.Popen[bytes] | None = None

    # ---- as `rumskoll mqtt-users` and `rumskoll mqtt-tls` do it

    def users(self, registry: Registry, **options: Any) -> Changes:
        users = {**users_of(registry, simulator=True), ALL: [Right("readwrite", "#")]}
        changes = write_users(self.broker, users, "en", **options)
        self.passwords = dict(changes.passwords)
        return changes

    def certify(self, host: str = HOST, now: datetime | None = None, **options: Any) -> None:
        write_tls(self.tls, [host], now or datetime.now(UTC), "en", **options)

    @property
    def tls(self) -> Path:
        return self.broker / "tls"

    def trusting(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=self.tls / "ca.crt")

    # ---- life

    def start(self) -> None:
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [_program("mosquitto"), "-c", self.folder / "config" / "mosquitto.conf"],
                stdout=log,
                stderr=log,
            )
        # it listens some time before it minds signals
        until(self._runs, lambda: self.log)

    def _runs(self) -> bool:
        assert self._process is not None
        assert self._process.poll() is None, self.log
        return " running" in self.log

    def reload(self) -> None:
        """Returns when it has read its files again, which it says in its log."""
        assert self._process is not None
        before = self.log.count("Reloading config.")
        self._process.send_signal(signal.SIGHUP)
        until(lambda: self.log.count("Reloading config.") > before, lambda: self.log)

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(30)
            self._process = None

    @property
    def log(self) -> str:
        file = self.folder / "log"
        return file.read_text() if file.exists() else ""

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    # ---- clients

    def client(self, name: str, **options: Any) -> Person:
        return Person(self, name, self.passwords.get(name, ""), **options)


@contextmanager
def secured(folder: Path, registry: Registry) -> Iterator[Secured]:
    broker = Secured(folder, registry)
    broker.start()
    try:
        yield broker
    finally:
        broker.stop(signal.SIGKILL)


class Person:
    """A client with a user's name; ``heard`` is what reached it, ``refused`` why it may not."""

    def __init__(
        self,
        broker: Secured,
        name: str,
        password: str,
        *,
        topics: Iterable[str] = (),
        plain: bool = False,
    ) -> None:
        self.heard: list[str] = []
        self.messages: list[tuple[str, bytes]] = []
        self.refused: str | None = None
        self._topics = [(topic, 1) for topic in topics]
        self._ready = threading.Event()
        self._port = broker.port if plain else broker.tls_port
        self.client = Client(CallbackAPIVersion.VERSION2, protocol=MQTTProtocolVersion.MQTTv311)
        self.client.username_pw_set(name, password)
        if not plain:
            self.client.tls_set_context(broker.trusting())
        self.client.on_connect = self._on_connect
        self.client.on_subscribe = lambda *_: self._ready.set()
        self.client.on_message = self._on_message

    def _on_connect(self, client: Client, _u: Any, _f: Any, reason: Any, _p: Any) -> None:
        if reason.is_failure:
            self.refused = str(reason)
            self._ready.set()
        elif self._topics:
            client.subscribe(self._topics)
        else:
            self._ready.set()

    def _on_message(self, _c: Client, _u: Any, message: MQTTMessage) -> None:
        self.messages.append((message.topic, message.payload))
        self.heard.append(message.topic)

    def publish(self, *topics: str, payload: str = "{}") -> None:
        """Returns when the broker has acknowledged them all: over 3.1.1 the denied ones too."""
        for topic in topics:
            sent = self.client.publish(topic, payload, qos=1)
            assert sent.rc is MQTTErrorCode.MQTT_ERR_SUCCESS
            sent.wait_for_publish(10)
            assert sent.is_published()

    def __enter__(self) -> Self:
        self.client.connect(HOST, self._port)
        self.client.loop_start()
        assert self._ready.wait(10)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.client.disconnect()
        self.client.loop_stop()
