"""A room's figures of the running month, as metrics.md 2 defines them, and its last 14 days."""

from __future__ import annotations

from grafana_foundation_sdk.builders import stat, table

from dashboards.colours import BLUE, GREEN, ORANGE
from dashboards.influxql import HISTORY, Influxql
from dashboards.meanings import ENOUGH
from dashboards.panels import ask, looks, steps, to_dashboard, transform
from dashboards.shapes import COLOURED, PERCENT, by_steps, matrix, number, one_colour, shares
from dashboards.words import Say

_SUMS = 'sum("occupied_s") AS "o", sum("known_s") AS "k", sum("bookable_s") AS "b"'


def _link(say: Say) -> tuple[str, str]:
    return say("Nyttjande", "Utilisation"), to_dashboard("rumskoll-utilisation", "site")


def frequency(say: Say, where: str) -> stat.Panel:
    return ask(
        number(steps((None, BLUE))).time_from("now/M").decimals(0),
        say("Tid i bruk hittills i månaden", "Time in use so far this month"),
        say(
            "Upptagen tid / känd tid, inom den bokningsbara tiden. Visas när minst 90 % av den"
            " tiden är känd.",
            "Occupied time / known time, within bookable time. Shown when at least 90 % of that"
            " time is known.",
        ),
        [
            Influxql(
                f"""SELECT "o" / "k" AS "frequency" FROM (SELECT {_SUMS} FROM "use_day"
                WHERE $timeFilter AND {where}) WHERE "k" > 0 AND "k" >= {ENOUGH} * "b" """,
                source=HISTORY,
                table=True,
            )
        ],
        source=HISTORY,
        unit="percentunit",
        size=(6, 5),
        link=_link(say),
        empty=say("Otillräckliga data", "Insufficient data"),
    )


def bounds(say: Say, where: str) -> stat.Panel:
    panel = ask(
        number().time_from("now/M").decimals(0),
        say(
            "Mellan vilka gränser, och hur mycket är känt?", "Within which bounds, known how well?"
        ),
        say(
            "Minst: om den okända tiden var ledig (upptagen / bokningsbar). Högst: om den var"
            " upptagen. Täckning: känd / bokningsbar tid; under 90 % är månadens siffror"
            " otillräckliga.",
            "Least: if the unknown time was vacant (occupied / bookable). Most: if it was"
            " occupied. Coverage: known / bookable time; under 90 % the month's figures are"
            " insufficient.",
        ),
        [
            Influxql(
                f"""SELECT "o" / "b" AS "least", ("o" + "b" - "k") / "b" AS "most",
                "k" / "b" AS "coverage" FROM (SELECT {_SUMS} FROM "use_day"
                WHERE $timeFilter AND {where}) WHERE "b" > 0""",
                source=HISTORY,
                table=True,
            )
        ],
        source=HISTORY,
        unit="percentunit",
        size=(12, 5),
        link=_link(say),
        empty=say("Ingen öppettid i månaden än", "No opening hours in the month yet"),
    )
    for name, title in (("least", say("Minst", "Least")), ("most", say("Högst", "Most"))):
        panel.override_by_name(name, looks(displayName=title, **one_colour(BLUE)))
    return panel.override_by_name(
        "coverage",
        looks(displayName=say("Täckning", "Coverage"), **by_steps((None, ORANGE), (ENOUGH, GREEN))),
    )


def seat_fill(say: Say, where: str) -> stat.Panel:
    return ask(
        number(steps((None, BLUE))).time_from("now/M").decimals(0),
        say("Platsbeläggning", "Seat fill"),
        say(
            "Personsekunder / (platser x räknade upptagna sekunder): hur fullt rummet är när det"
            " används. Bara där någon räknar personer.",
            "Person-seconds / (seats x counted occupied seconds): how full the room is when it is"
            " used. Only where people are counted.",
        ),
        [
            Influxql(
                f"""SELECT "p" / "s" AS "fill" FROM (
                SELECT sum("person_s") AS "p", sum("seat_s") AS "s" FROM "use_day"
                WHERE $timeFilter AND {where}) WHERE "s" > 0""",
                source=HISTORY,
                table=True,
            )
        ],
        source=HISTORY,
        unit="percentunit",
        size=(6, 5),
        link=_link(say),
        empty=say("Räknas inte", "Not counted"),
    )


def heat_strip(say: Say, where: str) -> table.Panel:
    panel = ask(
        table.Panel().time_from("14d").thresholds(shares()),
        say("När på dagen används rummet?", "When of the day is the room used?"),
        say(
            "De senaste 14 dygnen: upptagen / känd tid för varje timme av öppettiden. Streck:"
            " stängt, eller inget känt.",
            "The last 14 days: occupied / known time for each hour of the opening hours. A dash:"
            " closed, or nothing known.",
        ),
        [
            Influxql(
                f"""SELECT "occupied_s" / "known_s" AS "share" FROM "use_hour"
                WHERE $timeFilter AND {where} AND "known_s" > 0 GROUP BY "hour" """,
                source=HISTORY,
                table=True,
            )
        ],
        source=HISTORY,
        unit="percentunit",
        size=(24, 12),
        link=_link(say),
        empty=say("Ingen känd tid de senaste 14 dygnen.", "No known time in the last 14 days."),
    )
    panel.override_by_regexp("/^[0-9]{2}$/", looks(**PERCENT, **COLOURED))
    panel.override_by_name("Time\\hour", looks(displayName=say("Dag", "Day"), custom__width=130))
    panel.with_transformation(
        transform("formatTime", timeField="Time", outputFormat="YYYY-MM-DD ddd", useTimezone=True)
    )
    matrix(panel, row="Time", column="hour", value="share")
    return panel.with_transformation(
        transform("sortBy", fields={}, sort=[{"field": "Time\\hour", "desc": True}])
    )
