"""Utilisation over days, and over the week: each bar, cell and peak from stored sums."""

from __future__ import annotations

from typing import Final

from grafana_foundation_sdk.builders import stat, table, timeseries

from dashboards.colours import BLUE, GREY, ORANGE, RED, SKY
from dashboards.influxql import HISTORY, Influxql
from dashboards.panels import BOARD, ask, looks, to_dashboard
from dashboards.shapes import (
    COLOURED,
    PERCENT,
    bars,
    column,
    columns,
    matrix,
    named,
    number,
    one_colour,
    shares,
    sorted_by,
    with_site,
)
from dashboards.variables import AT_SITE
from dashboards.words import Say

_IN_RANGE: Final = f"$timeFilter AND {AT_SITE}"
_WEEKDAYS: Final = (
    ("måndag", "Monday"),
    ("tisdag", "Tuesday"),
    ("onsdag", "Wednesday"),
    ("torsdag", "Thursday"),
    ("fredag", "Friday"),
    ("lördag", "Saturday"),
    ("söndag", "Sunday"),
)


def _board(say: Say) -> tuple[str, str]:
    return (
        say("Rummens nyttjande på tavlan", "The rooms' use on the board"),
        f"{BOARD}/utilisation",
    )


def frequency(say: Say) -> timeseries.Panel:
    days = f'FROM "site_day" WHERE {_IN_RANGE} AND'
    panel = ask(
        bars().min(0),
        say("Hur mycket används rummen varje dag?", "How much are the rooms used each day?"),
        say(
            "Stapel: upptagen tid delad med känd bokningsbar tid den dagen, bara när täckningen är"
            " minst 90 %. Streck: lägst och högst tänkbara värde. Stängda dagar saknar stapel.",
            "Bar: occupied time divided by known bookable time of that day, only when coverage is"
            " at least 90 %. Marks: the lowest and highest possible value. Closed days have none.",
        ),
        [
            Influxql(
                f"""SELECT "frequency" FROM (SELECT "occupied_s" / "known_s" AS "frequency",
                    "known_s" / "bookable_s" AS "coverage" {days} "bookable_s" > 0
                    GROUP BY "site") WHERE "coverage" >= 0.9 GROUP BY "site" """,
                source=HISTORY,
                alias="$tag_site $col",
            ),
            Influxql(
                f"""SELECT "occupied_s" / "bookable_s" AS "lowest",
                    ("occupied_s" + "bookable_s" - "known_s") / "bookable_s" AS "highest"
                    {days} "bookable_s" > 0 GROUP BY "site" """,
                source=HISTORY,
                ref="B",
                alias="$tag_site $col",
            ),
        ],
        source=HISTORY,
        unit="percentunit",
        size=(24, 8),
        link=_board(say),
        empty=say("Inga öppna dagar i perioden.", "No open days in this time."),
    )
    point = {"custom__drawStyle": "points", "custom__pointSize": 6}
    return named(
        panel,
        {
            "frequency": with_site(say("Tid i bruk", "In use"), **one_colour(BLUE)),
            "lowest": with_site(say("Lägst", "Lowest"), **point, **one_colour(GREY)),
            "highest": with_site(say("Högst", "Highest"), **point, **one_colour(ORANGE)),
        },
    )


def booked(say: Say) -> timeseries.Panel:
    panel = ask(
        bars().min(0).decimals(1),
        say("Stämmer bokningarna med användningen?", "Do bookings match the use?"),
        say(
            "Rumstimmar per dag i öppettiderna: bokade, upptagna, och av de upptagna de som låg"
            " utanför bokningar (spontant).",
            "Room-hours per day within opening hours: booked, occupied, and of the occupied those"
            " outside bookings (walk-in).",
        ),
        [
            Influxql(
                f"""SELECT "booked_s" / 3600 AS "booked", "occupied_s" / 3600 AS "used",
                    "walkin_s" / 3600 AS "walk_in" FROM "site_day"
                    WHERE {_IN_RANGE} AND "bookable_s" > 0 GROUP BY "site" """,
                source=HISTORY,
                alias="$tag_site $col",
            )
        ],
        source=HISTORY,
        unit=say("suffix:tim", "suffix:h"),
        size=(12, 8),
        link=_board(say),
        empty=say("Inga öppna dagar i perioden.", "No open days in this time."),
    )
    return named(
        panel,
        {
            "booked": with_site(say("Bokat", "Booked"), **one_colour(GREY)),
            "used": with_site(say("Använt", "Used"), **one_colour(BLUE)),
            "walk_in": with_site(say("Spontant", "Walk-in"), **one_colour(SKY)),
        },
    )


def no_shows(say: Say) -> timeseries.Panel:
    panel = ask(
        bars().min(0).decimals(0),
        say("Hur många bokade rum stod tomma?", "How many booked rooms stood empty?"),
        say(
            "Bokningar per dag, de som kan bedömas (täckning minst 90 % runt starten), och av dem"
            " de dit ingen kom.",
            "Bookings per day, those that can be assessed (coverage of at least 90 % around the"
            " start), and of these the ones to which nobody came.",
        ),
        [
            Influxql(
                f"""SELECT "bookings", "assessable", "no_shows" FROM "site_day"
                    WHERE {_IN_RANGE} AND "bookable_s" > 0 GROUP BY "site" """,
                source=HISTORY,
                alias="$tag_site $col",
            )
        ],
        source=HISTORY,
        unit=say("suffix:bokningar", "suffix:bookings"),
        size=(12, 8),
        link=_board(say),
        empty=say("Inga öppna dagar i perioden.", "No open days in this time."),
    )
    return named(
        panel,
        {
            "bookings": with_site(say("Bokningar", "Bookings"), **one_colour(GREY)),
            "assessable": with_site(say("Kan bedömas", "Assessable"), **one_colour(SKY)),
            "no_shows": with_site(say("Bokat men tomt", "No-shows"), **one_colour(RED)),
        },
    )


