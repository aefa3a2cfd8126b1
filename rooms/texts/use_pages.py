"""Texts of the page on utilisation: key -> (Swedish, English)."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "use.title": ("Nyttjande", "Utilisation"),
    "use.unit.h": ("tim", "h"),
    # the period
    "use.period": ("Period", "Period"),
    "use.period.month": ("Den här månaden", "This month"),
    "use.period.last-month": ("Förra månaden", "Last month"),
    "use.period.7d": ("7 dagar", "7 days"),
    "use.period.30d": ("30 dagar", "30 days"),
    "use.pick": ("Välj period, hus eller rum", "Choose period, house or room"),
    "use.pick.month": ("Hel månad", "Whole month"),
    "use.pick.none": ("dagarna bredvid", "the days beside"),
    "use.pick.from": ("Från och med", "From"),
    "use.pick.to": ("Till och med", "Up to and including"),
    "use.pick.site": ("Hus", "House"),
    "use.pick.room": ("Rum", "Room"),
    "use.pick.all_rooms": ("Alla rum", "All rooms"),
    "use.pick.show": ("Visa", "Show"),
    "use.until_now": ("till och med {time}", "until {time}"),
    "use.field.month": (
        "”{value}” är ingen månad. Skriv till exempel 2026-11.",
        "“{value}” is not a month. Write for example 2026-11.",
    ),
    "use.field.period": (
        "”{value}” är ingen period. Välj month, last-month, 7d eller 30d.",
        "“{value}” is not a period. Choose month, last-month, 7d or 30d.",
    ),
    "use.field.order": (
        "Från och med ska inte ligga efter till och med.",
        "From must not lie after up to and including.",
    ),
    "use.field.future": (
        "Perioden ligger i framtiden; det finns bara historia att visa.",
        "The period lies in the future; there is only history to show.",
    ),
    "use.field.days": ("Högst {days} dagar åt gången.", "At most {days} days at a time."),
    "use.field.both": (
        "Ange både från och med och till och med.",
        "Give both from, and up to and including.",
    ),
    "api.no_site": (
        "Huset ”{site}” finns inte i rooms.yaml.",
        "There is no house “{site}” in rooms.yaml.",
    ),
    # what every number has beside it
    "use.coverage": ("täckning {coverage}", "coverage {coverage}"),
    "use.coverage.head": ("Täckning", "Coverage"),
    "use.weak": ("otillräckliga data", "insufficient data"),
    "use.bounds": ("mellan {lowest} och {highest} %", "between {lowest} and {highest} %"),
    "use.provisional": (
        "Preliminärt: perioden pågår. Beräknat {as_of}.",
        "Provisional: the period is not over. Computed {as_of}.",
    ),
    "use.as_of": ("Beräknat {as_of}.", "Computed {as_of}."),
    "use.at": ("{day} kl. {time}", "{day} at {time}"),
    "use.never_computed": ("Inget är beräknat än.", "Nothing is computed yet."),
    "use.pending.one": (
        "{count} timme väntar på att räknas om.",
        "{count} hour waits to be computed again.",
    ),
    "use.pending.many": (
        "{count} timmar väntar på att räknas om.",
        "{count} hours wait to be computed again.",
    ),
    "use.nothing": (
        "Ingen bokningsbar tid i perioden: huset är stängt, eller så är inget beräknat än.",
        "No bookable time in the period: the house is closed, or nothing is computed yet.",
    ),
    # figures
    "use.figures": ("I korthet", "In short"),
    "use.frequency": ("Tid i bruk", "Time in use"),
    "use.frequency.of": (
        "{used} av {known} känd bokningsbar tid",
        "{used} of {known} known bookable time",
    ),
    "use.booked": ("Bokad tid", "Booked time"),
    "use.booked.of": ("{booked} av {bookable} bokningsbar tid", "{booked} of {bookable} bookable"),
    "use.no_show": ("Bokat men tomt", "Booked but empty"),
    "use.no_show.of": (
        "{no_shows} av {assessable} bokningar",
        "{no_shows} of {assessable} bookings",
    ),
    "use.no_show.not": (
        "{count} till gick inte att bedöma",
        "{count} more could not be judged",
    ),
    "use.no_bookings": ("Inga bokningar", "No bookings"),
    "use.no_calendar": ("ingen kalender är ansluten", "no calendar is connected"),
    "use.walkin": ("Spontant", "Walk-in"),
    "use.walkin.of": ("{walkin} utanför bokningar", "{walkin} outside bookings"),
    "use.walkin.share": ("av använd tid", "of used time"),
    "use.peak": ("Topp", "Peak"),
    "use.peak.of": ("av rummen i bruk samtidigt", "of the rooms in use at once"),
    "use.peak.high": (
        "95 % av kvartarna: högst {share}",
        "95 % of the quarters of an hour: at most {share}",
    ),
    "use.outside": ("Utanför öppettid", "Outside opening hours"),
    "use.outside.of": (
        "räknas inte in i tid i bruk; okänd tid är inte med",
        "not part of time in use; without unknown time",
    ),
    # rooms
    "use.rooms": ("Rummen, mest använda först", "Rooms, most used first"),
    "use.rooms.hint": (
        "Stapeln är tid i bruk. Det skuggade är vad den kan vara, om all okänd tid var tom eller"
        " upptagen.",
        "The bar is time in use. The shade is what it may be, had all unknown time been vacant or"
        " occupied.",
    ),
    "use.room": ("Rum", "Room"),
    "use.used": ("Använt", "Used"),
    "use.bookable": ("Bokningsbart", "Bookable"),
    "use.removed": ("finns inte längre", "no longer there"),
    # booked against used
    "use.against": ("Bokat mot använt", "Booked against used"),
    "use.against.hint": (
        "Ramen är bokad tid, stapeln använd tid, i samma skala: bokningsbar tid. Timmar och"
        " minuter.",
        "The outline is booked time, the bar used time, to one scale: bookable time. Hours and"
        " minutes.",
    ),
    # the week
    "use.week": ("Veckan, timme för timme", "The week, hour by hour"),
    "use.week.hint": (
        "Tid i bruk i procent. Streckat: otillräckliga data. Tomt: stängt.",
        "Time in use in per cent. Hatched: insufficient data. Empty: closed.",
    ),
    "use.week.busiest": (
        "Mest i bruk: {day} {hour}–{next}, {share}.",
        "Most in use: {day} {hour}–{next}, {share}.",
    ),
    "use.week.cell": (
        "{day} {hour}–{next}: {share} i bruk, täckning {coverage}",
        "{day} {hour}–{next}: {share} in use, coverage {coverage}",
    ),
    "use.week.closed": ("stängt", "closed"),
    "use.week.day": ("Veckodag", "Weekday"),
    "use.week.table": ("Tid i bruk per veckodag och timme", "Time in use by weekday and hour"),
    # day by day
    "use.days": ("Dag för dag", "Day by day"),
    "use.days.hint": (
        "Tid i bruk; linjerna är 50 och 100 %. En stapel leder till dagen. Streckat: vad det kan"
        " ha varit, där för lite är känt.",
        "Time in use; the lines are 50 and 100 %. A bar leads to the day. Hatched: what it may"
        " have been, where too little is known.",
    ),
    "use.days.day": (
        "{day}: {share} i bruk, täckning {coverage}",
        "{day}: {share} in use, coverage {coverage}",
    ),
    "use.all_rooms": ("Alla rum", "All rooms"),
    "use.room_day": ("{room}, stund för stund", "{room}, bit by bit"),
    # whose time
    "use.whose": ("Vems tid", "Whose time"),
    "use.whose.own": (
        "Här står bara er egen tid. Timmar och minuter.",
        "Only your own time stands here. Hours and minutes.",
    ),
    "use.own": ("Er tid", "Your time"),
    "use.own.of": (
        "{partner}: {share} av all använd tid",
        "{partner}: {share} of all used time",
    ),
    "use.own.more": ("Efter vad som visar det", "By what shows it"),
    "use.whose.hint": (
        "Använd bokningsbar tid efter vad som visar vems den var. Timmar och minuter.",
        "Used bookable time by what shows whose it was. Hours and minutes.",
    ),
    "use.whose.days": (
        "Fördelningen räknas på hela dygn.",
        "This is counted in whole days.",
    ),
    "use.partner": ("Partner", "Partner"),
    "use.share": ("Andel", "Share"),
    "use.correction": ("Rättat", "Corrected"),
    "use.checkin": ("Incheckning", "Check-in"),
    "use.booking": ("Bokning", "Booking"),
    "use.host": ("Värd", "Host"),
    "use.no_show_time": ("Bokat men tomt", "Booked but empty"),
    "use.total": ("Summa", "Total"),
    "use.all_partners": ("Alla partner", "All partners"),
    "use.attributed": (
        "{time} av den använda tiden är fördelad på partner, och {events} av bokningarna har en"
        " partner ({attributed} av {total}).",
        "{time} of the used time is attributed to partners, and {events} of the bookings have a"
        " partner ({attributed} of {total}).",
    ),
    "use.attributed.no_events": (
        "{time} av den använda tiden är fördelad på partner. Inga bokningar i perioden.",
        "{time} of the used time is attributed to partners. No bookings in the period.",
    ),
    "use.note.share": (
        "Bara {share} av den använda tiden de senaste {days} dagarna är fördelad på partner.",
        "Only {share} of the used time of the last {days} days is attributed to partners.",
    ),
    "use.note.more": ("Se vems tiden är", "See whose the time is"),
    "use.note.feeds": (
        "Kalendrar som inte går att läsa: {rooms}.",
        "Calendars that cannot be read: {rooms}.",
    ),
    "use.nobody": ("Ingen använd tid.", "No used time."),
    # more
    "use.more": (
        "Mer: nyttjandegrad, trasig utrustning, jämförelser",
        "More: utilisation, broken equipment, comparisons",
    ),
    "use.utilisation": ("Nyttjandegrad", "Utilisation"),
    "use.utilisation.how": (
        "tid i bruk × platsbeläggning; bara rum med personräknare",
        "time in use × seat fill; rooms with a people counter only",
    ),
    "use.seat_fill": ("Platsbeläggning", "Seat fill"),
    "use.seat_fill.of": ("av platserna, när rummen används", "of the seats, while rooms are used"),
    "use.seat_fill.counted": (
        "räknat {counted} av {used} använd tid",
        "counted in {counted} of {used} used time",
    ),
    "use.people.one": ("högst {count} person", "{count} person at most"),
    "use.people.many": ("högst {count} personer", "{count} people at most"),
    "use.definition.seat_fill": (
        "persontid / (platser × använd tid i vilken personer räknas).",
        "person time / (seats × used time in which people are counted).",
    ),
    "use.lost": ("Bokningsbar tid med trasig utrustning", "Bookable time with broken equipment"),
    "use.compare": ("Så räknar andra", "How others count"),
    "use.compare.teams": (
        "Bokad tid / 8 tim per dag (Teams Rooms)",
        "Booked time / 8 h a day (Teams Rooms)",
    ),
    "use.compare.opening": (
        "Använd tid / öppettid (VergeSense, ROOMZ)",
        "Used time / opening hours (VergeSense, ROOMZ)",
    ),
    "use.compare.valid": (
        "Använda minuter / giltiga minuter (Planon)",
        "Used minutes / valid minutes (Planon)",
    ),
    "use.definitions": ("Så räknas det", "How it is counted"),
    "use.definition.version": (
        "Definitionernas version {version}. API:et ger varje tal med täljare och nämnare.",
        "Version {version} of the definitions. The API gives every number with its numerator and"
        " denominator.",
    ),
    "use.definition.coverage": (
        "känd del av bokningsbar tid / bokningsbar tid. Okänd tid räknas aldrig som tom.",
        "known part of bookable time / bookable time. Unknown time never counts as vacant.",
    ),
    "use.definition.frequency": (
        "upptagen tid / känd bokningsbar tid. Bokningsbar är öppettid utan helger, stängda dagar"
        " och städning.",
        "occupied time / known bookable time. Bookable are opening hours without holidays, closed"
        " days and cleaning.",
    ),
    "use.definition.weak": (
        "täckningen är under 90 %.",
        "coverage is under 90 %.",
    ),
    "use.definition.booked": (
        "bokad del av bokningsbar tid / bokningsbar tid.",
        "booked part of bookable time / bookable time.",
    ),
    "use.definition.no_show": (
        "bokningar där ingen kom från 5 minuter före start till en kvart in / bokningar som går"
        " att bedöma (minst 90 % av den tiden känd).",
        "bookings to which nobody came from 5 minutes before the start to a quarter of an hour"
        " into them / bookings that can be judged (90 % of that time known, or more).",
    ),
    "use.definition.walkin": (
        "upptagen bokningsbar tid utanför bokningar.",
        "occupied bookable time outside bookings.",
    ),
    "use.definition.peak": (
        "största andelen bokningsbara rum i bruk samtidigt under en kvart, och 95:e percentilen"
        " av alla kvartar som går att bedöma.",
        "the largest share of bookable rooms in use at once in a quarter of an hour, and the 95th"
        " percentile of all quarters that can be judged.",
    ),
    "use.source": ("Källa", "Source"),
    "use.source.series": ("serierna {series}", "the series {series}"),
    "use.csv": ("Hämta till Excel (CSV):", "For Excel (CSV):"),
    "use.csv.room": ("rum", "rooms"),
    "use.csv.day": ("dagar", "days"),
    "use.csv.hour-of-week": ("veckans timmar", "hours of the week"),
    "use.csv.partner": ("partner", "partners"),
}
