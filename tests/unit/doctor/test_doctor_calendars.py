"""What the doctor says of calendars, and of how much they tell."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from collector.calendars.protocol import Caution, Reply, Request
from rooms.attribution import Booking
from rooms.readings import Point
from rooms.texts import TEXTS
from rooms.utilisation import UNATTRIBUTED, PartnerUse
from rumskoll.doctor.calendars import check_attributed, check_calendars
from rumskoll.settings import Settings
from storage.sqlite import SqliteStore
from tests.unit.doctor.helpers import settings, told
from tests.unit.registry.broken import broken

NOW = 1_790_000_000_000
DAY = 86_400_000


def contacts(**urls: str) -> Settings:
    lines = [f'  - {{room: {room}, url: "{url}"}}' for room, url in urls.items()]
    Path("contacts.yaml").write_text("\n".join(["calendars:", *lines]))
    return settings(contacts="contacts.yaml")


def answering(**replies: Reply) -> Callable[[Request], Reply]:
    return lambda request: replies[request.room]


def events(partners: list[str | None], day: int) -> list[Booking]:
    """One a minute, so many days from now."""
    return [
        Booking(f"{day}/{n}", NOW + day * DAY + n * 60_000, NOW + (day + 1) * DAY, partner)
        for n, partner in enumerate(partners)
    ]


def lines(given: Settings, **replies: Reply) -> list[tuple[str, str]]:
    return told(check_calendars(given, answering(**replies), lambda: NOW))


def test_no_calendars() -> None:
    [(state, line)] = lines(settings())
    assert state == "warn"
    assert line.startswith("none are given, so booked time cannot be attributed to partners.")


def test_a_room_without_one_and_what_each_says() -> None:
    cautions = [Caution("zone_unknown", 17, "ab12", "Odd")]
    reply = Reply(events=events(["vindel"] * 4 + [None], -2), cautions=cautions, caution_count=3)
    assert lines(contacts(granen="https://a.example/x"), granen=reply) == [
        (
            "warn",
            "rooms without a calendar: tallen. Add them under calendars in contacts.yaml.",
        ),
        (
            "warn",
            "granen: 5 events, 3 warnings. Line 17: unknown time zone “Odd”: the room's is used.",
        ),
        ("ok", "80 % of 5 events of the last 28 days map to a partner."),
    ]


def test_errors_show_the_host_and_never_the_address() -> None:
    given = contacts(granen="https://elin:hemlig@a.example/hemlig", tallen="file:///t.ics")
    gone = Reply(error="gone", values={"host": "a.example", "status": 404})
    found = lines(given, granen=gone, tallen=Reply())
    assert found == [
        (
            "fail",
            "granen: a.example has no such calendar (404). Correct the address in contacts.yaml.",
        ),
        ("ok", "tallen: 0 events."),
    ]


def test_the_share_of_events_of_the_last_days() -> None:
    given = contacts(granen="https://a.example/", tallen="https://b.example/")
    granen = Reply(events=events(["vindel", None], -27) + events([None] * 9, -29))
    tallen = Reply(events=events(["vindel"], -1) + events([None] * 9, 1))
    state, line = lines(given, granen=granen, tallen=tallen)[-1]
    assert state == "warn"
    assert line.startswith("only 66 % of 3 events of the last 28 days map to a partner.")


def test_private_rooms_need_none_and_mistakes_are_told_elsewhere() -> None:
    Path("rooms.yaml").write_text(
        broken(("name: Tallen, capacity: 4", "name: Tallen, capacity: 4, private: true"))
    )
    assert lines(contacts(granen="https://a.example/"), granen=Reply()) == [
        ("ok", "granen: 0 events.")
    ]
    assert lines(contacts(granen="nonsense")) == []


@pytest.mark.parametrize(
    ("nobodys", "said"),
    [
        (1, ("ok", "80 % of 5 hours of use of the last 28 days is attributed.")),
        (6, ("warn", "only 40 % of 10 hours of use of the last 28 days is attributed.")),
    ],
)
def test_the_share_of_used_time(tmp_path: Path, nobodys: int, said: tuple[str, str]) -> None:
    def point(partner: str, day: int, use: PartnerUse) -> Point:
        tags = {"site": "arena", "partner": partner}
        return Point("site_partner_day", tags, NOW - day * DAY, use.stored())

    store = SqliteStore(tmp_path / "store.db", retention_s=None, clock=lambda: NOW)
    store.write(
        [
            point("vindel", 1, PartnerUse(booking_s=7200, no_show_s=999, outside_s=999)),
            point("renen", 27, PartnerUse(checkin_s=3600, host_s=3600)),
            point("renen", 29, PartnerUse(booking_s=99_999)),
            point(UNATTRIBUTED, 2, PartnerUse(unattributed_s=nobodys * 3600)),
        ]
    )
    store.close()
    given = settings(store=f"sqlite:{tmp_path}/store.db")
    [(state, line)] = told(check_attributed(given, now_ms=lambda: NOW))
    assert (state, line.partition(" Book")[0]) == said


def test_no_use_yet(tmp_path: Path) -> None:
    given = settings(store=f"sqlite:{tmp_path}/store.db")
    assert told(check_attributed(given, now_ms=lambda: NOW)) == []


def test_every_error_and_caution_can_be_said_in_both_languages() -> None:
    import re

    root = Path(__file__).parents[3] / "collector" / "calendars"
    code = "".join(path.read_text("utf-8") for path in root.glob("*.py"))
    errors = set(re.findall(r'(?:FeedError\(|error=)"(\w+)"', code))
    assert len(errors) > 10
    assert {f"calendars.error.{key}" for key in errors} <= TEXTS.keys()
    cautions = set(re.findall(r'(?:BadEvent\(|_warn\()"(\w+)"', code))
    assert len(cautions) > 5
    assert {f"calendars.caution.{key}" for key in cautions} <= TEXTS.keys()
