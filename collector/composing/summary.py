"""What stands at the top of a message: of one fault all of it, of several how many and where."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from collector.composing.facts import Fact
from collector.composing.names import where
from collector.composing.seen import Seen
from collector.composing.sentences import LINE, SUBJECT, sentence
from rooms.alerts.message import AlertKind
from rooms.texts import Language, text
from rooms.texts.plain import plain
from rooms.texts.times import clock

_PLACES: Final = 3  # named in one breath
_SAID: Final = 20  # sentences, of which the line has no room for more


class Top(NamedTuple):
    subject: str
    line: str


def top(seen: Seen, kind: AlertKind, facts: Sequence[Fact], language: Language) -> Top:
    if not facts:
        gone = text(language, "alert.gone") + "."
        return Top(gone, gone)
    heading = {"digest": "alert.digest", "room_check": "alert.check"}.get(kind)
    if len(facts) == 1:
        said = sentence(seen, facts[0], language)
        line, subject = str(said), said.subject
    else:
        if kind == "room_check":
            places = _booked_places(seen, facts, language)
            subject = text(language, "alert.check_rooms", places=places) + "."
        else:
            subject = _counts(seen, facts, language)
        line = " ".join([subject, *(str(sentence(seen, one, language)) for one in facts[:_SAID])])
    if heading is not None:
        before = text(language, heading)
        line, subject = f"{before}: {line}", f"{before}: {subject}"
    return Top(plain(subject, SUBJECT), plain(line, LINE))


def _counts(seen: Seen, facts: Sequence[Fact], language: Language) -> str:
    """``2 fel: Granen, Tallen. 1 fel avhjälpt: Björken.``"""
    groups: dict[str, list[Fact]] = {"open": [], "still": [], "over": []}
    for one in facts:
        group = {"over": "over", "still": "still", "nobody": "still"}.get(one.how, "open")
        groups[group].append(one)
    said = []
    for name, group_facts in groups.items():
        if group_facts:
            kind = "new" if name == "open" and groups["still"] else name
            key = f"alert.count.{kind}.{_one_or_many(len(group_facts))}"
            places = list(dict.fromkeys(where(seen, one, language) for one in group_facts))
            named = _named(places, language)
            said.append(text(language, key, count=len(group_facts), places=named))
    if any(one.how == "nobody" for one in facts):
        said.append(text(language, "alert.nobody"))
    return " ".join(f"{one}." for one in said)


def _booked_places(seen: Seen, facts: Sequence[Fact], language: Language) -> str:
    places = {}
    for one in facts:
        room = where(seen, one, language)
        if one.meeting is None:
            places[room] = room
        elif one.meeting.start <= seen.now:
            places[room] = text(language, "alert.check_now", room=room)
        else:
            start = clock(one.meeting.start, seen.now, seen.zone_of(one.fault), language)
            places[room] = text(language, "alert.check_at", room=room, time=start)
    return _named([*places.values()], language)


def _named(places: Sequence[str], language: Language) -> str:
    named = ", ".join(places[:_PLACES])
    return text(language, "alert.places_more", places=named) if len(places) > _PLACES else named


def _one_or_many(count: int) -> str:
    return "one" if count == 1 else "many"
