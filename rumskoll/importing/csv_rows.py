"""The rows of a CSV file, one at a time, with the lines on which they stand."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable, Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

from rumskoll.importing.map import DELIMITERS, ImportMap

LONGEST_LINE: Final = 1_000_000  # bytes; a file of one endless line is no table

Progress = Callable[[int], None]  # bytes read since it was told last


def in_silence(_bytes: int) -> None:
    pass


class Unusable(Exception):
    """The file as a whole cannot be used; the text ``key`` filled with ``values`` says why."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key, self.values = key, values


class Row(NamedTuple):
    line: int  # the first of those that it covers, from 1
    cells: Sequence[str]


class CsvFile:
    """Reads ``path`` as the map says; ``digest`` is that of what has been read."""

    def __init__(self, path: Path, given: ImportMap, progress: Progress = in_silence) -> None:
        self._path = path
        self._map = given
        self._progress = progress
        self._hash = hashlib.sha256()
        self.header: Sequence[str] = ()

    @property
    def digest(self) -> str:
        return self._hash.hexdigest()

    def rows(self) -> Iterator[Row]:
        """Raises ``Unusable`` (a mapped column is not there, another encoding, broken quotes)
        and ``OSError``. Lines without anything in them are no rows."""
        with self._path.open("rb") as file:
            delimiter = DELIMITERS[self._map.delimiter]
            reader = csv.reader(self._lines(file), delimiter=delimiter, strict=True)
            try:
                self.header = [name.strip() for name in next(reader, [])]
                for name in self._map.names:
                    self._check(name)
                before = reader.line_num
                for cells in reader:
                    if any(cell.strip() for cell in cells):
                        yield Row(before + 1, cells)
                    before = reader.line_num
            except csv.Error as error:
                values = {"line": reader.line_num, "reason": error}
                raise Unusable("import.not_csv", file=self._path, **values) from None

    def _check(self, name: str) -> None:
        if name not in self.header:
            near = get_close_matches(name, self.header, n=1)
            known = ", ".join(f'"{column}"' for column in (near or self.header))[:500]
            raise Unusable("import.no_column", file=self._path, name=name, known=known or "-")
        if self.header.count(name) > 1:
            raise Unusable("import.column_twice", file=self._path, name=name)

    def _lines(self, file: BinaryIO) -> Iterator[str]:
        """Decoded one by one, so that a wrong encoding is told with its line."""
        # a byte order mark is no part of the first column's name
        encoding = "utf-8" if self._map.encoding == "utf-8-sig" else self._map.encoding
        number = 0
        while line := file.readline(LONGEST_LINE):
            number += 1
            self._hash.update(line)
            self._progress(len(line))
            if len(line) == LONGEST_LINE:
                raise Unusable("import.long_line", file=self._path, line=number)
            if number == 1:
                line = line.removeprefix(b"\xef\xbb\xbf")
            try:
                yield line.decode(encoding)
            except UnicodeDecodeError:
                values = {"line": number, "encoding": encoding}
                raise Unusable("import.encoding", file=self._path, **values) from None
