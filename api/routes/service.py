"""The service about itself: alive, ready, metrics, and the description of the API."""

from __future__ import annotations

import sqlite3
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST

from api import schemas
from api.access import Open
from api.depends import Lang, PartsOf, Reader, Viewer, problems
from api.problems import Problem
from api.snapshot import snapshot
from rooms.texts import text

router = APIRouter(tags=["service"])

Probe = Annotated[None, Depends(Open("for supervisors and containers; tells nothing of rooms"))]


@router.get("/healthz")
def healthz(_: Probe, parts: PartsOf) -> schemas.Alive:
    """The process answers."""
    return schemas.Alive(status="alive", version=parts.version)


@router.get("/readyz", responses={503: problems()[503]})
def readyz(_: Probe, parts: PartsOf, language: Lang) -> schemas.Ready:
    """State and registry can be read; the collector runs, is connected to the broker, watches,
    sends alerts, and has room on its disk."""
    if missing := _missing(parts):
        words = ", ".join(text(language, f"api.missing.{what}") for what in missing)
        raise Problem(503, "not_ready", {"Retry-After": "5"}, missing=words)
    return schemas.Ready(status="ready")


def _missing(parts: PartsOf) -> list[str]:
    try:
        now = snapshot(parts)
    except sqlite3.Error:
        return ["state"]
    missing = [] if now.registry.sites else ["registry"]
    if not now.running:
        missing.append("collector")
        return missing
    if not now.connected:
        missing.append("broker")
    missing += now.hanging
    if now.disk_full:
        missing.append("disk")
    return missing


@router.get(
    "/metrics",
    response_class=Response,
    responses={**problems(), 200: {"content": {"text/plain": {"schema": {"type": "string"}}}}},
)
def metrics(_: Viewer, request: Request) -> Response:
    """For Prometheus, with a viewer's key as bearer token."""
    return Response(request.app.state.metrics.text(), media_type=CONTENT_TYPE_LATEST)


@router.get("/api/v1/openapi.json", include_in_schema=False)
def description(_: Reader, request: Request) -> JSONResponse:
    described: dict[str, Any] = request.app.openapi()
    return JSONResponse(described)
