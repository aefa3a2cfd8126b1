"""A certificate authority of the house's own, and the broker's certificate (RFC 5280).

As strict as clients are: Python 3.13 and others refuse an authority whose constraints and key
usage are not marked critical, and certificates without key identifiers.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from typing import Final, NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.ec import (
    SECP256R1,
    EllipticCurvePrivateKey,
    generate_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

CA_DAYS: Final = 3653  # ten years: every device must be given its successor by hand
# what browsers and phones accept at the most is 398 days
SERVER_DAYS: Final = 397
_SLOW: Final = timedelta(days=1)  # devices without the right time yet connect all the same


class Pair(NamedTuple):
    certificate: x509.Certificate
    key: EllipticCurvePrivateKey

    @property
    def fit(self) -> bool:
        """Is this the key of this certificate?"""
        return self.certificate.public_key() == self.key.public_key()

    def key_pem(self) -> bytes:
        return self.key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )

    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)


def new_authority(now: datetime) -> Pair:
    key = generate_private_key(SECP256R1())
    # the day tells two authorities apart in a device's list
    name = _name(f"Rumskoll MQTT CA {now:%Y-%m-%d}")
    builder = _builder(name, name, key, now, now + timedelta(days=CA_DAYS))
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    builder = builder.add_extension(_usage(signs_certificates=True), critical=True)
    return Pair(builder.sign(key, hashes.SHA256()), key)


def new_server(authority: Pair, hosts: tuple[str, ...], now: datetime) -> Pair:
    """For names and addresses of ``checked_host``; never longer than the authority itself."""
    key = generate_private_key(SECP256R1())
    until = min(now + timedelta(days=SERVER_DAYS), authority.certificate.not_valid_after_utc)
    builder = _builder(_name(hosts[0]), authority.certificate.subject, key, now, until)
    names = x509.SubjectAlternativeName([_alternative(host) for host in hosts])
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key())
    server = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH])
    builder = builder.add_extension(names, critical=False)
    builder = builder.add_extension(issuer, critical=False)
    builder = builder.add_extension(server, critical=False)
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), True)
    builder = builder.add_extension(_usage(signs_certificates=False), critical=True)
    return Pair(builder.sign(authority.key, hashes.SHA256()), key)


def hosts_of(certificate: x509.Certificate) -> tuple[str, ...]:
    """Raises ``ValueError`` if it names nobody."""
    try:
        found = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName)
    except x509.ExtensionNotFound as error:
        raise ValueError(str(error)) from None
    return tuple(str(name.value) for name in found.value)


def fingerprint(certificate: x509.Certificate) -> str:
    return certificate.fingerprint(hashes.SHA256()).hex(":").upper()


def read_pair(certificate: bytes, key: bytes) -> Pair:
    """From PEM. Raises ``ValueError``."""
    loaded = serialization.load_pem_private_key(key, password=None)
    if not isinstance(loaded, EllipticCurvePrivateKey):
        raise ValueError("not an elliptic curve key")
    return Pair(x509.load_pem_x509_certificate(certificate), loaded)


def utc_now() -> datetime:
    return datetime.now(UTC)


def _builder(
    subject: x509.Name,
    issuer: x509.Name,
    key: EllipticCurvePrivateKey,
    now: datetime,
    until: datetime,
) -> x509.CertificateBuilder:
    public = key.public_key()
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _SLOW)
        .not_valid_after(until)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common[:64])])


def _alternative(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )
