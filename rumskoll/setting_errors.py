"""What is wrong with a setting: one line that names its variable and what is accepted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from pydantic_core import ErrorDetails

from rooms.registry.mistakes import Mistake, nearest, shown
from rooms.registry.translate import key_of, options
from rooms.texts import Language

PREFIX: Final = "RUMSKOLL_"
ADMIN_TOKEN: Final = PREFIX + "INFLUX_ADMIN_TOKEN"  # read by `rumskoll influx init` alone


class SettingsError(Exception):
    """The environment cannot be used: show the lines and stop."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes: Sequence[Mistake] = tuple(mistakes)
        super().__init__("\n".join(self.lines("en")))

    def lines(self, language: Language) -> list[str]:
        return [mistake.render(language) for mistake in self.mistakes]


def variable(name: str) -> str:
    """``mqtt_url`` -> ``RUMSKOLL_MQTT_URL``."""
    return PREFIX + name.upper()


def wrong_setting(name: str, key: str, **values: object) -> Mistake:
    """A mistake in the variable of one setting."""
    return Mistake(variable(name), 0, 0, "", key, values)


def setting_mistake(detail: ErrorDetails, secret: bool) -> Mistake:
    """One of pydantic's errors; a secret value is never shown."""
    key, values = key_of(detail), dict(detail.get("ctx", {}))
    suggestion = ""
    if key == "one_of":
        words = options(detail)
        values["words"], suggestion = ", ".join(words), nearest(detail["input"], words)
    values["value"] = "…" if secret else shown(detail["input"])
    values.setdefault("message", detail["msg"])
    return Mistake(variable(str(detail["loc"][0])), 0, 0, "", key, values, suggestion)
