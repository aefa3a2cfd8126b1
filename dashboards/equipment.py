"""Equipment and faults: what is broken, for how long, at what cost, and how it went before."""

from __future__ import annotations

from typing import Any, Final

from grafana_foundation_sdk.builders import stat, table
from grafana_foundation_sdk.builders.dashboard import Dashboard, Row, ThresholdsConfig
from grafana_foundation_sdk.models.common import DataSourceRef

from dashboards import equipment_devices, equipment_history, meanings, variables
from dashboards.annotations import faults
from dashboards.colours import GREEN, NOTHING, ORANGE, RED
from dashboards.equipment_history import faults_page
from dashboards.influxql import HISTORY, ROOMS, Influxql
from dashboards.panels import BOARD, ask, steps
from dashboards.shapes import (
    COLOURED_TEXT,
    column,
    columns,
    number,
    sorted_by,
    words_for,
)
from dashboards.variables import AT_SITE
from dashboards.words import Say

UID: Final = "rumskoll-equipment"
_IN_RANGE: Final = f"$timeFilter AND {AT_SITE}"
# Each open fault is copied every hour (design 5); what was resolved since says so last
_LAST: Final = f"""(SELECT last("open") AS "open", "severity", "since", "lasted_s", "lost_s",
    "acknowledged", "name", "detail" FROM "fault" WHERE time > now() - 130m AND {AT_SITE}
    GROUP BY "site", "room", "code", "fault")"""


def equipment(say: Say) -> Dashboard:
    board = (
        Dashboard(say("Utrustning och fel", "Equipment and faults"))
        .uid(UID)
        .time("now-7d/d", "now")
        .refresh("5m")
        .with_variable(variables.site(say))
        .with_variable(variables.device(say))
    )
    for annotation in faults(say, AT_SITE):
        board.annotation(annotation)
    return (
        board.with_row(Row(say("Nu", "Now")))
        .with_panel(_open(say))
        .with_panel(_not_acknowledged(say))
        .with_panel(_silent(say))
        .with_panel(_lost(say))
        .with_panel(_to_repair(say))
        .with_panel(_list(say))
        .with_row(Row(say("Hur har det gått?", "How did it go?")))
        .with_panel(equipment_history.per_day(say))
        .with_panel(equipment_history.lost_by_room(say))
        .with_panel(equipment_history.repair(say, "code"))
        .with_panel(equipment_history.repair(say, "room"))
        .with_row(Row(say("Enheter", "Devices")))
        .with_panel(equipment_devices.states(say))
        .with_panel(equipment_devices.contacts(say))
        .with_panel(equipment_devices.silent(say))
        .with_row(Row(say("Batteri och signal", "Battery and signal")))
        .with_panel(equipment_devices.power(say))
        .with_panel(equipment_devices.batteries(say))
        .with_panel(equipment_devices.signals(say))
        .with_row(Row(say("Programversioner", "Firmware")))
        .with_panel(equipment_devices.versions(say))
        .with_panel(equipment_devices.inventory(say))
    )


def _figure(
    say: Say,
    title: str,
    about: str,
    query: str,
    *,
    unit: str,
    width: int,
    empty: str,
    source: DataSourceRef = HISTORY,
    colours: ThresholdsConfig | None = None,
) -> stat.Panel:
    asked = [Influxql(query, source=source, alias="$col")]
    return ask(
        number(colours),
        title,
        about,
        asked,
        source=source,
        unit=unit,
        size=(width, 4),
        link=faults_page(say),
        empty=empty,
    )


def _open(say: Say) -> stat.Panel:
    return _figure(
        say,
        say("Hur många fel är öppna?", "How many faults are open?"),
        say(
            "Fel som är öppna just nu, oberoende av vald period. Bygger på kopior som skrivs vid"
            " varje ändring och varje timme; de senaste 2 tim 10 min räknas.",
            "Faults that are open right now, whatever the time range. From copies that are written"
            " at each change and each hour; those of the last 2 h 10 min count.",
        ),
        f'SELECT count("open") AS "open" FROM {_LAST} WHERE "open" = 1',
        unit="none",
        width=5,
        empty=say("Inga", "None"),
        colours=steps((None, GREEN), (1, ORANGE)),
    )


def _not_acknowledged(say: Say) -> stat.Panel:
    return _figure(
        say,
        say("Hur många har ingen tagit hand om?", "How many has nobody taken on?"),
        say(
            "Öppna fel som ingen har kvitterat.",
            "Open faults that nobody has acknowledged.",
        ),
        f"""SELECT count("open") AS "open" FROM {_LAST}
            WHERE "open" = 1 AND "acknowledged" = 0""",
        unit="none",
        width=5,
        empty=say("Inga", "None"),
        colours=steps((None, GREEN), (1, RED)),
    )


