"""Polling the rooms' calendars: what is asked when, archived, told, and forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from collector.bookings import CODE, Bookings
from collector.calendars.protocol import AHEAD_MS, PAST_MS, Caution, PartnerWords, Reply, Request
from rooms.attribution import Booking
from rooms.registry import Registry
from rooms.registry.parse import build_registry, parse_site
from rooms.units import DAY_MS
from storage.state import ServiceState
from tests.unit.registry.broken import SITE, broken

NOW = int(datetime(2026, 11, 23, 10, tzinfo=UTC).timestamp()) * 1000
MINUTE, HOUR = 60_000, 3_600_000
GRANEN = "https://elin:hemligt@a.example/granen.ics"


def meeting(id_: str, hours: float, partner: str | None = "vindel") -> Booking:
    """An hour's meeting, so many hours from now."""
    start = NOW + round(hours * HOUR)
    return Booking(id_, start, start + HOUR, partner)


class House:
    """Calendars that say what a test puts into ``feeds``; the clock is moved by hand."""

    def __init__(self, folder: Path) -> None:
        self.now = NOW
        self.registry: Registry = build_registry([parse_site(SITE, "rooms.yaml")])
        self.calendars = {"granen": GRANEN}
        self.feeds: dict[str, Reply] = {}
        self.asked: list[Request] = []
        self.state = ServiceState(folder / "service.db")
        self.start()

    def start(self) -> None:
        self.bookings = Bookings(
            self.state,
            lambda: self.registry,
            lambda: self.calendars,
            self.ask,
            clock=lambda: self.now,
            every_s=300,
            key="nyckel",
            jitter=lambda: 1.0,
        )

    def ask(self, request: Request) -> Reply:
        self.asked.append(request)
        return self.feeds.get(request.room, Reply())

    def step(self, minutes: float = 0) -> int:
        """Let time pass and look; how many calendars were read."""
        before = len(self.asked)
        self.now += round(minutes * MINUTE)
        self.bookings.step()
        return len(self.asked) - before

    def kept(self, room: str = "granen") -> list[str]:
        return [b.id for b in self.state.claims.bookings(room, 0, NOW + 2 * AHEAD_MS)]

    def dirty(self) -> list[tuple[str, float]]:
        """(room, hours from now) that are to be computed again."""
        found = self.state.dirty.ready(NOW + 2 * AHEAD_MS, 2**62)
        self.state.dirty.clean(found)
        return [(d.room, (d.hour - NOW) / HOUR) for d in found]

    def problems(self) -> list[tuple[str, str, int]]:
        return [(p.subject, p.detail, p.since) for p in self.state.faults.open()]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(tmp_path)
    yield house
    house.state.close()


def test_what_is_asked(house: House) -> None:
    house.step()
    [request] = house.asked
    assert (request.room, request.url, request.key) == ("granen", GRANEN, "nyckel")
    assert (request.start, request.stop) == (NOW - PAST_MS, NOW + AHEAD_MS)
    assert request.zone == "Europe/Stockholm"
    assert request.partners == (
        PartnerWords("vindel", ("vindel.example",)),
        PartnerWords("renen", ("renen.example",), ("Renen",)),
    )


def test_bookings_are_archived_and_their_hours_are_dirty(house: House) -> None:
    house.feeds["granen"] = Reply(events=[meeting("a", -3), meeting("b", 1.5, None)])
    house.step()
    assert house.kept() == ["a", "b"]
    assert house.dirty() == [("granen", -3), ("granen", 1), ("granen", 2)]
    feed = house.state.claims.feeds()["granen"]
    assert (feed.good, feed.events, feed.attributed, feed.error) == (NOW, 2, 1, None)
    house.step(5)
    assert house.dirty() == []  # nothing changed
    house.feeds["granen"] = Reply(events=[meeting("c", 4)])
    house.step(5)
    assert house.kept() == ["a", "c"]  # feeds forget the past; what was to come and is gone goes
    assert house.dirty() == [("granen", 1), ("granen", 2), ("granen", 4)]


def test_every_five_minutes_and_only_for_news(house: House) -> None:
    house.feeds["granen"] = Reply(events=[meeting("a", 1)], etag='"1"', modified="Mon")
    assert [house.step(), house.step(4.9), house.step(0.1)] == [1, 0, 1]
    first, second = house.asked
    assert (first.etag, second.etag, second.modified) == (None, '"1"', "Mon")
    house.feeds["granen"] = Reply(unchanged=True)
    assert house.step(5) == 1
    feed = house.state.claims.feeds()["granen"]
    assert (feed.good, feed.etag, feed.events) == (house.now, '"1"', 1)
    assert house.kept() == ["a"]


def test_once_a_day_the_whole_and_with_another_registry(house: House) -> None:
    """The window moves on, and series with it; partners may have other domains."""
    house.feeds["granen"] = Reply(etag='"1"')
    house.step()
    house.feeds["granen"] = Reply(unchanged=True)
    house.step(DAY_MS / MINUTE - 1)
    house.step(5)
    assert [r.etag for r in house.asked] == [None, '"1"', None]
    text = broken(("vindel.example", "vind.example"))
    house.registry = build_registry([parse_site(text, "rooms.yaml")])
    assert house.step() == 1
    assert house.asked[-1].etag is None
    assert house.asked[-1].partners[0].domains == ("vind.example",)
    assert house.step() == 0


