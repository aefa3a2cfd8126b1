"""Who may do what: the example site by hand, and any site that rooms.yaml can describe."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st
from mosquitto_rules import Rules

from collector.decoders.native import NativeDecoder
from rooms.readings import FIELDS
from rooms.registry import Registry
from rooms.registry.mistakes import RegistryError
from rooms.registry.parse import build_registry, parse_site
from rumskoll.broker.acl import acl_text, check_topics, rights_in
from rumskoll.broker.users import users_of
from rumskoll.cannot_run import CannotRun

EXAMPLE = Path(__file__).parents[3] / "examples" / "lycksele" / "rooms.yaml"


def registry(text: str) -> Registry:
    return build_registry([parse_site(text, "rooms.yaml")])


def site(**parts: Any) -> str:
    whole: dict[str, Any] = {
        "id": "arena",
        "name": "Arenan",
        "opening_hours": {"mon-fri": "08:00-17:00"},
        "sources": [{"id": "av", "decoder": "native"}],
        "rooms": [{"id": "granen", "name": "Granen", "capacity": 8}],
        **parts,
    }
    return yaml.safe_dump(whole, allow_unicode=True)


def mapped(*topics: str) -> dict[str, Any]:
    fields = [{"path": "co2", "field": "climate.co2_ppm"}]
    mapping = {"topics": list(topics), "address": "topic[1]", "fields": fields}
    return {"id": "egna", "decoder": "mapped_json", "mapping": mapping}


@pytest.fixture(scope="module")
def example() -> Rules:
    users = users_of(registry(EXAMPLE.read_text()), simulator=True)
    return Rules(acl_text(users))


VC = "rumskoll/lycksele/granen/granen-vc/equipment"


@pytest.mark.parametrize(
    ("topic", "writers", "readers"),
    [
        (VC, {"device.granen-vc", "simulator"}, {"rumskoll"}),
        # it may have been moved: any room
        (VC.replace("granen/", "tallen/"), {"device.granen-vc", "simulator"}, {"rumskoll"}),
        # another site, another base, one level more or less
        (VC.replace("lycksele", "umea"), set(), set()),
        (VC.replace("rumskoll/", "rum/"), set(), set()),
        (VC + "/x", set(), set()),
        (VC.removesuffix("/equipment"), set(), set()),
        ("huset/renen-luft/data", {"source.egna", "simulator"}, {"rumskoll"}),
        ("huset/renen-luft/set", set(), set()),
        (
            "application/7/device/a81758fffe0a1001/event/up",
            {"source.lora", "simulator"},
            {"rumskoll"},
        ),
        ("application/7/device/a81758fffe0a1001/command/down", set(), {"source.lora"}),
        (
            "zigbee2mqtt/Granen/PIR tak",
            {"source.zigbee", "simulator"},
            {"rumskoll", "source.zigbee"},
        ),
        ("rumskoll/status", {"rumskoll"}, {"reader"}),
        ("rumskoll-state/lycksele/rooms/granen", {"rumskoll"}, {"rumskoll", "reader"}),
        ("rumskoll-doctor/0123", {"rumskoll"}, {"rumskoll"}),
        ("$SYS/broker/version", set(), {"rumskoll"}),
        ("$SYS/broker/clients/total", set(), set()),
        ("homeassistant/device/rumskoll_lycksele_granen/config", set(), set()),
        ("anything/else", set(), set()),
    ],
)
def test_the_example_site(example: Rules, topic: str, writers: set[str], readers: set[str]) -> None:
    assert example.who("write", topic) == writers
    assert example.who("read", topic) == readers


def test_home_assistant_only_when_it_is_switched_on() -> None:
    rules = Rules(acl_text(users_of(registry(EXAMPLE.read_text()), discovery_prefix="ha/here")))
    topic = "ha/here/device/rumskoll_lycksele_granen/config"
    assert rules.who("write", topic) == {"rumskoll"}
    assert rules.who("read", topic) == {"rumskoll", "reader"}
    assert rules.who("write", "ha/here/status") == set()
    assert "simulator" not in rules.users


def test_a_wide_gateway_does_not_speak_for_others() -> None:
    sources = [
        {"id": "av", "decoder": "native"},
        {"id": "zigbee", "decoder": "zigbee2mqtt", "base": "rumskoll"},
        mapped("+/status", "rumskoll/+/+/d1/climate"),
    ]
    devices = [{"id": "d1", "source": "av", "address": "d1"}]
    rules = Rules(acl_text(users_of(registry(site(sources=sources, devices=devices)))))
    assert rules.who("write", "rumskoll/arena/granen/d1/climate") == {"device.d1"}
    assert rules.who("write", "rumskoll/status") == {"rumskoll"}
    assert rules.who("write", "huset/status") == {"source.egna"}
    assert rules.who("write", "rumskoll/arena/granen/d2/climate") == {"source.zigbee"}


def test_nobody_is_let_at_the_brokers_own_topics() -> None:
    rules = Rules(
        acl_text(users_of(registry(site(sources=[mapped("$CONTROL/#")])), simulator=True))
    )
    assert rules.who("write", "$CONTROL/dynamic-security/v1") == set()
    assert rules.who("read", "$CONTROL/dynamic-security/v1") == {"rumskoll"}


def test_a_device_and_a_source_of_one_name_are_two_users() -> None:
    sources = [{"id": "reader", "decoder": "native"}, {"id": "x", "decoder": "zigbee2mqtt"}]
    devices = [{"id": id_, "source": "reader", "address": id_} for id_ in ("x", "rumskoll")]
    users = users_of(registry(site(sources=sources, devices=devices)))
    assert [*users] == ["rumskoll", "reader", "device.rumskoll", "device.x", "source.x"]


# ---- what no rule can say


@pytest.mark.parametrize("address", ["a/b", "a+b", "#", "a\tb", "a\u00a0b", "a\u2028b"])
def test_addresses_that_cannot_stand_in_a_topic(address: str) -> None:
    found = registry(site(devices=[{"id": "d1", "source": "av", "address": address}]))
    with pytest.raises(CannotRun, match=r"The device d1: the address .* cannot stand in a topic"):
        check_topics(found, "en")


@pytest.mark.parametrize("address", [" ", " x y ", "å%u", "$a", '"', "read"])
def test_addresses_that_only_look_odd(address: str) -> None:
    found = registry(site(devices=[{"id": "d1", "source": "av", "address": address}]))
    check_topics(found, "en")
    rules = Rules(acl_text(users_of(found)))
    assert rules.who("write", f"rumskoll/arena/granen/{address}/climate") == {"device.d1"}


@pytest.mark.parametrize("base", [" rum", "rum ", "a+", "a\nuser rumskoll", "$SYS", "a\u200bb"])
@pytest.mark.parametrize("decoder", ["native", "zigbee2mqtt", "chirpstack"])
def test_base_topics_that_would_say_something_else_in_a_rule(base: str, decoder: str) -> None:
    found = registry(site(sources=[{"id": "s1", "decoder": decoder, "base": base}]))
    with pytest.raises(CannotRun, match=r"The source s1: .* cannot stand in Mosquitto's rules"):
        check_topics(found, "en")


def test_all_mistakes_are_told_at_once() -> None:
    sources = [{"id": "av", "decoder": "native", "base": "a+"}, mapped(" huset/+/data")]
    devices = [{"id": "d1", "source": "av", "address": "a/b"}]
    with pytest.raises(CannotRun) as refused:
        check_topics(registry(site(sources=sources, devices=devices)), "sv")
    first, second, third = str(refused.value).splitlines()
    assert first.startswith('Källan av: "a+" kan inte stå')
    assert second.startswith('Källan egna: " huset/+/data" kan inte stå')
    assert third.startswith('Enheten d1: adressen "a/b" kan inte stå')


# ---- any site

words = st.sampled_from(["rumskoll", "arena0", "status", "a", "å b", "%u", "read"])
addresses = words | st.text(st.sampled_from("abåÖ %$"), min_size=1, max_size=5)
bases = st.none() | st.lists(words, min_size=1, max_size=3).map("/".join)
decoders = st.sampled_from(["native", "native", "zigbee2mqtt", "chirpstack"])
filters = st.lists(words | st.just("+"), min_size=1, max_size=4).map(
    lambda levels: "/".join(["rumskoll", *levels])
)


@st.composite
def sites(draw: st.DrawFn) -> Registry:
    """One or two sites with sources of all kinds and native devices with odd addresses."""
    parsed = []
    for number in range(draw(st.integers(1, 2))):
        kinds = st.tuples(decoders, bases)
        sources: list[dict[str, Any]] = [
            {"id": f"s{number}{n}", "decoder": decoder, "base": base}
            for n, (decoder, base) in enumerate(draw(st.lists(kinds, min_size=1, max_size=3)))
        ]
        sources.append(mapped(draw(filters)) | {"id": f"egna{number}"})
        devices = [
            {"id": f"d{number}{n}", "source": draw(st.sampled_from(sources))["id"], "address": a}
            for n, a in enumerate(draw(st.lists(addresses, max_size=4, unique=True)))
        ]
        rooms = [{"id": f"r{number}", "name": "R", "capacity": 1}]
        text = site(id=f"arena{number}", sources=sources, devices=devices, rooms=rooms)
        try:
            parsed.append(parse_site(text, "rooms.yaml"))
        except RegistryError:  # two sources with the same topics
            assume(False)
    found = build_registry(parsed)
    check_topics(found, "en")
    return found


def decoder_of(found: Registry, device: str) -> NativeDecoder | None:
    at, source = found.sources[found.devices[device].device.source]
    return NativeDecoder(source.base or "rumskoll", at.id) if source.decoder == "native" else None


@given(sites())
def test_only_a_native_device_itself_speaks_for_it(found: Registry) -> None:
    rules = Rules(acl_text(users_of(found, simulator=True)))
    native = [id_ for id_ in found.devices if decoder_of(found, id_)]
    assert {user for user in rules.users if user.startswith("device.")} == {
        f"device.{id_}" for id_ in native
    }
    for id_, room, kind in product(native, ("r0", "any where"), FIELDS):
        at, source = found.sources[found.devices[id_].device.source]
        address = found.devices[id_].device.address
        topic = f"{source.base or 'rumskoll'}/{at.id}/{room}/{address}/{kind}"
        decoder = decoder_of(found, id_)
        assert decoder is not None
        assert decoder.decode(topic, b"").address == address  # so it is heard
        assert rules.who("write", topic) == {f"device.{id_}", "simulator"}
        assert "rumskoll" in rules.who("read", topic)
        assert not {u for u in rules.who("read", topic) if u.startswith(("device.", "reader"))}


@given(sites())
def test_all_rights_come_back_from_the_text(found: Registry) -> None:
    users = users_of(found)
    text = acl_text(users)
    assert [*rights_in(text)] == [*users]
    for name, lines in rights_in(text).items():
        assert lines.splitlines() == [f"topic {r.access} {r.topic}" for r in users[name]]
    assert rights_in("") == {}
