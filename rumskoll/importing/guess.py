"""A map to start from, guessed from a file's header and its first rows."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from rooms.registry import Registry
from rooms.texts import Language, text
from rumskoll.importing.cells import NOTHING
from rumskoll.importing.csv_rows import Unusable
from rumskoll.importing.map import DELIMITERS

_SAMPLE: Final = 65_536  # bytes
_ROWS: Final = 50
_TIMES: Final = ("time", "tid", "date", "datum", "timestamp", "ts", "klockslag")
_NAMES: Final = ("sensor", "device", "enhet", "deveui", "address", "adress", "room", "rum")
# a word in a column's name -> our field; the first that fits
_FIELDS: Final[Mapping[str, str]] = {
    "people": "presence.people",
    "person": "presence.people",
    "antal": "presence.people",
    "headcount": "presence.people",
    "motion": "presence.motion",
    "pir": "presence.motion",
    "rörelse": "presence.motion",
    "occup": "presence.occupied",
    "presence": "presence.occupied",
    "närvaro": "presence.occupied",
    "upptaget": "presence.occupied",
    "co2": "climate.co2_ppm",
    "temp": "climate.temperature_c",
    "humid": "climate.humidity_pct",
    "fukt": "climate.humidity_pct",
    "light": "climate.illuminance_lx",
    "lux": "climate.illuminance_lx",
    "ljus": "climate.illuminance_lx",
    "batter": "health.battery_pct",
}


class _Sample(NamedTuple):
    encoding: str
    delimiter: str  # as the map names it
    header: Sequence[str]
    rows: Sequence[Sequence[str]]

    def column(self, name: str) -> list[str]:
        at = self.header.index(name)
        cells = (row[at].strip() for row in self.rows if len(row) > at)
        return [cell for cell in cells if cell.lower() not in NOTHING]


def guess(path: Path, registry: Registry, language: Language) -> str:
    """MAP.yaml as text, to be looked through. Raises ``Unusable`` and ``OSError``."""
    sample = _sample(path)
    times = [name for name in sample.header if _has(name, _TIMES)] or [sample.header[0]]
    rest = [name for name in sample.header if name not in times]
    whose, named = _whose(sample, rest, registry, language)
    rest = [name for name in rest if name != named]
    numbers = [cell for name in rest for cell in sample.column(name)]
    comma = any(re.fullmatch(r"-?\d+,\d+", cell) for cell in numbers)
    zone = next(iter(registry.sites.values())).timezone
    lines = [
        f"# {text(language, 'import.guessed', file=path.name)}",
        f"delimiter: {_quoted(sample.delimiter)}",
        f"encoding: {sample.encoding}",
        f'decimal: "{"," if comma else "."}"',
        "time:",
        f"  columns: [{', '.join(map(_quoted, times))}]",
        f"  format: {_quoted(_format(sample, times))} # {text(language, 'import.guessed_format')}",
        f"  zone: {zone} # {text(language, 'import.guessed_zone')}",
        *whose,
        "fields:",
        *_fields(rest, language),
    ]
    return "\n".join(lines) + "\n"


def _sample(path: Path) -> _Sample:
    with path.open("rb") as file:
        content = file.read(_SAMPLE)
    if b"\0" in content:
        raise Unusable("import.encoding", file=path, line=1, encoding="utf-8")
    whole = content[: content.rfind(b"\n") + 1] or content
    encoding = "utf-8"
    try:
        told = whole.decode("utf-8-sig")
    except UnicodeDecodeError:
        encoding, told = "cp1252", whole.decode("cp1252", "replace")
    first = told.partition("\n")[0]
    name = max(DELIMITERS, key=lambda name: first.count(DELIMITERS[name]))
    try:
        rows = [*csv.reader(told.splitlines()[: _ROWS + 1], delimiter=DELIMITERS[name])]
    except csv.Error as error:
        raise Unusable("import.not_csv", file=path, line=1, reason=error) from None
    if not rows or len(rows[0]) < 2:
        raise Unusable("import.no_header", file=path)
    return _Sample(encoding, name, [cell.strip() for cell in rows[0]], rows[1:])


def _has(name: str, words: Iterable[str]) -> bool:
    parts = re.split(r"[^\w]+|_|(?<=[a-zåäö])(?=[A-ZÅÄÖ])", name)
    return any(part.lower() in words for part in parts)


def _format(sample: _Sample, times: Sequence[str]) -> str:
    cells = [sample.column(name)[:1] for name in times]
    first = " ".join(cell[0] for cell in cells if cell)
    if re.fullmatch(r"\d{9,13}([.,]\d+)?", first):
        return "epoch"
    for pattern, told in (
        (r"\d{1,2}/\d{1,2}/\d{4} \d{1,2}:\d\d", "%d/%m/%Y %H:%M"),
        (r"\d{1,2}\.\d{1,2}\.\d{4} \d{1,2}:\d\d", "%d.%m.%Y %H:%M"),
        (r"\d{4}-\d\d-\d\d \d{1,2}\.\d\d", "%Y-%m-%d %H.%M"),
    ):
        if re.match(pattern, first):
            mark = told[-3]
            return f"{told}{mark}%S" if first.count(mark) > told.count(mark) else told
    return "iso"


def _whose(
    sample: _Sample, columns: Sequence[str], registry: Registry, language: Language
) -> tuple[list[str], str | None]:
    """Its lines, and the column: the one whose cells a source knows as addresses, else
    one that is called so."""
    for name in columns:
        cells = sample.column(name)
        for source in registry.sources:
            if any(registry.by_address(source, registry.normalise(source, c)) for c in cells):
                return [f"source: {source}", f"address: {_quoted(name)}"], name
    named = next((name for name in columns if _has(name, _NAMES)), None)
    if named is not None:
        hint = text(language, "import.guessed_source")
        return [f"source: which-source # {hint}", f"address: {_quoted(named)}"], named
    return [f"device: which-device # {text(language, 'import.guessed_device')}"], None


def _fields(columns: Sequence[str], language: Language) -> list[str]:
    """Columns that nothing is known of stand as comments, to be filled in or removed."""
    lines, used = [], set()
    for name in columns:
        told = (field for word, field in _FIELDS.items() if word in name.lower())
        field = next(told, None)
        sign = "" if field is not None and field not in used else "# "
        used.add(field)
        lines.append(f"  {sign}- {{column: {_quoted(name)}, field: {field or '…'}}}")
    if all("# -" in line for line in lines):
        lines.insert(0, f"  # {text(language, 'import.guessed_fields')}")
    return lines


def _quoted(name: str) -> str:
    """As YAML takes it, å ä ö as they are."""
    plain = re.fullmatch(r"[^\W\d]\w*( \w+)*", name) and name.lower() not in {
        "true",
        "false",
        "null",
    }
    return name if plain else json.dumps(name, ensure_ascii=False)
