"""Raw LoRaWAN bytes, pasted as hexadecimal digits or base64, read by a device's model."""

from __future__ import annotations

import re
from binascii import Error as NotBase64
from binascii import a2b_base64
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

from collector.decoders.codecs import Decode, Frame, codec_of
from rooms.devicemodels import MODELS
from rooms.readings import DecodeError
from rooms.texts import Language, text
from rumskoll.decoding.meaning import Meaning, Undecodable, partials

LONGEST: Final = 1024  # bytes; LoRaWAN carries 242 at the most
_SHOWN: Final = 8  # models in a line
_MOSTLY: Final = 0.8
_BETWEEN: Final = re.compile(r"0[xX](?=[0-9a-fA-F])|[\s:,;_-]")


def parse_bytes(given: Iterable[str], language: Language) -> bytes:
    """Hexadecimal digits with or without ``0x``, spaces, colons, dashes; else base64.

    Raises ``Undecodable``.
    """
    whole = " ".join(given).strip().strip("\"'")
    digits = _BETWEEN.sub("", whole)
    if not digits:
        raise Undecodable(text(language, "decode.no_bytes"))
    if re.fullmatch(r"[0-9a-fA-F]+", digits):
        if len(digits) % 2:
            raise Undecodable(text(language, "decode.odd_hex", count=len(digits)))
        frame = bytes.fromhex(digits)
    else:
        frame = _base64(whole, language)
    if len(frame) > LONGEST:
        raise Undecodable(text(language, "decode.long_frame", size=len(frame), most=LONGEST))
    return frame


def _base64(given: str, language: Language) -> bytes:
    plain = re.sub(r"\s", "", given).translate(str.maketrans("-_", "+/"))
    padded = plain.rstrip("=") + "=" * (-len(plain.rstrip("=")) % 4)
    slip = _slip(given, plain)
    if slip:
        raise Undecodable(text(language, "decode.not_hex", character=slip))
    try:
        return a2b_base64(padded, strict_mode=True)
    except (NotBase64, ValueError):
        raise Undecodable(text(language, "decode.not_bytes")) from None


def _slip(given: str, plain: str) -> str:
    """The first character that is no hexadecimal digit in what was clearly meant to be such:
    read as base64, a slip of the finger would give bytes that nobody sent."""
    digits = sum(c in "0123456789abcdefABCDEF" for c in plain)
    if digits > _MOSTLY * len(plain) or not re.search(r"[A-Z+/=]", plain):
        return next(c for c in _BETWEEN.sub("", given) if c not in "0123456789abcdefABCDEF")
    return ""


def find_model(given: str, language: Language) -> str:
    """A model's id by its id or name, whatever its case and separators, with or without the
    maker where that is enough. Raises ``Undecodable`` with the nearest ids."""
    wanted = _folded(given)
    whole = {_folded(name): id_ for id_, model in MODELS.items() for name in (id_, model.name)}
    if wanted in whole:
        return whole[wanted]
    without = [id_ for id_ in MODELS if _folded(id_.partition("-")[2]) == wanted]
    if len(without) == 1:
        return without[0]
    near = without or _nearest(wanted)
    key = "decode.unknown_model" if near else "decode.unknown_model.far"
    raise Undecodable(text(language, key, model=given[:64], near=", ".join(near)))


def _nearest(wanted: str) -> list[str]:
    by_folded = {_folded(id_): id_ for id_ in MODELS}
    by_folded |= {_folded(id_.partition("-")[2]): id_ for id_ in MODELS if "-" in id_}
    close = get_close_matches(wanted[:64], by_folded, n=4, cutoff=0.6)
    return [*dict.fromkeys(by_folded[one] for one in close)][:3]


def _folded(name: str) -> str:
    return "".join(c for c in name.casefold() if c.isalnum())


def decode_frame(model: str, frame: bytes, language: Language) -> Meaning:
    """Raises ``Undecodable``."""
    codec = codec_of(model)
    if codec is None:
        key = "decode.needs_object" if MODELS[model].reads else "decode.no_codec"
        raise Undecodable(text(language, key, model=model))
    try:
        read = codec(frame)
    except DecodeError as error:
        raise Undecodable(str(error)) from None
    past = tuple(part for at, given in read.past for part in partials(given, at))
    now = tuple(partials(read.now))
    ignored = None if now or past else "settings" if read.settings else "no_fields"
    return Meaning(now, past, ignored, read.note, whole_part(codec, frame, read), model)


def whole_part(codec: Decode, frame: bytes, read: Frame) -> tuple[int, int] | None:
    """How many bytes were read, of how many, where a frame was not read to its end: the longest
    beginning of it that is whole by itself."""
    if read.note not in {"truncated", "unknown_channel"}:
        return None
    for length in range(len(frame) - 1, 0, -1):
        try:
            note = codec(frame[:length]).note
        except DecodeError:
            continue
        if note in {None, "implausible"}:
            return length, len(frame)
    return 0, len(frame)


def readers(frame: bytes) -> list[str]:
    """The models whose codec reads every byte of a frame and finds something in it."""
    found = []
    for id_ in MODELS:
        codec = codec_of(id_)
        try:
            read = None if codec is None else codec(frame)
        except DecodeError:
            continue
        if read is not None and read.note is None and (read.now or read.past):
            found.append(id_)
    return found


def said_readers(frame: bytes, language: Language) -> str:
    """A line about who could have sent the frame, or ""."""
    found = readers(frame)
    if not found:
        return ""
    more = len(found) - _SHOWN
    shown = ", ".join(found[:_SHOWN])
    key = "decode.readers.more" if more > 0 else "decode.readers"
    return text(language, key, models=shown, more=more)
