"""What other agreements would have come to: command, page and plot."""

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    # the command
    "help.statement_whatif": (
        "Vad var och en skulle ha betalat med ett annat avtal. Inget fastställs eller sparas.",
        "What each would have paid under another agreement. Nothing is issued or kept.",
    ),
    "help.whatif_agreement": (
        "Fil med agreements: som i rooms.yaml.",
        "File with agreements: as in rooms.yaml.",
    ),
    "help.whatif_months": (
        "Så många av de senaste månaderna som är slut (annars 12).",
        "This many of the latest months that are over (12 if not given).",
    ),
    "help.whatif_from": ("Från denna månad, t.ex. 2026-01.", "From this month on, e.g. 2026-01."),
    "help.whatif_to": ("Till och med denna månad.", "Up to and including this month."),
    "help.whatif_plot": ("Rita ett diagram i denna SVG-fil.", "Draw a plot into this SVG file."),
    "help.whatif_csv": ("Skriv tabellen i denna CSV-fil.", "Write the table into this CSV file."),
    "whatif.cli.both": (
        "Ange antingen --months eller --from och --to.",
        "Give either --months, or --from and --to.",
    ),
    "whatif.cli.order": (
        "--from ({first}) kommer efter --to ({last}). Byt plats på dem.",
        "--from ({first}) comes after --to ({last}). Swap them.",
    ),
    "whatif.cli.same_file": (
        "{file} är filen med avtalen. Skriv till en annan fil.",
        "{file} is the file with the agreements. Write to another file.",
    ),
    "whatif.cli.kind": (
        "{option} {file}: filens namn måste sluta på {kind}.",
        "{option} {file}: the file's name must end in {kind}.",
    ),
    "whatif.cli.not_text": (
        "{file} är ingen textfil (UTF-8).",
        "{file} is not a text file (UTF-8).",
    ),
    "whatif.cli.computing": ("Räknar", "Computing"),
    "whatif.cli.written": ("{file} är skriven.", "{file} is written."),
    # tables
    "whatif.month": ("Månad", "Month"),
    "whatif.partner": ("Partner", "Partner"),
    "whatif.now": ("Som det är", "As it is"),
    "whatif.then": ("Med avtalet", "As proposed"),
    "whatif.difference": ("Skillnad", "Difference"),
    "whatif.sum": ("Summa", "Sum"),
    "whatif.all": ("Alla", "All"),
    "whatif.left_out": ("{month} räknas inte med: {why}", "{month} is left out: {why}"),
    "whatif.none": (
        "Det finns ingen månad att räkna på: ingen som är slut har uppgifter och kostnader.",
        "There is no month to compute: none that is over has data and costs.",
    ),
    "whatif.exact": (
        "Belopp utan moms, varje månad för sig, utan det som har förts över mellan månader.",
        "Amounts without VAT, each month by itself, without what was carried between months.",
    ),
    # the plot
    "whatif.plot": (
        "Vad var och en betalar {span}, som det är och med avtalet",
        "What each pays {span}, as it is and as proposed",
    ),
    # the page
    "whatif.title": ("Pröva ett annat avtal", "Try another agreement"),
    "whatif.intro": (
        "Vad skulle var och en ha betalat? Inget fastställs eller sparas.",
        "What would each have paid? Nothing is issued or kept.",
    ),
    "whatif.form": ("Avtalet att pröva", "The agreement to try"),
    "whatif.no_pools": (
        "Det finns inga pooler i rooms.yaml, så det finns inget att dela.",
        "There are no pools in rooms.yaml, so there is nothing to share.",
    ),
    "whatif.pool": ("Pool", "Pool"),
    "whatif.choose": ("Visa poolen", "Show the pool"),
    "whatif.capacity": (
        "Fast del, procent (resten efter användning)",
        "Fixed part, percent (the rest by use)",
    ),
    "whatif.no_show": (
        "En bokad men tom timme räknas som så här många använda",
        "An hour booked but empty counts as this many used ones",
    ),
    "whatif.outside": (
        "Användning utanför öppettiderna räknas",
        "Use outside opening hours counts",
    ),
    "whatif.shares": ("Fasta andelar", "Fixed shares"),
    "whatif.shares_hint": (
        "Vikter, till exempel 2 eller 3/2. 0 betalar bara efter användning; tomt deltar inte.",
        "Weights, for example 2 or 3/2. 0 pays by use only; empty takes no part.",
    ),
    "whatif.months": ("Antal månader", "Number of months"),
    "whatif.show": ("Räkna", "Compute"),
    "whatif.result": ("Vad det hade blivit", "What it would have come to"),
    "whatif.each_month": ("Månad för månad", "Month by month"),
    "whatif.wrong.capacity": (
        "Den fasta delen ska vara ett tal från 0 till 100.",
        "The fixed part must be a number from 0 to 100.",
    ),
    "whatif.wrong.no_show": (
        "Faktorn för bokat men tomt ska vara ett tal, till exempel 0, 0.5 eller 1/2.",
        "The factor for booked but empty must be a number, for example 0, 0.5 or 1/2.",
    ),
    "whatif.wrong.shares": (
        "Ge minst en partner en andel, till exempel 1 eller 3/2.",
        "Give at least one partner a share, for example 1 or 3/2.",
    ),
}
