"""A question is answered as it was asked, or refused: no parameter is passed over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args, get_origin

from fastapi import Request
from fastapi.dependencies.models import Dependant

from api.asked import invalid
from api.depends import Lang
from rooms.texts import text


def only_known(request: Request, language: Lang) -> None:
    """For routers: a name that is misspelt, or given twice where one is meant, would silently
    answer another question. Raises ``Problem`` 422."""
    known = {field.alias: field for field in _parameters(request.scope["route"].dependant)}
    for name in request.query_params:
        if name == "lang":  # api.language: goes with every address
            continue
        if name not in known:
            names = ", ".join(sorted(known)) or "–"
            message = text(language, "api.field.unknown", known=names)
            raise invalid(name[:80], message)
        count = len(request.query_params.getlist(name))
        if count > 1 and not _many(known[name].field_info.annotation):
            raise invalid(name, text(language, "api.field.twice", count=count))


def _parameters(dependant: Dependant) -> Iterator[Any]:
    yield from dependant.query_params
    for inner in dependant.dependencies:
        yield from _parameters(inner)


def _many(annotation: Any) -> bool:
    return any(get_origin(kind) is list for kind in get_args(annotation))
