"""Why a fault's alerts are kept back: a maintenance window, another fault that says it better."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from rooms.faults.fault import Fault
from rooms.faults.finding import Key
from rooms.faults.flapping import FLAPPING, key_of
from rooms.faults.windows import SiteWindow, active, holding
from rooms.registry import Registry

SILENT: Final = "device_silent"
SOURCE_SILENT: Final = "source_silent"


class Holds:
    """What keeps alerts back at one moment.

    ``faults`` are the open ones and, of sources, those that were over a short time ago: a
    device that is silent under its source has one ``expect_every`` after it to speak.
    """

    def __init__(
        self,
        faults: Iterable[Fault],
        windows: Sequence[SiteWindow],
        registry: Registry,
        now: int,
    ) -> None:
        self._registry = registry
        self._now = now
        self._windows = [w for w in windows if active(w.window, now, registry.zone(w.site))]
        self._flapping = set[Key]()
        self._sources: defaultdict[str, list[Fault]] = defaultdict(list)  # by member
        for fault in faults:
            if fault.code == FLAPPING and fault.open:
                self._flapping.add(fault.key)
            elif fault.code == SOURCE_SILENT:
                for device in fault.members:
                    self._sources[device].append(fault)

    def why(self, fault: Fault) -> str:
        """As ``Fault.held``; "" if nothing does."""
        return self.of_itself(fault) or self._under(fault)

    def of_itself(self, fault: Fault) -> str:
        """What keeps back that it is over, too."""
        window = holding(self._windows, fault, self._registry, self._now)
        if window is not None:
            return f"window:{window}"
        return "flapping" if key_of(fault.key) in self._flapping else ""

    def _under(self, fault: Fault) -> str:
        device = self._registry.devices.get(fault.subject)
        if fault.code != SILENT or device is None:
            return ""
        for source in self._sources.get(fault.subject, ()):
            if source.resolved is None or (
                fault.since < source.resolved
                and self._now < source.resolved + device.expect_every * 1000
            ):
                return f"under:{source.id}"
        return ""
