"""Texts of utilisation, timelines, check-ins and corrections: key -> (Swedish, English)."""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "usage.unattributed": ("Ofördelat", "Unattributed"),
    "usage.week": ("Vecka {week}, {year}", "Week {week}, {year}"),
    "usage.hour": ("{day} {start}–{stop}", "{day} {start}–{stop}"),
    # one field of a request
    "usage.field.time": (
        "”{value}” är varken ett datum eller en tid. Skriv till exempel 2026-11-23 eller"
        " 2026-11-23T08:00:00+01:00.",
        "“{value}” is neither a date nor a time. Write for example 2026-11-23 or"
        " 2026-11-23T08:00:00+01:00.",
    ),
    "usage.field.whole_hour": (
        "”{value}” är ingen hel timme. Siffrorna finns per timme: skriv till exempel"
        " 2026-11-23T08:00:00+01:00.",
        "“{value}” is not on a whole hour. The numbers are kept by the hour: write for example"
        " 2026-11-23T08:00:00+01:00.",
    ),
    "usage.field.whole_days": (
        "Fördelningen mellan partner finns per dygn. Skriv ett datum, till exempel 2026-11-23.",
        "What each partner used is kept by the day. Write a date, for example 2026-11-23.",
    ),
    "usage.field.days": (
        "Högst {days} dygn åt gången med by={by}. För längre tid: by=month.",
        "At most {days} days at a time with by={by}. For longer: by=month.",
    ),
    "usage.field.years": ("Högst {years} år åt gången.", "At most {years} years at a time."),
    "usage.field.which_site": (
        "Det finns flera platser. Skriv vilken: {sites}.",
        "There are several sites. Say which one: {sites}.",
    ),
    "usage.field.no_site": (
        "Platsen ”{value}” finns inte. Det finns: {sites}.",
        "There is no site “{value}”. There are: {sites}.",
    ),
    "usage.field.no_room": (
        "Rummet ”{value}” finns inte på platsen {site}. Rummen står på /api/v1/rooms.",
        "There is no room “{value}” at the site {site}. The rooms stand at /api/v1/rooms.",
    ),
    "usage.field.private": (
        "Rummet ”{value}” är privat; ingenting sparas om hur det används.",
        "The room “{value}” is private; nothing is kept of how it is used.",
    ),
    "usage.field.too_much": (
        "För mycket på en gång: {rooms} rum under {days} dygn. Ta färre rum eller kortare tid,"
        " eller hela platsen utan room.",
        "Too much at once: {rooms} rooms over {days} days. Take fewer rooms or a shorter period,"
        " or the whole site without room.",
    ),
    "usage.field.no_partner": (
        "Partnern ”{value}” finns inte på platsen. Det finns: {partners}.",
        "There is no partner “{value}” at the site. There are: {partners}.",
    ),
    "usage.field.until": (
        "until ska ligga efter nu, och högst ett dygn framåt.",
        "until must lie after now, and at most a day ahead.",
    ),
    "usage.field.correction_ahead": (
        "Tiden har inte gått än; bara det som har hänt kan rättas.",
        "That time has not passed yet; only what has happened can be corrected.",
    ),
    "usage.field.correction_long": (
        "Högst {days} dygn i en rättelse.",
        "At most {days} days in one correction.",
    ),
    "usage.field.frozen": (
        "Före {day} är siffrorna låsta: mätvärdena därifrån är raderade eller på väg att raderas.",
        "Before {day} the numbers are frozen: the readings of then are deleted or about to be.",
    ),
    "usage.field.reason": (
        "Skriv varför, med högst {most} synliga tecken.",
        "Say why, in at most {most} visible characters.",
    ),
    "api.room_private": (
        "Rummet ”{room}” är privat; ingenting sparas om vem som använder det.",
        "The room “{room}” is private; nothing is kept of who uses it.",
    ),
    "api.other_partner": (
        "Med din nyckel kan du bara checka in och ut {partner}.",
        "Your key can check in and out {partner} only.",
    ),
    "api.no_correction": (
        "Rummet har ingen rättelse {id} som gäller.",
        "The room has no correction {id} that holds.",
    ),
    "api.correction_frozen": (
        "Rättelsen rör tid före {day}. De siffrorna är låsta: mätvärdena därifrån är raderade"
        " eller på väg att raderas.",
        "The correction is about time before {day}. Those numbers are frozen: the readings of"
        " then are deleted or about to be.",
    ),
}
