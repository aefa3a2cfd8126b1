"""What a backup says of itself, and how its parts are called.

::

    config/rooms.yaml (or rooms/*.yaml), contacts.yaml, broker/*, secrets/*, .env
    data/service.db.gz, outbox.db.gz, event.key, statements/*/*
    series/<measurement>/<first day>.lp.gz    line protocol, milliseconds
    manifest.json, manifest.sha256            last: an archive without them is not whole
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Final, Literal

import msgspec

from storage.store import StoreError

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
SEAL: Final = "manifest.sha256"  # as coreutils' sha256sum writes it
CONFIG: Final = "config/"
DATA: Final = "data/"
SERIES: Final = "series/"
SERVICE: Final = DATA + "service.db.gz"
OUTBOX: Final = DATA + "outbox.db.gz"
SECRETS: Final = CONFIG + "secrets/"

Kind = Literal["full", "light"]
_NAME: Final = re.compile(r"rumskoll-(\d{8}T\d{6}Z)(-light)?\.tar", re.ASCII)
_UNFIT: Final = re.compile(r"[\x00-\x1f\x7f\\]")


class BackupError(StoreError):
    """A backup cannot be made or read; the message says what to do."""


class Member(msgspec.Struct, frozen=True):
    name: str
    size: int  # bytes, as it lies in the archive
    sha256: str


class Manifest(msgspec.Struct, frozen=True):
    """``time`` is when both databases were copied, ms; readings may be a little newer."""

    format: int
    kind: Kind
    program: str
    time: int
    schemas: dict[str, int]  # file -> version of its tables
    points: dict[str, int]  # measurement -> how many
    members: list[Member]


def name_of(kind: Kind, at: int) -> str:
    """The archive's file name; ``at`` is ms."""
    stamp = f"{datetime.fromtimestamp(at / 1000, UTC):%Y%m%dT%H%M%SZ}"
    return f"rumskoll-{stamp}{'-light' * (kind == 'light')}.tar"


def kind_of(name: str) -> Kind | None:
    """Of a file's name; ``None`` if no backup is called so."""
    match = _NAME.fullmatch(name)
    return None if match is None else "light" if match[2] else "full"


def is_safe(name: str) -> bool:
    """Does a member's name lead to a file below one of the three folders, and nowhere else?"""
    path = PurePosixPath(name)
    plain = name == str(path) and not path.is_absolute() and not _UNFIT.search(name)
    return plain and ".." not in path.parts and name.startswith((CONFIG, DATA, SERIES))
