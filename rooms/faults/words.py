"""A fault in plain words."""

from __future__ import annotations

from collections.abc import Iterable

from rooms.devicemodels import MODELS
from rooms.texts import TEXTS, Language, text


def problem_text(language: Language, code: str, detail: str, since: str) -> str:
    """What is wrong in plain words; the caller formats the time ``since`` for the reader.

    The most particular text serves: of code and detail, of the code with any detail, of the
    code, of any.
    """
    word, _, name = detail.partition(": ")
    who, _, channel = detail.partition(" ")  # of alerts that do not arrive
    key = f"problem.{code}.{word}"
    keys = [f"{key}.named" if name else key]
    keys += [f"problem.{code}.told"] if detail else []
    found = first_of([*keys, f"problem.{code}", "problem.other"])
    values = {"name": name, "detail": detail, "code": code, "who": who, "channel": channel}
    return text(language, found, since=since, **values)


def first_step(language: Language, code: str, detail: str = "", model: str | None = None) -> str:
    """What to do first, as a sentence; ``model`` is a key of ``MODELS``, for a device's fault.

    The most particular text serves: of the detail's word, of the model, its make, its family, or
    the code alone. A flapping fault's own detail says little: power and cables do.
    """
    return text(language, _particular("problem.first", code, detail, model))


def what_key(stem: str, code: str, detail: str = "", model: str | None = None) -> str:
    """The key in ``rooms.texts.alert_faults``; ``stem`` is "alert.what" or "alert.over"."""
    return _particular(stem, code, detail, model)


def _particular(stem: str, code: str, detail: str, model: str | None) -> str:
    words = [detail.partition(": ")[0]]
    if model is not None:
        words += [model, model.partition("-")[0], MODELS[model].family]
    return first_of([f"{stem}.{code}.{word}" for word in words] + [f"{stem}.{code}"])


def first_of(keys: Iterable[str]) -> str:
    """The first key that there is a text for."""
    return next(key for key in keys if key in TEXTS)
