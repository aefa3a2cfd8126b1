"""Any site can be simulated."""

import pytest

from collector.decoders import Router, build_decoders
from devices.simulator.generate import Setting, messages
from rooms.devicemodels import MODELS
from rooms.registry.models import Site
from rooms.registry.registry import Registry

HOUR = 3_600_000
MODEL_OF = {f"d{i}": model for i, model in enumerate(MODELS)}


@pytest.mark.parametrize("decoder", ["native", "zigbee2mqtt", "mapped_json", "chirpstack"])
def test_any_site_can_be_simulated(decoder, utc):
    """Every model on every kind of source, in a site that leaves out all it may."""
    source = {"id": "s", "decoder": decoder}
    if decoder == "mapped_json":
        rules = [
            {"path": "who[0]", "field": "presence.people"},
            {"path": "s", "field": "presence.occupied", "values": {"JA": True, "NEJ": False}},
            {"path": "n", "field": "presence.motion_count"},
        ]
        source["mapping"] = {"topics": ["x/#"], "address": "id", "seq": "seq", "fields": rules}
    devices = [
        {"id": f"d{i}", "source": "s", "address": f"{i:016x}", "model": model, "expect_every": 700}
        for i, model in enumerate(MODELS)
    ]
    site = Site.model_validate(
        {
            "id": "odd",
            "name": "Odd",
            "timezone": "Pacific/Kiritimati",
            "opening_hours": {"mon-sun": ["00:00-11:45", "12:00-24:00"]},
            "holidays": {"country": None},
            "sources": [source],
            "rooms": [{"id": "a", "name": "A", "capacity": 1}],
            "devices": devices,
            "placements": [{"device": device["id"], "room": "a"} for device in devices[1:]],
        }
    )
    registry = Registry([site])
    now = utc(2026, 11, 17, 3)
    setting = Setting(1, live_from=now, lively=True)
    sent = list(messages(registry, setting, now - 12 * HOUR, now + 12 * HOUR))
    heard = {message.device for message in sent}
    assert "d0" not in heard  # stands nowhere
    router = Router(build_decoders(registry))
    for message in sent:
        for route in router.route(message.topic):
            if decoder != "chirpstack" or "elsys" in MODEL_OF[message.device]:
                route.decoder.decode(message.topic, message.payload)
