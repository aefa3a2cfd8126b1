"""The overview's tables: rooms now, those that need somebody, and what is known of the month."""

from __future__ import annotations

from typing import Final

from grafana_foundation_sdk.builders import table

from dashboards.colours import GREEN, ORANGE
from dashboards.faults_now import FAULTS
from dashboards.influxql import HISTORY, ROOMS, Influxql
from dashboards.meanings import AIR, ENOUGH, calls, room_states, severities
from dashboards.panels import BOARD, ask, to_dashboard
from dashboards.shapes import (
    COLOURED,
    COLOURED_TEXT,
    PERCENT,
    Looks,
    by_steps,
    column,
    columns,
    sorted_by,
    words_for,
)
from dashboards.states import NOW
from dashboards.variables import AT_SITE
from dashboards.words import Say

_OF_ROW: Final = "/d/rumskoll-room?var-room=${__data.fields.room}"


def _id_column(say: Say) -> dict[str, Looks]:
    link = {"title": say("Visa rummet", "Show the room"), "url": _OF_ROW}
    return {"room": column("Id", links=[link], custom__width=130)}


def rooms_now(say: Say) -> table.Panel:
    panel = ask(
        table.Panel(),
        say("Hur är det i rummen nu?", "How are the rooms now?"),
        say(
            "Det senaste om varje rum, högst en kvart gammalt. Okänt är inte detsamma som ledigt."
            " Koldioxid: bra under 800 ppm, okej under 1 000, vädra därefter; över 1 200 i"
            " 20 minuter är ett fel. Klicka på ett id för att se rummet.",
            "The latest of each room, at most 15 minutes old. Unknown is not the same as free."
            " Carbon dioxide: good under 800 ppm, fair under 1,000, open a window above; over"
            " 1,200 for 20 minutes is a fault. Click an id to see the room.",
        ),
        [
            Influxql(
                f"""SELECT last("state") AS "state", "name", "words", "people", "capacity",
                "co2_ppm", "temperature_c", "in_call", "severity", "faults" FROM "room_state"
                WHERE {NOW} AND {AT_SITE} GROUP BY "site", "room" """,
                table=True,
            )
        ],
        source=ROOMS,
        unit="none",
        size=(24, 11),
        link=(say("Tavlan", "The board"), BOARD),
        empty=say("Inget rum har hörts på en kvart.", "No room was heard for 15 minutes."),
    )
    return columns(
        panel,
        {
            "name": column(say("Rum", "Room"), custom__minWidth=140),
            "state": column(say("Tillstånd", "State"), **COLOURED, **words_for(room_states(say))),
            "words": column(say("På dörrskylten", "On the door sign"), custom__minWidth=220),
            "people": column(say("Personer", "People"), decimals=0),
            "capacity": column(say("Platser", "Seats"), decimals=0),
            "co2_ppm": column(
                say("Koldioxid", "Carbon dioxide"),
                unit="ppm",
                decimals=0,
                **COLOURED_TEXT,
                **by_steps(*AIR),
            ),
            "temperature_c": column(say("Temperatur", "Temperature"), unit="celsius", decimals=1),
            "in_call": column(say("Videosamtal", "Video call"), **words_for(calls(say))),
            "severity": column(
                say("Värsta felet", "Worst fault"), **COLOURED, **words_for(severities(say))
            ),
            "faults": column(say("Öppna fel", "Open faults"), decimals=0),
            **_id_column(say),
            "site": column(say("Plats", "Site")),
        },
    )


def attention(say: Say) -> table.Panel:
    panel = ask(
        table.Panel(),
        say("Vilka rum behöver ses till?", "Which rooms need seeing to?"),
        say(
            "Rum som är okända just nu, och rum med ett öppet fel eller en öppen varning.",
            "Rooms that are unknown right now, and rooms with an open error or warning.",
        ),
        [
            Influxql(
                f"""SELECT "name", "state", "severity", "faults", "words" FROM (
                SELECT last("state") AS "state", "severity", "faults", "name", "words"
                FROM "room_state" WHERE {NOW} AND {AT_SITE} GROUP BY "site", "room")
                WHERE "state" = 2 OR "severity" >= 2 GROUP BY "room" """,
                table=True,
            )
        ],
        source=ROOMS,
        unit="none",
        size=(12, 9),
        link=(say("Utrustning och fel", "Equipment and faults"), to_dashboard(FAULTS, "site")),
        empty=say("Inget rum är okänt eller har fel.", "No room is unknown or has faults."),
    )
    return columns(
        panel,
        {
            "name": column(say("Rum", "Room")),
            "state": column(say("Tillstånd", "State"), **COLOURED, **words_for(room_states(say))),
            "severity": column(
                say("Värsta felet", "Worst fault"), **COLOURED, **words_for(severities(say))
            ),
            "faults": column(say("Öppna fel", "Open faults"), decimals=0),
            "words": column(say("På dörrskylten", "On the door sign"), custom__minWidth=200),
            **_id_column(say),
        },
    )


def coverage(say: Say) -> table.Panel:
    panel = ask(
        table.Panel().time_from("now/M"),
        say("Hur stor del av månaden är känd?", "How much of the month is known?"),
        say(
            "Täckning hittills i månaden: känd tid / bokningsbar tid. Under 90 % räknas månadens"
            " siffror som otillräckliga, och fakturan behöver avtalets reservregel eller ett skäl.",
            "Coverage of the month so far: known time / bookable time. Under 90 % the month's"
            " figures count as insufficient, and the bill needs the agreement's fallback or a"
            " reason.",
        ),
        [
            Influxql(
                f"""SELECT "known" / "bookable" AS "coverage" FROM (
                SELECT sum("known_s") AS "known", sum("bookable_s") AS "bookable" FROM "use_day"
                WHERE $timeFilter AND {AT_SITE} GROUP BY "room")
                WHERE "bookable" > 0 GROUP BY "room" """,
                source=HISTORY,
                table=True,
            )
        ],
        source=HISTORY,
        unit="none",
        size=(12, 9),
        link=(say("Nyttjande", "Utilisation"), to_dashboard("rumskoll-utilisation", "site")),
        empty=say("Ingen öppettid i månaden än.", "No opening hours in the month yet."),
    )
    return columns(
        sorted_by(panel, "coverage", down=False),
        {
            "room": column(say("Rum (id)", "Room (id)")),
            "coverage": column(
                say("Täckning", "Coverage"),
                **PERCENT,
                **COLOURED_TEXT,
                **by_steps((None, ORANGE), (ENOUGH, GREEN)),
            ),
        },
    )
