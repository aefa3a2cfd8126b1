"""What Rumskoll cannot say about itself: Grafana's alert rules, one entry each.

Neither queries nor words hold a ``$``: Grafana's versions differ in what they make of one in
these files. So time is ``now() - …`` in place of ``$timeFilter``, and a label ``.Labels.site``.
"""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

Severity = Literal["warning", "error"]
Words = tuple[str, str]  # Swedish, English


class Rule(NamedTuple):
    """Alerts while the last value that ``query`` gives is above or below ``limit`` for ``lasts``;
    one alert for each site. ``looks_back`` (s) covers the time that the query asks for."""

    name: str
    title: Words
    query: str
    looks_back: int
    when: Literal["gt", "lt"]
    limit: float
    lasts: str
    severity: Severity
    about: Words
    todo: Words
    no_data: Literal["Alerting", "OK"] = "OK"  # all but one leave silence to the first


RULES: Final = (
    # zeros for minutes without a point are the question here; a day back, so that one silent
    # site among several still has its series
    Rule(
        "collector-silent",
        ("Insamlaren är tyst", "The collector is silent"),
        'SELECT count("received") FROM "service" WHERE time > now() - 1d'
        ' GROUP BY time(5m), "site" fill(0)',
        86_400,
        "lt",
        1,
        "3m",
        "error",
        (
            "Ingen mätning om tjänsten på fem minuter. Insamlaren har stannat eller kan inte"
            " skriva till InfluxDB. Inga fel upptäcks och inga larm skickas så länge.",
            "Nothing about the service for five minutes. The collector has stopped, or cannot write"
            " to InfluxDB. Meanwhile no faults are found and no alerts sent.",
        ),
        (
            "Se efter att tjänsten är igång och läs slutet av dess logg. Kör rumskoll doctor.",
            "See that the service is running and read the end of its log. Run rumskoll doctor.",
        ),
        "Alerting",
    ),
    Rule(
        "refused",
        ("InfluxDB tar inte emot", "InfluxDB refuses data"),
        'SELECT sum("refused") FROM "service" WHERE time > now() - 15m GROUP BY "site"',
        900,
        "gt",
        0,
        "0s",
        "error",
        (
            "InfluxDB har nekat mätvärden den senaste kvarten. De ligger kvar i karantänen.",
            "InfluxDB has refused readings in the last 15 minutes. They are kept in quarantine.",
        ),
        (
            "Läs orsaken med rumskoll quarantine list och rätta den. Ta sedan in värdena igen.",
            "Read why with rumskoll quarantine list and mend it. Then take the readings in again.",
        ),
    ),
    # what is said afterwards: minutes without InfluxDB are written when it is back
    Rule(
        "store-away",
        ("InfluxDB har varit borta", "InfluxDB was away"),
        'SELECT count("store_up") FROM "service" WHERE "store_up" < 1 AND time > now() - 15m'
        ' GROUP BY "site"',
        900,
        "gt",
        4,
        "0s",
        "warning",
        (
            "InfluxDB svarade inte under minst fem av de senaste femton minuterna. Inget är"
            " förlorat: mätvärdena väntade i utkorgen.",
            "InfluxDB did not answer for at least five of the last 15 minutes. Nothing is lost:"
            " the readings waited in the outbox.",
        ),
        (
            "Var det ingen uppgradering: läs InfluxDB:s logg, och se efter minne och disk.",
            "If it was no upgrade: read InfluxDB's log, and look at memory and disk.",
        ),
    ),
    Rule(
        "outbox-filling",
        ("Utkorgen fylls", "The outbox is filling"),
        'SELECT last("outbox_bytes") / last("outbox_limit") FROM "service"'
        ' WHERE time > now() - 10m GROUP BY "site"',
        600,
        "gt",
        0.5,
        "5m",
        "error",
        (
            "Mer än halva utkorgen är full. När den är full slutar insamlaren ta emot, och"
            " meddelandena blir kvar hos MQTT-servern.",
            "More than half of the outbox is full. Once it is, the collector stops taking in, and"
            " messages stay with the MQTT broker.",
        ),
        (
            "Se efter att InfluxDB svarar och hinner med. Kör rumskoll doctor.",
            "See that InfluxDB answers and keeps up. Run rumskoll doctor.",
        ),
    ),
    # ten minutes, for twenty: half an hour, also for a collector that has just started
    Rule(
        "no-data",
        ("Inga mätvärden alls", "No readings at all"),
        'SELECT sum("received") FROM "service" WHERE time > now() - 10m GROUP BY "site"',
        600,
        "lt",
        1,
        "20m",
        "error",
        (
            "Insamlaren går, men inte ett enda meddelande har kommit på en halvtimme. Sensorer"
            " hör av sig även om natten.",
            "The collector runs, but not a single message has come for half an hour. Sensors"
            " report at night too.",
        ),
        (
            "Se efter att MQTT-servern, gatewayen och nätet är igång.",
            "See that the MQTT broker, the gateway and the network are up.",
        ),
    ),
    Rule(
        "broker-away",
        ("MQTT-servern är borta", "The MQTT broker is away"),
        'SELECT last("broker_up") FROM "service" WHERE time > now() - 10m GROUP BY "site"',
        600,
        "lt",
        1,
        "5m",
        "error",
        (
            "Insamlaren når inte MQTT-servern. Vad enheterna säger kommer inte fram.",
            "The collector does not reach the MQTT broker. What the devices say does not arrive.",
        ),
        (
            "Se efter att Mosquitto är igång. Kör rumskoll doctor: den säger vad som är fel.",
            "See that Mosquitto is running. Run rumskoll doctor: it says what is wrong.",
        ),
    ),
    # a first failure is tried again after 1, 2, 4 … minutes; three in two hours is no passing one
    Rule(
        "alerts-stuck",
        ("Rumskolls larm kommer inte fram", "Rumskoll's alerts do not arrive"),
        'SELECT sum("alerts_failed") FROM "service" WHERE time > now() - 2h GROUP BY "site"',
        7200,
        "gt",
        2,
        "0s",
        "error",
        (
            "Minst tre försök att skicka larm har misslyckats de senaste två timmarna.",
            "At least three attempts to send alerts have failed in the last two hours.",
        ),
        (
            "Kör rumskoll doctor, som prövar varje väg, och läs loggen.",
            "Run rumskoll doctor, which tries each route, and read the log.",
        ),
    ),
)
