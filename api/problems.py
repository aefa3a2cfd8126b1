"""Every error as problem+json (RFC 9457), or as a page where a browser asked for one."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

import structlog
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from api.language import language_of
from rooms.texts import TEXTS, Language, text
from storage.store import StoreError, StoreUnavailable

MEDIA_TYPE: Final = "application/problem+json"
_MACHINES: Final = ("/api/", "/healthz", "/readyz", "/metrics")
_log = structlog.get_logger("api")

# what Starlette itself raises, by status
_CODES: Final = {404: "not_found", 405: "method", 400: "bad_request", 413: "too_large"}


class Problem(Exception):
    """An error for the caller; ``code`` names its text in ``rooms.texts.api``."""

    def __init__(
        self,
        status: int,
        code: str,
        headers: Mapping[str, str] | None = None,
        *,
        errors: list[dict[str, str]] | None = None,
        **values: object,
    ) -> None:
        super().__init__(f"{status} {code}")
        self.status = status
        self.code = code
        self.headers = dict(headers or {})
        self.errors = errors
        self.values = values

    def detail(self, language: Language) -> str:
        return text(language, f"api.{self.code}", **self.values)


class StoreProblem(Problem):
    """The store's own words stand in the caller's language."""

    def __init__(self, error: StoreError) -> None:
        passing = isinstance(error, StoreUnavailable)
        wait = round(getattr(error, "retry_after", None) or 10)
        headers = {"Retry-After": str(max(1, wait))} if passing else {}
        super().__init__(503, "store_unavailable" if passing else "store_misconfigured", headers)
        self.error = error

    def detail(self, language: Language) -> str:
        return f"{super().detail(language)} {self.error.render(language)}"


def answer(request: Request, problem: Problem) -> Response:
    """The problem in the caller's language and form."""
    language = language_of(request)
    title, detail = title_of(problem.status, language), problem.detail(language)
    if wants_page(request):
        page: Response = request.app.state.pages.error(request, problem, title, detail)
        return page
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": title,
        "status": problem.status,
        "detail": detail,
        "code": problem.code,
    }
    if problem.errors is not None:
        body["errors"] = problem.errors
    headers = problem.headers | {"Content-Language": language, "Cache-Control": "no-store"}
    # what was sent is repeated, and may hold half a character
    content = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
    return Response(content, problem.status, headers, MEDIA_TYPE)


def title_of(status: int, language: Language) -> str:
    key = f"api.title.{status}"
    return text(language, key) if key in TEXTS else HTTPStatus(status).phrase


def wants_page(request: Request) -> bool:
    machine = request.url.path.startswith(_MACHINES)
    return not machine and "text/html" in request.headers.get("accept", "")


def route_of(scope: Scope) -> str:
    """The route's pattern, for logs and metrics: a path may hold a secret, and never ends."""
    return str(getattr(scope.get("route"), "path", "none"))


def install(app: FastAPI) -> None:
    """Register a handler for each kind of error that routes may raise."""
    app.add_exception_handler(Problem, _on_problem)
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(StoreError, _on_store)
    app.add_exception_handler(sqlite3.Error, _on_state)


def unexpected(request: Request, error: Exception) -> Response:
    """A mistake of ours: the log gets the traceback, the caller does not."""
    _log.error("request failed", route=route_of(request.scope), exc_info=error)
    return answer(request, Problem(500, "internal"))


async def _on_problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)
    return answer(request, error)


async def _on_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    code = _CODES.get(error.status_code, "bad_request")
    return answer(request, Problem(error.status_code, code, error.headers))


async def _on_store(request: Request, error: Exception) -> Response:
    assert isinstance(error, StoreError)
    _log.warning("the store does not answer", route=route_of(request.scope), error=str(error))
    return answer(request, StoreProblem(error))


async def _on_state(request: Request, error: Exception) -> Response:
    _log.error("cannot read service.db", route=route_of(request.scope), error=str(error))
    return answer(request, Problem(503, "state", {"Retry-After": "10"}))


async def _on_invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    language = language_of(request)
    errors = [
        {
            "field": ".".join(str(part) for part in item["loc"]),
            "message": text(
                language,
                _message_key(item["type"]),
                value=str(item.get("input"))[:80],
                expected=item.get("ctx", {}).get("expected", "").replace(" or ", ", "),
                most=item.get("ctx", {}).get("max_length"),
            ),
        }
        for item in error.errors()
    ]
    fields = ", ".join(item["field"] for item in errors)
    return answer(request, Problem(422, "invalid", errors=errors, fields=fields))


def _message_key(type_: str) -> str:
    key = f"api.field.{type_}"
    return key if key in TEXTS else "api.field.other"
