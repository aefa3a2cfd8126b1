"""Words as YAML scalars, for files that people will read and edit."""

from __future__ import annotations

import json
import re
from typing import Final

# not a number, a date, a word that YAML takes for something else, nor any of its signs
_PLAIN: Final = re.compile(r"[^\W\d_][\w .&()/+-]*(?<! )")
_TAKEN: Final = frozenset(["y", "n", "yes", "no", "true", "false", "on", "off", "null"])


def scalar(value: str) -> str:
    """As plain as it may stand; else quoted (YAML's double quotes read JSON's escapes)."""
    if _PLAIN.fullmatch(value) and value.lower() not in _TAKEN:
        return value
    return json.dumps(value, ensure_ascii=False)
