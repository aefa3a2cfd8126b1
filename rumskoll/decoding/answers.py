"""What equipment answers to a bridge."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from devices.bridges.base import BadAnswer
from rooms.readings import FIELDS, DecodeError
from rooms.registry.mistakes import nearest
from rooms.texts import Language, text
from rooms.values import checked
from rumskoll.decoding.meaning import Meaning, Undecodable, partials


def decode_answer(name: str, request: str, answer: bytes, language: Language) -> Meaning:
    """Raises ``Undecodable``."""
    from devices import bridges

    known: Mapping[str, Any] = {str(name): one for name, one in bridges.BRIDGES.items()}
    if name not in known:
        near, all_ = nearest(name, known), ", ".join(sorted(known))
        key = "decode.unknown_bridge.near" if near else "decode.unknown_bridge"
        raise Undecodable(text(language, key, name=name[:64], known=all_, near=near))
    bridge = known[name]
    try:
        told = bridge.read(answer, request)
        given = {kind: checked(kind, told[kind]) for kind in FIELDS if kind in told}
    except BadAnswer as error:
        raise Undecodable(str(error) or type(error).__name__) from None
    except DecodeError as error:
        raise Undecodable(str(error)) from None
    readings = tuple(partials(given))
    return Meaning(readings, (), None if readings else "no_fields", model=bridge.model)
