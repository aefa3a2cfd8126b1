"""Which language the caller reads: ``?lang``, then the cookie, then the browser's wish."""

from __future__ import annotations

from typing import Final

from starlette.requests import HTTPConnection

from rooms.texts import LANGUAGES, Language

COOKIE: Final = "rumskoll_lang"


def language_of(request: HTTPConnection) -> Language:
    for wish in (request.query_params.get("lang"), request.cookies.get(COOKIE)):
        if wish in LANGUAGES:
            return wish
    default: Language = request.app.state.parts.language
    return preferred(request.headers.get("accept-language", ""), default)


def preferred(header: str, default: Language) -> Language:
    """The best of ours in an ``Accept-Language`` header (RFC 9110, 12.5.4)."""
    best: tuple[float, Language] = (0.0, default)
    for item in header.split(","):
        tag, _, parameter = item.partition(";")
        name = tag.strip().lower().partition("-")[0]
        if name in LANGUAGES and (weight := _weight(parameter)) > best[0]:
            best = (weight, name)
    return best[1]


def _weight(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    if not name:
        return 1.0
    try:
        return float(value) if name.strip() == "q" else 1.0
    except ValueError:
        return 0.0
