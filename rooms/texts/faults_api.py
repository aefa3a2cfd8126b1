"""Texts of faults_api: key -> (Swedish, English). What the API says of faults."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "api.title.409": ("Går inte just nu", "Not possible as it is"),
    "api.no_fault": ("Felet ”{fault}” finns inte.", "There is no fault “{fault}”."),
    "api.fault.resolved_already": ("Felet är redan över.", "The fault is over already."),
    "api.fault.acknowledged_already": (
        "Någon har redan tagit hand om felet.",
        "Somebody has taken on the fault already.",
    ),
    "api.fault.resolves_itself": (
        "Felet markeras som löst av sig självt när det är över. Bara det som någon har anmält"
        " kan markeras för hand.",
        "The fault is resolved by itself when it is over. Only what somebody reported can be"
        " resolved by hand.",
    ),
    "api.fault.snooze_time": (
        "Tiden ska ligga framåt, högst 31 dygn.",
        "The time must lie ahead, at most 31 days.",
    ),
    "fault.field.until_or_for": (
        "Ange antingen until eller for.",
        "Give either until or for.",
    ),
    "fault.field.note": (
        "Skriv något, högst {most} tecken.",
        "Write something, at most {most} characters.",
    ),
    "fault.field.note_long": ("Högst {most} tecken.", "At most {most} characters."),
    "fault.field.subject": (
        "Ange device eller source, inte båda.",
        "Give device or source, not both.",
    ),
    "fault.field.order": ("from ska ligga före to.", "from must lie before to."),
    "fault.field.cursor": (
        "Använd cursor från förra sidans svar, oförändrad.",
        "Use the cursor of the page before, unchanged.",
    ),
    "fault.field.unknown": (
        "”{value}” finns inte i rooms.yaml.",
        "There is no “{value}” in rooms.yaml.",
    ),
    "maintenance.field.site": ("Ange ett av husen: {known}.", "Give one of the sites: {known}."),
    "api.no_maintenance": (
        "Underhållsfönstret ”{window}” finns inte.",
        "There is no maintenance window “{window}”.",
    ),
    "api.maintenance_file": (
        "Underhållsfönstret ”{window}” står i rooms.yaml. Ta bort det där.",
        "The maintenance window “{window}” stands in rooms.yaml. Remove it there.",
    ),
    "api.maintenance_many": (
        "Det finns redan {most} underhållsfönster. Ta bort några som är över.",
        "There are {most} maintenance windows already. Remove some that are over.",
    ),
}
