"""A RoomOS device's WebSocket: JSON-RPC, with feedback on what we want to know.

Protocol: Cisco, "xAPI over WebSocket". Each subscription is answered by what stands now
(``NotifyCurrentValue``) and then by what changes.

One thread per device, with a loop of its own: two threads may not use one TLS connection at the
same time (OpenSSL; CPython's issue 151508), which is what ``websockets.sync`` does.
"""

from __future__ import annotations

import asyncio
from base64 import b64encode
from collections.abc import Callable
from threading import Event
from time import monotonic
from typing import Any, Final

import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import (
    ConnectionClosed,
    InvalidHandshake,
    InvalidMessage,
    InvalidStatus,
)

from devices.bridges import tls
from devices.bridges.base import (
    ANSWER_WITHIN_S,
    TELL_EVERY_S,
    BadAnswer,
    Lost,
    Refused,
    Target,
    Told,
)
from devices.bridges.roomos.reading import meaning
from devices.bridges.roomos.tree import Tree, lay_over, of_json

PATHS: Final = (
    "SystemUnit/State",
    "SystemUnit/Software",
    "Standby/State",
    "RoomAnalytics",
    "Audio/Microphones/Mute",
    "Audio/Input/Connectors/Microphone",
    "Conference/Presentation",
    "Cameras/Camera",
    "Peripherals/ConnectedDevice",
    "Diagnostics/Message",
)
_SETTLED_S: Final = 0.3  # changes come in several messages
_LARGEST: Final = 4_000_000  # bytes


class NoWebSocket(Exception):
    """The device has none, or it is switched off."""


def converse(target: Target, port: int, tell: Callable[[Told], None], stop: Event) -> None:
    """Until ``stop``. Raises ``Lost``, ``Refused``, ``NoWebSocket``."""
    asyncio.run(_converse(target, port, tell, stop))


async def _converse(target: Target, port: int, tell: Callable[[Told], None], stop: Event) -> None:
    link = await _opened(target, port)
    try:
        await _Conversation(link, tell).run(stop)
    finally:
        await link.close()


async def _opened(target: Target, port: int) -> ClientConnection:
    host = f"[{target.host}]" if ":" in target.host else target.host
    login = b64encode(f"{target.username}:{target.password}".encode()).decode()
    try:
        return await connect(
            f"wss://{host}:{target.port or port}/ws",
            ssl=tls.context(target.certificate),
            additional_headers={"Authorization": f"Basic {login}"},
            open_timeout=ANSWER_WITHIN_S,
            close_timeout=1,
            ping_interval=ANSWER_WITHIN_S,
            ping_timeout=ANSWER_WITHIN_S,
            max_size=_LARGEST,
            proxy=None,
        )
    except InvalidStatus as error:
        if error.response.status_code in (401, 403):
            raise Refused("the name or password is wrong") from error
        raise NoWebSocket from error
    except InvalidMessage as error:
        raise Lost("it hung up") from error
    except InvalidHandshake as error:
        raise NoWebSocket from error
    except tls.CertificateRefused as error:
        raise Refused(f"its certificate is not trusted: {error}") from error
    except OSError as error:  # TimeoutError among them
        raise Lost(str(error) or type(error).__name__) from error


class _Conversation:
    def __init__(self, link: ClientConnection, tell: Callable[[Told], None]) -> None:
        self._link = link
        self._tell = tell
        # no message of an empty list comes: what is never told of is not there
        self._state: Tree = {"Diagnostics": {"Message": {}}, "Peripherals": {"ConnectedDevice": {}}}
        self._unanswered = set(range(1, len(PATHS) + 1))
        self._last: dict[str, Any] | None = None
        self._told_at = 0.0

    async def run(self, stop: Event) -> None:
        try:
            for n, path in enumerate(PATHS, 1):
                query = {"Query": ["Status", *path.split("/")], "NotifyCurrentValue": True}
                await self._send({"id": n, "method": "xFeedback/Subscribe", "params": query})
            patience = monotonic() + ANSWER_WITHIN_S
            while not stop.is_set():
                if await self._hear():
                    continue
                if not self._unanswered:
                    self._tell_what_changed()
                elif monotonic() > patience:
                    raise Lost("it does not answer our subscriptions")
        except ConnectionClosed as error:
            raise Lost("it hung up") from error

    async def _send(self, message: dict[str, Any]) -> None:
        await self._link.send(msgspec.json.encode({"jsonrpc": "2.0", **message}).decode())

    async def _hear(self) -> bool:
        """One message, if one comes before things have settled."""
        try:
            received = await asyncio.wait_for(self._link.recv(), _SETTLED_S)
        except TimeoutError:
            return False
        try:
            message = msgspec.json.decode(received)
        except (ValueError, RecursionError):
            return True
        if isinstance(message, dict):
            if isinstance(id_ := message.get("id"), int):
                self._unanswered.discard(id_)
            if "params" in message:
                self._take(message)
        return True

    def _take(self, message: dict[str, Any]) -> None:
        try:
            lay_over(self._state, of_json(message))
        except BadAnswer:
            return

    def _tell_what_changed(self) -> None:
        told = meaning(self._state)
        state, now = told["equipment"], monotonic()
        if state != self._last or now - self._told_at >= TELL_EVERY_S:
            self._tell(told)
            self._last, self._told_at = state, now
