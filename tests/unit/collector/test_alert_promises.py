"""What the alert queue promises, whatever happens: of several sites, clocks, files, anything."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import Any

from alerted import ANNA, BO, MIN, SITE, AlertedHouse, a_house, clock, lines, ms
from hypothesis import given
from hypothesis import strategies as st

from rooms.alerts.awake import Awake
from rooms.alerts.message import Recipient
from rooms.units import DAY_MS, HOUR_MS
from tests.examples import costly

NEWS = ("opened", "reopened", "released", "escalated")
ERRORS = ("camera", "panel", "fan", "report")
START = ms("11-26 12:00")  # a Thursday: two nights, a weekend


EVENTS = st.lists(
    st.tuples(
        st.one_of(st.integers(0, 90), st.integers(0, 3 * 24 * 60)),
        st.sampled_from(ERRORS),
        st.sampled_from(["turn", "turn", "turn", "ack", "snooze", "restart", "window"]),
    ),
    min_size=1,
    max_size=25,
)


@costly(2)
@given(
    EVENTS,
    st.integers(1, 3),
    st.sampled_from([[], ["peripheral_missing"]]),
    st.sampled_from([None, 7200]),
)
def test_promises(
    events: list[tuple[int, str, str]], at_most: int, urgent: list[str], after: int | None
) -> None:
    """Told of what is there once, reminded, told that it is over; never too often or at night."""
    escalate = None if after is None else {"after": after, "to": ["bo"]}
    routes: list[dict[str, Any]] = [{"id": "all", "to": ["anna"], "escalate": escalate}]
    if urgent:
        routes.append({"id": "urgent", "codes": urgent, "to": ["bo"], "urgent": True})
    with a_house(ANNA, BO, at_most=at_most, routes=routes) as house:
        play(house, sorted(events, key=lambda event: event[0]))
        for person in ("anna", "bo"):
            check_order(house, person)
            sent = [a.settled for a in house.sent() if a.person == person and a.settled]
            for first, last in zip(sent, sent[at_most:], strict=False):
                assert last - first >= HOUR_MS
        awake = Awake(house.registry.sites["inland"])
        quiet = {"anna", "bo"} - ({"bo"} if urgent else set())
        for alert in house.sent():
            assert alert.settled is not None
            assert alert.person not in quiet or awake.soonest(alert.settled) == alert.settled
        check_complete(house, urgent)


def play(house: AlertedHouse, events: list[tuple[int, str, str]]) -> None:
    times = [START + minute * MIN for minute, _, _ in events]
    house.now = START
    end = times[-1] + 4 * DAY_MS
    while house.now <= end:
        for at, (_, name, what) in zip(times, events, strict=True):
            if at == house.now:
                happen(house, name, what)
        house.step()
        dues = [alert.due for alert in house.state.alerts.waiting()]
        beat = 30 * MIN if house.now <= times[-1] else 120 * MIN
        house.now = min([house.now + beat, *(at for at in times + dues if at > house.now)])


def happen(house: AlertedHouse, name: str, what: str) -> None:
    if what == "restart":
        house.close()
        house.open()
    elif what == "window":
        id_ = f"w{len(house.state.windows.all())}"
        house.happen("window", id_, *clock(house.now).split(), "3h", "codes=peripheral_missing")
    elif what == "turn":
        house.happen("-" if name in house.found else "+", name)
    elif name in house.found and (what == "snooze" or house.fault(name).acknowledged is None):
        act = "snoozed" if what == "snooze" else "acknowledged"
        until = house.now + 5 * HOUR_MS if what == "snooze" else None
        house.state.faults.act(house.fault(name).id, act, house.now, "x", until=until)


def check_order(house: AlertedHouse, person: str) -> None:
    said: defaultdict[str, list[str]] = defaultdict(list)
    for alert in house.sent():
        if alert.person == person:
            assert len({entry.fault for entry in alert.entries}) == len(alert.entries)
            for entry in alert.entries:
                said[entry.fault].append("news" if entry.event in NEWS else entry.event)
    for events in said.values():
        assert events[0] == "news"
        for before, after in pairwise(events):
            assert (before == "resolved") == (after == "news"), events


def check_complete(house: AlertedHouse, urgent: list[str]) -> None:
    """Days after the last event everybody knows how things are."""
    told = {(one.fault, one.person) for one in house.state.alerts.told()}
    there = {fault.id: fault for fault in house.state.faults.open()}
    assert {fault for fault, _ in told} <= there.keys()
    for fault in there.values():
        if fault.acknowledged is None:
            assert (fault.id, "anna") in told
            if fault.code in urgent or fault.level:
                assert (fault.id, "bo") in told


def test_the_clock_is_set_back() -> None:
    """By three years, with something told, something waiting and a digest sent."""
    with a_house(ANNA, BO, routes=[{"id": "all", "to": ["anna"], "remind": "8h"}]) as house:
        ahead = ms("11-23 10:00") + 1096 * DAY_MS  # a Friday
        for minute, names in enumerate((["camera", "battery"], [], ["fan"])):
            house.now = ahead + minute * MIN
            house.happen("+", *names)
            house.step()
        assert house.told() == lines(
            """
            11-23 10:00 anna digest: opened battery
            11-23 10:01 anna faults: opened camera
            """
        )
        before = {alert.id for alert in house.sent()}
        house.play("11-23 11:00 + battery2 panel", "11-24 08:00")
        assert house.told(but=before) == lines(
            """
            11-23 10:59 anna faults: opened fan
            11-23 11:01 anna faults: opened panel
            11-23 19:00 anna faults: reminder panel camera fan
            11-24 07:00 anna faults: reminder panel camera fan
            11-24 07:15 anna digest: opened battery2; reminder battery
            """
        )


def test_each_site_by_its_own_rules() -> None:
    other = SITE | {
        "id": "finland",
        "timezone": "Europe/Helsinki",
        "rooms": [{"id": "kota", "name": "Kota", "capacity": 4}],
        "sources": [{"id": "fi", "decoder": "native"}],
        "devices": [{"id": "vc-fi", "source": "fi", "address": "x", "model": "cisco-roomos"}],
        "placements": [{"device": "vc-fi", "room": "kota"}],
        "alerts": {"awake": "06:00-20:00", "routes": [{"id": "fi", "to": ["bo"]}]},
    }
    with a_house(ANNA, BO, routes=[{"id": "se", "to": ["anna"]}]) as house:
        house.site(other, alerts={"routes": [{"id": "se", "to": ["anna"]}]})
        assert house.play("11-23 22:00 + camera kota", "11-24 08:00") == lines(
            """
            11-24 05:00 bo faults: opened kota
            11-24 07:00 anna faults: opened camera
            """
        )


def test_routes_change_while_it_waits() -> None:
    with a_house(ANNA, BO) as house:
        house.play("11-23 22:00 + camera fan", "11-24 06:00")
        house.site(alerts={"routes": [{"id": "vc", "kinds": ["vc"], "to": ["bo"]}]})
        house.step()
        assert house.play("11-24 06:10 people anna bo", "11-24 08:00") == lines(
            "11-24 07:00 bo faults: opened camera"
        )


def test_nothing_is_written_when_nothing_happens() -> None:
    """Nor for what was told in a digest and is over, until the next one says so."""
    with a_house() as house:
        house.play(
            """
            11-23 10:00 + camera battery battery2
            11-24 10:00 - battery
            11-24 10:00 ack camera
            """,
            "11-24 12:00",
        )
        before = house.state.db.total_changes
        for _ in range(3):
            house.now += 5 * MIN
            house.step()
        assert house.state.db.total_changes == before


def test_what_is_over_leaves_nothing_behind() -> None:
    """Though one person is gone, and there are no digests any more."""
    with a_house(ANNA, BO) as house:
        house.play("11-23 10:00 + camera battery", "11-24 08:00")
        assert len(house.state.alerts.told()) == 4
        house.site(alerts={"digest": None})
        house.play("11-24 09:00 people anna", "11-24 09:00")
        house.play("11-24 10:00 - camera battery", "11-24 11:00")
        assert house.state.alerts.told() == []


def test_a_person_without_a_channel_counts_as_nobody() -> None:
    with a_house(ANNA, BO, routes=[{"id": "all", "to": ["dan"]}]) as house:
        house.people.append(Recipient("dan", "Dan", "sv", None, (), False))
        assert house.play("11-23 10:00 + camera", "11-23 11:00").count("opened camera") == 2
