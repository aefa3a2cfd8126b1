"""The authority and the broker's certificate: made once, made anew when they must be."""

from __future__ import annotations

import stat
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from rumskoll.broker.tls_files import Made, checked_host, write_tls
from rumskoll.cannot_run import CannotRun

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
HOSTS = ("rum.example", "192.0.2.7")


def write(folder: Path, *hosts: str, now: datetime = NOW, renew: bool = False) -> Made:
    return write_tls(folder, hosts, now, "en", renew=renew)


def certificate(file: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate(file.read_bytes())


def trusted(folder: Path, host: str, at: datetime) -> bool:
    """By the rules of the CA/Browser Forum, as ``cryptography`` holds to them."""
    name = x509.IPAddress(ip_address(host)) if host[0].isdigit() else x509.DNSName(host)
    builder = PolicyBuilder().store(Store([certificate(folder / "ca.crt")])).time(at)
    try:
        builder.build_server_verifier(name).verify(certificate(folder / "server.crt"), [])
    except VerificationError:
        return False
    return True


def test_the_first_run(tmp_path: Path) -> None:
    folder = tmp_path / "broker" / "tls"
    made = write(folder, *HOSTS)
    assert (made.ca_new, made.new, made.hosts) == (True, True, HOSTS)
    assert made.until == NOW + timedelta(days=397)
    assert made.ca_until == NOW + timedelta(days=3653)
    assert {p.name: stat.S_IMODE(p.stat().st_mode) for p in folder.iterdir()} == {
        "ca.crt": 0o644,
        "ca.key": 0o600,
        "server.crt": 0o644,
        "server.key": 0o600,
    }
    for host in HOSTS:
        assert trusted(folder, host, NOW)
        assert trusted(folder, host, NOW - timedelta(hours=23))  # a clock that is slow
        assert trusted(folder, host, made.until - timedelta(seconds=1))
        assert not trusted(folder, host, made.until + timedelta(seconds=1))
    assert not trusted(folder, "other.example", NOW)
    assert not trusted(folder, "192.0.2.8", NOW)
    assert made.ca_fingerprint.count(":") == 31


def test_a_second_run_changes_no_byte(tmp_path: Path) -> None:
    first = write(tmp_path, *HOSTS)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    for hosts in ((), HOSTS, HOSTS[::-1], ("RUM.example.", *HOSTS)):
        again = write(tmp_path, *hosts)
        assert (again.ca_new, again.new, again.until) == (False, False, first.until)
    (tmp_path / "ca.key").rename(tmp_path / "elsewhere")  # in a safe: not needed until then
    assert not write(tmp_path).new
    (tmp_path / "elsewhere").rename(tmp_path / "ca.key")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_new_one_when_it_must_be(tmp_path: Path) -> None:
    first = write(tmp_path, *HOSTS)
    ca = (tmp_path / "ca.crt").read_bytes()
    assert not write(tmp_path, now=first.until - timedelta(days=30, seconds=1)).new
    soon = write(tmp_path, now=first.until - timedelta(days=30))
    assert (soon.new, soon.hosts) == (True, HOSTS)
    assert write(tmp_path, renew=True).new
    other = write(tmp_path, "rum2.example")
    assert (other.new, other.ca_new, other.hosts) == (True, False, ("rum2.example",))
    assert trusted(tmp_path, "rum2.example", NOW)
    assert not trusted(tmp_path, "rum.example", NOW)
    assert (tmp_path / "ca.crt").read_bytes() == ca


@pytest.mark.parametrize("file", ["server.crt", "server.key"])
@pytest.mark.parametrize("content", [None, b"", b"-----BEGIN", "other"])
def test_a_pair_that_is_not_whole_is_made_anew(
    tmp_path: Path, file: str, content: bytes | str | None
) -> None:
    """Cut short between its two files, for one."""
    folder = tmp_path / "one"
    write(folder, *HOSTS)
    path = folder / file
    if content == "other":
        write(tmp_path / "two", *HOSTS)
        path.write_bytes((tmp_path / "two" / file).read_bytes())
    elif isinstance(content, bytes):
        path.write_bytes(content)
    else:
        path.unlink()
    with pytest.raises(CannotRun, match="Give with --host"):
        write(folder)
    made = write(folder, *HOSTS)
    assert (made.new, made.ca_new) == (True, False)
    assert trusted(folder, "rum.example", NOW)


def test_a_certificate_of_another_authority_is_made_anew(tmp_path: Path) -> None:
    write(tmp_path / "one", *HOSTS)
    write(tmp_path / "two", *HOSTS)
    for name in ("server.crt", "server.key"):
        (tmp_path / "one" / name).write_bytes((tmp_path / "two" / name).read_bytes())
    assert write(tmp_path / "one").new
    assert trusted(tmp_path / "one", "rum.example", NOW)


def test_it_never_outlives_its_authority(tmp_path: Path) -> None:
    first = write(tmp_path, *HOSTS)
    late = first.ca_until - timedelta(days=100)
    assert write(tmp_path, now=late).until == first.ca_until
    with pytest.raises(CannotRun, match=r"expired on 2036-11-24\. Remove .*ca.crt and .*ca.key"):
        write(tmp_path, now=first.ca_until)


def test_what_the_authority_lacks_is_told(tmp_path: Path) -> None:
    write(tmp_path / "one", *HOSTS)
    write(tmp_path / "two", *HOSTS)
    one, two = tmp_path / "one", tmp_path / "two"
    key, ca = (one / "ca.key").read_bytes(), (one / "ca.crt").read_bytes()
    (one / "ca.key").write_bytes((two / "ca.key").read_bytes())
    with pytest.raises(CannotRun, match="does not belong to"):
        write(one, renew=True)
    for junk in (b"", b"junk", rsa_key()):
        (one / "ca.key").write_bytes(junk)
        with pytest.raises(CannotRun, match=r"ca.key is no certificate or key"):
            write(one, renew=True)
    (one / "ca.key").unlink()
    with pytest.raises(CannotRun, match=r"ca.key is missing"):
        write(one, renew=True)
    (one / "ca.key").write_bytes(key)
    (one / "ca.crt").write_bytes(b"junk")
    with pytest.raises(CannotRun, match=r"ca.crt is no certificate or key"):
        write(one, renew=True)
    (one / "ca.crt").unlink()
    with pytest.raises(CannotRun, match="does not belong to"):
        write(one, renew=True)
    (one / "ca.crt").write_bytes(ca)
    assert write(one, renew=True).new


def rsa_key() -> bytes:
    return rsa.generate_private_key(65537, 2048).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Rum.Example.", "rum.example"),
        ("localhost", "localhost"),
        ("räksmörgås.se", "xn--rksmrgs-5wao1o.se"),
        ("192.0.2.7", "192.0.2.7"),
        ("2001:DB8:0:0::1", "2001:db8::1"),
        ("a" * 63 + ".x", "a" * 63 + ".x"),
    ],
)
def test_hosts(given: str, kept: str) -> None:
    assert checked_host(given, "en") == kept


@pytest.mark.parametrize(
    "host",
    [
        *("", ".", "mqtts://rum", "rum:8883", "[::1]", "a b", "-a", "a-.b", "a..b", "*.example"),
        *("a_b", "x" * 64, ".".join(["a" * 60] * 5), "rum\n"),
    ],
)
def test_what_is_no_host(host: str) -> None:
    with pytest.raises(CannotRun, match="is neither a host name nor an IP address"):
        checked_host(host, "en")


def test_nothing_is_made_for_no_host(tmp_path: Path) -> None:
    with pytest.raises(CannotRun, match="Give with --host"):
        write(tmp_path / "tls")
    assert not (tmp_path / "tls").exists()
