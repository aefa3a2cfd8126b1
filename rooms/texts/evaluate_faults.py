"""Texts of ``rumskoll evaluate faults``: key -> (Swedish, English)."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "help.evaluate_faults": (
        "Jämför funna fel med sådana som har lagts in: en månad i exempelhuset.",
        "Compare the faults that are found with faults made on purpose: a month of the example"
        " house.",
    ),
    "help.evaluate_faults_days": ("Så många dygn.", "So many days."),
    "help.evaluate_faults_markdown": (
        "Skriv tabellen som Markdown.",
        "Print the table as Markdown.",
    ),
    "evaluate_faults.playing": ("En månad med fel", "A month of faults"),
    "evaluate_faults.column.code": ("Kod", "Code"),
    "evaluate_faults.column.made": ("Inlagda", "Made"),
    "evaluate_faults.column.found": ("Funna", "Found"),
    "evaluate_faults.column.rate": ("Andel", "Rate"),
    "evaluate_faults.column.median": ("Tid, median", "Time, median"),
    "evaluate_faults.column.longest": ("Tid, längst", "Time, longest"),
    "evaluate_faults.column.allowed": ("Regeln väntar + intervall", "Rule waits + interval"),
    "evaluate_faults.column.false": ("Falska", "False"),
    "evaluate_faults.column.per_month": ("Per enhet och månad", "Per device-month"),
    "evaluate_faults.all": ("Alla", "All"),
    "evaluate_faults.messages": (
        "Till den som sköter huset gick {count} meddelanden på {days} dygn: {faults} när något"
        " hände, {digest} morgonsammanfattningar och {room_check} rumskontroller. Som mest kom"
        " {busiest} på en dag.",
        "Whoever looks after the house got {count} messages in {days} days: {faults} when something"
        " happened, {digest} morning digests and {room_check} room checks. The most on one day"
        " were {busiest}.",
    ),
    "evaluate_faults.missed": (
        "Inte funnet: {code}, {subject}, från {start}.",
        "Not found: {code}, {subject}, from {start}.",
    ),
    "evaluate_faults.false": (
        "Falskt larm: {code}, {subject}, {start}.",
        "False alarm: {code}, {subject}, {start}.",
    ),
    "evaluate_faults.late": (
        "För sent i genomsnitt: {code}.",
        "Too late on the whole: {code}.",
    ),
    "evaluate_faults.aim_missed": (
        "Nådde inte målet: allt funnet, inget falskt, och i tid.",
        "Missed the aim: all found, none false, and in time.",
    ),
}
