"""What the simulator says, the product's decoders understand, and any site can be simulated."""

from datetime import date, timedelta
from itertools import chain, pairwise

import pytest

from collector.decoders import Router, build_decoders
from devices.simulator.device_day import battery_pct
from devices.simulator.generate import Setting, messages, scenario_of
from rooms.devicemodels import MODELS
from rooms.registry.models import Site
from rooms.registry.registry import Registry

HOUR = 3_600_000
MODEL_OF = {f"d{i}": model for i, model in enumerate(MODELS)}


def test_every_message_is_understood(registry, utc):
    start = utc(2026, 11, 16, 23)
    router = Router(build_decoders(registry))
    kinds = set()
    live = Setting(1, live_from=start + 24 * HOUR, lively=True)
    day = messages(registry, Setting(1), start, start + 24 * HOUR)
    evening = messages(registry, live, start + 24 * HOUR, start + 26 * HOUR)
    for message in chain(day, evening):
        (route,) = router.route(message.topic)
        decoded = route.decoder.decode(message.topic, message.payload)
        if message.device:
            known = registry.by_address(route.source, decoded.address)
            assert known is not None
            assert known.device.id == message.device
            if message.retain:
                assert decoded.availability
            else:
                assert decoded.partials or decoded.ignored == "join"
        for partial in decoded.partials:
            kinds.add(partial.kind)
            if partial.time is not None:
                late = partial.time - message.time
                # a PIR's vacancy stands after its hold, in a periodic report as well; what else
                # its bridge says then is from when the device was last heard
                vacant = b'"occupancy":false' in message.payload
                hold = known.model.hold * 1000 if vacant else 0
                if partial.fields == {"occupied": 0.0}:
                    assert -1000 < late <= max(hold, 1000)
                else:
                    assert -1000 - hold < late <= 0
    assert kinds == {"presence", "climate", "equipment", "health", "status"}


def test_counts_mean_the_truth(registry, site, utc):
    start = utc(2026, 11, 17, 6)
    truth = scenario_of(site, Setting(1)).rooms(registry.local_day(site.id, start))
    router = Router(build_decoders(registry))
    seen = 0
    for message in messages(registry, Setting(1), start, start + 11 * HOUR):
        if message.device in {"umealven-raknare", "vindelalven-raknare"}:
            (route,) = router.route(message.topic)
            room = truth[message.device.removesuffix("-raknare")]
            for partial in route.decoder.decode(message.topic, message.payload).partials:
                if partial.kind == "presence":
                    seen += 1
                    assert partial.fields["people"] == room.people_at(message.time)
                    assert partial.fields["in_total"] >= partial.fields["out_total"]
    assert seen > 100


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


def test_batteries_drain_and_are_changed():
    levels = [battery_pct(12345, date(2026, 11, 1) + timedelta(days=n)) for n in range(900)]
    assert max(levels) == 100
    assert min(levels) == 12
    assert sum(b > a for a, b in pairwise(levels)) == 1
