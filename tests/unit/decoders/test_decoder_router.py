from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collector.decoders import Router, build_decoders
from collector.decoders.topics import matches
from rooms.readings import Decoded
from rooms.registry import Registry
from rooms.registry.models import Site


@pytest.mark.parametrize(
    ("filter_", "topic", "covers"),
    [
        ("a/b", "a/b", True),
        ("a/b", "a/b/c", False),
        ("a/+/c", "a//c", True),
        ("a/+", "a", False),
        ("a/+", "a/b/c", False),
        ("a/#", "a", True),
        ("a/#", "a/b/c", True),
        ("a/#", "ab", False),
        ("#", "a/b", True),
        ("#", "$SYS/uptime", False),
        ("+/uptime", "$SYS/uptime", False),
        ("$SYS/#", "$SYS/uptime", True),
        ("+", "", True),
        ("a/+/#", "a", False),
        ("a/+/#", "a/b", True),
    ],
)
def test_filters_as_mqtt_3_1_1_says(filter_: str, topic: str, covers: bool) -> None:
    assert matches(filter_.split("/"), topic.split("/")) is covers


class Fake:
    def __init__(self, *subscriptions: str) -> None:
        self.subscriptions = subscriptions

    def decode(self, topic: str, payload: bytes) -> Decoded:
        return Decoded(topic)


def sources(router: Router, topic: str) -> list[str]:
    return [route.source for route in router.route(topic)]


def test_the_closest_filter_comes_first() -> None:
    router = Router(
        {
            "all": Fake("#"),
            "wide": Fake("z/#"),
            "any": Fake("z/+/x"),
            "deep": Fake("z/hall/#", "z/hall/x/#"),
            "exact": Fake("z/hall/x"),
            "twin": Fake("z/hall/x"),
        }
    )
    assert sources(router, "z/hall/x") == ["exact", "twin", "deep", "any", "wide", "all"]
    assert sources(router, "z/hall/y") == ["deep", "wide", "all"]
    assert sources(router, "$SYS/y") == []
    assert router.subscriptions == (
        "#",
        "z/#",
        "z/+/x",
        "z/hall/#",
        "z/hall/x",
        "z/hall/x/#",
    )


@given(st.text())
def test_any_topic_is_routed(topic: str) -> None:
    assert sources(Router({"all": Fake("#")}), topic) == ([] if topic.startswith("$") else ["all"])


def test_a_registry_gives_a_router() -> None:
    site = {
        "id": "lycksele",
        "name": "Lycksele",
        "opening_hours": {"mon-fri": "08:00-17:00"},
        "rooms": [{"id": "granen", "name": "Granen", "capacity": 8}],
        "sources": [
            {"id": "own", "decoder": "native"},
            {"id": "lora", "decoder": "chirpstack"},
            {"id": "lora2", "decoder": "chirpstack", "base": "hus/b"},
            {"id": "zigbee", "decoder": "zigbee2mqtt", "base": "hus/z"},
        ],
    }
    router = Router(build_decoders(Registry([Site.model_validate(site)])))
    assert sources(router, "rumskoll/lycksele/granen/d/presence") == ["own"]
    assert sources(router, "rumskoll/umea/granen/d/presence") == []
    assert sources(router, "application/a/device/b/event/up") == ["lora"]
    assert sources(router, "hus/b/application/a/device/b/event/up") == ["lora2"]
    assert sources(router, "hus/z/våning 1/hall") == ["zigbee"]
    long = "hus/z/" + "a" * 60_000
    assert sources(router, long) == ["zigbee"]
