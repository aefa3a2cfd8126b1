"""Texts of maintenance_pages: key -> (Swedish, English). The page on maintenance windows."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "maintenance.title": ("Underhållsfönster", "Maintenance windows"),
    "maintenance.intro": (
        "Så länge ett underhållsfönster pågår larmas inte det som fönstret gäller. Allt"
        " registreras ändå, och det som är fel efteråt larmas då.",
        "During a maintenance window nobody is alerted of what it covers. Everything is recorded"
        " all the same, and what is left afterwards is alerted then.",
    ),
    "maintenance.none": ("Det finns inga underhållsfönster.", "There are no maintenance windows."),
    "maintenance.reason": ("Anledning", "Reason"),
    "maintenance.covers": ("Gäller", "Covers"),
    "maintenance.when": ("När", "When"),
    "maintenance.repeats": ("Upprepas", "Repeats"),
    "maintenance.made_by": ("Skapat av", "Made by"),
    "maintenance.file": ("rooms.yaml", "rooms.yaml"),
    "maintenance.everything": ("Hela {site}", "All of {site}"),
    "maintenance.over": ("Över", "Over"),
    "maintenance.active": ("Pågår till {until}", "On until {until}"),
    "maintenance.next": ("{start} till {stop}", "{start} to {stop}"),
    "maintenance.remove": ("Ta bort", "Remove"),
    "maintenance.done.made": ("Underhållsfönstret är sparat.", "The maintenance window is saved."),
    "maintenance.done.removed": (
        "Underhållsfönstret är borttaget.",
        "The maintenance window is removed.",
    ),
    "maintenance.new": ("Nytt underhållsfönster", "New maintenance window"),
    "maintenance.from": ("Från (lokal tid)", "From (local time)"),
    "maintenance.lasts": ("Så länge", "For"),
    "maintenance.lasts.1h": ("1 timme", "1 hour"),
    "maintenance.lasts.2h": ("2 timmar", "2 hours"),
    "maintenance.lasts.4h": ("4 timmar", "4 hours"),
    "maintenance.lasts.8h": ("8 timmar", "8 hours"),
    "maintenance.lasts.1d": ("1 dygn", "1 day"),
    "maintenance.lasts.7d": ("1 vecka", "1 week"),
    "maintenance.repeat.once": ("En gång", "Once"),
    "maintenance.repeat.daily": ("Varje dag", "Every day"),
    "maintenance.repeat.weekly": ("Varje vecka", "Every week"),
    "maintenance.repeat.fortnightly": ("Varannan vecka", "Every other week"),
    "maintenance.repeat.monthly": ("Varje månad", "Every month"),
    "maintenance.site": ("Hus", "Site"),
    "maintenance.room": ("Rum", "Room"),
    "maintenance.device": ("Enhet", "Device"),
    "maintenance.code": ("Slag av fel", "Kind of fault"),
    "maintenance.all_rooms": ("Alla rum", "All rooms"),
    "maintenance.all_devices": ("Alla enheter", "All devices"),
    "maintenance.all_codes": ("Alla slag", "All kinds"),
    "maintenance.save": ("Spara", "Save"),
    "maintenance.to_faults": ("Till felen", "To the faults"),
}
