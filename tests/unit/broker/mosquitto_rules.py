"""What Mosquitto makes of an ``acl_file``, written from mosquitto.conf(5) and nothing of ours."""

from __future__ import annotations


class Rules:
    def __init__(self, text: str) -> None:
        self._rights: dict[str, list[tuple[str, str]]] = {}
        user = ""
        for line in text.splitlines():
            word, _, rest = line.strip().partition(" ")
            if word == "user":
                user = rest.strip()
                self._rights.setdefault(user, [])
            elif word == "topic":
                access, _, topic = rest.strip().partition(" ")
                assert access in {"read", "write", "readwrite", "deny"}
                self._rights[user].append((access, topic.strip()))
            else:
                assert word in {"", "#"}, line

    @property
    def users(self) -> set[str]:
        return set(self._rights)

    def may(self, user: str, access: str, topic: str) -> bool:
        """``access`` is read or write."""
        fitting = {given for given, pattern in self._rights[user] if covers(pattern, topic)}
        return "deny" not in fitting and bool(fitting & {access, "readwrite"})

    def who(self, access: str, topic: str) -> set[str]:
        return {user for user in self._rights if self.may(user, access, topic)}


def covers(pattern: str, topic: str) -> bool:
    if topic.startswith("$") != pattern.startswith("$"):
        return False
    wanted, given = pattern.split("/"), topic.split("/")
    for place, level in enumerate(wanted):
        if level == "#":
            return True
        if place == len(given) or level not in ("+", given[place]):
            return False
    return len(wanted) == len(given)
