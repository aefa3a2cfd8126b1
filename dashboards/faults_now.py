"""Tables of faults: those that are open, and those of a time."""

from __future__ import annotations

from typing import Final

from grafana_foundation_sdk.builders import table

from dashboards.colours import GREEN, ORANGE
from dashboards.influxql import HISTORY, Influxql
from dashboards.meanings import codes, severities
from dashboards.panels import ask, to_dashboard
from dashboards.shapes import COLOURED, Looks, column, columns, sorted_by, words_for
from dashboards.words import Say

FAULTS: Final = "rumskoll-equipment"


def open_faults(say: Say, where: str) -> table.Panel:
    panel = ask(
        table.Panel(),
        say("Vad är fel just nu?", "What is wrong right now?"),
        say(
            "Öppna fel, det värsta först. Förlorad rumstid är rumsminuter av öppettiden som felet"
            " har kostat, räknat varje timme.",
            "Open faults, the worst first. Room time lost is room-minutes of opening hours that"
            " the fault has cost, worked out every hour.",
        ),
        [Influxql(_open(where), source=HISTORY, table=True)],
        source=HISTORY,
        unit="none",
        size=(24, 9),
        link=(say("Alla fel", "All faults"), to_dashboard(FAULTS, "site")),
        empty=say("Inget är fel just nu.", "Nothing is wrong right now."),
    )
    return columns(sorted_by(panel, "severity"), _told(say), "fault")


def faults_since(say: Say, where: str) -> table.Panel:
    panel = ask(
        table.Panel(),
        say("Vilka fel har rummet haft?", "Which faults has the room had?"),
        say(
            "Fel som var öppna eller avslutades under tiden som visas, det senaste först. Förlorad"
            " rumstid är rumsminuter av öppettiden som felet har kostat.",
            "Faults that were open or ended in the time shown, the latest first. Room time lost is"
            " room-minutes of opening hours that the fault has cost.",
        ),
        [
            Influxql(
                f"""SELECT last("open") AS "open", "name", "severity", "since", "lasted_s",
                "lost_s" / 60 AS "lost_min", "detail" FROM "fault"
                WHERE $timeFilter AND {where} GROUP BY "room", "code", "fault" """,
                source=HISTORY,
                table=True,
            )
        ],
        source=HISTORY,
        unit="none",
        size=(24, 7),
        link=(say("Alla fel", "All faults"), to_dashboard(FAULTS, "site")),
        empty=say("Inget fel i den tid som visas.", "No fault in the time shown."),
    )
    turns = {"1": (say("Öppet", "Open"), ORANGE), "0": (say("Över", "Over"), GREEN)}
    return columns(
        sorted_by(panel, "since"),
        {
            "open": column(say("Läge", "Status"), **COLOURED, **words_for(turns)),
            **_told(say),
            "lasted_s": column(say("Har varat (h:m:s)", "Has lasted (h:m:s)"), unit="dthms"),
        },
        "fault",
    )


def _open(where: str) -> str:
    """Each open fault's last point: open ones are written again every hour."""
    return f"""SELECT "name", "severity", "since", "lost_min", "detail" FROM (
        SELECT last("open") AS "open", "name", "severity", "since", "lost_s" / 60 AS "lost_min",
        "detail" FROM "fault" WHERE time > now() - 130m AND {where}
        GROUP BY "site", "room", "code", "fault")
        WHERE "open" = 1 GROUP BY "room", "code", "fault" """


def _told(say: Say) -> dict[str, Looks]:
    return {
        "severity": column(say("Allvar", "Severity"), **COLOURED, **words_for(severities(say))),
        "code": column(say("Vad", "What"), **words_for(codes(say)), custom__minWidth=170),
        "name": column(say("Var", "Where"), custom__minWidth=150),
        "room": column(say("Rum (id)", "Room (id)")),
        "since": column(say("Sedan", "Since"), unit="dateTimeAsIsoNoDateIfToday"),
        "lost_min": column(
            say("Förlorad rumstid", "Room time lost"), unit="suffix:min", decimals=0
        ),
        "detail": column(say("Mer", "More"), custom__minWidth=200),
    }
