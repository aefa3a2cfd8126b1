"""statement_pages"""

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {}
