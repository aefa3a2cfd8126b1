"""The service's minutes as curves: what comes in, what waits, what is written, alerts."""

from __future__ import annotations

from typing import Any, Final

from grafana_foundation_sdk.builders import common, statetimeline, timeseries
from grafana_foundation_sdk.models.common import TimelineValueAlignment, VisibilityMode

from dashboards.colours import BLUE, GREEN, GREY, ORANGE, PURPLE, RED, SKY, YELLOW
from dashboards.influxql import HISTORY, Influxql
from dashboards.panels import BOARD, ask, looks, words
from dashboards.shapes import Looks, bars, lines, missing, named, one_colour
from dashboards.variables import AT_SERVICE
from dashboards.words import Say

_MINUTES: Final = f"""FROM "service" WHERE $timeFilter AND {AT_SERVICE}
    GROUP BY time($__interval) fill(null)"""


def last_of(fields: str) -> common.ReduceDataOptions:
    """For a number that is a time: Grafana looks at numbers only unless told."""
    return common.ReduceDataOptions().calcs(["lastNotNull"]).values(False).fields(fields)


def _curve(
    say: Say,
    panel: timeseries.Panel,
    title: str,
    about: str,
    shown: dict[str, tuple[str, Looks]],
    unit: str,
    size: tuple[int, int] = (12, 8),
) -> timeseries.Panel:
    """``shown``: each series' name, how it is asked for, and its looks."""
    values = ", ".join(f'{value} AS "{name}"' for name, (value, _) in shown.items())
    asked = [Influxql(f"SELECT {values} {_MINUTES}", source=HISTORY, alias="$col")]
    made = ask(
        panel.min(0),
        title,
        about,
        asked,
        source=HISTORY,
        unit=unit,
        size=size,
        link=(say("Fel på tavlan", "Faults on the board"), f"{BOARD}/faults"),
        empty=say("Tjänsten skrev inget i perioden.", "The service wrote nothing in this time."),
    )
    return named(made, {name: properties for name, (_, properties) in shown.items()})


def _series(title: str, colour: str, **properties: Any) -> Looks:
    return looks(displayName=title, **one_colour(colour), **properties)


def contacts(say: Say) -> statetimeline.Panel:
    states = {"0": (say("Borta", "Down"), RED), "1": (say("Igång", "Up"), GREEN)}
    panel = (
        statetimeline.Panel()
        .interval("1m")
        .mappings([words(states), missing(say("Okänt", "Unknown"))])
        .show_value(VisibilityMode.AUTO)
        .align_value(TimelineValueAlignment.LEFT)
        .span_nulls(False)
    )
    query = f'SELECT min("broker_up") AS "broker_up", min("store_up") AS "store_up" {_MINUTES}'
    made = ask(
        panel,
        say("När har tjänsten haft kontakt?", "When was the service in contact?"),
        say(
            "Kontakt med MQTT-servern och databasen. Borta om den saknades någon minut i"
            " tidssteget. Grått: tjänsten skrev inget om den tiden.",
            "Contact with the MQTT broker and the database. Down if it was missing in any minute"
            " of the step. Grey: the service wrote nothing about that time.",
        ),
        [Influxql(query, source=HISTORY, alias="$col")],
        source=HISTORY,
        unit="none",
        size=(24, 5),
        link=(say("Fel på tavlan", "Faults on the board"), f"{BOARD}/faults"),
        empty=say("Tjänsten skrev inget i perioden.", "The service wrote nothing in this time."),
    )
    made.override_by_name("broker_up", looks(displayName=say("MQTT-servern", "MQTT broker")))
    return made.override_by_name("store_up", looks(displayName=say("Databasen", "Database")))


def messages(say: Say) -> timeseries.Panel:
    return _curve(
        say,
        lines("1m"),
        say("Hur många meddelanden tas emot?", "How many messages come in?"),
        say(
            "Meddelanden per minut (medelvärde över tidssteget) och vad som blev av dem: mottagna ="
            " sparade + dubbletter + utelämnade + i karantän. Okända är de, av alla, som kom från"
            " enheter som inte finns i rooms.yaml.",
            "Messages per minute (the mean over the time step) and what became of them: received ="
            " stored + duplicates + ignored + quarantined. Unknown are those, of all, from devices"
            " that do not stand in rooms.yaml.",
        ),
        {
            "received": ('mean("received")', _series(say("Mottagna", "Received"), GREY)),
            "stored": ('mean("stored")', _series(say("Sparade", "Stored"), BLUE)),
            "duplicate": ('mean("duplicate")', _series(say("Dubbletter", "Duplicates"), SKY)),
            "ignored": ('mean("ignored")', _series(say("Utelämnade", "Ignored"), GREEN)),
            "quarantined": ('mean("quarantined")', _series(say("Karantän", "Quarantined"), RED)),
            "unknown": ('mean("unknown")', _series(say("Okända", "Unknown devices"), ORANGE)),
        },
        say("suffix:/min", "suffix:/min"),
        (14, 9),
    )


