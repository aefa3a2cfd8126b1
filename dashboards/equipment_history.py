"""How faults went: how many came and went, how long they lasted, what they cost."""

from __future__ import annotations

from typing import Any, Final

from grafana_foundation_sdk.builders import barchart, table

from dashboards import meanings
from dashboards.colours import BLUE, GREEN, ORANGE, RED
from dashboards.influxql import HISTORY, Influxql
from dashboards.panels import BOARD, ask, looks, to_dashboard, transform
from dashboards.shapes import (
    BAR,
    COLOURED_TEXT,
    by_steps,
    column,
    columns,
    matrix,
    one_colour,
    sorted_by,
    words_for,
)
from dashboards.variables import AT_SITE
from dashboards.words import Say

_IN_RANGE: Final = f"$timeFilter AND {AT_SITE}"


def faults_page(say: Say) -> tuple[str, str]:
    return (say("Fel på tavlan", "Faults on the board"), f"{BOARD}/faults")


def per_day(say: Say) -> barchart.Panel:
    """Days are made in Grafana, in the reader's time zone: InfluxQL's own begin in UTC."""
    panel = ask(
        barchart.Panel().min(0).decimals(0),
        say("Hur många fel kommer och går per dag?", "How many faults come and go each day?"),
        say(
            "Fel som öppnades, kom tillbaka och löstes per dag. Dagar utan händelser visas inte.",
            "Faults that were opened, came back and were resolved per day. Days without any are"
            " not shown.",
        ),
        [
            Influxql(
                f"""SELECT "kind", "open" FROM "fault"
                    WHERE {_IN_RANGE} AND "kind" =~ /^(opened|reopened|resolved)$/""",
                source=HISTORY,
                table=True,
            )
        ],
        source=HISTORY,
        unit=say("suffix:fel", "suffix:faults"),
        size=(12, 8),
        link=faults_page(say),
        empty=say("Inga fel i perioden.", "No faults in this time."),
    )
    by_day = {"operation": "groupby", "aggregations": []}
    count = {"operation": "aggregate", "aggregations": ["count"]}
    grouped = {"Time": by_day, "kind": by_day, "open": count}
    panel.with_transformation(
        transform("formatTime", timeField="Time", outputFormat="YYYY-MM-DD")
    ).with_transformation(transform("groupBy", fields=grouped))
    matrix(panel, row="Time", column="kind", value="open (count)")
    for kind, words, colour in (
        ("opened", ("Öppnade", "Opened"), RED),
        ("reopened", ("Återkomna", "Came back"), ORANGE),
        ("resolved", ("Lösta", "Resolved"), GREEN),
    ):
        panel.override_by_name(kind, looks(displayName=say(*words), **one_colour(colour)))
    return panel.x_field("Time\\kind")


def lost_by_room(say: Say) -> table.Panel:
    panel = ask(
        table.Panel(),
        say("Vilka rum drabbas mest?", "Which rooms suffer most?"),
        say(
            "Förlorade rumsminuter per rum i perioden (bokningsbar tid då utrustning var trasig),"
            " och deras andel av den bokningsbara tiden.",
            "Lost room-minutes by room in the time range (bookable time in which equipment was"
            " broken), and their share of bookable time.",
        ),
        [
            Influxql(
                f"""SELECT sum("lost_s") / 60 AS "lost",
                    sum("lost_s") / sum("bookable_s") AS "share" FROM "use_day"
                    WHERE {_IN_RANGE} AND "bookable_s" > 0 GROUP BY "room" """,
                source=HISTORY,
                table=True,
            )
        ],
        source=HISTORY,
        unit="none",
        size=(12, 8),
        link=(say("Nyttjande", "Utilisation"), to_dashboard("rumskoll-utilisation", "site")),
        empty=say("Inga öppna dagar i perioden.", "No open days in this time."),
    )
    minutes = {"unit": say("suffix:rumsmin", "suffix:room-min"), "decimals": 0}
    share = by_steps((None, GREEN), (0.02, ORANGE), (0.1, RED))
    to_room = {
        "title": say("Visa rummet", "Show the room"),
        "url": to_dashboard("rumskoll-room") + "&var-room=${__value.raw}",
    }
    shown = {
        "room": column(say("Rum", "Room"), unit="string", links=[to_room]),
        "lost": column(say("Förlorat", "Lost"), min=0, **minutes, **BAR, **one_colour(BLUE)),
        "share": column(
            say("Av tiden", "Of the time"), unit="percentunit", decimals=1, **share, **COLOURED_TEXT
        ),
    }
    return columns(sorted_by(panel, "lost"), shown)


def repair(say: Say, by: str) -> table.Panel:
    titles = {
        "code": say("Vilka fel tar längst tid att lösa?", "Which faults take longest to resolve?"),
        "room": say("I vilka rum varar felen längst?", "In which rooms do faults last longest?"),
    }
    panel = ask(
        table.Panel(),
        titles[by],
        say(
            "Medeltid till åtgärd för fel som löstes i perioden, hur många de var och vad de"
            " kostade i rumsminuter. Ett streck som rum: fel som inte hör till något rum.",
            "Mean time to repair of faults that were resolved in the time range, how many they"
            " were, and what they cost in room-minutes. A dash for a room: of no room.",
        ),
        [
            Influxql(
                f"""SELECT mean("lasted_s") / 3600 AS "repair", count("lasted_s") AS "resolved",
                    sum("lost_s") / 60 AS "lost" FROM "fault"
                    WHERE {_IN_RANGE} AND "kind" = 'resolved' GROUP BY "{by}" """,
                source=HISTORY,
                table=True,
            )
        ],
        source=HISTORY,
        unit="none",
        size=(12, 8),
        link=faults_page(say),
        empty=say("Inget fel har lösts i perioden.", "No fault was resolved in this time."),
    )
    first = {
        "code": column(say("Fel", "Fault"), unit="string", **words_for(meanings.codes(say))),
        "room": column(say("Rum", "Room"), unit="string"),
    }
    hours: dict[str, Any] = {"unit": say("suffix:tim", "suffix:h"), "decimals": 1}
    shown = {
        by: first[by],
        "repair": column(
            say("Medeltid till åtgärd", "Mean time to repair"),
            min=0,
            **hours,
            **BAR,
            **one_colour(BLUE),
        ),
        "resolved": column(say("Lösta", "Resolved"), unit="none", decimals=0),
        "lost": column(
            say("Kostnad", "Cost"), unit=say("suffix:rumsmin", "suffix:room-min"), decimals=0
        ),
    }
    return columns(sorted_by(panel, "repair"), shown)
