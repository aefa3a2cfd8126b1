"""Texts of fault_charts: key -> (Swedish, English). What was heard around a fault."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "faults.chart.title": ("Mätvärden omkring felet", "Readings around the fault"),
    "faults.chart.intro": (
        "Från {start} till {stop}. Luckor: inget hördes. Det streckade är när felet började, det"
        " heldragna när det upptäcktes.",
        "From {start} to {stop}. Gaps: nothing was heard. Dashed is when the fault began, solid"
        " when it was noticed.",
    ),
    "faults.chart.none": (
        "Inget har hörts från enheten omkring felet.",
        "Nothing was heard from the device around the fault.",
    ),
    "faults.chart.gone": (
        "Mätvärdena från den tiden är raderade.",
        "The readings of that time have been deleted.",
    ),
    "faults.chart.nothing": ("Inget hördes.", "Nothing was heard."),
    "faults.chart.heard.one": (
        "{count} meddelande, {time}.",
        "{count} message, {time}.",
    ),
    "faults.chart.heard.many": (
        "{count} meddelanden, det sista {time}.",
        "{count} messages, the last {time}.",
    ),
    "faults.chart.last": ("Sist {value}, {time}.", "Last {value}, {time}."),
    "faults.chart.table": ("Värdena i en tabell", "The values in a table"),
    "faults.chart.time": ("Tid", "Time"),
    "faults.chart.what": ("Vad", "What"),
    "faults.chart.value": ("Värde", "Value"),
    "faults.field.heard": ("Hörd", "Heard"),
    "faults.field.status.online": ("Uppkopplad", "Online"),
    "faults.field.equipment.online": ("Svarar", "Reachable"),
    "faults.field.equipment.in_call": ("I samtal", "In a call"),
    "faults.field.equipment.peripherals": ("Tillbehöret", "The peripheral"),
    "faults.field.equipment.error_fan": ("Fläkt", "Fan"),
    "faults.field.equipment.error_lamp": ("Lampa", "Lamp"),
    "faults.field.equipment.error_temperature": ("Temperatur", "Temperature"),
    "faults.field.equipment.error_cover": ("Lucka", "Cover"),
    "faults.field.equipment.error_filter": ("Filter", "Filter"),
    "faults.field.equipment.error_other": ("Annat fel", "Other error"),
    "faults.field.health.battery_pct": ("Batteri", "Battery"),
    "faults.field.health.rssi_dbm": ("Signal", "Signal"),
    "faults.field.health.linkquality": ("Länkkvalitet", "Link quality"),
    "faults.field.health.skew_s": ("Klockans fel", "Clock's error"),
    "faults.field.presence.occupied": ("Upptaget", "Occupied"),
    "faults.field.presence.motion": ("Rörelse", "Motion"),
    "faults.field.presence.people": ("Personer", "People"),
    "faults.field.climate.co2_ppm": ("Koldioxid", "Carbon dioxide"),
    "faults.field.decode.failed": ("Oläsligt", "Unreadable"),
    "faults.value.bool.0": ("nej", "no"),
    "faults.value.bool.1": ("ja", "yes"),
    "faults.value.equipment.peripherals.0": ("saknas", "missing"),
    "faults.value.equipment.peripherals.1": ("på plats", "there"),
    "faults.value.error.0": ("inget fel", "no error"),
    "faults.value.error.1": ("varning", "warning"),
    "faults.value.error.2": ("fel", "error"),
}
