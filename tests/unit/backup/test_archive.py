"""An archive is there whole or not at all, and a damaged one is never believed."""

from __future__ import annotations

import errno
import io
import os
import random
import tarfile
from pathlib import Path
from typing import Any

import pytest

from rumskoll.backup import archive, files
from rumskoll.backup.archive import Writer, opened, writing
from rumskoll.backup.manifest import BackupError, Manifest, is_safe, kind_of, name_of
from tests.unit.backup.lively import NOW, Lively
from tests.unit.backup.test_restore import back_up, silently

CONTENT = {"config/rooms.yaml": b"id: a\n", "data/event.key": b"x" * 3000, "series/a/b.lp.gz": b"y"}


def close(writer: Writer, **more: Any) -> None:
    given: dict[str, Any] = {"format": 1, "kind": "full", "program": "p", "time": NOW}
    writer.close(Manifest(**given | {"schemas": {}, "points": {}} | more, members=writer.members))


@pytest.fixture
def small(tmp_path: Path) -> Path:
    with writing(tmp_path, "rumskoll-20261103T120000Z.tar") as writer:
        for name, content in CONTENT.items():
            writer.add_bytes(name, content)
        close(writer)
    return tmp_path / "rumskoll-20261103T120000Z.tar"


def read(file: Path) -> dict[str, bytes]:
    with opened(file) as found:
        found.verify(silently)
        return {one.name: found.open(one.name).read() for one in found.manifest.members}


def test_what_is_written_is_read(small: Path) -> None:
    assert read(small) == CONTENT
    assert small.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in small.parent.iterdir()] == [small.name]


def test_cut_short_anywhere(small: Path) -> None:
    whole = small.read_bytes()
    end = len(whole.rstrip(b"\0"))  # tar fills up with zeros
    for length in [*range(0, end, 257), end - 1]:
        small.write_bytes(whole[:length])
        with pytest.raises(BackupError):
            read(small)


def test_a_flipped_byte_is_found_or_plays_no_part(small: Path) -> None:
    whole = small.read_bytes()
    found = 0
    chance = random.Random(3)
    for at in chance.sample(range(len(whole.rstrip(b"\0"))), 400):
        flipped = bytearray(whole)
        flipped[at] ^= 1 << chance.randrange(8)
        small.write_bytes(flipped)
        try:
            assert read(small) == CONTENT  # between the members there is padding
        except BackupError:
            found += 1
    assert found > 200


def test_the_damaged_member_is_named(small: Path) -> None:
    whole = small.read_bytes()
    small.write_bytes(whole.replace(b"id: a\n", b"id: b\n"))
    with pytest.raises(BackupError, match=r"config/rooms\.yaml is not as it was written"):
        read(small)


def strange(*infos: tuple[str, bytes, bytes]) -> bytes:
    """A tar with members as given: name, type, content."""
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w") as tar:
        for name, kind, content in infos:
            info = tarfile.TarInfo(name)
            info.type, info.size, info.linkname = kind, len(content), "/etc/passwd"
            tar.addfile(info, io.BytesIO(content))
    return raw.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no archive at all",
        strange(),
        strange(("config/rooms.yaml", tarfile.REGTYPE, b"a")),
        strange(("config/rooms.yaml", tarfile.SYMTYPE, b"")),
        strange(("config/rooms.yaml", tarfile.LNKTYPE, b"")),
        strange(("data/fifo", tarfile.FIFOTYPE, b"")),
        strange(("a", tarfile.REGTYPE, b"1"), ("a", tarfile.REGTYPE, b"2")),
        strange(
            ("manifest.json", tarfile.REGTYPE, b"{}"), ("manifest.sha256", tarfile.REGTYPE, b"x")
        ),
    ],
)
def test_what_is_no_backup(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "x.tar"
    file.write_bytes(content)
    with pytest.raises(BackupError):
        read(file)


@pytest.mark.parametrize(
    "name",
    [
        "../x",
        "/etc/x",
        "config/../../x",
        "config/./x",
        "config//x",
        "x",
        "data\\x",
        "data/a\nb",
        "",
    ],
)
def test_no_name_leads_out(tmp_path: Path, name: str) -> None:
    assert not is_safe(name)
    with writing(tmp_path, "x.tar") as writer:
        writer.add_bytes(name or "config", b"a")
        close(writer)
    with pytest.raises(BackupError, match="damaged"):
        read(tmp_path / "x.tar")


def test_a_newer_form_is_refused(tmp_path: Path) -> None:
    with writing(tmp_path, "x.tar") as writer:
        close(writer, format=2)
    with pytest.raises(BackupError, match="newer version"):
        read(tmp_path / "x.tar")


def test_the_second_place_is_full(
    house: Lively, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(files, "add", full)
    with pytest.raises(BackupError, match=r"cannot be written in .*away: No space left"):
        back_up(house, tmp_path / "away")
    assert [*(tmp_path / "away").iterdir()] == []
    assert not [*house.settings.data.glob(".backup-*")]


def test_the_second_place_is_away(house: Lively, tmp_path: Path) -> None:
    (tmp_path / "away").write_text("a file")
    with pytest.raises(BackupError, match="cannot be written in"):
        back_up(house, tmp_path / "away")


def test_a_file_that_cannot_be_read_is_named(house: Lively, tmp_path: Path) -> None:
    assert house.settings.contacts is not None
    house.settings.contacts.unlink()
    with pytest.raises(OSError, match=r"contacts\.yaml"):
        back_up(house, tmp_path / "away")
    assert [*(tmp_path / "away").iterdir()] == []


def test_what_was_killed_long_ago_is_swept_away(small: Path) -> None:
    old, new = small.parent / ".rumskoll-1.part", small.parent / ".rumskoll-2.part"
    for path in (old, new):
        path.touch()
    os.utime(old, (0, 0))
    folder = small.parent / ".rumskoll-3.part"
    folder.mkdir()
    (folder / "plain").touch()
    os.utime(folder, (0, 0))
    archive.sweep(small.parent, ".rumskoll-*.part")
    assert [path.exists() for path in (old, new, folder, small)] == [False, True, False, True]


def test_names() -> None:
    assert name_of("full", NOW) == "rumskoll-20261103T120000Z.tar"
    assert [kind_of(name_of(kind, NOW)) for kind in ("full", "light")] == ["full", "light"]
    assert kind_of("rumskoll-latest.tar") is None
