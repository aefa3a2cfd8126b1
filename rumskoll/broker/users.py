"""Who may do what at the broker: one user for each native device, one for each other source,
one for Rumskoll, one that only reads (docs/decisions/0024).

Names of devices and sources carry their kind, ``device.granen-vc`` and ``source.lora``: ids
hold no point, so that no two users ever share a name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Literal, NamedTuple

from collector.homeassistant import STATUS
from rooms.registry import Registry
from rooms.registry.models import Site, Source
from rooms.registry.topics import PUBLISHED, filters, meet

Access = Literal["read", "write", "readwrite", "deny"]

RUMSKOLL: Final = "rumskoll"
READER: Final = "reader"
SIMULATOR: Final = "simulator"
DOCTOR: Final = "rumskoll-doctor/#"
_STATE: Final = f"{PUBLISHED}/#"
_VERSION: Final = "$SYS/broker/version"  # the doctor asks for it
_OURS: Final = (STATUS, _STATE, DOCTOR)


class Right(NamedTuple):
    access: Access
    topic: str  # with + and # as in a subscription


Users = Mapping[str, Sequence[Right]]


def users_of(
    registry: Registry, *, discovery_prefix: str | None = None, simulator: bool = False
) -> Users:
    """Every user and its rights.

    ``discovery_prefix`` is Home Assistant's, if it is told of the rooms; ``simulator`` adds one
    that may speak for every source. Raises ``CannotRun`` for what no rule can say.
    """
    native = {id_: _native(registry, id_) for id_ in sorted(registry.devices)}
    devices = {f"device.{id_}": topic for id_, topic in native.items() if topic}
    heard = [topic for _, source in _sources(registry) for topic in source]
    users: dict[str, list[Right]] = {
        RUMSKOLL: [*(Right("read", topic) for topic in heard), *_own(discovery_prefix)],
        READER: [Right("read", _STATE), Right("read", STATUS)],
    }
    if discovery_prefix:
        users[READER].append(Right("read", f"{discovery_prefix}/#"))
    users |= {name: [Right("write", topic)] for name, topic in devices.items()}
    for entry, topics in _sources(registry):
        if entry.decoder != "native":
            rights = [*_gateway(entry, topics)]
            kept = [*_OURS, *devices.values()]
            users[f"source.{entry.id}"] = [*_denied(rights, kept), *rights]
    users |= _bridges(registry, native)
    if simulator:
        rights = [Right("write", topic) for topic in heard if not topic.startswith("$")]
        users[SIMULATOR] = [*_denied(rights, _OURS), *rights]
    return users


def _bridges(registry: Registry, native: Mapping[str, str | None]) -> dict[str, list[Right]]:
    """One for each bridge that is needed, which speaks for the devices that it watches and no
    others; and one for a process that is all of them."""
    users: dict[str, list[Right]] = {}
    for id_, topic in native.items():
        entry = registry.devices[id_]
        if topic and entry.model.bridge and entry.device.connect is not None:
            users.setdefault(f"bridge.{entry.model.bridge}", []).append(Right("write", topic))
    all_of_them = [right for rights in users.values() for right in rights]
    return users | ({"bridge.all": all_of_them} if users else {})


def _own(discovery_prefix: str | None) -> Iterator[Right]:
    yield Right("write", STATUS)
    yield Right("readwrite", _STATE)
    yield Right("readwrite", DOCTOR)
    yield Right("read", _VERSION)
    if discovery_prefix:
        yield Right("readwrite", f"{discovery_prefix}/device/+/config")


def _native(registry: Registry, device: str) -> str | None:
    """What a native device publishes to: in any room, as it may be moved; below its own address."""
    entry = registry.devices[device]
    site, source = registry.sources[entry.device.source]
    if source.decoder != "native":
        return None
    (listens,) = _filters(site, source)
    return listens.removesuffix("+/+/+") + f"+/{entry.device.address}/+"


def _sources(registry: Registry) -> Iterator[tuple[Source, Sequence[str]]]:
    for _, (site, source) in sorted(registry.sources.items()):
        yield source, _filters(site, source)


def _filters(site: Site, source: Source) -> Sequence[str]:
    mapped = source.mapping.topics if source.mapping else ()
    return filters(site.id, source.decoder, source.base or "", mapped)


def _gateway(source: Source, topics: Sequence[str]) -> Iterator[Right]:
    """Of a gateway's own topics: it publishes to them, and hears what it is told to do."""
    for topic in topics:
        if topic.startswith("$"):
            continue  # the broker's own: nobody writes them
        if source.decoder == "zigbee2mqtt":
            yield Right("readwrite", topic)
            continue
        yield Right("write", topic)
        if source.decoder == "chirpstack":
            yield Right("read", topic.removesuffix("event/+") + "command/+")


def _denied(rights: Sequence[Right], others: Sequence[str]) -> list[Right]:
    """What wide filters cover and is somebody else's; the broker looks at these first."""
    return [Right("deny", other) for other in others if any(meet(r.topic, other) for r in rights)]
