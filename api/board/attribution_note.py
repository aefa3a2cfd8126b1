"""Says on the front page when too little of the used time is anybody's (metrics.md 3).

A weak calendar is to be seen on day one, not at the month's end.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from api.board.numbers import covered
from api.board.whose import weak
from api.parts import Parts
from api.usage.period import period_asked
from api.usage.report import partner_utilisation
from rooms.figures import Ratio
from rooms.registry import Site
from rooms.texts import Language, text
from rooms.texts.times import moment
from storage.store import StoreError

DAYS: Final = 28
_KEEP_MS: Final = 600_000  # the front page is asked for often, and this changes slowly
_RUNNING: Final = 24  # hours of a room that may always be waiting to settle


class AttributionNote:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._shares: dict[str, tuple[int, Ratio | None]] = {}  # site -> (when, share of time)

    def of(self, site: Site, language: Language) -> list[str]:
        """Sentences for who looks after the site; none when all is well."""
        if not site.partners:
            return []
        notes = []
        share = self._share(site, language)
        if share is not None and weak(share):
            notes.append(text(language, "use.note.share", share=covered(share), days=DAYS))
        if failing := self._failing(site, language):
            notes.append(text(language, "use.note.feeds", rooms=", ".join(failing)))
        return notes

    def _failing(self, site: Site, language: Language) -> list[str]:
        feeds = self._parts.state.claims.feeds()
        return [
            room.name.in_(language)
            for room in site.rooms
            if room.id in feeds and feeds[room.id].error is not None
        ]

    def _share(self, site: Site, language: Language) -> Ratio | None:
        """Of the used time, how much is some partner's; ``None`` where that cannot be told."""
        now = self._parts.clock()
        at, share = self._shares.get(site.id, (0, None))
        if not 0 <= now - at < _KEEP_MS:
            share = self._read(site, now, language)
            if share is not None:
                self._shares[site.id] = (now, share)
        return share

    def _read(self, site: Site, now: int, language: Language) -> Ratio | None:
        zone = self._parts.registry().zone(site.id)
        first = moment(now, zone).date() - timedelta(days=DAYS - 1)
        period = period_asked(first.isoformat(), None, now, zone, language, "partner")
        try:
            found = partner_utilisation(self._parts, site, period, language)
        except StoreError:
            return None  # said elsewhere; the rooms are to be seen all the same
        if found.pending_hours > _RUNNING * len(site.rooms):
            return None  # history or a calendar has just come in: too early to judge
        return Ratio(found.attributed_time.numerator, found.attributed_time.denominator)
