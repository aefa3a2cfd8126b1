"""The truth: who is where, and that it adds up."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from devices.simulator.calendar import cleaning_spans, day_bounds, open_spans
from devices.simulator.lively import lively_rooms
from devices.simulator.people import RoomDay, Visit, inside, merge
from devices.simulator.physics import Air
from devices.simulator.scenario import Scenario

WEEKS = [date(2026, 10, 19) + timedelta(days=n) for n in range(28)]
MINUTE = 60_000


@pytest.fixture(scope="module")
def scenario(site):
    return Scenario(site, seed=1)


def test_steps_by_hand():
    day = RoomDay([Visit("a", "meeting", 0, 90, stays=((10, 60), (20, 40), (40, 80), (85, 90)))])
    assert day.steps == [(10, 20, 1), (20, 60, 2), (60, 80, 1), (85, 90, 1)]
    assert day.occupied == [(10, 80), (85, 90)]
    assert [day.people_at(t) for t in (9, 10, 39, 40, 59, 60, 80, 85, 90)] == [
        0, 1, 2, 2, 2, 1, 0, 1, 0,
    ]  # fmt: skip


def test_merge_and_inside():
    assert merge([(0, 5), (5, 8), (10, 12)]) == [(0, 8), (10, 12)]
    assert merge([(0, 5), (8, 9)], gap=3) == [(0, 9)]
    assert [inside([(2, 5), (7, 8)], t) for t in (1, 2, 4, 5, 7, 8)] == [
        False, True, True, False, True, False,
    ]  # fmt: skip


def test_people_fit_into_their_room_and_day(site, scenario):
    for day in WEEKS:
        begin, end = day_bounds(day, scenario.zone)
        for room in site.rooms:
            truth = scenario.rooms(day)[room.id]
            for start, stop, people in truth.steps:
                assert begin <= start < stop <= end
                assert 1 <= people <= room.capacity.at(day)
                assert truth.people_at(start) == truth.people_at(stop - 1) == people
            assert len(truth.arrivals) == len(truth.departures)
            for (_, stop, n), (start, _, m) in pairwise(truth.steps):
                assert stop < start or n != m


def test_an_office_week_has_everything(scenario):
    visits = [v for day in WEEKS for room in scenario.rooms(day).values() for v in room.visits]
    kinds = {visit.kind for visit in visits}
    assert kinds == {"meeting", "walk-in", "call", "office", "cleaning", "off-hours"}
    assert any(visit.no_show for visit in visits)
    assert any(visit.call for visit in visits)
    assert len({visit.partner for visit in visits} - {None}) == 5


@pytest.mark.parametrize("seed", range(5))
def test_nobody_meets_when_the_house_is_closed(site, seed):
    scenario = Scenario(site, seed)
    closed = [
        date(2026, 11, 21),  # Saturday
        date(2027, 1, 6),  # Epiphany, a Wednesday
        date(2027, 5, 7),  # extra day of this site
        date(2027, 6, 25),  # Midsummer's Eve, de facto
        date(2026, 12, 28),  # closed for Christmas
    ]
    for day in closed:
        assert open_spans(site, day) == []
        kinds = {v.kind for room in scenario.rooms(day).values() for v in room.visits}
        assert kinds <= {"off-hours"}


def test_opening_hours_by_hand(site, utc):
    assert open_spans(site, date(2026, 11, 17)) == [(utc(2026, 11, 17, 6), utc(2026, 11, 17, 17))]
    assert open_spans(site, date(2026, 6, 15)) == [(utc(2026, 6, 15, 5), utc(2026, 6, 15, 16))]
    # half-day: the eve of All Saints, a Friday, until noon
    assert open_spans(site, date(2026, 10, 30)) == [(utc(2026, 10, 30, 6), utc(2026, 10, 30, 11))]


def test_planned_meetings_lie_in_opening_hours(site, scenario):
    for day in WEEKS:
        spans = open_spans(site, day)
        for room in site.rooms:
            windows = cleaning_spans(site, room, day)
            for visit in scenario.rooms(day)[room.id].visits:
                if visit.kind == "cleaning":
                    assert any(a <= visit.start < visit.stop <= b for a, b in windows)
                elif visit.kind != "off-hours":
                    assert any(a <= visit.start < visit.stop <= b for a, b in spans)


def test_lunch_is_quieter_than_the_morning(scenario, utc):
    def used(hour):
        return sum(
            room.people_at(utc(2026, 11, day, hour, 15)) > 0
            for day in (2, 3, 4, 5, 9, 10, 11, 12)
            for room in scenario.rooms(date(2026, 11, day)).values()
        )

    assert used(11) < used(9)  # 12:15 and 10:15 local


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 10, 25), 25), (date(2027, 3, 28), 23), (date(2026, 11, 2), 24)]
)
def test_days_on_which_the_clocks_change(site, day, hours):
    begin, end = day_bounds(day, Scenario(site, 1).zone)
    assert end - begin == hours * 3_600_000
    # lively visits come each hour of the day, the doubled or missing one too
    lively = Scenario(site, 1, lively_from=begin).rooms(day)
    visits = [v for room in lively.values() for v in room.visits if v.kind == "lively"]
    assert {(v.start - begin) // 3_600_000 for v in visits} == set(range(hours))


def test_lively_adds_visits_from_then_on_only(site, utc):
    since = utc(2026, 11, 17, 1, 30)  # a Tuesday night
    quiet, lively = Scenario(site, 1), Scenario(site, 1, lively_from=since)
    day = date(2026, 11, 17)
    chosen = lively_rooms(site, 1, day)
    assert len(chosen) == 3
    assert "gammplatsen" not in chosen  # a private office stays quiet
    for room, truth in lively.rooms(day).items():
        added = [v for v in truth.visits if v.kind == "lively"]
        assert bool(added) == (room in chosen)
        assert all(v.start >= since for v in added)
        rest = tuple(v for v in truth.visits if v.kind != "lively")
        assert rest == quiet.rooms(day)[room].visits
        first = min((v.start for v in added), default=since)
        assert first - since <= 60_000
    assert lively.rooms(date(2026, 11, 16))["granen"].visits == (
        quiet.rooms(date(2026, 11, 16))["granen"].visits
    )


def test_co2_rises_with_people_and_falls_after_them():
    hour = 60 * MINUTE
    few, many = (Air(8, 0, [(hour, 3 * hour, n)]) for n in (2, 6))
    assert few.co2_ppm(hour) == pytest.approx(420)
    assert 420 < few.co2_ppm(2 * hour) < many.co2_ppm(2 * hour)
    assert many.co2_ppm(3 * hour) > many.co2_ppm(2 * hour) > many.co2_ppm(5 * hour)
    # steady state: 6 people x 5 ml/s in 52 l/s of fresh air = 577 ppm above outdoors
    endless = Air(8, 0, [(0, 1000 * hour, 6)])
    assert endless.co2_ppm(999 * hour) == pytest.approx(420 + 6 * 5000 / 52, abs=0.1)


def test_only_a_few_days_are_kept(site):
    scenario = Scenario(site, 1)
    for day in WEEKS:
        scenario.rooms(day)
    assert len(scenario._days) <= 3
