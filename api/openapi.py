"""Completes the OpenAPI description: how to get in, and errors as problem+json."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from api.schemas import ProblemDocument
from api.sessions import COOKIE

OPEN_PATHS = ("/healthz", "/readyz")


def describe(app: FastAPI) -> None:
    """Replace ``app.openapi`` by one that also tells what FastAPI cannot know."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _complete(
                get_openapi(
                    title=app.title,
                    version=app.version,
                    summary="Meeting rooms: who is where is not told, whether they are used is.",
                    routes=app.routes,
                )
            )
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


def _complete(description: dict[str, Any]) -> dict[str, Any]:
    components = description.setdefault("components", {})
    template = "#/components/schemas/{model}"
    document = ProblemDocument.model_json_schema(ref_template=template)
    components["schemas"] |= document.pop("$defs", {}) | {"ProblemDocument": document}
    components["securitySchemes"] = {
        "key": {"type": "http", "scheme": "bearer", "description": "`rumskoll keys`"},
        "session": {"type": "apiKey", "in": "cookie", "name": COOKIE},
    }
    for path, operations in description["paths"].items():
        for operation in operations.values():
            operation["security"] = [] if path in OPEN_PATHS else [{"key": []}, {"session": []}]
    return description
