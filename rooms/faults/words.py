"""A fault in plain words."""

from __future__ import annotations

from rooms.texts import TEXTS, Language, text


def problem_text(language: Language, code: str, detail: str, since: str) -> str:
    """What is wrong in plain words; the caller formats the time ``since`` for the reader.

    The most particular text serves: of code and detail, of the code, of any.
    """
    word, _, name = detail.partition(": ")
    key = f"problem.{code}.{word}"
    keys = (f"{key}.named" if name else key, f"problem.{code}", "problem.other")
    found = next(key for key in keys if key in TEXTS)
    return text(language, found, name=name, detail=detail, code=code, since=since)
