"""The page on another agreement for a pool: a form, and what it would have come to.

Only GET: the address says all of it, and nothing is kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from markupsafe import Markup

from api.board.statement_words import month_name
from api.board.whatif_form import MONTHS, agreement_of, form_of, mistakes, proposed
from api.depends import Lang, Manager, PartsOf
from api.parts import Parts
from api.statement_access import few_at_once, running_month
from api.statements.whatif import past_months, what_if
from api.statements.whatif_plot import plot
from rooms.statement.inputs import AgreementInput
from rooms.statement.money import kronor
from rooms.statement.whatif import Line
from rooms.texts import Language, text

router = APIRouter(include_in_schema=False, dependencies=[Depends(few_at_once)])


class Row(NamedTuple):
    name: str
    now: str
    then: str
    difference: str


@router.get("/statements/whatif")
def page(caller: Manager, request: Request, parts: PartsOf, language: Lang) -> Response:
    asked = request.query_params
    registry = parts.registry()
    pools = {pool.id: (site, pool) for site in registry.sites.values() for pool in site.pools}
    values: dict[str, Any] = {"form": None, "wrong": [], "result": None}
    if pools:
        site, pool = pools.get(asked.get("pool", ""), next(iter(pools.values())))
        base = agreement_of(site, pool, registry, parts.clock())
        sent = "capacity" in asked
        form = form_of(site, pool, base, asked if sent else None, language)
        values["form"] = form
        if sent:
            values["wrong"] = [text(language, f"whatif.wrong.{key}") for key in mistakes(form)]
            if not values["wrong"]:
                values["result"] = _result(parts, proposed(form, base), form.months, language)
    made: Response = request.app.state.pages.page(
        request,
        "whatif.html",
        caller=caller,
        pools=[(id_, pool.name.in_(language)) for id_, (_, pool) in pools.items()],
        choices=MONTHS,
        **values,
    )
    return made


def _result(
    parts: Parts, agreement: AgreementInput, months: int, language: Language
) -> dict[str, Any]:
    chosen = past_months(parts.statements, running_month(parts), most=months)
    outcome = what_if(parts.statements, [agreement], chosen)
    found = outcome.found
    return {
        "rows": _rows(found.sums, found.names, language),
        "plot": Markup(plot(found, language)),  # noqa: S704 - names in it are escaped there
        "months": [
            (month_name(month.month, language), _rows(month.lines, found.names, language))
            for month in found.months
        ],
        "left_out": [
            text(
                language,
                "whatif.left_out",
                month=month_name(one.month, language),
                why=one.why.text(language),
            )
            for one in outcome.left_out
        ],
    }


def _rows(lines: Sequence[Line], names: Mapping[str, str], language: Language) -> list[Row]:
    rows = [
        Row(
            names.get(line.partner, line.partner),
            kronor(line.now, language),
            kronor(line.then, language),
            _signed(line.difference, language),
        )
        for line in lines
    ]
    now, then = sum(line.now for line in lines), sum(line.then for line in lines)
    whole = (kronor(now, language), kronor(then, language), _signed(then - now, language))
    return [*rows, Row(text(language, "whatif.all"), *whole)] if lines else []


def _signed(ore: int, language: Language) -> str:
    return f"{'+' * (ore > 0)}{kronor(ore, language)}"
