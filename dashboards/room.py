"""Room: one room, with the evidence for its state, people, climate, calls and faults."""

from __future__ import annotations

from typing import Any, Final

from grafana_foundation_sdk.builders import common, stat, timeseries
from grafana_foundation_sdk.builders.dashboard import Dashboard, Row
from grafana_foundation_sdk.models.common import GraphThresholdsStyleMode

from dashboards import variables
from dashboards.annotations import faults
from dashboards.colours import BLUE, ORANGE, PURPLE
from dashboards.faults_now import faults_since
from dashboards.influxql import ROOMS, Influxql
from dashboards.meanings import AIR, calls, room_states, severities
from dashboards.panels import BOARD, ask, looks, steps, to_dashboard
from dashboards.room_month import bounds, frequency, heat_strip, seat_fill
from dashboards.room_timelines import by_device, devices, evidence
from dashboards.shapes import (
    bars,
    by_steps,
    in_one_colour,
    lines,
    named,
    number,
    one_colour,
    words_for,
)
from dashboards.states import NOW
from dashboards.variables import AT_SITE, IN_ROOM
from dashboards.words import Say

UID: Final = "rumskoll-room"
HERE: Final = f"{AT_SITE} AND {IN_ROOM}"


def room(say: Say) -> Dashboard:
    made = (
        Dashboard(say("Rum", "Room"))
        .uid(UID)
        .time("now-24h", "now")
        .refresh("1m")
        .with_variable(variables.site(say))
        .with_variable(variables.room(say))
    )
    for events in faults(say, HERE):
        made.annotation(events)
    return (
        made.with_row(Row(say("Just nu", "Right now")))
        .with_panel(_now(say))
        .with_row(Row(say("Användning", "Use")))
        .with_panel(evidence(say, HERE))
        .with_panel(by_device(say, HERE))
        .with_panel(_people(say))
        .with_panel(_calls(say))
        .with_row(Row(say("Luft och värme", "Air and warmth")))
        .with_panel(_air(say))
        .with_panel(_warmth(say))
        .with_row(Row(say("Utrustning och fel", "Equipment and faults")))
        .with_panel(devices(say, HERE))
        .with_panel(faults_since(say, HERE))
        .with_row(Row(say("Månaden", "The month")))
        .with_panel(frequency(say, HERE))
        .with_panel(bounds(say, HERE))
        .with_panel(seat_fill(say, HERE))
        .with_panel(heat_strip(say, HERE))
    )


def _to_board(say: Say) -> tuple[str, str]:
    return say("Rummet på tavlan", "The room on the board"), f"{BOARD}/rooms/${{room}}/day"


def _now(say: Say) -> stat.Panel:
    panel = ask(
        number(),
        say("Hur är det i rummet?", "How is the room?"),
        say(
            "Det senaste om rummet, högst en kvart gammalt. Ett streck: det mäts inte, eller är"
            " okänt. Koldioxid: bra under 800 ppm, okej under 1 000, vädra därefter.",
            "The latest of the room, at most 15 minutes old. A dash: it is not measured, or"
            " unknown. Carbon dioxide: good under 800 ppm, fair under 1,000, open a window above.",
        ),
        [
            Influxql(
                f"""SELECT last("state") AS "state", "people", "capacity", "co2_ppm",
                "temperature_c", "in_call", "severity" FROM "room_state"
                WHERE {NOW} AND {HERE} GROUP BY "room" """,
                table=True,
            )
        ],
        source=ROOMS,
        unit="none",
        size=(24, 4),
        link=_to_board(say),
        empty="–",
    )
    shown: dict[str, tuple[str, dict[str, Any]]] = {
        "state": (say("Tillstånd", "State"), words_for(room_states(say))),
        "people": (say("Personer", "People"), {}),
        "capacity": (say("Platser", "Seats"), {}),
        "co2_ppm": (say("Koldioxid", "Carbon dioxide"), {"unit": "ppm", **by_steps(*AIR)}),
        "temperature_c": (say("Temperatur", "Temperature"), {"unit": "celsius", "decimals": 1}),
        "in_call": (say("Videosamtal", "Video call"), words_for(calls(say))),
        "severity": (say("Värsta felet", "Worst fault"), words_for(severities(say))),
    }
    for name, (title, properties) in shown.items():
        panel.override_by_name(name, looks(displayName=title, **properties))
    return panel


