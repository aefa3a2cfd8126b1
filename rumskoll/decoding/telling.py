"""What a message means, for people: each value by name, and what it says of the room."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final

from babel.numbers import format_decimal

from rooms.devicemodels import MODELS, Evidence
from rooms.readings import FIELDS, Kind, Partial, Value
from rooms.texts import TEXTS, Language, text
from rumskoll.decoding.meaning import Meaning, told

_LINE: Final = 120  # characters of one item of a list
_LEVELS: Final = ("ok", "warning", "error")


def lines(meaning: Meaning, language: Language) -> Iterator[str]:
    """Everything about a message, line by line."""
    yield from _whose(meaning, language)
    if meaning.ignored is not None:
        yield _ignored(meaning.ignored, language)
    yield from _values(meaning.readings, language)
    for part in sorted(meaning.past, key=lambda part: part.time or 0):
        yield text(language, "decode.then", time=_when(part.time or 0))
        yield from _values((part,), language)
    yield from _room(meaning, language)
    yield from _notes(meaning, language)


def _whose(meaning: Meaning, language: Language) -> Iterator[str]:
    if meaning.address:
        yield text(language, "decode.address", address=plain(meaning.address))
    if meaning.device is not None:
        room = meaning.room or text(language, "decode.no_room")
        yield text(language, "decode.device", device=meaning.device, room=room)
    elif meaning.address and meaning.model is None:
        yield text(language, "decode.not_registered")
    if meaning.model is not None:
        name = MODELS[meaning.model].name
        yield text(language, "decode.model", name=name, model=meaning.model)
        if meaning.hint:
            yield text(language, "decode.by_hint", hint=plain(meaning.hint))


def _ignored(reason: str, language: Language) -> str:
    key = f"decode.ignored.{reason}"
    return text(language, key if key in TEXTS else "decode.ignored", reason=reason)


def _values(parts: Sequence[Partial], language: Language) -> Iterator[str]:
    rows = [
        (f"{part.kind}.{name}", _shown(part.kind, name, value, language))
        for part in parts
        for name, value in part.fields.items()
    ]
    names = [text(language, f"reading.{field}") for field, _ in rows]
    width = max(map(len, names), default=0)
    for name, (field, (first, *more)) in zip(names, rows, strict=True):
        yield f"  {name:<{width}}  {first}  ({field})"
        yield from (f"  {'':<{width}}  {item}" for item in more)


def _shown(kind: Kind, name: str, value: Value, language: Language) -> list[str]:
    """One line, or a list's number and a line for each of its items."""
    field, given = FIELDS[kind][name], told(kind, name, value)
    if field.type == "list":
        items = [plain(json.dumps(item, ensure_ascii=False))[:_LINE] for item in given]
        return [str(len(items)), *items]
    if field.type == "bool":
        return [text(language, "decode.yes" if given else "decode.no")]
    if name.startswith("error_"):
        return [text(language, f"decode.level.{_LEVELS[int(given)]}")]
    if isinstance(given, str):
        return [plain(given) or "–"]
    return [f"{format_decimal(given, '#,##0.###', locale=language)} {field.unit}".rstrip()]


def _room(meaning: Meaning, language: Language) -> Iterator[str]:
    """What the readings of now say of whether somebody is in the room."""
    if meaning.model is None or not meaning.readings:
        return
    fields: dict[str, Any] = {}
    for part in meaning.readings:
        if part.kind in {"presence", "equipment"}:
            fields |= {name: told(part.kind, name, v) for name, v in part.fields.items()}
    found = [
        text(language, f"decode.says.{word}")
        for evidence in MODELS[meaning.model].evidence
        if (word := _says(evidence, fields))
    ]
    nothing = "generic" if meaning.model == "generic" else "nothing"
    yield from dict.fromkeys(found or [text(language, f"decode.says.{nothing}")])


def _says(evidence: Evidence, fields: dict[str, Any]) -> str:
    """The word for what evidence of one kind shows (metrics.md 1); "" for nothing."""
    if evidence == "motion":
        moved = [fields[n] for n in ("motion", "motion_count", "occupied") if n in fields]
        return "" if not moved else "motion" if any(moved) else "no_motion"
    if evidence == "presence":
        there = fields.get("room_in_use", fields.get("occupied"))
        return "" if there is None else "presence" if there else "absence"
    if evidence == "count":
        people = fields.get("people")
        return "" if people is None else "presence" if people else "absence"
    if evidence == "line":
        return "line" if "in_total" in fields or "out_total" in fields else ""
    in_call = fields.get("in_call")
    return "" if in_call is None else "call" if in_call else "no_call"


def _notes(meaning: Meaning, language: Language) -> Iterator[str]:
    if meaning.note is None:
        return
    key = f"decode.note.{meaning.note}"
    yield text(language, key if key in TEXTS else "decode.note", note=meaning.note)
    if meaning.read is not None:
        read, size = meaning.read
        yield text(language, "decode.note.read", read=read, size=size)


def _when(at: int) -> str:
    return datetime.fromtimestamp(at / 1000).astimezone().strftime("%Y-%m-%d %H:%M:%S")


def plain(given: str) -> str:
    """What came from outside, without control codes."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in given)
