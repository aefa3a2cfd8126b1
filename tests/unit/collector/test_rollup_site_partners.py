"""A partner's days of all rooms, summed for the site."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from collector.rollup_series import write_sums
from rooms.readings import Point
from rooms.registry import Registry, Site
from rooms.registry.registry import midnight
from rooms.utilisation import PartnerUse
from storage.sqlite import SqliteStore
from tests.unit.api.house import NOW, SITE

DAY = date(2026, 11, 20)


def test_rooms_sum_to_the_site_by_partner(tmp_path: Path) -> None:
    registry = Registry([Site.model_validate(SITE)])
    store = SqliteStore(tmp_path / "store.db", retention_s=None, clock=lambda: NOW)
    time = midnight(DAY, registry.zone("lycksele"))

    def put(name: str, use: PartnerUse, **tags: str) -> None:
        point = Point(name, {"site": "lycksele", **tags}, time, dict(use.stored()))
        assert store.write([point]) == []

    put("partner_day", PartnerUse(booking_s=60, outside_s=5), room="granen", partner="vindel")
    put("partner_day", PartnerUse(booking_s=40, no_show_s=7), room="tallen", partner="vindel")
    put("partner_day", PartnerUse(host_s=9), room="removed", partner="norrsken")
    put("site_partner_day", PartnerUse(host_s=1), partner="gone")
    assert write_sums(store, "lycksele", [DAY], registry) == []
    found = {
        point.tags["partner"]: PartnerUse.of(point.fields)
        for point in store.read("site_partner_day", {}, time, time + 1)
    }
    assert found == {
        "vindel": PartnerUse(booking_s=100, no_show_s=7, outside_s=5),
        "norrsken": PartnerUse(host_s=9),
        "gone": PartnerUse(),  # nothing belongs to it any more
    }
    store.close()
