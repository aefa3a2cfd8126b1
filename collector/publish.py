"""Publishes rooms and faults back, retained (design 7): door signs and Home Assistant read them.

A session and a thread of its own: the watch never waits for it. ``collector/published`` says
what is to stand in the broker; what differs is published, what is not wanted any more is
cleared with an empty payload. Our own topics are subscribed to once per connection, so that
what an earlier process left behind is found. ``rumskoll/status`` is "online" as long as this
session lasts, "offline" by its last will.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final

import structlog
from paho.mqtt.client import Client, ConnectFlags, MQTTMessage
from paho.mqtt.enums import MQTTErrorCode
from paho.mqtt.reasoncodes import ReasonCode

from collector.homeassistant import STATUS, discovery_topic
from collector.link import Broker, connect, create_client
from collector.published import ROOT, picture
from rooms.registry import Registry
from storage.state import ServiceState

log = structlog.get_logger()

LOOK_S: Final = 0.5
WHOLE_MS: Final = 30_000  # words change with time, without a change of state
STALE_MS: Final = 120_000  # what a watch that hangs wrote last says nothing about now
ECHO_S: Final = 30.0  # our own words come back sooner, if the broker lets them through
GOODBYE_S: Final = 2.0
_FOLLOWED: Final = ("room", "problem")
_OK: Final = MQTTErrorCode.MQTT_ERR_SUCCESS


class Publisher:
    """One thread runs ``run``. ``state`` is a connection of its own, closed by ``close``;
    ``watched`` tells when the watch was last at work (ms)."""

    def __init__(
        self,
        broker: Broker,
        state: ServiceState,
        registry: Callable[[], Registry],
        *,
        clock: Callable[[], int],
        watched: Callable[[], int],
        discovery_prefix: str,
        home_assistant: bool,
        backoff: tuple[float, float] = (1.0, 60.0),
    ) -> None:
        self._broker = broker
        self._state = state
        self._registry = registry
        self._clock = clock
        self._watched = watched
        self._started = clock()
        self._prefix = discovery_prefix
        self._home_assistant = home_assistant
        self._backoff = backoff
        self._stop = threading.Event()
        self._told: set[str] = set()
        self._looked = 0
        self._begin()

    def _begin(self) -> None:
        """Nothing is known of what stands in the broker: all is published at the first look."""
        self._seq = self._state.live.last_change()
        self._connected = False
        self._sent: dict[str, bytes] = {}
        self._listening = ""  # to the topics of this registry
        self._echo_due: float | None = None

    # ---- life

    def run(self) -> None:
        delay = self._backoff[0]
        while not self._stop.is_set():
            self._begin()
            with suppress(OSError):  # the collector's own session says what is wrong
                self._serve()
            delay = self._backoff[0] if self._connected else min(delay * 2, self._backoff[1])
            self._stop.wait(delay)

    def stop(self) -> None:
        self._stop.set()

    def close(self) -> None:
        self._state.close()

    def _serve(self) -> None:
        """One connection, from hello to its end."""
        client = create_client(self._broker, lasting=False)
        client.on_connect = self._on_connect
        client.on_message = self._on_message
        client.on_publish = self._on_publish
        client.will_set(STATUS, "offline", qos=1, retain=True)
        connect(client, self._broker, lasting=False)
        try:
            while client.loop(LOOK_S) is _OK:
                if self._stop.is_set():
                    self._goodbye(client)
                    return
                if self._connected:
                    self._step(client)
        finally:
            client._sock_close()  # there is no public way that leaves the last will to speak

    def _goodbye(self, client: Client) -> None:
        if self._connected:
            last = client.publish(STATUS, "offline", qos=1, retain=True)
            until = time.monotonic() + GOODBYE_S
            while not last.is_published() and time.monotonic() < until:
                if client.loop(0.1) is not _OK:
                    return
            client.disconnect()

    # ---- one look

    def _step(self, client: Client) -> None:
        """Publish what has changed since the last look."""
        registry, now = self._registry(), self._clock()
        fresh = self._listening != registry.hash
        if self._news() or fresh or not 0 <= now - self._looked < WHOLE_MS:
            self._looked = now
            self._put(client, self._wanted(registry, now))
        if fresh:  # after the new picture: what comes back and is not in it is from before
            self._listening = registry.hash
            client.subscribe([(topic, 0) for topic in self._own(registry)])
        if self._echo_due is not None and time.monotonic() > self._echo_due:
            self._echo_due = None
            self._may_not("what is published does not come back")

    def _news(self) -> bool:
        live = self._state.live
        changes = live.changes(self._seq)
        if changes:
            self._seq = changes[-1].seq
        return any(change.kind in _FOLLOWED for change in changes)

    def _wanted(self, registry: Registry, now: int) -> dict[str, bytes]:
        rooms = {}  # unknown
        if now - max(self._started, self._watched()) < STALE_MS:
            rooms = {id_: row.body for id_, row in self._state.live.all("room").items()}
        prefix = self._prefix if self._home_assistant else None
        return picture(registry, rooms, self._state.faults.open(), now, prefix)

    def _put(self, client: Client, wanted: dict[str, bytes]) -> None:
        for topic in self._sent.keys() - wanted.keys():
            client.publish(topic, b"", qos=1, retain=True)
        for topic, payload in wanted.items():
            if self._sent.get(topic) != payload:
                client.publish(topic, payload, qos=1, retain=True)
        self._sent = wanted

    def _own(self, registry: Registry) -> list[str]:
        """Filters of what we alone publish, and of what we must pick our own from."""
        return [*(f"{ROOT}/{site}/#" for site in registry.sites), f"{self._prefix}/device/+/config"]

    def _is_own(self, topic: str) -> bool:
        sites = self._registry().sites
        before = discovery_topic(self._prefix, "{}", "").removesuffix("/config")
        return any(topic.startswith((f"{ROOT}/{s}/", before.format(s))) for s in sites)

    # ---- what the broker says

    def _on_connect(
        self, client: Client, _u: Any, _f: ConnectFlags, reason: ReasonCode, _p: Any
    ) -> None:
        if reason.is_failure:
            self._tell("refused", str(reason))
            return
        self._connected = True
        self._echo_due = time.monotonic() + ECHO_S
        log.info("publishing rooms and faults", broker=self._broker.host, below=ROOT)
        client.publish(STATUS, "online", qos=1, retain=True)

    def _on_message(self, client: Client, _u: Any, message: MQTTMessage) -> None:
        with suppress(UnicodeDecodeError):  # none of ours
            topic = message.topic
            if topic in self._sent:
                self._echo_due = None
            elif message.retain and message.payload and self._is_own(topic):
                client.publish(topic, b"", qos=1, retain=True)  # left by an earlier process

    def _on_publish(self, _c: Client, _u: Any, _mid: int, reason: ReasonCode, _p: Any) -> None:
        if reason.is_failure:  # over 3.1.1 a publish that is denied is acknowledged all the same
            self._may_not(str(reason))

    def _may_not(self, reason: str) -> None:
        self._tell(
            "forbidden",
            f"the broker does not seem to allow publishing below {ROOT}/ ({reason}): give our user"
            f" the right to read and write {ROOT}/# and to write {STATUS}, or set"
            " RUMSKOLL_PUBLISH=false",
        )

    def _tell(self, what: str, reason: str) -> None:
        """Once in the log, although every attempt fails in the same way."""
        if what not in self._told:
            log.warning("cannot publish rooms and faults", reason=reason)
        self._told.add(what)
