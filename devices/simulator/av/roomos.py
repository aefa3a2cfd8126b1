"""A simulated RoomOS device: its WebSocket with JSON-RPC feedback, and getxml beside it."""

from __future__ import annotations

import asyncio
import json
import threading
from base64 import b64encode
from collections.abc import Coroutine, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

from devices.simulator.av.certificate import own_certificate
from devices.simulator.av.faults import Fault

Tree = dict[str, Any]  # lists as in JSON: [{"id": "1", …}]


def awake() -> Tree:
    """A device with a camera and a touch panel, in an empty room."""
    return {
        "SystemUnit": {
            "State": {"NumberOfActiveCalls": 0, "System": "Initialized"},
            "Software": {"DisplayName": "RoomOS 11.20.1", "Version": "ce11.20.1"},
        },
        "Standby": {"State": "Off"},
        "RoomAnalytics": {
            "PeopleCount": {"Current": 0, "Capacity": 6},
            "PeoplePresence": "No",
            "SomethingNew": {"In": "later versions"},
        },
        "Audio": {"Microphones": {"Mute": "Off"}},
        "Cameras": {"Camera": [{"id": "1", "Connected": "True", "Model": "Quad Camera"}]},
        "Peripherals": {
            "ConnectedDevice": [
                {"id": "1001", "Name": "Navigator", "Status": "Connected", "Type": "TouchPanel"}
            ]
        },
    }


@dataclass
class RoomOs:
    """Use as a context manager; ``change`` tells those who listen."""

    port: int = 0
    username: str = "rumskoll"
    password: str = "secret"  # noqa: S105 - of a device that is not there
    websocket: bool = True
    fault: Fault | None = None
    status: Tree = field(default_factory=awake)
    polled: int = field(default=0, init=False)

    def __enter__(self) -> RoomOs:
        self._links: set[ServerConnection] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._in_loop(self._open())
        return self

    def __exit__(self, *_: object) -> None:
        self._in_loop(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def change(self, news: Tree) -> None:
        """Lay ``news`` over the status, and send it to all who listen."""
        self._in_loop(self._change(news))

    def hang_up(self) -> None:
        self._in_loop(self._hang_up())

    def _in_loop(self, what: Coroutine[Any, Any, None]) -> None:
        """The loop has a thread of its own; only it touches the connections."""
        asyncio.run_coroutine_threadsafe(what, self._loop).result()

    async def _open(self) -> None:
        context, self.certificate = own_certificate()
        self._release = asyncio.Event()
        self._server = await serve(
            self._talk,
            "127.0.0.1",
            self.port,
            ssl=context,
            process_request=self._asked,
            close_timeout=1,
        )
        self.port = next(iter(self._server.sockets)).getsockname()[1]

    async def _close(self) -> None:
        self._release.set()
        await self._hang_up()
        self._server.close()
        await self._server.wait_closed()

    async def _hang_up(self) -> None:
        for link in tuple(self._links):
            link.transport.abort()

    async def _change(self, news: Tree) -> None:
        _lay_over(self.status, news)
        for link in tuple(self._links):
            with suppress(ConnectionClosed):
                await _send(
                    link, {"method": "xFeedback/Event", "params": {"Id": 0, "Status": news}}
                )

    # ---- HTTP, before it becomes a WebSocket

    def _asked(self, link: ServerConnection, request: Request) -> Response | None:
        if self.fault == "drop":
            link.transport.abort()
            return None
        login = b64encode(f"{self.username}:{self.password}".encode()).decode()
        if request.headers.get("Authorization") != f"Basic {login}":
            return link.respond(HTTPStatus.UNAUTHORIZED, "Unauthorized\n")
        url = urlsplit(request.path)
        if url.path == "/getxml":
            self.polled += 1
            return self._xml(link, parse_qs(url.query).get("location", [""])[0])
        if url.path != "/ws" or not self.websocket:
            return link.respond(HTTPStatus.NOT_FOUND, "Not found\n")
        return None

    def _xml(self, link: ServerConnection, location: str) -> Response:
        path = [name for name in location.strip("/").split("/")[1:] if name]
        here: Any = self.status
        for name in path:
            here = here.get(name) if isinstance(here, dict) else None
        if here is None:
            body = '<Status product="Cisco Codec"/>'
        else:
            for name in reversed(path):
                here = {name: here}
            body = f'<Status product="Cisco Codec" apiVersion="4">{"".join(_xml(here))}</Status>'
        if self.fault == "half":
            body = body[: len(body) // 2]
        return link.respond(HTTPStatus.OK, "what?" if self.fault == "garbage" else body)

    # ---- the WebSocket

    async def _talk(self, link: ServerConnection) -> None:
        self._links.add(link)
        try:
            async for received in link:
                if self.fault == "slow":
                    await self._release.wait()
                if self.fault in ("half", "garbage"):
                    await link.send('{"jsonrpc": "2.0", "id"' if self.fault == "half" else "what?")
                    continue
                await self._answer(link, json.loads(received))
        except ConnectionClosed:
            pass
        finally:
            self._links.discard(link)

    async def _answer(self, link: ServerConnection, message: Tree) -> None:
        query = message.get("params", {}).get("Query", [])
        if message.get("method") != "xFeedback/Subscribe" or query[:1] != ["Status"]:
            error = {"code": -32601, "message": "Unknown method"}
            await _send(link, {"id": message.get("id"), "error": error})
            return
        await _send(link, {"id": message["id"], "result": {"Id": message["id"]}})
        here: Any = self.status
        for name in query[1:]:
            here = here.get(name) if isinstance(here, dict) else None
        if here is None or here == []:
            return
        for name in reversed(query[1:]):
            here = {name: here}
        event = {"Id": message["id"], "Status": here}
        await _send(link, {"method": "xFeedback/Event", "params": event})


async def _send(link: ServerConnection, message: Tree) -> None:
    await link.send(json.dumps({"jsonrpc": "2.0", **message}))


def _lay_over(status: Tree, news: Tree) -> None:
    for name, value in news.items():
        if isinstance(value, dict):
            _lay_over(status.setdefault(name, {}), value)
        elif isinstance(value, list):
            items = {item["id"]: item for item in status.get(name, [])}
            for item in value:
                if item.get("ghost"):
                    items.pop(item["id"], None)
                else:
                    items[item["id"]] = {**items.get(item["id"], {}), **item}
            status[name] = [*items.values()]
        else:
            status[name] = value


def _xml(tree: Any) -> Iterator[str]:
    for name, value in tree.items():
        if isinstance(value, list):
            for item in value:
                rest = {k: v for k, v in item.items() if k != "id"}
                inner = "".join(_xml(rest))
                yield f'<{name} item="{item["id"]}" maxOccurrence="n">{inner}</{name}>'
        elif isinstance(value, dict):
            yield f"<{name}>{''.join(_xml(value))}</{name}>"
        else:
            yield f"<{name}>{escape(str(value))}</{name}>"
