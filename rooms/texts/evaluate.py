"""Texts of ``rumskoll evaluate``: key -> (Swedish, English)."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "help.evaluate": (
        "Jämför uträknad beläggning med facit: simulatorns veckor eller en CSV-fil.",
        "Compare computed occupancy with the truth: the simulator's weeks, or a CSV file.",
    ),
    "help.evaluate_csv": (
        "CSV-fil med mätvärden och facit, i stället för simulatorns veckor.",
        "CSV file with readings and truth, instead of the simulator's weeks.",
    ),
    "help.evaluate_time": (
        "Kolumn med tid; två (datum och klockslag) läggs ihop.",
        "Column with the time; two (date and time of day) are joined.",
    ),
    "help.evaluate_motion": (
        "Kolumn för en rörelsesensor: rörelse där värdet är över 0.",
        "Column of a motion sensor: movement where it is above 0.",
    ),
    "help.evaluate_state": (
        "Kolumn för en närvarosensor: upptaget där värdet är över 0.",
        "Column of a presence sensor: occupied where it is above 0.",
    ),
    "help.evaluate_people": (
        "Kolumn för en personräknare: så många är där.",
        "Column of a people counter: so many are there.",
    ),
    "help.evaluate_truth": (
        "Kolumn med facit: någon är där om värdet är över 0.",
        "Column with the truth: somebody is there where it is above 0.",
    ),
    "help.evaluate_every": (
        "Sekunder mellan raderna när allt fungerar.",
        "Seconds between rows when all is well.",
    ),
    "help.evaluate_zone": (
        "Tidszon för tider utan tidsskillnad.",
        "Time zone of times without an offset.",
    ),
    "help.evaluate_json": ("Skriv JSON, för skript.", "Print JSON, for scripts."),
    "help.evaluate_markdown": (
        "Skriv tabellerna som Markdown.",
        "Print the tables as Markdown.",
    ),
    "help.evaluate_plot": (
        "Rita facit och uträknat i en SVG-fil.",
        "Draw truth and result into an SVG file.",
    ),
    # ---- mistakes
    "evaluate.csv_needed": (
        "Kolumner och --expect-every hör till en fil: ange den med --csv.",
        "Columns and --expect-every belong to a file: name it with --csv.",
    ),
    "evaluate.options_needed": (
        "Till --csv hör --time, --truth, --expect-every och minst en av --motion, --state och"
        " --people.",
        "With --csv go --time, --truth, --expect-every and at least one of --motion, --state and"
        " --people.",
    ),
    "evaluate.no_markdown": (
        "--markdown gäller simulatorns veckor; använd --json för en fil.",
        "--markdown is for the simulator's weeks; use --json for a file.",
    ),
    "evaluate.zone": (
        "--zone: det finns ingen tidszon {zone}. Skriv till exempel Europe/Stockholm.",
        "--zone: there is no time zone {zone}. Write for example Europe/Stockholm.",
    ),
    "evaluate.not_text": (
        "{file} är inte text i UTF-8. Spara den som CSV med UTF-8.",
        "{file} is not text in UTF-8. Save it as CSV with UTF-8.",
    ),
    "evaluate.not_csv": (
        "{file} går inte att läsa som CSV: {reason}.",
        "{file} cannot be read as CSV: {reason}.",
    ),
    "evaluate.no_column": (
        'Kolumnen "{name}" finns inte i filens första rad. Där står: {known}.',
        'The column "{name}" is not in the first line of the file. There stands: {known}.',
    ),
    "evaluate.column_twice": (
        'Kolumnen "{name}" finns mer än en gång i filens första rad. Byt namn på en av dem.',
        'The column "{name}" stands more than once in the first line of the file. Rename one.',
    ),
    "evaluate.no_rows": (
        "Ingen rad i {file} gick att använda.",
        "No row of {file} could be used.",
    ),
    "evaluate.refused": ("Rad {line} lämnades ute: {reason}", "Line {line} left out: {reason}"),
    "evaluate.refused_more": (
        "… och {count} rader till av liknande skäl.",
        "… and {count} more lines for such reasons.",
    ),
    "evaluate.row.cells": (
        "den har {count} fält, men första raden har {wanted}. Står decimalkomma i en fil med"
        " komma mellan fälten?",
        "it has {count} cells, but the first line has {wanted}. Are there decimal commas in a file"
        " with commas between cells?",
    ),
    "evaluate.row.time": (
        '"{cell}" är ingen tid. Skriv 2026-11-16 08:30:00 eller sekunder sedan 1970.',
        '"{cell}" is no time. Write 2026-11-16 08:30:00 or seconds since 1970.',
    ),
    "evaluate.row.years": (
        "{cell} ligger inte mellan 1970 och 2100.",
        "{cell} does not lie between 1970 and 2100.",
    ),
    "evaluate.row.no_such_time": (
        "{cell} finns inte i {zone}: klockan ställdes fram. Är --zone rätt?",
        "{cell} does not exist in {zone}: the clocks went forward. Is --zone right?",
    ),
    "evaluate.row.same_time": (
        "samma tid står redan på rad {line}.",
        "the same time stands on line {line} already.",
    ),
    "evaluate.row.number": ('"{cell}" är inget tal.', '"{cell}" is no number.'),
    "evaluate.row.decimals": (
        'blandade decimaltecken: "{cell}", men förut i filen "{mark}".',
        'mixed decimal marks: "{cell}", but before in the file "{mark}".',
    ),
    "evaluate.row.people": (
        '"{cell}" är inget antal personer.',
        '"{cell}" is no number of people.',
    ),
    "evaluate.aim_missed": (
        "Nådde inte sitt mål: {names}.",
        "Missed the aim: {names}.",
    ),
    # ---- results
    "evaluate.accuracy": ("Rätt: {share} av tiden", "Right: {share} of the time"),
    "evaluate.occupied_share": ("Upptaget, uträknat: {share}", "Occupied, as computed: {share}"),
    "evaluate.true_share": ("Upptaget, enligt facit: {share}", "Occupied, in truth: {share}"),
    "evaluate.coverage": (
        "Täckning: {share} av filens hela tid är känd",
        "Coverage: {share} of the file's whole time is known",
    ),
    "evaluate.causes": (
        "Minuter fel efter orsak (missade / påhittade):",
        "Minutes wrong by cause (missed / invented):",
    ),
    "evaluate.causes_meaning": (
        "Kanter: en vistelse börjar eller slutar för tidigt eller sent. Glapp: mellan två"
        " vistelser. Hela: en hel vistelse. Tystnad: ingen sensor hördes. Oense: en av flera"
        " sensorer hade rätt.",
        "Hold: a stay begins or ends too early or late. Gap: between two stays. Whole: a whole"
        " stay. Silence: no sensor was heard. Disagreement: one of several sensors was right.",
    ),
    "evaluate.column.scenario": ("En vecka med", "A week with"),
    "evaluate.column.right": ("Rätt", "Right"),
    "evaluate.column.right_open": ("Rätt när öppet", "Right when open"),
    "evaluate.column.occupied": ("Upptaget", "Occupied"),
    "evaluate.column.true": ("Facit", "Truth"),
    "evaluate.column.coverage": ("Täckning", "Coverage"),
    "evaluate.cause.hold": ("Kanter", "Hold"),
    "evaluate.cause.gap": ("Glapp", "Gap"),
    "evaluate.cause.stay": ("Hela", "Whole"),
    "evaluate.cause.silence": ("Tystnad", "Silence"),
    "evaluate.cause.disagreement": ("Oense", "Disagreement"),
    "evaluate.scenario.pir": ("rörelsesensorer", "motion sensors (PIR)"),
    "evaluate.scenario.radar": ("radar", "radar"),
    "evaluate.scenario.counter": ("personräknare", "people counters"),
    "evaluate.scenario.elsys": ("ELSYS var 10:e minut", "ELSYS counts every 10 min"),
    "evaluate.scenario.mixed": ("exempelhuset, blandat", "the example house, mixed"),
    "evaluate.scenario.silent": ("en sensor tyst ett dygn", "one sensor silent for a day"),
    "evaluate.why.pir": (
        "pauser under 10 minuter mellan två vistelser räknas in, och den som sitter helt still"
        " länge syns inte.",
        "breaks under 10 minutes between two stays are counted in, and who sits quite still for"
        " long is not seen.",
    ),
    "evaluate.why.radar": (
        "sensorn märker sent att den sista har gått.",
        "the sensor notices late that the last one has left.",
    ),
    "evaluate.why.counter": (
        "simulatorns räknare räknar aldrig fel; det här visar att vägen från meddelande till"
        " siffra inte tappar något.",
        "the simulator's counters never miscount; this shows that the way from message to number"
        " loses nothing.",
    ),
    "evaluate.why.elsys": (
        "ett meddelande säger bara hur många rörelser de senaste 10 minuterna hade, inte när. De"
        " räknas hela, så vistelser blir upp till 10 minuter för långa i båda ändar, mest märkbart"
        " i rum med korta besök.",
        "a message tells only how many movements the last 10 minutes had, not when. They count"
        " whole, so stays get up to 10 minutes too long at either end, which shows most in rooms"
        " with short visits.",
    ),
    "evaluate.why.mixed": (
        "ett rum är upptaget så snart någon sensor säger det; därför märks ELSYS-räkningen även"
        " där en bättre sensor finns.",
        "a room is occupied as soon as any sensor says so; so the ELSYS counts show even where"
        " there is a better sensor.",
    ),
    "evaluate.why.silent": (
        "när sensorn har varit tyst i 2,5 intervall är rummet okänt, inte ledigt. Täckningen"
        " visar det.",
        "once the sensor has been silent for 2.5 intervals the room is unknown, not vacant. The"
        " coverage shows it.",
    ),
    "evaluate.plot.title": (
        "Facit och uträknad beläggning",
        "Truth and computed occupancy",
    ),
    "evaluate.plot.truth": ("facit", "truth"),
    "evaluate.plot.computed": ("uträknat", "computed"),
    "evaluate.plot.true": ("facit", "truth"),
    "evaluate.plot.right": ("rätt", "right"),
    "evaluate.plot.invented": ("påhittat", "invented"),
    "evaluate.plot.missed": ("missat", "missed"),
    "evaluate.plot.unknown": ("okänt", "unknown"),
}
