"""Devices, one by one: status over time, contact, battery, signal, firmware."""

from __future__ import annotations

from typing import Any, Final

from grafana_foundation_sdk.builders import statetimeline, table, timeseries
from grafana_foundation_sdk.builders.common import GraphThresholdsStyleConfig
from grafana_foundation_sdk.models.common import (
    GraphThresholdsStyleMode,
    TimelineValueAlignment,
    VisibilityMode,
)

from dashboards import meanings
from dashboards.colours import GREEN, ORANGE, RED
from dashboards.influxql import ROOMS, Influxql
from dashboards.panels import BOARD, ask, steps, to_dashboard, transform, words
from dashboards.shapes import (
    BAR,
    COLOURED_TEXT,
    by_steps,
    column,
    columns,
    lines,
    missing,
    sorted_by,
    words_for,
)
from dashboards.variables import AT_SITE, OF_DEVICE
from dashboards.words import Say

_THESE: Final = f"{AT_SITE} AND {OF_DEVICE}"
_NOW: Final = f'FROM "device_state" WHERE time > now() - 15m AND {_THESE} GROUP BY "device"'
_HEARD: Final = "time:YYYY-MM-DD HH:mm"


def _board(say: Say) -> tuple[str, str]:
    return (say("Enheter på tavlan", "Devices on the board"), f"{BOARD}/devices")


def _nothing(say: Say) -> str:
    return say("Inget om enheterna på en kvart.", "Nothing about devices for 15 minutes.")


def _timeline(
    say: Say, title: str, about: str, value: str, meaning: meanings.Words
) -> statetimeline.Panel:
    """Snapshots come every five minutes: in steps of ten none is empty by chance."""
    panel = (
        statetimeline.Panel()
        .interval("10m")
        .mappings([words(meaning), missing(say("Okänt", "Unknown"))])
        .show_value(VisibilityMode.NEVER)
        .align_value(TimelineValueAlignment.LEFT)
        .row_height(0.85)
        .span_nulls(False)
    )
    query = f"""SELECT {value} FROM "device_state" WHERE $timeFilter AND {_THESE}
        GROUP BY time($__interval), "device" fill(null)"""
    return ask(
        panel,
        title,
        about,
        [Influxql(query, alias="$tag_device")],
        source=ROOMS,
        unit="none",
        size=(12, 12),
        link=_board(say),
        empty=say("Inget om enheterna i perioden.", "Nothing about devices in this time."),
    )


def states(say: Say) -> statetimeline.Panel:
    return _timeline(
        say,
        say("När har enheterna haft fel?", "When did devices have faults?"),
        say(
            "Det värsta öppna felet på varje enhet. Grått: tjänsten skrev inget då, så ingen vet.",
            "The worst open fault of each device. Grey: the service wrote nothing then, so nobody"
            " knows.",
        ),
        'max("severity")',
        meanings.severities(say),
    )


def contacts(say: Say) -> statetimeline.Panel:
    return _timeline(
        say,
        say("När har enheterna haft kontakt?", "When were devices in contact?"),
        say(
            "Tyst så snart enheten varit utan kontakt någon gång i tidssteget. Grått: ingen"
            " uppgift.",
            "Silent as soon as the device was out of contact at any time of the step. Grey: not"
            " known.",
        ),
        'min("online")',
        meanings.contact(say),
    )


def _who(say: Say) -> dict[str, Any]:
    return {
        "name": column(say("Enhet", "Device"), unit="string"),
        "room": column(say("Rum", "Room"), unit="string"),
    }


def silent(say: Say) -> table.Panel:
    panel = ask(
        table.Panel(),
        say("Vilka enheter har varit tysta längst?", "Which devices were silent longest?"),
        say(
            "Enheterna efter när de senast hördes, äldst först. Sovande batterienheter hörs av"
            " sällan utan att något är fel: kontakten säger om de är sena.",
            "Devices by when they were last heard, the oldest first. Sleeping battery devices are"
            " heard rarely with nothing wrong: the contact tells whether they are late.",
        ),
        [
            Influxql(
                f"""SELECT last("heard") AS "heard", "name", "room", "source", "online", "faults"
                    {_NOW}""",
                table=True,
            )
        ],
        source=ROOMS,
        unit="none",
        size=(24, 9),
        link=_board(say),
        empty=_nothing(say),
    )
    shown = {
        **_who(say),
        "heard": column(say("Senast hörd", "Last heard"), unit=_HEARD),
        "online": column(
            say("Kontakt", "Contact"), **words_for(meanings.contact(say)), **COLOURED_TEXT
        ),
        "faults": column(say("Öppna fel", "Open faults"), unit="none", decimals=0),
        "source": column(say("Källa", "Source"), unit="string"),
        "device": column(say("Id", "Id"), unit="string"),
    }
    return columns(sorted_by(panel, "heard", down=False), shown)


