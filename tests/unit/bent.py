"""Documents with one of their values replaced: nearly right is what finds the mistakes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

Place = tuple[str | int, ...]


def places(document: Any, here: Place = ()) -> Iterator[Place]:
    """Where the values of a JSON document stand, that of the whole left out."""
    parts = document.items() if isinstance(document, dict) else enumerate(document)
    for key, value in parts:
        yield (*here, key)
        if isinstance(value, dict | list):
            yield from places(value, (*here, key))


def replaced(document: Any, place: Place, value: Any) -> Any:
    if not place:
        return value
    first, *rest = place
    copy = dict(document) if isinstance(document, dict) else list(document)
    copy[first] = replaced(document[first], tuple(rest), value)
    return copy


@st.composite
def bent(draw: st.DrawFn, documents: list[Any], values: st.SearchStrategy[Any]) -> Any:
    document = draw(st.sampled_from(documents))
    found = [*places(document)]
    return replaced(document, draw(st.sampled_from(found)), draw(values)) if found else document
