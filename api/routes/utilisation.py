"""How rooms were used in a period: sums and figures, by room, partner or time; peaks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response

from api import schemas
from api.csv import CONTENT, WantsCsv, csv_response
from api.depends import Lang, PartsOf, Reader, problems
from api.parameters import only_known
from api.schemas import By
from api.usage.period import Period, period_asked
from api.usage.places import rooms_asked, site_asked
from api.usage.report import FORMULAS, partner_utilisation, site_peaks, utilisation
from rooms.utilisation import NAMES

router = APIRouter(prefix="/api/v1", tags=["utilisation"], dependencies=[Depends(only_known)])

Edge = Annotated[
    str | None,
    Query(
        description="A local day, or RFC 3339 on a whole local hour",
        examples=["2026-11-01", "2026-11-23T08:00:00+01:00"],
    ),
]
SiteId = Annotated[str | None, Query(description="Needed where there are several")]
RoomIds = Annotated[list[str] | None, Query(alias="room", max_length=1000)]

_HEAD = ("definition_version", "as_of", "provisional_from")
_USE = ("key", "label", "start", "end", "removed", *NAMES, *FORMULAS, "sufficient", *_HEAD)
_PARTNER = ("key", "label", "removed", *schemas.PartnerSums.model_fields, *_HEAD)
_PEAKS = ("key", "start", "end", "numerator", "denominator", "value", *_HEAD)


@router.get(
    "/utilisation",
    response_model=schemas.Utilisation | schemas.PartnerUtilisation,
    responses=problems() | CONTENT,
)
def get_utilisation(
    caller: Reader,
    parts: PartsOf,
    language: Lang,
    csv: WantsCsv,
    by: By = "room",
    start: Edge = None,
    end: Edge = None,
    site: SiteId = None,
    rooms: RoomIds = None,
) -> schemas.Utilisation | schemas.PartnerUtilisation | Response:
    """Sums and figures of `[start, end)`; by default of the running month until now.

    At most 400 days, by room or month 10 years. The running hour is included, and marked
    provisional. With a partner's key, `by=partner` tells that partner's row and the total.
    """
    place = site_asked(parts, site, rooms, language)
    zone = parts.registry().zone(place.id)
    period = period_asked(start, end, parts.clock(), zone, language, by)
    some = rooms_asked(parts, place, rooms, period, by, language)
    name = f"utilisation-{place.id}-by-{by}-{_days(period)}"
    if by == "partner":
        whose = partner_utilisation(parts, place, period, language, some, only=caller.only)
        return csv_response(csv, _partner_rows(whose), _PARTNER, name) if csv else whose
    body = utilisation(parts, place, period, by, language, some)
    return csv_response(csv, _use_rows(body), _USE, name) if csv else body


@router.get("/peaks", response_model=schemas.Peaks, responses=problems() | CONTENT)
def get_peaks(
    _: Reader,
    parts: PartsOf,
    language: Lang,
    csv: WantsCsv,
    start: Edge = None,
    end: Edge = None,
    site: SiteId = None,
) -> schemas.Peaks | Response:
    """The highest share of rooms in use at once in 15 minutes, and the 95th percentile."""
    place = site_asked(parts, site, None, language)
    zone = parts.registry().zone(place.id)
    period = period_asked(start, end, parts.clock(), zone, language, "hour-of-week")
    body = site_peaks(parts, place, period)
    if csv:
        name = f"peaks-{place.id}-{_days(period)}"
        return csv_response(csv, _peak_rows(body), _PEAKS, name)
    return body


def _days(period: Period) -> str:
    days = period.days
    return f"{days[0]}-to-{days[-1]}"


def _head(body: schemas.Head) -> dict[str, object]:
    return {name: getattr(body, name) for name in _HEAD}


def _use_rows(body: schemas.Utilisation) -> Iterator[dict[str, Any]]:
    for row in body.rows:
        values = {name: getattr(row.figures, name).value for name in FORMULAS}
        own = {name: getattr(row, name) for name in _USE[:5]}
        yield own | dict(row.sums) | values | {"sufficient": row.sufficient} | _head(body)


def _partner_rows(body: schemas.PartnerUtilisation) -> Iterator[dict[str, Any]]:
    for row in body.rows:
        own = {"key": row.key, "label": row.label, "removed": row.removed}
        yield own | dict(row.sums) | _head(body)


def _peak_rows(body: schemas.Peaks) -> Iterator[dict[str, Any]]:
    for key in ("highest", "percentile_95"):
        quarter: schemas.Quarter | None = getattr(body, key)
        if quarter is not None:
            edges = {"key": key, "start": quarter.start, "end": quarter.end}
            yield edges | dict(quarter.share) | _head(body)