def _silent(say: Say) -> stat.Panel:
    return _figure(
        say,
        say("Hur många enheter är tysta?", "How many devices are silent?"),
        say(
            "Enheter utan kontakt just nu, enligt lägesbilden som skrivs var femte minut.",
            "Devices out of contact right now, as of the snapshot written every five minutes.",
        ),
        f"""SELECT count("online") - sum("online") AS "silent" FROM (SELECT
            last("online") AS "online" FROM "device_state"
            WHERE time > now() - 15m AND {AT_SITE} GROUP BY "device")""",
        unit="none",
        width=4,
        empty=say("Ingen uppgift", "Not known"),
        source=ROOMS,
        colours=steps((None, GREEN), (1, ORANGE)),
    )


def _lost(say: Say) -> stat.Panel:
    return _figure(
        say,
        say("Hur mycket rumstid har felen kostat?", "How much room time did faults cost?"),
        say(
            "Förlorade rumsminuter i perioden: bokningsbar tid då utrustning i rummet var trasig,"
            " summerat över rummen. Flera fel på en gång räknas en gång per rum.",
            "Lost room-minutes in the time range: bookable time in which a room's equipment was"
            " broken, summed over rooms. Several faults at once count once for a room.",
        ),
        f"""SELECT sum("lost_s") / 60 AS "lost" FROM "site_day" WHERE {_IN_RANGE}""",
        unit=say("suffix:rumsminuter", "suffix:room-minutes"),
        width=5,
        empty=say("Ingen uppgift", "Not known"),
    ).decimals(0)


def _to_repair(say: Say) -> stat.Panel:
    return _figure(
        say,
        say("Hur länge varar ett fel?", "How long does a fault last?"),
        say(
            "Medeltid till åtgärd: medelvärdet av tiden från öppnat till löst för de fel som"
            " löstes i perioden.",
            "Mean time to repair: the mean of the time from opened to resolved, of the faults"
            " that were resolved in the time range.",
        ),
        f"""SELECT mean("lasted_s") / 3600 AS "repair" FROM "fault"
            WHERE {_IN_RANGE} AND "kind" = 'resolved'""",
        unit=say("suffix:tim", "suffix:h"),
        width=5,
        empty=say("Inget löst", "None resolved"),
    ).decimals(1)


def _list(say: Say) -> table.Panel:
    panel = ask(
        table.Panel(),
        say("Vad är trasigt?", "What is broken?"),
        say(
            "Öppna fel just nu. Varaktighet och kostnad är från den senaste kopian, högst en timme"
            " gammal. Kostnad: rumsminuter i öppettider sedan felet öppnades.",
            "Faults that are open now. Age and cost are of the latest copy, an hour old at most."
            " Cost: room-minutes of opening hours since the fault opened.",
        ),
        [
            Influxql(
                f"""SELECT "fault", "severity", "name", "room", "code", "detail", "since",
                    "lasted_s" / 3600 AS "lasted", "lost_s" / 60 AS "lost", "acknowledged"
                    FROM {_LAST} WHERE "open" = 1""",
                source=HISTORY,
                table=True,
            )
        ],
        source=HISTORY,
        unit="none",
        size=(24, 9),
        link=faults_page(say),
        empty=say("Inga öppna fel.", "No open faults."),
    )
    hours: dict[str, Any] = {"unit": say("suffix:tim", "suffix:h"), "decimals": 1}
    acknowledged = {"0": (say("Nej", "No"), ORANGE), "1": (say("Ja", "Yes"), NOTHING)}
    page = {
        "title": say("Öppna felet på tavlan", "Open the fault on the board"),
        "url": f"{BOARD}/faults/${{__data.fields.fault}}",
    }
    shown = {
        "severity": column(
            say("Allvar", "Severity"), **words_for(meanings.severities(say)), **COLOURED_TEXT
        ),
        "name": column(say("Var", "Where"), unit="string", links=[page]),
        "room": column(say("Rum", "Room"), unit="string"),
        "code": column(say("Fel", "Fault"), unit="string", **words_for(meanings.codes(say))),
        "detail": column(say("Detalj", "Detail"), unit="string"),
        "since": column(say("Sedan", "Since"), unit="time:YYYY-MM-DD HH:mm"),
        "lasted": column(say("Har varat", "Age"), **hours),
        "lost": column(
            say("Kostnad", "Cost"), unit=say("suffix:rumsmin", "suffix:room-min"), decimals=0
        ),
        "acknowledged": column(
            say("Kvitterat", "Acknowledged"), **words_for(acknowledged), **COLOURED_TEXT
        ),
        "fault": column(say("Id", "Id"), unit="string", links=[page]),
    }
    return columns(sorted_by(sorted_by(panel, "lasted"), "severity"), shown)
