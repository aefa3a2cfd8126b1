"""Text from outside made harmless: one printable line of a sane length."""

from __future__ import annotations

from typing import Final

CUT: Final = "…"


def plain(value: str, most: int = 80) -> str:
    """What devices and people said, as one line of at most ``most`` characters.

    Whatever is not printable (line breaks, control characters, overrides of the direction of
    writing, lone surrogates) becomes a space, spaces are merged, and what is too long ends in "…".
    Markup is left as it is: whoever writes HTML escapes it there.
    """
    head = value[: 4 * most]  # 10 KB of spaces need not be looked at
    line = " ".join("".join(c if c.isprintable() else " " for c in head).split())
    if len(line) <= most and len(head) == len(value):
        return line
    return line[: most - 1].rstrip() + CUT


def storable(value: str, most: int = 80) -> str:
    """``plain``, as every store takes it in a field: it does not end in a backslash either."""
    return plain(value, most).rstrip("\\ ")
