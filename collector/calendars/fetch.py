"""A feed's text from its address, with a limit on size; runs in the killable process.

Addresses are secrets: no error tells more of one than its host.
"""

from __future__ import annotations

import http.client
import socket
import ssl
from base64 import b64encode
from collections.abc import Iterable
from email.message import Message
from pathlib import Path
from typing import IO, Any, Final, NamedTuple
from urllib.error import HTTPError, URLError
from urllib.parse import quote, unquote, urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    UnknownHandler,
)

from collector.calendars.protocol import MOST_BYTES, FeedError

_SILENCE_S: Final = 15.0  # no single answer may be waited for longer
_CHUNK: Final = 65_536
_AS_IT_IS: Final = "/?%:@!$&'()*+,;=~-._"  # in a path or query; what else there is gets quoted
_MOVED: Final = {301, 302, 303, 307, 308}
_STATUS: Final = {401: "not_allowed", 403: "not_allowed", 404: "gone", 410: "gone"}


class Fetched(NamedTuple):
    """``text`` is ``None`` where nothing has changed since ``etag`` and ``modified``."""

    text: str | None
    etag: str | None = None
    modified: str | None = None


def fetch(
    url: str,
    etag: str | None = None,
    modified: str | None = None,
    *,
    most: int = MOST_BYTES,
    silence_s: float = _SILENCE_S,
) -> Fetched:
    """Raises ``FeedError``."""
    parts = urlsplit(url)
    if parts.scheme == "file":
        return _file(Path(unquote(parts.path)), etag, most)
    host = parts.hostname or ""
    try:
        return _get(_request(url, etag, modified), most, silence_s)
    except HTTPError as error:
        error.close()
        if error.code == 304 and (etag or modified):
            return Fetched(None, etag, modified)
        moved = error.code in _MOVED
        key = "redirects" if moved else _STATUS.get(error.code, "status")
        raise FeedError(key, host=host, status=error.code) from None
    except URLError as error:
        raise FeedError(_reason(error.reason), host=host) from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise FeedError(_reason(error), host=host) from None


def _file(path: Path, etag: str | None, most: int) -> Fetched:
    try:
        told = path.stat()
        version = f"{told.st_mtime_ns}-{told.st_size}"
        if version == etag:
            return Fetched(None, etag)
        with path.open("rb") as file:
            content = file.read(most + 1)
    except FileNotFoundError:
        raise FeedError("file_missing", file=path.name) from None
    except OSError as error:
        raise FeedError("file_unreadable", file=path.name, reason=str(error.strerror)) from None
    return Fetched(_text(_content([content], most)), version)


def _request(url: str, etag: str | None, modified: str | None) -> Request:
    parts = urlsplit(url)
    scheme = {"webcal": "https", "webcals": "https"}.get(parts.scheme, parts.scheme)
    user, _, host = parts.netloc.rpartition("@")
    path = quote(parts.path or "/", safe=_AS_IT_IS)
    query = "?" + quote(parts.query, safe=_AS_IT_IS) if parts.query else ""
    request = Request(f"{scheme}://{host}{path}{query}")  # noqa: S310
    request.add_header("User-Agent", "Rumskoll")
    request.add_header("Accept", "text/calendar, */*;q=0.5")
    if user:  # not passed on to where a redirect leads
        secret = b64encode(unquote(user).encode()).decode()
        request.add_unredirected_header("Authorization", f"Basic {secret}")
    if etag:
        request.add_header("If-None-Match", etag)
    if modified:
        request.add_header("If-Modified-Since", modified)
    return request


class _Redirects(HTTPRedirectHandler):
    """A few, and never from https to plain http."""

    max_redirections = 5
    max_repeats = 2

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> Any:
        if req.type == "https" and not newurl.lower().startswith("https:"):
            raise FeedError("redirect_plain", host=req.host)
        if not newurl.lower().startswith(("http:", "https:")):
            return None  # then the redirect itself is the error
        return super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type]


def _opener() -> OpenerDirector:
    """http and https only: a redirect may not lead to files or elsewhere."""
    opener = OpenerDirector()
    for handler in (
        ProxyHandler(),
        UnknownHandler(),
        HTTPHandler(),
        HTTPSHandler(context=ssl.create_default_context()),
        HTTPDefaultErrorHandler(),
        _Redirects(),
        HTTPErrorProcessor(),
    ):
        opener.add_handler(handler)
    return opener


def _get(request: Request, most: int, silence_s: float) -> Fetched:
    with _opener().open(request, timeout=silence_s) as answer:
        content = _content(iter(lambda: answer.read1(_CHUNK), b""), most)
        told = answer.headers
    length = told.get("Content-Length", "")
    if length.isdecimal() and len(content) < int(length):
        raise FeedError("cut_off")
    return Fetched(_text(content), told.get("ETag"), told.get("Last-Modified"))


def _content(chunks: Iterable[bytes], most: int) -> bytes:
    content = bytearray()
    for chunk in chunks:
        content += chunk
        if len(content) > most:
            raise FeedError("too_big", mib=most // 2**20)
    return bytes(content)


def _text(content: bytes) -> str:
    # bytes that are no UTF-8 stay as they are: each line is looked at once it is whole
    return content.decode("utf-8-sig", "surrogateescape")


def _reason(error: object) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return "certificate"
    if isinstance(error, socket.gaierror):
        return "unknown_host"
    if isinstance(error, TimeoutError):
        return "timeout"
    if isinstance(error, http.client.HTTPException | ConnectionResetError):
        return "garbled"
    return "unreachable"
