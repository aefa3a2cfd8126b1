"""TLS towards equipment: verified as on the web, or against the one certificate that is pinned.

Equipment often has a certificate that it signed itself, with any name and date in it. Its
SHA-256 in rooms.yaml then says which one it must be; nothing else about it counts.
"""

from __future__ import annotations

import hashlib
import hmac
import ssl

CertificateRefused = ssl.SSLCertVerificationError


class _PinnedSocket(ssl.SSLSocket):
    """Compares before the handshake returns: nothing has been sent by then."""

    def do_handshake(self, block: bool = False) -> None:
        super().do_handshake(block)
        _compare(self)


class _PinnedObject(ssl.SSLObject):
    """The same for asyncio, which brings the bytes itself."""

    def do_handshake(self) -> None:
        super().do_handshake()
        _compare(self)


class _PinnedContext(ssl.SSLContext):
    sslsocket_class = _PinnedSocket
    sslobject_class = _PinnedObject
    fingerprint = ""


def _compare(link: ssl.SSLSocket | ssl.SSLObject) -> None:
    shown = link.getpeercert(binary_form=True) or b""
    expected = link.context.fingerprint if isinstance(link.context, _PinnedContext) else ""
    if not hmac.compare_digest(hashlib.sha256(shown).hexdigest(), expected):
        raise ssl.SSLCertVerificationError(
            f"it shows another certificate: SHA-256 {fingerprint(shown)}"
        )


def context(certificate: str | None) -> ssl.SSLContext:
    """For a connection to one device; ``certificate`` is the SHA-256 of its own, if pinned."""
    if certificate is None:
        return ssl.create_default_context()
    pinned = _PinnedContext(ssl.PROTOCOL_TLS_CLIENT)
    pinned.check_hostname = False
    pinned.verify_mode = ssl.CERT_NONE  # the socket does it, more strictly
    pinned.fingerprint = certificate.replace(":", "").lower()
    return pinned


def fingerprint(certificate: bytes) -> str:
    """Of a certificate in DER form, as it stands in rooms.yaml."""
    return hashlib.sha256(certificate).digest().hex(":").upper()
