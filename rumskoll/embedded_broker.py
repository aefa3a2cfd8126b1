"""A broker for trials, as a child process: ``iotcore`` from the environment, or Mosquitto.

iotcore keeps sessions in memory only: what it holds is gone when it stops.
"""

from __future__ import annotations

import shutil
import socket
import sys
from pathlib import Path
from typing import Final

MAX_PAYLOAD: Final = 256 * 1024 + 1024  # one over what decoders take, so that they can say so

# rumqttd: segments bound its memory; the receive window of 100 is acknowledged in order.
_IOTCORE: Final = """\
id = 0
[router]
id = 0
max_connections = 1000
max_outgoing_packet_count = 200
max_segment_size = 10485760
max_segment_count = 10
[v4.1]
name = "v4-1"
listen = "127.0.0.1:{port}"
next_connection_delay_ms = 1
[v4.1.connections]
connection_timeout_ms = 60000
max_payload_size = {payload}
max_inflight_count = 100
dynamic_filters = true
"""

# Explained in docs/broker.md; loopback only, for trials. Started by root it would become the
# user "mosquitto", who may not write into our folder; for anybody else "user" says nothing.
_MOSQUITTO: Final = """\
listener {port} 127.0.0.1
user root
allow_anonymous true
persistence true
persistence_location {folder}/
autosave_interval 60
max_inflight_messages 1000
max_queued_messages 1000000
max_queued_bytes 536870912
message_size_limit {payload}
"""

# rumqttd logs every packet as an error; what matters, the clients see.
# Like every child it ends when its standard input closes.
_CHILD: Final = """\
import logging, os, sys, threading
from iotcore.iotcore import IotCoreBroker
logging.disable()
threading.Thread(target=lambda: (sys.stdin.buffer.read(), os._exit(0)), daemon=True).start()
IotCoreBroker(config_path=sys.argv[1]).run_forever()
"""


def command(kind: str, port: int, folder: Path) -> list[str]:
    """The command that runs the broker; writes its configuration into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    if kind == "mosquitto":
        file = folder / "mosquitto.conf"
        file.write_text(_MOSQUITTO.format(port=port, folder=folder.resolve(), payload=MAX_PAYLOAD))
        return ["mosquitto", "-c", str(file)]
    file = folder / "iotcore.toml"
    file.write_text(_IOTCORE.format(port=port, payload=MAX_PAYLOAD))
    return [sys.executable, "-c", _CHILD, str(file)]


def listens(port: int) -> bool:
    """Does anybody accept connections on this port here?"""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=0.5):
            return True
    except OSError:
        return False


def installed(kind: str) -> bool:
    return kind != "mosquitto" or shutil.which("mosquitto") is not None
