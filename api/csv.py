"""The same bodies as CSV: for machines (UTF-8, comma, decimal point), or as a Swedish Excel
opens it (with BOM, semicolon, decimal comma, local times).

Header names are those of the JSON. Text that a spreadsheet would take for a formula gets a
leading apostrophe.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Annotated, Any, Final, Literal

from fastapi import Depends, Query, Request, Response

MEDIA_TYPE: Final = "text/csv"
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")

_BOM: Final = "\N{ZERO WIDTH NO-BREAK SPACE}"

Dialect = Literal["csv", "excel"]
Format = Annotated[
    Literal["json", "csv", "excel"] | None,
    Query(description="For links; else `Accept` decides. `excel` is CSV for a Swedish Excel"),
]

CONTENT: Final[dict[int | str, dict[str, Any]]] = {
    200: {"content": {MEDIA_TYPE: {"schema": {"type": "string"}}}}
}


def _wants_csv(request: Request, response: Response, format: Format = None) -> Dialect | None:
    response.headers["Vary"] = "Accept"
    if format is None:
        return "csv" if _prefers_csv(request) else None
    return None if format == "json" else format


WantsCsv = Annotated[Dialect | None, Depends(_wants_csv)]


def _prefers_csv(request: Request) -> bool:
    """Named in ``Accept`` before, or with more weight than, what JSON gets there."""
    weights = {"text/csv": 0.0, "application/json": 0.0}
    for item in request.headers.get("accept", "").split(","):
        name, *parameters = (part.strip().lower() for part in item.split(";"))
        if name in weights:
            weights[name] = _weight(parameters)
    return weights["text/csv"] > weights["application/json"]


def _weight(parameters: Iterable[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return float(value)
            except ValueError:
                return 0.0
    return 1.0


def csv_response(
    dialect: Dialect, rows: Iterable[Mapping[str, object]], columns: Sequence[str], name: str
) -> Response:
    """The rows as a file called ``name`` (without its ending); a missing cell is empty."""
    told = excel_cell if dialect == "excel" else cell
    body = table(dialect, columns, ([told(row.get(name)) for name in columns] for row in rows))
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"', "Vary": "Accept"}
    return Response(body, headers=headers, media_type=f"{MEDIA_TYPE}; charset=utf-8")


def table(dialect: Dialect, header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A file of cells that ``cell`` or ``excel_cell`` told."""
    out = io.StringIO()
    out.write(_BOM if dialect == "excel" else "")
    delimiter = ";" if dialect == "excel" else ","
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()


def cell(value: object) -> str:
    """A value as it stands in a cell."""
    if isinstance(value, str):  # first: most cells are
        return f"'{value}" if value.startswith(_FORMULA) else value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)


def excel_cell(value: object) -> str:
    """The same for Excel: it knows no offsets from UTC, and no decimal point."""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, float):
        return cell(value).replace(".", ",")
    return cell(value)
