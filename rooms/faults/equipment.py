"""What VC equipment and displays report about themselves (design 7)."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

import msgspec

from rooms.faults.facts import Facts
from rooms.faults.finding import Finding, Severity

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


def errors(facts: Facts) -> list[Finding]:
    """Error flags of displays (1 warning, 2 error) and diagnostics of VC systems."""
    found = []
    for flag in FLAGS:
        since, value = facts.latest.get(f"equipment.error_{flag}", (0, 0.0))
        severity = _BY_FLAG.get(value) if isinstance(value, float) else None
        if severity:
            found.append(Finding(f"equipment_{severity}", facts.id, flag, severity, since))
    for since, entry in _entries(facts, "diagnostics"):
        severity = _BY_LEVEL.get(_word(entry, "level").lower())
        if severity:
            said = _word(entry, "description") or _word(entry, "type")
            found.append(Finding(f"equipment_{severity}", facts.id, said, severity, since))
    return found


def missing_peripherals(facts: Facts) -> list[Finding]:
    """Cameras, microphones and panels that the system knows and no longer sees."""
    entries = _entries(facts, "peripherals")
    names = Counter(_word(entry, "name") for _, entry in entries)
    found = []
    for since, entry in entries:
        if entry.get("connected") is False:
            name, id_ = _word(entry, "name"), _word(entry, "id")
            type_ = "".join(c for c in _word(entry, "type").lower() if c.isalpha())
            if names[name] > 1 or not name:
                name = f"{name} {id_}".strip()
            detail = f"{_PARTS.get(type_, 'part')}: {name or _word(entry, 'type')}"
            found.append(Finding("peripheral_missing", facts.id, detail, "error", since))
    return found


def _entries(facts: Facts, name: str) -> list[tuple[int, dict[str, Any]]]:
    """The objects of a list kept as JSON text; devices fill them as they please."""
    since, value = facts.latest.get(f"equipment.{name}", (0, "[]"))
    try:
        entries = msgspec.json.decode(value) if isinstance(value, str) else []
    except msgspec.DecodeError:
        return []
    return [(since, e) for e in entries if isinstance(e, dict)] if isinstance(entries, list) else []


def _word(entry: dict[str, Any], name: str) -> str:
    value = entry.get(name)
    return str(value) if isinstance(value, str | int) else ""
