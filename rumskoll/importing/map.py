"""MAP.yaml: which columns of a CSV file are what, checked like rooms.yaml."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Final, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from rooms.readings import FIELDS
from rooms.registry import Registry
from rooms.registry.checking import entries, known, twice
from rooms.registry.document import Document
from rooms.registry.document import Path as Place
from rooms.registry.fields import Id, Model, Number
from rooms.registry.mapping import check_field
from rooms.registry.mistakes import Mistake, nearest, shown
from rooms.registry.models import FIELD_NAMES, FieldMapping, Mapping
from rooms.registry.parse import parse_yaml
from rumskoll.registry_files import decode

# lists (peripherals, diagnostics) are no cells
IMPORTABLE: Final = tuple(
    name
    for name in FIELD_NAMES
    if (target := check_field(name)) and FIELDS[target.kind][target.name].type != "list"
)
DELIMITERS: Final = {",": ",", ";": ";", "|": "|", "tab": "\t"}


def _format(given: str) -> str:
    """A pattern must tell the whole time: what is written by it is read by it again."""
    if given in {"iso", "epoch"}:
        return given
    at = datetime(2026, 11, 23, 21, 47, tzinfo=UTC)
    try:
        same = datetime.strptime(at.strftime(given), given).replace(tzinfo=UTC) == at
    except ValueError:
        same = False
    if not same:
        raise PydanticCustomError("import_format", "not a time's format")
    return given


def _zone(name: str) -> str:
    if name not in available_timezones():
        suggestion = {"suggestion": nearest(name, available_timezones())}
        raise PydanticCustomError("timezone", "unknown time zone", suggestion)
    return name


class TimeColumns(Model):
    """Where a row's time stands."""

    columns: tuple[str, ...] = Field(min_length=1, description="Joined by a space if several")
    format: Annotated[str, AfterValidator(_format)] = Field(
        "iso", description="iso, epoch (seconds or ms), or a pattern such as %d/%m/%Y %H:%M:%S"
    )
    zone: Annotated[str, AfterValidator(_zone)] | None = Field(
        None, description="Of times without an offset; the site's if left out"
    )


class Column(Model):
    """One column and the field that it holds; as in a ``mapped_json`` source."""

    column: str = Field(min_length=1)
    field: str
    scale: Number = 1.0
    offset: Number = 0.0
    values: dict[str, bool | float | str] | None = None


class ImportMap(Model):
    """One MAP.yaml: either ``device``, or ``source`` and the column of the ``address``."""

    delimiter: Literal[",", ";", "|", "tab"] = ","
    encoding: Literal["utf-8", "utf-8-sig", "latin-1", "cp1252"] = "utf-8"
    decimal: Literal[".", ","] = "."
    time: TimeColumns
    device: Id | None = None
    source: Id | None = None
    address: str | None = None
    fields: tuple[Column, ...] = Field(min_length=1)

    @property
    def names(self) -> list[str]:
        """Every column that is read."""
        whose = [] if self.address is None else [self.address]
        return [*self.time.columns, *whose, *(column.column for column in self.fields)]

    def zone(self, registry: Registry) -> ZoneInfo:
        if self.time.zone is not None:
            return ZoneInfo(self.time.zone)
        if self.device is not None:
            return registry.zone(registry.devices[self.device].site)
        assert self.source is not None
        return registry.zone(registry.sources[self.source][0].id)

    def mapping(self) -> Mapping:
        """How a decoder reads the JSON object that a row becomes (``rumskoll.importing.rows``)."""
        return Mapping(
            topics=("import",),
            address="address",
            time="time",
            fields=tuple(
                FieldMapping(
                    path=f"c{n}",
                    field=column.field,
                    scale=column.scale,
                    offset=column.offset,
                    values=column.values,
                )
                for n, column in enumerate(self.fields)
            ),
        )


def read_map(path: Path, registry: Registry) -> ImportMap:
    """Raises ``RegistryError`` with file, line and field of every mistake, and ``OSError``."""
    return parse_map(decode(str(path), path.read_bytes()), str(path), registry)


def parse_map(text: str, file: str, registry: Registry) -> ImportMap:
    def check(document: Document) -> list[Mistake]:
        return [*_whose(document, registry), *_fields(document)]

    return parse_yaml(text, file, ImportMap, check).value


def _whose(document: Document, registry: Registry) -> Iterator[Mistake]:
    given: dict[str, Any] = document.data
    fixed = "device" in given
    if fixed == ("address" in given) or ("source" in given) != ("address" in given):
        yield document.mistake((), "import_whose")
    yield from known(
        document, ("device",), given.get("device"), [*registry.devices], "unknown_device"
    )
    yield from known(
        document, ("source",), given.get("source"), [*registry.sources], "unknown_source"
    )


def _fields(document: Document) -> Iterator[Mistake]:
    found: list[tuple[object, Place]] = []
    for i, item in entries(document, "fields"):
        name, place = item.get("field"), ("fields", i, "field")
        if not isinstance(name, str):
            continue
        found.append((name, place))
        if name not in IMPORTABLE:
            suggestion = nearest(name, IMPORTABLE)
            yield document.mistake(place, "field", suggestion=suggestion, value=shown(name))
    yield from twice(document, found, "import_field_twice")
