"""Ports of this computer that nobody uses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from api.server import PortTaken, listen

OTHER_PORTS: Final = 50


def free_port(host: str, port: int, say: Callable[[int], None] = lambda _: None) -> int:
    """``port``, or the next one that nobody uses; ``say`` is told of the other. Raises
    ``CannotListen``."""
    last: PortTaken | None = None
    for candidate in range(port, min(port + OTHER_PORTS, 65_536)):
        try:
            listen(host, candidate).close()
        except PortTaken as error:
            last = error
            continue
        if candidate != port:
            say(candidate)
        return candidate
    assert last is not None
    raise last
