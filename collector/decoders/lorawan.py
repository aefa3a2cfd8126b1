"""What LoRaWAN network servers share: a device's frame, or what the server made of it, to readings.

Raw bytes come first: they are read here by the device's model, whatever codec the server itself
runs. Devices of other makers are read from the object that the server decoded (``reads``).
"""

from __future__ import annotations

import re
from binascii import Error as NotBase64
from binascii import a2b_base64
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from collector.decoders.codecs import codec_of
from collector.decoders.objects import read_object
from rooms.readings import Decoded, DecodeError, Kind, Partial, Value
from rooms.registry import SourceDevice

SETTINGS: Final = "settings"
NOTHING: Final = "no_fields"
_GATEWAY_ID: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z_.:-]{0,63}")

_Given = Mapping[Kind, Mapping[str, Value]]


class Uplink(NamedTuple):
    """One uplink of either server; times in ms."""

    address: str
    time: int | None
    key: str | None
    seq: int | None
    hint: str | None  # the model as the server calls it
    data: Any  # base64 text, or what stands in its place
    decoded: Any  # the object that the server decoded, if any
    health: dict[str, Value]  # signal at the gateway that heard best, and the like


def readings_of(device: SourceDevice, uplink: Uplink) -> Decoded:
    """Raises ``DecodeError`` (``no_codec``, ``bad_frame``, ``wrong_type``, ``out_of_range``)."""
    model = device.model
    if model.codec is not None:
        return _from_bytes(device.device.model, uplink)
    if model.reads:
        given = read_object(model.reads, uplink.decoded, uplink.address)
        return _told(uplink, given, (), None, NOTHING)
    raise DecodeError(
        "no_codec",
        f"the model {device.device.model!r} has no codec for LoRaWAN bytes: "
        "give the device another model in rooms.yaml",
        uplink.address,
    )


def _from_bytes(model: str, uplink: Uplink) -> Decoded:
    codec = codec_of(model)
    assert codec is not None
    try:
        frame = codec(a2b_base64(uplink.data, strict_mode=True))
    except (NotBase64, ValueError, TypeError):
        raise DecodeError("bad_frame", "data is not base64 text", uplink.address) from None
    except DecodeError as error:
        raise DecodeError(error.reason, error.detail, uplink.address) from None
    past = tuple(
        Partial(kind, fields, time) for time, said in frame.past for kind, fields in said.items()
    )
    return _told(uplink, frame.now, past, frame.note, SETTINGS if frame.settings else NOTHING)


def _told(
    uplink: Uplink,
    given: _Given,
    past: tuple[Partial, ...],
    note: str | None,
    ignored: str | None,
) -> Decoded:
    time = uplink.time
    partials = [
        Partial(kind, {**fields}, time) for kind, fields in given.items() if kind != "health"
    ]
    health = {**given.get("health", {}), **uplink.health}
    if health:
        partials.append(Partial("health", health, time))
    return Decoded(
        uplink.address,
        tuple(partials),
        uplink.key,
        uplink.seq,
        None if partials or past else ignored,
        hint=uplink.hint,
        time=time,
        past=past,
        note=note,
    )


def radio(rssi: Any, snr: Any, gateway: Any) -> dict[str, Value]:
    """Signal at one gateway. These are the network's figures, not the device's: odd ones are
    left out and do not cost the reading."""
    told: dict[str, Value] = {}
    if type(rssi) in (int, float) and -200 <= rssi <= 50:
        told["rssi_dbm"] = float(rssi)
        if type(snr) in (int, float) and -50 <= snr <= 50:
            told["snr_db"] = float(snr)
        if isinstance(gateway, str) and _GATEWAY_ID.fullmatch(gateway):
            told["gateway"] = gateway.lower()
    return told


def best(heard: Any) -> dict[str, Any]:
    """Of a message's gateways the one that heard it loudest; ``{}`` if none says how loud."""
    loud = [
        gateway
        for gateway in (heard if isinstance(heard, list) else ())
        if isinstance(gateway, dict) and type(gateway.get("rssi")) in (int, float)
    ]
    return max(loud, key=lambda gateway: gateway["rssi"]) if loud else {}
