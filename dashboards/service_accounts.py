"""The loss account (design 3): what came in by day, source and device, and what became of it."""

from __future__ import annotations

from typing import Any, Final

from grafana_foundation_sdk.builders import table, timeseries

from dashboards.colours import BLUE, GREEN, RED
from dashboards.influxql import HISTORY, Influxql
from dashboards.panels import BOARD, ask, to_dashboard
from dashboards.shapes import (
    BAR,
    COLOURED_TEXT,
    Looks,
    bars,
    by_steps,
    column,
    columns,
    one_colour,
    sorted_by,
)
from dashboards.variables import AT_SITE
from dashboards.words import Say

_WHOLE: Final[dict[str, Any]] = {"unit": "none", "decimals": 0}
# a day's totals stand at its midnight: the day that the time range begins in belongs to it
_IN_RANGE: Final = f"time >= ${{__from}}ms - 1d AND time <= ${{__to}}ms AND {AT_SITE}"
_PARTS: Final = ("received", "stored", "duplicate", "ignored", "quarantined", "missing")


def _fates(say: Say) -> dict[str, Looks]:
    wrong = by_steps((None, GREEN), (1, RED))
    return {
        "received": column(say("Mottagna", "Received"), min=0, **_WHOLE, **BAR, **one_colour(BLUE)),
        "stored": column(say("Sparade", "Stored"), **_WHOLE),
        "duplicate": column(say("Dubbletter", "Duplicates"), **_WHOLE),
        "ignored": column(say("Utelämnade", "Ignored"), **_WHOLE),
        "quarantined": column(say("Karantän", "Quarantined"), **_WHOLE, **wrong, **COLOURED_TEXT),
        "missing": column(say("Saknade", "Missing"), **_WHOLE, **wrong, **COLOURED_TEXT),
    }


def by_source(say: Say) -> table.Panel:
    sums = ", ".join(f'sum("{part}") AS "{part}"' for part in _PARTS)
    panel = ask(
        table.Panel(),
        say("Vilka källor hörs?", "Which sources are heard?"),
        say(
            "Meddelanden per källa, hela dagar (lokal tid) från den dag perioden börjar. Saknade:"
            " hål i källans egen numrering, där den har en.",
            "Messages by source, whole days (local time) from the day on which the time range"
            " begins. Missing: holes in the source's own numbering, where it has one.",
        ),
        [
            Influxql(
                f'SELECT {sums} FROM "account" WHERE {_IN_RANGE} GROUP BY "source"',
                source=HISTORY,
                table=True,
            )
        ],
        source=HISTORY,
        unit="none",
        size=(10, 9),
        link=(say("Enheter på tavlan", "Devices on the board"), f"{BOARD}/devices"),
        empty=say("Inga meddelanden i perioden.", "No messages in this time."),
    )
    shown = {"source": column(say("Källa", "Source"), unit="string"), **_fates(say)}
    return columns(sorted_by(panel, "received"), shown)


def losses(say: Say) -> table.Panel:
    parts = ", ".join(f'"{part}"' for part in _PARTS)
    panel = ask(
        table.Panel(),
        say("Har något meddelande tappats bort?", "Has any message been lost?"),
        say(
            "Per dag och enhet: mottagna = sparade + dubbletter + utelämnade + i karantän."
            " Differens är det som inte går ihop och ska vara 0. Saknade är nummer som källan"
            " hoppade över: de kom aldrig fram hit. Ett streck som enhet: okända enheter.",
            "By day and device: received = stored + duplicates + ignored + quarantined. The"
            " difference is what does not add up, and has to be 0. Missing are numbers that the"
            " source skipped: they never came this far. A dash for a device: unknown devices.",
        ),
        [
            Influxql(
                f"""SELECT {parts},
                    "received" - "stored" - "duplicate" - "ignored" - "quarantined" AS "difference"
                    FROM "account" WHERE {_IN_RANGE} GROUP BY "source", "device" """,
                source=HISTORY,
                table=True,
            )
        ],
        source=HISTORY,
        unit="none",
        size=(24, 9),
        link=(say("Okända enheter på tavlan", "Unknown devices on the board"), f"{BOARD}/unknown"),
        empty=say("Inga meddelanden i perioden.", "No messages in this time."),
    )
    wrong = by_steps((None, RED), (0, GREEN), (1, RED))
    shown = {
        "Time": column(say("Dag", "Day"), unit="time:YYYY-MM-DD"),
        "source": column(say("Källa", "Source"), unit="string"),
        "device": column(say("Enhet", "Device"), unit="string"),
        **_fates(say),
        "difference": column(say("Differens", "Difference"), **_WHOLE, **wrong, **COLOURED_TEXT),
    }
    return columns(sorted_by(sorted_by(panel, "missing"), "Time"), shown)


def missing_per_day(say: Say) -> timeseries.Panel:
    return ask(
        bars(stacked=True).min(0).decimals(0).time_from("30d"),
        say("Vilka enheters meddelanden försvinner?", "Whose messages go missing?"),
        say(
            "Saknade meddelanden per dag och enhet de senaste 30 dagarna, vilken period som än är"
            " vald: hål i källans numrering.",
            "Missing messages by day and device in the last 30 days, whatever time range is"
            " chosen: holes in the source's numbering.",
        ),
        [
            Influxql(
                f"""SELECT "missing" FROM "account" WHERE $timeFilter AND {AT_SITE}
                    AND "missing" > 0 GROUP BY "device" """,
                source=HISTORY,
                alias="$tag_device",
            )
        ],
        source=HISTORY,
        unit=say("suffix:meddelanden", "suffix:messages"),
        size=(12, 8),
        link=(
            say("Utrustning och fel", "Equipment and faults"),
            to_dashboard("rumskoll-equipment", "site"),
        ),
        empty=say("Inget saknas.", "Nothing is missing."),
    )
