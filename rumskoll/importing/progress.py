"""How far an import has come, kept in the data folder, so that it can be taken up again."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Final, Self

from rooms.units import DAY_MS
from rumskoll.importing.reach import RoomDay

_FOLDER: Final = "import"


def key_of(*parts: str) -> str:
    """The same for the same file, map, registry and options, and for nothing else."""
    return sha256("\0".join(parts).encode()).hexdigest()[:16]


@dataclass(slots=True)
class Begun:
    """An import under way: when it began (ms), how many of its rows have been written, and
    which old days it computes, for they had no numbers before it."""

    file: Path
    now: int
    rows: int = 0
    ours: set[RoomDay] = field(default_factory=set)

    @classmethod
    def of(cls, folder: Path, key: str, now: int) -> Self:
        """Where an earlier run stopped. After a day readings may have expired that were still
        to be written: it begins anew then, which changes nothing of what is there."""
        file = folder / _FOLDER / f"{key}.json"
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            told = json.loads(file.read_text("utf-8"))
        except (FileNotFoundError, ValueError):  # ValueError: the power failed while it was written
            told = None
        if told is not None and 0 <= now - told["now"] < DAY_MS:
            ours = {(room, date.fromisoformat(day)) for room, day in told["ours"]}
            return cls(file, told["now"], told["rows"], ours)
        begun = cls(file, now)
        begun.remove()
        return begun

    @property
    def readings(self) -> Path:
        """A store of its own for what the real one would not keep."""
        return self.file.with_suffix(".db")

    def save(self) -> None:
        ours = sorted([room, day.isoformat()] for room, day in self.ours)
        body = {"now": self.now, "rows": self.rows, "ours": ours}
        part = self.file.with_suffix(".part")
        part.write_text(json.dumps(body), "utf-8")
        part.replace(self.file)

    def remove(self) -> None:
        """All of it, the readings with it."""
        for file in self.file.parent.glob(f"{self.file.stem}.*"):
            file.unlink()
