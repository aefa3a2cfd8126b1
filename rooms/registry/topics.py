"""Which MQTT topics the sources of a file listen to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

PUBLISHED: Final = "rumskoll-state"  # what collector.published says stands below
_OWN: Final = ("rooms/+", "faults/+", "summary")

_OF_A_BRIDGE: Final = ("zigbee2mqtt", "homie")  # all below one topic of their own
# below the base topic, if there is one
_OF_DEVICES: Final[dict[str, Sequence[str]]] = {
    "chirpstack": ("application/+/device/+/event/+",),
    "tts": ("v3/+/devices/+/up", "v3/+/devices/+/join"),
    "shelly": ("+/events/rpc", "+/online", "+/status/+"),
    "tasmota": ("tele/#", "+/tele/+", "stat/#", "+/stat/+"),
    "esphome": ("+/status", "+/sensor/+/state", "+/binary_sensor/+/state"),
}


def filters(site: str, decoder: str, base: str, mapped: Sequence[str] = ()) -> list[str]:
    """The topic filters of one source (design 3); ``base`` "" is the decoder's own."""
    if decoder == "native":
        return [f"{base or 'rumskoll'}/{site}/+/+/+"]
    if decoder in _OF_A_BRIDGE:
        return [f"{base or decoder}/#"]
    if decoder in _OF_DEVICES:
        return [f"{base}/{shape}".removeprefix("/") for shape in _OF_DEVICES[decoder]]
    return list(mapped)


def is_own(topic_filter: str, site: str) -> bool:
    """Does a filter cover what we publish of a site ourselves? Each of it would be an unknown
    device."""
    return any(meet(topic_filter, f"{PUBLISHED}/{site}/{what}") for what in _OWN)


def meet(one: str, other: str) -> bool:
    """Is there a topic that both filters cover?"""
    short, long = sorted((one.split("/"), other.split("/")), key=len)
    for a, b in zip(short, long, strict=False):
        if "#" in (a, b):
            return True
        if a not in ("+", b) and b != "+":
            return False
    return len(short) == len(long) or long[len(short) :] == ["#"]


def valid(topic_filter: str) -> bool:
    """MQTT 3.1.1, 4.7: wildcards fill a level, ``#`` the last one."""
    *before, last = topic_filter.split("/")
    whole = all(level == "+" or not set(level) & set("+#") for level in before)
    return (
        0 < len(topic_filter.encode()) <= 65_535
        and "\0" not in topic_filter
        and whole
        and (last in {"+", "#"} or not set(last) & set("+#"))
    )
