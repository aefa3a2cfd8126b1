"""The computer itself: disk, port, and the address that people use."""

from __future__ import annotations

import errno
import shutil
import socket
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from rumskoll.doctor.check import Check, said
from rumskoll.setting_rules import is_loopback
from rumskoll.settings import Settings

_WARN_BELOW: Final = 2**30
_FAIL_BELOW: Final = 100 * 2**20


def _free(path: Path) -> int:
    return shutil.disk_usage(path).free


def check_disk(settings: Settings, free: Callable[[Path], int] = _free) -> Iterator[Check]:
    """Makes the data folder if need be, writes a file there, and looks at the free space."""
    folder = settings.data.absolute()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"rumskoll")
        space = free(folder)
    except OSError as error:
        detail = error.strerror or str(error)
        key = "disk_full" if error.errno == errno.ENOSPC else "disk_unwritable"
        yield said("disk", "fail", key, folder=folder, detail=detail, mib=0)
        return
    mib = space // 2**20
    if space < _FAIL_BELOW:
        yield said("disk", "fail", "disk_full", folder=folder, mib=mib)
    elif space < _WARN_BELOW:
        yield said("disk", "warn", "disk_low", folder=folder, mib=mib)
    else:
        yield said("disk", "ok", "disk_ok", folder=folder, gib=space // 2**30)


def check_port(settings: Settings) -> Iterator[Check]:
    """Can the board be served there?"""
    values = {"host": settings.host, "port": settings.port}
    try:
        family, kind, _, _, address = socket.getaddrinfo(
            settings.host.strip("[]"), settings.port, type=socket.SOCK_STREAM
        )[0]
        with socket.socket(family, kind) as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            yield said("port", "warn", "port_taken", **values)
        elif error.errno == errno.EACCES:
            yield said("port", "fail", "port_forbidden", **values)
        else:
            yield said("port", "fail", "port_not_ours", **values)
        return
    yield said("port", "ok", "port_ok", **values)


def check_public_url(settings: Settings) -> Iterator[Check]:
    """Links in alerts and statements begin with it."""
    url = settings.public_url
    parts = urlsplit(url)
    local = is_loopback(parts.hostname or "")
    if not url:
        if settings.demo:
            yield said("public", "ok", "public_demo")
        else:
            yield said("public", "warn", "public_missing")
    elif local:
        yield said("public", "warn", "public_local", url=url)
    elif parts.scheme != "https":
        yield said("public", "warn", "public_plain", url=url)
    else:
        yield said("public", "ok", "public_ok", url=url)
