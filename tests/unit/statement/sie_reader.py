"""Reads SIE 4I as the published rules have it (format 4B of the SIE group), and refuses all
else. It shares no line with what writes the files."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

_FIELD = re.compile(r'[ \t]*(?:"((?:\\"|[^"])*)"|([^\s"{}]+)|(\{)([^}]*)\})')
_AMOUNT = re.compile(r"-?\d+(\.\d{1,2})?")
# label -> (least, most) fields, in the order in which they may come
_ORDER = {
    "FLAGGA": (1, 1),
    "PROGRAM": (2, 2),
    "FORMAT": (1, 1),
    "GEN": (1, 2),
    "SIETYP": (1, 1),
    "FNAMN": (1, 1),
    "ORGNR": (1, 3),
    "DIM": (2, 2),
    "OBJEKT": (3, 3),
    "KONTO": (2, 2),
    "VER": (2, 6),
}
_NEEDED = {"FLAGGA", "PROGRAM", "FORMAT", "GEN", "SIETYP", "FNAMN"}


class NotSie(Exception):
    """The line, and what is wrong there."""


@dataclass
class Trans:
    account: str
    objects: dict[int, str]
    amount: Decimal
    day: date
    text: str


@dataclass
class Voucher:
    series: str
    number: str
    day: date
    text: str
    rows: list[Trans] = field(default_factory=list)


@dataclass
class SieFile:
    heads: dict[str, list[str]] = field(default_factory=dict)
    dimensions: dict[int, str] = field(default_factory=dict)
    objects: dict[tuple[int, str], str] = field(default_factory=dict)
    accounts: dict[str, str] = field(default_factory=dict)
    vouchers: list[Voucher] = field(default_factory=list)


def read(content: bytes) -> SieFile:
    """Raises ``NotSie`` for the first record that breaks a rule."""
    if re.search(rb"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f]", content):
        raise NotSie("control characters")
    lines = content.decode("cp437").split("\r\n")
    if lines.pop() or any("\n" in line or "\r" in line for line in lines):
        raise NotSie("records end in CRLF")
    made = SieFile()
    reached, opened = "FLAGGA", False
    labels = list(_ORDER)
    for line in lines:
        if line in "{}":
            if opened is (line == "{") or not made.vouchers:
                raise NotSie(line)
            opened = line == "{"
            continue
        label, fields = _record(line)
        if opened != (label == "TRANS"):
            raise NotSie(f"{line}: in the wrong place")
        if label != "TRANS":
            least, most = _ORDER.get(label, (1, 0))
            if not least <= len(fields) <= most or labels.index(label) < labels.index(reached):
                raise NotSie(line)
            reached = label
        _take(made, label, fields)
    if opened or not made.heads.keys() >= _NEEDED:
        raise NotSie("incomplete")
    _check(made)
    return made


def _record(line: str) -> tuple[str, list[str]]:
    match = re.fullmatch(r"#([A-ZÅÄÖ]+)([ \t].*)", line)
    if match is None:
        raise NotSie(line)
    fields, at, rest = [], 0, match[2]
    while rest[at:].strip():
        found = _FIELD.match(rest, at)
        if found is None or (found.end() < len(rest) and rest[found.end()] not in " \t"):
            raise NotSie(f"{line}: field {len(fields) + 1}")
        quoted, plain, brace, inner = found.groups()
        fields.append(
            "{" + inner if brace else plain if plain is not None else quoted.replace('\\"', '"')
        )
        at = found.end()
    return match[1], fields


def _take(made: SieFile, label: str, fields: list[str]) -> None:
    if label == "DIM":
        if int(fields[0]) < 20:
            raise NotSie(f"dimension {fields[0]} is reserved")
        made.dimensions[int(fields[0])] = fields[1]
    elif label == "OBJEKT":
        made.objects[int(fields[0]), fields[1]] = fields[2]
    elif label == "KONTO":
        made.accounts[fields[0]] = fields[1]
    elif label == "VER":
        made.vouchers.append(Voucher(fields[0], fields[1], _day(fields[2]), fields[3]))
    elif label == "TRANS":
        made.vouchers[-1].rows.append(_trans(fields))
    elif label in made.heads:
        raise NotSie(f"#{label} twice")
    else:
        made.heads[label] = fields


def _trans(fields: list[str]) -> Trans:
    account, listed, amount, day, said = fields
    if not account.isdecimal() or not listed.startswith("{") or not _AMOUNT.fullmatch(amount):
        raise NotSie(f"#TRANS {fields}")
    pairs = [one for match in _FIELD.finditer(listed[1:]) for one in match.groups()[:2]]
    told = [one for one in pairs if one is not None]
    objects = dict(zip(map(int, told[::2]), told[1::2], strict=True))
    return Trans(account, objects, Decimal(amount), _day(day), said)


def _day(text: str) -> date:
    if len(text) != 8:
        raise NotSie(text)
    return datetime.strptime(text, "%Y%m%d").date()


def _check(made: SieFile) -> None:
    if made.heads["FLAGGA"] != ["0"] or made.heads["FORMAT"] != ["PC8"]:
        raise NotSie("flag or format")
    if made.heads["SIETYP"] != ["4"]:
        raise NotSie("type")
    _day(made.heads["GEN"][0])
    known = [(one.series, one.number) for one in made.vouchers]
    if len(set(known)) < len(known):
        raise NotSie("a voucher's number twice")
    if any(dimension not in made.dimensions for dimension, _ in made.objects):
        raise NotSie("an object of no dimension")
    for one in made.vouchers:
        if sum(row.amount for row in one.rows) != 0:
            raise NotSie(f"voucher {one.series} {one.number} does not balance")
        for row in one.rows:
            if not row.objects.items() <= made.objects.keys():
                raise NotSie(f"{row}: an object that is not declared")
