"""The lines to paste into rooms.yaml for a device that was heard and is not known."""

from __future__ import annotations

import json
import re
import unicodedata

from rooms.devicemodels import MODELS
from rooms.registry.fields import ID_PATTERN

_NO_ROOM = "which-room"  # no room has this id: pasted as it is, the file is refused with its line


def snippet(source: str, address: str, hint: str | None = None, room: str | None = None) -> str:
    """YAML items for ``devices`` and ``placements``.

    ``hint`` is the model as the source names it, ``room`` the room that the
    topic claims; where they say nothing, there is something to fill in.
    """
    model = guess_model(hint)
    word = _slug(address) or "device"
    # an EUI is no name for people: its model and its last digits are
    id_ = f"{model}-{word[-4:]}" if re.fullmatch(r"[0-9a-f]{16}", word) else word
    id_ = (id_ if _is_id(id_) else f"d-{id_}")[:64].rstrip("-")
    return (
        "# devices:\n"
        f"  - id: {id_}\n"
        f"    source: {source}\n"
        f"    address: {_quoted(address)}\n"
        f"    model: {model}\n"
        "# placements:\n"
        f"  - device: {id_}\n"
        f"    room: {room if room and _is_id(room) else _NO_ROOM}\n"
    )


def guess_model(hint: str | None) -> str:
    """The most specific model whose every word stands in ``hint``, else ``generic``."""
    words = set(_slug(hint or "").split("-"))
    best, most = "generic", 0
    for id_ in MODELS:
        maker, *rest = id_.split("-")
        # people name their profiles "ERS CO2" as well, without the maker
        if rest and words.issuperset(rest):
            score = 2 * len(rest) + (maker in words)
            best, most = (id_, score) if score > most else (best, most)
    return best


def _is_id(word: str) -> bool:
    """Usable as it is, without quotes."""
    return bool(re.fullmatch(ID_PATTERN, word)) and word not in {"true", "false", "null"}


def _quoted(text: str) -> str:
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in quoted)


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
