"""Messages a second for each decoder, and frames a second for each codec, on one core.

``make bench-decode``: simulated devices of every kind speak for some hours; what they say is
decoded again and again, in rounds in which every decoder takes its turn. Beside it what bare JSON
decoding of the same messages takes, as far as they are JSON.
"""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable, Iterator, Sequence
from statistics import median
from time import process_time
from typing import Annotated, Any, Final

import msgspec
import typer
from rich.progress import track

from collector.decoders import build_decoders
from collector.decoders.codecs import codec_of
from devices.simulator.generate import Setting, messages
from rooms.devicemodels import MODELS
from rooms.registry import Registry
from rooms.registry.models import Site

_BEGIN_MS: Final = 1_795_413_600_000  # 2026-11-23 07:00 in Lycksele, a Monday
_HOURS: Final = 6
_KINDS: Final[dict[str, tuple[str, str]]] = {  # row -> decoder, model
    "native": ("native", "cisco-roomos"),
    "chirpstack, ELSYS": ("chirpstack", "elsys-ers-co2"),
    "chirpstack, Milesight": ("chirpstack", "milesight-am307"),
    "chirpstack, decoded object": ("chirpstack", "netvox-rb11e"),
    "tts, Milesight": ("tts", "milesight-am307"),
    "zigbee2mqtt": ("zigbee2mqtt", "philips-sml001"),
    "shelly": ("shelly", "shelly-presence"),
    "tasmota": ("tasmota", "tasmota-pir"),
    "esphome": ("esphome", "generic-presence"),
    "homie": ("homie", "generic-presence"),
    "mapped_json": ("mapped_json", "generic-count"),
}
_MAPPING: Final = {
    "topics": ["eget/+/data"],
    "address": "topic[1]",
    "time": "ts",
    "fields": [
        {"path": "n", "field": "presence.people"},
        {"path": "air.t", "field": "climate.temperature_c", "scale": 0.1},
    ],
}

Work = Callable[[], object]


class Row(msgspec.Struct, frozen=True):
    name: str
    size: float  # bytes of a message or frame, on average
    per_s: float  # median over the rounds
    times_json: float | None  # how long it takes, in times of bare JSON decoding


def main(
    rounds: Annotated[int, typer.Option(min=1)] = 9,
    count: Annotated[int, typer.Option(min=100)] = 20_000,
    quick: Annotated[bool, typer.Option("--quick")] = False,
) -> None:
    rounds, count = (2, 500) if quick else (rounds, count)
    works = [*_messages(), *_frames()]
    took: dict[str, list[float]] = {name: [] for name, _, _, _ in works}
    bare: dict[str, list[float]] = {name: [] for name, _, _, _ in works}
    for _ in track(range(rounds), "rounds", transient=True):
        for name, work, json, _ in works:
            took[name].append(_timed(work, count))
            if json is not None:
                bare[name].append(_timed(json, count))
    lines = ["| | bytes | a second | of bare JSON decoding |", "| --- | --- | --- | --- |"]
    for name, _, json, size in works:
        ratio = median(a / b for a, b in zip(took[name], bare[name], strict=True)) if json else None
        shown = f"{ratio:.1f} times" if ratio is not None else "–"
        lines.append(f"| {name} | {size:.0f} | {1 / median(took[name]):,.0f} | {shown} |")
    typer.echo("\n".join(lines))


def _timed(work: Work, count: int) -> float:
    """CPU seconds for one."""
    begun = process_time()
    for _ in range(count):
        work()
    return (process_time() - begun) / count


def _taking_turns(calls: Sequence[Work]) -> Work:
    """One of the calls after the other, as messages differ."""
    turns = iter(())

    def work() -> object:
        nonlocal turns
        call = next(turns, None)
        if call is None:
            turns = iter(calls)
            call = next(turns)
        return call()

    return work


def _messages() -> Iterator[tuple[str, Work, Work | None, float]]:
    registry = _registry()
    decoders = build_decoders(registry)
    heard: dict[str, list[tuple[str, bytes]]] = {}
    span = _BEGIN_MS + _HOURS * 3_600_000
    for message in messages(registry, Setting(1), _BEGIN_MS, span):
        if message.device and not message.retain and not message.topic.endswith("/join"):
            heard.setdefault(message.device, []).append((message.topic, message.payload))
    parse = msgspec.json.Decoder().decode
    for n, name in enumerate(_KINDS):
        said = heard[f"d{n}"][:200]
        decode = decoders[f"s{n}"].decode
        calls: list[Work] = [lambda t=t, p=p, d=decode: d(t, p) for t, p in said]  # type: ignore[misc]
        is_json = all(payload.startswith(b"{") for _, payload in said)
        bare: list[Work] = [lambda p=p: parse(p) for _, p in said]  # type: ignore[misc]
        size = sum(len(payload) for _, payload in said) / len(said)
        yield name, _taking_turns(calls), _taking_turns(bare) if is_json else None, size


def _frames() -> Iterator[tuple[str, Work, None, float]]:
    registry = _registry()
    frames: dict[str, list[bytes]] = {}
    for message in messages(registry, Setting(1), _BEGIN_MS, _BEGIN_MS + _HOURS * 3_600_000):
        if message.topic.endswith("/event/up"):
            data = b64decode(msgspec.json.decode(message.payload)["data"])
            frames.setdefault(registry.devices[message.device].device.model, []).append(data)
    for model, found in frames.items():
        decode = codec_of(model)
        if decode is not None:
            calls: list[Work] = [lambda f=f, d=decode: d(f) for f in found[:200]]  # type: ignore[misc]
            size = sum(map(len, found)) / len(found)
            yield f"frames of {MODELS[model].name}", _taking_turns(calls), None, size


def _registry() -> Registry:
    sources: list[dict[str, Any]] = []
    devices: list[dict[str, Any]] = []
    for n, (decoder, model) in enumerate(_KINDS.values()):
        base = None if decoder == "mapped_json" else f"b{n}"
        mapping = _MAPPING if decoder == "mapped_json" else None
        sources.append({"id": f"s{n}", "decoder": decoder, "base": base, "mapping": mapping})
        address = f"a81758fffe0c0{n:03x}" if MODELS[model].lorawan else f"d{n}"
        devices.append({"id": f"d{n}", "source": f"s{n}", "address": address, "model": model})
    site = {
        "id": "lycksele",
        "name": "Lycksele",
        "opening_hours": {"mon-fri": "07:00-18:00"},
        "sources": sources,
        "rooms": [{"id": "granen", "name": "Granen", "capacity": 8}],
        "devices": devices,
        "placements": [{"device": one["id"], "room": "granen"} for one in devices],
    }
    return Registry([Site.model_validate(site)])


if __name__ == "__main__":
    typer.run(main)
