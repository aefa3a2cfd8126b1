"""What a check found: one line in each language."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

from rooms.texts import LANGUAGES, Language, text

State = Literal["ok", "warn", "fail"]
_MARKS: Final[dict[State, str]] = {"ok": "✓", "warn": "!", "fail": "✗"}


class Check(NamedTuple):
    """``name`` is a text of ``rooms.texts.doctor`` ("doctor.name." + name)."""

    name: str
    state: State
    said: dict[Language, str]

    def line(self, language: Language) -> str:
        """What is so, and how to mend it if it is wrong."""
        return self.said[language]

    def render(self, language: Language) -> str:
        """``✗ FEL      MQTT-servern: …``: the word serves screen readers and pipes."""
        word = text(language, f"doctor.{self.state}")
        name = text(language, f"doctor.name.{self.name}")
        return f"{_MARKS[self.state]} {word:<8} {name}: {self.line(language)}"


def said(name: str, state: State, key: str, /, **values: object) -> Check:
    """A check that says the text "doctor." + key; values that can ``render`` do so."""
    lines: dict[Language, str] = {}
    for language in LANGUAGES:
        spoken = {k: v.render(language) if hasattr(v, "render") else v for k, v in values.items()}
        lines[language] = text(language, f"doctor.{key}", **spoken)
    return Check(name, state, lines)
