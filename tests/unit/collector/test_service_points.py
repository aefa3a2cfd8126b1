"""What became of messages, by minute and by day: tables in, points out."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st
from posting import DAY, HOUR, NOW
from watched import house_registry, site_rooms

from collector.service_points import (
    COUNTED,
    OUTCOMES,
    Messages,
    account_points,
    days_between,
    totals,
)
from storage.batch import Account

TODAY, TOMORROW = "2026-11-23", "2026-11-24"
MIDNIGHT = NOW - 10 * HOUR

ACCOUNTS = {
    Account(TODAY, "av", "radar", "stored"): 7,
    Account(TODAY, "av", "radar", "ignored", "retained"): 2,
    Account(TODAY, "av", "radar", "ignored", "empty"): 1,
    Account(TODAY, "av", "radar", "missing"): 4,
    Account(TODAY, "av", "radar", "duplicate", "copy"): 1,
    Account(TODAY, "av", "", "quarantined", "unknown_device"): 3,
    Account(TODAY, "", "", "quarantined", "no_source"): 5,
    Account(TODAY, "", "radar", "refused", "presence"): 9,  # points, no messages
    Account(TODAY, "av", "egen", "stored"): 11,  # in a private room
    Account(TODAY, "av", "source:av", "stored"): 1,
}


def test_the_account_of_a_day() -> None:
    points = account_points(house_registry(), TODAY, ACCOUNTS)
    assert {(p.measurement, p.time, p.tags["site"]) for p in points} == {("account", MIDNIGHT, "s")}
    found = {(p.tags["source"], p.tags["device"]): p.fields for p in points}
    zeros = dict.fromkeys(("received", *OUTCOMES, "missing"), 0)
    assert found == {
        ("-", "-"): zeros | {"received": 5, "quarantined": 5},
        ("av", "-"): zeros | {"received": 14, "stored": 11, "quarantined": 3},
        ("av", "radar"): {
            "received": 11,
            "stored": 7,
            "duplicate": 1,
            "ignored": 3,
            "quarantined": 0,
            "missing": 4,
        },
        ("av", "source:av"): zeros | {"received": 1, "stored": 1},
    }


def test_from_the_day_on_which_a_room_became_private() -> None:
    since = [{"value": False}, {"from": TOMORROW, "value": True}]
    house = house_registry(rooms=site_rooms(granen={"private": since}))
    for day, device in ((TODAY, "radar"), (TOMORROW, "-")):
        (point,) = account_points(house, day, {Account(day, "av", "radar", "stored"): 1})
        assert point.tags["device"] == device


def test_the_site_of_a_source_that_is_gone_is_the_first() -> None:
    (point,) = account_points(house_registry(), TODAY, {Account(TODAY, "old", "", "stored"): 1})
    assert point.tags == {"site": "s", "source": "old", "device": "-"}


def test_totals() -> None:
    assert totals(ACCOUNTS) == {
        "received": 31,
        "stored": 19,
        "duplicate": 1,
        "ignored": 3,
        "quarantined": 8,
        "unknown": 3,
    }


def test_local_days() -> None:
    house = house_registry()
    assert days_between(house, NOW, NOW) == [TODAY]
    assert days_between(house, MIDNIGHT - 1, MIDNIGHT) == ["2026-11-22", TODAY]
    assert len(days_between(house, NOW, NOW + 7 * DAY)) == 8
    assert days_between(house, NOW + DAY, NOW) == []  # the clock was set back


accounts = st.dictionaries(
    st.builds(
        Account,
        st.just(TODAY),
        st.sampled_from(("av", "")),
        st.sampled_from(("radar", "egen", "", "source:av")),
        st.sampled_from((*OUTCOMES, "missing", "refused")),
        st.sampled_from(("", "unknown_device", "retained")),
    ),
    st.integers(0, 1000),
)


@given(accounts)
def test_received_is_what_became_of_it(counted: dict[Account, int]) -> None:
    whole = totals(counted)
    assert whole["received"] == sum(whole[name] for name in OUTCOMES)
    points = account_points(house_registry(), TODAY, counted)
    for point in points:
        assert point.fields["received"] == sum(float(point.fields[name]) for name in OUTCOMES)
    assert sum(float(p.fields["received"]) for p in points) == whole["received"]


# ---- by minute

counts = st.builds(Counter, st.dictionaries(st.sampled_from(COUNTED), st.integers(0, 50)))
steps = st.lists(st.tuples(counts, st.booleans()), max_size=20)


@given(steps, steps)
def test_minutes_add_up_to_the_days_over_restarts(
    today: list[tuple[Counter[str], bool]], tomorrow: list[tuple[Counter[str], bool]]
) -> None:
    messages, sums = Messages({}), Counter[str]()
    whole: dict[str, Counter[str]] = {TODAY: Counter(), TOMORROW: Counter()}
    for day, those in ((TODAY, today), (TOMORROW, tomorrow)):
        for new, restart in those:
            whole[day].update(new)
            told = messages.take({day: whole[day] for day in {*messages.days, day}}, TODAY)
            assert all(number > 0 for number in told.values())
            sums.update(told)
            if restart:
                messages = Messages(messages.days)
    assert +sums == +(whole[TODAY] + whole[TOMORROW])


def test_a_replay_takes_nothing_back_and_counts_nothing_twice() -> None:
    messages = Messages({})
    before = Counter(received=5, stored=2, quarantined=3)
    assert messages.take({TODAY: before}, TODAY) == before
    replayed = Counter(received=5, stored=5)
    assert messages.take({TODAY: replayed}, TODAY) == {"stored": 3}
    assert messages.take({TODAY: replayed + Counter(received=4, quarantined=4)}, TODAY) == {
        "received": 4,
        "quarantined": 1,  # three of them stand for those that were told of in vain
    }


def test_days_are_closed() -> None:
    messages = Messages({TODAY: {"received": 1}})
    late = {TODAY: Counter(received=3), TOMORROW: Counter(received=1)}
    assert messages.take(late, TOMORROW) == {"received": 3}
    assert messages.days == {TOMORROW: {"received": 1}}
