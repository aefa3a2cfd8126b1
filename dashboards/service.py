"""Service health: does what comes in reach the database, and do alerts reach people?"""

from __future__ import annotations

from typing import Final

from grafana_foundation_sdk.builders import stat
from grafana_foundation_sdk.builders.dashboard import Dashboard, Row, ThresholdsConfig

from dashboards import service_accounts, service_flow, variables
from dashboards.colours import BLUE, GREEN, ORANGE, RED
from dashboards.influxql import HISTORY, Influxql
from dashboards.meanings import Words
from dashboards.panels import BOARD, ask, steps, words
from dashboards.shapes import number
from dashboards.variables import AT_SERVICE
from dashboards.words import Say

UID: Final = "rumskoll-service"
_ALERTS: Final = f"$timeFilter AND {AT_SERVICE}"


def service(say: Say) -> Dashboard:
    return (
        Dashboard(say("Drift", "Service health"))
        .uid(UID)
        .time("now-24h", "now")
        .refresh("1m")
        .with_variable(variables.service(say))
        .with_variable(variables.site(say))
        .with_row(Row(say("Nu", "Now")))
        .with_panel(_heard(say))
        .with_panel(_broker(say))
        .with_panel(_store(say))
        .with_panel(_outbox(say))
        .with_panel(_disk(say))
        .with_panel(_dirty(say))
        .with_row(Row(say("Meddelanden", "Messages")))
        .with_panel(service_flow.contacts(say))
        .with_panel(service_flow.messages(say))
        .with_panel(service_accounts.by_source(say))
        .with_row(Row(say("Vägen till databasen", "The way to the database")))
        .with_panel(service_flow.lag(say))
        .with_panel(service_flow.outbox(say))
        .with_panel(service_flow.written(say))
        .with_panel(service_flow.rollup(say))
        .with_row(Row(say("Stämmer räkningen?", "Do the counts add up?")))
        .with_panel(service_accounts.losses(say))
        .with_panel(service_accounts.missing_per_day(say))
        .with_panel(service_flow.quarantine(say))
        .with_row(Row(say("Larm", "Alerts")))
        .with_panel(_alerts(say, "sent"))
        .with_panel(_alerts(say, "failed"))
        .with_panel(_alerts(say, "waiting"))
        .with_panel(service_flow.alerts(say))
        .with_panel(service_flow.disk(say))
    )


def _now(
    say: Say,
    panel: stat.Panel,
    title: str,
    about: str,
    value: str,
    unit: str = "none",
    size: tuple[int, int] = (4, 4),
) -> stat.Panel:
    query = f'SELECT {value} FROM "service" WHERE time > now() - 10m AND {AT_SERVICE}'
    return ask(
        panel,
        title,
        about,
        [Influxql(query, source=HISTORY, alias="$col")],
        source=HISTORY,
        unit=unit,
        size=size,
        link=(say("Fel på tavlan", "Faults on the board"), f"{BOARD}/faults"),
        empty=say("Tjänsten skriver inte", "The service writes nothing"),
    )


def _heard(say: Say) -> stat.Panel:
    """The last point's own time, be it of last month."""
    panel = number()
    shown = panel.reduce_options(service_flow.last_of("/^Time$/"))
    query = f"""SELECT last("received") AS "received" FROM "service"
        WHERE time > now() - 30d AND {AT_SERVICE}"""
    return ask(
        shown,
        say("När skrev tjänsten senast?", "When did the service last write?"),
        say(
            "Tjänsten skriver en punkt om sig själv varje minut. Äldre än några minuter: den står"
            " stilla, eller når inte databasen.",
            "The service writes a point about itself every minute. Older than a few minutes: it"
            " stands still, or does not reach the database.",
        ),
        [Influxql(query, source=HISTORY, table=True)],
        source=HISTORY,
        unit="dateTimeFromNow",
        size=(4, 4),
        link=(say("Tavlan", "The board"), BOARD),
        empty=say("Aldrig", "Never"),
    )


def up_or_down(say: Say) -> Words:
    return {"0": (say("Borta", "Down"), RED), "1": (say("Igång", "Up"), GREEN)}


