"""A small server with the v1-compatible API as InfluxDB 2.x and 3.x show it.

It keeps points in memory and understands the questions that ``storage.influx``
asks. A *personality* answers writes as one version does; ``replies`` overrides the
next answers, to show what a busy server, a proxy or a broken connection does.
"""

from __future__ import annotations

import base64
import json
import re
import ssl
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

from tests.servers.line_parser import Line, parse_line

Tags = tuple[tuple[str, str], ...]
Table = dict[Tags, dict[int, dict[str, float | str]]]


class Reply(NamedTuple):
    status: int
    body: Any = None  # text, or anything to be sent as JSON
    headers: Mapping[str, str] = MappingProxyType({})


class Conflict(Exception):
    """Lines that cannot be kept; ``kind`` is parse, type or expired."""

    def __init__(self, kind: str, text: str) -> None:
        super().__init__(text)
        self.kind = kind


class FakeInflux:
    def __init__(self, personality: Callable[[FakeInflux, str, list[str]], Reply]) -> None:
        self.personality = personality
        self.token = "secret"
        self.databases: dict[str, dict[str, Table]] = {}
        self.types: dict[tuple[str, str, str], type] = {}
        self.expired_before: dict[str, int] = {}
        self.replies: list[Reply | None] = []  # None: hang up without a word
        self.posts: list[str] = []  # paths asked for
        self.url = ""

    def keep(self, database: str, text: str) -> None:
        """Keep one line or raise ``Conflict``."""
        line = self.examine(database, text)
        for name, value in line.fields.items():
            self.types[database, line.measurement, name] = type(value)
        series = self.databases[database].setdefault(line.measurement, {})
        points = series.setdefault(tuple(sorted(line.tags.items())), {})
        points.setdefault(line.time, {}).update(line.fields)

    def examine(self, database: str, text: str) -> Line:
        try:
            line = parse_line(text)
        except ValueError as error:
            raise Conflict("parse", str(error)) from None
        for name, value in line.fields.items():
            if self.types.get((database, line.measurement, name), type(value)) is not type(value):
                raise Conflict("type", f'field type conflict: input field "{name}"')
        if line.time < self.expired_before.get(database, -(2**62)):
            raise Conflict("expired", "points beyond retention policy dropped=1")
        return line

    def answer(self, path: str, arguments: dict[str, str], body: bytes, auth: str) -> Reply:
        user, _, token = base64.b64decode(auth.removeprefix("Basic ")).decode().partition(":")
        if not user or token != self.token:
            return Reply(401, {"code": "unauthorized", "message": "unauthorized access"})
        if path == "/write":
            assert set(arguments) == {"db", "precision"}, arguments
            assert arguments["precision"] == "ms"
            return self.personality(self, arguments["db"], body.decode().split("\n"))
        form = {key: value[0] for key, value in parse_qs(body.decode()).items()}
        assert set(arguments) == {"db", "epoch"}, arguments
        return self._query(arguments["db"], form["q"], json.loads(form["params"]))

    def _query(self, database: str, text: str, params: dict[str, Any]) -> Reply:
        if database not in self.databases:
            return Reply(200, _results({"error": f"database not found: {database}"}))
        question = _QUESTION.fullmatch(text)
        assert question, f"not in the subset: {text}"
        columns = re.findall(r'"(\w+)"', question["columns"])
        asked = {k: v for k, v in question.groupdict().items() if v is not None}
        low = params[asked["low"]] // 1_000_000 if "low" in asked else -(2**62)
        high = params[asked["high"]] // 1_000_000 if "high" in asked else 2**62
        series = [
            (dict(tags), _rows(dict(tags), points, columns, low, high))
            for tags, points in self.databases[database].get(asked["measurement"], {}).items()
            if _matches(dict(tags), asked.get("filter", ""), params)
        ]
        limit = int(asked["limit"])
        order = -1 if "newest" in asked else 1
        if "group" in asked:
            found = [
                {"tags": tags, "columns": ["time", *columns], "values": rows[::order][:limit]}
                for tags, rows in series
                if rows
            ]
        else:
            # equal times in another order than they came in
            rows = sorted((row for _, rows in series[::-1] for row in rows), key=lambda r: r[0])
            found = [{"columns": ["time", *columns], "values": rows[:limit]}] if rows else []
        return Reply(200, _results({"series": found} if found else {}))


