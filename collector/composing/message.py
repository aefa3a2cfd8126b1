"""A message's parts, and their rendering as plain text and HTML by the templates beside."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Literal, NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined

from collector.composing.details import Row
from rooms.texts import Language

Tone = Literal["error", "warning", "info", "over"]


class Composed(NamedTuple):
    """``line`` says it all by itself, for SMS and push; ``subject`` is shorter. The first line of
    ``text`` is the line; where several faults are listed below it, the subject."""

    subject: str
    text: str
    html: str
    line: str


class Item(NamedTuple):
    """One of several faults."""

    line: str
    tone: Tone
    url: str = ""  # "" without a public address


class Button(NamedTuple):
    label: str
    url: str


class Parts(NamedTuple):
    """What a message says, in the order in which it says it."""

    language: Language
    subject: str
    line: str
    heading: str  # of several faults shorter than the line, as they are listed below it
    tone: Tone
    notes: Sequence[str] = ()  # right below the heading
    items: Sequence[Item] = ()
    rows: Sequence[Row] = ()
    more: str = ""  # after the items
    buttons: Sequence[Button] = ()  # the first is what to do
    end: Sequence[str] = ()


def render(parts: Parts) -> Composed:
    given = parts._asdict()
    text, html = (
        _templates(markup).get_template(f"message.{markup}") for markup in ("txt", "html")
    )
    return Composed(parts.subject, text.render(given), html.render(given), parts.line)


@cache
def _templates(markup: str) -> Environment:
    return Environment(
        loader=PackageLoader("collector.composing"),
        autoescape=markup == "html",  # noqa: S701 (plain text is sent as plain text)
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
