"""A statement as JSON: it is what its published schema says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError

from api.statements.json_file import statement_json, statement_schema
from rooms.statement.booked import booked_of
from rooms.statement.codec import decode
from rooms.statement.compute import compute
from rooms.statement.document import Statement
from rooms.statement.inputs import Before, Booked, Carry, Override
from rooms.statement.view import of_partner
from tests.unit.statement.examples import inputs, seal_of

PUBLISHED = Path(__file__).parents[3] / "docs/schema/statement.schema.json"


def statement() -> Statement:
    first = compute(inputs(), seal_of(inputs()))
    given = inputs(
        before=Before(1, 1, first.head.seal, booked_of(first), first.accounts),
        reason="rättad",
        overrides=(Override("granen", "sensorn byttes"),),
        carries=(Carry("2026-09", 7, (Booked("alfa", "rum", 5), Booked("beta", "rum", -5))),),
    )
    return compute(given, seal_of(given, 2, 2))


def check(told: object) -> None:
    Draft202012Validator(json.loads(PUBLISHED.read_text("utf-8"))).validate(told)


def test_real_statements_are_as_the_published_schema_says() -> None:
    Draft202012Validator.check_schema(statement_schema())
    made = statement()
    for one in (made, compute(inputs()), of_partner(made, "beta")):
        check(json.loads(statement_json(one)))


def test_it_is_read_back_whole() -> None:
    made = statement()
    assert decode(statement_json(made), Statement) == made
    assert statement_json(made) == statement_json(statement())


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("schema",), 2),
        (("total",), "5295001"),
        (("head", "state"), "maybe"),
        (("pools", 0, "capacity"), 0.5),
        (("pools", 0, "capacity"), "1.5"),
        (("pools", 0, "parts", 0, "amount"), 1.5),
        (("stays", 0, "by"), "guess"),
    ],
)
def test_the_schema_refuses(path: tuple[str | int, ...], value: object) -> None:
    told: Any = json.loads(statement_json(statement()))
    at = told
    for step in path[:-1]:
        at = at[step]
    at[path[-1]] = value
    with pytest.raises(ValidationError):
        check(told)


def test_every_field_is_required() -> None:
    for name in Statement.__struct_fields__:
        told = json.loads(statement_json(statement()))
        del told[name]
        with pytest.raises(ValidationError):
            check(told)