def _people(say: Say) -> timeseries.Panel:
    panel = ask(
        lines("10m"),
        say("Hur många var här, och hur många får plats?", "How many were here, of how many?"),
        say(
            "Flest personer i varje steg enligt en personräknare, och antalet platser.",
            "The most people of each step as a people counter tells, and the number of seats.",
        ),
        [
            Influxql(
                f"""SELECT max("people_max") AS "people" FROM "room_slot"
                WHERE $timeFilter AND {HERE} GROUP BY time($__interval) fill(null)""",
                alias="$col",
            ),
            Influxql(
                f"""SELECT last("capacity") AS "capacity" FROM "room_state"
                WHERE $timeFilter AND {HERE} GROUP BY time($__interval) fill(null)""",
                ref="B",
                alias="$col",
            ),
        ],
        source=ROOMS,
        unit="none",
        size=(12, 8),
        link=_to_board(say),
        empty=say("Ingen räknar personer här.", "Nothing counts people here."),
    )
    return named(
        panel.decimals(0).min(0),
        {
            "people": looks(displayName=say("Personer", "People"), **one_colour(BLUE)),
            "capacity": looks(displayName=say("Platser", "Seats"), **one_colour(ORANGE)),
        },
    )


def _calls(say: Say) -> timeseries.Panel:
    return ask(
        bars()
        .interval("1h")
        .color_scheme(in_one_colour(PURPLE))
        .display_name(say("Samtal", "Calls")),
        say("Hur länge pågick videosamtal?", "How long were video calls?"),
        say(
            "Minuter i samtal för varje timme enligt rummets videoutrustning.",
            "Minutes in a call for each hour, as the room's video equipment tells.",
        ),
        [
            Influxql(
                f"""SELECT sum("in_call_s") / 60 AS "calls" FROM "room_slot"
                WHERE $timeFilter AND {HERE} GROUP BY time($__interval) fill(null)""",
            )
        ],
        source=ROOMS,
        unit="suffix:min",
        size=(12, 8),
        link=_to_board(say),
        empty=say("Inget är känt om tiden som visas.", "Nothing is known of the time shown."),
    )


def _air(say: Say) -> timeseries.Panel:
    style = common.GraphThresholdsStyleConfig().mode(GraphThresholdsStyleMode.DASHED)
    return ask(
        lines("5m")
        .color_scheme(in_one_colour())
        .thresholds(steps(*AIR))
        .thresholds_style(style)
        .display_name(say("Koldioxid", "Carbon dioxide")),
        say("Hur är luften?", "How is the air?"),
        say(
            "Koldioxid, medel i varje steg. Linjer vid 800 (okej), 1 000 (vädra) och 1 200 ppm:"
            " över det i 20 minuter medan någon är där är ett fel.",
            "Carbon dioxide, the mean of each step. Lines at 800 (fair), 1,000 (open a window)"
            " and 1,200 ppm: above that for 20 minutes while somebody is there is a fault.",
        ),
        [_mean("co2_ppm")],
        source=ROOMS,
        unit="ppm",
        size=(12, 8),
        link=_to_board(say),
        empty=say("Koldioxid mäts inte här.", "Carbon dioxide is not measured here."),
    )


def _warmth(say: Say) -> timeseries.Panel:
    return ask(
        lines("5m")
        .color_scheme(in_one_colour(ORANGE))
        .decimals(1)
        .display_name(say("Temperatur", "Temperature")),
        say("Hur varmt är det?", "How warm is it?"),
        say("Temperatur, medel i varje steg.", "Temperature, the mean of each step."),
        [_mean("temperature_c")],
        source=ROOMS,
        unit="celsius",
        size=(12, 8),
        link=(say("Översikt", "Overview"), to_dashboard("rumskoll-overview", "site")),
        empty=say("Temperaturen mäts inte här.", "Temperature is not measured here."),
    )


def _mean(field: str) -> Influxql:
    return Influxql(
        f"""SELECT mean("{field}") FROM "room_slot" WHERE $timeFilter AND {HERE}
        GROUP BY time($__interval) fill(null)"""
    )
