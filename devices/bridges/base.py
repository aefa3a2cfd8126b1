"""What every bridge is: one kind of equipment on the local network, watched and understood."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event
from typing import Any, Final

from rooms.devicemodels import BridgeName

Told = dict[str, dict[str, Any]]
"""Kind -> fields, as in Rumskoll's own messages (``rooms.readings.FIELDS``); what the
equipment does not tell is left out."""

TELL_EVERY_S: Final = 60.0  # at the latest: equipment is missed after 2.5 x 300 s
ANSWER_WITHIN_S: Final = 10.0


class Lost(Exception):
    """It cannot be reached, hung up, or answers too late: try again, waiting longer each time."""


class Refused(Exception):
    """It does not accept our name, password or certificate: try again rarely, for equipment
    locks its doors after some wrong passwords."""


class BadAnswer(Exception):
    """One answer cannot be understood: say so, go on with the next."""


@dataclass(frozen=True)
class Target:
    """One device to watch; ``certificate`` is the SHA-256 of the only one to be trusted, in
    hexadecimal digits, or ``None``: one that an authority has signed."""

    device: str
    host: str
    port: int | None = None
    certificate: str | None = None
    username: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True)
class Bridge:
    """One kind of equipment.

    ``read(answer, request)`` is pure and total: what one answer means, ``request`` being the
    question where the answer alone does not show it ("" if unknown). Raises ``BadAnswer``.

    ``watch(target, tell, stop)`` talks with the device until ``stop`` is set: it calls
    ``tell`` at each change and at the latest every ``TELL_EVERY_S``. Raises ``Lost`` or
    ``Refused``, after which it is called again.
    """

    name: BridgeName
    model: str  # the model whose devices it watches
    port: int
    read: Callable[[bytes, str], Told]
    watch: Callable[[Target, Callable[[Told], None], Event], None]
