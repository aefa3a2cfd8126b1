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
from typing import Any, Final

import atheris

with atheris.instrument_imports(include=["collector", "devices", "rooms"]):
    from bench.decode import registry_of_all
    from collector.decoders import build_decoders
    from collector.decoders.codecs import codec_of
    from devices.bridges import BRIDGES
    from devices.bridges.base import BadAnswer
    from rooms.devicemodels import MODELS
    from rooms.readings import DecodeError
    from rooms.values import checked

_LIMIT_S: Final = 0.010
_FOUND: Final = Path("build") / "fuzz"
_PAYLOADS: Final = Path(__file__).parents[1] / "tests" / "payloads"

Run = Callable[[bytes], None]


def _decoder(decode: Callable[[str, bytes], Any], topics: list[str], data: bytes) -> None:
    topic = topics[data[0] % len(topics)] if data else topics[0]
    try:
        decoded = decode(topic, data[1:])
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


def _bridge(read: Callable[[bytes, str], Mapping[str, Mapping[str, Any]]], data: bytes) -> None:
    try:
        told = read(data, "")
    except BadAnswer:
        return
    for kind, fields in told.items():
        checked(kind, fields)  # type: ignore[arg-type]


def _targets() -> dict[str, Run]:
    registry, topics = registry_of_all()
    decoders = build_decoders(registry)
    found: dict[str, Run] = {
        registry.sources[id_][1].decoder: partial(_decoder, one.decode, topics[id_])
        for id_, one in decoders.items()
    }
    for codec in ("elsys", "milesight"):
        models = [id_ for id_, model in MODELS.items() if model.codec == codec]
        found[f"codec-{codec}"] = partial(_codec, models)
    found |= {f"bridge-{name}": partial(_bridge, one.read) for name, one in BRIDGES.items()}
    return found


def _seeds(target: str) -> list[bytes]:
    """The payload cases, as something to begin with."""
    kind, _, name = target.rpartition("-")
    folder = _PAYLOADS / {"codec": "codecs", "bridge": "bridges"}.get(kind, "") / name
    seeds = []
    for path in sorted(folder.glob("*.json")):
        case = json.loads(path.read_text("utf-8"))
        if "hex" in case:
            seeds.append(b"\0" + bytes.fromhex(case["hex"]))
        elif "answer" in case:
            seeds.append(case["answer"].encode())
        elif "payload" in case:
            said = case["payload"]
            seeds.append(b"\0" + (said if isinstance(said, str) else json.dumps(said)).encode())
    return seeds


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
    for n, seed in enumerate(_seeds(name)):
        (corpus / f"seed-{n}").write_bytes(seed)
    arguments = [
        sys.argv[0],
        "-max_len=4096",
        "-rss_limit_mb=512",
        f"-artifact_prefix={_FOUND}/",
        *sys.argv[2:],
        str(corpus),
    ]
    atheris.Setup(arguments, partial(_timed, targets[name]))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
