"""rooms.yaml files on disk: read one or a folder of them, and notice when they change."""

from __future__ import annotations

from pathlib import Path

from rooms.registry import Registry
from rooms.registry.document import MAX_CHARACTERS
from rooms.registry.mistakes import Mistake, RegistryError
from rooms.registry.models import Site
from rooms.registry.parse import Parsed, build_registry, parse_site_file

_NOT_SITES = {"contacts.yaml"}  # may lie in the same folder
Files = dict[str, bytes]


def read_registry(path: Path) -> Registry:
    """The registry of one file, or of every ``*.yaml`` in a folder. Raises ``RegistryError``."""
    return _parse(read_files(path))


def read_files(path: Path) -> Files:
    """Name as shown to people -> content. Raises ``RegistryError`` for what cannot be read."""
    if not path.is_dir():
        return {str(path): read_file(path, "RUMSKOLL_ROOMS")}
    found = sorted(p for p in path.glob("*.yaml") if p.name not in _NOT_SITES and p.is_file())
    if not found:
        raise _unusable(path, "folder_empty")
    return {str(p): read_file(p, "RUMSKOLL_ROOMS") for p in found}


def read_file(path: Path, variable: str) -> bytes:
    """``variable`` is the setting that names the path. Raises ``RegistryError``."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise _unusable(path, "file_missing", variable=variable) from None
    except OSError as error:
        raise _unusable(path, "unreadable", message=error.strerror or str(error)) from None


def decode(name: str, content: bytes) -> str:
    """UTF-8, with or without a byte order mark. Raises ``RegistryError`` naming the line."""
    if len(content) > 4 * MAX_CHARACTERS:
        raise RegistryError([Mistake(name, 0, 0, "", "too_large", {"limit": "1 MB"})])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise RegistryError([Mistake(name, line, 1, "", "not_utf8")]) from None


def _unusable(path: Path, key: str, **values: object) -> RegistryError:
    return RegistryError([Mistake(str(path), 0, 0, "", key, values)])


def _parse(files: Files) -> Registry:
    """Every file's mistakes at once."""
    sites: list[Parsed[Site]] = []
    mistakes: list[Mistake] = []
    for name, content in files.items():
        try:
            sites.append(parse_site_file(decode(name, content), name))
        except RegistryError as error:
            mistakes += error.mistakes
    if mistakes:
        raise RegistryError(mistakes)
    return build_registry([s.value for s in sites], [s.document for s in sites])


class RegistryWatch:
    """The registry in force. A broken new file keeps the old one (design 2).

    ``error`` is what is wrong with the files now, ``None`` while they are fine.
    Raises ``RegistryError`` if they are broken from the start.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen: Files | None = read_files(path)
        self._in_force = self._seen
        self.current = _parse(self._seen)
        self.error: RegistryError | None = None

    def poll(self) -> Registry | None:
        """Look at the files, on SIGHUP or every few seconds; a new registry if they changed.

        Compares whole contents: they are small, and sizes and times can deceive.
        """
        try:
            files = read_files(self._path)
        except RegistryError as error:
            self._seen, self.error = None, error
            return None
        if files == self._seen:
            return None
        self._seen = files
        try:
            registry = _parse(files)
        except RegistryError as error:
            self.error = error
            return None
        self.error = None
        if files == self._in_force:  # mended by taking the change back
            return None
        self.current, self._in_force = registry, files
        return registry
