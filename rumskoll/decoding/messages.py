"""A whole MQTT message, read by the decoder of its source, as if its device were registered."""

from __future__ import annotations

import json
from binascii import Error as NotBase64
from binascii import a2b_base64
from pathlib import Path
from typing import Any, Final

from collector.decoders import DECODERS, build_decoders
from rooms.devicemodels import MODELS
from rooms.readings import Decoded, DecodeError
from rooms.registry import Registry, Site
from rooms.registry.checks import check_mapping
from rooms.registry.document import Document
from rooms.registry.mistakes import Mistake, nearest
from rooms.registry.models import Mapping
from rooms.registry.parse import parse_yaml
from rooms.registry.snippet import guess_model
from rooms.texts import Language, text
from rumskoll.decoding.frames import said_readers
from rumskoll.decoding.meaning import Meaning, Undecodable
from rumskoll.registry_files import decode as decode_text
from rumskoll.registry_files import read_file

_SOURCE: Final = "source"
_DEVICE: Final = "device"
_LONGEST: Final = 256  # characters of an address in rooms.yaml
_DEEPEST: Final = 6  # levels that a base topic is looked for in
_NOWHERE: Final = frozenset({"bad_topic"})


def check_decoder(name: str, language: Language) -> None:
    """Raises ``Undecodable`` for a decoder that there is not."""
    if name not in DECODERS:
        known, near = ", ".join(sorted(DECODERS)), nearest(name, DECODERS)
        key = "decode.unknown_decoder.near" if near else "decode.unknown_decoder"
        raise Undecodable(text(language, key, name=name[:64], known=known, near=near))


def read_mapping(path: Path) -> Mapping:
    """A mapping by itself, as it stands below ``mapping:`` in rooms.yaml. Raises
    ``RegistryError``."""
    content = decode_text(str(path), read_file(path, "--mapping"))

    def check(document: Document) -> list[Mistake]:
        return [*check_mapping(document, (), document.data)]

    return parse_yaml(content, str(path), Mapping, check).value


def decode_alone(
    decoder: str,
    topic: str,
    payload: bytes,
    language: Language,
    *,
    model: str | None = None,
    base: str | None = None,
    mapping: Mapping | None = None,
) -> Meaning:
    """A message without any rooms.yaml. Raises ``Undecodable``."""
    if decoder == "mapped_json" and mapping is None:
        raise Undecodable(text(language, "decode.no_mapping"))
    base, first = _first_try(decoder, topic, payload, base, mapping, language)
    address = first.address
    hint = first.hint if isinstance(first, Decoded) else None
    guessed = model or guess_model(hint)
    if not 0 < len(address) <= _LONGEST:  # the source itself, or what rooms.yaml cannot name
        return _meaning(_decided(first, payload, language), None, None)
    registry = _registry(decoder, topic, base, mapping, (address, guessed))
    last = _attempt(registry, topic, payload)
    meant = _decided(last, payload, language)
    return _meaning(meant, guessed, None if model else hint)


def decode_registered(
    registry: Registry, source: str, topic: str, payload: bytes, now: int, language: Language
) -> Meaning:
    """A message as the service would read it. Raises ``Undecodable``."""
    if source not in registry.sources:
        known = ", ".join(registry.sources)
        raise Undecodable(text(language, "decode.unknown_source", source=source[:64], known=known))
    last = _attempt(registry, topic, payload, source)
    meant = _decided(last, payload, language)
    entry = registry.by_address(source, meant.address)
    if entry is None:
        return _meaning(meant, None, meant.hint)
    id_ = entry.device.id
    return _meaning(meant, entry.device.model, None, id_, registry.room_of(id_, now))


def _meaning(
    decoded: Decoded,
    model: str | None,
    hint: str | None,
    device: str | None = None,
    room: str | None = None,
) -> Meaning:
    return Meaning(
        decoded.partials,
        decoded.past,
        decoded.ignored,
        decoded.note,
        None,
        model,
        hint,
        decoded.address,
        device,
        room,
    )


def _first_try(
    decoder: str,
    topic: str,
    payload: bytes,
    base: str | None,
    mapping: Mapping | None,
    language: Language,
) -> tuple[str | None, Decoded | DecodeError]:
    """Whose message is it? Where no base topic is given, the first beginning of the topic with
    which it is understood."""
    tries: list[str | None] = [base]
    if base is None:
        levels = topic.split("/")
        tries += ["/".join(levels[:n]) for n in range(1, min(len(levels), _DEEPEST))]
    first: DecodeError | None = None
    for one in tries:
        try:
            registry = _registry(decoder, topic, one, mapping, None)
            tried = _attempt(registry, topic, payload)
        except ValueError as error:  # an impossible base or mapping
            if one is not base:
                continue
            raise Undecodable(text(language, "decode.bad_source", reason=error)) from None
        if not isinstance(tried, DecodeError) or tried.reason not in _NOWHERE:
            return one, tried
        first = first or tried
    assert first is not None
    return base, first


def _attempt(
    registry: Registry, topic: str, payload: bytes, source: str = _SOURCE
) -> Decoded | DecodeError:
    decoder = build_decoders(registry)[source]
    try:
        return decoder.decode(topic, payload)
    except DecodeError as error:
        return error


def _decided(tried: Decoded | DecodeError, payload: bytes, language: Language) -> Decoded:
    if not isinstance(tried, DecodeError):
        return tried
    if tried.reason != "no_codec":
        raise Undecodable(str(tried))
    helpful = said_readers(_frame(payload), language)
    raise Undecodable(f"{text(language, 'decode.which_model')} {helpful}".rstrip())


def _frame(payload: bytes) -> bytes:
    """The bytes that a LoRaWAN network server passes on, of ChirpStack or The Things Stack."""
    try:
        message: Any = json.loads(payload)
        data = message.get("data") or message["uplink_message"]["frm_payload"]
        return a2b_base64(data, strict_mode=True)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, NotBase64):
        return b""


def _registry(
    decoder: str,
    topic: str,
    base: str | None,
    mapping: Mapping | None,
    device: tuple[str, str] | None,
) -> Registry:
    """One source, one room, and one device or none. Raises ``ValueError``."""
    source: dict[str, Any] = {"id": _SOURCE, "decoder": decoder, "max_age": "unlimited"}
    if base:
        source["base"] = base
    if mapping is not None:
        source["mapping"] = mapping
    site: dict[str, Any] = {
        "id": _site(topic) if decoder == "native" else "site",
        "name": "-",
        "opening_hours": {},
        "sources": [source],
        "rooms": [{"id": "room", "name": "-", "capacity": 1}],
    }
    if device is not None:
        address, model = device
        entry = {"id": _DEVICE, "source": _SOURCE, "address": address, "model": model}
        site["devices"] = [entry]
        site["placements"] = [{"device": _DEVICE, "room": "room"}]
        assert model in MODELS
    return Registry([Site.model_validate(site)])


def _site(topic: str) -> str:
    """Rumskoll's own topics end with site, room, device and kind."""
    levels = topic.split("/")
    return levels[-4] if len(levels) >= 4 else "site"
