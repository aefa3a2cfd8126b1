"""Whose time it was (metrics.md 3), without money."""

from __future__ import annotations

from typing import Final

from grafana_foundation_sdk.builders import table, timeseries

from dashboards.colours import BLUE, GREY
from dashboards.influxql import HISTORY, Influxql
from dashboards.panels import BOARD, ask, looks
from dashboards.shapes import (
    BAR,
    bars,
    column,
    columns,
    named,
    one_colour,
    sorted_by,
    with_site,
)
from dashboards.variables import AT_SITE
from dashboards.words import Say

_IN_RANGE: Final = f"$timeFilter AND {AT_SITE}"


def used(say: Say) -> table.Panel:
    hours = {"unit": say("suffix:tim", "suffix:h"), "decimals": 1}
    panel = ask(
        table.Panel(),
        say("Hur mycket har varje partner använt?", "How much did each partner use?"),
        say(
            "Rumstimmar efter vad som visar vems de var: rättelse, incheckning, bokning, rummets"
            " värd. Utanför öppettider och bokat men tomt står för sig. Inga belopp: det är"
            " avräkningen som gäller.",
            "Room-hours by what shows whose they were: correction, check-in, booking, the room's"
            " host. Outside opening hours and no-shows are apart. No amounts: the statement"
            " decides.",
        ),
        [
            Influxql(
                f"""SELECT (sum("correction_s") + sum("checkin_s") + sum("booking_s")
                    + sum("host_s") + sum("unattributed_s")) / 3600 AS "used",
                    sum("correction_s") / 3600 AS "correction",
                    sum("checkin_s") / 3600 AS "checkin", sum("booking_s") / 3600 AS "booking",
                    sum("host_s") / 3600 AS "host", sum("no_show_s") / 3600 AS "no_show",
                    sum("outside_s") / 3600 AS "outside" FROM "site_partner_day"
                    WHERE {_IN_RANGE} GROUP BY "partner" """,
                source=HISTORY,
                table=True,
            )
        ],
        source=HISTORY,
        unit="none",
        size=(12, 9),
        link=(say("Avräkningar på tavlan", "Statements on the board"), f"{BOARD}/statements"),
        empty=say("Ingen användning i perioden.", "No use in this time."),
    )
    nobody = {"text": say("Ofördelat", "Unattributed"), "color": GREY, "index": 0}
    mapped = [{"type": "value", "options": {"_unattributed": nobody}}]
    shown = {
        "partner": column(say("Partner", "Partner"), unit="string", mappings=mapped),
        "used": column(say("Använt", "Used"), min=0, **hours, **BAR, **one_colour(BLUE)),
        "checkin": column(say("Incheckning", "Check-in"), **hours),
        "booking": column(say("Bokning", "Booking"), **hours),
        "host": column(say("Värd", "Host"), **hours),
        "correction": column(say("Rättelse", "Correction"), **hours),
        "no_show": column(say("Bokat men tomt", "No-show"), **hours),
        "outside": column(say("Utanför öppettider", "Outside hours"), **hours),
    }
    return columns(sorted_by(panel, "used"), shown)


def by_day(say: Say) -> timeseries.Panel:
    panel = ask(
        bars(stacked=True).min(0).decimals(1),
        say("Vem använde rummen vilken dag?", "Who used the rooms on which day?"),
        say(
            "Använda rumstimmar per dag och partner i öppettiderna, efter incheckning, bokning,"
            " värd eller rättelse. Ofördelat: ingen vet vems tiden var.",
            "Used room-hours per day and partner within opening hours, by check-in, booking, host"
            " or correction. Unattributed: nobody knows whose time it was.",
        ),
        [
            Influxql(
                f"""SELECT ("correction_s" + "checkin_s" + "booking_s" + "host_s"
                    + "unattributed_s") / 3600 AS "used" FROM "site_partner_day"
                    WHERE {_IN_RANGE} GROUP BY "site", "partner" """,
                source=HISTORY,
                alias="$tag_site $tag_partner",
            )
        ],
        source=HISTORY,
        unit=say("suffix:tim", "suffix:h"),
        size=(12, 9),
        link=(say("Avräkningar på tavlan", "Statements on the board"), f"{BOARD}/statements"),
        empty=say("Ingen användning i perioden.", "No use in this time."),
    )
    partner = {"displayName": "${__field.labels.partner}, ${__field.labels.site}"}
    panel.override_by_regexp("/ /", looks(**partner))  # not the time
    unknown = with_site(say("Ofördelat", "Unattributed"), **one_colour(GREY))
    return named(panel, {"_unattributed": unknown})
