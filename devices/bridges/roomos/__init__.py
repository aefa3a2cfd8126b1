"""Cisco RoomOS: the xAPI over a WebSocket, by polling where there is none, and by posts."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from threading import Event
from typing import Final

from devices.bridges.base import BadAnswer, Bridge, Refused, Target, Told
from devices.bridges.https import Https, LoggedOut
from devices.bridges.roomos.reading import meaning, read
from devices.bridges.roomos.session import PATHS, NoWebSocket, converse
from devices.bridges.roomos.tree import Tree, lay_over, parse
from devices.bridges.rounds import rounds

_EVERY_S: Final = 20.0


def watch(target: Target, tell: Callable[[Told], None], stop: Event) -> None:
    try:
        converse(target, BRIDGE.port, tell, stop)
    except NoWebSocket:
        with Https(target, BRIDGE.port) as https:
            rounds(lambda: _ask(target, https), tell, stop, _EVERY_S)


def _ask(target: Target, https: Https) -> Told:
    """The same as XML (Cisco, "xAPI over HTTP": getxml). Raises ``Lost``, ``Refused``."""
    login = b64encode(f"{target.username}:{target.password}".encode()).decode()
    state: Tree = {"Diagnostics": {"Message": {}}, "Peripherals": {"ConnectedDevice": {}}}
    understood = 0
    trouble = BadAnswer("no answer")
    for path in PATHS:
        try:
            question = f"getxml?location=/Status/{path}"
            lay_over(state, parse(https.get(question, {"Authorization": f"Basic {login}"})))
            understood += 1
        except LoggedOut:
            raise Refused("the name or password is wrong") from None
        except BadAnswer as error:  # not every device has all of it
            trouble = error
    if not understood:
        raise Refused(f"what answers there is no RoomOS: {trouble}")
    return meaning(state)


BRIDGE: Final = Bridge("roomos", "cisco-roomos", 443, read, watch)
