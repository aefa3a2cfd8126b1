"""Words of the end of a statement's PDF, and of its workbook's sheets."""

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    # versions, definitions, appendix
    "paper.changes": ("Ändrat sedan versionen före", "Changed since the version before"),
    "paper.changes_how": (
        "Denna avräkning ersätter nr {number}, version {version}.",
        "This statement replaces no. {number}, version {version}.",
    ),
    "paper.changes_reason": ("Skäl: {reason}", "Reason: {reason}"),
    "paper.before": ("Före", "Before"),
    "paper.now": ("Nu", "Now"),
    "paper.difference": ("Skillnad", "Difference"),
    "paper.definitions": ("Så räknas det", "Definitions"),
    "paper.definitions_version": (
        "Definitionernas version: {metrics}.",
        "Version of the definitions: {metrics}.",
    ),
    "paper.define_used": ("Använd tid", "Used time"),
    "paper.define_used_as": (
        "Tid i öppettid då sensorerna visar att rummet används. Den slutar vid det sista tecknet;"
        " uppehåll på högst tio minuter räknas med.",
        "Time in opening hours in which the sensors show the room in use. It ends at the last"
        " sign; gaps of at most ten minutes are included.",
    ),
    "paper.define_outside": ("Utanför öppettid", "Outside hours"),
    "paper.define_outside_as": (
        "Listas, och räknas bara om avtalet säger det. Städtid räknas aldrig.",
        "Listed, and counted only if the agreement says so. Cleaning time never counts.",
    ),
    "paper.define_whose": ("Vems tid", "Whose time"),
    "paper.define_whose_as": (
        "Det första som passar: rättelse, incheckning, bokning, rummets värd. Annars ofördelat.",
        "The first that fits: correction, check-in, booking, the room's host. Else unattributed.",
    ),
    "paper.define_no_show": ("Bokat men tomt", "No-show"),
    "paper.define_no_show_as": (
        "En bokning dit ingen kom mellan fem minuter före och femton minuter efter dess början.",
        "A booking to which nobody came from five minutes before to fifteen minutes after its"
        " start.",
    ),
    "paper.define_weighted": ("Viktade timmar", "Weighted hours"),
    "paper.define_weighted_as": (
        "Timmar gånger rummets vikt; bokat men tomt gånger avtalets faktor.",
        "Hours times the room's weight; no-shows times the agreement's factor.",
    ),
    "paper.define_nobody": ("Ofördelat", "Unattributed"),
    "paper.define_nobody_as": (
        "Använd tid som ingen står för. Den delas efter andelarna.",
        "Used time that is nobody's. It is split by the shares.",
    ),
    "paper.define_coverage": ("Täckning", "Coverage"),
    "paper.define_coverage_as": (
        "Känd tid genom bokningsbar tid. Under 90 % gäller avtalets ersättning eller ett"
        " skriftligt skäl.",
        "Known time by bookable time. Under 90 % the agreement's fallback or a written reason"
        " applies.",
    ),
    "paper.define_rounding": ("Avrundning", "Rounding"),
    "paper.define_rounding_as": (
        "En gång per pool, till hela ören: största resten får det öre som är över.",
        "Once per pool, to whole öre: the largest remainder gets the öre that is left.",
    ),
    "paper.define_bounds": ("Gränser", "Bounds"),
    "paper.define_bounds_as": (
        "Beloppet om all okänd tid hade varit andras, och om all hade varit den egna.",
        "The amount had all unknown time been others', and had all of it been one's own.",
    ),
    "paper.appendix": ("Bilaga för den som kontrollerar", "Appendix for those who check"),
    "paper.bounds": ("Gränser för okänd tid", "Bounds of unknown time"),
    "paper.bounds_how": (
        "Beloppet hade legat mellan dessa gränser, vem som än använde rummen när inget är känt.",
        "The amount would lie between these, whoever used the rooms while nothing is known.",
    ),
    "paper.low": ("Lägst", "Lowest"),
    "paper.high": ("Högst", "Highest"),
    "paper.weights": ("Andelar", "Shares"),
    "paper.weight": ("Vikt", "Weight"),
    "paper.agreement_id": ("Avtal", "Agreement"),
    "paper.seal": ("Sigill", "Seal"),
    "paper.seal_how": (
        "Kedjans kontrollsumma binder denna avräkning till alla före."
        " Jämför den med nästa avräkning.",
        "The chain's head ties this statement to all before it. Compare it with the next one.",
    ),
    "paper.seal_head": ("Kedjans kontrollsumma", "The chain's head"),
    "paper.seal_previous": ("Avräkningen före", "The statement before"),
    "paper.seal_inputs": ("Indata", "Inputs"),
    "paper.seal_registry": ("rooms.yaml", "rooms.yaml"),
    "paper.seal_program": ("Program", "Program"),
    "paper.seal_typeset": ("Satt med", "Typeset with"),
    # the workbook
    "paper.sheet_summary": ("Sammanfattning", "Summary"),
    "paper.sheet_lines": ("Rader", "Lines"),
    "paper.sheet_use": ("Användning", "Use"),
    "paper.sheet_rooms": ("Rum", "Rooms"),
    "paper.sheet_intervals": ("Intervall", "Intervals"),
    "paper.sheet_unattributed": ("Ofördelat", "Unattributed"),
    "paper.sheet_definitions": ("Definitioner", "Definitions"),
    "paper.kind": ("Slag", "Kind"),
    "paper.kind_used": ("använt", "used"),
    "paper.kind_empty": ("bokat men tomt", "no-show"),
    "paper.kind_clash": ("krock", "clash"),
    "paper.from": ("Från", "From"),
    "paper.to": ("Till", "To"),
    "paper.by": ("Genom", "By"),
    "paper.yes": ("ja", "yes"),
}