_QUESTION = re.compile(
    r'SELECT (?P<columns>"\w+"(?:, "\w+")*) FROM "(?P<measurement>\w+)"'
    r"(?: WHERE (?:time >= \$(?P<low>\w+))?(?: AND )?(?:time < \$(?P<high>\w+))?"
    r"(?P<filter>(?: AND \([^)]*\))*))?"
    r'(?: GROUP BY (?P<group>"\w+"(?:, "\w+")*))?(?: ORDER BY time(?P<newest> DESC)?)?'
    r" LIMIT (?P<limit>\d+)"
)


def _results(result: dict[str, Any]) -> dict[str, Any]:
    return {"results": [{"statement_id": 0, **result}]}


def _rows(
    tags: dict[str, str],
    points: dict[int, dict[str, float | str]],
    columns: list[str],
    low: int,
    high: int,
) -> list[list[Any]]:
    """Rows in time order; one without any of the fields asked for is none."""
    return [
        [time, *(fields.get(name, tags.get(name)) for name in columns)]
        for time, fields in sorted(points.items())
        if low <= time < high and not fields.keys().isdisjoint(columns)
    ]


def _matches(tags: dict[str, str], condition: str, params: dict[str, Any]) -> bool:
    return all(
        any(tags.get(name) == params[key] for name, key in re.findall(r'"(\w+)" = \$(\w+)', either))
        for either in re.findall(r"\(([^)]*)\)", condition)
    )


def version_2(server: FakeInflux, database: str, lines: list[str]) -> Reply:
    """One bad line and nothing is kept; errors stand in ``message``."""
    if database not in server.databases:
        return Reply(404, {"code": "not found", "message": f'bucket "{database}" not found'})
    if lines == [""]:
        return Reply(400, {"code": "invalid", "message": "writing requires points"})
    try:
        for line in lines:
            server.examine(database, line)
    except Conflict as error:
        status, code = {
            "parse": (400, "invalid"),
            "type": (422, "unprocessable entity"),
            "expired": (500, "internal error"),
        }[error.kind]
        return Reply(status, {"code": code, "message": f"failure writing points: {error}"})
    for line in lines:
        server.keep(database, line)
    return Reply(204)


def version_3(server: FakeInflux, database: str, lines: list[str]) -> Reply:
    """Good lines are kept, the bad ones named in ``data``; a missing database is made."""
    server.databases.setdefault(database, {})
    bad = []
    for number, line in enumerate(lines, 1):
        try:
            if line:
                server.keep(database, line)
        except Conflict as error:
            bad.append({"original_line": line, "line_number": number, "error_message": str(error)})
    if bad:
        return Reply(400, {"error": "partial write of line protocol occurred", "data": bad})
    return Reply(204)


def error_in_200(server: FakeInflux, database: str, lines: list[str]) -> Reply:
    """Understood, and not done: a 200 whose body holds the error."""
    reply = version_2(server, database, lines)
    return reply if reply.status == 204 else Reply(200, _results({"error": reply.body["message"]}))


@contextmanager
def fake_influx(
    personality: Callable[[FakeInflux, str, list[str]], Reply] = version_2,
    certificate: Path | None = None,
) -> Iterator[FakeInflux]:
    """Serve until left; with a ``certificate`` (key and certificate as PEM) by HTTPS."""
    fake = FakeInflux(personality)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # head and body in one packet

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            url = urlsplit(self.path)
            fake.posts.append(url.path)
            arguments = {key: value[0] for key, value in parse_qs(url.query).items()}
            if fake.replies:
                reply = fake.replies.pop(0)
            else:
                reply = fake.answer(
                    url.path, arguments, body, self.headers.get("authorization", "")
                )
            if reply is None:
                self.close_connection = True
                return
            text = reply.body if isinstance(reply.body, str) else json.dumps(reply.body)
            data = b"" if reply.status == 204 else text.encode()
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, request: Any, client_address: Any) -> None:
            if not isinstance(sys.exc_info()[1], OSError):  # a client may hang up
                super().handle_error(request, client_address)

    with Server(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        scheme = "http"
        if certificate is not None:
            scheme = "https"
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            # the handshake belongs to the request's thread, not to the one that accepts
            server.socket = context.wrap_socket(
                server.socket, server_side=True, do_handshake_on_connect=False
            )
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        fake.url = f"{scheme}://127.0.0.1:{server.server_port}"
        try:
            yield fake
        finally:
            server.shutdown()
