"""Tells a watchdog elsewhere that the collector is well: no word from us is its alarm.

Services such as healthchecks.io or Uptime Kuma give an address that is to be fetched every
minute. It is fetched only while the collector is well; what comes back does not matter else.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Final

import httpx
import structlog

log = structlog.get_logger()

PATIENCE_S: Final = 10.0


class Heartbeat:
    """One thread runs ``run``; without an address it ends at once. The address is a secret."""

    def __init__(
        self,
        url: str,
        every_s: float,
        well: Callable[[], bool],
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self._url = url
        self._every_s = every_s
        self._well = well
        self._transport = transport
        self._stop = threading.Event()
        self._failed = False

    def run(self) -> None:
        while self._url and not self._stop.wait(self._every_s):
            self.step()

    def stop(self) -> None:
        self._stop.set()

    def step(self) -> None:
        """Fetch the address, if all is well; a failure is told once, as is its end."""
        if not self._well():
            return
        try:
            with (
                httpx.Client(transport=self._transport, timeout=PATIENCE_S) as client,
                client.stream("GET", self._url, follow_redirects=True) as answer,
            ):
                answer.raise_for_status()  # its body is not read: it may never end
        except httpx.HTTPStatusError as error:
            self._tell(f"it answers {error.response.status_code}")
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            self._tell(type(error).__name__)  # its text may hold the address
        else:
            if self._failed:
                log.info("the heartbeat's address answers again")
            self._failed = False

    def _tell(self, reason: str) -> None:
        if not self._failed:
            log.warning("the heartbeat's address cannot be fetched", reason=reason)
        self._failed = True
