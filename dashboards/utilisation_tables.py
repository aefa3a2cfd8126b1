"""Utilisation in tables: rooms ranked, months compared, partners' time."""

from __future__ import annotations

from typing import Final

from grafana_foundation_sdk.builders import table

from dashboards.colours import GREEN, ORANGE
from dashboards.influxql import HISTORY, Influxql
from dashboards.panels import BOARD, ask, looks, to_dashboard, transform
from dashboards.shapes import (
    COLOURED,
    COLOURED_TEXT,
    PERCENT,
    SHADES,
    Looks,
    by_steps,
    column,
    columns,
    joined,
    matrix,
    shares,
    sorted_by,
)
from dashboards.variables import AT_SITE
from dashboards.words import Say

_IN_RANGE: Final = f"$timeFilter AND {AT_SITE}"
_USE: Final = f"{BOARD}/utilisation"
_MONTHS: Final = "13M"  # this month and the same one a year ago


def _figures(say: Say) -> dict[str, Looks]:
    """Columns that rooms and months have in common; the frequency alone is held back where
    too little is known."""
    insufficient = say("Otillräckliga data", "Insufficient data")
    hours = {"unit": say("suffix:tim", "suffix:h"), "decimals": 0}
    number = {"unit": "none", "decimals": 0}
    coverage = by_steps((None, ORANGE), (0.9, GREEN))
    return {
        "frequency": column(
            say("Tid i bruk", "In use"),
            noValue=insufficient,
            **PERCENT,
            **by_steps(*SHADES),
            **COLOURED,
        ),
        "lowest": column(say("Lägst", "Lowest"), **PERCENT),
        "highest": column(say("Högst", "Highest"), **PERCENT),
        "coverage": column(say("Täckning", "Coverage"), **PERCENT, **coverage, **COLOURED_TEXT),
        "seat_fill": column(say("Platsbeläggning", "Seat fill"), noValue="–", **PERCENT),
        "booking_rate": column(say("Bokad tid", "Booked time"), **PERCENT),
        "no_shows": column(say("Bokat men tomt", "No-shows"), **number),
        "assessable": column(say("Av bokningar", "Of bookings"), **number),
        "walk_in": column(say("Spontant", "Walk-in"), **hours),
        "bookable": column(say("Bokningsbart", "Bookable"), **hours),
    }


def ranking(say: Say) -> table.Panel:
    since = f'FROM "use_day" WHERE {_IN_RANGE} AND'
    panel = ask(
        table.Panel(),
        say("Vilka rum används mest, och minst?", "Which rooms are used most, and least?"),
        say(
            "Tid i bruk: upptagen tid delad med känd bokningsbar tid; visas när täckningen är minst"
            " 90 %. Lägst och högst: om all okänd tid vore ledig, eller upptagen. Platsbeläggning:"
            " personsekunder delat med platser gånger upptagen tid då folk räknades. Bokat men"
            " tomt räknas av de bokningar som kan bedömas.",
            "In use: occupied time divided by known bookable time; shown when coverage is at least"
            " 90 %. Lowest and highest: were all unknown time vacant, or occupied. Seat fill:"
            " person-seconds divided by seats times occupied time in which people were counted."
            " No-shows are counted among the bookings that can be assessed.",
        ),
        [
            Influxql(
                f"""SELECT sum("occupied_s") / sum("bookable_s") AS "lowest",
                    (sum("occupied_s") + sum("bookable_s") - sum("known_s")) / sum("bookable_s")
                    AS "highest", sum("known_s") / sum("bookable_s") AS "coverage",
                    sum("booked_s") / sum("bookable_s") AS "booking_rate",
                    sum("no_shows") AS "no_shows", sum("assessable") AS "assessable",
                    sum("walkin_s") / 3600 AS "walk_in", sum("bookable_s") / 3600 AS "bookable"
                    {since} "bookable_s" > 0 GROUP BY "room" """,
                source=HISTORY,
                table=True,
            ),
            Influxql(
                f"""SELECT "room", "frequency" FROM (SELECT
                    sum("occupied_s") / sum("known_s") AS "frequency",
                    sum("known_s") / sum("bookable_s") AS "coverage"
                    {since} "bookable_s" > 0 GROUP BY "room") WHERE "coverage" >= 0.9""",
                source=HISTORY,
                ref="B",
                table=True,
            ),
            Influxql(
                f"""SELECT sum("person_s") / sum("seat_s") AS "seat_fill",
                    max("people_max") AS "people_max" {since} "seat_s" > 0 GROUP BY "room" """,
                source=HISTORY,
                ref="C",
                table=True,
            ),
        ],
        source=HISTORY,
        unit="none",
        size=(24, 10),
        link=(say("Nyttjande på tavlan", "Use on the board"), _USE),
        empty=say("Inga öppna dagar i perioden.", "No open days in this time."),
    )
    to_room = {
        "title": say("Visa rummet", "Show the room"),
        "url": to_dashboard("rumskoll-room") + "&var-room=${__value.raw}",
    }
    shown = {
        "room": column(say("Rum", "Room"), unit="string", links=[to_room]),
        **_figures(say),
        "people_max": column(
            say("Flest på en gång", "Most at once"), unit="none", decimals=0, noValue="–"
        ),
    }
    return columns(sorted_by(joined(panel, "room"), "frequency"), shown)


