"""What has failed to arrive and need not, as a later message says it too (design 7)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from rooms.alerts.message import Alert, Delivery


def overtaken(
    waiting: Iterable[Delivery], alerts: Mapping[int, Alert], there: Callable[[str], bool]
) -> set[int]:
    """Alerts that were tried and failed by one channel, and of whose faults a later one tells,
    too: one that waits for the channel, or that comes because what they say to be over is
    ``there`` again. ``waiting`` are all of the channel, ``alerts`` theirs.

    Words are made at sending, so both would say the same.
    """
    found = set[int]()
    later: defaultdict[str, list[frozenset[str]]] = defaultdict(list)  # by person
    for delivery in sorted(waiting, key=lambda one: -one.alert):
        alert = alerts[delivery.alert]
        about = frozenset(entry.fault for entry in alert.entries)
        ended = all(entry.event == "resolved" and there(entry.fault) for entry in alert.entries)
        said_later = ended or any(about <= other for other in later[alert.person])
        if delivery.attempts and about and said_later:
            found.add(alert.id)
        else:
            later[alert.person].append(about)
    return found
