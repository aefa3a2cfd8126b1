"""Recognises messages that the broker sends once more after a lost connection (design 4).

A message stored but not yet acknowledged when the connection or the process
died comes again. With a device time that is harmless; without one it would be
stored twice, under two times of arrival.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Iterable

from storage.outbox import Arrival

# What can still be unacknowledged arrived shortly before the newest message we have.
# Mids are used again after 65,535 messages, so older entries must not match.
HORIZON_MS = 10 * 60_000
# Stands among the arrivals where the broker began a new session, which numbers its messages
# anew: nothing of the old one comes again. No message has mid 0 [MQTT-2.3.1-1].
NEW_SESSION = Arrival(0, b"", 0, None)


def digest(topic: str, payload: bytes) -> bytes:
    """Eight bytes that tell one message's content from another's."""
    return hashlib.blake2b(topic.encode() + b"\0" + payload, digest_size=8).digest()


class Redelivery:
    """Remembers the last ``window`` QoS-1 messages; ``dup_flag`` as the broker sets it.

    MQTT 3.1.1 [MQTT-3.3.1-1] wants dup=1 on a redelivery, with the same mid.
    The embedded broker sets no dup and renumbers: there, a message with the same
    content counts as the same while the backlog of a resumed session comes in.
    """

    def __init__(self, window: int = 4096, *, dup_flag: bool = True) -> None:
        self._window = window
        self.dup_flag = dup_flag
        self._known: OrderedDict[int | bytes, tuple[bytes, int]] = OrderedDict()
        self._newest = 0

    def load(self, arrivals: Iterable[Arrival]) -> None:
        for arrival in arrivals:
            if arrival.mid == NEW_SESSION.mid:
                self._known.clear()
            else:
                self.note(arrival.mid, arrival.digest, arrival.time)

    def note(self, mid: int, content: bytes, time: int) -> None:
        key = mid if self.dup_flag else content
        self._known[key] = (content, time)
        self._known.move_to_end(key)
        self._newest = max(self._newest, time)
        if len(self._known) > self._window:
            self._known.popitem(last=False)

    def is_known(self, mid: int, content: bytes, *, dup: bool, backlog: bool) -> bool:
        """Was this very message taken before? Each is recognised once at the most."""
        if self.dup_flag:
            if not dup:
                return False
            key: int | bytes = mid
        else:
            if not backlog:
                return False
            key = content
        entry = self._known.get(key)
        if entry is None or entry[0] != content or entry[1] < self._newest - HORIZON_MS:
            return False
        if not self.dup_flag:
            del self._known[key]
        return True