def test_a_start_reads_the_whole(house: House) -> None:
    house.feeds["granen"] = Reply(etag='"1"')
    house.step()
    house.start()
    assert house.step() == 1
    assert house.asked[-1].etag is None


def test_failures_are_tried_again_with_growing_pauses(house: House) -> None:
    house.feeds["granen"] = Reply(events=[meeting("a", 1)])
    house.step()
    house.feeds["granen"] = Reply(error="gone", values={"host": "a.example", "status": 404})
    assert house.step(5) == 1
    assert house.step(0.4) == 0
    assert [house.step(pause) for pause in (0.1, 1, 2, 4, 8, 16, 32, 60, 60)] == [1] * 9
    assert house.step(59) == 0  # an hour at most
    assert house.kept() == ["a"]  # what it said before holds
    feed = house.state.claims.feeds()["granen"]
    assert (feed.good, feed.error, feed.values["status"]) == (NOW, "gone", 404)


def test_a_problem_after_an_hour_without_success(house: House) -> None:
    house.step()
    house.feeds["granen"] = Reply(error="timeout", values={"host": "a.example"})
    house.step(5)
    for pause in (0.5, 1, 2, 4, 8, 16):
        house.step(pause)
        assert house.problems() == []
    house.step(32)
    assert house.problems() == [("granen", "timeout", NOW)]  # since it last was good
    house.feeds["granen"] = Reply(error="gone", values={})
    house.step(60)
    assert house.problems() == [("granen", "timeout", NOW)]  # still the same one
    house.start()
    house.step()
    assert house.problems() == [("granen", "timeout", NOW)]  # over a restart, too
    house.feeds["granen"] = Reply()
    house.step(1)
    assert house.problems() == []
    assert house.state.claims.feeds()["granen"].error is None


def test_one_that_never_worked_is_told_at_the_third_failure(house: House) -> None:
    house.feeds["granen"] = Reply(error="html")
    house.step()
    house.step(0.5)
    assert house.problems() == []
    house.step(1)
    assert house.problems() == [("granen", "html", NOW + 90_000)]
    [problem] = house.state.faults.open()
    assert (problem.code, problem.severity) == (CODE, "warning")


def test_a_calendar_that_is_taken_away_or_moved(house: House) -> None:
    house.feeds["granen"] = Reply(events=[meeting("a", -3), meeting("b", 2)])
    house.step()
    house.dirty()
    house.calendars = {"granen": "https://b.example/"}
    assert house.step() == 1  # another address is asked at once
    house.calendars = {"tallen": GRANEN}
    house.feeds["tallen"] = Reply(events=[meeting("c", 5)])
    house.step()
    assert (house.kept(), house.kept("tallen")) == (["a"], ["c"])
    assert house.dirty() == [("granen", 2), ("tallen", 5)]
    assert set(house.state.claims.feeds()) == {"tallen"}
    house.start()
    house.calendars = {}
    house.step()
    assert house.kept("tallen") == []  # also one that another run had read


def test_private_rooms_have_no_bookings(house: House) -> None:
    text = broken(("name: Granen, capacity: 8", "name: Granen, capacity: 8, private: true"))
    house.registry = build_registry([parse_site(text, "rooms.yaml")])
    house.feeds["granen"] = Reply(events=[meeting("a", 1)])
    house.step()
    assert house.kept() == []
    assert house.state.claims.feeds()["granen"].events == 0


def test_nothing_is_half_written(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError("disk full")

    house.feeds["granen"] = Reply(events=[meeting("a", 1)])
    monkeypatch.setattr(house.state.claims, "put_feed", full)
    with pytest.raises(OSError, match="disk full"):
        house.step()
    assert (house.kept(), house.dirty()) == ([], [])
    monkeypatch.undo()
    assert house.step() == 0  # a full disk is no reason to ask again and again
    house.step(5)
    assert house.kept() == ["a"]


def test_stopping_is_no_failure(house: House) -> None:
    def killed(_: Request) -> Reply:
        house.bookings.stop()
        return Reply(error="crashed", values={"code": -9})

    house.ask = killed  # type: ignore[method-assign]
    house.start()
    house.bookings.run()
    assert house.state.claims.feeds() == {}


def test_the_log_says_things_once_and_never_an_address(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    caution = Caution("broken", 7, "ab12cd34", "DTSTART")
    house.feeds["granen"] = Reply(cautions=[caution], caution_count=1)
    house.step()
    first = capsys.readouterr().out
    assert "something in a calendar cannot be used" in first
    assert "ab12cd34" in first
    house.step(5)
    assert capsys.readouterr().out == ""
    house.feeds["granen"] = Reply(error="gone", values={"host": "a.example", "status": 404})
    house.step(5)
    said = capsys.readouterr().out
    assert "a calendar cannot be read" in said
    assert "a.example" in said
    house.step(1)
    assert capsys.readouterr().out == ""
    assert "hemligt" not in first + said


def test_an_event_of_centuries_dirties_the_window_only(house: House) -> None:
    ages = Booking("a", NOW - 100 * 365 * DAY_MS, NOW + 100 * 365 * DAY_MS, "vindel")
    house.feeds["granen"] = Reply(events=[ages])
    house.step()
    assert house.kept() == ["a"]
    assert len(house.dirty()) == (PAST_MS + AHEAD_MS) // HOUR
