"""What becomes of one message, and whose it is."""

from __future__ import annotations

from dataclasses import dataclass

from collector.checkins import REASONS
from collector.incoming import Incoming
from collector.known import SOURCE_TAG, Known
from rooms.readings import Decoded, DecodeError
from storage.quarantine import Unusable


class Skip(Exception):
    """The message is understood and leads to no reading; ``at`` is its own time, if told."""

    def __init__(self, outcome: str, reason: str, at: int | None = None) -> None:
        super().__init__(reason)
        self.outcome, self.reason, self.at = outcome, reason, at


@dataclass(slots=True)
class Fate:
    """What becomes of one message, as far as it is known."""

    source: str = ""
    device: str = ""
    outcome: str = "stored"
    reason: str = ""
    key: str | None = None
    hint: str | None = None
    room: str | None = None
    replayed: bool = False
    any_age: bool = False
    private: bool = False  # too old, from a time in which its room was private
    arrived: int = 0  # its unique time of arrival, once that is needed


def identify(known: Known, message: Incoming, fate: Fate) -> Decoded:
    """Decode; leave source and device in ``fate`` ("" if the registry does not know it).

    Raises ``DecodeError``.
    """
    if message.bad_topic:
        raise DecodeError("bad_topic", "the topic is not valid UTF-8")
    routes = known.router.route(message.topic)
    if not routes:
        raise DecodeError("no_source", "no source in rooms.yaml takes this topic")
    for route in routes if len(routes) > 1 else ():  # shared: whose device is it?
        try:
            address = route.decoder.decode(message.topic, message.payload).address
        except DecodeError as error:
            address = error.address
        if known.registry.by_address(route.source, address) is not None:
            routes = (route,)
            break
    fate.source = routes[0].source
    decoded = routes[0].decoder.decode(message.topic, message.payload)
    if decoded.address == "":
        fate.device = SOURCE_TAG + fate.source
    else:
        entry = known.registry.by_address(fate.source, decoded.address)
        fate.device = entry.device.id if entry else ""
    return decoded


def is_news(decoded: Decoded) -> bool:
    """Is a retained message news? That a device is gone, and a bridge's own state, are; that
    it was online once does not make it heard now."""
    gone = any(partial.fields.get("online") == 0 for partial in decoded.partials)
    return decoded.availability and (gone or decoded.address == "")


def unusable(
    message: Incoming, fate: Fate, error: DecodeError, at: int, *, withheld: bool
) -> Unusable:
    """The message for the quarantine, under the time ``at``. What is withheld is not explained
    either, for that would show some of it; only why a check-in was refused is told."""
    return Unusable(
        at,
        fate.source,
        message.topic,
        message.payload,
        error.reason,
        "" if withheld and error.reason not in REASONS else error.detail,
        error.address,
        fate.device,
        fate.hint,
        fate.room,
        withheld,
    )
