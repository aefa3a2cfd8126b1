"""Utilisation: how much the rooms are used, which of them, when, by whom (metrics.md 2)."""

from __future__ import annotations

from typing import Final

from grafana_foundation_sdk.builders import stat
from grafana_foundation_sdk.builders.dashboard import Dashboard, Row

from dashboards import utilisation_days, utilisation_partners, utilisation_tables, variables
from dashboards.colours import GREEN, ORANGE
from dashboards.influxql import HISTORY, Influxql
from dashboards.panels import BOARD, ask, looks, steps
from dashboards.shapes import number
from dashboards.variables import AT_SITE
from dashboards.words import Say

UID: Final = "rumskoll-utilisation"
IN_RANGE: Final = f"$timeFilter AND {AT_SITE}"


def utilisation(say: Say) -> Dashboard:
    return (
        Dashboard(say("Nyttjande", "Utilisation"))
        .uid(UID)
        .time("now-30d/d", "now")
        .refresh("15m")
        .with_variable(variables.site(say))
        .with_row(Row(say("I siffror", "In figures")))
        .with_panel(_frequency(say))
        .with_panel(_bounds(say))
        .with_panel(_coverage(say))
        .with_panel(_seat_fill(say))
        .with_panel(_combined(say))
        .with_panel(_booking_rate(say))
        .with_panel(_no_show(say))
        .with_panel(_walk_in(say))
        .with_row(Row(say("Rum för rum", "Room by room")))
        .with_panel(utilisation_tables.ranking(say))
        .with_row(Row(say("Dag för dag", "Day by day")))
        .with_panel(utilisation_days.frequency(say))
        .with_panel(utilisation_days.booked(say))
        .with_panel(utilisation_days.no_shows(say))
        .with_row(Row(say("När på veckan?", "When in the week?")))
        .with_panel(utilisation_days.heat(say))
        .with_panel(utilisation_days.peaks(say))
        .with_panel(utilisation_days.busiest(say))
        .with_row(Row(say("Månad för månad", "Month by month")))
        .with_panel(utilisation_tables.months(say))
        .with_panel(utilisation_tables.rooms_by_month(say))
        .with_row(Row(say("Partner", "Partners")))
        .with_panel(utilisation_partners.used(say))
        .with_panel(utilisation_partners.by_day(say))
    )


def _figure(
    say: Say, panel: stat.Panel, title: str, about: str, query: str, empty: str = ""
) -> stat.Panel:
    """A share of the selected sites' sums in the time range."""
    return ask(
        panel.decimals(0),
        title,
        about,
        [Influxql(query, source=HISTORY, alias="$col")],
        source=HISTORY,
        unit="percentunit",
        size=(6, 4),
        link=(
            say("Rummens nyttjande på tavlan", "The rooms' use on the board"),
            f"{BOARD}/utilisation",
        ),
        empty=empty or say("Inget att räkna på", "Nothing to count"),
    )


def _frequency(say: Say) -> stat.Panel:
    return _figure(
        say,
        number(),
        say("Hur stor del av tiden är rummen i bruk?", "How much of the time are rooms in use?"),
        say(
            "Tid i bruk: upptagen tid delad med känd bokningsbar tid (öppettider utan helgdagar,"
            " stängda dagar och städning), summerat över rum och dagar. Visas bara när täckningen"
            " är minst 90 %.",
            "Frequency: occupied time divided by known bookable time (opening hours less"
            " holidays, closures and cleaning), summed over rooms and days. Shown only when"
            " coverage is at least 90 %.",
        ),
        f"""SELECT "frequency" FROM (SELECT sum("occupied_s") / sum("known_s") AS "frequency",
            sum("known_s") / sum("bookable_s") AS "coverage" FROM "site_day"
            WHERE {IN_RANGE} AND "bookable_s" > 0) WHERE "coverage" >= 0.9""",
        say("Otillräckliga data", "Insufficient data"),
    )


def _bounds(say: Say) -> stat.Panel:
    panel = _figure(
        say,
        number(),
        say("Lägst och högst tänkbara tid i bruk", "Lowest and highest possible use"),
        say(
            "Gränserna för tid i bruk: om rummen var lediga respektive upptagna all den tid som"
            " är okänd. Okänd tid räknas aldrig som ledig.",
            "The bounds of the frequency: had the rooms been vacant, or occupied, in all the time"
            " that is unknown. Unknown time never counts as vacant.",
        ),
        f"""SELECT sum("occupied_s") / sum("bookable_s") AS "lowest",
            (sum("occupied_s") + sum("bookable_s") - sum("known_s")) / sum("bookable_s")
            AS "highest" FROM "site_day" WHERE {IN_RANGE} AND "bookable_s" > 0""",
    )
    panel.override_by_name("lowest", looks(displayName=say("Lägst", "Lowest")))
    return panel.override_by_name("highest", looks(displayName=say("Högst", "Highest")))


