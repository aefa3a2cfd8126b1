"""Renders templates in the caller's language, with what every page has around it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import partial
from importlib.resources import files
from typing import Any, Final, NamedTuple

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from api import language as languages
from api.access import Caller
from api.board.environment import environment
from api.language import language_of
from api.parts import Parts
from api.problems import Problem
from rooms.texts import LANGUAGES, Language, text
from rooms.texts.times import clock
from storage.state import LoginLink

YEAR_S: Final = 31_536_000
_TYPES: Final = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


class Static(NamedTuple):
    body: bytes
    media_type: str


class Pages:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self.static = _read_static()
        version = hashlib.sha256(b"".join(item.body for item in self.static.values()))
        self._static = f"?v={version.hexdigest()[:12]}"

    def render(self, template: str, language: Language, **values: Any) -> str:
        t: Callable[..., str] = partial(text, language)
        return (
            environment()
            .get_template(template)
            .render(
                t=t,
                lang=language,
                static=self._static,
                version=self._parts.version,
                **values,
            )
        )

    def page(
        self,
        request: Request,
        template: str,
        *,
        caller: Caller | None = None,
        status: int = 200,
        **values: Any,
    ) -> Response:
        """A whole page. ``?lang`` is remembered in a cookie."""
        language = language_of(request)
        other = next(other for other in LANGUAGES if other != language)
        sites = self._parts.registry().sites.values()
        display = request.query_params.get("display") == "1"
        html = self.render(
            template,
            language,
            caller=caller,
            path=request.url.path,
            house=next(iter(sites)).name.in_(language) if len(sites) == 1 else "Rumskoll",
            display=display or (caller is not None and caller.how == "display"),
            other=other,
            other_query=request.url.include_query_params(lang=other).query,
            **values,
        )
        return self._dressed(request, HTMLResponse(html, status))

    def fragment(self, request: Request, template: str, **values: Any) -> Response:
        """A part of a page, by the same template as the whole."""
        language = language_of(request)
        response = HTMLResponse(self.render(template, language, **values))
        response.headers["Content-Language"] = language
        return response

    def error(self, request: Request, problem: Problem, title: str, detail: str) -> Response:
        response = self.page(
            request,
            "error.html",
            status=problem.status,
            title=title,
            detail=detail,
            reasons=[error["message"] for error in problem.errors or ()],
        )
        response.headers.update(problem.headers)
        return response

    def login(self, request: Request, link: LoginLink) -> Response:
        language = language_of(request)
        zone = self._parts.registry().zone(next(iter(self._parts.registry().sites)))
        expires = clock(link.expires, self._parts.clock(), zone, language)
        return self.page(request, "login.html", label=link.label, expires=expires)

    def _dressed(self, request: Request, response: Response) -> Response:
        response.headers["Content-Language"] = language_of(request)
        if (wish := request.query_params.get("lang")) in LANGUAGES:
            response.set_cookie(
                languages.COOKIE,
                str(wish),
                max_age=YEAR_S,
                httponly=True,
                samesite="lax",
                secure=self._parts.https,
            )
        return response


def _read_static() -> dict[str, Static]:
    return {
        item.name: Static(item.read_bytes(), _TYPES[item.name[item.name.rindex(".") :]])
        for item in files("api.board").joinpath("static").iterdir()
    }
