"""Zigbee2MQTT: ``<base>/<friendly name>`` with JSON, plus availability and bridge topics.

Topics and payloads: zigbee2mqtt.io, "MQTT topics and messages". Friendly names may
hold ``/`` and spaces, so a topic alone does not tell a name from a name with a suffix:
a name in the registry wins, and availability is known by its payload.
"""

from __future__ import annotations

from functools import partial
from typing import Any, Final

from collector.decoders.base import Decoder, bare_online, json_object, partials
from collector.decoders.times import device_time
from rooms.readings import Decoded, DecodeError, Kind, Partial
from rooms.registry import Registry, Source, SourceDevice

# Their property -> ours. ``illuminance`` was a raw figure beside ``illuminance_lux`` in
# 1.x and is lux in 2.x. Gases (``voc``) come in units that differ by device: left out.
_PROPERTIES: Final[dict[str, tuple[Kind, str]]] = {
    "occupancy": ("presence", "occupied"),
    "presence": ("presence", "occupied"),
    "temperature": ("climate", "temperature_c"),
    "humidity": ("climate", "humidity_pct"),
    "co2": ("climate", "co2_ppm"),
    "illuminance": ("climate", "illuminance_lx"),
    "illuminance_lux": ("climate", "illuminance_lx"),
    "battery": ("health", "battery_pct"),
    "voltage": ("health", "battery_mv"),
    "linkquality": ("health", "linkquality"),
}
# where a property has a better-known twin in the same message
_INSTEAD: Final = {"illuminance": "illuminance_lux", "occupancy": "presence"}
_CHIP_TEMPERATURE: Final = frozenset({"aqara-fp1"})  # "temperature" is not the room's


class Zigbee2MqttDecoder:
    """The address is the friendly name; "" is the bridge itself."""

    def __init__(self, source: Source, registry: Registry) -> None:
        base = source.base or "zigbee2mqtt"
        self._prefix = f"{base}/"
        self._registry = registry
        self._device = partial(registry.by_address, source.id)
        self.subscriptions: tuple[str, ...] = (f"{base}/#",)

    def decode(self, topic: str, payload: bytes) -> Decoded:
        name = topic.removeprefix(self._prefix)
        if not name or not topic.startswith(self._prefix):
            raise DecodeError("bad_topic", f"expected {self._prefix}<friendly name>")
        return self._other(name, payload) or self._reading(name, json_object(payload, name))

    def _other(self, name: str, payload: bytes) -> Decoded | None:
        """What is not a device's reading; ``None`` if it is one."""
        if name == "bridge/state":
            return _availability("", _online(payload))
        if name.startswith("bridge/"):
            return Decoded("", ignored="bridge")
        parent, _, last = name.rpartition("/")
        online = _online(payload) if parent and last == "availability" else None
        if online is not None:
            return _availability(parent, online)
        if not payload:  # how Zigbee2MQTT clears the retained message of a removed device
            return Decoded(name, ignored="empty")
        if parent and self._device(name) is None:
            return _beside(parent, name, payload)
        return None

    def _reading(self, name: str, message: dict[str, Any]) -> Decoded:
        device = self._device(name)
        given = _given(message)
        if device is not None and device.device.model in _CHIP_TEMPERATURE:
            given.get("climate", {}).pop("temperature_c", None)
        time = device_time(message.get("last_seen"), name)
        ready = partials(given, name, time)
        vacant = given.get("presence", {}).get("occupied") is False
        if vacant and time is not None and device is not None and "motion" in device.evidence:
            ready = tuple(_after_hold(part, device, self._registry) for part in ready)
        ignored = None if ready else "no_fields"
        hint = _model(message.get("device"))
        return Decoded(name, ready, ignored=ignored, hint=hint, time=time)


def build(source: Source, registry: Registry) -> Decoder:
    return Zigbee2MqttDecoder(source, registry)


def _after_hold(part: Partial, device: SourceDevice, registry: Registry) -> Partial:
    """A PIR's "vacant" belongs at the end of its hold, whoever says so.

    Zigbee2MQTT makes it up by a timer and repeats the ``last_seen`` of the movement:
    stored under that time it would overwrite the movement itself.
    """
    if part.kind != "presence" or part.time is None:
        return part
    dated = device.device.hold
    hold = device.model.hold
    if dated is not None:
        hold = dated.at(registry.local_day(device.site, part.time))
    return Partial(part.kind, part.fields, part.time + max(1, hold) * 1000)


def _beside(parent: str, name: str, payload: bytes) -> Decoded | None:
    """Commands to a device, and its values one by one (``output: attribute``)."""
    for command in ("/set/", "/get/"):
        device, found, _ = f"{name}/".partition(command)
        if found:
            return Decoded(device, ignored="command")
    if not payload.lstrip().startswith(b"{"):
        return Decoded(parent, ignored="attribute")
    return None


def _given(message: dict[str, Any]) -> dict[Kind, dict[str, Any]]:
    given: dict[Kind, dict[str, Any]] = {}
    for name, value in message.items():
        place = _PROPERTIES.get(name)
        if place is None or value is None or message.get(_INSTEAD.get(name, "")) is not None:
            continue
        if name == "voltage" and "battery" not in message:
            continue  # mains voltage, in V
        kind, field = place
        given.setdefault(kind, {})[field] = value
    return given


def _online(payload: bytes) -> bool | None:
    """Bare text (1.x) or ``{"state": …}`` (2.x); ``None`` if it is neither."""
    bare = bare_online(payload)
    if bare is not None or not payload.lstrip().startswith(b"{"):
        return bare
    try:
        state = json_object(payload, "").get("state")
    except DecodeError:
        return None
    return {"online": True, "offline": False}.get(state) if isinstance(state, str) else None


def _availability(address: str, online: bool | None) -> Decoded:
    if online is None:
        raise DecodeError("wrong_type", "expected online or offline", address)
    status = Partial("status", {"online": float(online)})
    return Decoded(address, (status,), availability=True)


def _model(device: Any) -> str | None:
    """The model, where Zigbee2MQTT is set to tell it (``include_device_information``)."""
    model = device.get("model") if isinstance(device, dict) else None
    return model[:128] if isinstance(model, str) else None
