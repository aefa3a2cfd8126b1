"""Questions to equipment over HTTPS, with what can go wrong put in the bridges' words."""

from __future__ import annotations

import ssl
from time import monotonic
from typing import Any, Final

import httpx

from devices.bridges import tls
from devices.bridges.base import ANSWER_WITHIN_S, BadAnswer, Lost, Refused, Target

_MOST: Final = 1_000_000  # bytes of an answer


class LoggedOut(Exception):
    """The device wants us to log in (again)."""


class Https:
    """One device. Use as a context manager."""

    def __init__(self, target: Target, port: int) -> None:
        host = f"[{target.host}]" if ":" in target.host else target.host
        self._client = httpx.Client(
            base_url=f"https://{host}:{target.port or port}/",
            verify=tls.context(target.certificate),
            timeout=ANSWER_WITHIN_S,
            trust_env=False,  # equipment in the house is not behind a proxy
            follow_redirects=False,
        )

    def __enter__(self) -> Https:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def get(self, path: str, headers: dict[str, str] | None = None) -> bytes:
        """Raises ``Lost``, ``Refused``, ``LoggedOut``, ``BadAnswer``."""
        return self._ask("GET", path, headers or {}, None)[0]

    def post(self, path: str, body: Any) -> tuple[bytes, httpx.Headers]:
        return self._ask("POST", path, {}, body)

    def cookie(self, *names: str) -> str:
        """The first of these cookies that the device has set, in any case; "" if none."""
        wanted = {name.lower() for name in names}
        jar = self._client.cookies.jar
        return next((one.value or "" for one in jar if one.name.lower() in wanted), "")

    def _ask(
        self, method: str, path: str, headers: dict[str, str], body: Any
    ) -> tuple[bytes, httpx.Headers]:
        until = monotonic() + ANSWER_WITHIN_S
        try:
            with self._client.stream(method, path, headers=headers, json=body) as answer:
                content = _whole(answer, until)
        except httpx.TransportError as error:
            if _certificate(error):
                raise Refused(f"its certificate is not trusted: {error}") from error
            raise Lost(str(error) or type(error).__name__) from error
        if answer.status_code in (401, 403):
            raise LoggedOut
        if answer.status_code in (429, 502, 503, 504):
            raise Lost(f"HTTP {answer.status_code}")
        if answer.status_code >= 300:
            raise BadAnswer(f"HTTP {answer.status_code} to {path}")
        return content, answer.headers


def _whole(answer: httpx.Response, until: float) -> bytes:
    """All of it, if it comes in time."""
    parts: list[bytes] = []
    size = 0
    for part in answer.iter_bytes():
        parts.append(part)
        size += len(part)
        if size > _MOST:
            raise BadAnswer(f"more than {_MOST} bytes")
        if monotonic() > until:
            raise Lost("no whole answer in time")
    return b"".join(parts)


def _certificate(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return True
        error = error.__cause__ or error.__context__
    return False
