"""Texts of ``rumskoll rollup``: key -> (Swedish, English)."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "help.rollup": (
        "Räkna om timmar, dagar och månader ur de lagrade mätvärdena.",
        "Compute hours, days and months again from the stored readings.",
    ),
    "help.rollup_from": ("Första dagen, ÅÅÅÅ-MM-DD.", "The first day, YYYY-MM-DD."),
    "help.rollup_to": (
        "Sista dagen, ÅÅÅÅ-MM-DD; i dag om den utelämnas.",
        "The last day, YYYY-MM-DD; today if left out.",
    ),
    "help.rollup_room": (
        "Bara detta rum; kan anges flera gånger.",
        "Only this room; may be given several times.",
    ),
    "rollup.day": (
        "{option} {value}: inte ett datum. Skriv det som 2026-11-23.",
        "{option} {value}: not a date. Write it as 2026-11-23.",
    ),
    "rollup.reversed": (
        "--from {first} ligger efter --to {last}. Byt plats på dem.",
        "--from {first} is after --to {last}. Swap them.",
    ),
    "rollup.future": (
        "--from {first} ligger i framtiden: det finns inget att räkna ännu.",
        "--from {first} is in the future: there is nothing to compute yet.",
    ),
    "rollup.room": (
        "Rummet {room} finns inte i rooms.yaml. Rummen är: {known}.",
        "There is no room {room} in rooms.yaml. The rooms are: {known}.",
    ),
    "rollup.frozen": (
        "Dagarna före {day} är frysta och står kvar som de räknades: mätvärdena bakom dem sparas i"
        " {kept} dagar och kan vara borta.",
        "The days before {day} are frozen and stay as they were computed: the readings behind them"
        " are kept for {kept} days and may be gone.",
    ),
    "rollup.nothing": (
        "Det finns inga mätvärden att räkna på i den tiden.",
        "There are no readings to compute from in that time.",
    ),
    "rollup.working": ("Räknar om", "Computing"),
    "rollup.following": (
        "Insamlaren är i gång och räknar om; Ctrl-C slutar bara titta på.",
        "The collector is running and computes; Ctrl-C only stops watching.",
    ),
    "rollup.left": (
        "Avbrutet. Det som återstår räknas nästa gång, eller av insamlaren när den är i gång.",
        "Interrupted. What is left is computed next time, or by the collector when it runs.",
    ),
    "rollup.waiting": (
        "{count} rumstimmar väntar på mätvärden som ännu inte nått databasen; starta Rumskoll så"
        " räknas de.",
        "{count} room-hours wait for readings that have not reached the database yet; start"
        " Rumskoll and they will be computed.",
    ),
    "rollup.done": ("Klart.", "Done."),
}