def months(say: Say) -> table.Panel:
    since = f'FROM "site_month" WHERE {_IN_RANGE} AND'
    panel = ask(
        table.Panel().time_from(_MONTHS),
        say("Hur har användningen ändrats?", "How has the use changed?"),
        say(
            "De senaste tretton månaderna, vilken period som än är vald; den löpande månaden till"
            " och med nu. Samma mått som i tabellen över rum, summerade över platsens rum.",
            "The latest thirteen months, whatever time range is chosen; the running month until"
            " now. The figures are those of the table of rooms, summed over the site's rooms.",
        ),
        [
            Influxql(
                f"""SELECT "occupied_s" / "bookable_s" AS "lowest",
                    ("occupied_s" + "bookable_s" - "known_s") / "bookable_s" AS "highest",
                    "known_s" / "bookable_s" AS "coverage",
                    "booked_s" / "bookable_s" AS "booking_rate", "no_shows", "assessable",
                    "walkin_s" / 3600 AS "walk_in", "bookable_s" / 3600 AS "bookable"
                    {since} "bookable_s" > 0 GROUP BY "site" """,
                source=HISTORY,
                table=True,
            ),
            Influxql(
                f"""SELECT "frequency" FROM (SELECT "occupied_s" / "known_s" AS "frequency",
                    "known_s" / "bookable_s" AS "coverage" {since} "bookable_s" > 0
                    GROUP BY "site") WHERE "coverage" >= 0.9 GROUP BY "site" """,
                source=HISTORY,
                ref="B",
                table=True,
            ),
            Influxql(
                f"""SELECT "person_s" / "seat_s" AS "seat_fill" {since} "seat_s" > 0
                    GROUP BY "site" """,
                source=HISTORY,
                ref="C",
                table=True,
            ),
        ],
        source=HISTORY,
        unit="none",
        size=(24, 9),
        link=(say("Nyttjande på tavlan", "Use on the board"), _USE),
        empty=say("Inga månader att visa än.", "No months to show yet."),
    )
    panel.with_transformation(transform("merge"))
    shown = {
        "Time": column(say("Månad", "Month"), unit="time:YYYY-MM"),
        "site": column(say("Plats", "Site"), unit="string"),
        **_figures(say),
    }
    return columns(sorted_by(panel, "Time"), shown)


def rooms_by_month(say: Say) -> table.Panel:
    panel = ask(
        table.Panel().time_from(_MONTHS).thresholds(shares()).decimals(0),
        say("Vilka rum används mer än förr?", "Which rooms are used more than before?"),
        say(
            "Tid i bruk per rum och månad. Ett streck: täckning under 90 % den månaden, eller inget"
            " rum då.",
            "Frequency by room and month. A dash: coverage below 90 % in that month, or no such"
            " room then.",
        ),
        [
            Influxql(
                f"""SELECT "frequency" FROM (SELECT "occupied_s" / "known_s" AS "frequency",
                    "known_s" / "bookable_s" AS "coverage" FROM "use_month"
                    WHERE {_IN_RANGE} AND "bookable_s" > 0 GROUP BY "room")
                    WHERE "coverage" >= 0.9 GROUP BY "room" """,
                source=HISTORY,
                table=True,
            )
        ],
        source=HISTORY,
        unit="percentunit",
        size=(24, 9),
        link=(say("Nyttjande på tavlan", "Use on the board"), _USE),
        empty=say("Otillräckliga data", "Insufficient data"),
    )
    sorted_by(panel, "Time", down=False)  # else months stand as the first room has them
    panel.with_transformation(transform("formatTime", timeField="Time", outputFormat="YYYY-MM"))
    matrix(panel, row="room", column="Time", value="frequency")
    cells = looks(noValue="–", custom__align="center", **COLOURED)
    panel.override_by_regexp("/^[0-9]{4}-[0-9]{2}$/", cells)
    name = {"displayName": say("Rum", "Room"), "unit": "string"}
    plain = looks(**name, custom__cellOptions={"type": "auto"})
    return sorted_by(panel, "room\\Time", down=False).override_by_name("room\\Time", plain)
