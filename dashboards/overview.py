"""Overview: which rooms are in use, what is broken, what needs somebody."""

from __future__ import annotations

from typing import Final

from grafana_foundation_sdk.builders import stat, statetimeline
from grafana_foundation_sdk.builders.dashboard import Dashboard, Row

from dashboards.colours import BLUE, GREEN, GREY, RED, SKY
from dashboards.faults_now import open_faults
from dashboards.influxql import ROOMS, Influxql
from dashboards.overview_tables import attention, coverage, rooms_now
from dashboards.panels import BOARD, ask, steps, to_dashboard
from dashboards.shapes import number
from dashboards.states import OF_SLOTS, SETTLED, rooms_that_are, timeline
from dashboards.variables import AT_SITE, site
from dashboards.words import Say

UID: Final = "rumskoll-overview"
ROOM: Final = "rumskoll-room"


def overview(say: Say) -> Dashboard:
    return (
        Dashboard(say("Översikt", "Overview"))
        .uid(UID)
        .time("now/d", "now/d")
        .refresh("1m")
        .with_variable(site(say))
        .with_row(Row(say("Just nu", "Right now")))
        .with_panel(_in_use(say))
        .with_panel(_vacant(say))
        .with_panel(_unknown(say))
        .with_panel(_faulty(say))
        .with_panel(rooms_now(say))
        .with_row(Row(say("I dag", "Today")))
        .with_panel(_timeline(say))
        .with_row(Row(say("Att se till", "To see to")))
        .with_panel(attention(say))
        .with_panel(coverage(say))
        .with_panel(open_faults(say, AT_SITE))
    )


def _count(say: Say, kind: str, title: str, about: str, colour: stat.Panel) -> stat.Panel:
    return ask(
        colour,
        title,
        about,
        [Influxql(rooms_that_are(kind), table=True)],
        source=ROOMS,
        unit="none",
        size=(6, 4),
        link=(say("Tavlan", "The board"), BOARD),
        empty=say("Inget hört på en kvart", "Nothing heard for 15 minutes"),
    )


def _in_use(say: Say) -> stat.Panel:
    return _count(
        say,
        "occupied",
        say("Hur många rum är upptagna?", "How many rooms are occupied?"),
        say(
            "Rum där någon sensor som går att lita på säger att någon är där.",
            "Rooms where any sensor that can be trusted says that somebody is there.",
        ),
        number(steps((None, BLUE))),
    )


def _vacant(say: Say) -> stat.Panel:
    return _count(
        say,
        "vacant",
        say("Hur många rum är lediga?", "How many rooms are free?"),
        say(
            "Rum där ingen sensor säger att någon är där och minst en hörs som kan se det."
            " Okända rum räknas aldrig som lediga.",
            "Rooms where no sensor says that somebody is there, and at least one that could tell"
            " is heard. Unknown rooms are never counted as free.",
        ),
        number(steps((None, SKY))),
    )


def _unknown(say: Say) -> stat.Panel:
    return _count(
        say,
        "unknown",
        say("Hur många rum är okända?", "How many rooms are unknown?"),
        say(
            "Rum där ingen sensor som kan se om rummet är tomt hörs eller går att lita på.",
            "Rooms where no sensor that could see whether the room is empty is heard or trusted.",
        ),
        number(steps((None, GREEN), (1, GREY))),
    )


def _faulty(say: Say) -> stat.Panel:
    return _count(
        say,
        "faulty",
        say("I hur många rum är något fel?", "In how many rooms is something wrong?"),
        say(
            "Rum med minst ett öppet fel eller en öppen varning. Dålig luft och annat att veta"
            " räknas inte.",
            "Rooms with at least one open error or warning. Bad air and other notes are not"
            " counted.",
        ),
        number(steps((None, GREEN), (1, RED))),
    )


def _timeline(say: Say) -> statetimeline.Panel:
    return ask(
        timeline(say, "5m").per_page(40).time_from("now/d"),
        say("När har rummen använts i dag?", "When were the rooms used today?"),
        say(
            "I steg om fem minuter, alltid i dag; andra dagar visar instrumentpanelen för ett rum."
            " Upptaget: någon var där någon gång under steget. Okänt: mindre än halva steget är"
            " känt. De senaste tio minuterna räknas fortfarande och visas inte.",
            "In steps of five minutes, always today; other days stand on a room's own dashboard."
            " Occupied: somebody was there at some time of the step. Unknown: less than half of"
            " the step is known. The last ten minutes are still being worked out and not shown.",
        ),
        [
            Influxql(
                f"""SELECT {OF_SLOTS} AS "state" FROM "room_slot"
                WHERE $timeFilter AND {SETTLED} AND {AT_SITE}
                GROUP BY time($__interval), "room" fill(null)""",
                alias="$tag_room",
            )
        ],
        source=ROOMS,
        unit="none",
        size=(24, 11),
        link=(say("Ett rum", "One room"), to_dashboard(ROOM)),
        empty=say("Inget känt", "Nothing known"),
    )
