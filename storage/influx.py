"""The store in InfluxDB 1.6 to 3.x, held to the subset that all of them serve (design 5)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Final

from rooms.readings import Point
from storage.influx_http import InfluxHttp, PayloadRefused, Series
from storage.influx_query import Query, newest, oldest, page, points
from storage.line_protocol import line
from storage.schema import EXPIRED, MEASUREMENTS, Database, check_filter, expired_before
from storage.store import Refused, StoreMisconfigured

_MAX_LINES: Final = 5_000  # a write
_PAGE: Final = 10_000  # rows of a reply


class InfluxStore:
    """A ``Store`` over HTTP; ``clock`` gives ms, ``retention_s`` is for raw readings.

    Nothing is connected until the first call. ``ca`` names a file with the authority
    that signed the server's certificate, where the system does not know it.
    """

    def __init__(
        self,
        url: str,
        *,
        database: str = "rooms",
        history: str = "rooms_history",
        user: str = "",
        token: str = "",
        ca: str | None = None,
        retention_s: int | None,
        clock: Callable[[], int],
    ) -> None:
        self._http = InfluxHttp(url, user, token, ca, clock)
        self._databases: dict[Database, str] = {"rooms": database, "rooms_history": history}
        self._retention_s = retention_s
        self._clock = clock

    def write(self, points: Sequence[Point]) -> list[Refused]:
        now = self._clock()
        refused: list[Refused] = []
        batches: dict[Database, list[tuple[Point, str]]] = {}
        for point in points:
            try:
                text = line(point)
            except ValueError as error:
                refused.append(Refused(point, str(error)))
                continue
            database = MEASUREMENTS[point.measurement].database
            if point.time < expired_before(database, self._retention_s, now):
                refused.append(Refused(point, EXPIRED))
            else:
                batches.setdefault(database, []).append((point, text))
        for database, batch in batches.items():
            for i in range(0, len(batch), _MAX_LINES):
                refused += self._send(self._databases[database], batch[i : i + _MAX_LINES])
        return refused

    def _send(self, database: str, batch: Sequence[tuple[Point, str]]) -> list[Refused]:
        """Write a batch; of one that is refused, halve until the bad lines stand alone.

        1.x has then written the good lines already, which is harmless: they overwrite.
        """
        try:
            self._http.write(database, "\n".join([text for _, text in batch]).encode())
        except PayloadRefused as error:
            if error.splittable and len(batch) > 1:
                half = len(batch) // 2
                return self._send(database, batch[:half]) + self._send(database, batch[half:])
            return [Refused(point, str(error)) for point, _ in batch]
        return []

    def read(
        self, measurement: str, tags: Mapping[str, Sequence[str]], start: int, stop: int
    ) -> Iterator[Point]:
        check_filter(measurement, tags)
        if not all(tags.values()):
            return iter(())  # a tag that may have none of any values
        return self._pages(measurement, tags, start, stop)

    def _pages(
        self, measurement: str, tags: Mapping[str, Sequence[str]], start: int, stop: int
    ) -> Iterator[Point]:
        """A full page may end amid points of equal time: its last time opens the next page."""
        limit = _PAGE
        while True:
            rows = self._query(measurement, page(measurement, tags, start, stop, limit))
            if len(rows) < limit:
                yield from rows
                return
            last = rows[-1].time
            if last == start:
                limit *= 2  # more series than a page has rows
                continue
            yield from (point for point in rows if point.time < last)
            start, limit = last, _PAGE

    def last(self, measurement: str, tags: Mapping[str, Sequence[str]], before: int) -> list[Point]:
        check_filter(measurement, tags)
        if not all(tags.values()):
            return []
        return self._query(measurement, newest(measurement, tags, before))

    def first(self, measurement: str, tags: Mapping[str, Sequence[str]], after: int) -> list[Point]:
        check_filter(measurement, tags)
        if not all(tags.values()):
            return []
        return self._query(measurement, oldest(measurement, tags, after))

    def _query(self, measurement: str, query: Query) -> list[Point]:
        database = self._databases[MEASUREMENTS[measurement].database]
        replies: list[Series] = self._http.query(database, query.text, query.params)
        # Above 10,000 rows 1.x says "partial" of whole replies too (it puts chunks together).
        if any(series.partial and len(series.values) < _PAGE for series in replies):
            raise StoreMisconfigured.say("influx_cut", url=self._http.url, rows=_PAGE)
        return [point for series in replies for point in points(measurement, series)]

    def check(self) -> None:
        for database in self._databases.values():
            self._http.query(database, 'SELECT "online" FROM "status" LIMIT 1', {})
            # An empty write proves address and rights and leaves nothing. 2.x refuses it,
            # but only after it has looked at database and rights.
            with suppress(PayloadRefused):
                self._http.write(database, b"")

    def close(self) -> None:
        self._http.close()
