"""Takes what VC equipment and displays report about themselves into their history."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any, Final
from zlib import crc32

import msgspec

from rooms.faults.finding import SEVERITIES, Severity
from rooms.faults.history import Equipment, Part, Said
from rooms.readings import Value

FLAGS: Final = ("fan", "lamp", "temperature", "cover", "filter", "other")
_BY_FLAG: Final[dict[float, Severity]] = {1.0: "warning", 2.0: "error"}
_BY_LEVEL: Final[dict[str, Severity]] = {
    "warning": "warning",
    "error": "error",
    "critical": "error",
}
# How devices name the types of their peripherals, simplified -> our word
_PARTS: Final = {
    "camera": "camera",
    "microphone": "microphone",
    "audiomicrophone": "microphone",
    "touchpanel": "touch_panel",
    "speaker": "speaker",
    "loudspeaker": "speaker",
}
_NUMBER: Final = re.compile(r"\d+([.,]\d+)?")
MOST: Final = 32  # diagnostics and peripherals that are told of a device
LONGEST: Final = 120  # characters of a name or description


def note_equipment(
    equipment: Equipment | None, fields: Mapping[str, Value], at: int
) -> Equipment | None:
    """Overlay a message on what was known; nothing is kept of what has nothing to report."""
    flags = {name: fields[f"error_{name}"] for name in FLAGS if f"error_{name}" in fields}
    lists = any(name in fields for name in ("diagnostics", "peripherals"))
    if equipment is None:
        if not lists and not any(flags.values()):
            return None
        equipment = Equipment(at)
    if at < equipment.at:
        return equipment
    equipment.at = at
    if flags:
        _flags(equipment, flags, at)
    if lists:
        for name, take in (("diagnostics", _diagnostics), ("peripherals", _peripherals)):
            if isinstance(text := fields.get(name), str):
                take(equipment, text, at)
    return equipment


def _flags(equipment: Equipment, flags: Mapping[str, Value], at: int) -> None:
    before = {(one.text, one.severity): one for one in equipment.flags}
    kept = [one for one in equipment.flags if one.text not in flags]
    for name, value in flags.items():
        severity = _BY_FLAG.get(value) if isinstance(value, float) else None
        if severity:
            kept.append(before.get((name, severity)) or Said(severity, name, at))
    equipment.flags = kept


def _diagnostics(equipment: Equipment, text: str, at: int) -> None:
    if (check := crc32(text.encode())) == equipment.said_sum:
        return
    equipment.said_sum = check
    told = dict.fromkeys(
        (severity, _word(entry, "description") or _word(entry, "type"))
        for entry in _entries(text)
        if (severity := _BY_LEVEL.get(_word(entry, "level").lower()))
    )
    before = {(one.severity, one.text): one for one in equipment.said}
    changed = [one for key, one in before.items() if key not in told]
    found = [before.get(key) or _but_for_numbers(changed, *key) or Said(*key, at) for key in told]
    worst_first = sorted(found, key=lambda one: (-SEVERITIES.index(one.severity), one.since))
    equipment.said = worst_first[:MOST]


def _but_for_numbers(changed: list[Said], severity: Severity, text: str) -> Said | None:
    """What was said before with another measured value in it ("71 °C") is the same thing."""
    for one in changed:
        if one.severity == severity and _NUMBER.sub("", one.text) == _NUMBER.sub("", text):
            changed.remove(one)
            return one
    return None


def _peripherals(equipment: Equipment, text: str, at: int) -> None:
    check = crc32(text.encode())
    if check != equipment.parts_sum:
        equipment.parts_sum = check
        entries = _entries(text)
        if equipment.empty and entries:
            equipment.listed = at
        equipment.empty = not entries
        here = [_part(e) for e in entries if e.get("connected") is not False]
        ids = {one.id for one in here}
        there = [_found(equipment, one, ids) for one in here]
        for part in equipment.parts:
            if part not in there and part.gone is None:
                part.gone = at
    for part in equipment.parts:
        if part.gone is None:
            part.seen = at


def _part(entry: dict[str, Any]) -> Part:
    type_ = _word(entry, "type")
    word = _PARTS.get("".join(c for c in type_.lower() if c.isalpha()), "part")
    return Part(word, _word(entry, "name") or type_, _word(entry, "id"), "")


def _found(equipment: Equipment, one: Part, ids: Collection[str]) -> Part | None:
    """The same one as before: by its id, or by its name where it came back under another id.

    ``ids`` are those that are there.
    """
    same = [p for p in equipment.parts if (p.word, p.name) == (one.word, one.name)]
    part = next((p for p in same if p.id == one.id), None)
    part = part or next((p for p in same if p.id not in ids), None)
    if part is None:
        if len(equipment.parts) >= MOST and not _make_room(equipment):
            return None
        taken = any(p.label == f"{one.word}: {one.name}" for p in equipment.parts)
        part = one
        part.label = f"{one.word}: {one.name} {one.id}" if taken else f"{one.word}: {one.name}"
        equipment.parts = [*equipment.parts, part]
    part.id, part.gone = one.id, None
    return part


def _make_room(equipment: Equipment) -> bool:
    """Forget the one that has been gone for longest."""
    gone = [part for part in equipment.parts if part.gone is not None]
    if gone:
        oldest = min(gone, key=lambda part: part.gone or 0)
        equipment.parts = [part for part in equipment.parts if part is not oldest]
    return bool(gone)


def _entries(text: str) -> list[dict[str, Any]]:
    """The objects of a list kept as JSON text; devices fill them as they please."""
    try:
        entries = msgspec.json.decode(text)
    except msgspec.DecodeError:
        return []
    return [e for e in entries if isinstance(e, dict)] if isinstance(entries, list) else []


def _word(entry: dict[str, Any], name: str) -> str:
    """One line, as long as a person reads."""
    value = entry.get(name)
    if not isinstance(value, str | int):
        return ""
    words = "".join(c if c.isprintable() else " " for c in str(value)).split()
    line = " ".join(words)
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"
