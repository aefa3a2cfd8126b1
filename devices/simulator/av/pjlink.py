"""A simulated projector: PJLink class 1 or 2 on a TCP socket (JBMIA, "PJLink Specifications")."""

from __future__ import annotations

import hashlib
import socketserver
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

from devices.simulator.av.faults import Fault

_RANDOM: Final = "498e4a67"
_POWER: Final = {"standby": "0", "on": "1", "cooling": "2", "warming": "3"}


@dataclass
class PjLink:
    """Use as a context manager; its state and ``fault`` may be changed at any time."""

    port: int = 0
    password: str = ""
    class_: int = 1
    power: str = "on"
    input: str = "31"
    errors: str = "000000"
    lamps: tuple[tuple[int, bool], ...] = ((1200, True),)
    muted: bool = False
    fault: Fault | None = None
    greeted: int = field(default=0, init=False)

    def __enter__(self) -> PjLink:
        device = self
        self._release = threading.Event()

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                with suppress(OSError):  # hung up on
                    device._serve(self)

        class Server(socketserver.ThreadingTCPServer):
            allow_reuse_address = True
            daemon_threads = True

        self._server = Server(("127.0.0.1", self.port), Handler)
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._release.set()
        self._server.shutdown()
        self._server.server_close()

    def _serve(self, to: socketserver.StreamRequestHandler) -> None:
        self.greeted += 1
        if self.fault == "drop":
            return
        self._send(to, f"PJLINK 1 {_RANDOM}" if self.password else "PJLINK 0")
        expected = hashlib.md5((_RANDOM + self.password).encode(), usedforsecurity=False)
        digest = expected.hexdigest() if self.password else ""
        while line := self._line(to):
            if digest and not line.startswith(digest):
                self._send(to, "PJLINK ERRA")
                return
            command, digest = line.removeprefix(digest), ""
            answer = f"{command[:6]}={self._answer(command[1:2], command[2:6], command[7:])}"
            if self.fault == "garbage":
                answer = "what do you mean?"
            if self.fault in ("half", "slow"):
                to.wfile.write(answer[: len(answer) // 2].encode())
                if self.fault == "slow":
                    self._release.wait()
                return
            self._send(to, answer)

    def _answer(self, class_: str, command: str, parameter: str) -> str:
        asleep = self.power != "on"
        answers = {
            "CLSS": str(self.class_),
            "POWR": _POWER[self.power],
            "INPT": "ERR3" if asleep else self.input,
            "ERST": self.errors,
            "LAMP": " ".join(f"{hours} {int(lit)}" for hours, lit in self.lamps) or "ERR1",
            "AVMT": "ERR3" if asleep else ("21" if self.muted else "30"),
        }
        if class_ == "2" and self.class_ == 2:
            answers |= {"SVER": "2.11", "INNM": "HDMI 2" if parameter == "?32" else "HDMI 1"}
        return answers.get(command, "ERR1")

    def _send(self, to: socketserver.StreamRequestHandler, text: str) -> None:
        to.wfile.write(text.encode() + b"\r")

    def _line(self, to: socketserver.StreamRequestHandler) -> str:
        line = b""
        while not line.endswith(b"\r"):
            byte = to.rfile.read(1)
            if not byte:
                return ""
            line += byte
        return line.decode().strip()
