"""Any text as the letters that SIE's only character set has: PC8, code page 437.

å ä ö Å Ä Ö é are there; typographic dashes and quotes are not, and get their plain form; what
has no likeness (emoji, other scripts) is left out.
"""

from __future__ import annotations

import unicodedata
from typing import Final

LONGEST: Final = 100  # characters of a name; SIE sets no limit, bookkeeping programs do
LONGEST_TEXT: Final = 50  # of a voucher's or row's text: Fortnox refuses files with longer ones

# Likenesses that Unicode's own decompositions do not give. A backslash is no more than SIE's
# sign before a quote, and braces hold lists: in a name, readers stumble over them.
_LIKE: Final = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("‘’‚‛′`´", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **{"{": "(", "}": ")", "\\": "/", "•": "-", "·": "-", "×": "x", "€": "EUR", "⁄": "/"},
        **{"ø": "ö", "Ø": "Ö", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th"},
        **{"ł": "l", "Ł": "L", "œ": "oe", "Œ": "OE", "ı": "i", "ß": "ss", "ẞ": "SS"},
    }
)


def pc8(text: str, most: int = LONGEST) -> str:
    """``text`` in characters of code page 437, on one line, at most ``most`` of them;
    empty if no letter or digit is left."""
    composed = unicodedata.normalize("NFC", text[: 4 * LONGEST]).translate(_LIKE)
    line = " ".join("".join(_like(one) for one in composed).split())
    line = line[:most].rstrip()
    return line if any(one.isalnum() for one in line) else ""


def _like(one: str) -> str:
    if one.isspace() or unicodedata.category(one) == "Cc":
        return " "
    if _kept(one):
        return one
    return "".join(part for part in unicodedata.normalize("NFKD", one) if _kept(part))


def _kept(one: str) -> bool:
    """Printable ASCII, and the letters of code page 437; not its frames and signs."""
    if one.isascii():
        return one.isprintable()
    if not (one.isalpha() and "LATIN" in unicodedata.name(one, "")):
        return False
    try:
        one.encode("cp437")
    except UnicodeEncodeError:
        return False
    return True
