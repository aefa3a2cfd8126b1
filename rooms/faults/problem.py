"""One thing that is wrong now, and its words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rooms.texts import TEXTS, Language, text

Severity = Literal["info", "warning", "error"]


@dataclass(frozen=True, slots=True)
class Problem:
    """``(device, code, detail)`` tells problems apart and stays equal while one lasts.

    ``detail`` is "", a word ("fan"), a word and a name ("camera: Quad Camera"), or what
    the device says.
    ``since`` (ms of UTC) is the newest report's time: keep that of the first.
    """

    code: str
    severity: Severity
    device: str
    detail: str
    since: int

    def text(self, language: Language, since: str) -> str:
        return problem_text(language, self.code, self.detail, since)


def problem_text(language: Language, code: str, detail: str, since: str) -> str:
    """What is wrong in plain words; the caller formats the time ``since`` for the reader.

    The most particular text serves: of code and detail, of the code, of any.
    """
    word, _, name = detail.partition(": ")
    key = f"problem.{code}.{word}"
    keys = (f"{key}.named" if name else key, f"problem.{code}", "problem.other")
    found = next(key for key in keys if key in TEXTS)
    return text(language, found, name=name, detail=detail, code=code, since=since)
