"""Why an alert could not be delivered: kept as text, told in the reader's language."""

from __future__ import annotations

from typing import Final, NamedTuple

from rooms.texts import TEXTS, Language, text

MOST: Final = 200  # characters of what others say
_PREFIX: Final = "delivery.failed."


class Failure(NamedTuple):
    """``key`` names a text ("delivery.failed." + key); ``detail`` is what the other side said."""

    key: str
    detail: str = ""

    @property
    def stored(self) -> str:
        return f"{self.key}: {self.detail}" if self.detail else self.key

    def render(self, language: Language) -> str:
        said = text(language, f"{_PREFIX}{self.key}")
        return f"{said} ({self.detail})" if self.detail else said


def read_failure(stored: str) -> Failure:
    """Of ``Failure.stored``."""
    key, _, detail = stored.partition(": ")
    return Failure(key, detail) if f"{_PREFIX}{key}" in TEXTS else Failure("other", stored)


def one_line(said: str | bytes, secret: str = "") -> str:
    """What another program said, fit to be shown: one line, no control codes, not too long,
    and without ``secret``."""
    plain = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    if secret:
        plain = plain.replace(secret, "…")
    plain = " ".join("".join(c if c.isprintable() else " " for c in plain).split())
    return plain if len(plain) <= MOST else plain[: MOST - 1] + "…"
