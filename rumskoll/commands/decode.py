"""``rumskoll decode``: what does a message or a frame mean, and why?"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from rumskoll.commands.common import LANGUAGE, errors, fail, out, plainly, say

if TYPE_CHECKING:
    from rumskoll.decoding.meaning import Meaning

MOST: Final = 1024 * 1024  # bytes read from standard input: decoders refuse less than that


@plainly
def decode(
    bytes_: Annotated[
        list[str] | None, typer.Argument(metavar="[HEX]", help=say("help.decode_hex"))
    ] = None,
    model: Annotated[str | None, typer.Option(help=say("help.decode_model"))] = None,
    port: Annotated[int | None, typer.Option(min=0, max=255, help=say("help.decode_port"))] = None,
    source: Annotated[
        str | None, typer.Option(metavar="DECODER", help=say("help.decode_source"))
    ] = None,
    topic: Annotated[str | None, typer.Option(help=say("help.decode_topic"))] = None,
    base: Annotated[str | None, typer.Option(help=say("help.decode_base"))] = None,
    mapping: Annotated[
        Path | None, typer.Option(metavar="FILE", help=say("help.decode_mapping"))
    ] = None,
    rooms: Annotated[
        Path | None, typer.Option(metavar="FILE", help=say("help.decode_rooms"))
    ] = None,
    bridge: Annotated[
        str | None, typer.Option(metavar="NAME", help=say("help.decode_bridge"))
    ] = None,
    request: Annotated[str, typer.Option(help=say("help.decode_request"))] = "",
    as_json: Annotated[bool, typer.Option("--json", help=say("help.decode_json"))] = False,
) -> None:
    del port  # both makers' frames mean the same on every port; network servers show it
    from rooms.registry.mistakes import RegistryError
    from rumskoll.decoding.meaning import Undecodable

    try:
        if bridge is not None:
            meaning = _answer(bridge, request)
        elif source is not None:
            meaning = _message(source, topic, model, base, mapping, rooms)
        elif topic is not None:
            raise Undecodable(_which_source())
        else:
            meaning = _frame(bytes_ or [], model)
    except Undecodable as error:
        raise _refused(str(error), as_json=as_json) from None
    except RegistryError as error:
        if not as_json:
            raise
        raise _refused("\n".join(error.lines(LANGUAGE)), as_json=True) from None
    if as_json:
        _print_json(meaning)
    else:
        _print(meaning)


def _which_source() -> str:
    from collector.decoders import DECODERS

    return say("decode.no_source", known=", ".join(sorted(DECODERS)))


def _answer(bridge: str, request: str) -> Meaning:
    from rumskoll.decoding.answers import decode_answer

    return decode_answer(bridge, request, _input(), LANGUAGE)


def _message(
    source: str,
    topic: str | None,
    model: str | None,
    base: str | None,
    mapping: Path | None,
    rooms: Path | None,
) -> Meaning:
    from rumskoll.decoding.frames import find_model
    from rumskoll.decoding.meaning import Undecodable
    from rumskoll.decoding.messages import (
        check_decoder,
        decode_alone,
        decode_registered,
        read_mapping,
    )

    if not topic:
        raise Undecodable(say("decode.no_topic"))
    if rooms is not None:
        from rumskoll.registry_files import read_registry
        from rumskoll.wiring import clock

        registry = read_registry(rooms)
        return decode_registered(registry, source, topic, _input(), clock(), LANGUAGE)
    name = source.lower().replace("-", "_")
    check_decoder(name, LANGUAGE)
    given = None if model is None else find_model(model, LANGUAGE)
    mapped = None if mapping is None else read_mapping(mapping)
    return decode_alone(name, topic, _input(), LANGUAGE, model=given, base=base, mapping=mapped)


def _frame(given: list[str], model: str | None) -> Meaning:
    from rumskoll.decoding.frames import decode_frame, find_model, parse_bytes, said_readers
    from rumskoll.decoding.meaning import Undecodable

    known = None if model is None else find_model(model, LANGUAGE)
    pasted = given or [_input().decode("utf-8", "replace")]
    frame = parse_bytes(pasted, LANGUAGE)
    if known is None:
        helpful = said_readers(frame, LANGUAGE)
        raise Undecodable(f"{say('decode.which_model')} {helpful}".strip())
    return decode_frame(known, frame, LANGUAGE)


def _input() -> bytes:
    """Standard input, without the line end that a pipe adds. Raises ``Undecodable``."""
    from rumskoll.decoding.meaning import Undecodable

    if sys.stdin.isatty():
        errors.print(say("decode.paste"))
    given = sys.stdin.buffer.read(MOST + 1)
    if len(given) > MOST:
        raise Undecodable(say("decode.too_large", most=MOST))
    given = given.removesuffix(b"\n").removesuffix(b"\r")
    if not given.strip():
        raise Undecodable(say("decode.empty"))
    return given


def _refused(line: str, *, as_json: bool) -> typer.Exit:
    if not as_json:
        return fail(line, 1)
    typer.echo(json.dumps({"error": line}, ensure_ascii=False))
    return typer.Exit(1)


def _print_json(meaning: Meaning) -> None:
    from rumskoll.decoding import meaning as meanings

    typer.echo(meanings.as_json(meaning.rows))
    if meaning.note is not None:
        errors.print(say("decode.note", note=meaning.note))


def _print(meaning: Meaning) -> None:
    from rumskoll.decoding.telling import lines

    for line in lines(meaning, LANGUAGE):
        out.print(line)
