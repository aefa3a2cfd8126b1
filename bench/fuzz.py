"""Coverage-guided fuzzing of one decoder, codec or bridge; run by hand (docs/fuzzing.md).

``python -m bench.fuzz TARGET -max_total_time=300`` in an environment that has atheris beside
Rumskoll's own libraries; without a target it lists them. It ends with a report on any exception
but the one that is allowed, on an input that takes over 10 ms of CPU time, and (libFuzzer's own
``-rss_limit_mb``) on memory.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from time import process_time
from typing import Any, Final, NamedTuple

import atheris

with atheris.instrument_imports(include=["collector", "devices", "rooms"]):
    from collector.decoders import DECODERS
    from collector.decoders.codecs import codec_of
    from devices.bridges import BRIDGES
    from devices.bridges.base import BadAnswer
    from rooms.devicemodels import MODELS
    from rooms.readings import DecodeError
    from rooms.values import checked
    from tests.unit.decoders.decoder_cases import decoder, payload_of

_LIMIT_S: Final = 0.010
_OWN_TOPIC: Final = 128
_FOUND: Final = Path("build") / "fuzz"
_PAYLOADS: Final = Path(__file__).parents[1] / "tests" / "payloads"

Run = Callable[[bytes], None]


class _Case(NamedTuple):
    """A decoder as a payload case sets it up, and what it is told there."""

    decode: Callable[[str, bytes], Any]
    topic: str
    payload: bytes


def _cases(name: str) -> list[_Case]:
    found = []
    for path in sorted((_PAYLOADS / name).glob("*.json")):
        case = json.loads(path.read_text("utf-8"))
        settings = {key: case[key] for key in ("devices", "base", "mapping") if key in case}
        found.append(_Case(decoder(name, **settings).decode, case["topic"], payload_of(case)))
    return found


def _decoder(cases: list[_Case], data: bytes) -> None:
    """The first byte chooses a case; from 128 on the topic is fuzzed too, up to a line's end."""
    case = cases[data[0] % 128 % len(cases)] if data else cases[0]
    topic, payload = case.topic, data[1:]
    if data and data[0] >= _OWN_TOPIC:
        told, _, payload = payload.partition(b"\n")
        topic = told.decode("utf-8", "replace")
    try:
        decoded = case.decode(topic, payload)
    except DecodeError:
        return
    for part in (*decoded.partials, *decoded.past):
        assert all(type(value) in (float, str) for value in part.fields.values()), part


def _codec(models: list[str], data: bytes) -> None:
    decode = codec_of(models[data[0] % len(models)] if data else models[0])
    assert decode is not None
    try:
        frame = decode(data[1:])
    except DecodeError:
        return
    for given in (frame.now, *(said for _, said in frame.past)):
        for kind, fields in given.items():
            checked(kind, fields)


def _bridge(
    read: Callable[[bytes, str], Mapping[str, Mapping[str, Any]]], requests: list[str], data: bytes
) -> None:
    """The first byte chooses what was asked."""
    try:
        told = read(data[1:], requests[data[0] % len(requests)] if data else "")
    except BadAnswer:
        return
    for kind, fields in told.items():
        checked(kind, fields)  # type: ignore[arg-type]


def _files(folder: str) -> list[dict[str, Any]]:
    return [
        json.loads(path.read_text("utf-8")) for path in sorted((_PAYLOADS / folder).glob("*.json"))
    ]


def _targets() -> dict[str, tuple[Run, list[bytes]]]:
    """What is run, and what it begins with: the payload cases."""
    found: dict[str, tuple[Run, list[bytes]]] = {}
    for name in DECODERS:
        cases = _cases(name)
        own = [bytes([n % 128]) + case.payload for n, case in enumerate(cases)]
        told = [b"%b%b\n%b" % (b"\xff", case.topic.encode(), case.payload) for case in cases]
        found[name] = partial(_decoder, cases), own + told
    for name in ("elsys", "milesight"):
        models = [id_ for id_, model in MODELS.items() if model.codec == name]
        found[f"codec-{name}"] = (
            partial(_codec, models),
            [
                bytes([models.index(case["model"])]) + bytes.fromhex(case["hex"])
                for case in _files(f"codecs/{name}")
            ],
        )
    for name, bridge in BRIDGES.items():
        files = _files(f"bridges/{name}")
        requests = sorted({case.get("request", "") for case in files})
        found[f"bridge-{name}"] = (
            partial(_bridge, bridge.read, requests),
            [
                bytes([requests.index(case.get("request", ""))]) + case["answer"].encode()
                for case in files
            ],
        )
    return found


def _timed(run: Run, data: bytes) -> None:
    begun = process_time()
    run(data)
    if process_time() - begun > _LIMIT_S:  # once more: it may have been the collector of garbage
        begun = process_time()
        run(data)
        took = process_time() - begun
        if took > _LIMIT_S:
            raise RuntimeError(f"{took * 1000:.0f} ms for {len(data)} bytes")


def main() -> None:
    targets = _targets()
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if name not in targets:
        sys.exit("\n".join(targets))
    corpus = _FOUND / name
    corpus.mkdir(parents=True, exist_ok=True)
    run, seeds = targets[name]
    for n, seed in enumerate(seeds):
        (corpus / f"seed-{n}").write_bytes(seed)
    arguments = [
        sys.argv[0],
        "-max_len=4096",
        "-rss_limit_mb=512",
        f"-artifact_prefix={_FOUND}/",
        *sys.argv[2:],
        str(corpus),
    ]
    atheris.Setup(arguments, partial(_timed, run))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