def heat(say: Say) -> table.Panel:
    """Weekday x hour from the tags of the hourly roll-up: of InfluxQL's time groups there is none
    for the hour of the week."""
    panel = ask(
        table.Panel().decimals(0).thresholds(shares()),
        say("När på veckan används rummen?", "When in the week are the rooms used?"),
        say(
            "Tid i bruk per veckodag och timme (lokal tid): upptagen tid delad med känd bokningsbar"
            " tid, summerat över alla dagar i perioden. Ett streck: stängt, eller täckning under"
            " 90 %.",
            "Frequency by weekday and hour (local time): occupied time divided by known bookable"
            " time, summed over all days of the time range. A dash: closed, or coverage below"
            " 90 %.",
        ),
        [
            Influxql(
                f"""SELECT "hour", "weekday", "share" FROM (SELECT
                    sum("occupied_s") / sum("known_s") AS "share",
                    sum("known_s") / sum("bookable_s") AS "coverage" FROM "site_hour"
                    WHERE {_IN_RANGE} AND "bookable_s" > 0 GROUP BY "hour", "weekday")
                    WHERE "coverage" >= 0.9""",
                source=HISTORY,
                table=True,
            )
        ],
        source=HISTORY,
        unit="percentunit",
        size=(24, 9),
        link=_board(say),
        empty=say("Otillräckliga data", "Insufficient data"),
    )
    names = {str(n): {"text": say(*day), "index": n} for n, day in enumerate(_WEEKDAYS, 1)}
    days = looks(
        displayName=say("Veckodag", "Weekday"),
        mappings=[{"type": "value", "options": names}],
        unit="string",
        custom__cellOptions={"type": "auto"},
        custom__width=110,
    )
    panel = sorted_by(
        matrix(panel, row="weekday", column="hour", value="share"), "weekday\\hour", down=False
    )
    cells = looks(noValue="–", custom__align="center", **COLOURED)
    return panel.override_by_regexp("/^[0-9]{2}$/", cells).override_by_name("weekday\\hour", days)


def _quarters() -> str:
    """The share of bookable rooms in use in every quarter that can be assessed."""
    return ", ".join(
        f"""(SELECT "occupied_q{n}_s" / "known_q{n}_s" AS "share",
            "known_q{n}_s" / "bookable_q{n}_s" AS "coverage" FROM "site_hour"
            WHERE {_IN_RANGE} AND "bookable_q{n}_s" > 0 GROUP BY "site")"""
        for n in (1, 2, 3, 4)
    )


def peaks(say: Say) -> stat.Panel:
    panel = ask(
        number().decimals(0),
        say("Räcker rummen när det är som mest?", "Are there rooms enough at the peak?"),
        say(
            "Topp: den kvart då störst andel av rummen användes samtidigt. Nästan alltid under:"
            " 95:e percentilen, som 19 av 20 kvartar inte går över. Bara kvartar med täckning"
            " minst 90 %.",
            "Peak: the quarter of an hour in which the largest share of rooms was in use at once."
            " Nearly always below: the 95th percentile, which 19 of 20 quarters do not exceed."
            " Only quarters with coverage of at least 90 %.",
        ),
        [
            Influxql(
                f"""SELECT max("share") AS "peak", percentile("share", 95) AS "high"
                    FROM {_quarters()} WHERE "coverage" >= 0.9
                    GROUP BY "site" """,
                source=HISTORY,
                alias="$tag_site $col",
            )
        ],
        source=HISTORY,
        unit="percentunit",
        size=(12, 8),
        link=_board(say),
        empty=say("Otillräckliga data", "Insufficient data"),
    )
    high = with_site(say("Nästan alltid under", "Nearly always below"))
    return named(panel, {"peak": with_site(say("Topp", "Peak")), "high": high})


def busiest(say: Say) -> table.Panel:
    panel = ask(
        table.Panel(),
        say("Vilka timmar var fullast?", "Which hours were fullest?"),
        say(
            "De tio högsta kvartarna i perioden: timmen de ligger i, och andelen rum i bruk"
            " samtidigt. Bara kvartar med täckning minst 90 %.",
            "The ten highest quarters of the time range: the hour they lie in, and the share of"
            " rooms in use at once. Only quarters with coverage of at least 90 %.",
        ),
        [
            Influxql(
                f"""SELECT top("share", 10) AS "share" FROM {_quarters()}
                    WHERE "coverage" >= 0.9 GROUP BY "site" """,
                source=HISTORY,
                table=True,
            )
        ],
        source=HISTORY,
        unit="percentunit",
        size=(12, 8),
        link=(say("Översikt", "Overview"), to_dashboard("rumskoll-overview", "site")),
        empty=say("Otillräckliga data", "Insufficient data"),
    )
    shown = {
        "Time": column(say("Timmen från", "Hour from"), unit="time:YYYY-MM-DD HH:mm"),
        "site": column(say("Plats", "Site"), unit="string"),
        "share": column(say("Rum i bruk samtidigt", "Rooms in use at once"), **PERCENT),
    }
    return columns(sorted_by(panel, "share"), shown)
