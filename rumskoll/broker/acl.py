"""Mosquitto's ``acl_file``: format in mosquitto.conf(5). A line is cut at its line end and its
blanks at both ends are taken off; there is no way to quote."""

from __future__ import annotations

from rooms.registry import Registry
from rooms.registry.mistakes import shown
from rooms.registry.topics import valid
from rooms.texts import Language, text
from rumskoll.broker.users import Users
from rumskoll.cannot_run import CannotRun

_WILD = set("+#")


def acl_text(users: Users) -> str:
    """Each user's rights. Raises ``ValueError`` for a topic that a line cannot hold."""
    lines: list[str] = []
    for name, rights in users.items():
        lines += [f"user {name}", *(f"topic {r.access} {_whole(r.topic)}" for r in rights), ""]
    return "\n".join(lines)


def _whole(topic: str) -> str:
    if topic != topic.strip() or not topic.isprintable() or not valid(topic):
        raise ValueError(f"no rule can hold the topic {topic!r}")
    return topic


def rights_in(acl: str) -> dict[str, str]:
    """User -> its lines, of a file that ``acl_text`` wrote."""
    _, *blocks = f"\n{acl}".split("\nuser ")
    return {name: lines.strip() for name, _, lines in (block.partition("\n") for block in blocks)}


def check_topics(registry: Registry, language: Language) -> None:
    """Raises ``CannotRun``, naming every base topic and address that would say something else
    in a rule than in rooms.yaml."""
    wrong: list[str] = []
    for id_, (_, source) in registry.sources.items():
        for topic in (source.base or "", *(source.mapping.topics if source.mapping else ())):
            if topic and not _fits(topic, wild=source.decoder == "mapped_json"):
                wrong.append(text(language, "mqtt_users.bad_base", source=id_, topic=shown(topic)))
    for id_, entry in registry.devices.items():
        address = entry.device.address
        native = registry.sources[entry.device.source][1].decoder == "native"
        if native and ("/" in address or not _fits(f"x{address}x", wild=False)):
            key = "mqtt_users.bad_address"
            wrong.append(text(language, key, device=id_, address=shown(address)))
    if wrong:
        raise CannotRun("\n".join(wrong))


def _fits(topic: str, *, wild: bool) -> bool:
    whole = topic == topic.strip() and topic.isprintable() and valid(topic)
    return whole and (wild or not (set(topic) & _WILD or topic.startswith("$")))
