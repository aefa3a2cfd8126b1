"""From an alert that is due to the words in which its reader gets it (design 7)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from collector.composing.details import rows
from collector.composing.facts import Fact, gather
from collector.composing.links import Links
from collector.composing.message import Composed, Item, Parts, Tone, render
from collector.composing.names import site_name
from collector.composing.samples import Sample, sample_of
from collector.composing.seen import Seen, look
from collector.composing.sentences import LINE, SUBJECT, sentence
from collector.composing.summary import top
from rooms.alerts.message import Alert, AlertKind, Recipient
from rooms.registry import Registry
from rooms.texts import Language, text
from rooms.texts.plain import plain
from storage.state import ServiceState

_MOST: Final = 50  # faults that are listed one by one


class Composer:
    """``secret`` and ``public_url`` as in ``Links``. Reads ``state``, writes nothing."""

    def __init__(
        self,
        state: ServiceState,
        registry: Callable[[], Registry],
        *,
        secret: str,
        public_url: str,
    ) -> None:
        self._state = state
        self._registry = registry
        self._links = Links(secret, public_url)

    def compose(self, alert: Alert, recipient: Recipient, now: int) -> Composed:
        """What it says is as of ``now`` (ms). A test alert shows what one looks like."""
        if alert.kind == "test":
            return self.sample("opened", alert.site, recipient, now)
        seen = look(self._state, self._registry(), alert.site, now)
        language, facts = recipient.language, gather(seen, alert.entries)
        # of another day's bookings nobody wants to hear
        kind = "faults" if alert.kind == "room_check" and _late(seen, alert) else alert.kind
        parts = self._parts(seen, kind, facts, recipient)
        answer = self._links.answer(alert, recipient, facts, now)
        end = [text(language, "alert.answer_note")] if answer else []
        return render(parts._replace(buttons=[*answer, *parts.buttons], end=[*end, *parts.end]))

    def sample(self, which: Sample, site: str, recipient: Recipient, now: int) -> Composed:
        """One of ``SAMPLES``, marked as a test; ``site`` as in an alert."""
        seen = look(self._state, self._registry(), site, now)
        kind, shown = sample_of(seen, which)
        parts = self._parts(seen, kind, [shown], recipient)
        said = ((parts.subject, SUBJECT), (parts.line, LINE), (parts.heading, LINE))
        subject, line, heading = (
            plain(text(recipient.language, "alert.test", line=one), most) for one, most in said
        )
        notes = [text(recipient.language, "alert.test_note")]
        return render(
            parts._replace(subject=subject, line=line, heading=heading, notes=notes, buttons=[])
        )

    def _parts(
        self, seen: Seen, kind: AlertKind, facts: Sequence[Fact], reader: Recipient
    ) -> Parts:
        language = reader.language
        subject, line = top(seen, kind, facts, language)
        parts = Parts(
            language,
            subject,
            line,
            line,
            _tone(facts[0]) if facts else "info",
            buttons=self._links.board(reader, facts),
            end=[text(language, "alert.why", house=site_name(seen, seen.home.id, language))],
        )
        if len(facts) == 1:
            return parts._replace(rows=rows(seen, facts[0], language))
        more = text(language, "alert.items_more", count=len(facts) - _MOST)
        return parts._replace(
            heading=subject,
            items=[self._item(seen, one, language) for one in facts[:_MOST]],
            more=more if len(facts) > _MOST else "",
        )

    def _item(self, seen: Seen, told: Fact, language: Language) -> Item:
        said = str(sentence(seen, told, language, named=True))
        return Item(said, _tone(told), self._links.fault(told.fault))


def _late(seen: Seen, alert: Alert) -> bool:
    """Does it arrive on a later day than it was meant for?"""
    return alert.due < seen.today(seen.home)[0]


def _tone(told: Fact) -> Tone:
    return "over" if told.how == "over" else told.fault.severity
