"""Reports of people: one fault for each kind of thing, harmless words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rooms.faults import Change, Fault, Place, Transition
from rooms.faults.lifecycle import REOPEN_MS, act
from rooms.faults.report import THINGS, one_line, report

NOW = 1_795_424_400_000
HERE = Place("lycksele", "tallen")
Said = tuple[Fault, Transition | None]


def told(known: list[Fault], thing: str, words: str, now: int = NOW) -> Change:
    return report(known, "tallen", thing, words, now, lambda _: HERE)


def said(known: list[Fault], thing: str, words: str, now: int = NOW) -> Said:
    return told(known, thing, words, now)[:2]


def test_it_opens_with_the_words_as_its_note() -> None:
    fault, turn = said([], "sound", "Det ekar")
    assert fault.key == ("reported", "tallen", "sound")
    assert (fault.severity, fault.since, fault.site, fault.room) == ("warning", NOW, *HERE)
    assert turn is not None
    assert (turn.kind, turn.who, turn.note) == ("opened", "report", "Det ekar")


def test_what_is_open_gets_words_or_nothing() -> None:
    first, _ = said([], "sound", "")
    after, turn = said([first], "sound", "här med", NOW + 1)
    assert after == first
    assert turn is not None
    assert (turn.kind, turn.who, turn.note, turn.at) == ("commented", "report", "här med", NOW + 1)
    assert told([first], "sound", "") == Change(first, None)
    other, turn = said([first], "air", "")
    assert other.id != first.id
    assert turn is not None
    assert turn.kind == "opened"


def test_what_was_mended_a_short_time_ago_comes_back() -> None:
    first, _ = said([], "other", "stolen är trasig")
    over = act(first, "resolved", NOW + 5, "anna").fault
    back, turn = said([over], "other", "den är trasig igen", NOW + 5 + REOPEN_MS)
    assert (back.id, back.reopened, back.open) == (first.id, 1, True)
    assert turn is not None
    assert (turn.kind, turn.who, turn.note) == ("reopened", "report", "den är trasig igen")
    new, turn = said([over], "other", "", NOW + 6 + REOPEN_MS)
    assert new.id != first.id
    assert turn is not None
    assert turn.kind == "opened"


@given(st.lists(st.tuples(st.sampled_from(THINGS), st.booleans()), max_size=30))
def test_never_two_open_ones_of_a_kind(reports: list[tuple[str, bool]]) -> None:
    faults: dict[str, Fault] = {}
    for n, (thing, mended) in enumerate(reports):
        now = NOW + n
        change = told(list(faults.values()), thing, "", now)
        faults[change.fault.id] = change.fault
        if mended:
            faults[change.fault.id] = act(change.fault, "resolved", now, "anna").fault
        open_ = [fault.detail for fault in faults.values() if fault.open]
        assert len(open_) == len(set(open_))
        assert (thing in open_) == (not mended)


@given(st.text())
def test_words_become_one_printable_line(words: str) -> None:
    line = one_line(words)
    assert line.isprintable()
    assert line == line.strip()
    assert "  " not in line
    assert one_line(line) == line
    kept = [c for c in words if c.isprintable() and c != " "]
    assert [c for c in line if c != " "] == kept
