"""A room's timelines (its state with the evidence for it, each device's own) and its devices."""

from __future__ import annotations

from grafana_foundation_sdk.builders import statetimeline, table

from dashboards.colours import BLUE, GREEN, NOTHING, ORANGE, RED
from dashboards.influxql import ROOMS, Influxql
from dashboards.meanings import contact, severities
from dashboards.panels import BOARD, ask, looks, to_dashboard
from dashboards.shapes import (
    COLOURED,
    COLOURED_TEXT,
    by_steps,
    column,
    columns,
    words_for,
)
from dashboards.states import NOW, OF_SLOTS, SETTLED, timeline
from dashboards.words import Say


def evidence(say: Say, where: str) -> statetimeline.Panel:
    kinds = {
        "motion": say("Rörelse", "Motion"),
        "presence": say("Närvaro", "Presence"),
        "count": say("Personräknare", "People counter"),
        "line": say("Passage", "Crossing"),
        "call": say("Videosamtal", "Video call"),
    }
    fields = ", ".join(
        f'ceil(sum("{"in_call" if kind == "call" else kind}_s") / (300 * count("known_s")))'
        f' AS "{kind}"'
        for kind in kinds
    )
    asked = f'FROM "room_slot" WHERE $timeFilter AND {SETTLED} AND {where}'
    panel = ask(
        timeline(say, "5m"),
        say("Varför räknas rummet som upptaget?", "Why does the room count as occupied?"),
        say(
            "Överst rummets tillstånd, under det vad som talar för att någon var där, i steg om"
            " fem minuter (längre när du visar fler dagar). Rummet är upptaget när något som går"
            " att lita på säger det, ledigt när inget gör det och minst en sensor hörs som kan se"
            " det, annars okänt. De senaste tio minuterna räknas fortfarande och visas inte.",
            "At the top the room's state, below it what says that somebody was there, in steps of"
            " five minutes (longer when you show more days). The room is occupied when anything"
            " that can be trusted says so, free when nothing does and at least one sensor that"
            " could tell is heard, else unknown. The last ten minutes are still being worked out"
            " and not shown.",
        ),
        [
            Influxql(
                f'SELECT {OF_SLOTS} AS "state" {asked} GROUP BY time($__interval) fill(null)',
                alias="$col",
            ),
            Influxql(
                f"SELECT {fields} {asked} GROUP BY time($__interval) fill(null)",
                ref="B",
                alias="$col",
            ),
        ],
        source=ROOMS,
        unit="none",
        size=(24, 8),
        link=(say("Rummet på tavlan", "The room on the board"), f"{BOARD}/rooms/${{room}}/day"),
        empty=say("Inget känt", "Nothing known"),
    )
    told = {"0": ("–", NOTHING), "1": (say("Ja", "Yes"), BLUE)}
    panel.override_by_query("B", looks(**words_for(told)))
    panel.override_by_name("state", looks(displayName=say("Rummet", "The room")))
    for kind, title in kinds.items():
        panel.override_by_name(kind, looks(displayName=title))
    return panel


def by_device(say: Say, where: str) -> statetimeline.Panel:
    return ask(
        timeline(say, "10m"),
        say("Vad sade varje sensor?", "What did each sensor say?"),
        say(
            "Vad varje enhet i rummet sade vid stegets slut. Ett hål: enheten hördes inte, eller"
            " säger inget om närvaro just då.",
            "What each device of the room said at the step's end. A hole: the device was not"
            " heard, or told nothing of presence then.",
        ),
        [
            Influxql(
                f"""SELECT last("occupied") FROM "device_state" WHERE $timeFilter AND {where}
                GROUP BY time($__interval), "device" fill(null)""",
                alias="$tag_device",
            )
        ],
        source=ROOMS,
        unit="none",
        size=(24, 7),
        link=(
            say("Utrustning och fel", "Equipment and faults"),
            to_dashboard("rumskoll-equipment", "site"),
        ),
        empty=say("Inget besked", "Nothing told"),
    )


def devices(say: Say, where: str) -> table.Panel:
    panel = ask(
        table.Panel(),
        say("Hur mår enheterna?", "How are the devices?"),
        say(
            "Det senaste om varje enhet som står i rummet. Tyst: inte hörd i tid. Batteri: under"
            " 20 % är ett fel.",
            "The latest of each device that stands in the room. Silent: not heard in time."
            " Battery: under 20 % is a fault.",
        ),
        [
            Influxql(
                f"""SELECT last("online") AS "online", "name", "model", "heard", "battery_pct",
                "rssi_dbm", "severity", "firmware" FROM "device_state"
                WHERE {NOW} AND {where} GROUP BY "device" """,
                table=True,
            )
        ],
        source=ROOMS,
        unit="none",
        size=(24, 7),
        link=(say("Enheter på tavlan", "Devices on the board"), f"{BOARD}/devices"),
        empty=say("Ingen enhet står i rummet.", "No device stands in the room."),
    )
    return columns(
        panel,
        {
            "name": column(say("Enhet", "Device"), custom__minWidth=160),
            "online": column(say("Kontakt", "Contact"), **COLOURED, **words_for(contact(say))),
            "severity": column(
                say("Värsta felet", "Worst fault"), **COLOURED, **words_for(severities(say))
            ),
            "heard": column(say("Senast hörd", "Last heard"), unit="dateTimeAsIsoNoDateIfToday"),
            "battery_pct": column(
                say("Batteri", "Battery"),
                unit="percent",
                decimals=0,
                **COLOURED_TEXT,
                **by_steps((None, RED), (20, ORANGE), (25, GREEN)),
            ),
            "rssi_dbm": column("Signal", unit="dBm", decimals=0),
            "firmware": column(say("Programvara", "Firmware")),
            "model": column(say("Modell", "Model")),
            "device": column("Id"),
        },
    )
