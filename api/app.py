"""Puts the application together. Every route is registered here, and names its roles."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute

from api import problems
from api.access import Allow, Open
from api.board import answer, checkin, day, fault, report, room_day
from api.board import disputes as disputes_page
from api.board import faults as faults_page
from api.board import maintenance as maintenance_page
from api.board import routes as board
from api.board import statement as statement_page
from api.board import statements as statements_page
from api.board import utilisation as use_page
from api.board import whatif as whatif_page
from api.board.attribution_note import AttributionNote
from api.board.pages import Pages
from api.edge import Edge
from api.limits import Limit
from api.metrics import Metrics
from api.openapi import describe
from api.parts import Parts
from api.routes import (
    accounts,
    alerts,
    claims,
    devices,
    disputes,
    faults,
    maintenance,
    rooms,
    service,
    sessions,
    statements,
    stream,
    timeline,
    utilisation,
)
from api.sessions import Sessions
from api.statement_access import AT_ONCE, IssuedSums
from api.tail import Tail, following

ROUTERS = (
    rooms.router,
    timeline.router,
    claims.router,
    disputes.router,
    statements.router,
    utilisation.router,
    devices.router,
    faults.router,
    maintenance.router,
    alerts.router,
    accounts.router,
    stream.router,
    service.router,
    sessions.router,
    board.router,
    checkin.router,
    report.router,
    use_page.router,
    day.router,
    room_day.router,
    faults_page.router,
    fault.router,
    maintenance_page.router,
    answer.router,
    statements_page.router,
    whatif_page.router,  # before the page on a statement, whose number it is not
    statement_page.router,
    disputes_page.router,
)
SHORTEST_SECRET = 32


def create_app(parts: Parts) -> FastAPI:
    """The application over ``parts``. Raises ``ValueError`` for a weak signing secret."""
    secret = parts.signing_secret
    if len(secret) < SHORTEST_SECRET:
        if not parts.demo:
            raise ValueError(f"the signing secret needs {SHORTEST_SECRET} characters or more")
        secret = secrets.token_urlsafe(32)  # sessions end with the process

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with following(app.state.tail):
            yield

    # the description is a route of ours: the built-in pages fetch scripts from other hosts
    app = FastAPI(
        title="Rumskoll",
        version=parts.version,
        openapi_url=None,
        lifespan=lifespan,
        separate_input_output_schemas=False,
    )
    app.state.parts = parts
    app.state.signing_secret = secret
    app.state.sessions = Sessions(secret, https=parts.https)
    app.state.failures = Limit()
    app.state.checkins = Limit()
    app.state.reports = Limit()
    app.state.metrics = Metrics(parts)
    app.state.tail = Tail(parts)
    app.state.pages = Pages(parts)
    app.state.attribution_note = AttributionNote(parts)
    app.state.issued_sums = IssuedSums(parts)
    app.state.about_statements = asyncio.Semaphore(AT_ONCE)
    for router in ROUTERS:
        app.include_router(router)
    problems.install(app)
    describe(app)
    app.add_middleware(Edge, metrics=app.state.metrics)
    require_roles(ROUTERS)
    return app


def require_roles(routers: Iterable[Any]) -> None:
    """Denied by default: a route that names neither roles nor why it is open does not start."""
    for router in routers:
        for route in router.routes:
            if not isinstance(route, APIRoute) or gate_of(route) is None:
                raise RuntimeError(f"the route {route.path} names no roles")


def gate_of(route: APIRoute) -> Allow | Open | None:
    """What decides who may use a route."""
    gates = [call for call in _calls(route.dependant) if isinstance(call, Allow | Open)]
    return gates[0] if len(gates) == 1 else None


def _calls(dependant: Dependant) -> Iterator[Any]:
    for inner in dependant.dependencies:
        yield inner.call
        yield from _calls(inner)