def _broker(say: Say) -> stat.Panel:
    return _now(
        say,
        number(steps((None, RED), (1, GREEN))).mappings([words(up_or_down(say))]),
        say("MQTT-servern", "MQTT broker"),
        say(
            "Om tjänsten har kontakt med MQTT-servern, den senaste minuten.",
            "Whether the service is connected to the MQTT broker, in the latest minute.",
        ),
        'last("broker_up") AS "broker_up"',
    )


def _store(say: Say) -> stat.Panel:
    return _now(
        say,
        number(steps((None, RED), (1, GREEN))).mappings([words(up_or_down(say))]),
        say("Databasen", "Database"),
        say(
            "Om databasen tar emot. Är den borta väntar mätvärdena på disk och skrivs sedan: det"
            " syns här först då.",
            "Whether the database takes data. While it is down readings wait on disk and are"
            " written later: only then it shows here.",
        ),
        'last("store_up") AS "store_up"',
    )


def _outbox(say: Say) -> stat.Panel:
    return _now(
        say,
        number(steps((None, GREEN), (0.5, ORANGE), (0.8, RED))).decimals(1),
        say("Hur full är kön?", "How full is the queue?"),
        say(
            "Kön på disk delad med sin gräns. Full: inget mer tas emot, och MQTT-servern"
            " behåller resten.",
            "The queue on disk divided by its limit. Once full nothing more is taken in, and the"
            " MQTT broker keeps the rest.",
        ),
        'last("outbox_bytes") / last("outbox_limit") AS "filled"',
        "percentunit",
    )


def _disk(say: Say) -> stat.Panel:
    return _now(
        say,
        number(steps((None, RED), (1e9, ORANGE), (5e9, GREEN))),
        say("Ledigt på disken", "Free disk space"),
        say(
            "Ledigt utrymme där tjänsten har sina data. Orange under 5 GB, rött under 1 GB.",
            "Free space where the service keeps its data. Orange below 5 GB, red below 1 GB.",
        ),
        'last("disk_free_bytes") AS "disk_free"',
        "decbytes",
    )


def _dirty(say: Say) -> stat.Panel:
    return _now(
        say,
        number(steps((None, BLUE))),
        say("Timmar att räkna om", "Hours to compute"),
        say(
            "Rumstimmar som fått nya mätvärden och väntar på att räknas om. Några få är det"
            " vanliga; växer de hinner beräkningen inte med.",
            "Room-hours that got new readings and wait to be computed again. A few are normal; if"
            " they grow, the roll-up does not keep up.",
        ),
        'last("dirty_hours") AS "dirty_hours"',
    )


_KINDS: Final = {
    "sent": (
        ("Skickade larm", "Alerts sent"),
        (
            "Larm som lämnades fram till mottagarens server i perioden.",
            "Alerts that were handed to the recipient's server in the time range.",
        ),
        'sum("alerts_sent")',
    ),
    "failed": (
        ("Larm som inte kom fram", "Alerts that failed"),
        (
            "Försök att leverera larm som misslyckades i perioden. De görs om tills det går eller"
            " felet är bestående.",
            "Attempts to deliver an alert that failed in the time range. They are repeated until"
            " one succeeds or the failure is permanent.",
        ),
        'sum("alerts_failed")',
    ),
    "waiting": (
        ("Larm som väntar", "Alerts waiting"),
        (
            "Larm som väntar på att skickas: på sin tid på dagen, på ett nytt försök, eller på ett"
            " underhåll som håller dem inne.",
            "Alerts that wait to be sent: for their time of day, for another attempt, or for"
            " maintenance that holds them back.",
        ),
        'last("alerts_waiting")',
    ),
}
_LIMITS: Final[dict[str, ThresholdsConfig | None]] = {
    "sent": None,
    "failed": steps((None, GREEN), (1, RED)),
    "waiting": steps((None, GREEN), (10, ORANGE)),
}


def _alerts(say: Say, kind: str) -> stat.Panel:
    title, about, value = _KINDS[kind]
    return ask(
        number(_LIMITS[kind]).decimals(0),
        say(*title),
        say(*about),
        [
            Influxql(
                f'SELECT {value} AS "{kind}" FROM "service" WHERE {_ALERTS}',
                source=HISTORY,
                alias="$col",
            )
        ],
        source=HISTORY,
        unit="none",
        size=(8, 4),
        link=(say("Fel på tavlan", "Faults on the board"), f"{BOARD}/faults"),
        empty=say("Ingen uppgift", "Not known"),
    )
