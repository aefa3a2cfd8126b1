"""The three files of a broker's users: ``passwd`` and ``acl``, which Mosquitto reads, and
``users.txt``, from which people copy passwords into devices."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from rooms.texts import Language, text
from rumskoll.broker.acl import acl_text, rights_in
from rumskoll.broker.passwords import fits, hashed, new_password
from rumskoll.broker.users import Users
from rumskoll.broker.writing import make_folder, replace
from rumskoll.cannot_run import CannotRun

PASSWD: Final = "passwd"  # noqa: S105 - a file's name
ACL: Final = "acl"
PLAIN: Final = "users.txt"


class Changes(NamedTuple):
    """Names of users, in order; ``passwords`` are everybody's, as in users.txt."""

    new: tuple[str, ...]
    renewed: tuple[str, ...]
    changed: tuple[str, ...]  # other rights than before
    gone: tuple[str, ...]  # of those in force before
    kept: tuple[str, ...]  # not in the registry; only their password is kept
    passwords: Mapping[str, str]

    @property
    def any(self) -> bool:
        return bool(self.new or self.renewed or self.changed or self.gone)


def write_users(
    folder: Path,
    users: Users,
    language: Language,
    *,
    renew: Collection[str] = (),
    forget: bool = False,
    group: int | None = None,
) -> Changes:
    """Bring the files up to date. Everybody keeps the password they have, unless it is to be
    renewed; ``forget`` drops the passwords of those who are not among ``users`` any more.

    ``group`` may read what Mosquitto reads. Raises ``CannotRun`` and ``OSError``.
    """
    plain, hashes, rights = _plain(folder, language), _hashes(folder), _rights(folder)
    if hashes and not plain:
        raise CannotRun(text(language, "mqtt_users.no_plain", folder=folder))
    unknown = sorted(set(renew) - set(users))
    if unknown:
        known, names = ", ".join(users), ", ".join(unknown)
        raise CannotRun(text(language, "mqtt_users.unknown", names=names, known=known))
    kept = {} if forget else {name: plain[name] for name in plain if name not in users}
    passwords = {
        name: new_password() if name in renew or name not in plain else plain[name]
        for name in users
    }
    new_rights = rights_in(acl := acl_text(users))
    make_folder(folder, group)
    # first what the others are made from: cut short here, the next run finishes the work
    _put(folder / PLAIN, _listed(passwords, kept, language), 0o600)
    _put(folder / ACL, acl, 0o640, group)
    _put(folder / PASSWD, _passwd(passwords, hashes), 0o640, group)
    return Changes(
        new=tuple(name for name in users if name not in plain),
        renewed=tuple(name for name in users if name in plain and name in renew),
        changed=_names(n for n in rights if n in users and rights[n] != new_rights[n]),
        gone=_names(hashes.keys() - users.keys()),
        kept=_names(kept),
        passwords=passwords,
    )


def _put(path: Path, content: str, mode: int, group: int | None = None) -> None:
    if group is not None or _read(path) != content:
        replace(path, content.encode(), mode, group)


def _names(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(names))


def _passwd(passwords: Mapping[str, str], hashes: Mapping[str, str]) -> str:
    """A hash that still holds stays as it is, so that a file without news is the same file."""
    lines = []
    for name, password in passwords.items():
        kept = hashes.get(name, "")
        lines.append(f"{name}:{kept if fits(password, kept) else hashed(password)}\n")
    return "".join(lines)


def _listed(passwords: Mapping[str, str], kept: Mapping[str, str], language: Language) -> str:
    def lines(some: Mapping[str, str]) -> str:
        return "".join(f"{name} {password}\n" for name, password in some.items())

    def note(key: str) -> str:
        return "".join(f"# {line}\n" for line in text(language, key).splitlines())

    rest = f"\n{note('mqtt_users.kept_note')}{lines(kept)}" if kept else ""
    return f"{note('mqtt_users.plain_note')}\n{lines(passwords)}{rest}"


def _plain(folder: Path, language: Language) -> dict[str, str]:
    """Name -> password of everybody who was ever listed. People may edit the file."""
    found: dict[str, str] = {}
    for number, line in enumerate(_read(folder / PLAIN).splitlines(), 1):
        words = line.split()
        if not words or line.startswith("#"):
            continue
        if len(words) != 2 or words[0] in found:
            where = {"file": folder / PLAIN, "line": number}
            raise CannotRun(text(language, "mqtt_users.bad_line", **where))
        found[words[0]] = words[1]
    return found


def _hashes(folder: Path) -> dict[str, str]:
    lines = _read(folder / PASSWD).splitlines()
    return {name: hash_ for name, _, hash_ in (line.partition(":") for line in lines if line)}


def _rights(folder: Path) -> dict[str, str]:
    return rights_in(_read(folder / ACL))


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8", errors="replace")
    except FileNotFoundError:
        return ""