def lag(say: Say) -> timeseries.Panel:
    return _curve(
        say,
        lines("1m"),
        say("Hur långt efter är tjänsten?", "How far behind is the service?"),
        say(
            "Sekunder: hur länge den äldsta mätningen i kön har väntat på databasen, och på"
            " att felbevakningen ser den. Det högsta i varje tidssteg.",
            "Seconds: how long the oldest reading in the queue has waited for the database, and"
            " for the fault watch to see it. The highest of each time step.",
        ),
        {
            "store": ('max("outbox_age_s")', _series(say("Databasen", "Database"), BLUE)),
            "watch": ('max("watch_age_s")', _series(say("Felbevakningen", "Fault watch"), ORANGE)),
        },
        "s",
    )


def outbox(say: Say) -> timeseries.Panel:
    limit = _series(say("Gräns", "Limit"), RED, custom__lineStyle={"fill": "dash", "dash": [8, 8]})
    return _curve(
        say,
        lines("1m"),
        say("Ryms det som väntar?", "Is there room for what waits?"),
        say(
            "Köns storlek på disk mot sin gräns. Vid gränsen tas inget mer emot: då behåller"
            " MQTT-servern resten.",
            "The queue's size on disk against its limit. At the limit nothing more is taken in:"
            " the MQTT broker then keeps the rest.",
        ),
        {
            "size": ('max("outbox_bytes")', _series(say("Kön", "Queue"), BLUE)),
            "limit": ('max("outbox_limit")', limit),
        },
        "decbytes",
    )


def written(say: Say) -> timeseries.Panel:
    return _curve(
        say,
        lines("1m"),
        say("Tar databasen emot allt?", "Does the database take everything?"),
        say(
            "Punkter per minut (medelvärde över tidssteget) som databasen bekräftade, och som den"
            " vägrade ta emot. Vägrade punkter ligger kvar i karantän.",
            "Points per minute (the mean over the time step) that the database confirmed, and that"
            " it refused. What it refused is kept in quarantine.",
        ),
        {
            "written": ('mean("written")', _series(say("Skrivna", "Written"), BLUE)),
            "refused": ('mean("refused")', _series(say("Vägrade", "Refused"), RED)),
        },
        say("suffix:/min", "suffix:/min"),
    )


def rollup(say: Say) -> timeseries.Panel:
    return _curve(
        say,
        lines("1m"),
        say("Hinner beräkningen med?", "Does the roll-up keep up?"),
        say(
            "Rumstimmar som väntar på att räknas om, det högsta i varje tidssteg.",
            "Room-hours that wait to be computed again, the highest of each time step.",
        ),
        {"dirty": ('max("dirty_hours")', _series(say("Timmar", "Hours"), PURPLE))},
        say("suffix:timmar", "suffix:hours"),
    )


def quarantine(say: Say) -> timeseries.Panel:
    return _curve(
        say,
        lines("1m"),
        say("Hur mycket ligger i karantän?", "How much is in quarantine?"),
        say(
            "Meddelanden som inte gick att använda och som ligger kvar för att läsas eller spelas"
            " upp igen. De äldsta stryks när karantänen är full.",
            "Messages that could not be used and are kept to be read or replayed. The oldest go"
            " when the quarantine is full.",
        ),
        {"kept": ('max("quarantine_rows")', _series(say("Meddelanden", "Messages"), RED))},
        say("suffix:meddelanden", "suffix:messages"),
    ).decimals(0)


def alerts(say: Say) -> timeseries.Panel:
    return _curve(
        say,
        bars().interval("5m").decimals(0),
        say("När skickades larm?", "When were alerts sent?"),
        say(
            "Larm per tidssteg: skickade och misslyckade försök, och hur många som väntade.",
            "Alerts in each time step: sent and failed attempts, and how many were waiting.",
        ),
        {
            "sent": ('sum("alerts_sent")', _series(say("Skickade", "Sent"), BLUE)),
            "failed": ('sum("alerts_failed")', _series(say("Misslyckade", "Failed"), RED)),
            "waiting": ('max("alerts_waiting")', _series(say("Väntande", "Waiting"), YELLOW)),
        },
        say("suffix:larm", "suffix:alerts"),
    )


def disk(say: Say) -> timeseries.Panel:
    return _curve(
        say,
        lines("1m"),
        say("Räcker disken?", "Is there disk space enough?"),
        say(
            "Ledigt utrymme där tjänsten har sina data, det lägsta i varje tidssteg.",
            "Free space where the service keeps its data, the lowest of each time step.",
        ),
        {"free": ('min("disk_free_bytes")', _series(say("Ledigt", "Free"), GREEN))},
        "decbytes",
    )
