"""What counts as the same message once more."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from collector.redelivery import HORIZON_MS, NEW_SESSION, Redelivery, digest
from storage.outbox import Arrival

A, B = digest("a/b", b"1"), digest("a/b", b"2")


def taken(*messages: tuple[int, bytes, int], window: int = 10) -> Redelivery:
    known = Redelivery(window)
    for mid, content, time in messages:
        known.note(mid, content, time)
    return known


def again(known: Redelivery, mid: int, content: bytes, *, dup: bool = True) -> bool:
    return known.is_known(mid, content, dup=dup, backlog=True)


def test_a_message_under_its_number_once_more() -> None:
    known = taken((1, A, 1000), (2, A, 1001))
    assert again(known, 1, A)
    assert again(known, 2, A)
    assert again(known, 1, A), "it may be lost on its way again and again"


def test_what_is_no_redelivery() -> None:
    known = taken((1, A, 1000))
    assert not again(known, 1, A, dup=False), "a number used anew"
    assert not again(known, 1, B), "another message, which nobody took"
    assert not again(known, 2, A), "equal content under another number"


def test_a_number_that_is_used_anew_names_the_newer_message() -> None:
    known = taken((1, A, 1000), (1, B, 2000))
    assert again(known, 1, B)
    assert not again(known, 1, A)


def test_only_the_window_is_remembered() -> None:
    known = taken((1, A, 1), (2, A, 2), (3, A, 3), window=2)
    assert [again(known, mid, A) for mid in (1, 2, 3)] == [False, True, True]


def test_what_was_long_before_the_newest_cannot_be_meant() -> None:
    known = taken((1, A, 0), (2, A, 1), (3, A, HORIZON_MS + 1))
    assert [again(known, mid, A) for mid in (1, 2, 3)] == [False, True, True]


def test_a_new_session_begins_from_nothing() -> None:
    known = taken((1, A, 1000))
    known.load([NEW_SESSION])
    assert not again(known, 1, A)


def test_another_process_knows_the_present_session_only() -> None:
    known = Redelivery()
    known.load([Arrival(1, A, 1, None), NEW_SESSION, Arrival(2, B, 2, None)])
    assert not again(known, 1, A)
    assert again(known, 2, B)


def test_topic_and_payload_do_not_run_together() -> None:
    assert digest("a/b", b"c") != digest("a/", b"bc")


# ---- a broker that sets no dup and numbers anew (embedded)


def test_without_dup_the_content_tells_in_a_backlog_only() -> None:
    known = Redelivery(10, dup_flag=False)
    known.note(1, A, 1000)
    assert not known.is_known(9, A, dup=False, backlog=False), "live, it is a new one"
    assert known.is_known(9, A, dup=False, backlog=True)
    assert not known.is_known(9, A, dup=False, backlog=True), "the second is a new one"


@given(st.lists(st.tuples(st.integers(1, 5), st.sampled_from([A, B])), max_size=30))
def test_what_was_never_taken_is_never_known(messages: list[tuple[int, bytes]]) -> None:
    """Whatever came before: a pair of number and content that is not the number's last one
    is always new."""
    known, last = Redelivery(100), dict[int, bytes]()
    for time, (mid, content) in enumerate(messages):
        assert again(known, mid, content) == (last.get(mid) == content)
        known.note(mid, content, time)
        last[mid] = content
