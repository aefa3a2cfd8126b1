"""Requests made up from the API's own description, each answered as it promises."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from schemathesis import checks

from tests.unit.api.house import House


@asynccontextmanager
async def _at_rest(_: FastAPI) -> AsyncIterator[None]:
    """Follows no changes: the caller never ends the application, which the house is gone before."""
    yield


def test_the_api_keeps_to_its_description(house: House) -> None:
    """Requests made up from the description: no 500, and only what it promises."""
    house.app.router.lifespan_context = _at_rest
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", house.app, headers=house.key())
    headers = house.key("manager")
    promised = [
        checks.not_a_server_error,
        checks.CHECKS.get_one("status_code_conformance"),
        checks.CHECKS.get_one("content_type_conformance"),
        checks.CHECKS.get_one("response_schema_conformance"),
    ]
    tried = 0
    for result in schema.exclude(path="/api/v1/stream").get_all_operations():
        operation = result.ok()

        @settings(
            max_examples=15, deadline=None, database=None, suppress_health_check=list(HealthCheck)
        )
        @given(case=operation.as_strategy())
        def conforms(case: schemathesis.Case) -> None:
            case.call_and_validate(headers=headers, checks=promised)

        conforms()
        tried += 1
    assert tried == 38
