"""One request to InfluxDB's v1-compatible API, and what its reply means.

The replies of versions 1, 2 and 3 differ; here they become one of: done, a payload
refused (``PayloadRefused``), try again (``StoreUnavailable``), a person must act
(``StoreMisconfigured``).
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime
from typing import Any, Final, NoReturn

import httpx
import msgspec

from storage.store import StoreMisconfigured, StoreUnavailable

# An idle connection that the server closed shows only when it is used again.
_STALE: Final = (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError)
_TIMEOUT: Final = httpx.Timeout(60, connect=5)


class PayloadRefused(Exception):
    """The server will never take these lines; if ``splittable``, it may take some of them."""

    def __init__(self, reason: str, *, splittable: bool) -> None:
        super().__init__(reason)
        self.splittable = splittable


class Series(msgspec.Struct):
    columns: list[str]
    tags: dict[str, str] = {}
    values: list[list[Any]] = []
    partial: bool = False


class _Result(msgspec.Struct):
    series: list[Series] = []
    error: str | None = None


class _Cause(msgspec.Struct):
    error_message: str = ""


class _Reply(msgspec.Struct):
    results: list[_Result] = []
    error: str | None = None  # 1.x and 3.x
    data: list[_Cause] | None = None  # 3.x: the refused lines
    message: str | None = None  # 2.x

    def trouble(self) -> str | None:
        errors = [self.error, self.message, *(result.error for result in self.results)]
        causes = [cause.error_message for cause in self.data or []]
        said = [text for text in [*errors, *causes[:1]] if text]
        return " ".join(": ".join(said).split())[:500] if said else None


_decode = msgspec.json.Decoder(_Reply).decode


class InfluxHttp:
    """Basic authentication, keep-alive, POST only. Threads may share one instance."""

    def __init__(
        self, url: str, user: str, token: str, ca: str | None, clock: Callable[[], int]
    ) -> None:
        self.url = url.rstrip("/")
        self._clock = clock
        self._client = httpx.Client(
            # with a token 2.x and 3.x take any user name
            auth=(user or "rumskoll", token) if user or token else None,
            verify=trust(ca),
            timeout=_TIMEOUT,
            trust_env=False,  # no proxy and no .netrc between us and the database
        )

    def close(self) -> None:
        self._client.close()

    def write(self, database: str, lines: bytes) -> None:
        """Returns when the server has confirmed every line."""
        response = self._post("/write", {"db": database, "precision": "ms"}, content=lines)
        if response.status_code == 204:
            return
        reply = _understood(response)
        if response.is_success and reply is not None and reply.trouble() is None:
            return
        self._raise(response, reply, database, writing=True)

    def query(self, database: str, query: str, params: Mapping[str, str | int]) -> list[Series]:
        """The series of one SELECT, with times in ms."""
        form = {"q": query, "params": msgspec.json.encode(params).decode()}
        response = self._post("/query", {"db": database, "epoch": "ms"}, data=form)
        reply = _understood(response)
        if response.status_code != 200 or reply is None or reply.trouble() is not None:
            self._raise(response, reply, database, writing=False)
        return [series for result in reply.results for series in result.series]

    def _post(self, path: str, params: dict[str, str], **body: Any) -> httpx.Response:
        try:
            try:
                return self._client.post(self.url + path, params=params, **body)
            except _STALE:
                return self._client.post(self.url + path, params=params, **body)
        except httpx.HTTPError as error:
            detail = str(error) or type(error).__name__
            if _distrusted(error):
                raise StoreMisconfigured.say("influx_tls", url=self.url, detail=detail) from error
            raise StoreUnavailable.say("influx_unreachable", url=self.url, detail=detail) from error

    def _raise(
        self, response: httpx.Response, reply: _Reply | None, database: str, *, writing: bool
    ) -> NoReturn:
        status = response.status_code
        trouble = None if reply is None else reply.trouble()
        detail = trouble or " ".join(response.text.split())[:200] or response.reason_phrase
        values = {"url": self.url, "database": database, "status": status, "detail": detail}
        if writing and trouble and "beyond retention policy" in trouble:
            raise PayloadRefused(detail, splittable=True)
        if status in {408, 429} or status >= 500:
            busy = StoreUnavailable.say("influx_busy", **values)
            busy.retry_after = retry_after(response.headers.get("retry-after"), self._clock())
            raise busy
        if status == 401:
            raise StoreMisconfigured.say("influx_credentials", **values)
        if writing and status == 413:
            raise PayloadRefused(detail, splittable=True)
        if trouble is None:  # a proxy, a login page, a web server: never InfluxDB itself
            raise StoreMisconfigured.say("influx_foreign", **values)
        if status == 404 or "database not found" in trouble:
            raise StoreMisconfigured.say("influx_database", **values)
        if status == 403 or "authoriz" in trouble:
            raise StoreMisconfigured.say("influx_rights", **values)
        if writing:
            raise PayloadRefused(detail, splittable=status in {200, 400, 422})
        if status == 200:  # the query was understood, but could not be carried out
            raise StoreUnavailable.say("influx_busy", **values)
        raise StoreMisconfigured.say("influx_query", **values)


def _distrusted(error: BaseException | None) -> bool:
    """Does a failed certificate check stand behind the error?"""
    while error is not None and not isinstance(error, ssl.SSLCertVerificationError):
        error = error.__cause__ or error.__context__
    return error is not None


def _understood(response: httpx.Response) -> _Reply | None:
    try:
        return _decode(response.content or b"{}")
    except msgspec.MsgspecError:
        return None


def trust(ca: str | None) -> ssl.SSLContext:
    """The system's certificate authorities, or the one in the file ``ca``."""
    try:
        return ssl.create_default_context(cafile=ca)
    except OSError as error:  # ssl.SSLError is one
        raise StoreMisconfigured.say("influx_ca", file=ca, detail=error) from error


def retry_after(header: str | None, now: int) -> float | None:
    """Seconds to wait by a Retry-After header: seconds or an HTTP date (RFC 9110, 10.2.3)."""
    if header is None:
        return None
    if header.isascii() and header.isdigit():
        return float(header)
    try:
        return max(0.0, parsedate_to_datetime(header).timestamp() - now / 1000)
    except ValueError:
        return None