def _coverage(say: Say) -> stat.Panel:
    return _figure(
        say,
        number(steps((None, ORANGE), (0.9, GREEN))),
        say("Hur mycket är känt?", "How much is known?"),
        say(
            "Täckning: den del av den bokningsbara tiden då sensorerna visar om rummet är upptaget"
            " eller ledigt. Under 90 % (orange) räcker data inte för att säga tid i bruk.",
            "Coverage: the part of bookable time in which sensors tell whether the room is"
            " occupied or vacant. Below 90 % (orange) data do not suffice for the frequency.",
        ),
        f"""SELECT sum("known_s") / sum("bookable_s") AS "coverage" FROM "site_day"
            WHERE {IN_RANGE} AND "bookable_s" > 0""",
    )


def _seat_fill(say: Say) -> stat.Panel:
    return _figure(
        say,
        number(),
        say("Hur fulla är rummen?", "How full are the rooms?"),
        say(
            "Platsbeläggning: personsekunder delat med antal platser gånger upptagen tid då folk"
            " räknades. Bara rum med räknare. Över 100 % om någon stod.",
            "Seat fill: person-seconds divided by seats times occupied time in which people were"
            " counted. Only rooms with a counter. Above 100 % where people stood.",
        ),
        f"""SELECT sum("person_s") / sum("seat_s") AS "seat_fill" FROM "site_day"
            WHERE {IN_RANGE} AND "seat_s" > 0""",
        say("Ingen räknare", "No counter"),
    )


def _combined(say: Say) -> stat.Panel:
    return _figure(
        say,
        number(),
        say("Nyttjande", "Utilisation"),
        say(
            "Tid i bruk gånger platsbeläggning. Tomt utan rum med räknare, och när täckningen är"
            " under 90 %.",
            "Frequency times seat fill. Blank without a room that has a counter, and when"
            " coverage is below 90 %.",
        ),
        f"""SELECT "utilisation" FROM (SELECT
            sum("occupied_s") / sum("known_s") * sum("person_s") / sum("seat_s") AS "utilisation",
            sum("known_s") / sum("bookable_s") AS "coverage", sum("seat_s") AS "seat_s"
            FROM "site_day" WHERE {IN_RANGE} AND "bookable_s" > 0)
            WHERE "coverage" >= 0.9 AND "seat_s" > 0""",
        say("Otillräckliga data", "Insufficient data"),
    )


def _booking_rate(say: Say) -> stat.Panel:
    return _figure(
        say,
        number(),
        say("Bokad tid", "Booked time"),
        say(
            "Den bokade delen av den bokningsbara tiden.",
            "The booked part of bookable time.",
        ),
        f"""SELECT sum("booked_s") / sum("bookable_s") AS "booking_rate" FROM "site_day"
            WHERE {IN_RANGE} AND "bookable_s" > 0""",
    )


def _no_show(say: Say) -> stat.Panel:
    return _figure(
        say,
        number(),
        say("Bokat men tomt", "No-shows"),
        say(
            "Andel bokningar dit ingen kom, från 5 min före start till 15 min efter (eller till"
            " slutet). Bokningar där täckningen då var under 90 % räknas inte.",
            "Share of bookings to which nobody came, from 5 min before the start until 15 min"
            " after it (or the end). Bookings whose coverage was below 90 % then do not count.",
        ),
        f"""SELECT sum("no_shows") / sum("assessable") AS "no_show" FROM "site_day"
            WHERE {IN_RANGE} AND "assessable" > 0""",
    )


def _walk_in(say: Say) -> stat.Panel:
    return _figure(
        say,
        number(),
        say("Spontant", "Walk-in"),
        say(
            "Den del av den upptagna tiden som ligger utanför bokningar.",
            "The part of occupied time that lies outside bookings.",
        ),
        f"""SELECT sum("walkin_s") / sum("occupied_s") AS "walk_in" FROM "site_day"
            WHERE {IN_RANGE} AND "occupied_s" > 0""",
    )
