"""``python -m devices.simulator.av``: one simulated device of each kind, to try bridges with.

Prints for each the ``connect`` to paste into rooms.yaml; their user is ``rumskoll``, their password
``secret``. Ends with Ctrl-C.
"""

from __future__ import annotations

import signal
import sys
from contextlib import ExitStack

from devices.simulator.av.collabos import CollabOs
from devices.simulator.av.https import HttpsDevice
from devices.simulator.av.pjlink import PjLink
from devices.simulator.av.poly import Poly
from devices.simulator.av.roomos import RoomOs


def main() -> None:
    with ExitStack() as stack:
        roomos = stack.enter_context(RoomOs())
        poly = stack.enter_context(HttpsDevice(Poly().reply))
        collabos = stack.enter_context(HttpsDevice(CollabOs(people=0).reply))
        projector = stack.enter_context(PjLink(password="secret"))  # noqa: S106
        pinned = f'certificate: "{roomos.certificate}"'
        for model, port, more in (
            ("cisco-roomos", roomos.port, pinned),
            ("poly-videoos", poly.port, pinned),
            ("logitech-collabos", collabos.port, pinned),
            ("pjlink-display", projector.port, ""),
        ):
            place = ", ".join(filter(None, ("host: 127.0.0.1", f"port: {port}", more)))
            sys.stdout.write(f"model: {model}, connect: {{{place}}}\n")
        sys.stdout.flush()
        signal.sigwait({signal.SIGINT, signal.SIGTERM})


if __name__ == "__main__":
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    main()
