"""A Mosquitto with users, rules and TLS."""

from __future__ import annotations

import socket
import subprocess
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.servers.ports import free_port


class Mosquitto:
    """A Mosquitto with the user ``rum`` (password ``hemligt``), a plain and a TLS port."""

    def __init__(self, folder: Path) -> None:
        self.port, self.tls_port = free_port(), free_port()
        self.ca = _self_signed(folder)
        subprocess.run(
            ["mosquitto_passwd", "-b", "-c", folder / "passwords", "rum", "hemligt"],
            check=True,
            capture_output=True,
        )
        subprocess.run(
            ["mosquitto_passwd", "-b", folder / "passwords", "stum", "hemligt"],
            check=True,
            capture_output=True,
        )
        (folder / "acl").write_text("user rum\ntopic readwrite #\ntopic read $SYS/#\nuser stum\n")
        (folder / "mosquitto.conf").write_text(
            f"per_listener_settings false\nallow_anonymous false\nuser root\n"
            f"password_file {folder}/passwords\nacl_file {folder}/acl\n"
            f"listener {self.port} 127.0.0.1\n"
            f"listener {self.tls_port} 127.0.0.1\n"
            f"certfile {folder}/cert.pem\nkeyfile {folder}/key.pem\n"
        )
        with (folder / "log").open("wb") as log:
            self.process = subprocess.Popen(
                ["/usr/sbin/mosquitto", "-c", folder / "mosquitto.conf"], stdout=log, stderr=log
            )
        deadline = time.monotonic() + 10
        while not self._listens():
            assert self.process.poll() is None, (folder / "log").read_text()
            assert time.monotonic() < deadline
            time.sleep(0.02)

    def _listens(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.tls_port), 1).close()
        except OSError:
            return False
        return True


def _self_signed(folder: Path) -> Path:
    """A certificate for ``localhost``, its own CA."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (folder / "cert.pem").write_bytes(certificate.public_bytes(pem))
    (folder / "key.pem").write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return folder / "cert.pem"