def power(say: Say) -> table.Panel:
    panel = ask(
        table.Panel(),
        say("Vilka batterier behöver bytas?", "Which batteries need replacing?"),
        say(
            "Batteri och signal nu, svagast batteri först. Under 20 % öppnas ett fel; från 25 % är"
            " det över. Signal i dBm: närmare noll är starkare.",
            "Battery and signal now, the weakest battery first. Below 20 % a fault opens; from 25 %"
            " it is over. Signal in dBm: closer to zero is stronger.",
        ),
        [
            Influxql(
                f'SELECT last("{value}") AS {names}, "name", "room" {_NOW}', ref=ref, table=True
            )
            for ref, value, names in (
                ("A", "battery_pct", '"battery"'),
                ("B", "rssi_dbm", '"rssi_dbm", "snr_db"'),
                ("C", "linkquality", '"linkquality"'),
            )
        ],
        source=ROOMS,
        unit="none",
        size=(24, 9),
        link=_board(say),
        empty=say(
            "Ingen enhet säger något om batteri eller signal.",
            "No device tells about battery or signal.",
        ),
    )
    # who tells of which differs from device to device: one row for each, with what there is
    panel.with_transformation(transform("filterFieldsByName", exclude={"names": ["Time"]}))
    panel.with_transformation(transform("merge"))
    charge = by_steps((None, RED), (20, ORANGE), (25, GREEN))
    shown = {
        **_who(say),
        "battery": column(
            say("Batteri", "Battery"), unit="percent", decimals=0, min=0, max=100, **charge, **BAR
        ),
        "rssi_dbm": column(say("Signal", "Signal"), unit="dBm", decimals=0),
        "snr_db": column(say("Signal mot brus", "Signal to noise"), unit="dB", decimals=1),
        "linkquality": column(say("Länkkvalitet", "Link quality"), unit="none", decimals=0),
        "device": column(say("Id", "Id"), unit="string"),
    }
    return columns(sorted_by(panel, "battery", down=False), shown)


def _trend(
    say: Say, title: str, about: str, field: str, unit: str, panel: timeseries.Panel
) -> timeseries.Panel:
    query = f"""SELECT mean("{field}") AS "{field}" FROM "device_state" WHERE $timeFilter
        AND {_THESE} GROUP BY time($__interval), "device" fill(null)"""
    return ask(
        panel,
        title,
        about,
        [Influxql(query, alias="$tag_device")],
        source=ROOMS,
        unit=unit,
        size=(12, 8),
        link=_board(say),
        empty=say("Ingen enhet säger något om det.", "No device tells about it."),
    )


def batteries(say: Say) -> timeseries.Panel:
    return _trend(
        say,
        say("Hur fort tar batterierna slut?", "How fast do batteries run down?"),
        say(
            "Batteri per enhet, medelvärde per tidssteg. Under 20 % (streckat) öppnas ett fel.",
            "Battery of each device, the mean of each time step. Below 20 % (dashed) a"
            " fault opens.",
        ),
        "battery_pct",
        "percent",
        lines("1h")
        .min(0)
        .max(100)
        .thresholds(steps((None, GREEN), (20, ORANGE)))
        .thresholds_style(GraphThresholdsStyleConfig().mode(GraphThresholdsStyleMode.DASHED)),
    )


def signals(say: Say) -> timeseries.Panel:
    return _trend(
        say,
        say("Blir signalen sämre?", "Is the signal getting worse?"),
        say(
            "Signalstyrka per enhet i dBm, medelvärde per tidssteg. Närmare noll är starkare.",
            "Signal strength of each device in dBm, the mean of each time step. Closer to zero is"
            " stronger.",
        ),
        "rssi_dbm",
        "dBm",
        lines("1h"),
    )


def _firmware() -> Influxql:
    return Influxql(
        f'SELECT last("firmware") AS "firmware", "model", "name", "room" {_NOW}', table=True
    )


def versions(say: Say) -> table.Panel:
    panel = ask(
        table.Panel(),
        say("Vilka programversioner finns?", "Which firmware versions are there?"),
        say(
            "Antal enheter per modell och programversion, av dem som säger sin version.",
            "Devices by model and firmware version, of those that tell theirs.",
        ),
        [_firmware()],
        source=ROOMS,
        unit="none",
        size=(10, 9),
        link=_board(say),
        empty=say("Ingen enhet säger sin version.", "No device tells its version."),
    )
    group: dict[str, Any] = {"operation": "groupby", "aggregations": []}
    count = {"operation": "aggregate", "aggregations": ["count"]}
    fields = {"model": group, "firmware": group, "device": count}
    panel.with_transformation(transform("groupBy", fields=fields))
    shown = {
        "model": column(say("Modell", "Model"), unit="string"),
        "firmware": column(say("Version", "Version"), unit="string"),
        "device (count)": column(say("Enheter", "Devices"), unit="none", decimals=0),
    }
    return columns(sorted_by(panel, "model", down=False), shown)


def inventory(say: Say) -> table.Panel:
    panel = ask(
        table.Panel(),
        say("Vilken enhet har vilken version?", "Which device has which version?"),
        say(
            "Alla enheter som säger sin programversion, som de senast sade den.",
            "All devices that tell their firmware version, as they told it last.",
        ),
        [_firmware()],
        source=ROOMS,
        unit="none",
        size=(14, 9),
        link=(say("Översikt", "Overview"), to_dashboard("rumskoll-overview", "site")),
        empty=say("Ingen enhet säger sin version.", "No device tells its version."),
    )
    shown = {
        **_who(say),
        "model": column(say("Modell", "Model"), unit="string"),
        "firmware": column(say("Version", "Version"), unit="string"),
        "device": column(say("Id", "Id"), unit="string"),
    }
    return columns(sorted_by(panel, "model", down=False), shown)
