"""Passwords that stay, hashes that Mosquitto knows, files that are whole and secret."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any

import pytest

from rumskoll.broker import user_files
from rumskoll.broker.passwords import fits, hashed, new_password
from rumskoll.broker.user_files import Changes, write_users
from rumskoll.broker.users import Right, Users
from rumskoll.broker.writing import replace
from rumskoll.cannot_run import CannotRun

# mosquitto_passwd 2.0.11 made this of the password "hemligt", with 101 iterations
FOREIGN = "$7$101$4NYr8MsTY5rPcP1M$"


def users(*names: str, topic: str = "a") -> Users:
    return {name: [Right("write", topic)] for name in ("rumskoll", *names)}


def write(folder: Path, given: Users, **options: object) -> Changes:
    return write_users(folder, given, "en", **options)  # type: ignore[arg-type]


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


# ---- hashes


def test_a_hash_as_mosquitto_writes_it() -> None:
    """Computed by OpenSSL's own command:
    ``openssl kdf -keylen 64 -kdfopt digest:SHA512 -kdfopt pass:hemligt -kdfopt
    hexsalt:000102030405060708090a0b -kdfopt iter:1000 PBKDF2``."""
    kept = (
        "$7$1000$AAECAwQFBgcICQoL$"
        "FE5OO+TzJTm8Wyop9pLd5fSVosOoXr1Yb46M46OCXw6Q0DLjnP/ad+hqt2tMEyl+KjL2DcZ8tU67JOZSiyZQoA=="
    )
    assert fits("hemligt", kept)
    assert not fits("Hemligt", kept)


def test_every_hash_has_its_own_salt() -> None:
    first, second = hashed("hemligt"), hashed("hemligt")
    assert first != second
    assert fits("hemligt", first)
    assert fits("hemligt", second)
    _, tag, iterations, salt, key = first.split("$")
    assert (tag, iterations, len(salt), len(key)) == ("7", "1000", 16, 88)


@pytest.mark.parametrize(
    "kept", ["", "hemligt", "$7$1000$AA", "$7$1000$?$?", "$6$a$b", "$7$x$AAAA$AAAA", FOREIGN]
)
def test_what_is_no_hash_of_ours_fits_nothing(kept: str) -> None:
    assert not fits("hemligt", kept)


def test_passwords_are_long_and_differ() -> None:
    made = {new_password() for _ in range(100)}
    assert len(made) == 100
    assert {len(password) for password in made} == {32}


# ---- the files


def test_the_first_run_makes_everything(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "broker"
    changes = write(folder, users("device.a"))
    assert changes.new == ("rumskoll", "device.a")
    assert (changes.renewed, changes.changed, changes.gone, changes.kept) == ((), (), (), ())
    assert {path.name: mode(path) for path in folder.iterdir()} == {
        "users.txt": 0o600,
        "passwd": 0o640,
        "acl": 0o640,
    }
    assert mode(folder) == 0o700
    listed = [line for line in (folder / "users.txt").read_text().splitlines() if line]
    assert listed[-2:] == [f"{name} {word}" for name, word in changes.passwords.items()]
    for line, (name, password) in zip(
        (folder / "passwd").read_text().splitlines(), changes.passwords.items(), strict=True
    ):
        assert line.startswith(f"{name}:$7$")
        assert password not in line
        assert fits(password, line.partition(":")[2])


def test_a_second_run_changes_no_byte(tmp_path: Path) -> None:
    write(tmp_path, users("device.a", "device.b"))
    before = content(tmp_path)
    changes = write(tmp_path, users("device.a", "device.b"))
    assert not changes.any
    assert content(tmp_path) == before


def test_new_changed_renewed_gone(tmp_path: Path) -> None:
    first = write(tmp_path, users("device.a", "device.b", "device.c"))
    given = {**users("device.a", "device.c"), "device.d": [Right("read", "d")]}
    given["device.a"] = [Right("write", "elsewhere")]
    second = write(tmp_path, given, renew=["device.c"])
    assert second.new == ("device.d",)
    assert second.changed == ("device.a",)
    assert second.renewed == ("device.c",)
    assert second.gone == second.kept == ("device.b",)
    assert second.passwords["device.a"] == first.passwords["device.a"]
    assert second.passwords["device.c"] != first.passwords["device.c"]
    assert "device.b" not in (tmp_path / "passwd").read_text()
    assert "device.b" not in (tmp_path / "acl").read_text()


def test_who_comes_back_has_the_old_password_unless_it_was_forgotten(tmp_path: Path) -> None:
    first = write(tmp_path, users("device.a"))
    write(tmp_path, users())
    back = write(tmp_path, users("device.a"))
    assert back.passwords == first.passwords
    assert (back.gone, back.kept) == ((), ())
    write(tmp_path, users(), forget=True)
    assert "device.a" not in (tmp_path / "users.txt").read_text()
    again = write(tmp_path, users("device.a"))
    assert again.new == ("device.a",)
    assert again.passwords["device.a"] != first.passwords["device.a"]


def test_a_password_that_people_chose_holds(tmp_path: Path) -> None:
    write(tmp_path, users())
    file = tmp_path / "users.txt"
    file.write_text("# mine\n\nrumskoll  valt:$själv \n")
    changes = write(tmp_path, users())
    assert changes.passwords == {"rumskoll": "valt:$själv"}
    assert fits("valt:$själv", (tmp_path / "passwd").read_text().strip().partition(":")[2])


def test_passwd_and_acl_come_back_from_the_plain_list(tmp_path: Path) -> None:
    first = write(tmp_path, users("device.a"))
    (tmp_path / "passwd").unlink()
    (tmp_path / "acl").unlink()
    again = write(tmp_path, users("device.a"))
    assert again.passwords == first.passwords
    assert set(content(tmp_path)) == {"users.txt", "passwd", "acl"}


def test_without_the_plain_list_nothing_is_guessed(tmp_path: Path) -> None:
    write(tmp_path, users("device.a"))
    (tmp_path / "users.txt").unlink()
    before = content(tmp_path)
    with pytest.raises(CannotRun, match=r"users.txt is missing"):
        write(tmp_path, users("device.a"))
    assert content(tmp_path) == before


@pytest.mark.parametrize("line", ["rumskoll", "a b c", "rumskoll x\nrumskoll y"])
def test_a_line_that_cannot_be_read_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "users.txt").write_text(f"# head\n{line}\n")
    with pytest.raises(CannotRun, match=rf"users.txt, line {2 + line.count(chr(10))}: "):
        write(tmp_path, users())


def test_nobody_of_that_name_can_be_renewed(tmp_path: Path) -> None:
    with pytest.raises(CannotRun, match=r"no user device.x. Their names are: rumskoll, device.a"):
        write(tmp_path, users("device.a"), renew=["device.x"])
    assert content(tmp_path) == {}


def test_cut_short_it_is_finished_by_the_next_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, users("device.a"))

    def full_after_the_first(path: Path, *rest: Any) -> None:
        if path.name != "users.txt":
            raise OSError(28, "No space left on device")
        replace(path, *rest)

    with monkeypatch.context() as patched:
        patched.setattr(user_files, "replace", full_after_the_first)
        with pytest.raises(OSError, match="No space"):
            write(tmp_path, users("device.a", "device.b"))
    changes = write(tmp_path, users("device.a", "device.b"))
    listed = dict(line.split(":") for line in (tmp_path / "passwd").read_text().splitlines())
    assert set(listed) == {"rumskoll", "device.a", "device.b"}
    assert fits(changes.passwords["device.b"], listed["device.b"])
    assert not list(tmp_path.glob("*.new"))


# ---- writing


def test_what_is_replaced_keeps_its_group_and_lets_it_read(tmp_path: Path) -> None:
    file = tmp_path / "key"
    replace(file, b"1", 0o600)
    assert mode(file) == 0o600
    replace(file, b"2", 0o600, os.getgid())
    assert mode(file) == 0o640
    replace(file, b"3", 0o600)
    assert (file.read_bytes(), mode(file)) == (b"3", 0o640)
    assert file.stat().st_gid == os.getgid()


def test_others_never_come_to_read_it(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_bytes(b"1")
    file.chmod(0o666)
    replace(file, b"2", 0o600)
    assert mode(file) == 0o640


@pytest.mark.skipif(os.getuid() != 0, reason="only root gives files to other groups")
def test_another_group_stays(tmp_path: Path) -> None:
    write(tmp_path, users(), group=1883)
    assert (mode(tmp_path), tmp_path.stat().st_gid) == (0o750, 1883)
    write(tmp_path, users("device.a"))
    assert {p.name: (p.stat().st_gid, mode(p)) for p in tmp_path.iterdir()} == {
        "users.txt": (os.getgid(), 0o600),
        "passwd": (1883, 0o640),
        "acl": (1883, 0o640),
    }
