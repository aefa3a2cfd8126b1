"""MQTT filters of the sources."""

import pytest

from rooms.registry.topics import filters, valid


@pytest.mark.parametrize(
    ("decoder", "base", "filter_"),
    [
        ("native", "", "rumskoll/arena/+/+/+"),
        ("native", "hus", "hus/arena/+/+/+"),
        ("zigbee2mqtt", "", "zigbee2mqtt/#"),
        ("chirpstack", "", "application/+/device/+/event/+"),
        ("chirpstack", "se", "se/application/+/device/+/event/+"),
    ],
)
def test_filters(decoder: str, base: str, filter_: str) -> None:
    assert filters("arena", decoder, base) == [filter_]


@pytest.mark.parametrize("topic", ["a", "a/b", "+", "#", "a/+/c", "a/#", "/a", "a//b"])
def test_valid(topic: str) -> None:
    assert valid(topic)


@pytest.mark.parametrize("topic", ["", "a+", "a/#/b", "#a", "a/b#", "a/+b", "a\0"])
def test_not_valid(topic: str) -> None:
    assert not valid(topic)
