"""From a row to points: the JSON object of a ``mapped_json`` message, decoded, placed in time
and stripped of what tells of people in private rooms, as a message is that comes in live."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import Final, NamedTuple

import msgspec

from collector.decoders.mapped_json import MappedJsonDecoder
from collector.known import Known, public
from rooms.fold import Duplicates
from rooms.readings import Decoded, DecodeError, Point
from rooms.registry import Registry
from rooms.registry.mapping import check_field
from rumskoll.importing.cells import NOTHING, Clock, Numbers, Refusal, value_of
from rumskoll.importing.csv_rows import Row
from rumskoll.importing.map import ImportMap

STORED: Final = "stored"
DUPLICATE: Final = "duplicate"
EMPTY: Final = "empty"
PRIVATE: Final = "private"
REFUSED: Final = "refused"

_COPIES_WITHIN: Final = 1024  # rows of one device
_encode = msgspec.json.Encoder().encode


class Fate(NamedTuple):
    """What becomes of a row; ``reason``, ``column`` and ``value`` where it is refused."""

    outcome: str
    device: str = ""
    points: Sequence[Point] = ()
    reason: str = ""
    column: str = ""
    value: str = ""


class Rows:
    """Takes a file's rows in their order: the hour that comes twice is told apart by it.

    Like a message, a row that repeats another's time and fields is a duplicate, if it is one
    of the device's next 1,024; what comes later overwrites the same with the same.
    """

    def __init__(self, given: ImportMap, registry: Registry, header: Sequence[str], now: int):
        self._map = given
        self._known = Known.of(registry)
        self._now = now
        self._decoder = MappedJsonDecoder(given.mapping())
        self._duplicates = Duplicates(_COPIES_WITHIN)
        self._clocks: dict[str, Clock] = {}
        self._zone = given.zone(registry)
        self._width = len(header)
        self._time = [header.index(name) for name in given.time.columns]
        self._address = None if given.address is None else header.index(given.address)
        self._fields = [
            (header.index(c.column), c, check_field(c.field).field, Numbers(given.decimal))
            for c in given.fields
        ]

    @property
    def repeated(self) -> int:
        """Rows in an hour that comes twice, placed by their order."""
        return sum(clock.repeated for clock in self._clocks.values())

    def mixed(self) -> tuple[str, tuple[int, str], tuple[int, str]] | None:
        """A column with both decimal marks, and line and cell of each one's first."""
        for _, column, _, numbers in self._fields:
            if len(numbers.marks) > 1:
                first, second = sorted(numbers.marks.values())
                return column.column, first, second
        return None

    def take(self, row: Row) -> Fate:
        device = ""
        hidden = False
        try:
            if len(row.cells) != self._width:
                raise Refusal("cells", value=str(len(row.cells)))
            device = self._device(row)
            hidden = device in self._known.ever_private
            at = self._at(device, row)
            return self._points(device, at, row)
        except Refusal as refusal:
            # what was said of a private room is not repeated, as in the quarantine
            value = "" if hidden else refusal.value
            return Fate(REFUSED, device, (), refusal.reason, refusal.column, value)

    def _device(self, row: Row) -> str:
        if self._map.device is not None:
            return self._map.device
        assert self._address is not None
        assert self._map.source is not None
        assert self._map.address is not None
        address, registry = row.cells[self._address].strip(), self._known.registry
        entry = registry.by_address(self._map.source, registry.normalise(self._map.source, address))
        if entry is None:
            raise Refusal("unknown_device", self._map.address, address)
        return entry.device.id

    def _at(self, device: str, row: Row) -> int:
        clock = self._clocks.get(device)
        if clock is None:
            clock = self._clocks[device] = Clock(self._zone)
        column = self._map.time.columns[0]
        try:
            cell = " ".join(row.cells[n].strip() for n in self._time)
            at = clock.read(self._map, cell, self._now)
        except Refusal as refusal:
            raise Refusal(refusal.reason, column, refusal.value) from None
        if self._known.registry.room_of(device, at) is None:
            raise Refusal("nowhere", column, cell)
        return at

    def _points(self, device: str, at: int, row: Row) -> Fate:
        message = {"address": device, "time": at}
        for n, (place, column, field, numbers) in enumerate(self._fields):
            cell = row.cells[place].strip()
            if cell.lower() in NOTHING and (column.values is None or cell not in column.values):
                continue
            if column.values is None:
                message[f"c{n}"] = value_of(field, cell, numbers, row.line, column.column)
            else:
                message[f"c{n}"] = cell
        decoded = self._decode(_encode(message), row)
        if decoded.ignored is not None:
            return Fate(EMPTY, device)
        key = blake2b(_encode(message), digest_size=12).hexdigest()
        if self._duplicates.is_copy(device, key):
            return Fate(DUPLICATE, device)
        self._duplicates.note(device, key)
        return self._kept(device, at, decoded)

    def _decode(self, payload: bytes, row: Row) -> Decoded:
        try:
            return self._decoder.decode("import", payload)
        except DecodeError as error:
            # which one it was stands at the beginning of what the decoder says
            for place, column, _, _ in self._fields:
                if error.detail.startswith(f"{column.field} "):
                    cell = row.cells[place].strip()
                    raise Refusal(error.reason, column.column, cell) from None
            raise Refusal("too_large") from None  # nothing else can be wrong with the whole

    def _kept(self, device: str, at: int, decoded: Decoded) -> Fate:
        known = self._known
        hides = known.hides_people(device, at)
        points = []
        for partial in decoded.partials:
            fields = public(partial) if hides else partial.fields
            if fields:
                time = known.blurred(device, at) if partial.kind == "health" else at
                points.append(Point(partial.kind, known.tags[device], time, fields))
        return Fate(STORED, device, points) if points else Fate(PRIVATE, device)
