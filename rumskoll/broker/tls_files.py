"""``ca.crt``, ``ca.key``, ``server.crt`` and ``server.key`` of the broker's TLS listener."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Final, NamedTuple

from cryptography import x509
from cryptography.exceptions import InvalidSignature

from rooms.registry.mistakes import shown
from rooms.texts import Language, text
from rumskoll.broker.certificates import (
    Pair,
    fingerprint,
    hosts_of,
    new_authority,
    new_server,
    read_pair,
)
from rumskoll.broker.writing import make_folder, replace
from rumskoll.cannot_run import CannotRun

SOON_DAYS: Final = 30  # so long before the end the certificate is made anew, and doctor warns
_OPEN: Final = 0o644
_SECRET: Final = 0o600
_LABEL: Final = r"(?!-)[a-z0-9-]{1,63}(?<!-)"
_HOST: Final = re.compile(rf"{_LABEL}(\.{_LABEL})*")


class Made(NamedTuple):
    """What stands in the folder now."""

    ca: Path
    ca_key: Path
    ca_until: datetime
    ca_fingerprint: str
    ca_new: bool
    hosts: tuple[str, ...]
    until: datetime
    new: bool


class _Files:
    def __init__(self, folder: Path) -> None:
        self.ca, self.ca_key = folder / "ca.crt", folder / "ca.key"
        self.server, self.server_key = folder / "server.crt", folder / "server.key"


def checked_host(host: str, language: Language) -> str:
    """An IP address, or a name in the form that stands in certificates. Raises ``CannotRun``."""
    try:
        return str(ip_address(host))
    except ValueError:
        pass
    try:
        name = host.rstrip(".").encode("idna").decode().lower()
    except UnicodeError:
        name = ""
    if len(name) > 253 or not _HOST.fullmatch(name):
        raise CannotRun(text(language, "mqtt_tls.bad_host", host=shown(host)))
    return name


def write_tls(
    folder: Path,
    hosts: Sequence[str],
    now: datetime,
    language: Language,
    *,
    renew: bool = False,
    group: int | None = None,
) -> Made:
    """See to it that the broker has a certificate for ``hosts`` (none: those it has), made anew
    when it is for others or ends soon.

    ``group`` may read the server's key. Raises ``CannotRun`` and ``OSError``.
    """
    files = _Files(folder)
    before = _server(files)
    wanted = tuple(dict.fromkeys(checked_host(host, language) for host in hosts))
    wanted = wanted or (hosts_of(before.certificate) if before else ())
    if not wanted:
        raise CannotRun(text(language, "mqtt_tls.need_host"))
    make_folder(folder, group)
    fresh = not files.ca.exists() and not files.ca_key.exists()
    if fresh:
        authority = new_authority(now)
        replace(files.ca_key, authority.key_pem(), _SECRET)
        replace(files.ca, authority.pem(), _OPEN)
    elif not files.ca.exists():
        paths = {"ca": files.ca, "key": files.ca_key}
        raise CannotRun(text(language, "mqtt_tls.no_pair", **paths))
    ca = _certificate(files.ca, language)
    good = before is not None and not renew and _good(before, ca, wanted, now)
    if before is None or not good:
        before = new_server(_authority(files, ca, now, language), wanted, now)
        # a key without its certificate is found and mended by the next run
        replace(files.server_key, before.key_pem(), _SECRET, group)
        replace(files.server, before.pem(), _OPEN)
    return Made(
        ca=files.ca,
        ca_key=files.ca_key,
        ca_until=ca.not_valid_after_utc,
        ca_fingerprint=fingerprint(ca),
        ca_new=fresh,
        hosts=wanted,
        until=before.certificate.not_valid_after_utc,
        new=not good,
    )


def _good(server: Pair, ca: x509.Certificate, wanted: Sequence[str], now: datetime) -> bool:
    try:
        server.certificate.verify_directly_issued_by(ca)
    except (ValueError, TypeError, InvalidSignature):
        return False
    lasts = server.certificate.not_valid_after_utc - now > timedelta(days=SOON_DAYS)
    return lasts and set(hosts_of(server.certificate)) == set(wanted)


def _server(files: _Files) -> Pair | None:
    """What the broker has; nothing if it is not whole: that is made anew."""
    try:
        pair = read_pair(files.server.read_bytes(), files.server_key.read_bytes())
        hosts_of(pair.certificate)
    except (FileNotFoundError, ValueError):
        return None
    return pair if pair.fit else None


def _certificate(path: Path, language: Language) -> x509.Certificate:
    try:
        return x509.load_pem_x509_certificate(path.read_bytes())
    except ValueError:
        raise CannotRun(text(language, "mqtt_tls.unreadable", file=path)) from None


def _authority(files: _Files, ca: x509.Certificate, now: datetime, language: Language) -> Pair:
    """The authority, with which it can be signed."""
    paths = {"ca": files.ca, "key": files.ca_key}
    if ca.not_valid_after_utc <= now:
        until = f"{ca.not_valid_after_utc:%Y-%m-%d}"
        raise CannotRun(text(language, "mqtt_tls.ca_expired", until=until, **paths))
    try:
        pair = read_pair(files.ca.read_bytes(), files.ca_key.read_bytes())
    except FileNotFoundError:
        raise CannotRun(text(language, "mqtt_tls.no_key", **paths)) from None
    except ValueError:
        raise CannotRun(text(language, "mqtt_tls.unreadable", file=files.ca_key)) from None
    if not pair.fit:
        raise CannotRun(text(language, "mqtt_tls.no_pair", **paths))
    return pair
