"""Ids from the names that people use."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from typing import Final

_LONGEST: Final = 40


def id_of(name: str, taken: Collection[str] = (), kind: str = "room") -> str:
    """``"Umeälven (stora)"`` -> ``umealven-stora``; one that is taken gets a number. A name
    without a letter of its own is called after its kind: ``room-101``."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    id_ = "-".join(re.findall(r"[a-z0-9]+", plain))
    if not id_[:1].isalpha():
        id_ = f"{kind}-{id_}".rstrip("-")
    id_ = id_[:_LONGEST].rstrip("-")
    free, n = id_, 2
    while free in taken:
        free, n = f"{id_}-{n}", n + 1
    return free
