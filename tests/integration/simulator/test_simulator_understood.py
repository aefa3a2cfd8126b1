"""What the simulator says, the product's decoders understand."""

from datetime import date, timedelta
from itertools import chain, pairwise

from collector.decoders import Router, build_decoders
from devices.simulator.device_day import battery_pct
from devices.simulator.generate import Setting, messages, scenario_of

HOUR = 3_600_000


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


def test_batteries_drain_and_are_changed():
    levels = [battery_pct(12345, date(2026, 11, 1) + timedelta(days=n)) for n in range(900)]
    assert max(levels) == 100
    assert min(levels) == 12
    assert sum(b > a for a, b in pairwise(levels)) == 1
