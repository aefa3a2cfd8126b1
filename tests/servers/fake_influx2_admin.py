"""The part of InfluxDB 2.x's administration API that ``influx init`` uses, in memory."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

TOKEN = "operator-token"


class FakeAdmin:
    def __init__(self, *, virtual_mappings: bool = True) -> None:
        self.virtual_mappings = virtual_mappings  # since 2.1
        self.orgs: list[dict[str, Any]] = []
        self.buckets: list[dict[str, Any]] = []
        self.authorizations: list[dict[str, Any]] = []
        self.dbrps: list[dict[str, Any]] = []
        self.changes: list[str] = []
        self.url = ""
        self._ids = 0

    def new_id(self) -> str:
        self._ids += 1
        return f"{self._ids:016x}"

    def get(self, path: str, query: dict[str, str]) -> tuple[int, Any]:
        if path == "/api/v2/orgs":
            found = [o for o in self.orgs if o["name"] == query.get("org", o["name"])]
            if not found:
                return 404, {"code": "not found", "message": "organization name not found"}
            return 200, {"orgs": found}
        if path == "/api/v2/buckets":
            ids = [b["id"] for b in self.buckets]
            rest = self.buckets[ids.index(query["after"]) + 1 if "after" in query else 0 :]
            found = [b for b in rest if b["orgID"] == query["orgID"]]
            limit = int(query.get("limit", 20))
            links = {"self": path} | ({"next": path} if len(found) > limit else {})
            return 200, {"links": links, "buckets": found[:limit]}
        if path == "/api/v2/authorizations":
            # since 2.9 a token is kept hashed and never told again
            kept = [{k: v for k, v in a.items() if k != "token"} for a in self.authorizations]
            return 200, {"authorizations": kept}
        assert path == "/api/v2/dbrps", path
        mapped = [m for m in self.dbrps if m["database"] == query["db"]]
        if not mapped and self.virtual_mappings:
            mapped = [
                {
                    "id": self.new_id(),
                    "orgID": b["orgID"],
                    "bucketID": b["id"],
                    "database": b["name"],
                    "retention_policy": "autogen",
                    "default": True,
                    "virtual": True,
                }
                for b in self.buckets
                if b["name"] == query["db"]
            ]
        return 200, {"content": mapped}

    def post(self, path: str, body: dict[str, Any]) -> tuple[int, Any]:
        made = {"id": self.new_id(), **body}
        self.changes.append(f"POST {path}")
        if path == "/api/v2/authorizations":
            made |= {"token": f"token-{made['id']}", "status": "active"}
        {
            "/api/v2/orgs": self.orgs,
            "/api/v2/buckets": self.buckets,
            "/api/v2/authorizations": self.authorizations,
            "/api/v2/dbrps": self.dbrps,
        }[path].append(made)
        return 201, made

    def patch(self, path: str, body: dict[str, Any]) -> tuple[int, Any]:
        self.changes.append("PATCH bucket")
        bucket = next(b for b in self.buckets if b["id"] == path.rpartition("/")[2])
        bucket |= body
        return 200, bucket

    def delete(self, path: str) -> tuple[int, Any]:
        kind, _, id_ = path.rpartition("/")
        assert kind == "/api/v2/authorizations", path
        self.changes.append("DELETE authorization")
        self.authorizations = [one for one in self.authorizations if one["id"] != id_]
        return 204, None


@contextmanager
def fake_admin(*, virtual_mappings: bool = True) -> Iterator[FakeAdmin]:
    fake = FakeAdmin(virtual_mappings=virtual_mappings)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # head and body in one packet

        def _handle(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            url = urlsplit(self.path)
            query = {key: value[0] for key, value in parse_qs(url.query).items()}
            if url.path == "/ping":
                self._send(204, None)
            elif self.headers.get("authorization") != f"Token {TOKEN}":
                self._send(401, {"code": "unauthorized", "message": "unauthorized access"})
            elif self.command == "GET":
                self._send(*fake.get(url.path, query))
            elif self.command == "POST":
                self._send(*fake.post(url.path, json.loads(body)))
            elif self.command == "DELETE":
                self._send(*fake.delete(url.path))
            else:
                self._send(*fake.patch(url.path, json.loads(body)))

        do_GET = do_POST = do_PATCH = do_DELETE = _handle  # noqa: N815

        def _send(self, status: int, reply: Any) -> None:
            data = b"" if reply is None else json.dumps(reply).encode()
            self.send_response(status)
            self.send_header("x-influxdb-version", "v2.9.1")
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        fake.url = f"http://127.0.0.1:{server.server_port}"
        try:
            yield fake
        finally:
            server.shutdown()
