"""What binds a statement to its inputs and to the statement before it (metrics.md 4)."""

from __future__ import annotations

import hashlib

import msgspec

from rooms.statement.codec import encode


class Seal(msgspec.Struct, frozen=True):
    """``manifest.json``. The files that are computed (JSON, CSV, SIE) follow from it and
    ``inputs.json``; XLSX and PDF have their hash in ``SHA256SUMS``, which the next one names."""

    number: int  # 1, 2, 3 ... over all months
    version: int  # of the month
    month: str
    previous: str  # SHA-256 of the SHA256SUMS before; "" for the first
    inputs: str  # SHA-256 of inputs.json
    issued: int  # ms
    author: str
    program: str
    libraries: dict[str, str]  # that wrote XLSX and PDF, by name, ascending


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def head_of(seal: Seal) -> str:
    """The chain's head: what a statement prints, so that a chain that was cut short shows."""
    return sha256(encode(seal))
