"""The registry together with what the pipeline derives from it once, not per message."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from collector.decoders import Router, build_decoders
from rooms.readings import PRIVATE_EQUIPMENT, PRIVATE_KINDS, Partial, Value
from rooms.registry import Registry
from rooms.registry.registry import midnight

SOURCE_TAG = "source:"  # the status of a bridge or gateway, under a name no device can have


@dataclass(frozen=True, slots=True)
class Known:
    """Replaced as a whole when the registry is reloaded."""

    registry: Registry
    router: Router
    tags: dict[str, dict[str, str]]  # by device id, or "source:<id>"
    max_age: dict[str, int | None]  # by source, ms; None: any age
    private_rooms: frozenset[str]  # rooms that have ever been private
    ever_private: frozenset[str]  # devices that have ever stood in one
    partners: dict[str, frozenset[str]]  # by site
    zone: ZoneInfo  # of the account's days: the first site's

    @classmethod
    def of(cls, registry: Registry) -> Known:
        tags = {id_: {"site": d.site, "device": id_} for id_, d in registry.devices.items()}
        for id_, (site, _) in registry.sources.items():
            tags[SOURCE_TAG + id_] = {"site": site.id, "device": SOURCE_TAG + id_}
        private_rooms = frozenset(
            room.id
            for _, room in registry.rooms.values()
            if room.private.first or any(step.value for step in room.private.later)
        )
        return cls(
            registry,
            Router(build_decoders(registry)),
            tags,
            {
                id_: None if source.max_age == "unlimited" else source.max_age * 1000
                for id_, (_, source) in registry.sources.items()
            },
            private_rooms,
            frozenset(
                placement.device
                for site in registry.sites.values()
                for placement in site.placements
                if placement.room in private_rooms
            ),
            {
                site.id: frozenset(partner.id for partner in site.partners)
                for site in registry.sites.values()
            },
            registry.zone(next(iter(registry.sites))),
        )

    def blurred(self, device: str, at: int) -> int:
        """In a private room a sign of life is placed on a coarse grid: its exact time would
        tell when somebody moved."""
        if not self.hides_people(device, at):
            return at
        return at - at % (self.registry.devices[device].expect_every * 1000)

    def hides_people(self, device: str, at: int) -> bool:
        return device in self.ever_private and self.registry.hides_people(device, at)

    def withholds(self, device: str, topic: str, at: int) -> bool:
        """Must the original of a message not be kept, although it could not be used?

        So it is for what may tell of the person in a private room, by its device or
        because the topic names the room, and for check-ins, which carry their panel's token.
        """
        levels = topic.split("/")
        return (
            any("".join(filter(str.isalpha, level)).lower() == "checkin" for level in levels)
            or self.hides_people(device, at)
            or any(self.registry.private(room, at) for room in self.private_rooms & {*levels})
        )


def public(partial: Partial) -> dict[str, Value]:
    """What may be kept of a message from one person's own office (design 3)."""
    if partial.kind in PRIVATE_KINDS:
        return {}
    if partial.kind == "equipment":
        return {k: v for k, v in partial.fields.items() if k not in PRIVATE_EQUIPMENT}
    return partial.fields


class LocalDay:
    """The local day of a time, worked out once a day instead of once a message."""

    def __init__(self) -> None:
        self._day, self._start, self._stop = "", 0, 0

    def of(self, at: int, zone: ZoneInfo) -> str:
        if not self._start <= at < self._stop:
            day = datetime.fromtimestamp(at / 1000, zone).date()
            self._start = midnight(day, zone)
            self._stop = midnight(day + timedelta(days=1), zone)
            self._day = day.isoformat()
        return self._day
